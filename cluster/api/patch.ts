// Changes to objects: JSON patch, merge patch, strategic merge patch, and the three-way merge of apply.
import { ApiError } from './errors.ts'
import { same } from './objects.ts'
import { fieldsOf } from './schema.ts'
import type { Field } from './schema.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = Record<string, Json>

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** RFC 7396. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch))
    return patch
  const out: JsonObject = isObject(target) ? { ...target } : {}
  for (const key in patch) {
    if (patch[key] === null)
      delete out[key]
    else
      out[key] = mergePatch(out[key], patch[key]!)
  }
  return out
}

interface Operation { op: string, path: string, from?: string, value?: Json }

/** RFC 6902. @throws ApiError where an operation cannot be done */
export function jsonPatch(target: Json, operations: readonly Operation[]): Json {
  // upstream: what does not fit is told in no more words than these. NewGenericServerResponse
  const refuse = (why: string): never => { throw new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', { causes: [], refused: why }) }
  const steps = (path: string) => path.split('/').slice(1).map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const read = (value: Json | undefined, path: string) => steps(path).reduce<Json | undefined>((part, step) => Array.isArray(part) ? part[Number(step)] : isObject(part) ? part[step] : undefined, value)

  function write(part: Json | undefined, [step, ...rest]: string[], path: string, change: (list: Json[] | undefined, object: JsonObject | undefined, key: string) => void): Json {
    if (step === undefined)
      return refuse(`missing path ${path}`)
    if (Array.isArray(part)) {
      const list = [...part as Json[]]
      if (rest.length)
        list[Number(step)] = write(list[Number(step)], rest, path, change)
      else
        change(list, undefined, step)
      return list
    }
    if (!isObject(part))
      return refuse(`missing path ${path}`)
    const object = { ...part }
    if (rest.length)
      object[step] = write(object[step], rest, path, change)
    else
      change(undefined, object, step)
    return object
  }

  const remove = (value: Json, path: string) => write(value, steps(path), path, (list, object, key) => {
    if (list ? Number(key) in list : object && key in object)
      list ? list.splice(Number(key), 1) : delete object![key]
    else
      refuse(`remove operation does not apply: missing path: ${path}`)
  })
  const add = (value: Json, path: string, item: Json) => write(value, steps(path), path, (list, object, key) => {
    if (object)
      object[key] = item
    else if (key === '-' || Number(key) <= list!.length)
      list!.splice(key === '-' ? list!.length : Number(key), 0, item)
    else
      refuse(`add operation does not apply: missing path: ${path}`)
  })

  return operations.reduce((value, { op, path, from = '', value: item = null }) => {
    switch (op) {
      case 'add': return add(value, path, item)
      case 'remove': return remove(value, path)
      case 'replace': return add(remove(value, path), path, item)
      case 'copy': return add(value, path, read(value, from) ?? refuse(`missing path: ${from}`))
      case 'move': return add(remove(value, from), path, read(value, from)!)
      case 'test': return same(read(value, path), item) ? value : refuse(`testing value ${path} failed`)
      default: return refuse(`unexpected kind: ${op}`)
    }
  }, target)
}

const keyOf = (field: Field, item: Json): Json => field.mergeKey === '+' ? item : isObject(item) ? item[field.mergeKey!] ?? null : null
const typeOf = (field: Field | undefined) => field?.object ? field.type : undefined

/** Items that only the server has find their places among the others: before the first of them that stands behind them in the server's own list. upstream: strategicpatch.mergeSortedSlice */
function interleave(left: readonly Json[], right: readonly Json[], place: (item: Json) => number): Json[] {
  const out: Json[] = []
  let i = 0
  for (const item of right) {
    for (; i < left.length; i++) {
      const [a, b] = [place(left[i]!), place(item)]
      if (!(a >= 0 && b >= 0 && a < b))
        break
      out.push(left[i]!)
    }
    out.push(item)
  }
  return [...out, ...left.slice(i)]
}

/** Where in a list an item with the same key stands, or -1. */
const placeIn = (field: Field, list: readonly Json[]) => (item: Json) => list.findIndex(each => same(keyOf(field, each), keyOf(field, item)))

/** A strategic merge patch: lists are merged by the keys of their items, directives (`$patch` and so on) obeyed. upstream: strategicpatch.StrategicMergePatch */
export function strategicPatch(type: string | undefined, target: Json | undefined, patch: JsonObject): JsonObject {
  const { $patch: directive, $retainKeys: retained, ...rest } = patch
  if (directive === 'delete')
    return {}
  const out: JsonObject = isObject(target) && directive !== 'replace' ? { ...target } : {}
  if (Array.isArray(retained)) {
    for (const key of Object.keys(out)) {
      if (!(retained as Json[]).includes(key))
        delete out[key]
    }
  }
  const fields = type === undefined ? undefined : fieldsOf(type)
  for (const [key, value] of Object.entries(rest)) {
    const [directed, name] = key.split('/')
    if (directed === '$deleteFromPrimitiveList')
      out[name!] = (out[name!] as Json[] | undefined ?? []).filter(item => !(value as Json[]).includes(item))
    if (key.startsWith('$'))
      continue
    const field = fields?.get(key)
    if (value === null)
      delete out[key]
    else if (isObject(value))
      out[key] = strategicPatch(typeOf(field), out[key], value)
    else if (Array.isArray(value) && field?.mergeKey)
      out[key] = patchList(field, (out[key] as Json[] | undefined) ?? [], value as Json[], rest[`$setElementOrder/${key}`] as Json[] | undefined)
    else
      out[key] = value
  }
  for (const key of Object.keys(rest).filter(each => each.startsWith('$setElementOrder/'))) {
    const name = key.split('/')[1]!
    const field = fields?.get(name)
    if (field?.mergeKey && Array.isArray(out[name]) && !(name in rest))
      out[name] = patchList(field, out[name] as Json[], [], rest[key] as Json[])
  }
  return out
}

/** @param given the order of all that the patch knows; that of the patch itself where there is none. upstream: mergeSlice, normalizeElementOrder */
function patchList(field: Field, target: readonly Json[], patch: readonly Json[], given: readonly Json[] | undefined): Json[] {
  const isDirective = (item: Json) => isObject(item) && '$patch' in item
  if (patch.some(item => isObject(item) && item.$patch === 'replace'))
    return patch.filter(item => !isDirective(item))
  let out = [...target]
  for (const item of patch) {
    const at = placeIn(field, out)(item)
    if (isObject(item) && item.$patch === 'delete')
      out = out.filter((_, i) => i !== at)
    else if (at < 0)
      out.push(isObject(item) ? strategicPatch(typeOf(field), undefined, item) : item)
    else if (isObject(item))
      out[at] = strategicPatch(typeOf(field), out[at], item)
  }
  const place = placeIn(field, given ?? patch.filter(item => !isDirective(item)))
  const mine = out.filter(item => place(item) >= 0).sort((a, b) => place(a) - place(b))
  return interleave(out.filter(item => place(item) < 0), mine, placeIn(field, target))
}

/** Whether two values are of one sort, so that what differs within them can be told. */
const alike = (a: unknown, b: unknown) => typeof a === typeof b && Array.isArray(a) === Array.isArray(b) && (a === null) === (b === null)

/**
 * What the last applied, the newly applied and the stored object make together, as a strategic merge patch: what was applied before and is no longer goes, what is applied now comes, what others set stays.
 * Empty where nothing changes. upstream: strategicpatch.CreateThreeWayMergePatch
 */
export function threeWayPatch(type: string | undefined, original: Json | undefined, modified: JsonObject, current: JsonObject): JsonObject {
  const fields = type === undefined ? undefined : fieldsOf(type)
  const before = isObject(original) ? original : {}
  const out: JsonObject = {}
  for (const [key, value] of Object.entries(modified)) {
    const [field, was, mine] = [fields?.get(key), before[key], current[key]]
    if (mine === undefined || !alike(mine, value)) {
      out[key] = value
    }
    else if (isObject(value)) {
      const part = threeWayPatch(typeOf(field), was, value, mine as JsonObject)
      // upstream: retainKeysList
      if (field?.retainKeys && (Object.keys(part).length || Object.keys(mine as JsonObject).some(name => !(name in value))))
        part.$retainKeys = Object.keys(value).filter(name => value[name] !== null).sort()
      if (Object.keys(part).length)
        out[key] = part
    }
    else if (Array.isArray(value) && field?.mergeKey) {
      Object.assign(out, threeWayList(key, field, (Array.isArray(was) ? was : []) as Json[], value as Json[], mine as Json[]))
    }
    else if (!same(mine, value)) {
      out[key] = value
    }
  }
  for (const key of Object.keys(before)) {
    if (!(key in modified))
      out[key] = null
  }
  return out
}

/** upstream: strategicpatch.diffLists */
function threeWayList(name: string, field: Field, original: readonly Json[], modified: readonly Json[], current: readonly Json[]): JsonObject {
  const find = (list: readonly Json[], item: Json) => list.find(each => same(keyOf(field, each), keyOf(field, item)))
  const named = (item: Json): Json => field.mergeKey === '+' ? item : { [field.mergeKey!]: keyOf(field, item) }
  const gone = original.filter(item => find(modified, item) === undefined)
  const changed = modified.flatMap((item): Json[] => {
    const mine = find(current, item)
    if (!isObject(mine) || !isObject(item))
      return mine === undefined ? [item] : []
    const part = threeWayPatch(typeOf(field), find(original, item), item, mine)
    return Object.keys(part).length ? [{ ...part, ...named(item) as JsonObject }] : []
  })
  const plain = field.mergeKey === '+'
  const items = plain ? changed : [...changed, ...gone.map((item): Json => ({ $patch: 'delete', ...named(item) as JsonObject }))]
  const moved = current.length > 0 && !same(current.map(named), modified.map(named))
  return {
    ...((gone.length || moved || (current.length && items.length)) && { [`$setElementOrder/${name}`]: modified.map(named) }),
    ...(items.length && { [name]: items }),
    ...(plain && gone.length && { [`$deleteFromPrimitiveList/${name}`]: gone }),
  }
}

/** What differs between two objects of a type, as a strategic merge patch: lists of keyed items by their items. upstream: strategicpatch.CreateTwoWayMergePatch */
export function strategicDifference(type: string | undefined, before: JsonObject, after: JsonObject): JsonObject {
  const fields = type === undefined ? undefined : fieldsOf(type)
  const out: JsonObject = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [a, b, field] = [before[name], after[name], fields?.get(name)]
    if (same(a, b))
      continue
    if (b === undefined || b === null)
      out[name] = null
    else if (isObject(a) && isObject(b))
      out[name] = strategicDifference(typeOf(field), a, b)
    else if (Array.isArray(a) && Array.isArray(b) && field?.mergeKey)
      Object.assign(out, listDifference(name, field, a as Json[], b as Json[]))
    else
      out[name] = b
  }
  return out
}

