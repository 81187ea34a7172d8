// The API server: every read and write of the cluster goes through here.
import { stamp } from '../timeline/clock.ts'
import { copyStore } from '../timeline/state.ts'
import { allocate, keepService } from './allocate.ts'
import { fillDefaults, qosClass } from './defaults.ts'
import { checkName, checkPreconditions, deletion } from './delete.ts'
import type { DeleteOptions, Loose } from './delete.ts'
import type { Draft, DraftOf } from './draft.ts'
import { alreadyExists, conflict, forbidden, notFound } from './errors.ts'
import { trusting } from './gate.ts'
import type { Applied, Gate, PatchType } from './gate.ts'
import { correlate, recorderOf } from './events.ts'
import type { About, EventOptions } from './events.ts'
import { RESOURCES, deepFreeze, same } from './objects.ts'
import type { AnyObject, Kind, ObjectMeta, ObjectOf } from './objects.ts'
import { listed, watched } from './read.ts'
import type { ListOptions } from './read.ts'
import { nameSuffix, uidOf } from './identity.ts'
import { scaleOf } from './scale.ts'
import type { Scale, ScaledKind } from './scale.ts'
import { keyOf, openStore } from './store.ts'
import type { Store, WatchEvent, WatchType } from './store.ts'

export type { DeleteOptions, Propagation } from './delete.ts'
export type { About, EventOptions } from './events.ts'
export type { Applied, Gate, PatchType } from './gate.ts'
export type { ListOptions } from './read.ts'
export type { Scale, ScaledKind } from './scale.ts'

/** Reads give frozen objects; writes are at once and give what was written. A refused write throws ApiError and changes nothing. `by` names the component or user. */
export interface Server {
  /** `namespace` is '' for cluster-scoped kinds. */
  get: <K extends Kind>(kind: K, namespace: string, name: string) => ObjectOf<K> | undefined
  /** In the order of namespace and name. @throws ApiError on a selector that cannot be read */
  list: <K extends Kind>(kind: K, options?: ListOptions) => readonly ObjectOf<K>[]
  /** Decoded strictly, filled in, checked. */
  create: <K extends Kind>(kind: K, object: unknown, by: string) => ObjectOf<K>
  /** Everything but the status; a conflict where the object carries another resourceVersion than the stored one. */
  update: <K extends Kind>(kind: K, object: ObjectOf<K>, by: string) => ObjectOf<K>
  /** The status alone, which is frozen by it (and a Deployment's annotations). */
  updateStatus: <K extends Kind>(kind: K, object: ObjectOf<K>, by: string) => ObjectOf<K>
  /** Strategic where no type is given. Fields that nobody knows are refused, or left out and told to `warn`. */
  patch: <K extends Kind>(kind: K, namespace: string, name: string, patch: unknown, options: { type?: PatchType, subresource?: 'status', warn?: (text: string) => void }, by: string) => ObjectOf<K>
  /** As kubectl does it: a three-way merge with what was applied last, which an annotation keeps. */
  apply: <K extends Kind>(kind: K, manifest: unknown, by: string) => Applied<K>
  /** Gives the object as it was last, or as it now waits for its end. */
  delete: <K extends Kind>(kind: K, namespace: string, name: string, options: DeleteOptions, by: string) => ObjectOf<K>
  /** What happened to objects of a kind after a resourceVersion, as a watch with these options tells it. */
  watch: <K extends Kind>(kind: K, since: number, options?: ListOptions) => readonly WatchEvent<K>[]
  getScale: (kind: ScaledKind, namespace: string, name: string) => Scale | undefined
  updateScale: (kind: ScaledKind, namespace: string, name: string, replicas: number, by: string, resourceVersion?: string) => Scale
  /** Binds a Pod to a node, as the scheduler does. */
  bind: (namespace: string, pod: string, node: string, by: string) => ObjectOf<'Pod'>
  /** Tells an event; repeated ones are counted. */
  event: (about: About, type: 'Normal' | 'Warning', reason: string, message: string, by: string, options?: EventOptions) => void
  /** The last resourceVersion given out. */
  revision: () => number
  /** What a write would give: `go` writes to a copy that is thrown away. upstream: dryRun=All */
  dryRun: <T>(go: (api: Server) => T) => T
}

