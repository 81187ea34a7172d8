// kubectl's JSONPath templates: `{range .items[*]}{.metadata.name}{"\n"}{end}`. upstream: client-go util/jsonpath
import { sortedJson } from '../api/apply.ts'

type Node =
  | { readonly is: 'text', readonly text: string }
  | { readonly is: 'path', readonly steps: readonly Step[] }
  | { readonly is: 'range', readonly steps: readonly Step[], readonly body: readonly Node[] }
  /** an end where nothing began */
  | { readonly is: 'end' }
type Step =
  | { readonly is: 'field', readonly name: string }
  | { readonly is: 'wildcard' | 'recursive' }
  /** a word that is neither a path nor one of the template's own: it is found out when it is followed */
  | { readonly is: 'identifier', readonly name: string }
  | { readonly is: 'slice', readonly from?: number, readonly to?: number, readonly step?: number, readonly one?: boolean }
  | { readonly is: 'union', readonly of: readonly (readonly Step[])[] }
  | { readonly is: 'filter', readonly left: Side, readonly operator: string, readonly right?: Side }
type Side = { readonly value: unknown } | { readonly steps: readonly Step[], readonly root: boolean }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deeper than this nobody means it. */
const DEEPEST = 200
/** Ranges that are left open within each other: what each goes over is gone through twice. */
const MOST_OPEN = 5

/** Reads a template. @throws Error in the words of the upstream parser */
export function parseTemplate(text: string): readonly Node[] {
  let at = 0
  const stack: Open[] = [{ body: [] }]
  while (at < text.length) {
    const open = text.indexOf('{', at)
    if (open !== at)
      stack.at(-1)!.body.push({ is: 'text', text: text.slice(at, open < 0 ? undefined : open) })
    if (open < 0)
      break
    const [inside, close] = action(text, open)
    at = close + 1
    const word = inside.trim()
    if (word === 'end') {
      const { steps, body } = stack.length > 1 ? stack.pop()! : {}
      const outer = stack.at(-1)!
      outer.body.push(steps && body ? { is: 'range', steps, body } : { is: 'end' })
      outer.ended = outer.body.length
    }
    else if (/^range(?:\s|$)/.test(word)) {
      if (stack.length > DEEPEST)
        throw new Error('ranges are nested too deeply')
      stack.push({ steps: parsePath(word.slice(5).trim()), body: [] })
    }
    else {
      stack.at(-1)!.body.push(...words(word).map(parseWord))
    }
  }
  if (stack.length - 1 > MOST_OPEN)
    throw new Error('ranges are nested too deeply')
  return leftOpen(stack)
}

/** A range that has not ended yet, or the template itself, and what stands in it. */
interface Open {
  readonly steps?: readonly Step[]
  readonly body: Node[]
  /** how much of the body stands before the last end in it */
  ended?: number
}

/** The template where ranges are left open: what such a range goes over is gone through once more for what is around it, from the last end in it on. upstream: JSONPath.FindResults, lastEndNode */
function leftOpen(stack: readonly Open[]): Node[] {
  let after: Node[] | undefined
  for (let i = stack.length - 1; i > 0; i--) {
    const { steps, body, ended } = stack[i]!
    after ??= ended === undefined ? undefined : body.slice(ended)
    stack[i - 1]!.body.push({ is: 'range', steps: steps!, body }, ...after ?? body)
  }
  return stack[0]!.body
}

/** What stands between braces, and where they close. @throws Error where they do not */
function action(text: string, open: number): [string, number] {
  for (let at = open + 1; at < text.length; at++) {
    const letter = text[at]!
    if (letter === '}')
      return [text.slice(open + 1, at), at]
    if (letter === '\\')
      at++
    else if (letter === '[')
      at = closing(text, at)
    else if (letter === '"' || letter === '\'')
      at = quoteEnd(text, at)
    else if (letter === '\n' || letter === '\r')
      break
  }
  throw new Error('unclosed action')
}

/** Where a quoted text ends. upstream: Parser.parseQuote */
function quoteEnd(text: string, open: number): number {
  for (let at = open + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === text[open] && text[at - 1] !== '\\')
      return at
  }
  throw new Error('unterminated quoted string')
}

/** Where a bracket closes: one around a filter behind the filter's own. upstream: Parser.parseArray, parseFilter */
function closing(text: string, open: number): number {
  const filter = text.startsWith('[?(', open)
  let pair: string | undefined
  let quoted = false
  for (let at = open + 1; at < text.length && text[at] !== '\n'; at++) {
    const letter = text[at]!
    if (!filter) {
      if (letter === ']')
        return at
    }
    else if (letter === '"' || letter === '\'') {
      // there is one quoted text in a filter at most, by upstream's parser
      if (pair === undefined)
        [pair, quoted] = [letter, true]
      else if (letter === pair && text[at - 1] !== '\\')
        quoted = false
    }
    else if (letter === ')' && !quoted) {
      if (text[at + 1] !== ']')
        throw new Error('unclosed array expect ]')
      return at + 1
    }
  }
  throw new Error(filter ? 'unterminated filter' : 'unterminated array')
}

