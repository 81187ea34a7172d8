// Objects as rows of tables, as `kubectl get` shows them. upstream: printers/internalversion
import type { MetricSpec, MetricStatus, MetricTarget, MetricValueStatus } from 'kubernetes-types/autoscaling/v2'
import type { Container, Endpoints, LoadBalancerIngress } from 'kubernetes-types/core/v1'
import { fromLabelSelector, selectorText } from '../api/labels.ts'
import type { Kind, ObjectOf, Service } from '../api/objects.ts'
import { formatQuantity, parseQuantity } from '../api/quantity.ts'
import { age, orNone, podRow } from './pod.ts'
import type { Row } from './pod.ts'

type Cells = (string | number)[]
type LabelSelector = Parameters<typeof fromLabelSelector>[0]

/** Columns by kind; those in brackets only where the table is wide. */
const COLUMNS: Readonly<Record<Kind | 'Endpoints', string>> = {
  Namespace: 'NAME|STATUS|AGE',
  Node: 'NAME|STATUS|ROLES|AGE|VERSION|[INTERNAL-IP|[EXTERNAL-IP|[OS-IMAGE|[KERNEL-VERSION|[CONTAINER-RUNTIME',
  Lease: 'NAME|HOLDER|AGE',
  Pod: 'NAME|READY|STATUS|RESTARTS|AGE|[IP|[NODE|[NOMINATED NODE|[READINESS GATES',
  ReplicaSet: 'NAME|DESIRED|CURRENT|READY|AGE|[CONTAINERS|[IMAGES|[SELECTOR',
  Deployment: 'NAME|READY|UP-TO-DATE|AVAILABLE|AGE|[CONTAINERS|[IMAGES|[SELECTOR',
  Service: 'NAME|TYPE|CLUSTER-IP|EXTERNAL-IP|PORT(S)|AGE|[SELECTOR',
  EndpointSlice: 'NAME|ADDRESSTYPE|PORTS|ENDPOINTS|AGE',
  Endpoints: 'NAME|ENDPOINTS|AGE',
  HorizontalPodAutoscaler: 'NAME|REFERENCE|TARGETS|MINPODS|MAXPODS|REPLICAS|AGE',
  Event: 'LAST SEEN|TYPE|REASON|OBJECT|[SUBOBJECT|[SOURCE|MESSAGE|[FIRST SEEN|[COUNT|[NAME',
  ConfigMap: 'NAME|DATA|AGE',
}

/** The column headers of a kind's table. */
export function columns(kind: Kind, wide = false): string[] {
  return COLUMNS[kind].split('|').filter(name => wide || name[0] !== '[').map(name => name.replace('[', ''))
}

const labelText = (labels: Readonly<Record<string, string>> | undefined) => orNone(Object.keys(labels ?? {}).sort().map(key => `${key}=${labels![key]}`).join())
const selector = (given: LabelSelector) => orNone(selectorText(fromLabelSelector(given) ?? []))
const template = (containers: readonly Container[]) => [containers.map(each => each.name).join(), containers.map(each => each.image).join()]

/** The first three, and how many more there are. upstream: listWithMoreString */
function firstThree(list: readonly string[]): string {
  return list.length > 3 ? `${list.slice(0, 3).join()} + ${list.length - 3} more...` : list.join() || '<unset>'
}

