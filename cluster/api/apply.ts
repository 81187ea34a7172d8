// kubectl's apply: what was applied last stands in an annotation, and three sides are merged. upstream: kubectl pkg/cmd/apply, util.GetModifiedConfiguration
import type { Applied } from './gate.ts'
import { RESOURCES } from './objects.ts'
import type { Kind, ObjectOf } from './objects.ts'
import { threeWayPatch } from './patch.ts'
import type { Json, JsonObject } from './patch.ts'
import type { Server } from './server.ts'

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** These are written as codes, so that a text stays harmless within a page. upstream: encoding/json's HTML escaping */
const CODED = /[<>&\u2028\u2029]/g

const jsonString = (text: string) => JSON.stringify(text).replace(CODED, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** JSON as Go writes it, with the keys of every object in order, those that are numbers too. @param indent blanks a level; all on one line without @param depth how many levels lie above */
export function sortedJson(value: unknown, indent = 0, depth = 0): string {
  if (typeof value === 'string')
    return jsonString(value)
  if (typeof value !== 'object' || value === null)
    return JSON.stringify(value ?? null)
  const inner = (part: unknown) => sortedJson(part, indent, depth + 1)
  const all = Array.isArray(value)
    ? value.map(inner)
    : Object.entries(value).filter(([, part]) => part !== undefined).sort(([a], [b]) => a < b ? -1 : 1).map(([key, part]) => `${jsonString(key)}:${indent ? ' ' : ''}${inner(part)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const line = (levels: number) => indent ? `\n${' '.repeat(indent * levels)}` : ''
  return all.length ? `${open}${all.map(part => line(depth + 1) + part).join(',')}${line(depth)}${close}` : `${open}${close}`
}

type Manifest = JsonObject & { metadata: JsonObject }

/** The manifest with its own text in the annotation. */
export function annotated(kind: Kind, manifest: unknown): Manifest {
  const given = manifest as Manifest
  const metadata: JsonObject = { ...given.metadata, ...(RESOURCES[kind].namespaced && { namespace: given.metadata.namespace ?? 'default' }) }
  const annotations = { ...(metadata.annotations as JsonObject | undefined) }
  delete annotations[LAST_APPLIED]
  const text = `${sortedJson({ ...given, metadata: { ...metadata, annotations } })}\n`
  return { ...given, metadata: { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: text } } }
}

/** What apply sends for an object that is there. */
export function patchFor(kind: Kind, modified: JsonObject, current: ObjectOf<Kind>): JsonObject {
  const last = current.metadata.annotations?.[LAST_APPLIED]
  return threeWayPatch(kind, last === undefined ? undefined : JSON.parse(last) as Json, modified, current as unknown as JsonObject)
}

/** Creates what is not there, changes what is. @throws ApiError where the server refuses it */
export function applyTo<K extends Kind>(server: Server, kind: K, manifest: unknown, by: string): Applied<K> {
  const modified = annotated(kind, manifest)
  const { name, namespace = '' } = modified.metadata as { name: string, namespace?: string }
  const current = server.get(kind, namespace, name)
  if (!current)
    return { object: server.create(kind, modified, by), outcome: 'created', unannotated: false }
  const unannotated = current.metadata.annotations?.[LAST_APPLIED] === undefined
  const patch = patchFor(kind, modified, current)
  if (!Object.keys(patch).length)
    return { object: current, outcome: 'unchanged', unannotated }
  return { object: server.patch(kind, namespace, name, patch, { type: 'strategic' }, by), outcome: 'configured', unannotated }
}
