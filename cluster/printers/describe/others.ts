// Services, nodes, autoscalers and the rest, described. upstream: kubectl describe.go
import type { HPAScalingRules, MetricSpec, MetricStatus } from 'kubernetes-types/autoscaling/v2'
import type { Endpoints } from 'kubernetes-types/core/v1'
import type { Endpoint } from 'kubernetes-types/discovery/v1'
import type { AnyObject, ConfigMap, EndpointSlice, Event, HorizontalPodAutoscaler, Lease, Namespace, Node, Pod, Service } from '../../api/objects.ts'
import { selectorFromSet } from '../../api/labels.ts'
import { addQuantities, compareQuantities, formatQuantity, parseQuantity, quantityToFloat } from '../../api/quantity.ts'
import { age, orNone } from '../pod.ts'
import { roles } from '../rows.ts'
import { annotationLines, labelLines } from '../template.ts'
import { block, date, eventLines, head, taintLines } from './common.ts'
import type { Sight } from './common.ts'
import { yamlLike } from './plain.ts'

const labelText = (labels: Readonly<Record<string, string>> | undefined) => orNone(Object.keys(labels ?? {}).sort().map(key => `${key}=${labels![key]}`).join())

/** The first three addresses that are ready, and how many more there are. upstream: formatEndpointSlices */
function endpoints(slices: readonly EndpointSlice[], portName: string): string {
  if (!slices.length)
    return '<none>'
  const ready = ({ conditions }: Endpoint) => conditions?.ready !== false
  const list = slices.flatMap(({ ports, endpoints: all }) => ports?.length
    ? ports.filter(port => (port.name ?? '') === portName).flatMap(({ port }) => (all ?? []).filter(ready).map(each => `${each.addresses[0]}:${port}`))
    : (all ?? []).filter(ready).map(each => each.addresses[0]!))
  return `${list.slice(0, 3).join()}${list.length > 3 ? ` + ${list.length - 3} more...` : ''}`
}

export function describeService(service: Service, sight: Sight): string[] {
  const { metadata, spec, status } = service
  const slices = sight.api.list('EndpointSlice', { namespace: metadata.namespace, labels: selectorFromSet({ 'kubernetes.io/service-name': metadata.name }) })
  const ingress = status?.loadBalancer?.ingress ?? []
  return [
    ...head(service),
    `Selector:\t${labelText(spec.selector as Record<string, string>)}`,
    `Type:\t${spec.type}`,
    ...(spec.ipFamilyPolicy ? [`IP Family Policy:\t${spec.ipFamilyPolicy}`] : []),
    `IP Families:\t${orNone(spec.ipFamilies?.join())}`,
    `IP:\t${spec.clusterIP ?? ''}`,
    `IPs:\t${orNone(spec.clusterIPs?.join())}`,
    ...(spec.externalIPs?.length ? [`External IPs:\t${spec.externalIPs.join()}`] : []),
    ...(spec.loadBalancerIP ? [`Desired LoadBalancer IP:\t${spec.loadBalancerIP}`] : []),
    ...(spec.externalName ? [`External Name:\t${spec.externalName}`] : []),
    ...(ingress.length ? [`LoadBalancer Ingress:\t${ingress.map(each => each.ip ?? each.hostname).join(', ')}`] : []),
    ...(spec.ports ?? []).flatMap(({ name, port, protocol = 'TCP', targetPort, nodePort, appProtocol }) => [
      `Port:\t${name || '<unset>'}\t${port}/${protocol}`,
      `TargetPort:\t${targetPort ?? port}/${protocol}`,
      ...(appProtocol ? [`AppProtocol:\t${appProtocol}`] : []),
      ...(nodePort ? [`NodePort:\t${name || '<unset>'}\t${nodePort}/${protocol}`] : []),
      `Endpoints:\t${endpoints(slices, name ?? '')}`,
    ]),
    `Session Affinity:\t${spec.sessionAffinity ?? 'None'}`,
    ...(spec.externalTrafficPolicy ? [`External Traffic Policy:\t${spec.externalTrafficPolicy}`] : []),
    ...(spec.internalTrafficPolicy ? [`Internal Traffic Policy:\t${spec.internalTrafficPolicy}`] : []),
    ...eventLines(service, sight),
  ]
}

export function describeEndpointSlice(slice: EndpointSlice, sight: Sight): string[] {
  const { ports, endpoints: all = [], addressType } = slice
  return [
    ...head(slice),
    `AddressType:\t${addressType}`,
    ...(ports?.length ? block('Ports', ['Name', 'Port', 'Protocol'], ports.map(({ name, port, protocol = 'TCP' }) => [name || '<unset>', port === undefined ? '<unset>' : String(port), protocol])) : ['Ports: <unset>']),
    ...(all.length ? ['Endpoints:'] : ['Endpoints: <none>']),
    ...all.flatMap(({ addresses, conditions, hostname, targetRef, nodeName, zone }) => [
      `  - Addresses:\t${orNone(addresses.join(', '))}`,
      '    Conditions:',
      `      Ready:\t${conditions?.ready ?? '<unset>'}`,
      `    Hostname:\t${hostname ?? '<unset>'}`,
      ...(targetRef ? [`    TargetRef:\t${targetRef.kind}/${targetRef.name}`] : []),
      `    NodeName:\t${nodeName ?? '<unset>'}`,
      `    Zone:\t${zone ?? '<unset>'}`,
    ]),
    ...eventLines(slice, sight),
  ]
}

