// What the scheduler reads of a Pod, once: what it asks for, what it tolerates, where it wants to go.
import type { NodeSelectorTerm, Toleration } from 'kubernetes-types/core/v1'
import { selectorFromSet, usable } from '../api/labels.ts'
import type { Operator, Selector } from '../api/labels.ts'
import type { Pod } from '../api/objects.ts'
import { UNASKED, podRequests } from './requests.ts'
import type { Amounts } from './requests.ts'
import { spreadConstraints } from './spread.ts'
import type { Spread } from './spread.ts'

/** A term of node affinity, read: all requirements on labels and on the name must hold; undefined matches no node. */
export type Term = { readonly labels: Selector, readonly names: Selector } | undefined

export interface PodInfo {
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** names of its labels and values, and its namespace: what Pods are counted by */
  readonly kind: string
  /** millicores */
  readonly cpu: number
  /** bytes */
  readonly memory: number
  readonly storage: number
  /** other resources, as asked for */
  readonly others: readonly (readonly [resource: string, amount: number])[]
  /** as counted in scores, where a container that asks for nothing counts for something */
  readonly score: Readonly<Amounts>
  readonly asked: Readonly<Amounts>
  readonly ports: readonly string[]
  readonly tolerations: readonly Toleration[]
  readonly nodeName?: string
  readonly selector?: Selector
  /** one of these must match; none given: any node */
  readonly required?: readonly Term[]
  readonly preferred: readonly { readonly weight: number, readonly term: Term }[]
  /** topology spread constraints, hard and soft; the soft ones undefined where the Pod names none at all */
  readonly hard: readonly Spread[]
  readonly soft?: readonly Spread[]
  /** the UID of its controller */
  readonly owner?: string
  readonly terminating: boolean
}

const OPERATORS: Readonly<Record<string, Operator>> = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!', Gt: 'gt', Lt: 'lt' }

/** upstream: nodeaffinity.newNodeSelectorTerm */
function readTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm): Term {
  if (!matchExpressions.length && !matchFields.length)
    return undefined
  const labels = matchExpressions.map(({ key, operator, values = [] }) => ({ key, op: OPERATORS[operator] ?? operator as Operator, values }))
  const names = matchFields.map(({ operator, values = [] }) => ({ key: 'name', op: OPERATORS[operator]!, values }))
  return !labels.every(usable) || matchFields.some(field => field.key !== 'metadata.name' || field.values?.length !== 1) ? undefined : { labels, names }
}

/** The ports that a Pod takes of its node's address: `TCP 80 0.0.0.0`. */
function hostPorts({ containers, initContainers = [] }: Pod['spec']): string[] {
  return [...containers, ...initContainers.filter(each => each.restartPolicy === 'Always')].flatMap(container => (container.ports ?? [])
    .filter(port => port.hostPort)
    .map(port => `${port.protocol ?? 'TCP'} ${port.hostPort} ${port.hostIP ?? '0.0.0.0'}`))
}

type OfSpec = Omit<PodInfo, 'namespace' | 'name' | 'labels' | 'kind' | 'hard' | 'soft' | 'owner' | 'terminating'>

/** What was read of specifications: a template's Pods share one until they are bound. */
const read = new WeakMap<Pod['spec'], OfSpec>()

function readSpec(spec: Pod['spec']): OfSpec {
  const known = read.get(spec)
  if (known)
    return known
  const asked = podRequests(spec)
  const { cpu = 0, memory = 0, 'ephemeral-storage': storage = 0, ...others } = asked
  const affinity = spec.affinity?.nodeAffinity
  const required = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const out: OfSpec = {
    cpu,
    memory,
    storage,
    others: Object.entries(others).filter(([, value]) => value > 0),
    asked,
    score: podRequests(spec, UNASKED),
    ports: hostPorts(spec),
    tolerations: spec.tolerations ?? [],
    nodeName: spec.nodeName || undefined,
    selector: spec.nodeSelector && selectorFromSet(spec.nodeSelector as Record<string, string>),
    required: affinity?.requiredDuringSchedulingIgnoredDuringExecution && (required ?? []).map(readTerm),
    preferred: (affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ weight, preference }) => ({ weight, term: readTerm(preference) })),
  }
  if (Object.isFrozen(spec))
    read.set(spec, out)
  return out
}

/** The words by which Pods of the same labels are counted, by the labels, which a template's Pods share. */
const kinds = new WeakMap<object, { readonly namespace: string, readonly kind: string }>()

function kindOf(namespace: string, labels: Readonly<Record<string, string>>): string {
  const known = kinds.get(labels)
  if (known?.namespace === namespace)
    return known.kind
  const kind = `${namespace} ${Object.keys(labels).sort().map(key => `${key}=${labels[key]}`).join()}`
  if (Object.isFrozen(labels))
    kinds.set(labels, { namespace, kind })
  return kind
}

const NO_SPREAD: readonly Spread[] = Object.freeze([])

/** @throws SyntaxError on a quantity that cannot be read */
export function readPod({ metadata, spec, status }: Pod): PodInfo {
  const labels = metadata.labels ?? {}
  const namespace = metadata.namespace ?? ''
  const constraints = spec.topologySpreadConstraints ?? []
  return {
    ...readSpec(spec),
    namespace,
    name: metadata.name,
    labels,
    kind: kindOf(namespace, labels),
    hard: constraints.length ? spreadConstraints(constraints, labels, 'DoNotSchedule') : NO_SPREAD,
    soft: constraints.length ? spreadConstraints(constraints, labels, 'ScheduleAnyway') : undefined,
    owner: metadata.ownerReferences?.find(each => each.controller)?.uid,
    terminating: !!metadata.deletionTimestamp || status?.phase === 'Succeeded' || status?.phase === 'Failed',
  }
}
