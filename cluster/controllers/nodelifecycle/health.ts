// How a node is, judged by its heartbeats, and which taints that asks for. upstream: nodelifecycle/node_lifecycle_controller.go
import type { NodeCondition, Taint } from 'kubernetes-types/core/v1'
import { stamp } from '../../timeline/clock.ts'
import type { Node } from '../../api/objects.ts'

/** How often nodes are looked at, ms. upstream: --node-monitor-period */
export const MONITOR_PERIOD = 5000
/** How long a node may be silent, ms. Fact F16. upstream: --node-monitor-grace-period */
export const GRACE = 50_000
/** How long a new node may be silent, ms. upstream: --node-startup-grace-period */
export const STARTUP_GRACE = 60_000

/** What is remembered of a node. Plain data. */
export interface Health {
  /** when it was last heard of, virtual ms */
  heard: number
  /** of its Ready condition as last seen; '' where it has none */
  heartbeat: string
  /** of its Lease as last seen */
  renewed: string
}

export const readyOf = ({ status }: Node): NodeCondition | undefined => status.conditions?.find(each => each.type === 'Ready')

/** Brings what is remembered up to date. @param renewed the Lease's renewTime @param now virtual ms. upstream: tryUpdateNodeHealth */
export function listen(health: Health | undefined, node: Node, renewed: string | undefined, created: number, now: number): Health {
  const heartbeat = readyOf(node)?.lastHeartbeatTime ?? ''
  const known = health ?? { heard: heartbeat ? now : created, heartbeat, renewed: '' }
  const fresh = known.heartbeat !== heartbeat || (renewed !== undefined && known.renewed < renewed)
  return { heard: fresh ? now : known.heard, heartbeat, renewed: renewed ?? known.renewed }
}

const TYPES = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure']

/** The conditions of a node that nobody has heard of for too long; undefined where it has not been silent so long. upstream: tryUpdateNodeHealth */
export function silenced(node: Node, { heard }: Health, now: number): NodeCondition[] | undefined {
  if (now <= heard + (readyOf(node) ? GRACE : STARTUP_GRACE))
    return undefined
  const { conditions = [] } = node.status
  const lastTransitionTime = stamp(now)
  const known = conditions.map(each => TYPES.includes(each.type) && each.status !== 'Unknown'
    ? { ...each, status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.', lastTransitionTime }
    : each)
  const never = TYPES.filter(type => !conditions.some(each => each.type === type)).map(type =>
    ({ type, status: 'Unknown', reason: 'NodeStatusNeverUpdated', message: 'Kubelet never posted node status.', lastHeartbeatTime: node.metadata.creationTimestamp, lastTransitionTime }))
  return [...known, ...never]
}

const PREFIX = 'node.kubernetes.io/'
export const NOT_READY = `${PREFIX}not-ready`
export const UNREACHABLE = `${PREFIX}unreachable`
const UNSCHEDULABLE = `${PREFIX}unschedulable`

/** The taint that keeps Pods away, by condition and its status. upstream: nodeConditionToTaintKeyStatusMap */
const AWAY: Readonly<Record<string, string>> = {
  'Ready False': NOT_READY,
  'Ready Unknown': UNREACHABLE,
  'MemoryPressure True': `${PREFIX}memory-pressure`,
  'DiskPressure True': `${PREFIX}disk-pressure`,
  'PIDPressure True': `${PREFIX}pid-pressure`,
  'NetworkUnavailable True': `${PREFIX}network-unavailable`,
}
const MANAGED = [...Object.values(AWAY), UNSCHEDULABLE]

/** The taint that drives Pods off a node with this status of Ready. */
export const drivingTaint = (status: string | undefined): string | undefined => status === 'False' ? NOT_READY : status === 'Unknown' ? UNREACHABLE : undefined

export const hasTaint = ({ spec }: Node, key: string, effect: string): boolean => !!spec.taints?.some(each => each.key === key && each.effect === effect)

/**
 * A node's taints with some put in and some taken out; what stays keeps its place.
 * @param now virtual ms. upstream: controllerutil.SwapNodeControllerTaint
 */
export function swapTaints({ spec: { taints = [] } }: Node, effect: 'NoSchedule' | 'NoExecute', add: readonly string[], remove: readonly string[], now: number): Taint[] {
  const kept = taints.filter(each => each.effect !== effect || !remove.includes(each.key))
  const missing = add.filter(key => !kept.some(each => each.effect === effect && each.key === key))
  return [...kept, ...missing.map(key => ({ key, effect, timeAdded: stamp(now) }))]
}

/** The taints of a node as its conditions ask for them. upstream: doNoScheduleTaintingPass */
export function conditionTaints(node: Node, now: number): Taint[] {
  const wanted = [...node.status.conditions?.map(each => AWAY[`${each.type} ${each.status}`]) ?? [], node.spec.unschedulable ? UNSCHEDULABLE : undefined].filter(key => key !== undefined)
  return swapTaints(node, 'NoSchedule', wanted, MANAGED.filter(key => !wanted.includes(key)), now)
}
