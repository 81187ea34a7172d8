// Which Pods a ReplicaSet deletes first. upstream: controller.ActivePodsWithRanks, replicaset.getPodsToDelete
import { log2Floor } from '../../api/logarithms.ts'
import { sorted } from '../../api/sorting.ts'
import { parseStamp } from '../../timeline/clock.ts'
import type { Pod } from '../../api/objects.ts'
import { isPodActive, isPodReady, podCondition } from '../pods.ts'

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

/** A Pod and what is compared of it, what counts most first; the smaller goes first. Times are virtual ms, NaN where unknown. */
interface Ranked { readonly pod: Pod, readonly keys: readonly number[] }
/** The places of times among the keys. */
const TIMES = [5, 8]

/** @param rank how many active Pods of the same owner share its node */
function ranked(pod: Pod, rank: number): Ranked {
  const { spec: { nodeName }, status: { phase }, metadata } = pod
  const ready = isPodReady(pod)
  return { pod, keys: [
    nodeName ? 1 : 0,
    PHASES.indexOf(phase),
    ready ? 1 : 0,
    deletionCost(pod),
    -rank,
    ready ? parseStamp(podCondition(pod, 'Ready')!.lastTransitionTime) : Number.NaN,
    ...restarts(pod).map(count => -count),
    parseStamp(metadata.creationTimestamp),
  ] }
}

/** The younger first, an unknown time before all; ages are told apart by powers of two only, and then by UID. upstream: controller.logarithmicRankDiff, afterOrZero */
function younger(a: number, b: number, now: number): number {
  if (Number.isNaN(a) || Number.isNaN(b))
    return Number.isNaN(a) ? -1 : 1
  // ages in nanoseconds, as upstream takes their logarithm
  const power = (since: number) => now > since ? log2Floor((now - since) * 1e6) : -1
  return power(a) - power(b)
}

/** Below 0: a is deleted before b. As upstream's it may run in circles: ages that differ a little are told apart by UID, equal ones by what counts less. */
function before(a: Ranked, b: Ranked, now: number): number {
  for (let i = 0; i < a.keys.length; i++) {
    const x = a.keys[i]!
    const y = b.keys[i]!
    if (x === y || (Number.isNaN(x) && Number.isNaN(y)))
      continue
    if (!TIMES.includes(i))
      return x - y
    return younger(x, y, now) || (a.pod.metadata.uid < b.pod.metadata.uid ? -1 : a.pod.metadata.uid > b.pod.metadata.uid ? 1 : 0)
  }
  return 0
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
  return sorted(pods.map(pod => ranked(pod, onNode.get(pod.spec.nodeName) ?? 0)), (a, b) => before(a, b, now))
    .slice(0, count).map(each => each.pod)
}
