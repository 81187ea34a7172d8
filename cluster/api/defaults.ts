// What the API server fills in where a manifest says nothing. upstream: pkg/apis/{core,apps,autoscaling,discovery}/v*/defaults.go
import type { Container } from 'kubernetes-types/core/v1'
import type { Kind, ObjectOf, PodSpec } from './objects.ts'
import type { Draft, DraftOf } from './draft.ts'
import { fieldsOf } from './schema.ts'

type Plain = Record<string, unknown>

/** `latest` is pulled each time, any other tag once. upstream: core/v1.SetDefaults_Container */
function pullPolicy(image = ''): string {
  const last = image.slice(image.lastIndexOf('/') + 1)
  return last.includes('@') || (last.includes(':') && !last.endsWith(':latest')) ? 'IfNotPresent' : 'Always'
}

const rules = (more: Plain, ...policies: [string, number][]) => ({ ...more, policies: policies.map(([type, value]) => ({ type, value, periodSeconds: 15 })) })

/** What hangs on more than one field; it comes before the table's own defaults. */
const MORE: Readonly<Record<string, (object: Plain) => Plain>> = {
  Namespace: ({ metadata }) => {
    const meta = metadata as { name?: string, labels?: object }
    meta.labels = { ...meta.labels, 'kubernetes.io/metadata.name': meta.name }
    return { spec: { finalizers: ['kubernetes'] } }
  },
  Container: ({ image }) => ({ imagePullPolicy: pullPolicy(image as string | undefined) }),
  Volume({ configMap, secret, ...rest }) {
    for (const source of [configMap, secret])
      source && ((source as { defaultMode?: number }).defaultMode ??= 0o644)
    return configMap || secret || Object.keys(rest).length > 1 ? {} : { emptyDir: {} }
  },
  PodSpec({ hostNetwork, containers }) {
    if (hostNetwork)
      (containers as Draft<Container>[] | undefined)?.forEach(({ ports }) => ports?.forEach(port => port.hostPort ??= port.containerPort))
    return {}
  },
  DeploymentStrategy: ({ type = 'RollingUpdate' }) => type === 'RollingUpdate' ? { rollingUpdate: {} } : {},
  ServiceSpec: ({ type = 'ClusterIP', sessionAffinity }) => ({
    ...(sessionAffinity === 'ClientIP' && { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } }),
    ...((type === 'NodePort' || type === 'LoadBalancer') && { externalTrafficPolicy: 'Cluster' }),
    ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: true }),
    ...(type !== 'ExternalName' && { internalTrafficPolicy: 'Cluster' }),
  }),
  ServicePort: port => ({ targetPort: port.port }),
  HorizontalPodAutoscalerSpec: () => ({ metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }] }),
  HorizontalPodAutoscalerBehavior({ scaleUp, scaleDown }) {
    const up = rules({ stabilizationWindowSeconds: 0 }, ['Pods', 4], ['Percent', 100])
    const down = rules({}, ['Percent', 100])
    return { scaleUp: { ...up, ...scaleUp as Plain }, scaleDown: { ...down, ...scaleDown as Plain } }
  },
}
/** Where what is there already is completed as well. */
const REPLACES = ['HorizontalPodAutoscalerBehavior']

const standardOf = (text: string): unknown => text === '{}' ? {} : text === '[]' ? [] : /^\d+$/.test(text) ? Number(text) : text

/** Fills in an object and all in it. What is frozen was in the store and is complete. */
function fill(type: string, object: Plain): void {
  if (Object.isFrozen(object))
    return
  const more = MORE[type]?.(object)
  for (const name in more) {
    const given = object[name]
    if (given === undefined || given === 0 || given === '' || REPLACES.includes(type))
      object[name] = more[name]
  }
  for (const { name, standard, object: isObject, list, type: of } of fieldsOf(type).values()) {
    if (object[name] === undefined && standard !== undefined)
      object[name] = standardOf(standard)
    const value = object[name]
    if (!isObject || value === undefined)
      continue
    if (list)
      (value as Plain[]).forEach(item => fill(of, item))
    else
      fill(of, value as Plain)
  }
}

/** Requests that are not given are as the limits are. upstream: core/v1.SetDefaults_Pod */
function withRequests(container: Draft<Container>): Draft<Container> {
  const { limits, requests } = container.resources ?? {}
  const missing = Object.keys(limits ?? {}).filter(name => requests?.[name] === undefined)
  return missing.length ? { ...container, resources: { ...container.resources, requests: { ...requests, ...Object.fromEntries(missing.map(name => [name, limits![name]!])) } } } : container
}

/**
 * What a Pod has beyond its template: requests, priority, and five minutes on a node that is lost.
 * upstream: core/v1.SetDefaults_Pod, admission plugins Priority and DefaultTolerationSeconds
 */
function completePodSpec(spec: Draft<PodSpec>): Draft<PodSpec> {
  const given = spec.tolerations ?? []
  const added = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
    .filter(key => !given.some(each => (each.key === key || !each.key) && (each.effect === 'NoExecute' || !each.effect)))
    .map(key => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }))
  return {
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    ...spec,
    containers: spec.containers?.map(withRequests),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(withRequests) }),
    tolerations: [...given, ...added],
  }
}

/** Specifications of Pods by those of their templates: a ReplicaSet's Pods share one. */
const completed = new WeakMap<object, Draft<PodSpec>>()

/** Fills in what a decoded object of a kind lacks; what is as it was before is complete. */
export function fillDefaults<K extends Kind>(kind: K, draft: DraftOf<K>, old?: ObjectOf<K>): void {
  const plain = draft as Plain
  if (old && (kind === 'Namespace' || (plain.spec !== undefined && plain.spec === (old as unknown as Plain).spec)))
    return
  fill(kind, plain)
  if (kind !== 'Pod')
    return
  const spec = plain.spec as Draft<PodSpec>
  let whole = completed.get(spec)
  if (!whole) {
    whole = completePodSpec(spec)
    if (Object.isFrozen(spec))
      completed.set(spec, whole)
  }
  plain.spec = whole
}

/** How the kubelet ranks a Pod when memory is short. upstream: qos.ComputePodQOS */
export function qosClass(spec: Draft<PodSpec>): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const set = (amount: string | undefined) => amount !== undefined && amount !== '0'
  let any = false
  let all = true
  for (const { resources } of [...spec.containers ?? [], ...spec.initContainers ?? []]) {
    for (const name of ['cpu', 'memory']) {
      const limit = resources?.limits?.[name]
      const request = resources?.requests?.[name]
      any ||= set(limit) || set(request)
      all &&= set(limit) && (request === undefined || request === limit)
    }
  }
  return !any ? 'BestEffort' : all ? 'Guaranteed' : 'Burstable'
}