/** Words of an action: paths and quoted texts. */
function words(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[(?:[^[\]"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[[^\]]*\])*\]|\\.|[^\s"'[])+|["'[]/g) ?? []
}

function parseWord(word: string): Node {
  const quote = word[0]
  if (quote === '"' || quote === '\'') {
    if (word.length < 2 || word.at(-1) !== quote)
      throw new Error('unterminated quoted string')
    return { is: 'text', text: unquote(word) }
  }
  return { is: 'path', steps: parsePath(word) }
}

function unquote(word: string): string {
  const letters: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07' }
  return word.slice(1, -1).replace(/\\(u[\da-fA-F]{4}|.)/gs, (_, code: string) => code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : letters[code] ?? code)
}

/** Whether a text may stand for a path where braces and the first dot may be left out. upstream: get.RelaxedJSONPathExpression */
export const isRelaxed = (text: string): boolean => /^(?:\{[^{}]+\}|[^{}]+)$/.test(text)
export const UNEXPECTED_PATH = 'unexpected path string, expected a \'name1.name2\' or \'.name1.name2\' or \'{name1.name2}\' or \'{.name1.name2}\''

/** Steps of a path such as `.items[0].metadata['labels']` or `$..name`. */
export function parsePath(text: string): Step[] {
  const steps: Step[] = []
  let at = 0
  if (text[at] === '$' || text[at] === '@')
    at++
  if (at === text.length && text !== '$' && text !== '@')
    return steps
  if (at < text.length && /[\p{L}\p{Nd}_]/u.test(text[at]!))
    return [{ is: 'identifier', name: /^[^\s.,[\]$@{}]+/.exec(text)?.[0] ?? text }]
  while (at < text.length) {
    if (text[at] === '[') {
      const [inside, close] = bracket(text, at)
      steps.push(parseBracket(inside))
      at = close + 1
    }
    else if (text.startsWith('..', at)) {
      steps.push({ is: 'recursive' })
      at += text[at + 2] === '[' ? 2 : 1
      if (at >= text.length)
        break
    }
    else if (text[at] === '.') {
      const [, name = ''] = /^\.((?:\\.|[^.[\s\\])*)/s.exec(text.slice(at, at + 1000))!
      at += name.length + 1
      const plain = name.replace(/\\(.)/gs, '$1')
      if (plain === '*')
        steps.push({ is: 'wildcard' })
      else if (plain)
        steps.push({ is: 'field', name: plain })
    }
    else {
      throw new Error(`unrecognized character in action: U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')} '${text[at]}'`)
    }
  }
  return steps
}

function bracket(text: string, open: number): [string, number] {
  const close = closing(text, open)
  return [text.slice(open + 1, close), close]
}

function parseBracket(inside: string): Step {
  const text = inside.trim()
  const filter = /^\?\((.*)\)$/s.exec(text)
  if (filter)
    return parseFilter(filter[1]!.trim())
  if (text === '*')
    return { is: 'wildcard' }
  // what stands in quotes is a path of its own: ['metadata.name'], ['a\\.b']; double quotes are none (upstream: dictKeyRex)
  if (/^'[^']*'(?:\s*,\s*'[^']*')*$/.test(text)) {
    const paths = Array.from(text.matchAll(/'([^']*)'/g), ([, path]) => parsePath(`.${path!}`))
    return paths.length === 1 && paths[0]!.length === 1 ? paths[0]![0]! : { is: 'union', of: paths }
  }
  if (/^-?\d+(?:\s*,\s*-?\d+)+$/.test(text))
    return { is: 'union', of: text.split(',').map(each => [{ is: 'slice', from: Number(each), one: true }]) }
  const range = /^(-?\d+)?(?:(:)(-?\d+)?(?::(-?\d+)?)?)?$/.exec(text)
  if (!range || text === '')
    throw new Error(`invalid array index ${inside}`)
  const number = (part: string | undefined) => part === undefined ? undefined : Number(part)
  return range[2] ? { is: 'slice', from: number(range[1]), to: number(range[3]), step: number(range[4]) } : { is: 'slice', from: Number(range[1]), one: true }
}

function parseFilter(text: string): Step {
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!
    if (quote)
      quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === '\'')
      quote = letter
    const operator = quote ? undefined : /^(?:[=!<>]=|[<>=])/.exec(text.slice(i, i + 2))?.[0]
    if (operator)
      return { is: 'filter', left: side(text.slice(0, i).trim()), operator, right: side(text.slice(i + operator.length).trim()) }
  }
  return { is: 'filter', left: side(text), operator: 'exists' }
}

