// What the API server remembers: every object as last written, and the log of all writes, which watches read.
import type { Recorder } from './events.ts'
import { KINDS, controllerOf } from './objects.ts'
import type { AnyObject, Kind, ObjectOf } from './objects.ts'

export type WatchType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** One write. `object` is what was written (at a deletion: the last state), `old` what it replaced. Frozen. */
export interface WatchEvent<K extends Kind = Kind> {
  readonly type: WatchType
  readonly kind: K
  readonly revision: number
  /** virtual ms */
  readonly at: number
  /** the component or user that wrote */
  readonly by: string
  readonly object: ObjectOf<K>
  readonly old?: ObjectOf<K>
}

/** All writes in order. Full chunks are frozen, so that copies share them. */
export interface Log {
  /** how many entries were dropped from the front */
  dropped: number
  chunks: (readonly WatchEvent[])[]
  tail: WatchEvent[]
}

export interface StoreState {
  /** the last resourceVersion given out */
  revision: number
  /** how many UIDs were given out */
  uids: number
  /** how many events were told */
  told: number
  /** by kind, then by `namespace/name` (`/name` without a namespace); frozen all the way down */
  objects: Record<Kind, Map<string, AnyObject>>
  log: Log
  /** what each component remembers of the events that it told, by its name, then by its node */
  recorders: Map<string, Map<string, Recorder>>
}

const CHUNK = 256
/** A write costs as much as so many looks at an object: it is checked, frozen, logged, and told to all who watch. */
const WRITE = 160

export function emptyStore(): StoreState {
  return {
    revision: 0,
    uids: 0,
    told: 0,
    objects: Object.fromEntries(KINDS.map(kind => [kind, new Map()])) as StoreState['objects'],
    log: { dropped: 0, chunks: [], tail: [] },
    recorders: new Map(),
  }
}

/** Maps of objects that several states hold. */
const shared = new WeakSet<Map<string, AnyObject>>()

/** The objects of a state for another one. Both hold the same Maps, and whoever writes first takes one of his own: most kinds are not written between two checkpoints. */
export function shareObjects(objects: StoreState['objects']): StoreState['objects'] {
  for (const kind of KINDS)
    shared.add(objects[kind])
  return { ...objects }
}

