// Where a field that a message names stands in a document.
import { isMap, isScalar, isSeq } from 'yaml'
import type { Document, Node } from 'yaml'

/** In letters of the document. */
export interface Range { readonly from: number, readonly to: number }

const rangeOf = (node: Node | null | undefined): Range | undefined => node?.range ? { from: node.range[0], to: node.range[1] } : undefined

interface Found { readonly value: Node | null, readonly key?: Node }

/** The key or item with which a path goes on, and how many letters of the path it takes. */
function step(node: Node | null, rest: string): { found: Found, taken: number } | undefined {
  if (isSeq(node)) {
    const [all, index] = /^\[(\d+)\]\.?/.exec(rest) ?? []
    const item = index === undefined ? undefined : node.items[Number(index)]
    return item === undefined ? undefined : { found: { value: item as Node }, taken: all!.length }
  }
  if (!isMap(node))
    return undefined
  let best: { found: Found, taken: number } | undefined
  for (const { key, value } of node.items) {
    if (!isScalar(key))
      continue
    const name = String(key.value)
    // labels have dots in their names, amounts stand in brackets
    const taken = rest.startsWith(`[${name}]`) ? name.length + 2 : rest.startsWith(name) && /^[.[]|^$/.test(rest.slice(name.length)) ? name.length : 0
    if (taken > (best?.taken ?? 0))
      best = { found: { value: value as Node | null, key }, taken: rest[taken] === '.' ? taken + 1 : taken }
  }
  return best
}

/** The range of a field; where it is missing, that of the nearest thing around it. @param path as the API server writes it: `spec.ports[0].port` */
export function locate(document: Document, path: string): Range | undefined {
  let node = document.contents as Node | null
  let last: Range | undefined
  let rest = path
  while (rest) {
    const next = step(node, rest)
    if (!next)
      break
    const { found: { key, value } } = next
    rest = rest.slice(next.taken)
    node = value
    const own = rangeOf(key) ?? rangeOf(value)
    // a plain value is marked with its key, of more the key alone
    last = own && { from: own.from, to: key && isScalar(value) && value.range ? Math.max(own.to, value.range[1]) : key ? own.to : Math.min(own.to, own.from + 1) }
  }
  return last
}

const kindOf = (value: unknown) => typeof value === 'boolean' ? 'bool' : Array.isArray(value) ? 'array' : typeof value

/** The first place at `names` (a path without indexes, as Go's decoder tells it) that holds what it says: string, number, bool, array or object. */
export function pathOf(object: unknown, names: string, held: string): string {
  let first: string | undefined
  function visit(value: unknown, rest: readonly string[], path: string): string | undefined {
    if (!rest.length) {
      first ??= path
      if (kindOf(value) === held)
        return path
      const inner = typeof value === 'object' && value !== null ? Object.entries(value).find(([, each]) => kindOf(each) === held) : undefined
      return inner && (Array.isArray(value) ? `${path}[${inner[0]}]` : `${path}.${inner[0]}`)
    }
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) {
        const found = visit(item, rest, `${path}[${i}]`)
        if (found)
          return found
      }
      return undefined
    }
    const [name, ...more] = rest as [string, ...string[]]
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? visit((value as Record<string, unknown>)[name], more, path ? `${path}.${name}` : name) : undefined
  }
  return visit(object, names.split('.'), '') ?? first ?? names
}