function side(text: string): Side {
  if (/^["']/.test(text))
    return { value: unquote(text) }
  if (/^-?\d+(?:\.\d+)?$/.test(text))
    return { value: Number(text) }
  if (text === 'true' || text === 'false')
    return { value: text === 'true' }
  return { steps: parsePath(text), root: text.startsWith('$') }
}

/** Everything beneath a value, itself first. */
function beneath(value: unknown, depth = 0): unknown[] {
  if (depth > DEEPEST || typeof value !== 'object' || value === null)
    return []
  return [value, ...Object.values(value).flatMap(each => beneath(each, depth + 1))]
}

function compare(a: unknown, operator: string, b: unknown): boolean {
  switch (operator) {
    case '==': case '=': return a === b
    case '!=': return a !== b
    case '<': return (a as number) < (b as number)
    case '>': return (a as number) > (b as number)
    case '<=': return (a as number) <= (b as number)
    default: return (a as number) >= (b as number)
  }
}

/** What a path leads to: any number of values. @throws Error where an index lies outside its list, or a word is no path */
export function evaluate(steps: readonly Step[], start: unknown, root: unknown = start): unknown[] {
  let values: unknown[] = [start]
  for (const step of steps) {
    if (step.is === 'identifier')
      throw new Error(`unrecognized identifier ${step.name}`)
    values = values.flatMap(value => next(step, value, root))
  }
  return values
}

function next(step: Exclude<Step, { is: 'identifier' }>, value: unknown, root: unknown): unknown[] {
  switch (step.is) {
    case 'field': {
      const found = isObject(value) && Object.hasOwn(value, step.name) ? value[step.name] : undefined
      return found === undefined ? [] : [found]
    }
    case 'wildcard': return typeof value === 'object' && value !== null ? Object.values(value).filter(each => each !== undefined) : []
    case 'recursive': return beneath(value)
    case 'union': return step.of.flatMap(each => evaluate(each, value, root))
    case 'slice': {
      if (!Array.isArray(value))
        return []
      const { length } = value as unknown[]
      const from = (step.from ?? 0) < 0 ? length + step.from! : step.from ?? 0
      if (step.one) {
        if (from < 0 || from >= length)
          throw new Error(`array index out of bounds: index ${step.from}, length ${length}`)
        return [value[from]]
      }
      const to = step.to === undefined ? length : step.to < 0 ? length + step.to : Math.min(step.to, length)
      const by = step.step ?? 1
      return by < 1 ? [] : (value as unknown[]).slice(Math.max(0, from), Math.max(0, to)).filter((_, i) => i % by === 0)
    }
    case 'filter': return (Array.isArray(value) ? value as unknown[] : []).filter((item) => {
      const of = (each: Side) => 'value' in each ? each.value : evaluate(each.steps, each.root ? root : item, root)[0]
      const left = of(step.left)
      return step.operator === 'exists' ? left !== undefined : left !== undefined && compare(left, step.operator, of(step.right!))
    })
  }
}

/** A value as it is printed: texts as they are, objects as JSON. */
export function valueText(value: unknown): string {
  return typeof value === 'object' && value !== null ? sortedJson(value) : String(value)
}

/** What each part of a template leads to, as a JSON list. upstream: JSONPath.EnableJSONOutput @throws Error where an index lies outside its list */
export function fillAsJson(nodes: readonly Node[], data: unknown, root: unknown = data): string {
  return nodes.map((node) => {
    if (node.is === 'end')
      throw new Error('not in range, nothing to end')
    const found = node.is === 'text' ? [node.text] : evaluate(node.steps, data, root)
    return node.is === 'range' ? found.map(item => fillAsJson(node.body, item, root)).join('') : `${sortedJson(found, 4)}\n`
  }).join('')
}

/** @throws Error where an index lies outside its list, a word is no path, or an end ends nothing */
export function fillTemplate(nodes: readonly Node[], data: unknown, root: unknown = data): string {
  return nodes.map((node) => {
    if (node.is === 'end')
      throw new Error('not in range, nothing to end')
    if (node.is === 'text')
      return node.text
    const found = evaluate(node.steps, data, root)
    return node.is === 'path' ? found.map(valueText).join(' ') : found.map(item => fillTemplate(node.body, item, root)).join('')
  }).join('')
}