/** upstream: describeEndpoints */
export function describeEndpoints(object: AnyObject, sight: Sight): string[] {
  const { subsets = [] } = object as unknown as Endpoints
  return [
    ...head(object),
    'Subsets:',
    ...subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }) => [
      `  Addresses:\t${orNone(addresses.map(({ ip }) => ip).join())}`,
      `  NotReadyAddresses:\t${orNone(notReadyAddresses.map(({ ip }) => ip).join())}`,
      ...(ports.length ? ['  Ports:', '    Name\tPort\tProtocol', '    ----\t----\t--------', ...ports.map(({ name, port, protocol = 'TCP' }) => `    ${name || '<unset>'}\t${port}\t${protocol}`)] : []),
      '',
    ]),
    ...eventLines(object, sight),
  ]
}

const RESOURCES_SHOWN = ['cpu', 'memory', 'ephemeral-storage'] as const

/** What a Pod asks for or may have of a resource. */
function sumOf(pod: Pod, what: 'requests' | 'limits', resource: string) {
  const amounts = (list: Pod['spec']['containers']) => list.map(each => (each.resources?.[what] as Record<string, string> | undefined)?.[resource]).filter(each => each !== undefined).map(parseQuantity)
  const total = amounts(pod.spec.containers).reduce(addQuantities, parseQuantity('0'))
  // init containers run before the others: the largest counts where it is more
  return amounts(pod.spec.initContainers ?? []).reduce((most, each) => compareQuantities(each, most) > 0 ? each : most, total)
}

