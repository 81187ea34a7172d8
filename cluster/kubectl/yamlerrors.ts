// What is wrong with YAML, in the words of the parser that kubectl uses. upstream: go-yaml over libyaml's scanner and parser
import type { YAMLError } from 'yaml'

/** The line of a place in a text, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1))
    line++
  return line
}

/** A scanner tells the line where it stands. Neither tells the first. */
const scanner = (line: number, what: string) => `yaml: ${line > 1 ? `line ${line}: ` : ''}${what}`
/** A parser tells a line too early. */
const parser = (line: number, what: string) => `yaml: ${line > 2 || line === 2 ? `line ${line - 1}: ` : ''}${what}`

const NOT_ALLOWED = 'mapping values are not allowed in this context'
const NO_COLON = 'could not find expected \':\''
const NO_KEY = 'did not find expected key'
const NO_DASH = 'did not find expected \'-\' indicator'
const NO_TOKEN = 'found character that cannot start any token'
const TAB = 'found a tab character that violates indentation'

interface Level { readonly column: number, readonly list: boolean }

/** The place of the colon that ends a key; −1 where there is none. */
function colonOf(text: string): number {
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?=:(?:\s|$))/.exec(text.slice(0, 2000))
  const from = quoted ? quoted[0].length : 0
  const found = /:(?:\s|$)/.exec(text.slice(from))
  const comment = / #/.exec(text)
  return found && !(comment && comment.index < from + found.index) ? from + found.index : -1
}

/**
 * Walks through the lines as the scanner does, with the columns at which collections began, and tells the first that does not fit. Undefined where that does not show in columns alone.
 */
