// The kinds of objects, as the API server keeps them: kubernetes-types made strict where the server always fills in, and extended to v1.36.
import type * as apps from 'kubernetes-types/apps/v1'
import type * as autoscaling from 'kubernetes-types/autoscaling/v2'
import type * as coordination from 'kubernetes-types/coordination/v1'
import type * as core from 'kubernetes-types/core/v1'
import type * as discovery from 'kubernetes-types/discovery/v1'
import type { ObjectMeta } from 'kubernetes-types/meta/v1'

export type { ObjectMeta, OwnerReference } from 'kubernetes-types/meta/v1'

/** Metadata of what is in the store. */
export interface Meta extends ObjectMeta {
  name: string
  readonly uid: string
  readonly resourceVersion: string
  readonly creationTimestamp: string
}
export interface NamespacedMeta extends Meta { namespace: string }

type With<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> }

export interface Namespace { apiVersion: 'v1', kind: 'Namespace', metadata: Meta, spec: core.NamespaceSpec, status: core.NamespaceStatus }

export interface NodeStatus extends Omit<core.NodeStatus, 'conditions' | 'capacity' | 'allocatable'> {
  conditions?: core.NodeCondition[]
  /** quantities by resource: cpu, memory, pods, ephemeral-storage */
  capacity?: Record<string, string>
  allocatable?: Record<string, string>
}
export interface Node { apiVersion: 'v1', kind: 'Node', metadata: Meta, spec: core.NodeSpec, status: NodeStatus }

export interface Lease { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: NamespacedMeta, spec: coordination.LeaseSpec }

export interface PodSpec extends Omit<core.PodSpec, 'restartPolicy' | 'terminationGracePeriodSeconds'> {
  restartPolicy: 'Always' | 'OnFailure' | 'Never'
  terminationGracePeriodSeconds: number
}
export interface PodCondition extends core.PodCondition { observedGeneration?: number }
export interface PodStatus extends Omit<core.PodStatus, 'phase' | 'conditions'> {
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
  conditions?: PodCondition[]
  observedGeneration?: number
}
export interface Pod { apiVersion: 'v1', kind: 'Pod', metadata: NamespacedMeta, spec: PodSpec, status: PodStatus }
export interface PodTemplate { metadata?: ObjectMeta, spec: PodSpec }

export interface ReplicaSetSpec extends Omit<apps.ReplicaSetSpec, 'replicas' | 'template'> {
  replicas: number
  template: PodTemplate
}
export interface ReplicaSetStatus extends apps.ReplicaSetStatus { terminatingReplicas?: number }
export interface ReplicaSet { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: NamespacedMeta, spec: ReplicaSetSpec, status: ReplicaSetStatus }

export interface DeploymentStrategy { type: 'RollingUpdate' | 'Recreate', rollingUpdate?: apps.RollingUpdateDeployment }
export interface DeploymentSpec extends Omit<apps.DeploymentSpec, 'replicas' | 'template' | 'strategy' | 'revisionHistoryLimit' | 'progressDeadlineSeconds'> {
  replicas: number
  template: PodTemplate
  strategy: DeploymentStrategy
  revisionHistoryLimit: number
  progressDeadlineSeconds: number
}
export interface DeploymentStatus extends apps.DeploymentStatus { terminatingReplicas?: number }
export interface Deployment { apiVersion: 'apps/v1', kind: 'Deployment', metadata: NamespacedMeta, spec: DeploymentSpec, status: DeploymentStatus }

export interface Service { apiVersion: 'v1', kind: 'Service', metadata: NamespacedMeta, spec: core.ServiceSpec, status: core.ServiceStatus }

export interface EndpointSlice extends Omit<With<discovery.EndpointSlice, 'apiVersion' | 'kind'>, 'metadata'> { metadata: NamespacedMeta }

export interface ScalingRules extends autoscaling.HPAScalingRules {
  /** a quantity; from v1.35 on, the tolerance of this autoscaler alone */
  tolerance?: string
}
export interface HorizontalPodAutoscalerSpec extends Omit<autoscaling.HorizontalPodAutoscalerSpec, 'minReplicas' | 'metrics' | 'behavior'> {
  minReplicas: number
  metrics: autoscaling.MetricSpec[]
  behavior?: { scaleUp?: ScalingRules, scaleDown?: ScalingRules }
}
export interface HorizontalPodAutoscaler {
  apiVersion: 'autoscaling/v2'
  kind: 'HorizontalPodAutoscaler'
  metadata: NamespacedMeta
  spec: HorizontalPodAutoscalerSpec
  /** where no metric has been looked at, the list of them is null: an empty one is never left out */
  status: Partial<Omit<autoscaling.HorizontalPodAutoscalerStatus, 'currentMetrics'>> & { currentMetrics?: autoscaling.MetricStatus[] | null }
}

