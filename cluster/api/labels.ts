// Selectors of labels: text in, requirements out, and whether labels meet them. upstream: apimachinery labels/selector.go
import type { LabelSelector } from 'kubernetes-types/meta/v1'
import { labelValue, qualifiedName } from './validation/names.ts'

export type Operator = 'in' | 'notin' | 'exists' | '!' | '=' | '==' | '!=' | 'gt' | 'lt'

export interface Requirement {
  readonly key: string
  readonly op: Operator
  /** sorted, each once */
  readonly values: readonly string[]
}
/** All of these must hold; sorted by key. None: everything matches. */
export type Selector = readonly Requirement[]

/** A field of a requirement that is wrong. */
export interface RequirementError { readonly type: 'Invalid' | 'NotSupported', readonly field: string, readonly message: string }

type Labels = Readonly<Record<string, string>> | undefined

const quote = (value: unknown) => JSON.stringify(value)
const INT64_MAX = 2n ** 63n

/** A 64-bit integer as Go's ParseInt reads it. */
function int64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text))
    return undefined
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  return value >= -INT64_MAX && value < INT64_MAX ? value : undefined
}

const ONE = 'for \'Gt\', \'Lt\' operators, '
/** By operator: how many values at least and at most, and what is said otherwise. */
const RULES: readonly (readonly [operators: readonly Operator[], least: number, most: number, why: string])[] = [
  [['in', 'notin'], 1, Infinity, 'for \'in\', \'notin\' operators, values set can\'t be empty'],
  [['=', '==', '!='], 1, 1, 'exact-match compatibility requires one single value'],
  [['exists', '!'], 0, 0, 'values set must be empty for exists and does not exist'],
  [['gt', 'lt'], 1, 1, `${ONE}exactly one value is required`],
]

/** What is wrong with a requirement; nothing, if it may be used. upstream: labels.NewRequirement */
export function requirementErrors({ key, op, values }: { key: string, op: string, values: readonly string[] }): RequirementError[] {
  const errors: RequirementError[] = []
  const wrong = (field: string, value: unknown, why: string) => why && errors.push({ type: 'Invalid', field, message: `Invalid value: ${quote(value)}: ${why}` })
  wrong('key', key, qualifiedName(key).join('; '))
  const rule = RULES.find(([operators]) => operators.includes(op as Operator))
  if (!rule)
    errors.push({ type: 'NotSupported', field: 'operator', message: `Unsupported value: ${quote(op)}: supported values: ${RULES.flatMap(([operators]) => operators).sort().map(quote).join(', ')}` })
  else if (values.length < rule[1] || values.length > rule[2])
    wrong('values', values, rule[3])
  values.forEach((value, i) => {
    if ((op === 'gt' || op === 'lt') && int64(value) === undefined)
      wrong(`values[${i}]`, value, `${ONE}the value must be an integer`)
    wrong(`values[${i}][${key}]`, value, labelValue(value).join('; '))
  })
  return errors
}

/** A requirement held to all rules. @throws SyntaxError with kubectl's words. upstream: labels.NewRequirement */
export function requirement(key: string, op: Operator, values: readonly string[]): Requirement {
  const made = { key, op, values: [...new Set(values)].sort() }
  const errors = requirementErrors(made)
  if (errors.length)
    throw new SyntaxError(errors.length === 1 ? `${errors[0]!.field}: ${errors[0]!.message}` : `[${errors.map(e => `${e.field}: ${e.message}`).join(', ')}]`)
  return made
}

const WORDS: readonly string[] = ['in', 'notin']
const SIGNS: Readonly<Record<string, Operator>> = { '=': '=', '==': '==', '!=': '!=', '>': 'gt', '<': 'lt' }
const byKey = (a: Requirement, b: Requirement) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0

/** The words of a selector: identifiers and `in`, `notin` as they are, signs as they are, '' at the end. upstream: labels.Lexer */
export const words = (text: string): string[] => [...text.match(/[^ \t\r\n=!(),<>]+|[=!]?=|[!(),<>]/g) ?? [], '']

const isSign = (word: string) => /^[=!(),<>]/.test(word)

