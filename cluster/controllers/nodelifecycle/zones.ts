// How fast Pods are driven off nodes that are down: the fewer nodes of a zone are left, the slower. Fact F24. upstream: nodelifecycle/node_lifecycle_controller.go, scheduler/rate_limited_queue.go
import type { Node } from '../../api/objects.ts'
import { tokenBucket, tryAccept } from '../workqueue.ts'
import type { TokenBucket } from '../workqueue.ts'

export type ZoneState = 'Initial' | 'Normal' | 'PartialDisruption' | 'FullDisruption'

/** Nodes a second. upstream: --node-eviction-rate, --secondary-node-eviction-rate */
const RATE = 0.1
const SLOW_RATE = 0.01
/** From this part of a zone down on it counts as partly disrupted. upstream: --unhealthy-zone-threshold */
const THRESHOLD = 0.55
/** Zones up to this size stop altogether. upstream: --large-cluster-size-threshold */
const LARGE = 50

/** A zone's nodes waiting to be tainted, and how fast. Plain data. */
export interface Zone {
  state: ZoneState
  limiter: TokenBucket
  readonly queue: Set<string>
}

export const newZone = (now: number): Zone => ({ state: 'Initial', limiter: tokenBucket(RATE, 1, now), queue: new Set() })

/** Nodes of a region and zone belong together. upstream: nodetopology.GetZoneKey */
export function zoneOf({ metadata: { labels } }: Node): string {
  const region = labels?.['topology.kubernetes.io/region'] ?? ''
  const zone = labels?.['topology.kubernetes.io/zone'] ?? ''
  return region || zone ? `${region}:\0:${zone}` : ''
}

/** @param ready how many are. upstream: ComputeZoneState */
export function zoneState(ready: number, notReady: number): ZoneState {
  if (!ready && notReady)
    return 'FullDisruption'
  return notReady > 2 && notReady / (ready + notReady) >= THRESHOLD ? 'PartialDisruption' : 'Normal'
}

/** Nodes a second that a zone in this state gives up. @param size of the zone. upstream: setLimiterInZone */
export function evictionRate(state: ZoneState, size: number): number {
  return state !== 'PartialDisruption' ? RATE : size > LARGE ? SLOW_RATE : 0
}

/** Another rate for a zone; one that is waiting for its next turn goes on waiting. upstream: RateLimitedTimedQueue.SwapLimiter */
export function swapRate(zone: Zone, qps: number, now: number): void {
  if (zone.limiter.qps === qps)
    return
  const waiting = !tryAccept(zone.limiter, now)
  zone.limiter = tokenBucket(qps, 1, now)
  if (waiting)
    tryAccept(zone.limiter, now)
}

/** What a look at all zones changes. */
export interface Verdict {
  /** every node of every zone is down: nothing is driven off, whoever was to be may stay */
  readonly standStill: boolean
  /** the first node is back after that: all count as just heard of */
  readonly wakeUp: boolean
}

/** Brings zones to the state that their nodes are in. @param counts ready and not ready nodes by zone. upstream: handleDisruption */
export function judgeZones(zones: Map<string, Zone>, counts: ReadonlyMap<string, { ready: number, notReady: number }>, now: number): Verdict {
  const states = new Map<string, ZoneState>()
  for (const [key, { ready, notReady }] of counts) {
    states.set(key, zoneState(ready, notReady))
    if (!zones.has(key))
      zones.set(key, newZone(now))
  }
  for (const key of zones.keys()) {
    if (!counts.has(key))
      zones.delete(key)
  }
  const allDown = [...states.values()].every(state => state === 'FullDisruption')
  const allWereDown = [...zones.values()].every(zone => zone.state === 'FullDisruption')
  if (allDown && allWereDown)
    return { standStill: false, wakeUp: false }
  for (const [key, zone] of zones) {
    const state = states.get(key)!
    const { ready, notReady } = counts.get(key)!
    if (allDown)
      swapRate(zone, 0, now)
    else if (allWereDown || zone.state !== state)
      swapRate(zone, evictionRate(state, ready + notReady), now)
    zone.state = state
  }
  return { standStill: allDown, wakeUp: allWereDown }
}