/** core/v1, as `kubectl get events` prints it. */
export interface Event extends Omit<With<core.Event, 'apiVersion' | 'kind'>, 'metadata'> { metadata: NamespacedMeta }

export interface ConfigMap extends Omit<With<core.ConfigMap, 'apiVersion' | 'kind'>, 'metadata'> { metadata: NamespacedMeta }

export interface Objects {
  Namespace: Namespace
  Node: Node
  Lease: Lease
  Pod: Pod
  ReplicaSet: ReplicaSet
  Deployment: Deployment
  Service: Service
  EndpointSlice: EndpointSlice
  HorizontalPodAutoscaler: HorizontalPodAutoscaler
  Event: Event
  ConfigMap: ConfigMap
}
export type Kind = keyof Objects
export type ObjectOf<K extends Kind> = Objects[K]
export type AnyObject = Objects[Kind]

export interface Resource {
  readonly kind: Kind
  readonly apiVersion: string
  /** '' for the core group */
  readonly group: string
  readonly plural: string
  readonly singular: string
  readonly short: readonly string[]
  readonly namespaced: boolean
  /** spec and status are written apart */
  readonly status: boolean
  /** a change of the spec counts up metadata.generation */
  readonly generation: boolean
}

// kind, apiVersion, plural, short names, flags: n namespaced, s status, g generation
const TABLE = `Namespace v1 namespaces ns s
Node v1 nodes no s
Lease coordination.k8s.io/v1 leases - n
Pod v1 pods po nsg
ReplicaSet apps/v1 replicasets rs nsg
Deployment apps/v1 deployments deploy nsg
Service v1 services svc ns
EndpointSlice discovery.k8s.io/v1 endpointslices - ng
HorizontalPodAutoscaler autoscaling/v2 horizontalpodautoscalers hpa ns
Event v1 events ev n
ConfigMap v1 configmaps cm n`

/** What the API server knows of each kind. */
export const RESOURCES = Object.fromEntries(TABLE.split('\n').map((line) => {
  const [kind, apiVersion, plural, short, flags] = line.split(' ') as [Kind, string, string, string, string]
  const slash = apiVersion.indexOf('/')
  return [kind, {
    kind,
    apiVersion,
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    plural,
    singular: kind.toLowerCase(),
    short: short === '-' ? [] : [short],
    namespaced: flags.includes('n'),
    status: flags.includes('s'),
    generation: flags.includes('g'),
  } satisfies Resource]
})) as unknown as Readonly<Record<Kind, Resource>>

export const KINDS = Object.keys(RESOURCES) as readonly Kind[]

/** `plural.group`, or the plural alone in the core group: how messages name a resource. */
export function qualified(kind: Kind): string {
  const { plural, group } = RESOURCES[kind]
  return group ? `${plural}.${group}` : plural
}

/** The controller of an object, if it has one. upstream: metav1.GetControllerOf */
export function controllerOf(object: { metadata: ObjectMeta }) {
  return object.metadata.ownerReferences?.find(owner => owner.controller)
}

/** Freezes plain data all the way down and gives it back; what is frozen already is taken to be frozen all the way down. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    // an array of keys: twice as fast here as for … in
    const keys = Object.keys(value)
    for (let i = 0; i < keys.length; i++) {
      const part = (value as Record<string, unknown>)[keys[i]!]
      if (typeof part === 'object')
        deepFreeze(part)
    }
    Object.freeze(value)
  }
  return value
}

/** Whether two plain values say the same. A field that is undefined counts as absent. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b)
    return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length)
      return false
    for (let i = 0; i < a.length; i++) {
      if (a[i] !== b[i] && !same(a[i], b[i]))
        return false
    }
    return true
  }
  const x = a as Record<string, unknown>
  const y = b as Record<string, unknown>
  const keys = Object.keys(x)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    if (x[key] !== y[key] && !same(x[key], y[key]))
      return false
  }
  const others = Object.keys(y)
  for (let i = 0; i < others.length; i++) {
    const key = others[i]!
    if (key !== keys[i] && y[key] !== undefined && x[key] === undefined)
      return false
  }
  return true
}
