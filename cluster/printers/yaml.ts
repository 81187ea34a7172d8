// Objects as YAML and JSON, to the letter as kubectl prints them. upstream: sigs.k8s.io/yaml over go-yaml

/** Texts that would be read as something else: numbers, flags, nothing, dates. */
const OTHERWISE = /^(?:[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.[\d_]+)(?:[eE][-+]?\d+)?|0[xob][\da-fA-F_]+|[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF|<<|=|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?|\d+(?::[0-5]?\d)+(?:\.\d*)?)$/
const FIRST = /^(?:[-?:](?:\s|$)|[[\]{},#&*!|>'"%@`]|---|\.\.\.)/
// eslint-disable-next-line no-control-regex -- letters that cannot be printed are what is looked for
const UNPRINTED = /[\0-\x08\v\f\x0E-\x1F\x7F\x80-\x84\x86-\x9F\uD800-\uDFFF\uFEFF]/
/** Beyond this a text goes on in the next line at its next blank. */
const WIDTH = 80

/** Whether a text may stand as it is. upstream: yaml_emitter_analyze_scalar */
function plain(text: string): boolean {
  return text !== '' && !OTHERWISE.test(text) && !FIRST.test(text) && !/^\s|\s$|: |:$| #|[\t\n\r\x85\u2028\u2029]/.test(text)
}

/** Lines of a text that is too long for one. @param column where it begins @param indent of the lines that follow */
function folded(text: string, column: number, indent: string): string {
  let out = ''
  let at = column
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!
    if (letter === ' ' && at > WIDTH && i > 0 && i < text.length - 1 && text[i - 1] !== ' ' && text[i + 1] !== ' ') {
      out += `\n${indent}`
      at = indent.length
    }
    else {
      out += letter
      at++
    }
  }
  return out
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\x7F-\x9F\u2028\u2029\uFEFF]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function scalar(text: string, column: number, indent: string): string {
  if (plain(text))
    return folded(text, column, indent)
  if (UNPRINTED.test(text) || (text !== '' && OTHERWISE.test(text)) || text === '')
    return quoted(text)
  if (text.includes('\n')) {
    // a block; its first line says whether it begins with blanks and how it ends
    if (/^\s|\s\n|[\t ]$|\r/.test(text) && /^[ \n]|\r/.test(text))
      return quoted(text)
    const end = /\n\n$/.test(text) ? '+' : text.endsWith('\n') ? '' : '-'
    const body = text.replace(/\n$/, '').split('\n').map(line => line && `${indent}${line}`).join('\n')
    return `|${end}\n${body}`
  }
  return `'${folded(text.replaceAll('\'', '\'\''), column + 1, indent)}'`
}

const isScalar = (value: unknown) => typeof value !== 'object' || value === null

/** A value after its key or dash. @param column how far the line is already */
function after(value: unknown, depth: number, column: number): string {
  if (isScalar(value))
    return ` ${value === null || value === undefined ? 'null' : typeof value === 'string' ? scalar(value, column + 1, '  '.repeat(depth + 1)) : String(value)}\n`
  if (Array.isArray(value))
    return value.length ? `\n${list(value, depth)}` : ' []\n'
  return Object.keys(value as object).some(key => (value as Record<string, unknown>)[key] !== undefined) ? `\n${map(value as Record<string, unknown>, depth + 1)}` : ' {}\n'
}

function key(text: string): string {
  return plain(text) ? text : scalar(text, 0, '')
}

const byCode = (a: string, b: string) => a < b ? -1 : 1

function map(value: Readonly<Record<string, unknown>>, depth: number): string {
  const indent = '  '.repeat(depth)
  return Object.keys(value).filter(each => value[each] !== undefined).sort(byCode).map((each) => {
    const head = `${indent}${key(each)}:`
    return head + after(value[each], depth, head.length)
  }).join('')
}

function list(items: readonly unknown[], depth: number): string {
  const indent = '  '.repeat(depth)
  return items.map((item) => {
    if (isScalar(item))
      return `${indent}-${after(item, depth, indent.length + 1)}`
    if (Array.isArray(item))
      return item.length ? `${indent}- ${list(item, depth + 1).slice(indent.length + 2)}` : `${indent}- []\n`
    const text = map(item as Record<string, unknown>, depth + 1)
    return text ? `${indent}- ${text.slice(indent.length + 2)}` : `${indent}- {}\n`
  }).join('')
}

/** The keys of every object in order, two blanks a level, dashes below their key. */
export function yamlText(value: unknown): string {
  if (isScalar(value))
    return after(value, 0, 0).slice(1)
  if (Array.isArray(value))
    return value.length ? list(value, 0) : '[]\n'
  return map(value as Record<string, unknown>, 0) || '{}\n'
}

/** The value with the keys of every object in order. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sorted)
  if (typeof value !== 'object' || value === null)
    return value
  const given = value as Record<string, unknown>
  return Object.fromEntries(Object.keys(given).filter(each => given[each] !== undefined).sort(byCode).map(each => [each, sorted(given[each])]))
}

/** Go writes these letters as codes. upstream: encoding/json HTML escaping is off in kubectl's printer */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 4)}\n`
}