/** The first three that are ready, and how many more there are; nothing where none is ready. upstream: formatEndpoints */
function endpointsText(subsets: Endpoints['subsets'] = []): string {
  const list = subsets.flatMap(({ addresses = [], ports = [] }) => ports.length ? ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${port}`)) : addresses.map(({ ip }) => ip))
  return !subsets.length ? '<none>' : list.length ? firstThree(list) : ''
}

const ROLE = 'node-role.kubernetes.io/'

/** upstream: findNodeRoles */
export function roles(labels: Readonly<Record<string, string>> = {}): string {
  const found = Object.keys(labels).flatMap(key => key.startsWith(ROLE) ? key.slice(ROLE.length) : key === 'kubernetes.io/role' ? labels[key]! : [])
  return orNone([...new Set(found)].filter(Boolean).sort().join())
}

function nodeStatus({ spec, status }: ObjectOf<'Node'>): string {
  const ready = status.conditions?.findLast(each => each.type === 'Ready')
  return `${ready ? ready.status === 'True' ? 'Ready' : 'NotReady' : 'Unknown'}${spec.unschedulable ? ',SchedulingDisabled' : ''}`
}

/** upstream: getServiceExternalIP */
function externalAddress({ spec, status }: Service, wide: boolean): string {
  const own = spec.externalIPs ?? []
  if (spec.type === 'ExternalName')
    return spec.externalName ?? ''
  if (spec.type !== 'LoadBalancer')
    return orNone(own.join())
  const ingress: readonly LoadBalancerIngress[] = status?.loadBalancer?.ingress ?? []
  let given = [...new Set(ingress.map(each => each.ip || each.hostname || '').filter(Boolean))].sort().join()
  if (!wide && given.length > 16)
    given = `${given.slice(0, 13)}...`
  return [given, ...own].filter(Boolean).join() || '<pending>'
}

const amount = (text: string | undefined) => text === undefined ? '<unknown>' : formatQuantity(parseQuantity(text))
const percent = (value: number | undefined, absent: string) => value === undefined ? absent : `${value}%`

/** A metric's current value and its target. upstream: formatHPAMetrics */
function metric(spec: MetricSpec, status: MetricStatus | undefined): string {
  const of = <T>(from: T | undefined) => from as { name?: string, target: MetricTarget, current?: MetricValueStatus } | undefined
  const [wanted, current] = ({
    External: [of(spec.external), of(status?.external)],
    Pods: [of(spec.pods), of(status?.pods)],
    Object: [of(spec.object), of(status?.object)],
    Resource: [of(spec.resource), of(status?.resource)],
    ContainerResource: [of(spec.containerResource), of(status?.containerResource)],
  } as const)[spec.type as 'Pods'] ?? []
  if (!wanted)
    return '<unknown type>'
  const { averageValue, value, averageUtilization } = wanted.target
  const now = current?.current
  const resource = wanted.name ? `${wanted.name}: ` : ''
  if (averageValue !== undefined)
    return `${resource}${amount(now?.averageValue)}/${amount(averageValue)}${spec.type === 'External' || spec.type === 'Object' ? ' (avg)' : ''}`
  return resource ? `${resource}${percent(now?.averageUtilization, '<unknown>')}/${percent(averageUtilization, '<auto>')}` : `${amount(now?.value)}/${amount(value)}`
}

function metrics({ spec, status }: ObjectOf<'HorizontalPodAutoscaler'>): string {
  const list = (spec.metrics ?? []).map((each, i) => metric(each, status?.currentMetrics?.[i]))
  return `${list.slice(0, 2).join(', ')}${list.length > 2 ? ` + ${list.length - 2} more...` : ''}` || '<none>'
}

/** Rows by kind; wide cells come with the others, in the order of the columns. */
const ROWS: { readonly [K in Exclude<Kind, 'Pod'>]: (object: ObjectOf<K>, now: number, wide: boolean) => Cells } & { readonly Endpoints: (object: Endpoints, now: number) => Cells } = {
  Namespace: ({ metadata, status }, now) => [metadata.name, status?.phase ?? '', age(metadata.creationTimestamp, now)],
  Node(node, now) {
    const { metadata, status } = node
    const { kubeletVersion = '', osImage, kernelVersion, architecture, containerRuntimeVersion } = status.nodeInfo ?? {} as Partial<NonNullable<typeof status.nodeInfo>>
    const address = (type: string) => orNone(status.addresses?.find(each => each.type === type)?.address)
    const known = (text: string | undefined) => text || '<unknown>'
    return [metadata.name, nodeStatus(node), roles(metadata.labels), age(metadata.creationTimestamp, now), kubeletVersion, address('InternalIP'), address('ExternalIP'), known(osImage), `${known(kernelVersion)}${architecture ? ` (${architecture})` : ''}`, known(containerRuntimeVersion)]
  },
  Lease: ({ metadata, spec }, now) => [metadata.name, spec.holderIdentity ?? '', age(metadata.creationTimestamp, now)],
  ReplicaSet: ({ metadata, spec, status }, now) => [metadata.name, spec.replicas, status?.replicas ?? 0, status?.readyReplicas ?? 0, age(metadata.creationTimestamp, now), ...template(spec.template.spec.containers), selector(spec.selector)],
  Deployment: ({ metadata, spec, status }, now) => [metadata.name, `${status?.readyReplicas ?? 0}/${spec.replicas}`, status?.updatedReplicas ?? 0, status?.availableReplicas ?? 0, age(metadata.creationTimestamp, now), ...template(spec.template.spec.containers), selector(spec.selector)],
  Service(service, now, wide) {
    const { metadata, spec } = service
    const ports = (spec.ports ?? []).map(({ port, nodePort, protocol = 'TCP' }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`)
    return [metadata.name, spec.type ?? 'ClusterIP', orNone(spec.clusterIPs?.[0] ?? spec.clusterIP), externalAddress(service, wide), orNone(ports.join()), age(metadata.creationTimestamp, now), labelText(spec.selector as Record<string, string> | undefined)]
  },
  EndpointSlice: ({ metadata, addressType, ports, endpoints }, now) => [metadata.name, addressType, firstThree((ports ?? []).map(({ port, name }) => String(port ?? (name || '*')))), firstThree((endpoints ?? []).flatMap(each => each.addresses)), age(metadata.creationTimestamp, now)],
  Endpoints: ({ metadata, subsets }, now) => [metadata!.name!, endpointsText(subsets), age(metadata!.creationTimestamp as string | undefined, now)],
  HorizontalPodAutoscaler(hpa, now) {
    const { metadata, spec, status } = hpa
    return [metadata.name, `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`, metrics(hpa), spec.minReplicas === undefined ? '<unset>' : String(spec.minReplicas), spec.maxReplicas, status?.currentReplicas ?? 0, age(metadata.creationTimestamp, now)]
  },
  Event({ metadata, involvedObject: about, source, type = '', reason = '', message = '', firstTimestamp, lastTimestamp, eventTime, series, count, reportingComponent, reportingInstance }, now) {
    const first = age(firstTimestamp || eventTime, now)
    const last = series ? age(series.lastObservedTime, now) : lastTimestamp ? age(lastTimestamp, now) : first
    const from = source?.component ? [source.component, source.host] : [reportingComponent, reportingInstance]
    return [last, type, reason, `${(about.kind ?? '').toLowerCase()}${about.name ? `/${about.name}` : ''}`, about.fieldPath ?? '', from.filter(Boolean).join(', '), message.trim(), first, String(series?.count ?? (count || 1)), metadata.name]
  },
  ConfigMap: ({ metadata, data, binaryData }, now) => [metadata.name, String(Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length), age(metadata.creationTimestamp, now)],
}

/** An object's row, in the order of `columns(kind, wide)`. @param now virtual ms */
export function row<K extends Kind>(object: ObjectOf<K>, now: number, wide = false): Row {
  if (object.kind === 'Pod')
    return podRow(object as ObjectOf<'Pod'>, now, wide)
  const cells = (ROWS[object.kind as 'Node'] as (object: unknown, now: number, wide: boolean) => Cells)(object, now, wide)
  const shown = COLUMNS[object.kind as Kind].split('|')
  return { cells: cells.filter((_, i) => wide || shown[i]![0] !== '[') }
}
