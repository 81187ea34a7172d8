// Walks an object by the table of types and holds its fields to their rules.
import { fieldsOf } from '../schema.ts'
import type { Draft, DraftOf } from '../draft.ts'
import type { PodSpec } from '../objects.ts'
import type { Field } from '../schema.ts'
import { CHECKS } from './checks.ts'
import type { Errors } from './field.ts'
import { dnsLabel, dnsSubdomain, envName, labelValue, portName, portNumber, qualifiedName } from './names.ts'

export type Plain = Record<string, unknown>

/** The specification around a part of a Pod or Service: what its parts need to know of the whole. */
export type Scope = Draft<PodSpec> & NonNullable<DraftOf<'Service'>['spec']>

/** Rules that a value breaks with messages; p and P take a port of 0 for none. */
const MESSAGES: Readonly<Record<string, (value: never) => readonly string[]>> = {
  l: dnsLabel,
  s: dnsSubdomain,
  q: qualifiedName,
  e: envName,
  v: labelValue,
  N: portName,
  p: portNumber,
  P: (value: number | string) => typeof value === 'string' ? portName(value) : portNumber(value),
}

/** upstream: ValidateLabels, ValidateAnnotations */
function checkMap(errors: Errors, path: string, map: Record<string, string>, labels: boolean) {
  let size = 0
  for (const [key, value] of Object.entries(map)) {
    qualifiedName(labels ? key : key.toLowerCase()).forEach(message => errors.invalid(path, key, message))
    if (labels)
      labelValue(value).forEach(message => errors.invalid(path, value, message))
    size += key.length + value.length
  }
  if (!labels && size > 262_144)
    errors.other('TooLong', path, 'Too long: may not be more than 262144 bytes')
}

function checkField(errors: Errors, { name, rules, options, map }: Field, value: unknown, path: string, seen: Map<string, Set<unknown>> | undefined) {
  const empty = value === undefined || value === '' || (Array.isArray(value) && !value.length)
  if (options) {
    if (empty)
      errors.required(path)
    else if (!options.includes(value as string))
      errors.unsupported(path, value, options)
    return
  }
  let right = true
  for (const rule of rules) {
    if (rule === 'r' && empty) {
      errors.required(path)
      return
    }
    if (rule === 'n' && (value as number) < 0)
      errors.invalid(path, value, 'must be greater than or equal to 0')
    // a map that is frozen was in the store, as it is
    if (map && !empty && (rule === 'L' || rule === 'A') && !Object.isFrozen(value))
      checkMap(errors, path, value as Record<string, string>, rule === 'L')
    if ((rule === 'u' || rule === 'm') && !empty && right) {
      const values = seen?.get(name)
      if (values?.has(value))
        rule === 'u' ? errors.duplicate(path, value) : errors.invalid(path, value, 'must be unique')
      else if (seen && !values)
        seen.set(name, new Set([value]))
      values?.add(value)
    }
    const messages = MESSAGES[rule]
    const given = rule === 'P' ? value ?? 0 : value
    if (messages && given !== undefined && given !== '') {
      for (const message of messages(given as never)) {
        errors.invalid(path, given, message)
        right = false
      }
    }
  }
}

/** A field to be checked, whether it is even where it is not there, and what is checked before it. */
interface Ruled { readonly field: Field, readonly absent: boolean, readonly before: typeof CHECKS[string] | undefined }
const ruled = new Map<string, readonly Ruled[]>()

/** The fields of a type that have rules, or whose own types may, or before which something is checked. */
function ruledFields(type: string): readonly Ruled[] {
  let found = ruled.get(type)
  if (!found) {
    found = [...fieldsOf(type).values()].map(field => ({ field, absent: !!field.options || /[rP]/.test(field.rules), before: CHECKS[`${type}_${field.name}`] }))
      .filter(({ field: { rules, options, object }, before }) => rules || options || object || before)
    ruled.set(type, found)
  }
  return found
}

/** Checks an object of a type and all in it. What is frozen was in the store and is right by itself. */
export function check(errors: Errors, type: string, object: Plain, path = '', scope?: Scope, seen?: Map<string, Set<unknown>>): void {
  if (Object.isFrozen(object))
    return
  const inside = type === 'PodSpec' || type === 'ServiceSpec' ? object as Scope : scope
  for (const { field, absent, before } of ruledFields(type)) {
    const { name, object: isObject, list, type: of } = field
    const value = object[name]
    if (before?.(errors, object as never, path, inside!) === false || (value === undefined && !absent))
      continue
    // upstream: ValidatePodTemplateSpec leaves `metadata` out: spec.template.labels
    const at = name === 'metadata' ? path : path ? `${path}.${name}` : name
    if (field.rules || field.options)
      checkField(errors, field, value, at, seen)
    if (!isObject || value === undefined)
      continue
    if (list) {
      const twice = new Map<string, Set<unknown>>()
      ;(value as Plain[]).forEach((item, i) => check(errors, of, item, `${at}[${i}]`, inside, twice))
    }
    else {
      check(errors, of, value as Plain, at, inside)
    }
  }
  CHECKS[type]?.(errors, object as never, path, inside!)
}
