// What a Deployment reports: counts, conditions, and whether it gets on. upstream: deployment/progress.go, sync.go calculateStatus, util/deployment_util.go
import type { DeploymentCondition } from 'kubernetes-types/apps/v1'
import { parseStamp, stamp } from '../../timeline/clock.ts'
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../api/objects.ts'
import { maxUnavailable } from './limits.ts'
import { available, sum, wanted } from './sets.ts'

type Sets = readonly ReplicaSet[]
type Conditions = readonly DeploymentCondition[]

/** A number of seconds or revisions that means: none. */
export const UNLIMITED = 0x7FFF_FFFF

export const conditionOf = (conditions: Conditions | undefined, type: string): DeploymentCondition | undefined => conditions?.find(each => each.type === type)

/** A condition of now. @param now virtual ms */
export function condition(type: string, status: 'True' | 'False' | 'Unknown', reason: string, message: string, now: number): DeploymentCondition {
  return { type, status, reason, message, lastUpdateTime: stamp(now), lastTransitionTime: stamp(now) }
}

const without = (conditions: Conditions, type: string) => conditions.filter(each => each.type !== type)

/** Puts a condition in; one of the same status and reason stays as it is, the time of transition stays while the status does. upstream: util.SetDeploymentCondition */
export function setCondition(conditions: Conditions = [], next: DeploymentCondition): Conditions {
  const old = conditionOf(conditions, next.type)
  if (old?.status === next.status && old.reason === next.reason)
    return conditions
  return [...without(conditions, next.type), old?.status === next.status ? { ...next, lastTransitionTime: old.lastTransitionTime } : next]
}

/** upstream: util.HasProgressDeadline */
export const hasDeadline = ({ spec }: Deployment): boolean => (spec.progressDeadlineSeconds ?? UNLIMITED) !== UNLIMITED

/** The counts, and whether enough is available. @param current the new set. upstream: calculateStatus */
export function deploymentStatus(d: Deployment, all: Sets, current: ReplicaSet | undefined, now: number): DeploymentStatus {
  const ok = available(all)
  const enough = ok >= d.spec.replicas - maxUnavailable(d)
  return {
    observedGeneration: d.metadata.generation,
    replicas: sum(all, rs => rs.status.replicas) || undefined,
    updatedReplicas: current?.status.replicas || undefined,
    readyReplicas: sum(all, rs => rs.status.readyReplicas) || undefined,
    availableReplicas: ok || undefined,
    unavailableReplicas: Math.max(0, wanted(all) - ok) || undefined,
    terminatingReplicas: all.some(rs => rs.status.terminatingReplicas === undefined) ? undefined : sum(all, rs => rs.status.terminatingReplicas),
    collisionCount: d.status.collisionCount,
    conditions: [...setCondition(d.status.conditions, enough
      ? condition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', now)
      : condition('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.', now))],
  }
}

/** upstream: util.DeploymentComplete */
export function isComplete({ spec: { replicas }, metadata: { generation = 0 } }: Deployment, s: DeploymentStatus): boolean {
  return (s.updatedReplicas ?? 0) === replicas && (s.replicas ?? 0) === replicas && (s.availableReplicas ?? 0) === replicas && (s.observedGeneration ?? 0) >= generation
}

/** Whether a status is further on than the one before. upstream: util.DeploymentProgressing */
export function isProgressing(old: DeploymentStatus, s: DeploymentStatus): boolean {
  const n = (value: number | undefined) => value ?? 0
  return n(s.updatedReplicas) > n(old.updatedReplicas)
    || n(s.replicas) - n(s.updatedReplicas) < n(old.replicas) - n(old.updatedReplicas)
    || n(s.readyReplicas) > n(old.readyReplicas)
    || n(s.availableReplicas) > n(old.availableReplicas)
}

/** Whether it has not got on for longer than it may. @param now virtual ms. upstream: util.DeploymentTimedOut */
export function hasTimedOut(d: Deployment, s: DeploymentStatus, now: number): boolean {
  const progress = conditionOf(s.conditions, 'Progressing')
  if (!hasDeadline(d) || !progress || progress.reason === 'NewReplicaSetAvailable')
    return false
  return progress.reason === 'ProgressDeadlineExceeded' || lastProgress(progress) + d.spec.progressDeadlineSeconds * 1000 < now
}

/** Virtual ms; a condition without a time is of very long ago. */
const lastProgress = ({ lastUpdateTime }: DeploymentCondition) => lastUpdateTime ? parseStamp(lastUpdateTime) : Number.NEGATIVE_INFINITY

/** The status while an update runs. upstream: syncRolloutStatus */
export function rolloutStatus(d: Deployment, all: Sets, current: ReplicaSet | undefined, now: number): DeploymentStatus {
  const s = deploymentStatus(d, all, current, now)
  const progress = conditionOf(d.status.conditions, 'Progressing')
  let conditions: Conditions = s.conditions!
  const subject = current ? `ReplicaSet "${current.metadata.name}"` : `Deployment "${d.metadata.name}"`
  if (!hasDeadline(d)) {
    conditions = without(conditions, 'Progressing')
  }
  else if ((s.replicas ?? 0) !== (s.updatedReplicas ?? 0) || progress?.reason !== 'NewReplicaSetAvailable') {
    if (isComplete(d, s)) {
      conditions = setCondition(conditions, condition('Progressing', 'True', 'NewReplicaSetAvailable', `${subject} has successfully progressed.`, now))
    }
    else if (isProgressing(d.status, s)) {
      const next = condition('Progressing', 'True', 'ReplicaSetUpdated', `${subject} is progressing.`, now)
      // written anew even for the same reason: the deadline counts from its time
      conditions = [...without(conditions, 'Progressing'), progress?.status === 'True' ? { ...next, lastTransitionTime: progress.lastTransitionTime } : next]
    }
    else if (hasTimedOut(d, s, now)) {
      conditions = setCondition(conditions, condition('Progressing', 'False', 'ProgressDeadlineExceeded', `${subject} has timed out progressing.`, now))
    }
  }
  const failure = failureOf(all, current)
  conditions = failure ? setCondition(conditions, failure) : without(conditions, 'ReplicaFailure')
  return { ...s, conditions: [...conditions] }
}

/** The new set's failure to make or delete Pods, or else another's. upstream: getReplicaFailures */
function failureOf(all: Sets, current: ReplicaSet | undefined): DeploymentCondition | undefined {
  for (const rs of current ? [current, ...all] : all) {
    const found = rs.status.conditions?.find(each => each.type === 'ReplicaFailure')
    if (found)
      return { ...found, lastUpdateTime: found.lastTransitionTime }
  }
  return undefined
}

/** Milliseconds until the deadline has to be looked at again; undefined where there is nothing to wait for. upstream: requeueStuckDeployment */
export function untilDeadline(d: Deployment, s: DeploymentStatus, now: number): number | undefined {
  const progress = conditionOf(d.status.conditions, 'Progressing')
  if (!hasDeadline(d) || !progress || isComplete(d, s) || progress.reason === 'ProgressDeadlineExceeded')
    return undefined
  const left = lastProgress(progress) + d.spec.progressDeadlineSeconds * 1000 - now
  // a Deployment that was complete before cannot time out
  return left < 0 ? undefined : left < 1000 ? left + 1 : left + 1000
}
