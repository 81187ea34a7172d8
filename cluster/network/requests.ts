// Requests on their way, what became of them, and how many there were.
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
  readonly parent?: number
  /** where it went; absent where it went nowhere */
  readonly node?: string
  readonly pod?: string
  readonly uid?: string
  /** the container's id that works on it */
  readonly container?: string
  /** when its turn came, and when it is over */
  readonly starts: number
  readonly ends: number
  /** absent while it is on its way */
  readonly outcome?: Outcome
}

/** What was over in one second. */
export interface Second {
  /** seconds since the beginning */
  readonly at: number
  /** how many of each outcome */
  readonly counts: Readonly<Partial<Record<Outcome, number>>>
  /** of those answered well: ms added up, and the longest */
  readonly latency: number
  readonly longest: number
}

/** Plain data; requests and seconds are frozen. */
export interface Network {
  /** requests so far */
  requests: number
  /** those on their way, by id */
  flights: Map<number, Request>
  /** those that were over a short while ago, in the order of their ends */
  recent: Request[]
  /** by the name of the traffic */
  traffic: Map<string, { readonly spec: Traffic, next: number }>
  seconds: Map<string, Second[]>
}

/** How long a request is remembered, ms. */
const REMEMBERED = 2000

export function networkOf(world: World): Network {
  return world.network ??= { requests: 0, flights: new Map(), recent: [], traffic: new Map(), seconds: new Map() }
}

/** A request is over. */
export function finish(network: Network, request: Request, outcome: Outcome, ends: number): Request {
  const done: Request = Object.freeze({ ...request, outcome, ends })
  network.flights.delete(request.id)
  const { recent } = network
  recent.push(done)
  if (recent[0]!.ends < ends - 2 * REMEMBERED)
    network.recent = recent.filter(each => each.ends >= ends - REMEMBERED)
  if (request.parent === undefined)
    tally(network, done)
  return done
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
  const known = list[i - 1]?.at === at
  const { counts = {}, latency = 0, longest = 0 } = known ? list[i - 1]! : {} as Partial<Second>
  const took = outcome === 'ok' ? ends - sent : 0
  list.splice(known ? i - 1 : i, known ? 1 : 0, Object.freeze({ at, counts: Object.freeze({ ...counts, [outcome!]: (counts[outcome!] ?? 0) + 1 }), latency: latency + took, longest: Math.max(longest, took) }))
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