export function describeNode(node: Node, sight: Sight): string[] {
  const { metadata, spec, status } = node
  const lease = sight.api.get('Lease', 'kube-node-lease', metadata.name)
  const pods = sight.api.list('Pod', { node: metadata.name }).filter(pod => pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed')
  const room = (status.allocatable ?? status.capacity ?? {}) as Record<string, string>
  const share = (amount: ReturnType<typeof parseQuantity>, resource: string) => {
    const all = quantityToFloat(parseQuantity(room[resource] ?? '0'))
    return `${formatQuantity(amount)} (${all ? Math.trunc(quantityToFloat(amount) / all * 100) : 0}%)`
  }
  const amounts = (list: Readonly<Record<string, string>> = {}) => Object.keys(list).sort().map(name => `  ${name}:\t${list[name]}`)
  const info = (status.nodeInfo ?? {}) as Partial<NonNullable<typeof status.nodeInfo>>
  const leaseSpec = lease?.spec ?? {}
  return [
    `Name:\t${metadata.name}`,
    `Roles:\t${roles(metadata.labels as Record<string, string>)}`,
    ...labelLines('Labels', metadata.labels as Record<string, string>),
    ...annotationLines('Annotations', metadata.annotations as Record<string, string>),
    `CreationTimestamp:\t${date(metadata.creationTimestamp)}`,
    ...taintLines(spec.taints),
    `Unschedulable:\t${!!spec.unschedulable}`,
    ...(lease ? ['Lease:', `  HolderIdentity:\t${leaseSpec.holderIdentity ?? '<unset>'}`, `  AcquireTime:\t${leaseSpec.acquireTime ? date(leaseSpec.acquireTime) : '<unset>'}`, `  RenewTime:\t${leaseSpec.renewTime ? date(leaseSpec.renewTime) : '<unset>'}`] : [`Lease:\tFailed to get lease: leases.coordination.k8s.io "${metadata.name}" not found`]),
    ...(status.conditions?.length ? block('Conditions', ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'], status.conditions.map(each => [`${each.type} `, `${each.status} `, `${date(each.lastHeartbeatTime)} `, `${date(each.lastTransitionTime)} `, `${each.reason ?? ''} `, each.message ?? ''])) : []),
    'Addresses:',
    ...(status.addresses ?? []).map(({ type, address }) => `  ${type}:\t${address}`),
    ...(status.capacity ? ['Capacity:', ...amounts(status.capacity)] : []),
    ...(status.allocatable ? ['Allocatable:', ...amounts(status.allocatable)] : []),
    'System Info:',
    ...([['Machine ID', info.machineID], ['System UUID', info.systemUUID], ['Boot ID', info.bootID], ['Kernel Version', info.kernelVersion], ['OS Image', info.osImage], ['Operating System', info.operatingSystem], ['Architecture', info.architecture], ['Container Runtime Version', info.containerRuntimeVersion], ['Kubelet Version', info.kubeletVersion]] as const).map(([name, text]) => `  ${name}:\t${text ?? ''}`),
    ...(spec.podCIDR ? [`PodCIDR:\t${spec.podCIDR}`] : []),
    ...(spec.podCIDRs?.length ? [`PodCIDRs:\t${spec.podCIDRs.join()}`] : []),
    `Non-terminated Pods:\t(${pods.length} in total)`,
    '  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge',
    '  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
    ...pods.map(pod => `  ${[pod.metadata.namespace, pod.metadata.name, '', share(sumOf(pod, 'requests', 'cpu'), 'cpu'), share(sumOf(pod, 'limits', 'cpu'), 'cpu'), share(sumOf(pod, 'requests', 'memory'), 'memory'), share(sumOf(pod, 'limits', 'memory'), 'memory'), age(pod.metadata.creationTimestamp, sight.now)].join('\t')}`),
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    '  Resource\tRequests\tLimits',
    '  --------\t--------\t------',
    ...RESOURCES_SHOWN.map((name) => {
      const total = (what: 'requests' | 'limits') => pods.map(pod => sumOf(pod, what, name)).reduce(addQuantities, parseQuantity('0'))
      return `  ${name}\t${share(total('requests'), name)}\t${share(total('limits'), name)}`
    }),
    ...eventLines(node, sight),
  ]
}

/** A metric's value now and its target. */
function metric(spec: MetricSpec, status: MetricStatus | undefined): string {
  const { resource } = spec
  if (spec.type !== 'Resource' || !resource)
    return `  <unknown metric type "${spec.type}">`
  const { averageValue, averageUtilization } = resource.target
  const current = status?.resource?.current
  if (averageValue !== undefined)
    return `  resource ${resource.name} on pods:\t${current?.averageValue ?? '<unknown>'} / ${averageValue}`
  return `  resource ${resource.name} on pods  (as a percentage of request):\t${current?.averageUtilization === undefined ? '<unknown>' : `${current.averageUtilization}% (${current.averageValue})`} / ${averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`}`
}

function direction(title: string, rules: HPAScalingRules | undefined): string[] {
  if (!rules)
    return []
  return [
    `  ${title}:`,
    ...(rules.stabilizationWindowSeconds === undefined ? [] : [`    Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`]),
    ...(rules.policies?.length ? [`    Select Policy: ${rules.selectPolicy ?? 'Max'}`, '    Policies:', ...rules.policies.map(({ type, value, periodSeconds }) => `      - Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds`)] : []),
  ]
}

export function describeAutoscaler(hpa: HorizontalPodAutoscaler, sight: Sight): string[] {
  const { metadata, spec, status } = hpa
  return [
    ...head(hpa),
    `CreationTimestamp:\t${date(metadata.creationTimestamp)}`,
    `Reference:\t${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
    'Metrics:\t( current / target )',
    ...spec.metrics.map((each, i) => metric(each, status.currentMetrics?.[i])),
    `Min replicas:\t${spec.minReplicas ?? '<unset>'}`,
    `Max replicas:\t${spec.maxReplicas}`,
    ...(spec.behavior ? ['Behavior:', ...direction('Scale Up', spec.behavior.scaleUp), ...direction('Scale Down', spec.behavior.scaleDown)] : []),
    `${spec.scaleTargetRef.kind} pods:\t${status.currentReplicas ?? 0} current / ${status.desiredReplicas ?? 0} desired`,
    ...(status.conditions?.length ? block('Conditions', ['Type', 'Status', 'Reason', 'Message'], status.conditions.map(each => [each.type, each.status, each.reason ?? '', each.message ?? ''])) : []),
    ...eventLines(hpa, sight),
  ]
}

export function describeConfigMap(map: ConfigMap, sight: Sight): string[] {
  const entries = (data: Readonly<Record<string, string>> = {}) => Object.keys(data).sort().map(key => [key, data[key]!] as const)
  return [
    ...head(map),
    '',
    'Data',
    '====',
    ...entries(map.data).flatMap(([key, value]) => [`${key}:`, '----', value, '']),
    '',
    'BinaryData',
    '====',
    ...entries(map.binaryData).map(([key, value]) => `${key}: ${Math.floor(value.length * 3 / 4)} bytes`),
    '',
    ...eventLines(map, sight),
  ]
}

export function describeNamespace({ metadata, status }: Namespace): string[] {
  return [
    `Name:\t${metadata.name}`,
    ...labelLines('Labels', metadata.labels as Record<string, string>),
    ...annotationLines('Annotations', metadata.annotations as Record<string, string>),
    `Status:\t${status.phase}`,
    '',
    'No resource quota.',
    '',
    'No LimitRange resource.',
  ]
}

/** What has no describer of its own: its fields one by one. upstream: GenericDescriber */
export function describePlain(object: Event | Lease, sight: Sight): string[] {
  const { metadata, ...rest } = object as unknown as { metadata: Record<string, unknown> }
  const more = Object.fromEntries(Object.entries(metadata).filter(([field]) => !['name', 'namespace', 'labels', 'annotations'].includes(field)))
  return [
    ...head(object),
    ...yamlLike({ ...rest, metadata: more }),
    ...eventLines(object, sight),
  ]
}
