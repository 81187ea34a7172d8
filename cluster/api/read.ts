// Lists and watches: which objects are asked for, and how their changes are told.
import { badRequest } from './errors.ts'
import { fieldsMatch, parseFieldSelector } from './fields.ts'
import { parseSelector, selectorMatches } from './labels.ts'
import type { Selector } from './labels.ts'
import type { Kind, ObjectOf } from './objects.ts'
import { logEntry, logLength } from './store.ts'
import type { IndexName, Store, WatchEvent } from './store.ts'

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

/** Whether an object is asked for by its labels and fields; undefined where all are. */
function meeting<K extends Kind>(kind: K, { labels, fields }: ListOptions): ((object: ObjectOf<K>) => boolean) | undefined {
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

export function listed<K extends Kind>(store: Store, kind: K, options: ListOptions = {}): readonly ObjectOf<K>[] {
  const { namespace, owner, node } = options
  const [index, word]: [IndexName?, string?] = owner !== undefined ? ['owner', owner] : node !== undefined ? ['node', node] : namespace !== undefined ? ['namespace', namespace] : []
  let found = store.all(kind, index, word)
  if (namespace !== undefined && index !== 'namespace')
    found = found.filter(object => object.metadata.namespace === namespace)
  const meets = meeting(kind, options)
  return meets ? found.filter(meets) : found
}

/** An object that comes to be asked for is told as added, one that is no longer as deleted. upstream: cacher.newCacheWatcher */
export function watched<K extends Kind>(store: Store, kind: K, since: number, options: ListOptions = {}): readonly WatchEvent<K>[] {
  const { log } = store.state
  const meets = meeting(kind, options) ?? (() => true)
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
