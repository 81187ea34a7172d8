// kube-scheduler: takes Pods without a node one by one, finds the best node for each, and binds it there.
import { fromLabelSelector, selectorFromSet, selectorMatches } from '../api/labels.ts'
import type { Selector } from '../api/labels.ts'
import { same } from '../api/objects.ts'
import type { Node, Pod } from '../api/objects.ts'
import type { Server } from '../api/server.ts'
import { keyOf } from '../api/store.ts'
import type { WatchEvent } from '../api/store.ts'
import { stamp } from '../timeline/clock.ts'
import type { Actor, Context } from '../timeline/kernel.ts'
import { FILTERS, prepareFilters } from './filters.ts'
import { dropNode, dropPod, emptyNodes, setNode, setPod } from './nodes.ts'
import type { Nodes } from './nodes.ts'
import { readPod } from './pod.ts'
import { activate, emptyQueue, flush, forget, move, ready, refused, take } from './queue.ts'
import type { Queue } from './queue.ts'
import { explain, failureMessage, schedule } from './schedule.ts'
import type { Attempt, Explanation } from './schedule.ts'

export const SCHEDULER = 'default-scheduler'

export interface SchedulerMemory {
  nodes: Nodes
  queue: Queue
  /** the place in the nodes' order where the next search begins */
  next: number
}

/** Virtual ms between tries, and between looks at what was left over. */
const STEP = 1
const FLUSH = 30_000
/** One Pod is tried at a time; where many wait, this share of them. */
const SHARE = 0.01

/** What a Pod without constraints of its own is spread by: what its Services and its controller select. upstream: helper.DefaultSelector */
export function defaultSelector(api: Server, { metadata }: Pod): Selector {
  const { namespace, labels, ownerReferences } = metadata
  const services = api.list('Service', { namespace }).map(each => each.spec.selector as Record<string, string> | undefined)
    .filter(set => set && Object.keys(set).length && selectorMatches(selectorFromSet(set), labels))
  const owner = ownerReferences?.find(each => each.controller && each.kind === 'ReplicaSet')
  const own = (owner && fromLabelSelector(api.get('ReplicaSet', namespace, owner.name)?.spec.selector)) ?? []
  return services.length ? [...selectorFromSet(Object.assign({}, ...services) as Record<string, string>), ...own] : own
}

const waits = ({ metadata, spec, status }: Pod) => !spec.nodeName && !metadata.deletionTimestamp && (spec.schedulerName ?? SCHEDULER) === SCHEDULER
  && !spec.schedulingGates?.length && status.phase !== 'Failed' && status.phase !== 'Succeeded'

/** What the scheduler would say of a Pod and every node, now. @throws SyntaxError on a quantity that cannot be read */
export const explainPod = ({ nodes }: SchedulerMemory, api: Server, pod: Pod): Explanation[] => explain({ ...readPod(pod), nodeName: undefined }, nodes, () => defaultSelector(api, pod))

function wake({ memory, enqueue }: Context<SchedulerMemory>) {
  if (ready(memory.queue))
    enqueue('', STEP)
  if (memory.queue.waiting.size)
    enqueue('flush', FLUSH)
}

/** A Pod on a node has come, gone or changed. upstream: the queueing hints of NodeResourcesFit, NodePorts and PodTopologySpread */
function podMoved({ memory, now }: Context<SchedulerMemory>, gone: boolean) {
  move(memory.queue, now, (_, { plugins }) => plugins.has('PodTopologySpread') || (gone && (plugins.has('NodeResourcesFit') || plugins.has('NodePorts'))))
}

/** A node has come or changed: Pods are tried again that a plugin no longer refuses on it. */
function nodeMoved({ memory, now, api }: Context<SchedulerMemory>, node: Node) {
  const { nodes } = memory
  move(memory.queue, now, (key, { plugins }) => {
    const pod = podOf(api, key)
    if (!pod || !plugins.size)
      return true
    const info = readPod(pod)
    const cycle = prepareFilters(info, nodes)
    const slot = nodes.slots.get(node.metadata.name)!
    return [...plugins].some(plugin => !FILTERS[plugin]!(info, nodes, slot, cycle))
  })
}

