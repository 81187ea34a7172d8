// Lists and watches: which objects are asked for, and how their changes are told.
import type { Gate } from './gate.ts'
import { selectorMatches } from './labels.ts'
import type { Selector } from './labels.ts'
import type { Kind, ObjectOf } from './objects.ts'
import { logEntry, logLength } from './store.ts'
import type { IndexName, Store, WatchEvent } from './store.ts'

export interface ListOptions {
  /** absent: all namespaces */
  namespace?: string
  /** a text is read by the gate: `app=web,tier in (a,b)` */
  labels?: string | Selector
  /** read by the gate: `metadata.name=web,status.phase!=Running` */
  fields?: string
  /** the UID of the controller that owns them: read from an index */
  owner?: string
  /** the node that a Pod is bound to: read from an index */
  node?: string
}

/** Whether an object is asked for by its labels and fields; undefined where all are. */
function meeting<K extends Kind>(gate: Gate, kind: K, { labels, fields }: ListOptions): ((object: ObjectOf<K>) => boolean) | undefined {
  if (!labels?.length && !fields)
    return undefined
  const selector = typeof labels === 'string' ? gate.labels(labels) : labels ?? []
  const meets = fields ? gate.fields(kind, fields) : undefined
  return object => selectorMatches(selector, object.metadata.labels) && (!meets || meets(object))
}

export function listed<K extends Kind>(store: Store, gate: Gate, kind: K, options: ListOptions = {}): readonly ObjectOf<K>[] {
  const { namespace, owner, node } = options
  const index: IndexName | undefined = owner !== undefined ? 'owner' : node !== undefined ? 'node' : namespace !== undefined ? 'namespace' : undefined
  let found = store.all(kind, index, owner ?? node ?? namespace)
  if (namespace !== undefined && index !== 'namespace')
    found = found.filter(object => object.metadata.namespace === namespace)
  const meets = meeting(gate, kind, options)
  return meets ? found.filter(meets) : found
}

/** An object that comes to be asked for is told as added, one that is no longer as deleted. upstream: cacher.newCacheWatcher */
export function watched<K extends Kind>(store: Store, gate: Gate, kind: K, since: number, options: ListOptions = {}): readonly WatchEvent<K>[] {
  const { log } = store.state
  const meets = meeting(gate, kind, options) ?? (() => true)
  const out: WatchEvent<K>[] = []
  // each write is one revision, so that a revision's place is known
  for (let place = Math.max(since, log.dropped); place < logLength(log); place++) {
    const event = logEntry(log, place)! as WatchEvent<K>
    if (event.kind !== kind || (options.namespace !== undefined && event.object.metadata.namespace !== options.namespace))
      continue
    const is = event.type !== 'DELETED' && meets(event.object)
    const was = event.type !== 'ADDED' && event.old !== undefined && meets(event.old)
    if (is || was)
      out.push(is === was || (event.type === 'ADDED' && is) ? event : { ...event, type: is ? 'ADDED' : 'DELETED' })
  }
  return out
}
