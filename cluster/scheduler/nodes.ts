// What the scheduler knows of nodes and of the Pods on them: numbers in one array, so that a Pod can be held against hundreds of nodes. upstream: backend/cache, framework.NodeInfo
import { selectorMatches } from '../api/labels.ts'
import type { Selector } from '../api/labels.ts'
import type { Node } from '../api/objects.ts'
import { same } from '../api/objects.ts'
import type { PodInfo } from './pod.ts'
import { amount } from './requests.ts'

/** Places in a node's row of numbers: millicores, bytes, bytes, Pods that it can take and that are taken, and what scores count as taken. */
export const CPU = 0
export const MEMORY = 1
export const STORAGE = 2
export const PODS = 3
/** From what can be taken to what is taken. */
export const USED = 4
export const SCORED = 8
export const FLAGS = 10
/** counts the changes of the row */
export const VERSION = 11
export const ROW = 12

/** Flags of a node, so that what most nodes lack costs nothing. */
export const UNSCHEDULABLE = 1
export const TAINTED = 2
export const DISCOURAGED = 4

/** Pods of one namespace and the same labels: how many stand on each node, by slot (as many as were needed so far), and in all. Terminating ones do not count. */
interface Alike { namespace: string, labels: Readonly<Record<string, string>>, nodes: Int32Array, all: number }

/** Plain data: a part of the scheduler's memory. A node keeps its slot as long as it is there. */
export interface Nodes {
  nodes: (Node | undefined)[]
  numbers: Float64Array
  slots: Map<string, number>
  free: number[]
  /** another object after every change of a node: what follows from all nodes is kept by it */
  mark: object
  /** by `namespace/name` of the Pod; frozen */
  pods: Map<string, PodInfo>
  alike: Map<string, Alike>
  /** another object after a kind of Pods has come or gone */
  kinds: object
  /** other resources that can be taken and are taken, by slot; host ports taken, by slot */
  others: Map<number, Record<string, { can: number, used: number }>>
  ports: Map<number, string[]>
}

export const ZONE = 'topology.kubernetes.io/zone'
export const HOSTNAME = 'kubernetes.io/hostname'

export function emptyNodes(): Nodes {
  return { nodes: [], numbers: new Float64Array(16 * ROW), slots: new Map(), free: [], mark: Object.freeze([]), pods: new Map(), alike: new Map(), kinds: Object.freeze([]), others: new Map(), ports: new Map() }
}

const zoneOf = (node: Node) => node.metadata.labels?.[ZONE] ?? ''

/** What follows from all nodes together. */
export interface Overview {
  /** slots in the order in which they are examined: zones in turn, in each the nodes as they came */
  readonly order: readonly number[]
  /** whether any node keeps Pods away, or discourages them */
  readonly repelling: boolean
  readonly discouraged: boolean
}
const overviews = new WeakMap<object, Overview>()

/** upstream: nodeTree.list */
export function overview({ mark, slots, nodes, numbers }: Nodes): Overview {
  let found = overviews.get(mark)
  if (found)
    return found
  const zones = new Map<string, number[]>()
  const all = [...slots.values()]
  for (const slot of all) {
    const zone = zoneOf(nodes[slot]!)
    const list = zones.get(zone)
    if (list)
      list.push(slot)
    else
      zones.set(zone, [slot])
  }
  const lists = [...zones.values()]
  const order: number[] = []
  for (let i = 0; order.length < all.length; i++) {
    for (const list of lists) {
      if (i < list.length)
        order.push(list[i]!)
    }
  }
  const flagged = (bits: number) => all.some(slot => numbers[slot * ROW + FLAGS]! & bits)
  overviews.set(mark, found = { order, repelling: flagged(TAINTED | UNSCHEDULABLE), discouraged: flagged(DISCOURAGED) })
  return found
}

/** The slots of all nodes, in the order in which they are examined. */
export const examined = (nodes: Nodes) => overview(nodes).order

/** Adds, or with -1 takes away, what a Pod takes of a node. */
function count(state: Nodes, slot: number, pod: PodInfo, sign: 1 | -1): void {
  const { numbers } = state
  const row = slot * ROW + USED
  numbers[row + CPU]! += sign * pod.cpu
  numbers[row + MEMORY]! += sign * pod.memory
  numbers[row + STORAGE]! += sign * pod.storage
  numbers[row + PODS]! += sign
  numbers[slot * ROW + VERSION]! += 1
  numbers[slot * ROW + SCORED]! += sign * (pod.score.cpu ?? 0)
  numbers[slot * ROW + SCORED + 1]! += sign * (pod.score.memory ?? 0)
  for (const [resource, asked] of pod.others) {
    const others = state.others.get(slot) ?? {}
    state.others.set(slot, others)
    const entry = others[resource] ??= { can: 0, used: 0 }
    entry.used += sign * asked
  }
  if (pod.ports.length) {
    const ports = state.ports.get(slot) ?? []
    state.ports.set(slot, sign > 0 ? [...ports, ...pod.ports] : pod.ports.reduce((left, port) => left.toSpliced(left.indexOf(port), 1), ports))
  }
  if (!pod.terminating)
    stand(state, slot, pod, sign)
}

