// The sizes a rolling update asks for next. upstream: deployment/rolling.go, util.NewRSNewReplicas
import { scaledIntOrPercent } from '../../api/intstr.ts'
import type { Deployment, ReplicaSet } from '../../api/objects.ts'
import { byCreation } from '../owners.ts'
import { maxUnavailable, minAvailable } from './limits.ts'
import { available, wanted } from './sets.ts'

/** A set and the size it is to have. */
export interface Resize { readonly rs: ReplicaSet, readonly to: number }

type Sets = readonly ReplicaSet[]

const resized = (rs: ReplicaSet, replicas: number): ReplicaSet => ({ ...rs, spec: { ...rs.spec, replicas } })

/** How large the new set may be now. upstream: util.NewRSNewReplicas */
export function newSetSize({ spec: { replicas, strategy } }: Deployment, all: Sets, current: number): number {
  if (strategy.type === 'Recreate')
    return replicas
  const most = replicas + scaledIntOrPercent(strategy.rollingUpdate?.maxSurge ?? 0, replicas, true)
  const room = most - wanted(all)
  return room <= 0 ? current : current + Math.min(room, replicas - current)
}

/** upstream: reconcileNewReplicaSet */
export function growNewSet(d: Deployment, all: Sets, rs: ReplicaSet): Resize[] {
  const { replicas } = rs.spec
  const to = replicas > d.spec.replicas ? d.spec.replicas : replicas === d.spec.replicas ? replicas : newSetSize(d, all, replicas)
  return to === replicas ? [] : [{ rs, to }]
}

/** Takes Pods that are not available anyway off the old sets, the oldest first. @param most how many in all. upstream: cleanupUnhealthyReplicas */
export function cleanUnhealthy(old: Sets, most: number): Resize[] {
  const out: Resize[] = []
  for (const rs of [...old].sort(byCreation)) {
    const unhealthy = Math.min(most, rs.spec.replicas - (rs.status.availableReplicas ?? 0))
    if (most > 0 && rs.spec.replicas > 0 && unhealthy > 0) {
      out.push({ rs, to: rs.spec.replicas - unhealthy })
      most -= unhealthy
    }
  }
  return out
}

/** Takes available Pods off the old sets, as far as enough stay. upstream: scaleDownOldReplicaSetsForRollingUpdate */
export function shrinkOldSets(d: Deployment, all: Sets, old: Sets): Resize[] {
  let spare = available(all) - (d.spec.replicas - maxUnavailable(d))
  const out: Resize[] = []
  for (const rs of [...old].sort(byCreation)) {
    const count = Math.min(rs.spec.replicas, spare)
    if (count > 0) {
      out.push({ rs, to: rs.spec.replicas - count })
      spare -= count
    }
  }
  return out
}

/** What becomes of the old sets, one change after the other. upstream: reconcileOldReplicaSets */
export function reconcileOldSets(d: Deployment, all: Sets, old: Sets, rs: ReplicaSet): Resize[] {
  if (!wanted(old))
    return []
  const most = wanted(all) - minAvailable(d) - (rs.spec.replicas - (rs.status.availableReplicas ?? 0))
  if (most <= 0)
    return []
  const cleaned = cleanUnhealthy(old, most)
  const left = old.map((each) => {
    const change = cleaned.find(one => one.rs === each)
    return change ? resized(each, change.to) : each
  })
  return [...cleaned, ...shrinkOldSets(d, [...left, rs], left)]
}
