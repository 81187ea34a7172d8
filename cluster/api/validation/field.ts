// Errors of fields, gathered in order, each in the API server's words. upstream: apimachinery util/validation/field
import type { Cause } from '../errors.ts'

/** A value as messages show it: text quoted, structures as JSON with their keys in order. */
export function shown(value: unknown): string {
  const sorted = (part: unknown): unknown => Array.isArray(part)
    ? part.map(sorted)
    : typeof part === 'object' && part !== null
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]))
      : part
  return value === undefined ? 'null' : JSON.stringify(sorted(value))
}

/** Go prints a selector's labels before its expressions. */
const rank = (key: string) => key === 'matchLabels' ? 0 : 1

/** Gathers what is wrong with an object. */
export interface Errors {
  readonly causes: Cause[]
  readonly required: (field: string, detail?: string) => void
  readonly invalid: (field: string, value: unknown, detail: string) => void
  readonly forbidden: (field: string, detail: string) => void
  readonly duplicate: (field: string, value: unknown) => void
  readonly notFound: (field: string, value: unknown) => void
  readonly unsupported: (field: string, value: unknown, supported: readonly string[]) => void
  readonly tooLong: (field: string, bytes: number) => void
  readonly tooMany: (field: string, have: number, most: number) => void
}

export function gather(): Errors {
  const causes: Cause[] = []
  const add = (reason: string, field: string, message: string, detail?: string) => void causes.push({ reason: `FieldValue${reason}`, field, message: detail ? `${message}: ${detail}` : message })
  return {
    causes,
    required: (field, detail) => add('Required', field, 'Required value', detail),
    invalid: (field, value, detail) => add('Invalid', field, `Invalid value: ${shown(value)}`, detail),
    forbidden: (field, detail) => add('Forbidden', field, 'Forbidden', detail),
    duplicate: (field, value) => add('Duplicate', field, `Duplicate value: ${shown(value)}`),
    notFound: (field, value) => add('NotFound', field, `Not found: ${shown(value)}`),
    unsupported: (field, value, supported) => add('NotSupported', field, `Unsupported value: ${shown(value)}`, `supported values: ${supported.map(each => JSON.stringify(each)).join(', ')}`),
    tooLong: (field, bytes) => add('TooLong', field, 'Too long', `may not be more than ${bytes} bytes`),
    tooMany: (field, have, most) => add('TooMany', field, `Too many: ${have}`, `must have at most ${most} items`),
  }
}

/** Adds an error for each message about a value. */
export function each(errors: Errors, field: string, value: unknown, messages: readonly string[]): void {
  for (const message of messages)
    errors.invalid(field, value, message)
}

/** upstream: ValidateNonnegativeField */
export function nonNegative(errors: Errors, field: string, value: number | undefined): void {
  if (value !== undefined && value < 0)
    errors.invalid(field, value, 'must be greater than or equal to 0')
}

/** A required word out of a list. */
export function oneOf(errors: Errors, field: string, value: string | undefined, supported: readonly string[]): void {
  if (!value)
    errors.required(field)
  else if (!supported.includes(value))
    errors.unsupported(field, value, supported)
}

/** Says which values come twice. */
export function unique(errors: Errors): (field: string, value: string | undefined) => void {
  const seen = new Set<string>()
  return (field, value) => {
    if (value && seen.has(value))
      errors.duplicate(field, value)
    else if (value)
      seen.add(value)
  }
}
