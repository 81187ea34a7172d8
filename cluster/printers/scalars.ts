// How a text is written in YAML: as it is, in single or double quotes, or as a block. upstream: go.yaml.in/yaml/v2 resolve.go, encode.go, emitterc.go

/** Words that are read as something else than themselves. upstream: resolveMap */
const WORDS = new Set(['', '~', 'null', 'Null', 'NULL', 'y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON', 'n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF', '.nan', '.NaN', '.NAN', ...['', '+', '-'].flatMap(sign => ['.inf', '.Inf', '.INF'].map(word => sign + word))])
const WHOLE = /^([-+]?)((?:0[xob])?)([-+]?)([\da-f]+)$/i
const DIGITS: Readonly<Record<string, RegExp>> = { '0x': /^[\da-f]+$/i, '0o': /^[0-7]+$/, '0b': /^[01]+$/ }
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i
const BASE_60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/
const DATE = /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))| +(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?$/

/** upstream: parseTimestamp over time.Parse, which refuses a day that its month has not */
function isDate(text: string): boolean {
  const found = DATE.exec(text)
  if (!found)
    return false
  const [year, month, day, ...rest] = found.slice(1).map(Number) as [number, number, number]
  const [hour = 0, minute = 0, second = 0, zoneHours = 0, zoneMinutes = 0] = rest.map(part => Number.isNaN(part) ? undefined : part)
  const [hour2 = 0, minute2 = 0, second2 = 0] = rest.slice(5).map(part => Number.isNaN(part) ? undefined : part)
  const days = month === 2 ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28 : [4, 6, 9, 11].includes(month) ? 30 : 31
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour + hour2 < 24 && minute + minute2 < 60 && second + second2 < 60 && zoneHours <= 24 && zoneMinutes <= 60
}

/** Whether a text counts something within 64 bits; what is larger stays a text. upstream: strconv.ParseInt, ParseUint */
function isWhole(text: string): boolean {
  const [, sign, prefix, second, digits] = WHOLE.exec(text) ?? []
  if (digits === undefined)
    return false
  const base = prefix!.toLowerCase()
  // `0b-1` is read too: what follows 0b is read once more by itself
  if ((second && prefix !== '0b') || (second && sign) || !(DIGITS[base] ?? /^\d+$/).test(digits))
    return false
  const value = BigInt(base + digits)
  const minus = sign === '-' || second === '-'
  return minus ? value <= 2n ** 63n : sign || second ? value < 2n ** 63n : value < 2n ** 64n
}

/** Whether a text without quotes would be read as a number, a flag, nothing or a date. upstream: resolve, isBase60Float */
function readsAsOther(text: string): boolean {
  if (WORDS.has(text))
    return true
  const isFloat = (each: string) => FLOAT.test(each) && Number.isFinite(Number(each))
  if (text.startsWith('.'))
    return isFloat(text.replaceAll(/(?<=\d)_(?=\d)/g, ''))
  if (!/^[-+\d]/.test(text))
    return false
  const digits = text.replaceAll('_', '')
  return isDate(text) || isWhole(digits) || isFloat(digits) || BASE_60.test(text)
}

export const isSpace = (letter: string | undefined) => letter === ' '
/** upstream: is_break */
export const isBreak = (letter: string | undefined) => letter !== undefined && /^[\r\n\x85\u2028\u2029]$/.test(letter)
/** Whether a letter stands in a text as it is. upstream: is_printable, which knows no letters beyond U+FFFF and no tab */
export const isPrintable = (letter: string) => /^[\n\x20-\x7E\xA0-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]$/.test(letter)

const isBlank = (letter: string | undefined) => letter === ' ' || letter === '\t'

export interface Scalar { multiline: boolean, plain: boolean, single: boolean, block: boolean }

/** What a text may be written as, outside of brackets. @param value its letters. upstream: yaml_emitter_analyze_scalar */
export function analyzeScalar(value: readonly string[]): Scalar {
  if (!value.length)
    return { multiline: false, plain: true, single: true, block: false }
  let indicators = /^(?:---|\.\.\.)/.test(value.slice(0, 3).join(''))
  let lineBreaks = false
  let special = false
  let breakSpace = false
  let spaceBreak = false
  let precededByBlank = true
  let previous: 'space' | 'break' | '' = ''
  for (const [i, letter] of value.entries()) {
    const followedByBlank = i + 1 === value.length || isBlank(value[i + 1])
    if (i === 0 && '#,[]{}&*!|>\'"%@`'.includes(letter))
      indicators = true
    else if ((i === 0 ? '?:-' : ':').includes(letter) && followedByBlank)
      indicators = true
    else if (letter === '#' && precededByBlank)
      indicators = true
    special ||= !isPrintable(letter)
    const now = isSpace(letter) ? 'space' : isBreak(letter) ? 'break' : ''
    lineBreaks ||= now === 'break'
    breakSpace ||= previous === 'break' && now === 'space'
    spaceBreak ||= previous === 'space' && now === 'break'
    previous = now
    precededByBlank = isBlank(letter) || isBreak(letter) || letter === '\0'
  }
  const atEdge = (letter: string) => isSpace(letter) || isBreak(letter)
  const [first, last] = [value[0]!, value.at(-1)!]
  const single = !breakSpace && !spaceBreak && !special
  return {
    multiline: lineBreaks,
    plain: single && !lineBreaks && !indicators && !atEdge(first) && !atEdge(last),
    single,
    block: !isSpace(last) && !spaceBreak && !special,
  }
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal'

/** @param simpleKey it is a key that stands before its colon on one line. upstream: encoder.stringv, yaml_emitter_select_scalar_style */
export function scalarStyle(text: string, may: Scalar, simpleKey: boolean): ScalarStyle {
  if (simpleKey && may.multiline)
    return 'double'
  if (text.includes('\n'))
    return may.block && !simpleKey ? 'literal' : 'double'
  if (readsAsOther(text))
    return 'double'
  return may.plain ? 'plain' : may.single ? 'single' : 'double'
}

const isLetter = (letter: string) => /^\p{L}$/u.test(letter)
const isDigit = (letter: string | undefined) => letter !== undefined && /^\p{Nd}$/u.test(letter)

/** Numbers in keys are ordered by what they count, and other signs before letters. upstream: keyList.Less */
export function byKey(a: string, b: string): number {
  const [as, bs] = [[...a], [...b]]
  const i = as.findIndex((letter, at) => at >= bs.length || letter !== bs[at])
  if (i < 0 || i >= bs.length)
    return as.length - bs.length
  const [one, other] = [as[i]!, bs[i]!]
  const byCode = one.codePointAt(0)! - other.codePointAt(0)!
  if (isLetter(one) || isLetter(other))
    return isLetter(one) && isLetter(other) ? byCode : isLetter(other) ? -1 : 1
  // a nought within a number counts as a digit, at its beginning it does not
  let start = 0
  if (one === '0' || other === '0') {
    for (let j = i - 1; j >= 0 && isDigit(as[j]); j--) {
      if (as[j] !== '0') {
        start = 1
        break
      }
    }
  }
  const number = (letters: readonly string[]) => {
    let value = start
    let end = i
    for (; isDigit(letters[end]); end++)
      value = value * 10 + letters[end]!.codePointAt(0)! - 48
    return { value, end }
  }
  const [n, m] = [number(as), number(bs)]
  return n.value - m.value || n.end - m.end || byCode
}
