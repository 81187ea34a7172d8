// Strict decoding: fields that nobody knows and values of a wrong type are refused, what is empty is left out, amounts are made canonical.
import { ApiError, badRequest } from './errors.ts'
import { RESOURCES } from './objects.ts'
import type { Kind } from './objects.ts'
import { goText } from './patch.ts'
import type { Json as Plain } from './patch.ts'
import { formatQuantity, parseQuantity } from './quantity.ts'
import { copy } from '../timeline/state.ts'
import { fieldsOf } from './schema.ts'
import type { Field } from './schema.ts'

type Json = Record<string, unknown>

/** How Go calls what JSON held. */
function jsonKind(value: unknown): string {
  return typeof value === 'boolean' ? 'bool' : Array.isArray(value) ? 'array' : typeof value
}

const SCALARS: Readonly<Record<string, string>> = { string: 'string', int32: 'int32', int64: 'int64', bool: 'bool', time: 'string' }
const LIMITS: Readonly<Record<string, number>> = { int32: 2 ** 31, int64: 2 ** 63 }

/** Objects that came out of decoding and were frozen since, by the type that they were decoded as. */
const decoded = new WeakMap<object, string>()
const REMEMBERED = ['PodSpec', 'PodTemplateSpec', 'LabelSelector']

const canonical = new Map<string, string>()

function quantityText(value: unknown): string {
  const text = String(value as string | number)
  let out = canonical.get(text)
  if (out === undefined) {
    out = formatQuantity(parseQuantity(text))
    if (canonical.size > 10_000)
      canonical.clear()
    canonical.set(text, out)
  }
  return out
}

/** An object's keys in their order. Most have them so already. */
function sortedKeys(object: Json): string[] {
  const keys = Object.keys(object)
  for (let i = 1; i < keys.length; i++) {
    if (keys[i - 1]! > keys[i]!)
      return keys.sort()
  }
  return keys
}

/** Decodes an object; unknown fields are gathered, the first value of a wrong type ends it. @throws SyntaxError in the words of Go's decoder */
function decodeObject(unknown: string[], type: string, value: unknown, path: string, names: string, before: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SyntaxError(`json: cannot unmarshal ${jsonKind(value)} into Go value of type v1.${type}`)
  if (value === before || (Object.isFrozen(value) && decoded.get(value) === type))
    return value
  const fields = fieldsOf(type)
  const given = value as Json
  const old = typeof before === 'object' && before !== null ? before as Json : undefined
  const out: Json = {}
  for (const name of sortedKeys(given)) {
    const item = given[name]
    const field = fields.get(name)
    if (!field) {
      if (item !== undefined)
        unknown.push(path ? `${path}.${name}` : name)
      continue
    }
    if (item === undefined || item === null)
      continue
    const kept = old !== undefined && item === old[name] ? item : decodeField(unknown, field, item, path ? `${path}.${name}` : name, names ? `${names}.${name}` : name, type, old?.[name])
    if (kept !== undefined)
      out[name] = kept
  }
  if (REMEMBERED.includes(type))
    decoded.set(out, type)
  return out
}

function decodeField(unknown: string[], field: Field, value: unknown, path: string, names: string, owner: string, before: unknown): unknown {
  const { list, map, type, keepsEmpty } = field
  if (list) {
    if (!Array.isArray(value))
      throw wrong(value, owner, names, `[]${field.object ? `v1.${type}` : SCALARS[type] ?? type}`)
    const old = Array.isArray(before) ? before : []
    const items = value.map((item, i) => decodeItem(unknown, field, item, `${path}[${i}]`, names, owner, old[i]))
    return items.length || keepsEmpty ? items : undefined
  }
  if (map) {
    if (typeof value !== 'object' || Array.isArray(value))
      throw wrong(value, owner, names, type === 'quantity' ? 'v1.ResourceList' : 'map[string]string')
    const out: Json = {}
    for (const key of Object.keys(value as Json)) {
      const item = (value as Json)[key]
      if (item !== null && item !== undefined)
        out[key] = decodeItem(unknown, field, item, `${path}.${key}`, names, owner, undefined)
      else if (type === 'string' && item === null)
        out[key] = ''
    }
    return Object.keys(out).length || keepsEmpty ? out : undefined
  }
  return decodeItem(unknown, field, value, path, names, owner, before)
}

function decodeItem(unknown: string[], { type, object, list, map, keepsEmpty }: Field, value: unknown, path: string, names: string, owner: string, before: unknown): unknown {
  if (object) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw wrong(value, owner, names, `v1.${type}`)
    return decodeObject(unknown, type, value, path, names, before)
  }
  const scalar = !list && !map && !keepsEmpty
  switch (type) {
    case 'any': return copy(value)
    case 'quantity':
      if (typeof value !== 'string' && typeof value !== 'number')
        throw wrong(value, owner, names, 'resource.Quantity')
      return quantityText(value)
    case 'intstr':
      if (typeof value === 'number' && Number.isInteger(value))
        return value
      if (typeof value !== 'string')
        throw wrong(value, owner, names, 'intstr.IntOrString')
      return value
    case 'bool':
      if (typeof value !== 'boolean')
        throw wrong(value, owner, names, 'bool')
      return scalar && !value ? undefined : value
    case 'int32':
    case 'int64': {
      const limit = LIMITS[type]!
      if (typeof value !== 'number' || !Number.isInteger(value) || value < -limit || value >= limit)
        throw wrong(value, owner, names, type)
      return scalar && value === 0 ? undefined : value
    }
    default:
      if (typeof value !== 'string')
        throw wrong(value, owner, names, SCALARS[type]!)
      return scalar && value === '' ? undefined : value
  }
}

function wrong(value: unknown, owner: string, names: string, type: string): SyntaxError {
  const what = typeof value === 'number' && (type === 'int32' || type === 'int64') ? `number ${value}` : jsonKind(value)
  return new SyntaxError(`json: cannot unmarshal ${what} into Go struct field ${owner}.${names} of type ${type}`)
}

/** Decodes an object of a kind. Parts that are those of `before` itself are taken as they are. @throws SyntaxError with the decoder's own words */
export function decodeRaw(kind: Kind | 'Scale', value: unknown, before?: unknown): Json {
  const unknown: string[] = []
  const out = decodeObject(unknown, kind, value, '', '', before) as Json
  if (unknown.length)
    throw new SyntaxError(`strict decoding error: ${unknown.map(path => `unknown field "${path}"`).join(', ')}`)
  return out
}

/** Decodes what a client sent. @throws ApiError BadRequest with the API server's words */
export function decode(kind: Kind, value: unknown, before?: unknown): Json {
  try {
    return decodeRaw(kind, value, before)
  }
  catch (error) {
    if (error instanceof SyntaxError)
      throw badRequest(`${kind} in version "${RESOURCES[kind].apiVersion.split('/').at(-1)}" cannot be handled as a ${kind}: ${error.message}`)
    throw error
  }
}

/** Decodes what a patch made of an object. @throws ApiError Invalid with the API server's words. upstream: handlers.applyPatchToObject */
export function decodePatched(kind: Kind, value: unknown, before: unknown, patch: Plain): Json {
  try {
    return decodeRaw(kind, value, before)
  }
  catch (error) {
    if (!(error instanceof SyntaxError))
      throw error
    const message = `Invalid value: ${JSON.stringify(goText(patch))}: ${error.message}`
    throw new ApiError(422, 'Invalid', ` "" is invalid: patch: ${message}`, { causes: [{ reason: 'FieldValueInvalid', field: 'patch', message }] })
  }
}
