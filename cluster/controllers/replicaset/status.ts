// What a ReplicaSet reports of its Pods. upstream: replicaset.calculateStatus
import type { ReplicaSetCondition } from 'kubernetes-types/apps/v1'
import { stamp } from '../../timeline/clock.ts'
import type { Pod, ReplicaSet, ReplicaSetStatus } from '../../api/objects.ts'
import { untilAvailable } from '../pods.ts'
import { LABELED, READY, countMarked, lookAt } from './look.ts'

/**
 * The new status.
 * @param active the Pods that count
 * @param terminating how many of its Pods are asked to end
 * @param failure what went wrong when Pods were made or deleted
 * @param now virtual ms
 */
export function replicaSetStatus({ metadata, spec, status }: ReplicaSet, active: readonly Pod[], terminating: number, failure: string | undefined, now: number): ReplicaSetStatus {
  const marks = lookAt(spec, active)
  const ready = countMarked(marks, READY)
  const minReady = spec.minReadySeconds ?? 0
  const available = minReady ? active.filter(pod => untilAvailable(pod, minReady, now) === 0).length : ready
  return {
    replicas: active.length,
    fullyLabeledReplicas: countMarked(marks, LABELED) || undefined,
    readyReplicas: ready || undefined,
    availableReplicas: available || undefined,
    terminatingReplicas: terminating,
    observedGeneration: metadata.generation,
    conditions: conditions(status.conditions, active.length - spec.replicas, failure, now),
  }
}

function conditions(old: ReplicaSetCondition[] = [], over: number, failure: string | undefined, now: number): ReplicaSetCondition[] | undefined {
  const failed = old.some(each => each.type === 'ReplicaFailure')
  if ((failure === undefined) === !failed)
    return old.length ? old : undefined
  const others = old.filter(each => each.type !== 'ReplicaFailure')
  if (failure !== undefined)
    others.push({ type: 'ReplicaFailure', status: 'True', lastTransitionTime: stamp(now), reason: over > 0 ? 'FailedDelete' : 'FailedCreate', message: failure })
  return others.length ? others : undefined
}
