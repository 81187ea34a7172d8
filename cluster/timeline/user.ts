// What somebody in front of the cluster can do to its objects: the operations of an actor that does nothing by itself.
import { notFound } from '../api/errors.ts'
import { RESOURCES } from '../api/objects.ts'
import type { Kind } from '../api/objects.ts'
import type { Propagation, Server } from '../api/server.ts'
import type { JsonObject } from '../api/patch.ts'
import { HASH_LABEL, revisionOf } from '../controllers/deployment/sets.ts'
import type { Actor, Operation } from './kernel.ts'

export const USER = 'user'

interface Named { readonly kind: Kind, readonly namespace: string, readonly name: string }

/** The object that an operation names: `kind` (Deployment where absent), `name`, `namespace` (default where absent). */
function named({ kind = 'Deployment', namespace = 'default', name }: Operation): Named {
  if (!Object.hasOwn(RESOURCES, String(kind)) || typeof name !== 'string')
    throw new RangeError('the operation names no object')
  return { kind: kind as Kind, namespace: RESOURCES[kind as Kind].namespaced ? String(namespace) : '', name }
}

function kindOf(manifest: unknown): Kind {
  const { kind } = manifest as { kind: Kind }
  if (!Object.hasOwn(RESOURCES, kind))
    throw new RangeError(`no matches for kind "${kind}"`)
  return kind
}

/** Brings the template of the version before back, as `kubectl rollout undo` does. upstream: polymorphichelpers.DeploymentRollbacker */
function undo(operation: Operation, api: Server): void {
  const { namespace, name } = named(operation)
  const found = api.get('Deployment', namespace, name)
  if (!found)
    throw notFound('Deployment', name)
  if (found.spec.paused)
    throw new RangeError(`you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`)
  const sets = [...api.list('ReplicaSet', { namespace, owner: found.metadata.uid })].sort((a, b) => revisionOf(b) - revisionOf(a))
  const before = sets[1]
  if (!before)
    throw new RangeError(`no rollout history found for deployment "${name}"`)
  const { metadata = {}, spec } = before.spec.template
  const labels = Object.fromEntries(Object.entries(metadata.labels ?? {}).filter(([key]) => key !== HASH_LABEL))
  api.update('Deployment', { ...found, spec: { ...found.spec, template: { metadata: { ...metadata, labels }, spec } } }, USER)
}

/** `create { manifest }`, `apply { manifest }`, `delete { kind, name, cascade? }`, `scale { name, replicas }`, `image { name, container?, image }`, `undo { name }`, `patch { kind, name, patch }`; `apply` and `patch` need a gate. */
export const user: Actor<null> = {
  name: USER,
  watches: [],
  start: () => null,
  observe: () => {},
  run: () => {},
  operations: {
    create: ({ manifest }, { api }) => void api.create(kindOf(manifest), manifest, USER),
    apply: ({ manifest }, { api }) => void api.apply(kindOf(manifest), manifest, USER),
    delete(operation, { api }) {
      const { kind, namespace, name } = named(operation)
      api.delete(kind, namespace, name, { propagationPolicy: (operation.cascade as Propagation | undefined) ?? 'Background', gracePeriodSeconds: operation.grace as number | undefined }, USER)
    },
    scale(operation, { api }) {
      const { kind, namespace, name } = named(operation)
      if (kind !== 'Deployment' && kind !== 'ReplicaSet')
        throw new RangeError(`a ${kind} has no scale`)
      api.updateScale(kind, namespace, name, operation.replicas as number, USER)
    },
    image(operation, { api }) {
      const { namespace, name } = named(operation)
      const found = api.get('Deployment', namespace, name)
      if (!found)
        throw notFound('Deployment', name)
      const { template } = found.spec
      const wanted = operation.container ?? template.spec.containers[0]?.name
      const containers = template.spec.containers.map(each => each.name === wanted ? { ...each, image: String(operation.image) } : each)
      api.update('Deployment', { ...found, spec: { ...found.spec, template: { ...template, spec: { ...template.spec, containers } } } }, USER)
    },
    undo: (operation, { api }) => undo(operation, api),
    patch(operation, { api }) {
      const { kind, namespace, name } = named(operation)
      api.patch(kind, namespace, name, operation.patch as JsonObject, {}, USER)
    },
  },
}
