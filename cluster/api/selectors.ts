// Selectors of labels as texts: read, and held to all rules. Comes with the gate. upstream: apimachinery labels/selector.go
import { byKey, int64, quote } from './labels.ts'
import type { Operator, Requirement, Selector } from './labels.ts'
import { labelValue, qualifiedName } from './validation/names.ts'

/** A field of a requirement that is wrong. */
export interface RequirementError { readonly type: 'Invalid' | 'NotSupported', readonly field: string, readonly message: string }

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
  if (op === 'gt' || op === 'lt')
    values.forEach((value, i) => int64(value) === undefined && wrong(`values[${i}]`, value, `${ONE}the value must be an integer`))
  values.forEach((value, i) => wrong(`values[${i}][${key}]`, value, labelValue(value).join('; ')))
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