export function blockError(text: string): string | undefined {
  const lines = text.split('\n')
  const levels: Level[] = []
  /** a value may begin on the next line */
  let expects = true
  /** a plain text may go on; whether it has to be a key, and whether a comment has ended it */
  let open: { readonly required: boolean, readonly ended?: boolean } | undefined
  /** the column above which a block of text goes on */
  let block = -1
  const indent = () => levels.at(-1)?.column ?? -1

  for (let n = 1; n <= lines.length; n++) {
    const line = lines[n - 1]!
    const body = line.trimStart()
    const column = line.length - body.length
    const blanks = line.search(/[^ ]|$/)
    // a plain text that may go on meets a tab where blanks should stand, even before nothing
    if (open && !open.ended && block < 0 && line[blanks] === '\t' && blanks <= indent())
      return scanner(n, TAB)
    if (!body || body.startsWith('#'))
      continue
    if (block >= 0) {
      if (column > block)
        continue
      block = -1
    }
    if (line.slice(0, column).includes('\t') && (!open || open.ended))
      return scanner(n, NO_TOKEN)
    if (open && column > indent()) {
      if (colonOf(body) >= 0)
        return scanner(n, open.required ? NO_COLON : NOT_ALLOWED)
      continue
    }
    if (open?.required)
      return scanner(n, NO_COLON)
    open = undefined
    while (levels.length && indent() > column)
      levels.pop()

    let rest = body
    let at = column
    while (rest === '-' || /^-\s/.test(rest)) {
      const top = levels.at(-1)
      if (at > indent()) {
        if (!expects)
          return parser(n, top?.list ? NO_DASH : NO_KEY)
        levels.push({ column: at, list: true })
      }
      else if (!top!.list && !expects && !isLoose(levels, lines, n, at)) {
        return parser(n, NO_KEY)
      }
      expects = true
      if (rest[1] === '\t')
        return scanner(n, NO_TOKEN)
      const dash = /^-\s*/.exec(rest)![0].length
      at += dash
      rest = rest.slice(dash)
    }
    if (!rest || rest.startsWith('#'))
      continue
    const colon = colonOf(rest)
    if (colon >= 0 && !/^[[{]/.test(rest)) {
      const top = levels.at(-1)
      if (at > indent()) {
        if (!expects)
          return parser(n, top?.list ? NO_DASH : NO_KEY)
        levels.push({ column: at, list: false })
      }
      else if (top?.list && !levels.some(level => level.column === at && !level.list)) {
        return parser(n, NO_DASH)
      }
      const value = rest.slice(colon + 1).trim().replace(/(?:^|\s)#.*$/, '')
      const wrong = wrongValue(value, n)
      if (wrong)
        return wrong
      expects = value === ''
      if (/^[|>][-+\d]*$/.test(value))
        block = indent()
      else if (/^["'[{]/.test(value) && !/^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[.*\]|\{.*\})$/.test(value.slice(0, 2000)))
        return undefined
      else
        open = value && !/^["'[{]/.test(value) ? { required: false, ended: / #/.test(rest.slice(colon + 1)) } : undefined
      continue
    }
    if (/^["'[{]/.test(rest))
      return undefined
    const wrong = wrongValue(rest, n)
    if (wrong)
      return wrong
    if (!expects && at > indent())
      return undefined
    open = { required: at === indent() && !levels.at(-1)?.list }
    expects = false
  }
  return open?.required ? scanner(lines.length, NO_COLON) : undefined
}

/** Whether dashes at a mapping's own column go on a list below one of its keys: its items stand there, or the key has no value yet. */
function isLoose(levels: readonly Level[], lines: readonly string[], n: number, column: number): boolean {
  let deeper = false
  for (let i = n - 2; i >= 0; i--) {
    const line = lines[i]!
    const at = line.length - line.trimStart().length
    if (!line.trim() || line.trimStart().startsWith('#'))
      continue
    if (at > column) {
      deeper = true
      continue
    }
    return at === column && (/^-(?:\s|$)/.test(line.trimStart()) || (!deeper && /:\s*(?:#.*)?$/.test(line)))
  }
  return levels.length === 0
}

function wrongValue(value: string, n: number): string | undefined {
  if (/^-(?:\s|$)/.test(value))
    return scanner(n, 'block sequence entries are not allowed in this context')
  if (/^[@`%]/.test(value))
    return scanner(n, NO_TOKEN)
  if (/^\*(?:\W|$)/.test(value))
    return scanner(n, 'did not find expected alphabetic or numeric character')
  return !/^["'[{|>&!]/.test(value) && colonOf(value) >= 0 ? scanner(n, NOT_ALLOWED) : undefined
}

/** What is wrong with the tabs of a text: this parser lets some pass at which Go's stops. Undefined where nothing is. */
export function tabError(text: string): string | undefined {
  const found = /^ *(?:-\t|\t)/m.test(text) ? blockError(text) : undefined
  return found?.endsWith(TAB) || found?.endsWith(NO_TOKEN) ? found : undefined
}

/** Go's message for what this parser found. */
export function goYamlMessage(text: string, { code, message, pos }: YAMLError): string {
  const line = lineAt(text, pos[0])
  const byColumns = code === 'BAD_DQ_ESCAPE' || (code === 'BAD_INDENT' && /flow/i.test(message)) ? undefined : blockError(text)
  if (byColumns)
    return byColumns
  switch (code) {
    case 'TAB_AS_INDENT': return scanner(line, NO_TOKEN)
    case 'BLOCK_AS_IMPLICIT_KEY': return scanner(lineAt(text, pos[1]), NOT_ALLOWED)
    case 'MULTILINE_IMPLICIT_KEY': case 'KEY_OVER_1024_CHARS': return scanner(line + 1, NO_COLON)
    case 'BAD_INDENT': case 'BLOCK_IN_FLOW': return parser(line, /\]|flow sequence/i.test(message) ? 'did not find expected \',\' or \']\'' : /\}|flow map/i.test(message) ? 'did not find expected \',\' or \'}\'' : NO_KEY)
    case 'BAD_ALIAS': return scanner(line, 'did not find expected alphabetic or numeric character')
    case 'BAD_DQ_ESCAPE': return scanner(line, 'found unknown escape character')
    case 'MULTIPLE_DOCS': return parser(line, 'did not find expected <document start>')
    case 'MISSING_CHAR': {
      if (/quote/i.test(message))
        return scanner(text.split('\n').length, 'found unexpected end of stream')
      return parser(line, /\]|sequence/.test(message) ? 'did not find expected \',\' or \']\'' : 'did not find expected \',\' or \'}\'')
    }
    default: return parser(line, /flow/.test(message) ? 'did not find expected node content' : NO_KEY)
  }
}
