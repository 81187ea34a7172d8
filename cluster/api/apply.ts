// kubectl's apply: what was applied last stands in an annotation, and three sides are merged. upstream: kubectl pkg/cmd/apply, util.GetModifiedConfiguration
import type { Applied } from './gate.ts'
import { RESOURCES } from './objects.ts'
import type { Kind, ObjectOf } from './objects.ts'
import { threeWayPatch } from './patch.ts'
import type { Json, JsonObject } from './patch.ts'
import type { Server } from './server.ts'

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** JSON with the keys of every object in order. @param indent blanks a level; all on one line without */
export function sortedJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, part: unknown) => typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1)) : part, indent)
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
