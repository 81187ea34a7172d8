// The node lifecycle controller: who is silent for too long counts as down, and its Pods are told to leave. upstream: pkg/controller/nodelifecycle/node_lifecycle_controller.go
import type { NodeCondition } from 'kubernetes-types/core/v1'
import { same } from '../../api/objects.ts'
import type { Node } from '../../api/objects.ts'
import { parseStamp, stamp } from '../../timeline/clock.ts'
import type { Actor, Context } from '../../timeline/kernel.ts'
import { podCondition } from '../pods.ts'
import { tryAccept, untilToken } from '../workqueue.ts'
import { MONITOR_PERIOD, NOT_READY, UNREACHABLE, conditionTaints, drivingTaint, hasTaint, listen, readyOf, silenced, swapTaints } from './health.ts'
import type { Health } from './health.ts'
import { judgeZones, newZone, zoneOf } from './zones.ts'
import type { Zone } from './zones.ts'

const NAME = 'node-controller'
const LEASES = 'kube-node-lease'
/** How often waiting nodes get their turn, ms. upstream: scheduler.NodeEvictionPeriod */
const EVICTION_PERIOD = 100

interface Memory {
  readonly health: Map<string, Health>
  /** UIDs of known nodes, by name */
  readonly known: Map<string, string>
  readonly zones: Map<string, Zone>
}
type Ctx = Context<Memory>

function writeTaints({ api }: Ctx, node: Node, taints: Node['spec']['taints']): Node {
  const next = taints?.length ? taints : undefined
  return same(next, node.spec.taints) ? node : api.update('Node', { ...node, spec: { ...node.spec, taints: next } }, NAME)
}

/** upstream: markNodeAsReachable */
function letStay(ctx: Ctx, node: Node) {
  ctx.memory.zones.get(zoneOf(node))?.queue.delete(node.metadata.name)
  if (hasTaint(node, UNREACHABLE, 'NoExecute') || hasTaint(node, NOT_READY, 'NoExecute'))
    writeTaints(ctx, node, swapTaints(node, 'NoExecute', [], [UNREACHABLE, NOT_READY], ctx.now))
}

/** Pods of a node that is down are not ready, whatever they said last. upstream: controllerutil.MarkPodsNotReady */
function markPodsNotReady({ api, now }: Ctx, node: string) {
  for (const pod of api.list('Pod', { node })) {
    const ready = podCondition(pod, 'Ready')
    if (!ready || ready.status === 'False')
      continue
    const conditions = pod.status.conditions!.map(each => each === ready ? { ...each, status: 'False', lastTransitionTime: stamp(now) } : each)
    api.updateStatus('Pod', { ...pod, status: { ...pod.status, conditions } }, NAME)
    api.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready', NAME)
  }
}

/** What drives Pods off follows how the node is. upstream: processTaintBaseEviction */
function judge(ctx: Ctx, node: Node, ready: NodeCondition) {
  const wanted = drivingTaint(ready.status)
  if (!wanted)
    return letStay(ctx, node)
  const other = wanted === NOT_READY ? UNREACHABLE : NOT_READY
  if (hasTaint(node, other, 'NoExecute'))
    writeTaints(ctx, node, swapTaints(node, 'NoExecute', [wanted], [other], ctx.now))
  else if (!hasTaint(node, wanted, 'NoExecute'))
    ctx.memory.zones.get(zoneOf(node))!.queue.add(node.metadata.name)
}

