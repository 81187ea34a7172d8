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
/** The component that uses the newer events, which count in a series. */
const NEWER = 'default-scheduler'
/** How long a series is counted before it is written again (ms). upstream: refreshTime */
const REFRESH = 1_800_000

/** One message ('' for those told together): the event's name, how often, since when, and when the series was last written (virtual ms). */
interface Told { readonly message: string, readonly name: string, readonly count: number, readonly first: number, readonly written: number }

/** What was told of an object for one reason: the distinct messages of late, and each by itself. Lists, since what is named by messages has a shape of its own for each. */
interface Reason { readonly type: string, readonly reason: string, readonly part: string, readonly messages: readonly string[], readonly last: number, readonly told: readonly Told[] }

/** What a component remembers of an object: what it may still tell at once, what it told by reason, and how it named the object last. */
interface Memory { readonly tokens: number, readonly last: number, readonly reasons: readonly Reason[], readonly reference: Reference | undefined }

type Reference = Event['involvedObject']

/** How an event names what it is about; events one after the other name it by the same frozen object. upstream: reference.GetReference */
function referenceTo({ kind, apiVersion = 'v1', metadata: { name, namespace, uid, resourceVersion } }: About, fieldPath: string | undefined, last: Reference | undefined): Reference {
  if (last && last.uid === uid && last.resourceVersion === resourceVersion && last.fieldPath === fieldPath && last.name === name && last.namespace === namespace && last.kind === kind && last.apiVersion === apiVersion)
    return last
  const out: { -readonly [K in keyof Reference]: Reference[K] } = { kind }
  if (namespace)
    out.namespace = namespace
  out.name = name
  if (uid)
    out.uid = uid
  out.apiVersion = apiVersion
  if (resourceVersion)
    out.resourceVersion = resourceVersion
  if (fieldPath)
    out.fieldPath = fieldPath
  return Object.freeze(out)
}

/** By object; each entry is replaced and never changed. */
export type Recorder = Map<string, Memory>

const NONE: readonly never[] = []

/** A list with one of its entries exchanged, or with one more. */
const exchange = <T>(list: readonly T[], old: T | undefined, next: T): readonly T[] => old === undefined ? [...list, next] : list.map(each => each === old ? next : each)

/** A recorder's key: of a component, and of the node where it is one of many. */
export function recorderOf(recorders: Map<string, Map<string, Recorder>>, by: string, host = ''): Recorder {
  let hosts = recorders.get(by)
  if (!hosts)
    recorders.set(by, hosts = new Map())
  let recorder = hosts.get(host)
  if (!recorder)
    hosts.set(host, recorder = new Map())
  return recorder
}

let hexOf = Number.NaN
let hexText = ''

/** The names of events follow the time and a count, in hexadecimal as upstream. Joined, which makes one string of its parts: there are very many. */
function eventName(name: string, now: number, count: number): string {
  if (now !== hexOf) {
    hexOf = now
    hexText = (0x18_0000_0000 + now).toString(16)
  }
  return [name, '.', hexText, (count & 0xFFFFFF).toString(16).padStart(6, '0')].join('')
}

type Draft = { -readonly [K in keyof Event]?: K extends 'metadata' ? { name: string, namespace: string } : Event[K] }

/** A new event, whose metadata are to be filled in, or what changes of one that is known. */
export interface Written { readonly isNew: boolean, readonly event: Draft & { metadata: { name: string, namespace: string } } }

/** What a component tells becomes a new event, one more of a known one, or nothing. @param now virtual ms. upstream: EventCorrelator.EventCorrelate */
export function correlate(recorder: Recorder, about: About, type: string, reason: string, message: string, by: string, now: number, count: number, options: EventOptions): Written | undefined {
  const { name, namespace = '', uid = '' } = about.metadata
  const { host, fieldPath, action = 'Scheduling' } = options
  const subject = uid || `${about.kind} ${namespace} ${name}`
  const known = recorder.get(subject)
  const reasons = known?.reasons ?? NONE
  const part = fieldPath ?? action
  const before = reasons.find(each => each.reason === reason && each.part === part && each.type === type)
  const newer = by === NEWER

  // upstream: EventAggregator.EventAggregate
  const recent = before && now - before.last <= INTERVAL ? before.messages : NONE
  const messages = newer || recent.includes(message) ? recent : [...recent, message]
  const together = messages.length >= SIMILAR
  const key = together || newer ? '' : message
  const told = before?.told.find(each => each.message === key)

  // upstream: EventSourceObjectSpamFilter
  const tokens = known ? Math.min(BURST, known.tokens + (now - known.last) / REFILL) : BURST
  const may = newer || tokens >= 1

  // a series is written when it begins, and then only now and then. upstream: eventBroadcasterImpl.recordToSink
  const fresh = !told || (newer && now - told.first >= REFRESH * 2)
  const write = fresh || !newer || told.count === 1 || now - told.written >= REFRESH
  const next: Told = fresh
    ? { message: key, name: eventName(name, now, count), count: 1, first: now, written: now }
    : { message: key, name: told.name, count: told.count + 1, first: told.first, written: write ? now : told.written }

  const reference = may && fresh ? referenceTo(about, fieldPath, known?.reference) : known?.reference

  // the order is that of the last event
  if (known)
    recorder.delete(subject)
  recorder.set(subject, Object.freeze({
    tokens: may && !newer ? tokens - 1 : tokens,
    last: now,
    reasons: exchange(reasons, before, { type, reason, part, messages: together ? messages.slice(0, SIMILAR - 1) : messages, last: now, told: exchange(before?.told ?? NONE, told, next) }),
    reference,
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
  return {
    isNew: true,
    event: newer
      ? { apiVersion: 'v1', kind: 'Event', involvedObject: reference!, type, reason, message: text, reportingComponent: by, action, eventTime: microStamp(now), reportingInstance: by, source: {}, metadata }
      : { apiVersion: 'v1', kind: 'Event', involvedObject: reference!, type, reason, message: text, reportingComponent: by, count: 1, firstTimestamp: at, lastTimestamp: at, reportingInstance: host ?? '', source: host ? { component: by, host } : { component: by }, metadata },
  }
}
