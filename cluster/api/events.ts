// Events: what components tell, counted where they repeat themselves. upstream: client-go tools/record and tools/events
import { microStamp, stamp } from '../timeline/clock.ts'
import type { Event } from './objects.ts'

/** What an event is about: an object, or what names one. */
export interface About {
  readonly apiVersion?: string
  readonly kind: string
  readonly metadata: { readonly name: string, readonly namespace?: string, readonly uid?: string, readonly resourceVersion?: string }
}

export interface EventOptions {
  /** the node that tells it: a kubelet's */
  host?: string
  /** a part of the object: `spec.containers{web}` */
  fieldPath?: string
  /** what was done, in the newer kind of events (the scheduler's): Binding, Scheduling */
  action?: string
}

/** Distinct messages about one thing before they are told as one. */
const SIMILAR = 10
const INTERVAL = 600_000
/** Events about one object that a component may tell at once, and how long one more takes (ms). */
const BURST = 25
const REFILL = 300_000
/** How many things a recorder remembers. */
const REMEMBERED = 4096
/** Components that use the newer events, which count in a series. */
const NEWER = ['default-scheduler']
/** How long a series is counted before it is written again (ms). upstream: refreshTime */
const REFRESH = 1_800_000

/** What a component remembers of what it told: plain data, replaced and never changed. */
export interface Recorder {
  similar: Map<string, { readonly messages: readonly string[], readonly last: number }>
  told: Map<string, { readonly name: string, readonly namespace: string, readonly count: number, readonly first: number, readonly written?: number }>
  spared: Map<string, { readonly tokens: number, readonly last: number }>
}

export const emptyRecorder = (): Recorder => ({ similar: new Map(), told: new Map(), spared: new Map() })

function remember<V>(map: Map<string, V>, key: string, value: V) {
  map.delete(key)
  map.set(key, Object.freeze(value))
  if (map.size > REMEMBERED)
    map.delete(map.keys().next().value!)
}

/** Whether a component may tell one more about this object. upstream: EventSourceObjectSpamFilter */
function spare({ spared }: Recorder, key: string, now: number): boolean {
  const { tokens, last } = spared.get(key) ?? { tokens: BURST, last: now }
  const left = Math.min(BURST, tokens + (now - last) / REFILL)
  const may = left >= 1
  remember(spared, key, { tokens: may ? left - 1 : left, last: now })
  return may
}

/** The names of events follow the time and a count, in hexadecimal as upstream. */
const eventName = (name: string, now: number, count: number) => `${name}.${(0x18_0000_0000 + now).toString(16)}${(count & 0xFFFFFF).toString(16).padStart(6, '0')}`

export interface Written { readonly event: Omit<Partial<Event>, 'metadata'> & { metadata: { name: string, namespace: string } }, readonly isNew: boolean }

/** What a component tells becomes a new event, one more of a known one, or nothing. @param now virtual ms. upstream: EventCorrelator.EventCorrelate */
export function correlate(recorder: Recorder, about: About, type: string, reason: string, message: string, by: string, now: number, count: number, options: EventOptions): Written | undefined {
  const { name, namespace = '', uid = '', resourceVersion } = about.metadata
  const { host, fieldPath, action } = options
  const where = namespace || 'default'
  const base = [by, host ?? '', about.kind, namespace, name, uid, fieldPath ?? '', type, reason].join('\n')
  const involvedObject = {
    kind: about.kind,
    ...(namespace && { namespace }),
    name,
    ...(uid && { uid }),
    apiVersion: about.apiVersion ?? 'v1',
    ...(resourceVersion && { resourceVersion }),
    ...(fieldPath && { fieldPath }),
  }
  const at = stamp(now)
  if (NEWER.includes(by)) {
    const key = `${base}\n${action ?? ''}`
    const known = recorder.told.get(key)
    const metadata = { name: known?.name ?? eventName(name, now, count), namespace: where }
    // upstream: eventBroadcasterImpl.recordToSink: the second of a kind begins a series, which is written again only now and then
    if (known && now - known.first < REFRESH * 2) {
      const next = { ...known, count: known.count + 1 }
      const write = known.count === 1 || now - (known.written ?? now) >= REFRESH
      remember(recorder.told, key, write ? { ...next, written: now } : next)
      return write ? { isNew: false, event: { metadata, series: { count: next.count, lastObservedTime: microStamp(now) } } } : undefined
    }
    metadata.name = eventName(name, now, count)
    remember(recorder.told, key, { name: metadata.name, namespace: where, count: 1, first: now })
    return { isNew: true, event: { metadata, involvedObject, type, reason, message, action: action ?? 'Scheduling', eventTime: microStamp(now), firstTimestamp: undefined, lastTimestamp: undefined, reportingComponent: by, reportingInstance: by, source: {} } }
  }

  // upstream: EventAggregator.EventAggregate
  const before = recorder.similar.get(base)
  const messages = before && now - before.last <= INTERVAL ? before.messages : []
  const grown = messages.includes(message) ? messages : [...messages, message]
  const together = grown.length >= SIMILAR
  remember(recorder.similar, base, { messages: together ? grown.slice(0, SIMILAR - 1) : grown, last: now })
  const text = together ? `(combined from similar events): ${message}` : message
  const key = together ? base : `${base}\n${message}`

  // upstream: eventLogger.eventObserve
  const known = recorder.told.get(key)
  const total = (known?.count ?? 0) + 1
  const metadata = { name: known?.name ?? eventName(name, now, count), namespace: where }
  remember(recorder.told, key, known ? { ...known, count: total } : { name: metadata.name, namespace: where, count: 1, first: now })
  if (!spare(recorder, [by, host ?? '', about.kind, namespace, name, uid].join('\n'), now))
    return undefined
  if (known)
    return { isNew: false, event: { metadata, count: total, lastTimestamp: at, message: text } }
  return { isNew: true, event: { metadata, involvedObject, type, reason, message: text, count: 1, firstTimestamp: at, lastTimestamp: at, source: { component: by, ...(host && { host }) }, reportingComponent: by, reportingInstance: host ?? '' } }
}