export interface ServerContext {
  store: () => Store
  /** virtual ms */
  now: () => number
  /** [0, 1) */
  random: () => number
  /** what a request has to pass; where absent, whoever writes is trusted to write well */
  gate?: Gate
}

/** upstream: maxNameGenerationCreateAttempts */
const ATTEMPTS = 8

/** What would have been created has no version: it was never in the store. upstream: DryRunnableStorage.Create */
function unstored<T extends AnyObject>(created: T): T {
  const { resourceVersion: _, ...metadata } = created.metadata
  return { ...created, metadata } as T
}

type AnyDraft = { metadata: Loose<ObjectMeta>, spec?: unknown, status?: unknown } & Record<string, unknown>

/** The status of a new object; a Node's is what its kubelet says. */
function firstStatus(kind: Kind, draft: AnyDraft): object | undefined {
  switch (kind) {
    case 'Namespace': return { phase: 'Active' }
    case 'Node': return (draft.status as object | undefined) ?? {}
    case 'Pod': return { phase: 'Pending', qosClass: qosClass(draft.spec as Draft<ObjectOf<'Pod'>['spec']>) }
    case 'ReplicaSet': return { replicas: 0 }
    case 'Service': return { loadBalancer: {} }
    case 'HorizontalPodAutoscaler': return { currentMetrics: null, desiredReplicas: 0 }
    default: return RESOURCES[kind].status ? {} : undefined
  }
}

/** Whether a change counts as a new generation. */
function newGeneration(kind: Kind, draft: AnyDraft, old: AnyDraft): boolean {
  return !same(draft.spec, old.spec)
    || (kind === 'Deployment' && !same(draft.metadata.annotations, old.metadata.annotations))
    || (kind === 'EndpointSlice' && !(same(draft.endpoints, old.endpoints) && same(draft.ports, old.ports) && same(draft.metadata.labels, old.metadata.labels)))
}

