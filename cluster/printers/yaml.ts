// Objects as YAML and JSON, to the letter as kubectl prints them. upstream: sigs.k8s.io/yaml over go-yaml's emitterc.go
import { sortedJson } from '../api/apply.ts'
import { analyzeScalar, byKey, isBreak, isPrintable, isSpace, scalarStyle } from './scalars.ts'

/** Beyond this a text goes on in the next line at its next blank. */
const WIDTH = 80
const STEP = 2
/** A key of more bytes stands behind a question mark. upstream: yaml_emitter_check_simple_key */
const LONGEST_KEY = 128

/** What was written, and where the next letter goes. upstream: yaml_emitter_t */
interface Emitter { out: string, column: number, whitespace: boolean, indention: boolean }

/** Where a value stands. `indent` is -1 at the root. */
interface Place { indent: number, inMap?: boolean, simpleKey?: boolean }

function put(to: Emitter, letters: string): void {
  to.out += letters
  to.column += letters.length
}

function write(to: Emitter, letter: string): void {
  to.out += letter
  to.column++
}

function writeBreak(to: Emitter, letter = '\n'): void {
  to.out += letter
  to.column = 0
  to.indention = true
}

function writeIndent(to: Emitter, indent: number): void {
  const wanted = Math.max(0, indent)
  if (!to.indention || to.column > wanted || (to.column === wanted && !to.whitespace))
    writeBreak(to)
  put(to, ' '.repeat(Math.max(0, wanted - to.column)))
  to.whitespace = true
  to.indention = true
}

function indicator(to: Emitter, sign: string, { spaced = false, whitespace = false, indention = false } = {}): void {
  put(to, spaced && !to.whitespace ? ` ${sign}` : sign)
  to.whitespace = whitespace
  to.indention &&= indention
}

/** A text without quotes or in single ones: they differ in their ends. upstream: yaml_emitter_write_plain_scalar, yaml_emitter_write_single_quoted_scalar */
function writeFlow(to: Emitter, value: readonly string[], indent: number, allowBreaks: boolean, quote: '' | '\''): void {
  if (quote || value.length)
    indicator(to, quote, { spaced: true })
  let spaces = false
  let breaks = false
  for (const [i, letter] of value.entries()) {
    if (isSpace(letter)) {
      if (allowBreaks && !spaces && to.column > WIDTH && i > 0 && i < value.length - 1 && !isSpace(value[i + 1]))
        writeIndent(to, indent)
      else
        write(to, letter)
      spaces = true
    }
    else if (isBreak(letter)) {
      writeBreak(to, letter)
      breaks = true
    }
    else {
      if (breaks)
        writeIndent(to, indent)
      put(to, quote && letter === quote ? quote : '')
      write(to, letter)
      to.indention = false
      spaces = breaks = false
    }
  }
  indicator(to, quote)
  to.indention = false
}

const SHORT: Readonly<Record<string, string>> = { '\0': '0', '\x07': 'a', '\b': 'b', '\t': 't', '\n': 'n', '\v': 'v', '\f': 'f', '\r': 'r', '\x1B': 'e', '"': '"', '\\': '\\', '\x85': 'N', '\xA0': '_', '\u2028': 'L', '\u2029': 'P' }

function escaped(letter: string): string {
  const code = letter.codePointAt(0)!
  const [sign, width] = code <= 0xFF ? ['x', 2] as const : code <= 0xFFFF ? ['u', 4] as const : ['U', 8] as const
  return `\\${SHORT[letter] ?? `${sign}${code.toString(16).toUpperCase().padStart(width, '0')}`}`
}

/** upstream: yaml_emitter_write_double_quoted_scalar */
function writeDouble(to: Emitter, value: readonly string[], indent: number, allowBreaks: boolean): void {
  indicator(to, '"', { spaced: true })
  // upstream: is_bom looks at the first letter of the text, wherever it is asked about
  const afterBom = value[0] === '\uFEFF'
  let spaces = false
  for (const [i, letter] of value.entries()) {
    if (afterBom || !isPrintable(letter) || isBreak(letter) || letter === '"' || letter === '\\') {
      put(to, escaped(letter))
      spaces = false
    }
    else if (isSpace(letter)) {
      if (allowBreaks && !spaces && to.column > WIDTH && i > 0 && i < value.length - 1) {
        writeIndent(to, indent)
        put(to, isSpace(value[i + 1]) ? '\\' : '')
      }
      else {
        write(to, letter)
      }
      spaces = true
    }
    else {
      write(to, letter)
      spaces = false
    }
  }
  indicator(to, '"')
  to.indention = false
}

