// Flags as kubectl reads them: long and short, with and without values, before and after the words. upstream: spf13/pflag
import { Failure } from './errors.ts'

/** s text, b yes or no, i a whole number, d a duration, l a list (repeated or parted by commas), a an array (repeated) */
type FlagType = 's' | 'b' | 'i' | 'd' | 'l' | 'a'

export interface Flag {
  readonly name: string
  readonly short?: string
  readonly type: FlagType
  readonly initial?: string
  /** what it says where no value is given */
  readonly bare?: string
}
export type FlagSet = ReadonlyMap<string, Flag>

/**
 * Flags from words such as `selector,l:s`: name, letter, type (b where none), then `=initial`, then `?bare`.
 * `all:b chunk-size:i=500 dry-run:s=none?unchanged`
 */
export function flagSet(...texts: readonly string[]): FlagSet {
  const out = new Map<string, Flag>()
  for (const text of texts.flatMap(each => each.split(' ')).filter(Boolean)) {
    const [, name = '', short, type = 'b', initial, bare] = /^([\w-]+)(?:,(\w))?(?::([sbidla]))?(?:=([^?]*))?(?:\?(.*))?$/.exec(text)!
    out.set(name, { name, short, type: type as FlagType, initial, bare: bare ?? (type === 'b' ? 'true' : undefined) })
  }
  return out
}

const UNITS: Readonly<Record<string, number>> = { 'ns': 1e-6, 'us': 1e-3, '\u00B5s': 1e-3, '\u03BCs': 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Milliseconds of a duration such as `1m30s`; undefined where it is none. upstream: time.ParseDuration */
export function parseDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1
  const rest = text.replace(/^[+-]/, '')
  if (rest === '0')
    return 0
  if (noDuration(text))
    return undefined
  let sum = 0
  for (const [, amount, unit] of rest.matchAll(PART))
    sum += Number(amount) * UNITS[unit!]!
  return sign * sum
}

/** An amount of a duration and its unit, which goes on to the next digit or dot. */
const PART = /(\d+(?:\.\d*)?|\.\d+)([^\d.]*)/g

/** What is wrong with a duration, in Go's words: `unknown unit "x" in duration "1x"`; undefined where nothing is. upstream: time.ParseDuration */
function noDuration(text: string): string | undefined {
  const rest = text.replace(/^[+-]/, '')
  if (rest === '0')
    return undefined
  let at = 0
  for (const { index, 0: part, 2: unit = '' } of rest.matchAll(PART)) {
    if (index !== at)
      break
    if (!Object.hasOwn(UNITS, unit))
      return `${unit ? `unknown unit ${JSON.stringify(unit)}` : 'missing unit'} in duration ${JSON.stringify(text)}`
    at += part.length
  }
  return at && at === rest.length ? undefined : `invalid duration ${JSON.stringify(text)}`
}

/** Fields of one line of CSV, as lists in flags are written. */
function csv(text: string): string[] {
  return text === '' ? [] : text.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map(part => /^".*"$/s.test(part) ? part.slice(1, -1).replaceAll('""', '"') : part)
}

const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True']
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False']

/** Why a value does not fit, in Go's words. */
function misfit({ type }: Flag, value: string): string | undefined {
  switch (type) {
    case 'b': return TRUE.includes(value) || FALSE.includes(value) ? undefined : `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`
    case 'i': return /^[+-]?\d{1,15}$/.test(value) ? undefined : `strconv.ParseInt: parsing ${JSON.stringify(value)}: ${/^[+-]?\d+$/.test(value) ? 'value out of range' : 'invalid syntax'}`
    case 'd': {
      const wrong = noDuration(value)
      return wrong && `time: ${wrong}`
    }
    default: return undefined
  }
}

/** The flags that were given, and the words between them. */
export interface Parsed {
  readonly words: readonly string[]
  /** how many words stood before `--`; −1 where there was none */
  readonly dash: number
  has: (name: string) => boolean
  text: (name: string) => string
  on: (name: string) => boolean
  number: (name: string) => number
  /** virtual ms */
  ms: (name: string) => number
  list: (name: string) => string[]
}

/** @param flags those of the command and those of all commands. @throws Failure with pflag's own words */
export function parseFlags(flags: FlagSet, given: readonly string[]): Parsed {
  const shorts = new Map([...flags.values()].filter(flag => flag.short).map(flag => [flag.short!, flag]))
  const values = new Map<string, string[]>()
  const words: string[] = []
  let dash = -1

  function set(flag: Flag, value: string, called: string) {
    const why = misfit(flag, value)
    if (why)
      throw new Failure(`invalid argument ${JSON.stringify(value)} for ${JSON.stringify(called)} flag: ${why}`)
    const many = flag.type === 'l' || flag.type === 'a'
    const before = values.get(flag.name)
    const next = flag.type === 'l' ? csv(value) : [value]
    values.set(flag.name, many && before ? [...before, ...next] : next)
  }

  for (let i = 0; i < given.length; i++) {
    const word = given[i]!
    if (word === '--') {
      dash = words.length
      words.push(...given.slice(i + 1))
      break
    }
    if (!word.startsWith('-') || word === '-') {
      words.push(word)
    }
    else if (word.startsWith('--')) {
      const equals = word.indexOf('=')
      const name = word.slice(2, equals < 0 ? undefined : equals)
      const flag = flags.get(name)
      if (name === '' || name.startsWith('-'))
        throw new Failure(`bad flag syntax: ${word}`)
      if (!flag)
        throw new Failure(`unknown flag: --${name}`)
      if (equals >= 0)
        set(flag, word.slice(equals + 1), called(flag))
      else if (flag.bare !== undefined)
        set(flag, flag.bare, called(flag))
      else if (++i < given.length)
        set(flag, given[i]!, called(flag))
      else
        throw new Failure(`flag needs an argument: ${word}`)
    }
    else {
      for (let letters = word.slice(1); letters; letters = letters.slice(1)) {
        const flag = shorts.get(letters[0]!)
        if (!flag)
          throw new Failure(`unknown shorthand flag: '${letters[0]}' in -${letters}`)
        if (letters[1] === '=') {
          set(flag, letters.slice(2), called(flag))
          break
        }
        if (flag.bare !== undefined) {
          set(flag, flag.bare, called(flag))
          continue
        }
        if (letters.length > 1)
          set(flag, letters.slice(1), called(flag))
        else if (++i < given.length)
          set(flag, given[i]!, called(flag))
        else
          throw new Failure(`flag needs an argument: '${letters[0]}' in -${letters}`)
        break
      }
    }
  }

  const all = (name: string) => {
    const flag = flags.get(name)
    return values.get(name) ?? (flag?.initial === undefined ? [] : flag.type === 'l' ? csv(flag.initial) : [flag.initial])
  }
  const text = (name: string) => all(name).at(-1) ?? ''
  return {
    words,
    dash,
    has: name => values.has(name),
    text,
    on: name => TRUE.includes(text(name)),
    number: name => Number(text(name) || 0),
    ms: name => parseDuration(text(name) || '0') ?? 0,
    list: name => [...all(name)],
  }
}

const called = ({ name, short }: Flag) => short ? `-${short}, --${name}` : `--${name}`
