// A rollout computed by the Deployment controller's own rule, for the figure of the rolling update. Times in seconds.
import type { BoxState } from '../stage/ShipBox.vue'

interface Pod { id: number, version: 1 | 2, node: number, slot: number, created: number, ready: number, deleted: number }

/** The rollout at one time: what a slide draws. */
export interface RolloutView {
  pods: { id: number, version: 1 | 2, node: number, slot: number, state: BoxState }[]
  /** Pods that are not terminating */
  total: number
  /** of these, the ready ones */
  ready: number
  old: number
  fresh: number
}

const slotsPerNode = 6
const nodeCount = 3
/** how long a Pod waits for its node and image, is shutting down, and (in turn) how long each new one takes to be ready */
const pending = 1
const shutdown = 3
const startups = [7, 8, 10, 9, 12, 8, 9, 11, 8, 10]

/** The corridor. upstream: deployment/util.ResolveFenceposts (surge rounds up, unavailable rounds down) */
export function corridor(replicas: number, surgePercent: number, unavailablePercent: number) {
  const surge = Math.ceil(replicas * surgePercent / 100)
  const unavailable = Math.floor(replicas * unavailablePercent / 100)
  return { surge, unavailable, most: replicas + surge, least: replicas - unavailable }
}

/**
 * Plays the rollout in steps of half a second, one sync of the controller each.
 * upstream: deployment/rolling.go (reconcileNewReplicaSet, then reconcileOldReplicaSets)
 * @returns its end in seconds, and the view at any time
 */
export function rollout(replicas: number, surgePercent: number, unavailablePercent: number) {
  const { most, least } = corridor(replicas, surgePercent, unavailablePercent)
  const pods: Pod[] = []
  const there = (p: Pod, t: number) => t >= p.created && t < p.deleted + shutdown
  function add(version: 1 | 2, created: number, ready: number): void {
    const taken = pods.filter(p => there(p, created))
    const node = Array.from({ length: nodeCount }, (_, n) => n)
      .sort((a, b) => taken.filter(p => p.node === a).length - taken.filter(p => p.node === b).length || a - b)[0]!
    const slot = Array.from({ length: slotsPerNode }, (_, s) => s).find(s => !taken.some(p => p.node === node && p.slot === s))
    if (slot === undefined)
      throw new Error('no room on any node')
    pods.push({ id: pods.length, version, node, slot, created, ready, deleted: Number.POSITIVE_INFINITY })
  }
  for (let i = 0; i < replicas; i++)
    add(1, -100, -99)

  function count(t: number) {
    const live = pods.filter(p => t >= p.created && t < p.deleted)
    const ready = live.filter(p => t >= p.ready)
    const fresh = live.filter(p => p.version === 2)
    return { total: live.length, ready: ready.length, old: live.length - fresh.length, fresh: fresh.length, freshUnready: fresh.filter(p => t < p.ready).length }
  }

  let t = 0
  for (; t < 600 && (count(t).ready < replicas || count(t).old > 0); t += 0.5) {
    const now = count(t)
    const up = Math.min(most - now.total, replicas - now.fresh)
    const down = now.total - least - now.freshUnready > 0 ? Math.min(now.ready - least, now.old) : 0
    if (up > 0) {
      for (let i = 0; i < up; i++)
        add(2, t, t + pending + startups[(now.fresh + i) % startups.length]!)
    }
    else if (down > 0) {
      // upstream: replica_set.go (getPodsRankedByRelatedPodsOnSameNode): first from nodes with more of the Deployment's Pods
      const onNode = (node: number) => pods.filter(p => p.node === node && t >= p.created && t < p.deleted).length
      pods.filter(p => p.version === 1 && t < p.deleted).map(pod => ({ pod, rank: onNode(pod.node) }))
        .sort((a, b) => b.rank - a.rank || a.pod.id - b.pod.id)
        .slice(0, down)
        .forEach(({ pod }) => { pod.deleted = t })
    }
  }

  function state(p: Pod, at: number): BoxState {
    return at >= p.deleted ? 'terminating' : at >= p.ready ? 'ready' : at >= p.created + pending ? 'starting' : 'pending'
  }
  return {
    end: t,
    at(time: number): RolloutView {
      const { total, ready, old, fresh } = count(time)
      return { total, ready, old, fresh, pods: pods.filter(p => there(p, time)).map(p => ({ id: p.id, version: p.version, node: p.node, slot: p.slot, state: state(p, time) })) }
    },
  }
}
