// Sizes where the Deployment itself was scaled, or is paused. upstream: deployment/sync.go scale, isScalingEvent, util.GetReplicaSetProportion
import type { Deployment, ReplicaSet } from '../../api/objects.ts'
import { byCreation } from '../owners.ts'
import { maxSurge } from './limits.ts'
import type { Resize } from './rolling.ts'
import { active, desiredReplicas, maxReplicas, wanted } from './sets.ts'

type Sets = readonly ReplicaSet[]

/** Go's rounding of halves away from zero. upstream: integer.RoundToInt32 */
const round = (value: number) => Math.trunc(value < 0 ? value - 0.5 : value + 0.5)

/** The one set with Pods, or where none has, the newest; undefined where several have. upstream: util.FindActiveOrLatest */
export function activeOrLatest(current: ReplicaSet | undefined, old: Sets): ReplicaSet | undefined {
  const sorted = [...old].sort((a, b) => byCreation(b, a))
  const live = active(current ? [...sorted, current] : sorted)
  return live.length > 1 ? undefined : live[0] ?? current ?? sorted[0]
}

/** Whether the new set has all its Pods, available. upstream: util.IsSaturated */
export function saturated({ spec: { replicas } }: Deployment, rs: ReplicaSet | undefined): boolean {
  return !!rs && rs.spec.replicas === replicas && desiredReplicas(rs) === replicas && (rs.status.availableReplicas ?? 0) === replicas
}

/** By how much a set grows or shrinks in proportion to the Deployment. upstream: util.getReplicaSetFraction */
export function setFraction(d: Deployment, rs: ReplicaSet): number {
  const { replicas } = rs.spec
  if (!d.spec.replicas)
    return -replicas
  const before = maxReplicas(rs) || d.status.replicas
  return before ? round(replicas * (d.spec.replicas + maxSurge(d)) / before) - replicas : 0
}

/** Whether the Deployment has been scaled since its sets were sized. upstream: isScalingEvent */
export function scalingEvent(d: Deployment, all: Sets): boolean {
  return active(all).some(rs => (desiredReplicas(rs) ?? d.spec.replicas) !== d.spec.replicas)
}

/** The sets to write, with their sizes; one that keeps its size is written for its annotations alone. upstream: DeploymentController.scale */
export function scaleSets(d: Deployment, current: ReplicaSet | undefined, old: Sets): Resize[] {
  const only = activeOrLatest(current, old)
  // also where the size is right already: upstream would leave the annotations of an adopted set, and take it for a scaling event for ever
  if (only)
    return [{ rs: only, to: d.spec.replicas }]
  if (saturated(d, current))
    return active(old).map(rs => ({ rs, to: 0 }))
  return d.spec.strategy.type === 'RollingUpdate' ? proportional(d, active(current ? [...old, current] : old)) : []
}

function proportional(d: Deployment, sets: Sets): Resize[] {
  const toAdd = (d.spec.replicas > 0 ? d.spec.replicas + maxSurge(d) : 0) - wanted(sets)
  // the largest first; among equals the newer grows first, the older shrinks first
  const sorted = [...sets].sort((a, b) => b.spec.replicas - a.spec.replicas || (toAdd > 0 ? byCreation(b, a) : byCreation(a, b)))
  let added = 0
  const sizes = sorted.map((rs) => {
    const left = toAdd - added
    const share = left === 0 ? 0 : toAdd > 0 ? Math.min(setFraction(d, rs), left) : Math.max(setFraction(d, rs), left)
    added += share
    return rs.spec.replicas + share
  })
  // what rounding left over goes to the largest
  return sorted.map((rs, i) => ({ rs, to: i ? sizes[i]! : Math.max(0, sizes[i]! + toAdd - added) }))
}
