// The API server: every read and write of the cluster goes through here.
import { parseStamp, stamp } from '../timeline/clock.ts'
import { alreadyExists, badRequest, conflict, notFound } from './errors.ts'
import { parseFieldSelector, fieldsMatch } from './fields.ts'
import { parseSelector, selectorMatches } from './labels.ts'
import type { Selector } from './labels.ts'
import { RESOURCES, deepFreeze, same } from './objects.ts'
import type { Kind, ObjectMeta, ObjectOf, Pod } from './objects.ts'
import { keyOf, logEntry, logLength } from './store.ts'
import type { IndexName, Store, WatchEvent, WatchType } from './store.ts'

export interface ListOptions {
  /** absent: all namespaces */
  namespace?: string
  labels?: string | Selector
  /** `metadata.name=web,status.phase!=Running` */
  fields?: string
  /** the UID of the controller that owns them: read from an index */
  owner?: string
  /** the node that a Pod is bound to: read from an index */
  node?: string
}

export type Propagation = 'Background' | 'Foreground' | 'Orphan'

export interface DeleteOptions {
  gracePeriodSeconds?: number
  propagationPolicy?: Propagation
  preconditions?: { uid?: string, resourceVersion?: string }
}

/** Reads give frozen objects; writes are at once and give what was written. A refused write throws ApiError and changes nothing. `by` names the component or user. */
export interface Server {
  /** `namespace` is '' for cluster-scoped kinds. */
  get: <K extends Kind>(kind: K, namespace: string, name: string) => ObjectOf<K> | undefined
  /** In the order of namespace and name. @throws ApiError on a selector that cannot be read */
  list: <K extends Kind>(kind: K, options?: ListOptions) => readonly ObjectOf<K>[]
  create: <K extends Kind>(kind: K, object: unknown, by: string) => ObjectOf<K>
  /** Everything but the status; a conflict where the object carries another resourceVersion than the stored one. */
  update: <K extends Kind>(kind: K, object: ObjectOf<K>, by: string) => ObjectOf<K>
  /** The status alone. */
  updateStatus: <K extends Kind>(kind: K, object: ObjectOf<K>, by: string) => ObjectOf<K>
  /** Gives the object as it was last, or as it now waits for its end. */
  delete: <K extends Kind>(kind: K, namespace: string, name: string, options: DeleteOptions, by: string) => ObjectOf<K>
  /** What happened to objects of a kind after a resourceVersion. */
  watch: <K extends Kind>(kind: K, since: number, options?: ListOptions) => readonly WatchEvent<K>[]
  /** Binds a Pod to a node, as the scheduler does. */
  bind: (namespace: string, pod: string, node: string, by: string) => ObjectOf<'Pod'>
  /** The last resourceVersion given out. */
  revision: () => number
}

export interface ServerContext {
  store: () => Store
  /** virtual ms */
  now: () => number
  /** [0, 1) */
  random: () => number
}

const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** Five letters that make no word. upstream: apiserver names.SimpleNameGenerator */
export function nameSuffix(random: () => number): string {
  let out = ''
  for (let i = 0; i < 5; i++)
    out += NAME_LETTERS[Math.floor(random() * NAME_LETTERS.length)]
  return out
}

/** A UID from a count: looks like any other, and no two counts give the same. */
function uidOf(count: number): string {
  let x = Math.imul(count, 0x9E3779B1) >>> 0
  let out = (x ^ (x >>> 15)).toString(16).padStart(8, '0')
  for (let i = 0; i < 3; i++) {
    x = (Math.imul(x ^ (x >>> 15), 0x85EBCA77) + i + 1) >>> 0
    out += (x ^ (x >>> 13)).toString(16).replace('-', '').padStart(8, '0').slice(-8)
  }
  return `${out.slice(0, 8)}-${out.slice(8, 12)}-4${out.slice(13, 16)}-a${out.slice(17, 20)}-${out.slice(20, 32)}`
}

