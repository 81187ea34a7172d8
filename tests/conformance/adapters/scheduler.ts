// Cases of the scheduler: what its filters refuse and how its scores rank.
import type { Container, NodeSelectorTerm, Taint, Toleration, TopologySpreadConstraint } from 'kubernetes-types/core/v1'
import { FILTERS, insufficient, namedNodes, prepareFilters } from '../../../cluster/scheduler/filters.ts'
import type { Refusal } from '../../../cluster/scheduler/filters.ts'
import { emptyNodes, setNode, setPod } from '../../../cluster/scheduler/nodes.ts'
import type { Nodes } from '../../../cluster/scheduler/nodes.ts'
import { readPod } from '../../../cluster/scheduler/pod.ts'
import type { PodInfo } from '../../../cluster/scheduler/pod.ts'
import { SCORES, balancedAllocation, leastAllocated } from '../../../cluster/scheduler/scores.ts'
import { equal, only, table } from '../run.ts'

type Quantities = Record<string, string>
interface Status { code: string, reason: string }
interface GivenNode { name: string, labels?: Record<string, string>, taints?: Taint[], capacity?: Quantities, unschedulable?: boolean }

const containers = (requests: readonly Quantities[]): Container[] => requests.map((each, i) => ({ name: `c${i}`, image: 'any', resources: { requests: each } }))

function pod(spec: object, metadata: object = {}): PodInfo {
  return readPod({ metadata: { name: 'any', ...metadata }, spec: { containers: [], ...spec }, status: {} } as unknown as Parameters<typeof readPod>[0])
}

const ROOMY: Quantities = { cpu: '1000', memory: '1Ti', pods: '110' }

function nodes(given: readonly GivenNode[], fallback: Quantities = ROOMY): Nodes {
  const out = emptyNodes()
  for (const node of given) {
    const { name, labels, taints, capacity, unschedulable } = only(node, 'name labels taints capacity unschedulable')
    setNode(out, { metadata: { name, labels }, spec: { taints, unschedulable }, status: { allocatable: capacity ?? fallback } } as unknown as Parameters<typeof setNode>[1])
  }
  return out
}

const one = (node: Omit<GivenNode, 'name'>, name = 'any') => nodes([{ name, ...node }])
const status = (refusal: Refusal | undefined): Status | null => refusal ? { code: refusal.code, reason: refusal.reasons.join() } : null
const filter = (plugin: string, info: PodInfo, all: Nodes, node = 'any') => FILTERS[plugin]!(info, all, all.slots.get(node)!, prepareFilters(info, all))

interface Allocation { name: string, pod: Quantities[], nodes: GivenNode[], existing: { node: string, containers: Quantities[] }[], resources: { name: string, weight: number }[], scores: Record<string, number> }

/** Scores of resources; whether they are prepared before or when they are asked for is all the same. */
const allocation = (score: typeof leastAllocated | typeof balancedAllocation) => table<Allocation>('name pod nodes existing resources scores preScore', (given) => {
  const all = nodes(given.nodes, {})
  given.existing.forEach((each, i) => {
    only(each, 'node containers')
    setPod(all, String(i), pod({ nodeName: each.node, containers: containers(each.containers) }))
  })
  const info = pod({ containers: containers(given.pod) })
  equal(Object.fromEntries(given.nodes.map(({ name }) => [name, score(info, all, all.slots.get(name)!, given.resources)])), given.scores)
})

interface Amounts { milliCPU?: number, memory?: number, scalar?: Record<string, number> }
interface Asking { containers: Amounts[], initContainers?: Amounts[], overhead?: Amounts, podLevel?: Amounts }

function quantities(given: Amounts): Quantities {
  const { milliCPU, memory, scalar } = only(given, 'milliCPU memory scalar')
  return {
    ...(milliCPU !== undefined && { cpu: `${milliCPU}m` }),
    ...(memory !== undefined && { memory: String(memory) }),
    ...Object.fromEntries(Object.entries(scalar ?? {}).map(([resource, count]) => [resource, String(count)])),
  }
}

function asking(given: Asking, nodeName?: string): PodInfo {
  only(given, 'containers initContainers overhead podLevel')
  return pod({
    nodeName,
    containers: containers(given.containers.map(quantities)),
    initContainers: containers((given.initContainers ?? []).map(quantities)),
    overhead: given.overhead && quantities(given.overhead),
    resources: given.podLevel && { requests: quantities(given.podLevel) },
  })
}

function full(capacity: Quantities, existing: readonly Asking[]): Nodes {
  const all = one({ capacity })
  existing.forEach((each, i) => setPod(all, String(i), asking(each, 'any')))
  return all
}

