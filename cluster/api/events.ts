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

/** What was told in one way: the event's name, how often, since when, and when the series was last written (virtual ms). */
interface Told { readonly name: string, readonly count: number, readonly first: number, readonly written: number }

/** What was told of an object for one reason: the distinct messages of late, and each by itself ('' for those told together). */
interface Reason { readonly messages: readonly string[], readonly last: number, readonly told: Readonly<Record<string, Told>> }

/** What a component remembers of an object: what it may still tell at once, and what it told by reason. */
interface Memory { readonly tokens: number, readonly last: number, readonly reasons: Readonly<Record<string, Reason>> }

/** By object; each entry is replaced and never changed. */
export type Recorder = Map<string, Memory>

export const emptyRecorder = (): Recorder => new Map()

/** The names of events follow the time and a count, in hexadecimal as upstream. */
const eventName = (name: string, now: number, count: number) => `${name}.${(0x18_0000_0000 + now).toString(16)}${(count & 0xFFFFFF).toString(16).padStart(6, '0')}`

export interface Written { readonly event: Omit<Partial<Event>, 'metadata'> & { metadata: { name: string, namespace: string } }, readonly isNew: boolean }

/** What a component tells becomes a new event, one more of a known one, or nothing. @param now virtual ms. upstream: EventCorrelator.EventCorrelate */
export function correlate(recorder: Recorder, about: About, type: string, reason: string, message: string, by: string, now: number, count: number, options: EventOptions): Written | undefined {
  const { name, namespace = '', uid = '', resourceVersion } = about.metadata
  const { host, fieldPath, action = 'Scheduling' } = options
  const subject = uid || `${about.kind} ${namespace} ${name}`
  const known = recorder.get(subject)
  const why = `${type} ${reason} ${fieldPath ?? action}`
  const before = known?.reasons[why]
  const newer = NEWER.includes(by)

  // upstream: EventAggregator.EventAggregate
  const recent = before && now - before.last <= INTERVAL ? before.messages : []
  const messages = newer || recent.includes(message) ? recent : [...recent, message]
  const together = messages.length >= SIMILAR
  const key = together || newer ? '' : message
  const told = before?.told[key]

  // upstream: EventSourceObjectSpamFilter
  const tokens = known ? Math.min(BURST, known.tokens + (now - known.last) / REFILL) : BURST
  const may = newer || tokens >= 1

  // a series is written when it begins, and then only now and then. upstream: eventBroadcasterImpl.recordToSink
  const fresh = !told || (newer && now - told.first >= REFRESH * 2)
  const write = fresh || !newer || told.count === 1 || now - told.written >= REFRESH
  const next: Told = fresh ? { name: eventName(name, now, count), count: 1, first: now, written: now } : { ...told, count: told.count + 1, written: write ? now : told.written }

  recorder.delete(subject)
  recorder.set(subject, Object.freeze({
    tokens: may && !newer ? tokens - 1 : tokens,
    last: now,
    reasons: { ...known?.reasons, [why]: { messages: together ? messages.slice(0, SIMILAR - 1) : messages, last: now, told: { ...before?.told, [key]: next } } },
  }))
  // half at once: the first of a Map is slow to find where many before it are gone
  if (recorder.size > REMEMBERED * 2) {
    for (const old of recorder.keys()) {
      if (recorder.size <= REMEMBERED)
        break
      recorder.delete(old)
    }
  }
  if (!may || !write)
    return undefined

  const metadata = { name: next.name, namespace: namespace || 'default' }
  const at = stamp(now)
  const text = together ? `(combined from similar events): ${message}` : message
  if (!fresh)
    return { isNew: false, event: { metadata, ...(newer ? { series: { count: next.count, lastObservedTime: microStamp(now) } } : { count: next.count, lastTimestamp: at, message: text }) } }
  const involvedObject = {
    kind: about.kind,
    ...(namespace && { namespace }),
    name,
    ...(uid && { uid }),
    apiVersion: about.apiVersion ?? 'v1',
    ...(resourceVersion && { resourceVersion }),
    ...(fieldPath && { fieldPath }),
  }
  const what = { metadata, involvedObject, type, reason, message: text, reportingComponent: by }
  return {
    isNew: true,
    event: newer
      ? { ...what, action, eventTime: microStamp(now), reportingInstance: by, source: {} }
      : { ...what, count: 1, firstTimestamp: at, lastTimestamp: at, reportingInstance: host ?? '', source: { component: by, ...(host && { host }) } },
  }
}