/** upstream: monitorNodeHealth */
function monitor(ctx: Ctx) {
  const { api, now, memory: { health, known, zones } } = ctx
  const nodes = api.list('Node')
  const there = new Set<string>()
  const tell = (name: string, uid: string, reason: string, text: string) => api.event({ kind: 'Node', metadata: { name, uid } }, 'Normal', reason, `Node ${name} event: ${text} Node ${name} ${reason === 'RegisteredNode' ? 'in' : 'from'} Controller`, NAME)
  for (const node of nodes) {
    const { name, uid } = node.metadata
    const zone = zoneOf(node)
    there.add(name)
    if (!zones.has(zone))
      zones.set(zone, newZone(now))
    if (!known.has(name)) {
      known.set(name, uid)
      tell(name, uid, 'RegisteredNode', 'Registered')
      letStay(ctx, node)
    }
  }
  for (const [name, uid] of known) {
    if (!there.has(name)) {
      tell(name, uid, 'RemovingNode', 'Removing')
      known.delete(name)
      health.delete(name)
    }
  }
  const counts = new Map<string, { ready: number, notReady: number }>()
  for (const each of nodes) {
    const { name } = each.metadata
    let node = api.get('Node', '', name)!
    const before = readyOf(node)
    const heard = listen(health.get(name), node, api.get('Lease', LEASES, name)?.spec.renewTime, parseStamp(node.metadata.creationTimestamp), now)
    health.set(name, heard)
    const conditions = silenced(node, heard, now)
    if (conditions && !same(conditions, node.status.conditions))
      node = api.updateStatus('Node', { ...node, status: { ...node.status, conditions } }, NAME)
    const ready = readyOf(node)
    if (node.metadata.labels?.['node.kubernetes.io/exclude-disruption'] === undefined) {
      const zone = zoneOf(node)
      const count = counts.get(zone) ?? { ready: 0, notReady: 0 }
      counts.set(zone, count)
      count[ready?.status === 'True' ? 'ready' : 'notReady']++
    }
    if (!ready)
      continue
    judge(ctx, node, ready)
    if (ready.status !== 'True' && before?.status === 'True') {
      api.event(node, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`, NAME)
      markPodsNotReady(ctx, name)
    }
  }
  const { standStill, wakeUp } = judgeZones(zones, counts, now)
  if (standStill)
    nodes.forEach(({ metadata: { name } }) => letStay(ctx, api.get('Node', '', name)!))
  else if (wakeUp)
    health.forEach(each => each.heard = now)
  if ([...zones.values()].some(zone => zone.queue.size))
    ctx.enqueue('evict', EVICTION_PERIOD)
}

/** Nodes whose turn it is get the taint that drives their Pods off. upstream: doNoExecuteTaintingPass */
function evict(ctx: Ctx) {
  const { api, now, memory, enqueue } = ctx
  for (const { queue, limiter } of memory.zones.values()) {
    for (const name of queue) {
      if (!tryAccept(limiter, now)) {
        const wait = untilToken(limiter, now)
        if (wait < Number.POSITIVE_INFINITY)
          enqueue('evict', wait)
        break
      }
      queue.delete(name)
      const node = api.get('Node', '', name)
      const taint = node && drivingTaint(readyOf(node)?.status)
      if (taint)
        writeTaints(ctx, node, swapTaints(node, 'NoExecute', [taint], [taint === NOT_READY ? UNREACHABLE : NOT_READY], now))
    }
  }
}

export const nodeLifecycleController: Actor<Memory> = {
  name: 'node-lifecycle-controller',
  watches: ['Node'],
  start({ enqueue }) {
    enqueue('monitor', MONITOR_PERIOD)
    return { health: new Map(), known: new Map(), zones: new Map() }
  },
  observe({ type, object, old }, { enqueue }) {
    const node = object as Node
    const before = old as Node | undefined
    if (type !== 'DELETED' && !(same(node.spec, before?.spec) && same(node.status.conditions, before?.status.conditions)))
      enqueue(`node ${node.metadata.name}`)
  },
  run(key, ctx) {
    if (key === 'monitor') {
      ctx.enqueue(key, MONITOR_PERIOD)
      monitor(ctx)
    }
    else if (key === 'evict') {
      evict(ctx)
    }
    else {
      const node = ctx.api.get('Node', '', key.slice('node '.length))
      if (node)
        writeTaints(ctx, node, conditionTaints(node, ctx.now))
    }
  },
}
