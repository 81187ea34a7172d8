// How the numbers of a rolling update went: a step for every change, for a graph that grows with time.
import type { ObjectOf, WatchEvent } from '../cluster/index.ts'
import { maxSurge, minAvailable } from '../cluster/index.ts'

/** What held from a time on. Pods that are told to end count no longer, as the Deployment's controller counts. */
export interface RolloutStep {
  /** virtual ms of the story; the first may lie before it */
  readonly at: number
  readonly wanted: number
  /** in all, and ready */
  readonly total: number
  readonly ready: number
  /** the corridor: never more in all, never fewer ready */
  readonly most: number
  readonly least: number
  /** by version, from 1: how many Pods */
  readonly sizes: readonly number[]
}

type Pod = ObjectOf<'Pod'>
const controller = (object: ObjectOf<'Pod' | 'ReplicaSet'>) => object.metadata.ownerReferences?.find(each => each.controller)?.uid ?? ''
const isReady = (pod: Pod) => !!pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')

/**
 * The steps of a Deployment and its Pods, read from what was written. Writes at one time make one step.
 * @param begin virtual ms of the cluster at which the story begins: what was before is one step, at 0
 */
export function rolloutSteps(writes: readonly WatchEvent[], begin: number): RolloutStep[] {
  const pods = new Map<string, { version: number, ready: boolean }>()
  const versions = new Map<string, number>()
  const steps: RolloutStep[] = []
  let deployment: ObjectOf<'Deployment'> | undefined

  function now(at: number): RolloutStep {
    const sizes = Array.from({ length: versions.size }).fill(0) as number[]
    let ready = 0
    for (const pod of pods.values()) {
      sizes[pod.version - 1]! += 1
      ready += pod.ready ? 1 : 0
    }
    const wanted = deployment?.spec.replicas ?? 0
    return { at, wanted, total: pods.size, ready, most: wanted + (deployment ? maxSurge(deployment) : 0), least: deployment ? minAvailable(deployment) : 0, sizes }
  }
  function keep(at: number): void {
    const step = now(Math.max(0, at - begin))
    const last = steps.at(-1)
    if (last && JSON.stringify({ ...step, at: 0 }) === JSON.stringify({ ...last, at: 0 }))
      return
    if (last?.at === step.at)
      steps.pop()
    steps.push(step)
  }

  for (const [i, { kind, type, object, at }] of writes.entries()) {
    if (kind === 'Pod') {
      const pod = object as Pod
      const version = versions.get(controller(pod))
      if (version && type !== 'DELETED' && !pod.metadata.deletionTimestamp && pod.status.phase !== 'Failed')
        pods.set(pod.metadata.uid, { version, ready: isReady(pod) })
      else
        pods.delete(pod.metadata.uid)
    }
    else if (kind === 'ReplicaSet' && type === 'ADDED') {
      versions.set(object.metadata.uid, versions.size + 1)
    }
    else if (kind === 'Deployment') {
      deployment = type === 'DELETED' ? undefined : object as ObjectOf<'Deployment'>
    }
    // the last write of a time may be of another kind
    if (writes[i + 1]?.at !== at)
      keep(at)
  }
  return steps
}
