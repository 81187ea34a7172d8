// Which Pods a ReplicaSet deletes first. upstream: controller.ActivePodsWithRanks, replicaset.getPodsToDelete
import { parseStamp } from '../../timeline/clock.ts'
import type { Pod } from '../../api/objects.ts'
import { isPodActive, podCondition } from '../pods.ts'

/** A Pod, how many active Pods of the same owner share its node, and what is compared of it. */
interface Ranked {
  readonly pod: Pod
  readonly rank: number
  readonly phase: number
  readonly ready: boolean
  readonly cost: number
  /** virtual ms; NaN where unknown */
  readonly readySince: number
  readonly restarts: readonly [containers: number, sidecars: number]
  /** virtual ms; NaN where unknown */
  readonly created: number
}

const PHASES = ['Pending', 'Unknown', 'Running']

/** upstream: helper.GetDeletionCostFromPodAnnotations; 0 where it cannot be read */
function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost']
  const cost = text !== undefined && /^(?:0|-\d+|[1-9]\d*)$/.test(text) ? Number(text) : 0
  return cost >= -0x8000_0000 && cost <= 0x7FFF_FFFF ? cost : 0
}

/** The most restarts of any container, and of any sidecar. upstream: controller.maxContainerRestarts */
function restarts({ spec, status }: Pod): [number, number] {
  const sidecars = new Set(spec.initContainers?.filter(each => (each as { restartPolicy?: string }).restartPolicy === 'Always').map(each => each.name))
  const most = (of: typeof status.containerStatuses) => Math.max(0, ...(of ?? []).map(each => each.restartCount))
  return [most(status.containerStatuses), sidecars.size ? most(status.initContainerStatuses?.filter(each => sidecars.has(each.name))) : 0]
}

function ranked(pod: Pod, rank: number): Ranked {
  const ready = podCondition(pod, 'Ready')
  const isReady = ready?.status === 'True'
  return {
    pod,
    rank,
    phase: PHASES.indexOf(pod.status.phase),
    ready: isReady,
    cost: deletionCost(pod),
    readySince: isReady ? parseStamp(ready.lastTransitionTime) : Number.NaN,
    restarts: restarts(pod),
    created: parseStamp(pod.metadata.creationTimestamp),
  }
}

/** The younger first, an unknown time before all; ages are told apart by powers of two only. upstream: controller.logarithmicRankDiff, afterOrZero */
function younger(a: number, b: number, now: number, one: Pod, other: Pod): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b)))
    return 0
  if (Number.isNaN(a) || Number.isNaN(b))
    return Number.isNaN(a) ? -1 : 1
  // ages in nanoseconds, as upstream takes their logarithm
  const power = (since: number) => now > since ? Math.floor(Math.log2((now - since) * 1e6)) : -1
  return power(a) - power(b) || compare(one.metadata.uid ?? '', other.metadata.uid ?? '')
}

const compare = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0

/** Below 0: a is deleted before b. */
function before(a: Ranked, b: Ranked, now: number): number {
  const assigned = (each: Ranked) => each.pod.spec.nodeName ? 1 : 0
  const first = assigned(a) - assigned(b) || a.phase - b.phase || Number(a.ready) - Number(b.ready) || a.cost - b.cost || b.rank - a.rank
  if (first)
    return first
  if (a.ready && a.readySince !== b.readySince && !(Number.isNaN(a.readySince) && Number.isNaN(b.readySince)))
    return younger(a.readySince, b.readySince, now, a.pod, b.pod)
  return b.restarts[0] - a.restarts[0] || b.restarts[1] - a.restarts[1] || younger(a.created, b.created, now, a.pod, b.pod)
}

/** Below 0: the first Pod is deleted before the second. @param now virtual ms */
export function compareForDeletion(a: Pod, aRank: number, b: Pod, bRank: number, now: number): number {
  return before(ranked(a, aRank), ranked(b, bRank), now)
}

/**
 * The Pods to delete, first to last.
 * @param related the Pods of all ReplicaSets of the same owner: Pods that share a node with many of them go first
 * @param count how many
 * @param now virtual ms
 */
export function podsToDelete(pods: readonly Pod[], related: readonly Pod[], count: number, now: number): Pod[] {
  if (count >= pods.length)
    return [...pods]
  const onNode = new Map<string | undefined, number>()
  for (const pod of related) {
    if (isPodActive(pod))
      onNode.set(pod.spec.nodeName, (onNode.get(pod.spec.nodeName) ?? 0) + 1)
  }
  return pods.map(pod => ranked(pod, onNode.get(pod.spec.nodeName) ?? 0))
    .sort((a, b) => before(a, b, now)).slice(0, count).map(each => each.pod)
}
