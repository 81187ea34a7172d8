// Selectors of labels: whether labels meet them. Their text is read in selectors.ts. upstream: apimachinery labels/selector.go
import type { LabelSelector } from 'kubernetes-types/meta/v1'

export type Operator = 'in' | 'notin' | 'exists' | '!' | '=' | '==' | '!=' | 'gt' | 'lt'

export interface Requirement {
  readonly key: string
  readonly op: Operator
  /** sorted, each once */
  readonly values: readonly string[]
}
/** All of these must hold; sorted by key. None: everything matches. */
export type Selector = readonly Requirement[]

type Labels = Readonly<Record<string, string>> | undefined

export const quote = (value: unknown) => JSON.stringify(value)
const INT64_MAX = 2n ** 63n

/** A 64-bit integer as Go's ParseInt reads it. */
export function int64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text))
    return undefined
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  return value >= -INT64_MAX && value < INT64_MAX ? value : undefined
}

/** Sorts requirements by their keys. */
export const byKey = (a: Requirement, b: Requirement) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0

/** Whether an operator may have these values. */
function goTogether(op: Operator, values: readonly string[]): boolean {
  switch (op) {
    case 'in':
    case 'notin': return values.length > 0
    case 'exists':
    case '!': return !values.length
    case 'gt':
    case 'lt': return values.length === 1 && int64(values[0]!) !== undefined
    default: return values.length === 1 && (op === '=' || op === '==' || op === '!=')
  }
}

/** Whether a requirement can be used at all; why not says requirementErrors of selectors.ts. */
export const usable = ({ op, values }: Requirement): boolean => goTogether(op, values)

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
  for (let i = 0; i < selector.length; i++) {
    if (!meets(selector[i]!, labels))
      return false
  }
  return true
}

const EXPRESSIONS: Readonly<Record<string, Operator>> = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' }
const known = new WeakMap<object, Selector>()

function plain(key: string, op: Operator, values: readonly string[]): Requirement {
  if (!goTogether(op, values))
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
