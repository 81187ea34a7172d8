// Whether a node can take a Pod: the scheduler's filters, in their order.
import type { Taint, Toleration } from 'kubernetes-types/core/v1'
import { selectorMatches } from '../api/labels.ts'
import type { Node } from '../api/objects.ts'
import { CPU, FLAGS, MEMORY, PODS, ROW, STORAGE, TAINTED, UNSCHEDULABLE, USED, overview } from './nodes.ts'
import type { Nodes } from './nodes.ts'
import type { PodInfo, Term } from './pod.ts'
import { filterSpread, prepareSpread } from './spread.ts'
import type { Skew } from './spread.ts'

/** Why a node cannot take a Pod. What taking Pods away would not help is unresolvable. */
export interface Refusal {
  readonly plugin: string
  readonly code: 'Unschedulable' | 'UnschedulableAndUnresolvable'
  readonly reasons: readonly string[]
}

const never = (plugin: string, reason: string): Refusal => ({ plugin, code: 'UnschedulableAndUnresolvable', reasons: [reason] })

/** upstream: v1.Toleration.ToleratesTaint */
export function tolerates({ effect, key, operator, value }: Toleration, taint: Taint): boolean {
  return (!effect || effect === taint.effect) && (!key || key === taint.key)
    && (operator === 'Exists' || ((operator || 'Equal') === 'Equal' && (value ?? '') === (taint.value ?? '')))
}

/** Whether a taint that keeps Pods away is not tolerated. upstream: v1helper.FindMatchingUntoleratedTaint */
export function untolerated(tolerations: readonly Toleration[], taints: readonly Taint[] | undefined): boolean {
  return !!taints?.some(taint => taint.effect !== 'PreferNoSchedule' && !tolerations.some(each => tolerates(each, taint)))
}

export function termMatches(term: Term, node: Node): boolean {
  return term !== undefined && selectorMatches(term.labels, node.metadata.labels) && (!term.names.length || selectorMatches(term.names, { name: node.metadata.name }))
}

/** upstream: nodeaffinity.RequiredNodeAffinity.Match */
export function affinityMatches({ selector, required }: Pick<PodInfo, 'selector' | 'required'>, node: Node): boolean {
  return (!selector || selectorMatches(selector, node.metadata.labels)) && (!required || required.some(term => termMatches(term, node)))
}

/** Whether a node counts where Pods are spread. upstream: matchNodeInclusionPolicies */
export function eligible(pod: PodInfo, nodes: Nodes, slot: number, affinity: boolean, taints: boolean): boolean {
  const node = nodes.nodes[slot]!
  return (!affinity || affinityMatches(pod, node)) && (!taints || !untolerated(pod.tolerations, node.spec.taints))
}

/** A resource of which a node has too little left. */
export interface Insufficient { readonly resource: string, readonly reason: string, readonly requested: number, readonly used: number, readonly capacity: number, readonly unresolvable?: true }

const COLUMNS: readonly (readonly [resource: string, column: number])[] = [['cpu', CPU], ['memory', MEMORY], ['ephemeral-storage', STORAGE]]

/** All that a node has too little of for a Pod. upstream: noderesources.fitsRequest */
export function insufficient({ cpu, memory, storage, others }: Pick<PodInfo, 'cpu' | 'memory' | 'storage' | 'others'>, nodes: Nodes, slot: number): Insufficient[] {
  const out: Insufficient[] = []
  const row = slot * ROW
  const { numbers } = nodes
  function check(resource: string, requested: number, used: number, capacity: number) {
    if (requested > 0 && requested > capacity - used)
      out.push({ resource, reason: `Insufficient ${resource}`, requested, used, capacity, ...(requested > capacity && { unresolvable: true }) })
  }
  const [pods, most] = [numbers[row + USED + PODS]!, numbers[row + PODS]!]
  if (pods >= most)
    out.push({ resource: 'pods', reason: 'Too many pods', requested: 1, used: pods, capacity: most })
  const asked = [cpu, memory, storage]
  COLUMNS.forEach(([resource, column], i) => check(resource, asked[i]!, numbers[row + USED + column]!, numbers[row + column]!))
  for (const [resource, requested] of others) {
    const { can = 0, used = 0 } = nodes.others.get(slot)?.[resource] ?? {}
    check(resource, requested, used, can)
  }
  return out
}

/** Whether a node has as much left, and may take one Pod more. */
export function hasRoom(numbers: Float64Array, slot: number, cpu: number, memory: number, storage: number): boolean {
  const row = slot * ROW
  return cpu <= numbers[row + CPU]! - numbers[row + USED + CPU]! && memory <= numbers[row + MEMORY]! - numbers[row + USED + MEMORY]!
    && storage <= numbers[row + STORAGE]! - numbers[row + USED + STORAGE]! && numbers[row + USED + PODS]! < numbers[row + PODS]!
}

/** The same refusals come again and again: one object for each. */
const refusals = new Map<string, Refusal>()