/** A selector from its text: `app=web,tier in (a,b),!old`. @throws SyntaxError with kubectl's words. upstream: labels.Parse */
export function parseSelector(text: string): Selector {
  const tokens = words(text)
  let at = 0
  const next = () => tokens[at] === '' ? '' : tokens[at++]!
  const peek = () => tokens[at]!
  const fail = (message: string): never => { throw new SyntaxError(message) }
  const expected = (found: string, what: string) => fail(`found '${found}', expected: ${what}`)
  const named = (word: string) => word !== '' && !isSign(word)

  function values(): string[] {
    const open = next()
    if (open !== '(')
      fail(`found '${open}' expected: '('`)
    if (!named(peek()) && !',)'.includes(peek() || '?'))
      expected(peek(), '\',\', \')\' or identifier')
    const out: string[] = []
    for (let item = '', word = next(); ; word = next()) {
      if (named(word)) {
        item = word
        if (!',)'.includes(peek() || '?'))
          expected(peek(), '\',\' or \')\'')
      }
      else if (word === ',' || word === ')') {
        out.push(item)
        item = ''
        if (word === ')')
          return out
      }
      else {
        expected(word, '\',\', or identifier')
      }
    }
  }

  function one(): Requirement {
    let key = next()
    const not = key === '!'
    if (not)
      key = next()
    if (!named(key))
      expected(key, 'identifier')
    const bad = qualifiedName(key)
    if (bad.length)
      fail(`<nil>: Invalid value: ${quote(key)}: ${bad.join('; ')}`)
    if (not || peek() === '' || peek() === ',')
      return requirement(key, not ? '!' : 'exists', [])
    const word = next()
    const op = WORDS.includes(word) ? word as Operator : SIGNS[word] ?? expected(word, 'in, notin, =, ==, !=, gt, lt')
    if (WORDS.includes(word))
      return requirement(key, op, values())
    if (peek() === '' || peek() === ',')
      return requirement(key, op, [''])
    const value = next()
    return named(value) ? requirement(key, op, [value]) : expected(value, 'identifier')
  }

  const out: Requirement[] = []
  while (peek() !== '') {
    if (!named(peek()) && peek() !== '!')
      expected(peek(), '!, identifier, or \'end of string\'')
    try {
      out.push(one())
    }
    catch (error) {
      fail(`unable to parse requirement: ${(error as Error).message}`)
    }
    const comma = next()
    if (comma === '')
      break
    if (comma !== ',')
      expected(comma, '\',\' or \'end of string\'')
    if (!named(peek()) && peek() !== '!')
      expected(peek(), 'identifier after \',\'')
  }
  return out.sort(byKey)
}

const PRINTED: Partial<Record<Operator, string>> = { in: ' in ', notin: ' notin ', gt: '>', lt: '<' }

/** A selector's text, in the order given. upstream: labels.Requirement.String */
export function selectorText(selector: Selector): string {
  return selector.map(({ key, op, values }) => {
    if (op === '!' || op === 'exists')
      return op === '!' ? `!${key}` : key
    const list = [...values].sort().join(',')
    return `${key}${PRINTED[op] ?? op}${op === 'in' || op === 'notin' ? `(${list})` : list}`
  }).join(',')
}

function meets({ key, op, values }: Requirement, labels: Labels): boolean {
  const value = labels?.[key]
  switch (op) {
    case 'exists': return value !== undefined
    case '!': return value === undefined
    case 'notin':
    case '!=': return value === undefined || !values.includes(value)
    case 'gt':
    case 'lt': {
      const have = value === undefined ? undefined : int64(value)
      const bound = int64(values[0] ?? '')
      return have !== undefined && bound !== undefined && (op === 'gt' ? have > bound : have < bound)
    }
    default: return value !== undefined && values.includes(value)
  }
}

/** Whether labels meet all requirements. upstream: labels.internalSelector.Matches */
export function selectorMatches(selector: Selector, labels: Labels): boolean {
  for (const each of selector) {
    if (!meets(each, labels))
      return false
  }
  return true
}

const EXPRESSIONS: Readonly<Record<string, Operator>> = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' }
const known = new WeakMap<object, Selector>()

function plain(key: string, op: Operator, values: readonly string[]): Requirement {
  if (op !== '=' && (op === 'in' || op === 'notin') === !values.length)
    throw new SyntaxError(`${key}: operator and values do not go together`)
  return { key, op, values: [...new Set(values)].sort() }
}

/**
 * The requirements of a selector in its object form; undefined where it selects nothing (no selector at all).
 * @param strict whether keys and values are held to the rules for labels as well: what is in the store has passed them
 * @throws SyntaxError on an operator, or on values that it may not have. upstream: metav1.LabelSelectorAsSelector
 */
export function fromLabelSelector(selector: LabelSelector | null | undefined, strict?: (key: string, op: Operator, values: readonly string[]) => Requirement): Selector | undefined {
  if (!selector)
    return undefined
  let out = strict ? undefined : known.get(selector)
  const make = strict ?? plain
  if (!out) {
    out = [
      ...Object.entries(selector.matchLabels ?? {}).map(([key, value]) => make(key, '=', [value])),
      ...(selector.matchExpressions ?? []).map(({ key, operator, values }) => {
        const op = EXPRESSIONS[operator]
        if (!op)
          throw new SyntaxError(`${quote(operator)} is not a valid label selector operator`)
        return make(key, op, values ?? [])
      }),
    ].sort(byKey)
    if (Object.isFrozen(selector))
      known.set(selector, out)
  }
  return out
}

/** Whether labels meet a selector in its object form; no selector selects nothing, an empty one everything. @throws SyntaxError as fromLabelSelector */
export function labelSelectorMatches(selector: LabelSelector | null | undefined, labels: Labels): boolean {
  const requirements = fromLabelSelector(selector)
  return requirements !== undefined && selectorMatches(requirements, labels)
}

/** A selector that asks for these labels exactly (a Service's selector). upstream: labels.SelectorFromSet */
export function selectorFromSet(set: Labels): Selector {
  let out = set && known.get(set)
  if (!out) {
    out = Object.keys(set ?? {}).sort().map(key => ({ key, op: '=', values: [set![key]!] }))
    if (set && Object.isFrozen(set))
      known.set(set, out)
  }
  return out
}