function listDifference(name: string, field: Field, before: readonly Json[], after: readonly Json[]): JsonObject {
  const key = (item: Json) => keyOf(field, item)
  const find = (list: readonly Json[], item: Json) => list.find(each => same(key(each), key(item)))
  const ofKey = (item: Json): Json => field.mergeKey === '+' ? item : { [field.mergeKey!]: key(item) }
  const gone = before.filter(item => find(after, item) === undefined)
  const changed = after.flatMap((item): Json[] => {
    const old = find(before, item)
    return same(old, item) ? [] : isObject(old) && isObject(item) ? [{ ...strategicDifference(typeOf(field), old, item), ...ofKey(item) as JsonObject }] : [item]
  })
  const items = field.mergeKey === '+' ? changed : [...changed, ...gone.map((item): Json => ({ $patch: 'delete', ...ofKey(item) as JsonObject }))]
  return {
    [`$setElementOrder/${name}`]: after.map(ofKey),
    ...(items.length && { [name]: items }),
    ...(field.mergeKey === '+' && gone.length && { [`$deleteFromPrimitiveList/${name}`]: gone }),
  }
}

/** A value as Go prints one. */
export function goText(value: Json | undefined): string {
  if (Array.isArray(value))
    return `[${(value as Json[]).map(goText).join(' ')}]`
  if (isObject(value))
    return `map[${Object.keys(value).sort().map(key => `${key}:${goText(value[key])}`).join(' ')}]`
  return value === null || value === undefined ? '<nil>' : String(value)
}

/** What differs between two objects, as a merge patch. */
export function difference(before: JsonObject, after: JsonObject): JsonObject {
  const out: JsonObject = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [a, b] = [before[key], after[key]]
    if (b === undefined)
      out[key] = null
    else if (isObject(a) && isObject(b) && !same(a, b))
      out[key] = difference(a, b)
    else if (!same(a, b))
      out[key] = b
  }
  return out
}
