// What people may ask a cluster in a page for: a clear no where a real one would need a real data centre.
import type { Kind } from '../api/objects.ts'
import type { Server } from '../api/server.ts'
import { Failure } from './errors.ts'

/** Who writes what people type. */
export const BY = 'user'

/** Pods that one object may want, and all together. */
export const MOST_REPLICAS = 500
const MOST_PODS = 1000
/** Objects of one kind that people may make. */
const MOST_OBJECTS = 2000

function wants(value: unknown): number | undefined {
  const spec = (value as { spec?: { replicas?: unknown } } | undefined)?.spec
  return typeof spec?.replicas === 'number' ? spec.replicas : undefined
}

function check(replicas: number | undefined): void {
  if (replicas !== undefined && replicas > MOST_REPLICAS)
    throw new Failure(`this cluster runs in a page and takes at most ${MOST_REPLICAS} replicas of one thing, not ${replicas}`)
}

function checkTotal(api: Server, kind: Kind, more: number): void {
  if (kind !== 'Deployment' && kind !== 'ReplicaSet' && kind !== 'Pod')
    return
  const sum = api.list('Deployment').reduce((total, { spec }) => total + spec.replicas, 0) + api.list('Pod').filter(pod => !pod.metadata.ownerReferences?.length).length
  if (more > 0 && sum + more > MOST_PODS)
    throw new Failure(`this cluster runs in a page and takes at most ${MOST_PODS} Pods in all; ${sum} are wanted already`)
}

/** How many replicas a patch asks for, however it is written. */
function patched(patch: unknown): number | undefined {
  if (!Array.isArray(patch))
    return wants(patch)
  const found = (patch as { path?: unknown, value?: unknown }[]).filter(each => each?.path === '/spec/replicas' || each?.path === '/spec' || each?.path === '').map(each => typeof each.value === 'number' ? each.value : wants(each.value) ?? wants({ spec: each.value }) ?? 0)
  return found.length ? Math.max(...found) : undefined
}

/** The API server, with these limits before it. */
export function guarded(api: Server): Server {
  const begin = (kind: Kind, object: unknown) => {
    check(wants(object))
    if (api.list(kind).length >= MOST_OBJECTS)
      throw new Failure(`this cluster runs in a page and takes at most ${MOST_OBJECTS} objects of a kind`)
    checkTotal(api, kind, wants(object) ?? 1)
  }
  const out: Server = {
    ...api,
    create(kind, object, by) {
      begin(kind, object)
      return api.create(kind, object, by)
    },
    update(kind, object, by) {
      check(wants(object))
      return api.update(kind, object, by)
    },
    patch(kind, namespace, name, patch, options, by) {
      check(patched(patch))
      return api.patch(kind, namespace, name, patch, options, by)
    },
    apply(kind, manifest, by) {
      const { name = '', namespace } = (manifest as { metadata?: { name?: string, namespace?: string } }).metadata ?? {}
      const before = api.get(kind, namespace ?? '', name)
      if (before)
        check(wants(manifest))
      else
        begin(kind, manifest)
      return api.apply(kind, manifest, by)
    },
    updateScale(kind, namespace, name, replicas, by, version) {
      check(replicas)
      checkTotal(api, kind, replicas - (api.getScale(kind, namespace, name)?.spec.replicas ?? 0))
      return api.updateScale(kind, namespace, name, replicas, by, version)
    },
    dryRun: go => api.dryRun(trial => go(guarded(trial))),
  }
  return out
}
