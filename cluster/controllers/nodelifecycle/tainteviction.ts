// The taint eviction controller: Pods leave a node that they do not tolerate, or no longer. upstream: pkg/controller/tainteviction/taint_eviction.go
import type { Taint, Toleration } from 'kubernetes-types/core/v1'
import { same } from '../../api/objects.ts'
import type { Node, Pod } from '../../api/objects.ts'
import { tolerates } from '../../scheduler/filters.ts'
import { stamp } from '../../timeline/clock.ts'
import type { Actor, Context } from '../../timeline/kernel.ts'
import { podCondition } from '../pods.ts'
import { attempt, newRetries } from '../workqueue.ts'
import type { Retries } from '../workqueue.ts'

const NAME = 'taint-eviction-controller'

interface Memory {
  /** since when a Pod's time runs (virtual ms), by key; null where it has been deleted already */
  readonly leaving: Map<string, number | null>
  readonly retries: Retries
}
type Ctx = Context<Memory>

const driving = (node: Node | undefined): Taint[] => node?.spec.taints?.filter(each => each.effect === 'NoExecute') ?? []

/** How long Pods with these tolerations stay under these taints, ms: 0 where one is not tolerated. upstream: GetMatchingTolerations, getMinTolerationTime */
export function timeToLeave(taints: readonly Taint[], tolerations: readonly Toleration[] = []): number {
  let least = Number.POSITIVE_INFINITY
  for (const taint of taints) {
    const used = tolerations.find(each => tolerates(each, taint))
    least = Math.min(least, used ? Math.max(0, used.tolerationSeconds ?? Number.POSITIVE_INFINITY) : 0)
  }
  return least * 1000
}

/** Tells of a Pod by its key. */
function tell({ api }: Ctx, key: string, text: string) {
  const [namespace, name] = key.split('/') as [string, string]
  api.event({ kind: 'Pod', metadata: { namespace, name } }, 'Normal', 'TaintManagerEviction', `${text} Pod ${key}`, NAME)
}

function cancel(ctx: Ctx, key: string) {
  const since = ctx.memory.leaving.get(key)
  ctx.memory.leaving.delete(key)
  ctx.forget(`evict ${key}`)
  if (since !== undefined && since !== null)
    tell(ctx, key, 'Cancelling deletion of')
}

/** upstream: processPodOnNode */
function consider(ctx: Ctx, pod: Pod, taints: readonly Taint[]) {
  const { now, memory: { leaving }, enqueue } = ctx
  const key = `${pod.metadata.namespace}/${pod.metadata.name}`
  const stay = timeToLeave(taints, pod.spec.tolerations)
  if (stay === Number.POSITIVE_INFINITY)
    return cancel(ctx, key)
  // one that is gone stays gone, a time that runs already is not made longer
  if (leaving.get(key) === null || (stay > 0 && leaving.has(key)))
    return
  cancel(ctx, key)
  leaving.set(key, now)
  enqueue(`evict ${key}`, stay)
}

/** upstream: addConditionAndDeletePod */
function evict(ctx: Ctx, key: string) {
  const { api, now, memory } = ctx
  const [namespace, name] = key.split('/') as [string, string]
  const pod = api.get('Pod', namespace, name)
  if (!pod)
    return
  tell(ctx, key, 'Marking for deletion')
  memory.leaving.set(key, null)
  if (podCondition(pod, 'DisruptionTarget')?.status !== 'True') {
    const why = { type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager', message: 'Taint manager: deleting due to NoExecute taint', lastTransitionTime: stamp(now) }
    api.updateStatus('Pod', { ...pod, status: { ...pod.status, conditions: [...pod.status.conditions?.filter(each => each.type !== why.type) ?? [], why] } }, NAME)
  }
  api.delete('Pod', namespace, name, {}, NAME)
}

export const taintEvictionController: Actor<Memory> = {
  name: NAME,
  watches: ['Node', 'Pod'],
  start: () => ({ leaving: new Map(), retries: newRetries() }),
  observe({ kind, type, object, old }, ctx) {
    if (kind === 'Node') {
      if (!same(driving(type === 'DELETED' ? undefined : object as Node), driving(old as Node | undefined)))
        ctx.enqueue(`node ${object.metadata.name}`)
      return
    }
    const { metadata: { namespace, name }, spec: { nodeName, tolerations } } = object as Pod
    const before = (old as Pod | undefined)?.spec
    const known = ctx.memory.leaving.has(`${namespace}/${name}`)
    if (type === 'DELETED' ? known : nodeName && (before?.nodeName !== nodeName || !same(before.tolerations, tolerations)) && (known || driving(ctx.api.get('Node', '', nodeName)).length))
      ctx.enqueue(`pod ${namespace}/${name}`)
  },
  run(key, ctx) {
    const { api } = ctx
    const space = key.indexOf(' ')
    const what = key.slice(0, space)
    const name = key.slice(space + 1)
    if (what === 'node') {
      const taints = driving(api.get('Node', '', name))
      for (const pod of api.list('Pod', { node: name }))
        consider(ctx, pod, taints)
    }
    else if (what === 'evict') {
      attempt(key, ctx.memory.retries, ctx, () => evict(ctx, name))
    }
    else {
      const pod = api.get('Pod', ...name.split('/') as [string, string])
      if (pod)
        consider(ctx, pod, driving(api.get('Node', '', pod.spec.nodeName ?? '')))
      else
        cancel(ctx, name)
    }
  },
}