export const keyOf = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`

export const logLength = (log: Log) => log.dropped + log.chunks.length * CHUNK + log.tail.length

/** The entry at a place of the log, counted from the very first write; undefined beyond the end. @throws RangeError where it was dropped */
export function logEntry(log: Log, place: number): WatchEvent | undefined {
  const i = place - log.dropped
  if (i < 0)
    throw new RangeError('the log no longer goes back so far')
  const chunk = Math.floor(i / CHUNK)
  return chunk < log.chunks.length ? log.chunks[chunk]![i % CHUNK] : log.tail[i - log.chunks.length * CHUNK]
}

/** Forgets what lies before a place of the log, in whole chunks: for runs whose history nobody asks for. */
export function dropLog(log: Log, before: number): void {
  const chunks = Math.min(log.chunks.length, Math.floor((before - log.dropped) / CHUNK))
  if (chunks > 0) {
    log.chunks.splice(0, chunks)
    log.dropped += chunks * CHUNK
  }
}

/** The keys of some objects; in their order, and with the objects, where somebody has asked since one joined or left. */
interface Bucket {
  readonly keys: Set<string>
  sorted?: { readonly keys: readonly string[], objects: AnyObject[] }
  /** somebody has these objects: another one's place is taken in a copy */
  given: boolean
}

/** Objects of a kind by some word of theirs. */
interface Index { readonly word: (object: AnyObject) => string | undefined, readonly buckets: Map<string, Bucket> }

/** What a list can be narrowed by without looking at every object. */
const INDEXED = {
  all: () => '',
  namespace: (object: AnyObject) => object.metadata.namespace,
  owner: (object: AnyObject) => controllerOf(object)?.uid,
  node: (object: AnyObject) => object.kind === 'Pod' ? object.spec.nodeName : undefined,
}
export type IndexName = 'namespace' | 'owner' | 'node'

/** The store's state with its indexes, which follow from it and are made when first asked for. */
export interface Store {
  readonly state: StoreState
  /** how much was done through this store, in objects looked at: what a stretch of history costs to run again */
  readonly effort: number
  get: <K extends Kind>(kind: K, key: string) => ObjectOf<K> | undefined
  /** In the order of their keys. */
  all: <K extends Kind>(kind: K, index?: IndexName, word?: string) => readonly ObjectOf<K>[]
  /** Writes an object that is frozen and carries the next resourceVersion. */
  write: (type: WatchType, kind: Kind, key: string, object: AnyObject, old: AnyObject | undefined, at: number, by: string) => void
}

export function openStore(state: StoreState): Store {
  const indexes = Object.fromEntries(KINDS.map(kind => [kind, {}])) as Record<Kind, { [N in keyof typeof INDEXED]?: Index }>
  let effort = 0

  function enter({ buckets }: Index, word: string | undefined, key: string) {
    if (word === undefined)
      return
    let bucket = buckets.get(word)
    if (!bucket)
      buckets.set(word, bucket = { keys: new Set(), sorted: undefined, given: false })
    bucket.keys.add(key)
    bucket.sorted = undefined
  }

  function leave({ buckets }: Index, word: string | undefined, key: string) {
    const bucket = word === undefined ? undefined : buckets.get(word)
    if (!bucket)
      return
    bucket.keys.delete(key)
    bucket.sorted = undefined
    if (!bucket.keys.size)
      buckets.delete(word!)
  }

  /** An object takes the place of the one before. */
  function exchange({ buckets }: Index, word: string | undefined, key: string, object: AnyObject) {
    const bucket = word === undefined ? undefined : buckets.get(word)
    if (!bucket?.sorted)
      return
    const { keys } = bucket.sorted
    let low = 0
    for (let high = keys.length - 1; low < high;) {
      const mid = (low + high) >> 1
      if (keys[mid]! < key)
        low = mid + 1
      else
        high = mid
    }
    if (bucket.given) {
      bucket.sorted.objects = bucket.sorted.objects.slice()
      bucket.given = false
    }
    bucket.sorted.objects[low] = object
  }

  function indexOf(kind: Kind, name: keyof typeof INDEXED): Index {
    let index = indexes[kind][name]
    if (!index) {
      index = indexes[kind][name] = { word: INDEXED[name], buckets: new Map() }
      for (const [key, object] of state.objects[kind])
        enter(index, index.word(object), key)
    }
    return index
  }

  return {
    state,
    get effort() { return effort },
    get: <K extends Kind>(kind: K, key: string) => state.objects[kind].get(key) as ObjectOf<K> | undefined,
    all<K extends Kind>(kind: K, name?: IndexName, word = '') {
      const bucket = indexOf(kind, name ?? 'all').buckets.get(word)
      if (!bucket)
        return []
      if (!bucket.sorted) {
        const keys = [...bucket.keys].sort()
        const objects = state.objects[kind]
        bucket.sorted = { keys, objects: keys.map(key => objects.get(key)!) }
      }
      bucket.given = true
      effort += bucket.sorted.keys.length
      return bucket.sorted.objects as unknown as readonly ObjectOf<K>[]
    },
    write(type, kind, key, object, old, at, by) {
      state.revision++
      effort += WRITE
      const gone = type === 'DELETED'
      let objects = state.objects[kind]
      if (shared.has(objects)) {
        effort += objects.size >> 1
        state.objects[kind] = objects = new Map(objects)
      }
      if (gone)
        objects.delete(key)
      else
        objects.set(key, object)
      const kept = indexes[kind]
      for (const name in kept) {
        const index = kept[name as keyof typeof kept]!
        const was = old && index.word(old)
        const is = gone ? undefined : index.word(object)
        if (was === is && old) {
          exchange(index, is, key, object)
          continue
        }
        leave(index, was, key)
        enter(index, is, key)
      }
      const { log } = state
      log.tail.push(Object.freeze(old ? { type, kind, revision: state.revision, at, by, object, old } : { type, kind, revision: state.revision, at, by, object }) as WatchEvent)
      if (log.tail.length === CHUNK) {
        log.chunks.push(Object.freeze(log.tail))
        log.tail = []
      }
    },
  }
}
