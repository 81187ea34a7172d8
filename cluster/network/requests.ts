// Requests on their way, what became of them, and how many there were.
import { push } from '../timeline/queue.ts'
import type { Task } from '../timeline/queue.ts'
import { copiers } from '../timeline/state.ts'
import type { World } from '../timeline/state.ts'
import type { Traffic } from './traffic.ts'

declare module '../timeline/state.ts' {
  interface World { network?: Network }
}

/**
 * What became of a request: answered; answered with an error; nobody listens (or no endpoint is known); no answer in time; the connection broke.
 * `unknown`: there is no such Service.
 */
export type Outcome = 'ok' | 'error' | 'refused' | 'timeout' | 'reset' | 'unknown'

/** Times are virtual ms; need not be whole. */
export interface Request {
  readonly id: number
  /** the traffic, or the Pod that asks */
  readonly from: string
  readonly namespace: string
  readonly service: string
  readonly sent: number
  readonly timeout: number
  /** the request that this one is made for */
  readonly parent: number | undefined
  /** where it went; absent where it went nowhere */
  node?: string
  pod?: string
  uid?: string
  /** on that Pod */
  port?: number
  /** the container's id that works on it */
  container?: string
  /** when its turn came, and when it is over, as far as is known */
  starts: number
  ends: number
  /** when it is looked at next, and whether its program asks another Service then */
  due: number
  asks: boolean
  /** absent while it is on its way */
  outcome?: Outcome
}

/** What was over in one second. Frozen when the second is over. */
export interface Second {
  /** seconds since the beginning */
  readonly at: number
  /** how many of each outcome */
  readonly counts: Partial<Record<Outcome, number>>
  /** of those answered well: ms added up, and the longest */
  latency: number
  longest: number
}

/** Plain data; requests that are over are frozen. */
export interface Network {
  /** requests so far */
  requests: number
  /** those on their way, by id */
  flights: Map<number, Request>
  /** when they are due: a heap, some of it out of date */
  due: Task[]
  /** those that were over a short while ago, in the order in which they were */
  recent: Request[]
  /** by the name of the traffic; `next`: when the next request comes */
  traffic: Map<string, { readonly spec: Traffic, next: number }>
  seconds: Map<string, Second[]>
}

/** How long a request is remembered, ms. */
const REMEMBERED = 2000

export function networkOf(world: World): Network {
  return world.network ??= { requests: 0, flights: new Map(), due: [], recent: [], traffic: new Map(), seconds: new Map() }
}

/** Tasks and requests that are over are never changed: only what is on its way and the last seconds are copied. */
copiers.network = (network, count) => {
  const flights = new Map<number, Request>()
  for (const [id, request] of network.flights)
    flights.set(id, { ...request })
  const traffic: Network['traffic'] = new Map()
  for (const [name, each] of network.traffic)
    traffic.set(name, { ...each })
  const seconds: Network['seconds'] = new Map()
  for (const [name, list] of network.seconds) {
    seconds.set(name, list.map(each => Object.isFrozen(each) ? each : { ...each, counts: { ...each.counts } }))
    count(list.length >> 3)
  }
  count(network.due.length + flights.size * 4)
  return { ...network, flights, due: network.due.slice(), recent: network.recent.slice(), traffic, seconds }
}

/** A request is on its way, and looked at again at a time. */
export function schedule(network: Network, request: Request, due: number, asks = false): void {
  request.due = due
  request.asks = asks
  network.flights.set(request.id, request)
  push(network.due, { due, seq: request.id, actor: '', key: '' })
}

/** A request is over. */
export function finish(network: Network, request: Request, outcome: Outcome, ends: number): void {
  request.outcome = outcome
  request.ends = ends
  network.flights.delete(request.id)
  Object.freeze(request)
  const { recent } = network
  recent.push(request)
  if (recent[0]!.ends < ends - 2 * REMEMBERED)
    network.recent = recent.filter(each => each.ends >= ends - REMEMBERED)
  if (request.parent === undefined)
    tally(network, request)
}

function tally(network: Network, { from, sent, ends, outcome }: Request) {
  let list = network.seconds.get(from)
  if (!list)
    network.seconds.set(from, list = [])
  const at = Math.floor(ends / 1000)
  // almost always the last one
  let i = list.length
  while (i > 0 && list[i - 1]!.at > at)
    i--
  let second = list[i - 1]
  if (second?.at !== at)
    list.splice(i, 0, second = { at, counts: {}, latency: 0, longest: 0 })
  // seconds that lie a while back are shared by copies; one that changes late is made anew
  else if (Object.isFrozen(second))
    list[i - 1] = second = { ...second, counts: { ...second.counts } }
  count(second.counts, outcome!)
  if (outcome === 'ok') {
    second.latency += ends - sent
    second.longest = Math.max(second.longest, ends - sent)
  }
  const settled = list[i - 3]
  if (settled && !Object.isFrozen(settled)) {
    Object.freeze(settled.counts)
    Object.freeze(settled)
  }
}

function count(counts: Partial<Record<Outcome, number>>, outcome: Outcome) {
  counts[outcome] = (counts[outcome] ?? 0) + 1
}

/** All that a traffic has come to so far. */
export function totals(network: Network, traffic: string): Readonly<Record<Outcome, number>> {
  const out = { ok: 0, error: 0, refused: 0, timeout: 0, reset: 0, unknown: 0 }
  for (const { counts } of network.seconds.get(traffic) ?? []) {
    for (const outcome in counts)
      out[outcome as Outcome] += counts[outcome as Outcome]!
  }
  return out
}
