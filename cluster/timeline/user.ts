// What somebody in front of the cluster can do to its objects: the operations of an actor that does nothing by itself.
import { RESOURCES } from '../api/objects.ts'
import type { Kind } from '../api/objects.ts'
import type { Propagation } from '../api/server.ts'
import type { JsonObject } from '../api/patch.ts'
import type { Actor, Operation } from './kernel.ts'

export const USER = 'user'

interface Named { readonly kind: Kind, readonly namespace: string, readonly name: string }

/** The object that an operation names: `kind` (Deployment where absent), `name`, `namespace` (default where absent). */
function named({ kind = 'Deployment', namespace = 'default', name }: Operation): Named {
  if (!Object.hasOwn(RESOURCES, String(kind)) || typeof name !== 'string')
    throw new RangeError('the operation names no object')
  return { kind: kind as Kind, namespace: RESOURCES[kind as Kind].namespaced ? String(namespace) : '', name }
}

/** `apply { manifest }`, `delete { kind, name, cascade? }`, `scale { name, replicas }`, `image { name, container?, image }`, `patch { kind, name, patch }`. */
export const user: Actor<null> = {
  name: USER,
  watches: [],
  start: () => null,
  observe: () => {},
  run: () => {},
  operations: {
    apply({ manifest }, { api }) {
      const { kind } = manifest as { kind: Kind }
      if (!Object.hasOwn(RESOURCES, kind))
        throw new RangeError(`no matches for kind "${kind}"`)
      api.apply(kind, manifest, USER)
    },
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
      const [first] = api.get('Deployment', namespace, name)?.spec.template.spec.containers ?? []
      const container = operation.container as string | undefined ?? first?.name ?? ''
      api.patch('Deployment', namespace, name, { spec: { template: { spec: { containers: [{ name: container, image: operation.image }] } } } }, {}, USER)
    },
    patch(operation, { api }) {
      const { kind, namespace, name } = named(operation)
      api.patch(kind, namespace, name, operation.patch as JsonObject, {}, USER)
    },
  },
}