const SYSTEM_FIELDS = ['uid', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generation', 'generateName'] as const

export function createServer({ store, now, random, gate = trusting }: ServerContext): Server {
  /** Writes a draft, which with its metadata is an object of the store from now on. */
  function write<K extends Kind>(type: WatchType, kind: K, draft: AnyDraft, old: ObjectOf<K> | undefined, by: string): ObjectOf<K> {
    const s = store()
    draft.metadata.resourceVersion = String(s.state.revision + 1)
    const made = deepFreeze(draft as unknown as ObjectOf<K>)
    s.write(type, kind, keyOf(made.metadata.namespace, made.metadata.name), made, old, now(), by)
    return made
  }

  const find = <K extends Kind>(kind: K, namespace: string | undefined, name: string): ObjectOf<K> | undefined =>
    store().get(kind, keyOf(RESOURCES[kind].namespaced ? namespace || 'default' : '', name))

  function existing<K extends Kind>(kind: K, namespace: string | undefined, name: string): ObjectOf<K> {
    const found = find(kind, namespace, name)
    if (!found)
      throw notFound(kind, name)
    return found
  }

  /** The stored object that a write is about, if it is the one that was meant. */
  function writable<K extends Kind>(kind: K, { metadata }: ObjectOf<K>): ObjectOf<K> {
    const old = existing(kind, metadata.namespace, metadata.name)
    checkPreconditions(kind, old, { uid: metadata.uid })
    if (metadata.resourceVersion && metadata.resourceVersion !== old.metadata.resourceVersion)
      throw conflict(kind, metadata.name)
    return old
  }

  /** Writes what changed; what has waited for its last finalizer is gone. */
  function replace<K extends Kind>(kind: K, draft: AnyDraft, old: ObjectOf<K>, by: string): ObjectOf<K> {
    const { deletionTimestamp, deletionGracePeriodSeconds } = old.metadata
    const held = draft.metadata.finalizers?.length || (kind === 'Namespace' && (draft.spec as ObjectOf<'Namespace'>['spec']).finalizers?.length)
    return write(deletionTimestamp && !deletionGracePeriodSeconds && !held ? 'DELETED' : 'MODIFIED', kind, draft, old, by)
  }

  /** Everything but the status of an object becomes as decoded. */
  function change<K extends Kind>(kind: K, decoded: DraftOf<K>, old: ObjectOf<K>, by: string): ObjectOf<K> {
    const { status, generation, apiVersion } = RESOURCES[kind]
    const before = old as unknown as AnyDraft
    const draft: AnyDraft = { ...decoded as AnyDraft, apiVersion, kind }
    const metadata: Loose<ObjectMeta> = draft.metadata = { ...draft.metadata, name: old.metadata.name }
    if (old.metadata.namespace)
      metadata.namespace = old.metadata.namespace
    for (const field of SYSTEM_FIELDS) {
      if (old.metadata[field] === undefined)
        delete metadata[field]
      else
        Object.assign(metadata, { [field]: old.metadata[field] })
    }
    if (status)
      draft.status = before.status
    if (kind === 'Service')
      keepService(draft as DraftOf<'Service'>, old as ObjectOf<'Service'>)
    fillDefaults(kind, draft as DraftOf<K>, old)
    gate.validate(kind, draft as DraftOf<K>, old)
    if (kind === 'Service' && draft.spec !== before.spec)
      allocate(draft as DraftOf<'Service'>, store().all('Service'), random)
    if (generation && newGeneration(kind, draft, before))
      metadata.generation = (old.metadata.generation ?? 0) + 1
    metadata.resourceVersion = old.metadata.resourceVersion
    return same(draft, old) ? old : replace(kind, draft, old, by)
  }

  const server: Server = {
    get: (kind, namespace, name) => store().get(kind, keyOf(namespace, name)),
    list: (kind, options) => listed(store(), gate, kind, options),
    watch: (kind, since, options) => watched(store(), gate, kind, since, options),

    create(kind, object, by) {
      const { namespaced, generation, apiVersion } = RESOURCES[kind]
      const decoded = gate.decode(kind, object) as AnyDraft
      const metadata: Loose<ObjectMeta> = { ...decoded.metadata }
      const draft: AnyDraft = { ...decoded, apiVersion, kind, metadata }
      for (const field of ['resourceVersion', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generation', 'managedFields'] as const)
        delete metadata[field]
      if (namespaced) {
        metadata.namespace ||= 'default'
        const space = store().get('Namespace', keyOf('', metadata.namespace))
        if (!space)
          throw notFound('Namespace', metadata.namespace)
        if (space.metadata.deletionTimestamp)
          throw forbidden(kind, metadata.name ?? '', `unable to create new content in namespace ${metadata.namespace} because it is being terminated`)
      }
      else {
        delete metadata.namespace
      }
      if (!metadata.name && metadata.generateName) {
        // upstream: RetryGenerateName: a name that is taken is drawn again, a few times
        for (let left = ATTEMPTS; left > 0 && (left === ATTEMPTS || store().get(kind, keyOf(metadata.namespace, metadata.name!))); left--)
          metadata.name = metadata.generateName.slice(0, 58) + nameSuffix(random)
      }
      Object.assign(metadata, { uid: '', creationTimestamp: stamp(now()), ...(generation && { generation: 1 }) })
      fillDefaults(kind, draft as DraftOf<typeof kind>)
      gate.validate(kind, draft as DraftOf<typeof kind>)
      if (store().get(kind, keyOf(metadata.namespace, metadata.name!)))
        throw alreadyExists(kind, metadata.name!)
      if (kind === 'Service')
        allocate(draft as DraftOf<'Service'>, store().all('Service'), random)
      const status = firstStatus(kind, draft)
      if (status)
        draft.status = status
      metadata.uid = uidOf(++store().state.uids)
      return write('ADDED', kind, draft, undefined, by)
    },

    update(kind, object, by) {
      const old = writable(kind, object)
      return change(kind, gate.decode(kind, object, old), old, by)
    },

    updateStatus(kind, object, by) {
      const old = writable(kind, object)
      const { status } = object as unknown as AnyDraft
      const before = old as unknown as AnyDraft
      // upstream: deploymentStatusStrategy lets annotations pass, by which its controller writes the revision without a new generation
      const annotations = kind === 'Deployment' ? object.metadata.annotations : old.metadata.annotations
      if (same(status, before.status) && same(annotations, old.metadata.annotations))
        return old
      const metadata: Loose<ObjectMeta> = { ...old.metadata }
      if (kind === 'Deployment')
        metadata.annotations = annotations
      return replace(kind, { ...before, metadata, status }, old, by)
    },

    patch(kind, namespace, name, patch, { type = 'strategic', subresource, warn }, by) {
      const old = existing(kind, namespace, name)
      const patched = gate.patch(kind, old, patch, type) as ObjectOf<typeof kind>
      checkName(patched, name, namespace)
      writable(kind, patched)
      return subresource ? server.updateStatus(kind, patched, by) : change(kind, gate.decode(kind, patched, old, { patch, type, warn }), old, by)
    },

    apply: (kind, manifest, by) => gate.apply(server, kind, manifest, by),

    delete(kind, namespace, name, options, by) {
      const old = existing(kind, namespace, name)
      const { metadata, stays } = deletion(kind, old, options, now())
      const draft: AnyDraft = { ...old as unknown as AnyDraft, metadata }
      if (kind === 'Namespace' && stays)
        draft.status = { ...(draft.status as object), phase: 'Terminating' }
      return !stays ? write('DELETED', kind, draft, old, by) : same(draft, old) ? old : replace(kind, draft, old, by)
    },

    getScale(kind, namespace, name) {
      const found = find(kind, namespace, name)
      return found && scaleOf(found)
    },

    updateScale(kind, namespace, name, replicas, by, resourceVersion) {
      const old = existing(kind, namespace, name)
      const scaled = { ...old, metadata: { ...old.metadata, resourceVersion: resourceVersion ?? old.metadata.resourceVersion }, spec: { ...old.spec, replicas } } as ObjectOf<ScaledKind>
      return scaleOf(server.update<ScaledKind>(kind, scaled, by))
    },

    bind(namespace, name, node, by) {
      const old = existing('Pod', namespace, name)
      if (old.metadata.deletionTimestamp)
        throw conflict('Pod', name, `pod ${name} is being deleted, cannot be assigned to a host`)
      if (old.spec.nodeName)
        throw conflict('Pod', name, `pod ${name} is already assigned to node "${old.spec.nodeName}"`)
      const conditions = [
        ...(old.status.conditions ?? []).filter(each => each.type !== 'PodScheduled'),
        { type: 'PodScheduled', status: 'True', lastTransitionTime: stamp(now()), observedGeneration: old.metadata.generation },
      ]
      return write('MODIFIED', 'Pod', { ...old as unknown as AnyDraft, metadata: { ...old.metadata }, spec: { ...old.spec, nodeName: node }, status: { ...old.status, conditions } }, old, by)
    },

    event(about, type, reason, message, by, options = {}) {
      const { state } = store()
      const written = correlate(recorderOf(state.recorders, by, options.host), about, type, reason, message, by, now(), ++state.told, options)
      if (!written)
        return
      const { event } = written
      const { metadata } = event
      if (!written.isNew) {
        const old = find('Event', metadata.namespace, metadata.name)
        if (old)
          write('MODIFIED', 'Event', { ...old as unknown as AnyDraft, ...event as object, metadata: { ...old.metadata } }, old, by)
        return
      }
      // its name has a count of its own, so that there is none yet
      const space = find('Namespace', '', metadata.namespace)
      if (space && !space.metadata.deletionTimestamp) {
        Object.assign(metadata, { uid: uidOf(++state.uids), creationTimestamp: stamp(now()) })
        write('ADDED', 'Event', event as AnyDraft, undefined, by)
      }
    },

    revision: () => store().state.revision,
    dryRun(go) {
      const trial = openStore(copyStore(store().state))
      // chance is not used up by what does not happen
      const copy = createServer({ store: () => trial, now, random: () => 0.5, gate })
      const api: Server = { ...copy, create: (kind, object, by) => unstored(copy.create(kind, object, by)), apply: (kind, manifest, by) => gate.apply(api, kind, manifest, by) }
      return go(api)
    },
  }
  return server
}