function podOf(api: Server, key: string): Pod | undefined {
  const slash = key.indexOf('/')
  return api.get('Pod', key.slice(0, slash), key.slice(slash + 1))
}

function observePod({ type, object: pod, old }: WatchEvent<'Pod'>, ctx: Context<SchedulerMemory>) {
  const { nodes, queue } = ctx.memory
  const { metadata, spec, status } = pod
  const key = keyOf(metadata.namespace, metadata.name)
  if (type === 'DELETED' || status.phase === 'Succeeded' || status.phase === 'Failed') {
    forget(queue, key)
    if (dropPod(nodes, key))
      podMoved(ctx, true)
  }
  else if (spec.nodeName) {
    forget(queue, key)
    const known = nodes.pods.get(key)
    if (known?.nodeName === spec.nodeName && known.terminating === !!metadata.deletionTimestamp && same(known.labels, metadata.labels ?? {}))
      return
    setPod(nodes, key, readPod(pod))
    podMoved(ctx, false)
  }
  else if (!waits(pod)) {
    forget(queue, key)
  }
  else if (!old || !waits(old) || old.spec !== pod.spec || !same(old.metadata.labels, metadata.labels)) {
    activate(queue, key)
  }
}

/** upstream: handleSchedulingFailure */
function fail({ memory, api, now }: Context<SchedulerMemory>, key: string, pod: Pod, attempt: Attempt) {
  refused(memory.queue, key, now, attempt.plugins)
  const message = failureMessage(attempt, memory.nodes.slots.size)
  api.event(pod, 'Warning', 'FailedScheduling', message, SCHEDULER, { action: 'Scheduling' })
  const conditions = pod.status.conditions ?? []
  const before = conditions.find(each => each.type === 'PodScheduled')
  const condition = {
    type: 'PodScheduled',
    status: 'False' as const,
    lastProbeTime: before?.lastProbeTime,
    lastTransitionTime: before?.status === 'False' ? before.lastTransitionTime : stamp(now),
    reason: 'Unschedulable',
    message,
    observedGeneration: pod.metadata.generation,
  }
  api.updateStatus('Pod', { ...pod, status: { ...pod.status, conditions: before ? conditions.map(each => each === before ? condition : each) : [...conditions, condition] } }, SCHEDULER)
}

/** upstream: ScheduleOne */
function scheduleOne(ctx: Context<SchedulerMemory>) {
  const { memory, api, random } = ctx
  const { nodes, queue } = memory
  const key = take(queue)
  const pod = key && podOf(api, key)
  if (!key || !pod || !waits(pod))
    return
  const info = readPod(pod)
  const attempt = schedule(info, nodes, { start: memory.next, random, selector: () => defaultSelector(api, pod) })
  memory.next = attempt.next
  if (!attempt.node)
    return fail(ctx, key, pod, attempt)
  const { namespace, name } = pod.metadata
  // bound at once, so what is assumed of it is already so
  api.bind(namespace, name, attempt.node, SCHEDULER)
  forget(queue, key)
  setPod(nodes, key, { ...info, nodeName: attempt.node })
  podMoved(ctx, false)
  api.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to ${attempt.node}`, SCHEDULER, { action: 'Binding' })
}

export const scheduler: Actor<SchedulerMemory> = {
  name: SCHEDULER,
  watches: ['Pod', 'Node'],
  start: () => ({ nodes: emptyNodes(), queue: emptyQueue(), next: 0 }),
  observe(event, ctx) {
    const { memory } = ctx
    if (event.kind === 'Pod') {
      observePod(event as WatchEvent<'Pod'>, ctx)
    }
    else {
      const node = event.object as Node
      if (event.type === 'DELETED')
        dropNode(memory.nodes, node.metadata.name)
      else if (setNode(memory.nodes, node))
        nodeMoved(ctx, node)
    }
    wake(ctx)
  },
  run(key, ctx) {
    if (key === 'flush')
      flush(ctx.memory.queue, ctx.now)
    for (let left = key ? 0 : Math.max(1, Math.ceil(ctx.memory.queue.queued.size * SHARE)); left > 0; left--)
      scheduleOne(ctx)
    wake(ctx)
  },
}