/** The grace that a first request for deletion gives a Pod, in seconds. upstream: podStrategy.CheckGracefulDelete */
function firstGrace(pod: Pod, asked: number | undefined): number {
  if (!pod.spec.nodeName || pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded')
    return 0
  const period = asked ?? pod.spec.terminationGracePeriodSeconds ?? 30
  return period < 0 ? 1 : period
}

type Loose<T> = { -readonly [K in keyof T]: T[K] }
type Draft = { apiVersion: string, kind: Kind, metadata: Loose<ObjectMeta>, spec?: unknown, status?: unknown } & Record<string, unknown>

export function createServer({ store, now, random }: ServerContext): Server {
  function write<K extends Kind>(type: WatchType, kind: K, draft: Draft | ObjectOf<K>, old: ObjectOf<K> | undefined, by: string): ObjectOf<K> {
    const s = store()
    const made = { ...draft, metadata: { ...draft.metadata, resourceVersion: String(s.state.revision + 1) } } as unknown as ObjectOf<K>
    deepFreeze(made)
    s.write(type, kind, keyOf(made.metadata.namespace, made.metadata.name), made, old, now(), by)
    return made
  }

  function existing<K extends Kind>(kind: K, namespace: string | undefined, name: string): ObjectOf<K> {
    const found = store().get(kind, keyOf(RESOURCES[kind].namespaced ? namespace ?? 'default' : '', name))
    if (!found)
      throw notFound(kind, name)
    return found
  }

  /** The stored object that a write is about, if it may be written. */
  function writable<K extends Kind>(kind: K, { metadata }: ObjectOf<K>): ObjectOf<K> {
    const old = existing(kind, metadata.namespace, metadata.name)
    if (metadata.uid && metadata.uid !== old.metadata.uid)
      throw conflict(kind, metadata.name, `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${old.metadata.uid}`)
    if (metadata.resourceVersion && metadata.resourceVersion !== old.metadata.resourceVersion)
      throw conflict(kind, metadata.name)
    return old
  }

  function replace<K extends Kind>(kind: K, draft: Draft, old: ObjectOf<K>, by: string): ObjectOf<K> {
    draft.metadata.resourceVersion = old.metadata.resourceVersion
    if (same(draft, old))
      return old
    if (old.metadata.deletionTimestamp && !old.metadata.deletionGracePeriodSeconds && !draft.metadata.finalizers?.length)
      return write('DELETED', kind, draft, old, by)
    return write('MODIFIED', kind, draft, old, by)
  }

  function selected<K extends Kind>(kind: K, { labels, fields }: ListOptions): ((object: ObjectOf<K>) => boolean) | undefined {
    if (!labels?.length && !fields)
      return undefined
    let selector: Selector = []
    try {
      selector = typeof labels === 'string' ? parseSelector(labels) : labels ?? []
    }
    catch (error) {
      throw badRequest((error as Error).message)
    }
    const wanted = fields ? parseFieldSelector(kind, fields) : undefined
    return object => selectorMatches(selector, object.metadata.labels) && (!wanted || fieldsMatch(wanted, object))
  }

  const server: Server = {
    get: (kind, namespace, name) => store().get(kind, keyOf(namespace, name)),

    list(kind, options = {}) {
      const { namespace, owner, node } = options
      const [index, word]: [IndexName?, string?] = owner !== undefined ? ['owner', owner] : node !== undefined ? ['node', node] : namespace !== undefined ? ['namespace', namespace] : []
      let found = store().all(kind, index, word)
      if (namespace !== undefined && index !== 'namespace')
        found = found.filter(object => object.metadata.namespace === namespace)
      const meets = selected(kind, options)
      return meets ? found.filter(meets) : found
    },

    create(kind, object, by) {
      const input = object as Draft
      const { namespaced, generation, apiVersion } = RESOURCES[kind]
      const metadata: Draft['metadata'] = { ...input.metadata }
      if (namespaced) {
        metadata.namespace ||= 'default'
        if (!store().get('Namespace', keyOf('', metadata.namespace)))
          throw notFound('Namespace', metadata.namespace)
      }
      const prefix = metadata.name ? '' : metadata.generateName ?? ''
      let name = metadata.name ?? ''
      if (prefix)
        name = prefix.slice(0, 58) + nameSuffix(random)
      if (store().get(kind, keyOf(metadata.namespace, name)))
        throw alreadyExists(kind, name)
      const { state } = store()
      const draft = { ...input, apiVersion, kind, metadata: { ...metadata, name, uid: uidOf(++state.uids), creationTimestamp: stamp(now()), ...(generation && { generation: 1 }) } } as unknown as Draft
      return write('ADDED', kind, draft, undefined, by)
    },

    update(kind, object, by) {
      const old = writable(kind, object)
      const { status, generation } = RESOURCES[kind]
      const input = object as unknown as Draft
      const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds } = old.metadata
      const before = old as unknown as Draft
      const changed = generation && !same(input.spec, before.spec)
      const metadata = { ...input.metadata, uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation: changed ? (old.metadata.generation ?? 0) + 1 : old.metadata.generation }
      for (const field of ['deletionTimestamp', 'deletionGracePeriodSeconds', 'generation'] as const) {
        if (metadata[field] === undefined)
          delete metadata[field]
      }
      return replace(kind, { ...input, metadata, ...(status && { status: before.status }) }, old, by)
    },

    updateStatus(kind, object, by) {
      const old = writable(kind, object)
      return replace(kind, { ...old as unknown as Draft, metadata: { ...old.metadata }, status: (object as unknown as Draft).status }, old, by)
    },

    delete(kind, namespace, name, options, by) {
      const old = existing(kind, namespace, name)
      const { preconditions, propagationPolicy, gracePeriodSeconds } = options
      if (preconditions?.uid !== undefined && preconditions.uid !== old.metadata.uid)
        throw conflict(kind, name, `Precondition failed: UID in precondition: ${preconditions.uid}, UID in object meta: ${old.metadata.uid}`)
      if (preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== old.metadata.resourceVersion)
        throw conflict(kind, name, `Precondition failed: ResourceVersion in precondition: ${preconditions.resourceVersion}, ResourceVersion in object meta: ${old.metadata.resourceVersion}`)
      const metadata: Draft['metadata'] = { ...old.metadata }
      const { deletionTimestamp, deletionGracePeriodSeconds: left = 0 } = old.metadata
      if (propagationPolicy) {
        const own = propagationPolicy === 'Orphan' ? 'orphan' : propagationPolicy === 'Foreground' ? 'foregroundDeletion' : ''
        metadata.finalizers = [...(metadata.finalizers ?? []).filter(each => each !== 'orphan' && each !== 'foregroundDeletion'), ...(own ? [own] : [])]
        if (!metadata.finalizers.length)
          delete metadata.finalizers
      }
      const grace = old.kind !== 'Pod' ? 0 : deletionTimestamp ? Math.min(left, gracePeriodSeconds ?? left) : firstGrace(old, gracePeriodSeconds)
      const stays = grace > 0 || !!metadata.finalizers?.length
      if (deletionTimestamp ? grace < left : stays || old.kind === 'Pod') {
        // upstream: rest.BeforeDelete: a second request may only shorten the time that is left
        const from = deletionTimestamp ? parseStamp(deletionTimestamp) - left * 1000 : now()
        Object.assign(metadata, { deletionTimestamp: stamp(from + grace * 1000), deletionGracePeriodSeconds: grace })
        if (!deletionTimestamp && metadata.generation)
          Object.assign(metadata, { generation: metadata.generation + 1 })
      }
      const draft = { ...old as unknown as Draft, metadata }
      return stays ? replace(kind, draft, old, by) : write('DELETED', kind, draft, old, by)
    },

    watch<K extends Kind>(kind: K, since: number, options: ListOptions = {}) {
      const { log } = store().state
      const meets = selected(kind, options)
      const out: WatchEvent<K>[] = []
      // one revision an entry, in order: the place of a revision is known
      for (let place = Math.max(since, log.dropped); place < logLength(log); place++) {
        const event = logEntry(log, place)! as WatchEvent<K>
        if (event.kind === kind && (options.namespace === undefined || event.object.metadata.namespace === options.namespace) && (!meets || meets(event.object) || (event.old && meets(event.old))))
          out.push(event)
      }
      return out
    },

    bind(namespace, name, node, by) {
      const old = existing('Pod', namespace, name)
      if (old.metadata.deletionTimestamp)
        throw conflict('Pod', name, `pod ${name} is being deleted, cannot be assigned to a host`)
      if (old.spec.nodeName)
        throw conflict('Pod', name, `pod ${name} is already assigned to node "${old.spec.nodeName}"`)
      const conditions = [...(old.status.conditions ?? []).filter(each => each.type !== 'PodScheduled'), { type: 'PodScheduled', status: 'True', lastProbeTime: undefined, lastTransitionTime: stamp(now()), observedGeneration: old.metadata.generation }]
      return write('MODIFIED', 'Pod', { ...old, spec: { ...old.spec, nodeName: node }, status: { ...old.status, conditions } }, old, by)
    },

    revision: () => store().state.revision,
  }
  return server
}
