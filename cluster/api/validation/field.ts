// Errors of fields, gathered in order, each in the API server's words. upstream: apimachinery util/validation/field
import type { Cause } from '../errors.ts'

/** Go prints a selector's labels before its expressions. */
const rank = (key: string) => key === 'matchLabels' ? 0 : 1

/** A value as messages show it: text quoted, structures as JSON with their keys in order. */
export function shown(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value, (_, part: unknown) => typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)))
    : part)
}

/** Gathers what is wrong with an object. */
export interface Errors {
  readonly causes: Cause[]
  readonly required: (field: string, detail?: string) => void
  readonly invalid: (field: string, value: unknown, detail: string) => void
  readonly forbidden: (field: string, detail: string) => void
  readonly duplicate: (field: string, value: unknown) => void
  readonly notFound: (field: string, value: unknown) => void
  readonly unsupported: (field: string, value: unknown, supported: readonly string[]) => void
  readonly other: (reason: string, field: string, message: string) => void
}

/** A class, since every write makes one and most gather nothing. */
class Gathered implements Errors {
  readonly causes: Cause[] = []

  required(field: string, detail?: string) { this.add('Required', field, 'Required value', detail) }
  invalid(field: string, value: unknown, detail: string) { this.add('Invalid', field, `Invalid value: ${shown(value)}`, detail) }
  forbidden(field: string, detail: string) { this.add('Forbidden', field, 'Forbidden', detail) }
  duplicate(field: string, value: unknown) { this.add('Duplicate', field, 'Duplicate value', shown(value)) }
  notFound(field: string, value: unknown) { this.add('NotFound', field, 'Not found', shown(value)) }
  unsupported(field: string, value: unknown, supported: readonly string[]) { this.add('NotSupported', field, `Unsupported value: ${shown(value)}`, `supported values: ${supported.map(shown).join(', ')}`) }
  other(reason: string, field: string, message: string) { this.add(reason, field, message) }

  private add(reason: string, field: string, message: string, detail?: string) {
    this.causes.push({ reason: `FieldValue${reason}`, field, message: detail ? `${message}: ${detail}` : message })
  }
}

export const gather = (): Errors => new Gathered()
