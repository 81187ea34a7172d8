// What the API server fills in where a manifest says nothing. upstream: pkg/apis/{core,apps,autoscaling,discovery}/v*/defaults.go
import type { Container, Lifecycle, Probe, Volume } from 'kubernetes-types/core/v1'
import type { Kind, ObjectOf, PodSpec, ScalingRules } from './objects.ts'
import { fill } from './draft.ts'
import type { Draft, DraftOf } from './draft.ts'

/** `latest` is pulled each time, any other tag once. upstream: core/v1.SetDefaults_Container */
function pullPolicy(image = ''): string {
  const last = image.slice(image.lastIndexOf('/') + 1)
  return last.includes('@') || (last.includes(':') && !last.endsWith(':latest')) ? 'IfNotPresent' : 'Always'
}

function fillHandler(handler: Draft<Probe> | undefined) {
  if (handler?.httpGet)
    fill(handler.httpGet, { path: '/', scheme: 'HTTP' })
  if (handler?.grpc)
    fill(handler.grpc, { service: '' })
}

function fillContainer(container: Draft<Container>) {
  if (Object.isFrozen(container))
    return
  fill(container, { imagePullPolicy: pullPolicy(container.image), terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File', resources: {} })
  container.ports?.forEach(port => fill(port, { protocol: 'TCP' }))
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe)
      fillHandler(fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }))
  }
  const { postStart, preStop }: Draft<Lifecycle> = container.lifecycle ?? {}
  fillHandler(postStart)
  fillHandler(preStop)
  container.env?.forEach(({ valueFrom }) => valueFrom?.fieldRef && fill(valueFrom.fieldRef, { apiVersion: 'v1' }))
}

function fillVolume(volume: Draft<Volume>) {
  if (Object.isFrozen(volume))
    return
  if (Object.keys(volume).length <= 1)
    volume.emptyDir = {}
  if (volume.secret)
    fill(volume.secret, { defaultMode: 0o644 })
  if (volume.configMap)
    fill(volume.configMap, { defaultMode: 0o644 })
}

/** What a Pod's and a template's specification share. upstream: core/v1.SetDefaults_PodSpec */
export function fillPodSpec(spec: Draft<PodSpec>): void {
  if (Object.isFrozen(spec))
    return
  for (const list of [spec.containers, spec.initContainers])
    list?.forEach(fillContainer)
  spec.volumes?.forEach(fillVolume)
  if (spec.hostNetwork)
    spec.containers?.forEach(container => container.ports?.forEach(port => fill(port, { hostPort: port.containerPort })))
  fill(spec, { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', terminationGracePeriodSeconds: 30, securityContext: {}, schedulerName: 'default-scheduler' })
}

/** Requests that are not given are as the limits are. upstream: core/v1.SetDefaults_Pod */
function withRequests(container: Draft<Container>): Draft<Container> {
  const { limits, requests } = container.resources ?? {}
  const missing = Object.keys(limits ?? {}).filter(name => requests?.[name] === undefined)
  return missing.length ? { ...container, resources: { ...container.resources, requests: { ...requests, ...Object.fromEntries(missing.map(name => [name, limits![name]!])) } } } : container
}

const NOT_READY = 'node.kubernetes.io/not-ready'
const UNREACHABLE = 'node.kubernetes.io/unreachable'

/**
 * What a Pod has beyond its template: requests, priority, and five minutes on a node that is lost.
 * upstream: core/v1.SetDefaults_Pod, admission plugins Priority and DefaultTolerationSeconds
 */
function completePodSpec(spec: Draft<PodSpec>): Draft<PodSpec> {
  const given = spec.tolerations ?? []
  const added = [NOT_READY, UNREACHABLE]
    .filter(key => !given.some(each => (each.key === key || !each.key) && (each.effect === 'NoExecute' || !each.effect)))
    .map(key => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }))
  const tolerations = [...given, ...added]
  return {
    ...spec,
    containers: spec.containers?.map(withRequests),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(withRequests) }),
    enableServiceLinks: spec.enableServiceLinks ?? true,
    preemptionPolicy: spec.preemptionPolicy ?? 'PreemptLowerPriority',
    priority: spec.priority ?? 0,
    ...(tolerations.length && { tolerations }),
  }
}

/** Specifications of Pods by those of their templates: a ReplicaSet's Pods share one. */
const completed = new WeakMap<object, Draft<PodSpec>>()