interface Fit { name: string, pod: Asking, existing: Asking[], insufficient: { unresolvable?: boolean, reason: string }[] }
interface Affinity { name: string, nodeName: string, labels: Record<string, string>, nodeSelector?: Record<string, string>, affinity?: { required: NodeSelectorTerm[] | null }, status: Status | null, preFilter?: Status }
interface SpreadPod { name: string, namespace?: string, labels?: Record<string, string>, nodeName?: string, topologySpreadConstraints?: TopologySpreadConstraint[], nodeSelector?: Record<string, string>, nodeAffinity?: NodeSelectorTerm['matchExpressions'], tolerations?: Toleration[], deletionTimestamp?: string }
interface SpreadCase { name: string, pod: SpreadPod, nodes: GivenNode[], existing: SpreadPod[], status: Record<string, string> }

const required = (terms: NodeSelectorTerm[] | null | undefined) => terms ? { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } } : undefined

function spreading(given: SpreadPod): PodInfo {
  const { name, namespace, labels, nodeAffinity, deletionTimestamp, topologySpreadConstraints, ...spec } = only(given, 'name namespace labels nodeName topologySpreadConstraints nodeSelector nodeAffinity tolerations deletionTimestamp')
  topologySpreadConstraints?.forEach(each => only(each, 'maxSkew topologyKey whenUnsatisfiable labelSelector minDomains nodeAffinityPolicy nodeTaintsPolicy matchLabelKeys'))
  return pod({ ...spec, topologySpreadConstraints, affinity: required(nodeAffinity && [{ matchExpressions: nodeAffinity }]) }, { name, namespace, labels, deletionTimestamp })
}

const spread = table<SpreadCase>('name pod nodes existing status', (given) => {
  const all = nodes(given.nodes)
  given.existing.forEach((each, i) => setPod(all, String(i), spreading(each)))
  const info = spreading(given.pod)
  equal(Object.fromEntries(Object.keys(given.status).map(name => [name, filter('PodTopologySpread', info, all, name)?.code ?? 'Success'])), given.status)
})

export const tables = {
  leastAllocated: allocation(leastAllocated),
  balancedAllocation: allocation(balancedAllocation),
  taintScore: table<{ tolerations: Toleration[], nodes: Record<string, Taint[]>, scores: Record<string, number> }>('name tolerations nodes scores', ({ tolerations, nodes: taints, scores }) => {
    const names = Object.keys(taints)
    const all = nodes(names.map(name => ({ name, taints: taints[name] })))
    const info = pod({ tolerations })
    prepareFilters(info, all)
    const out = new Float64Array(names.length)
    const said = SCORES.TaintToleration!.score(info, all, Int32Array.from(names, name => all.slots.get(name)!), out, () => [])
    equal(Object.fromEntries(names.map((name, i) => [name, typeof said === 'number' ? said : out[i]])), scores)
  }),
  taintFilter: table<{ tolerations: Toleration[], taints: Taint[], status: Status | null }>('name tolerations taints status', ({ tolerations, taints, status: expected }) => equal(status(filter('TaintToleration', pod({ tolerations }), one({ taints }))), expected)),
  fitFilter: table<Fit>('name pod existing insufficient', (given) => {
    const all = full({ 'cpu': '10m', 'memory': '20', 'pods': '32', 'example.com/aaa': '5', 'ephemeral-storage': '20', 'hugepages-2Mi': '5' }, given.existing)
    const info = asking(given.pod)
    equal(insufficient(info, all, 0), given.insufficient)
    const refusal = filter('NodeResourcesFit', info, all)
    equal(refusal?.reasons ?? [], given.insufficient.map(each => each.reason))
    if (refusal)
      equal(refusal.code, given.insufficient.some(each => each.unresolvable) ? 'UnschedulableAndUnresolvable' : 'Unschedulable')
  }),
  fitPodCount: table<{ pod: Asking, existing: Asking[], reason: string }>('name pod existing reason', ({ pod: given, existing, reason }) => equal(status(filter('NodeResourcesFit', asking(given), full({ cpu: '10m', memory: '20', pods: '1' }, existing))), { code: 'Unschedulable', reason })),
  nodeAffinityFilter: table<Affinity>('name nodeName labels nodeSelector affinity status preFilter', ({ nodeName, labels, nodeSelector, affinity, status: expected, preFilter }) => {
    if (affinity)
      only(affinity, 'required')
    const info = pod({ nodeSelector, affinity: required(affinity?.required) })
    equal(status(filter('NodeAffinity', info, one({ labels }, nodeName), nodeName)), expected)
    const named = namedNodes(info)
    equal(named instanceof Set ? undefined : status(named as Refusal | undefined) ?? undefined, preFilter)
  }),
  spreadFilterSingle: spread,
  spreadFilterMultiple: spread,
  unschedulableFilter: table<{ tolerations: Toleration[], unschedulable: boolean, status: Status | null }>('name tolerations unschedulable status', ({ tolerations, unschedulable, status: expected }) => equal(status(filter('NodeUnschedulable', pod({ tolerations }), one({ unschedulable }))), expected)),
}
