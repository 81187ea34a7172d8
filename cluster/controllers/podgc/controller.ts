// The Pod garbage collector: Pods of nodes that are gone, Pods that ended long ago. upstream: pkg/controller/podgc/gc_controller.go
import { refused } from '../../api/errors.ts'
import type { Pod } from '../../api/objects.ts'
import { stamp } from '../../timeline/clock.ts'
import type { Actor, Context } from '../../timeline/kernel.ts'
import { byCreation } from '../owners.ts'
import { isPodTerminal } from '../pods.ts'

const NAME = 'pod-garbage-collector'
/** upstream: gcCheckPeriod */
const PERIOD = 20_000
/** How long a node must be gone before its Pods go, ms. upstream: quarantineTime */
const QUARANTINE = 40_000
/** How many Pods that ended are kept. upstream: --terminated-pod-gc-threshold */
const THRESHOLD = 12_500

interface Memory {
  /** when the absence of a node was noted, virtual ms */
  readonly missing: Map<string, number>
}
type Ctx = Context<Memory>

/** Ends a Pod for good, saying why where it had not ended. upstream: markFailedAndDeletePodWithCondition */
function end({ api, now }: Ctx, pod: Pod, why?: { reason: string, message: string }) {
  const { namespace, name } = pod.metadata
  try {
    if (!isPodTerminal(pod)) {
      const others = pod.status.conditions?.filter(each => each.type !== 'DisruptionTarget') ?? []
      const conditions = why ? [...others, { type: 'DisruptionTarget', status: 'True', ...why, lastTransitionTime: stamp(now) }] : pod.status.conditions
      api.updateStatus('Pod', { ...pod, status: { ...pod.status, phase: 'Failed', conditions } }, NAME)
    }
    api.delete('Pod', namespace, name, { gracePeriodSeconds: 0 }, NAME)
  }
  catch (error) {
    if (!refused(error))
      throw error
  }
}

/** upstream: gc */
function collect(ctx: Ctx) {
  const { api, now, memory: { missing } } = ctx
  const pods = api.list('Pod')
  const ended = pods.filter(isPodTerminal)
  // those that were driven off go before those that merely ended, the older before the younger. upstream: byEvictionAndCreationTimestamp
  const evicted = ({ status: { reason } }: Pod) => reason === 'Evicted' ? 0 : 1
  if (ended.length > THRESHOLD)
    ended.sort((a, b) => evicted(a) - evicted(b) || byCreation(a, b)).slice(0, ended.length - THRESHOLD).forEach(pod => end(ctx, pod))

  for (const node of missing.keys()) {
    if (api.get('Node', '', node))
      missing.delete(node)
  }
  for (const pod of pods) {
    const { nodeName } = pod.spec
    if (!nodeName) {
      // never bound and asked to end: no kubelet will. upstream: gcUnscheduledTerminating
      if (pod.metadata.deletionTimestamp)
        end(ctx, pod)
    }
    else if (!api.get('Node', '', nodeName)) {
      const since = missing.get(nodeName) ?? now
      missing.set(nodeName, since)
      if (now - since >= QUARANTINE)
        end(ctx, pod, { reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' })
    }
    else if (pod.metadata.deletionTimestamp && outOfService(ctx, nodeName)) {
      end(ctx, pod, { reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' })
    }
  }
  for (const node of missing.keys()) {
    if (!api.list('Pod', { node }).length)
      missing.delete(node)
  }
}

/** A node that is down for good, as somebody has said by a taint. upstream: gcTerminating */
function outOfService({ api }: Ctx, name: string): boolean {
  const node = api.get('Node', '', name)
  return !!node?.spec.taints?.some(each => each.key === 'node.kubernetes.io/out-of-service') && node.status.conditions?.find(each => each.type === 'Ready')?.status !== 'True'
}

export const podGarbageCollector: Actor<Memory> = {
  name: NAME,
  watches: [],
  start({ enqueue }) {
    enqueue('gc', PERIOD)
    return { missing: new Map() }
  },
  observe: () => {},
  run(key, ctx) {
    ctx.enqueue(key, PERIOD)
    collect(ctx)
  },
}