/** A block; its first line says whether it begins with blanks and how it ends. upstream: yaml_emitter_write_literal_scalar, yaml_emitter_write_block_scalar_hints */
function writeLiteral(to: Emitter, value: readonly string[], indent: number): void {
  const begins = isSpace(value[0]) || isBreak(value[0]) ? String(STEP) : ''
  const ends = !isBreak(value.at(-1)) ? '-' : value.length === 1 || isBreak(value.at(-2)) ? '+' : ''
  indicator(to, `|${begins}${ends}`, { spaced: true })
  writeBreak(to)
  to.whitespace = true
  let breaks = true
  for (const letter of value) {
    if (isBreak(letter)) {
      writeBreak(to, letter)
      breaks = true
    }
    else {
      if (breaks)
        writeIndent(to, indent)
      write(to, letter)
      to.indention = false
      breaks = false
    }
  }
}

/** The text as YAML's reader hands it on: an object goes through JSON, where U+0085 stands bare and is read as the end of a line. upstream: yaml.JSONToYAML */
function readBack(text: string): string {
  return text.replace(/ *\x85[ \x85]*/g, run => '\n'.repeat(run.replaceAll(' ', '').length - 1) || ' ')
}

function writeText(to: Emitter, text: string, { indent, simpleKey = false }: Place): void {
  const value = [...text]
  const inner = indent < 0 ? STEP : indent + STEP
  switch (scalarStyle(text, analyzeScalar(value), simpleKey)) {
    case 'plain': return writeFlow(to, value, inner, !simpleKey, '')
    case 'single': return writeFlow(to, value, inner, !simpleKey, '\'')
    case 'double': return writeDouble(to, value, inner, !simpleKey)
    case 'literal': return writeLiteral(to, value, inner)
  }
}

/** A number as Go writes it. upstream: strconv.FormatFloat(f, 'g', -1, 64) */
function numberText(value: number): string {
  const [digits, power] = value.toExponential().split('e') as [string, string]
  if (Number.isInteger(value) || (Number(power) >= -4 && Number(power) < 6))
    return String(value)
  return `${digits}e${power[0]}${power.slice(1).padStart(2, '0')}`
}

function writeNode(to: Emitter, value: unknown, place: Place): void {
  if (typeof value === 'string')
    writeText(to, readBack(value), place)
  else if (Array.isArray(value))
    writeList(to, value, place)
  else if (typeof value === 'object' && value !== null)
    writeMap(to, value as Readonly<Record<string, unknown>>, place)
  else
    writeFlow(to, [...typeof value === 'number' ? numberText(value) : String(value ?? 'null')], 0, false, '')
}

function writeEmpty(to: Emitter, open: string, close: string): void {
  indicator(to, open, { spaced: true, whitespace: true })
  indicator(to, close)
}

function writeList(to: Emitter, items: readonly unknown[], { indent, inMap = false }: Place): void {
  if (!items.length)
    return writeEmpty(to, '[', ']')
  // dashes stand below the key of their list
  const own = indent < 0 ? 0 : inMap && !to.indention ? indent : indent + STEP
  for (const item of items) {
    writeIndent(to, own)
    indicator(to, '-', { spaced: true, indention: true })
    writeNode(to, item, { indent: own })
  }
}

function writeMap(to: Emitter, value: Readonly<Record<string, unknown>>, { indent }: Place): void {
  const keys = Object.keys(value).filter(each => value[each] !== undefined).sort(byKey)
  if (!keys.length)
    return writeEmpty(to, '{', '}')
  const own = indent < 0 ? 0 : indent + STEP
  for (const key of keys) {
    const text = readBack(key)
    writeIndent(to, own)
    if (!/[\r\n\x85\u2028\u2029]/.test(text) && new TextEncoder().encode(text).length <= LONGEST_KEY) {
      writeText(to, text, { indent: own, simpleKey: true })
      indicator(to, ':')
    }
    else {
      indicator(to, '?', { spaced: true, indention: true })
      writeText(to, text, { indent: own })
      writeIndent(to, own)
      indicator(to, ':', { spaced: true, indention: true })
    }
    writeNode(to, value[key], { indent: own, inMap: true })
  }
}

/** The keys of every object in order, two blanks a level, dashes below their key. */
export function yamlText(value: unknown): string {
  const to: Emitter = { out: '', column: 0, whitespace: true, indention: true }
  writeNode(to, value, { indent: -1 })
  writeIndent(to, 0)
  return to.out
}

/** The keys of every object in order, four blanks a level. */
export function jsonText(value: unknown): string {
  return `${sortedJson(value, 4)}\n`
}