/** One Pod more, or with -1 one less, of its kind on a node. */
function stand(state: Nodes, slot: number, { kind, namespace, labels }: PodInfo, sign: 1 | -1): void {
  let alike = state.alike.get(kind)
  if (!alike) {
    state.alike.set(kind, alike = { namespace, labels, nodes: new Int32Array(state.nodes.length), all: 0 })
    state.kinds = Object.freeze([])
  }
  if (slot >= alike.nodes.length) {
    const more = new Int32Array(state.nodes.length)
    more.set(alike.nodes)
    alike.nodes = more
  }
  alike.nodes[slot]! += sign
  alike.all += sign
  if (!alike.all) {
    state.alike.delete(kind)
    state.kinds = Object.freeze([])
  }
}

/** Takes in a node as it now is; says what has changed for a Pod that waits. */
export function setNode(state: Nodes, node: Node): boolean {
  const { name, labels } = node.metadata
  let slot = state.slots.get(name)
  const old = slot === undefined ? undefined : state.nodes[slot]
  if (old && same(old.spec, node.spec) && same(old.metadata.labels, labels) && same(old.status.allocatable, node.status.allocatable)) {
    state.nodes[slot!] = node
    return false
  }
  if (slot === undefined) {
    slot = state.free.pop() ?? state.nodes.length
    state.slots.set(name, slot)
    if ((slot + 1) * ROW > state.numbers.length) {
      const more = new Float64Array(state.numbers.length * 2)
      more.set(state.numbers)
      state.numbers = more
    }
  }
  state.nodes[slot] = node
  const row = slot * ROW
  const { cpu = '0', memory = '0', 'ephemeral-storage': storage = '0', pods = '0', ...others } = node.status.allocatable ?? {}
  state.numbers[row + VERSION]! += 1
  state.numbers.set([amount('cpu', cpu), amount('memory', memory), amount('', storage), amount('', pods)], row)
  const taints = node.spec.taints ?? []
  state.numbers[row + FLAGS] = (node.spec.unschedulable ? UNSCHEDULABLE : 0) | (taints.some(taint => taint.effect !== 'PreferNoSchedule') ? TAINTED : 0) | (taints.some(taint => taint.effect === 'PreferNoSchedule') ? DISCOURAGED : 0)
  const known = state.others.get(slot) ?? {}
  for (const resource in known)
    known[resource]!.can = 0
  for (const resource in others) {
    const entry = known[resource] ??= { can: 0, used: 0 }
    entry.can = amount(resource, others[resource]!)
    state.others.set(slot, known)
  }
  if (!old) {
    for (const pod of state.pods.values()) {
      if (pod.nodeName === name)
        count(state, slot, pod, 1)
    }
  }
  state.mark = Object.freeze([])
  return true
}

/** Forgets a node; Pods bound to it are counted again when it comes back. */
export function dropNode(state: Nodes, name: string): void {
  const slot = state.slots.get(name)
  if (slot === undefined)
    return
  for (const pod of state.pods.values()) {
    if (pod.nodeName === name)
      count(state, slot, pod, -1)
  }
  state.slots.delete(name)
  state.nodes[slot] = undefined
  state.numbers.fill(0, slot * ROW, slot * ROW + VERSION)
  state.others.delete(slot)
  state.ports.delete(slot)
  state.free.push(slot)
  state.mark = Object.freeze([])
}

/** Takes in a Pod that is bound to a node, in place of what was known of it. */
export function setPod(state: Nodes, key: string, pod: PodInfo): void {
  dropPod(state, key)
  state.pods.set(key, Object.freeze(pod))
  const slot = state.slots.get(pod.nodeName ?? '')
  if (slot !== undefined)
    count(state, slot, pod, 1)
}

/** Forgets a Pod; says whether it was known. */
export function dropPod(state: Nodes, key: string): boolean {
  const pod = state.pods.get(key)
  if (!pod)
    return false
  state.pods.delete(key)
  const slot = state.slots.get(pod.nodeName ?? '')
  if (slot !== undefined)
    count(state, slot, pod, -1)
  return true
}

/** The kinds of Pods that a selector matches in a namespace, as long as the kinds are the same. */
const matching = new WeakMap<object, WeakMap<Selector, Map<string, readonly string[]>>>()

function kindsOf(state: Nodes, namespace: string, selector: Selector): readonly string[] {
  let selectors = matching.get(state.kinds)
  if (!selectors)
    matching.set(state.kinds, selectors = new WeakMap())
  let namespaces = selectors.get(selector)
  if (!namespaces)
    selectors.set(selector, namespaces = new Map())
  let found = namespaces.get(namespace)
  if (!found) {
    const all = [...state.alike].filter(([, alike]) => alike.namespace === namespace && selectorMatches(selector, alike.labels))
    namespaces.set(namespace, found = all.map(([kind]) => kind))
  }
  return found
}

/** How many Pods of a namespace stand on each node that a selector matches, by slot: a list for every kind of labels, which may end before the last slot. An empty selector counts nobody. upstream: countPodsMatchSelector */
export function standing(state: Nodes, namespace: string, selector: Selector | undefined): readonly Int32Array[] {
  return selector?.length ? kindsOf(state, namespace, selector).map(kind => state.alike.get(kind)!.nodes) : []
}

/** How many of these stand on each node, by slot; to be read only, and good until the next call or change. */
export function countsOn(state: Nodes, lists: readonly Int32Array[]): Int32Array {
  const slots = state.nodes.length
  if (lists.length === 1 && lists[0]!.length >= slots)
    return lists[0]!
  if (counted.length < slots)
    counted = new Int32Array(slots * 2)
  counted.fill(0)
  for (const list of lists) {
    for (let slot = 0; slot < list.length; slot++)
      counted[slot]! += list[slot]!
  }
  return counted
}
let counted = new Int32Array(64)