/** The whole specification of a new Pod; the same one for the same frozen template. */
export function podSpecOf(spec: Draft<PodSpec>): Draft<PodSpec> {
  fillPodSpec(spec)
  let out = completed.get(spec)
  if (!out) {
    out = completePodSpec(spec)
    if (Object.isFrozen(spec))
      completed.set(spec, out)
  }
  return out
}

function fillRules(given: Draft<ScalingRules> | undefined, defaults: Draft<ScalingRules>): Draft<ScalingRules> {
  return given ? fill(given, defaults) : defaults
}

const percent = () => ({ type: 'Percent', value: 100, periodSeconds: 15 })

const FILL: { [K in Kind]?: (draft: DraftOf<K>) => void } = {
  Namespace(draft) {
    // one without a name is refused later. upstream: SetDefaults_Namespace
    if (draft.metadata!.name)
      draft.metadata!.labels = { ...draft.metadata!.labels, 'kubernetes.io/metadata.name': draft.metadata!.name }
    draft.spec = fill(draft.spec ?? {}, { finalizers: ['kubernetes'] })
  },
  Node(draft) {
    draft.spec ??= {}
  },
  Pod(draft) {
    draft.spec = podSpecOf(draft.spec ?? {})
  },
  ReplicaSet(draft) {
    draft.spec = fill(draft.spec ?? {}, { replicas: 1 })
    fillPodSpec(draft.spec.template?.spec ?? {})
  },
  Deployment(draft) {
    const spec = draft.spec = fill(draft.spec ?? {}, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, strategy: {} })
    fillPodSpec(spec.template?.spec ?? {})
    const strategy = fill(spec.strategy!, { type: 'RollingUpdate' })
    if (strategy.type === 'RollingUpdate' && !Object.isFrozen(strategy))
      strategy.rollingUpdate = fill(strategy.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' })
  },
  Service(draft) {
    const spec = draft.spec = fill(draft.spec ?? {}, { sessionAffinity: 'None', type: 'ClusterIP' })
    if (spec.sessionAffinity === 'ClientIP')
      fill(spec, { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } })
    spec.ports?.forEach((port) => {
      fill(port, { protocol: 'TCP' })
      if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '')
        fill(port, { targetPort: port.port })
    })
    if (spec.type === 'NodePort' || spec.type === 'LoadBalancer')
      fill(spec, { externalTrafficPolicy: 'Cluster' })
    if (spec.type === 'LoadBalancer')
      fill(spec, { allocateLoadBalancerNodePorts: true })
    if (spec.type !== 'ExternalName')
      fill(spec, { internalTrafficPolicy: 'Cluster' })
  },
  EndpointSlice(draft) {
    draft.endpoints ??= []
    draft.ports ??= []
    draft.ports.forEach(port => fill(port, { name: '', protocol: 'TCP' }))
  },
  HorizontalPodAutoscaler(draft) {
    const spec = draft.spec = fill(draft.spec ?? {}, { minReplicas: 1 })
    if (!spec.metrics?.length)
      fill(spec, { metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }] })
    if (spec.behavior && !Object.isFrozen(spec.behavior)) {
      spec.behavior.scaleUp = fillRules(spec.behavior.scaleUp, { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, percent()] })
      spec.behavior.scaleDown = fillRules(spec.behavior.scaleDown, { selectPolicy: 'Max', policies: [percent()] })
    }
  },
}

/** Fills in what a decoded object of a kind lacks; what is as it was before is complete. */
export function fillDefaults<K extends Kind>(kind: K, draft: DraftOf<K>, old?: ObjectOf<K>): void {
  const spec = (draft as { spec?: unknown }).spec
  if (!old || (kind !== 'Namespace' && (spec === undefined || spec !== (old as { spec?: unknown }).spec)))
    (FILL[kind] as ((draft: DraftOf<K>) => void) | undefined)?.(draft)
}

const POD_RESOURCES = ['cpu', 'memory'] as const

/** How the kubelet ranks a Pod when memory is short. upstream: qos.ComputePodQOS */
export function qosClass(spec: Draft<PodSpec>): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...spec.containers ?? [], ...spec.initContainers ?? []]
  const set = (amount: string | undefined) => amount !== undefined && amount !== '0'
  let any = false
  let all = true
  for (const { resources } of containers) {
    for (const name of POD_RESOURCES) {
      const limit = resources?.limits?.[name]
      const request = resources?.requests?.[name]
      any ||= set(limit) || set(request)
      all &&= set(limit) && (request === undefined || request === limit)
    }
  }
  return !any ? 'BestEffort' : all ? 'Guaranteed' : 'Burstable'
}