function filterFit(pod: PodInfo, nodes: Nodes, slot: number): Refusal | undefined {
  if (!pod.others.length && hasRoom(nodes.numbers, slot, pod.cpu, pod.memory, pod.storage))
    return undefined
  const lacking = insufficient(pod, nodes, slot)
  if (!lacking.length)
    return undefined
  const unresolvable = lacking.some(each => each.unresolvable)
  const key = `${unresolvable} ${lacking.map(each => each.resource).join()}`
  let refusal = refusals.get(key)
  if (!refusal)
    refusals.set(key, refusal = { plugin: 'NodeResourcesFit', code: unresolvable ? 'UnschedulableAndUnresolvable' : 'Unschedulable', reasons: lacking.map(each => each.reason) })
  return refusal
}

const CORDONED = never('NodeUnschedulable', 'node(s) were unschedulable')
const OTHER_NAME = never('NodeName', 'node(s) didn\'t match the requested node name')
const TAINTS = never('TaintToleration', 'node(s) had untolerated taint(s)')
const AFFINITY = never('NodeAffinity', 'node(s) didn\'t match Pod\'s node affinity/selector')
const PORTS: Refusal = { plugin: 'NodePorts', code: 'Unschedulable', reasons: ['node(s) didn\'t have free ports for the requested pod ports'] }
const UNSCHEDULABLE_TAINT: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }

/** Whether a port is free: an address of its own does not clash with others, but with all addresses. upstream: HostPortInfo.CheckConflict */
function clash(a: string, b: string): boolean {
  const [protocol, port, ip] = a.split(' ')
  const [otherProtocol, otherPort, otherIp] = b.split(' ')
  return protocol === otherProtocol && port === otherPort && (ip === otherIp || ip === '0.0.0.0' || otherIp === '0.0.0.0')
}

/** What filters compute once a Pod. */
export interface Cycle {
  readonly skews: readonly Skew[]
  /** those that may refuse this Pod on some node, in their order */
  readonly filters: readonly Filter[]
  /** a node that has room can take it: nothing else is asked */
  readonly plain: boolean
}

type Filter = (pod: PodInfo, nodes: Nodes, slot: number, cycle: Cycle) => Refusal | undefined

const flag = (nodes: Nodes, slot: number, bit: number) => (nodes.numbers[slot * ROW + FLAGS]! & bit) !== 0

/** The filters by plugin, in the scheduler's order. */
export const FILTERS: Readonly<Record<string, Filter>> = {
  NodeUnschedulable: (pod, nodes, slot) => flag(nodes, slot, UNSCHEDULABLE) && !pod.tolerations.some(each => tolerates(each, UNSCHEDULABLE_TAINT)) ? CORDONED : undefined,
  NodeName: (pod, nodes, slot) => pod.nodeName && pod.nodeName !== nodes.nodes[slot]!.metadata.name ? OTHER_NAME : undefined,
  TaintToleration: (pod, nodes, slot) => flag(nodes, slot, TAINTED) && untolerated(pod.tolerations, nodes.nodes[slot]!.spec.taints) ? TAINTS : undefined,
  NodeAffinity: (pod, nodes, slot) => (pod.selector || pod.required) && !affinityMatches(pod, nodes.nodes[slot]!) ? AFFINITY : undefined,
  NodePorts: (pod, nodes, slot) => pod.ports.length && nodes.ports.get(slot)?.some(taken => pod.ports.some(port => clash(port, taken))) ? PORTS : undefined,
  NodeResourcesFit: filterFit,
  PodTopologySpread: (pod, nodes, slot, { skews }) => filterSpread(pod, nodes, slot, skews),
}
const LIST = Object.values(FILTERS)

export function prepareFilters(pod: PodInfo, nodes: Nodes): Cycle {
  const { repelling } = overview(nodes)
  const may = [repelling, pod.nodeName, repelling, pod.selector || pod.required, pod.ports.length, true, pod.hard.length]
  const filters = LIST.filter((_, i) => may[i])
  return { skews: pod.hard.length ? prepareSpread(pod, nodes) : [], filters, plain: filters.length === 1 && !pod.others.length }
}

/** The first refusal of a node; undefined where it can take the Pod. */
export function refuse(pod: PodInfo, nodes: Nodes, slot: number, cycle: Cycle): Refusal | undefined {
  const { filters } = cycle
  for (let i = 0; i < filters.length; i++) {
    const refusal = filters[i]!(pod, nodes, slot, cycle)
    if (refusal)
      return refusal
  }
  return undefined
}

/**
 * The only nodes that a Pod's affinity names, if every term names some; a refusal where terms contradict themselves; undefined where any node may do.
 * upstream: NodeAffinity.PreFilter
 */
export function namedNodes({ required }: Pick<PodInfo, 'required'>): ReadonlySet<string> | Refusal | undefined {
  if (!required?.length)
    return undefined
  const names = new Set<string>()
  for (const term of required) {
    const wanted = term?.names.filter(each => each.op === 'in') ?? []
    if (!wanted.length)
      return undefined
    for (const name of wanted[0]!.values) {
      if (wanted.every(each => each.values.includes(name)))
        names.add(name)
    }
  }
  return names.size ? names : never('NodeAffinity', 'pod affinity terms conflict')
}
