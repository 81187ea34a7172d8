// JSON as Go reads it, and what Go says of text that is none: in the same words whatever runs this. upstream: encoding/json scanner.go

/** Values within each other. Go allows ten thousand, which a browser's stack may not hold. */
const DEEPEST = 1000

/** Text that is no JSON. `at` is the first letter that is wrong, counted from 0; the text's length where it ends too early. */
export class JsonError extends Error {
  readonly at: number
  constructor(text: string, at: number, context: string) {
    super(at < text.length ? `invalid character ${quoted(text[at]!)} ${context}` : 'unexpected end of JSON input')
    this.at = at
  }
}

/** upstream: quoteChar */
const quoted = (letter: string) => letter === '\'' ? '\'\\\'\'' : letter === '"' ? '\'"\'' : letter < ' ' ? `'${JSON.stringify(letter).slice(1, -1)}'` : `'${letter}'`

const SPACE = /[ \t\r\n]*/y
const DIGITS = /\d*/y
const LITERALS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' }

/** Where the text goes on behind what a pattern takes. */
function past(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

/** @returns where the string ends */
function string(text: string, from: number): number {
  let at = from + 1
  while (text[at] !== '"') {
    if (at >= text.length || text[at]! < ' ')
      throw new JsonError(text, at, 'in string literal')
    if (text[at] === '\\') {
      at++
      if (at >= text.length || !'"\\/bfnrtu'.includes(text[at]!))
        throw new JsonError(text, at, 'in string escape code')
      for (let i = 0; text[at - i] === 'u' && i < 4; i++) {
        if (!/[\da-f]/i.test(text[at + i + 1] ?? ''))
          throw new JsonError(text, at + i + 1, 'in \\u hexadecimal character escape')
      }
    }
    at++
  }
  return at + 1
}

/** @returns where the number ends */
function number(text: string, from: number): number {
  const digits = (at: number, context: string) => {
    const end = past(DIGITS, text, at)
    if (end === at)
      throw new JsonError(text, at, context)
    return end
  }
  let at = text[from] === '-' ? from + 1 : from
  at = text[at] === '0' ? at + 1 : digits(at, 'in numeric literal')
  if (text[at] === '.')
    at = digits(at + 1, 'after decimal point in numeric literal')
  if (/e/i.test(text[at] ?? ''))
    at = digits(/[+-]/.test(text[at + 1] ?? '') ? at + 2 : at + 1, 'in exponent of numeric literal')
  return at
}

/** What stands in brackets: items and what is between them. @returns where it ends */
function inside(text: string, from: number, close: string, item: (at: number) => number, after: string): number {
  let at = past(SPACE, text, from + 1)
  if (text[at] === close)
    return at + 1
  for (;;) {
    at = past(SPACE, text, item(at))
    if (text[at] === close)
      return at + 1
    if (text[at] !== ',')
      throw new JsonError(text, at, after)
    at = past(SPACE, text, at + 1)
  }
}

/** @returns where the value ends */
function value(text: string, at: number, depth = 0): number {
  const letter = text[at] ?? ''
  if (depth > DEEPEST)
    throw new JsonError(text, at, 'exceeded max depth')
  if (letter === '{') {
    return inside(text, at, '}', (from) => {
      if (text[from] !== '"')
        throw new JsonError(text, from, 'looking for beginning of object key string')
      const colon = past(SPACE, text, string(text, from))
      if (text[colon] !== ':')
        throw new JsonError(text, colon, 'after object key')
      return value(text, past(SPACE, text, colon + 1), depth + 1)
    }, 'after object key:value pair')
  }
  if (letter === '[')
    return inside(text, at, ']', from => value(text, from, depth + 1), 'after array element')
  if (letter === '"')
    return string(text, at)
  if (letter === '-' || /\d/.test(letter))
    return number(text, at)
  const literal = LITERALS[letter]
  if (!literal)
    throw new JsonError(text, at, 'looking for beginning of value')
  for (let i = 1; i < literal.length; i++) {
    if (text[at + i] !== literal[i])
      throw new JsonError(text, at + i, `in literal ${literal} (expecting ${quoted(literal[i]!)})`)
  }
  return at + literal.length
}

/** What JSON text says. @throws JsonError */
export function goJson(text: string): unknown {
  const end = past(SPACE, text, value(text, past(SPACE, text, 0)))
  if (end < text.length)
    throw new JsonError(text, end, 'after top-level value')
  return JSON.parse(text)
}

/** A value as Go writes it in a program. upstream: fmt's %#v @param keys the type of an object's keys: JSON has texts, YAML anything */
export function goSyntax(value: unknown, keys: 'string' | 'interface {}' = 'string'): string {
  if (Array.isArray(value))
    return `[]interface {}{${value.map(each => goSyntax(each, keys)).join(', ')}}`
  if (typeof value === 'object' && value !== null)
    return `map[${keys}]interface {}{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${goSyntax((value as Record<string, unknown>)[key], keys)}`).join(', ')}}`
  return value === null || value === undefined ? 'interface {}(nil)' : JSON.stringify(value)
}
