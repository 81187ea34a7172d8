// A Pod template and its containers as lines, fields and values parted by tabs. upstream: kubectl describe.DescribePodTemplate
import type { Container, ContainerPort, EnvVar, Probe, ResourceRequirements, Toleration, TopologySpreadConstraint, Volume } from 'kubernetes-types/core/v1'
import { fromLabelSelector, selectorText } from '../api/labels.ts'
import type { PodTemplate } from '../api/objects.ts'

type Strings = Readonly<Record<string, string>>

/** `name: first value`, the next ones below it. upstream: printLabelsMultiline and its like */
export function multiline(title: string, values: readonly string[]): string[] {
  return values.length ? values.map((value, i) => `${i ? '' : `${title}:`}\t${value}`) : [`${title}:\t<none>`]
}

export const labelLines = (title: string, labels: Strings = {}) => multiline(title, Object.keys(labels).sort().map(key => `${key}=${labels[key]}`))

/** upstream: printAnnotationsMultiline */
export function annotationLines(title: string, annotations: Strings = {}): string[] {
  const longest = 140
  const keys = Object.keys(annotations).filter(key => key !== 'kubectl.kubernetes.io/last-applied-configuration').sort()
  return multiline(title, keys.map((key) => {
    const value = annotations[key]!.replace(/\n$/, '')
    if (value.length + key.length + 2 <= longest && !value.includes('\n'))
      return `${key}: ${value}`
    return [`${key}:`, ...value.split('\n').map(line => `\t  ${line.length > longest - 2 ? `${line.slice(0, longest - 2)}...` : line}`)].join('\n')
  }))
}

/** upstream: printTolerationsMultilineWithIndent */
export function tolerationLines(title: string, tolerations: readonly Toleration[] = []): string[] {
  return multiline(title, tolerations.map(({ key = '', value, effect, operator, tolerationSeconds }) => {
    const taint = `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`
    return `${taint}${operator === 'Exists' && !value ? `${taint ? ' ' : ''}op=Exists` : ''}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`
  }))
}

function ports(title: string, list: readonly ContainerPort[], number: (port: ContainerPort) => number): string {
  const text = list.map(port => `${number(port)}/${port.protocol ?? 'TCP'}${port.name ? ` (${port.name})` : ''}`).join(', ')
  return `${title}${text.includes(',') ? 's' : ''}:\t${text || '<none>'}`
}

/** upstream: DescribeProbe */
export function probeText({ initialDelaySeconds = 0, timeoutSeconds = 1, periodSeconds = 10, successThreshold = 1, failureThreshold = 3, exec, httpGet, tcpSocket, grpc }: Probe): string {
  const numbers = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`
  if (exec)
    return `exec [${(exec.command ?? []).join(' ')}] ${numbers}`
  if (httpGet)
    return `http-get ${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${httpGet.host ?? ''}:${httpGet.port}${(httpGet.path ?? '').replace(/^(?=[^/])/, '/')} ${numbers}`
  if (tcpSocket)
    return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port} ${numbers}`
  return grpc ? `grpc <pod>:${grpc.port} ${grpc.service ?? ''} ${numbers}` : `unknown ${numbers}`
}

/** upstream: describeResources */
function resourceLines({ limits, requests }: ResourceRequirements = {}): string[] {
  const part = (title: string, amounts: Strings | undefined) => amounts && Object.keys(amounts).length ? [title, ...Object.keys(amounts).sort().map(name => `  ${name}:\t${amounts[name]}`)] : []
  return [...part('Limits:', limits as Strings), ...part('Requests:', requests as Strings)]
}

/** upstream: describeContainerEnvVars */
function variable({ name, value = '', valueFrom: from }: EnvVar): string[] {
  const set = (what: string, ref: { key: string, name?: string, optional?: boolean }) => [`${name}:\t<set to the key '${ref.key}' ${what} '${ref.name}'>\tOptional: ${!!ref.optional}`]
  if (from?.configMapKeyRef)
    return set('of config map', from.configMapKeyRef)
  if (from?.secretKeyRef)
    return set('in secret', from.secretKeyRef)
  if (from?.fieldRef)
    return [`${name}:\t (${from.fieldRef.apiVersion ?? 'v1'}:${from.fieldRef.fieldPath})`]
  if (from?.resourceFieldRef)
    return [`${name}:\t0 (${from.resourceFieldRef.resource})`]
  return value.split('\n').map((line, i) => i ? `\t${line}` : `${name}:\t${line}`)
}

const block = (title: string, lines: readonly string[]) => lines.length ? [`${title}:`, ...lines.map(line => `  ${line}`)] : [`${title}:\t<none>`]

/**
 * A container, its name first. upstream: describeContainers
 * @param known lines of what is known of it while it runs: its id, its image's id, its state
 */
export function containerLines(container: Container, known: { readonly id?: readonly string[], readonly image?: readonly string[], readonly state?: readonly string[] } = {}): string[] {
  const { name, image, command = [], args = [], env = [], envFrom = [], volumeMounts = [], resources } = container
  const words = (title: string, list: readonly string[]) => list.length ? [`${title}:`, ...list.flatMap(word => word.split('\n').map(line => `  ${line}`))] : []
  const probes = [['Liveness', container.livenessProbe], ['Readiness', container.readinessProbe], ['Startup', container.startupProbe]] as const
  const fields = [
    ...known.id ?? [],
    `Image:\t${image}`,
    ...known.image ?? [],
    ports('Port', container.ports ?? [], port => port.containerPort),
    ports('Host Port', container.ports ?? [], port => port.hostPort ?? 0),
    ...words('Command', command),
    ...words('Args', args),
    ...known.state ?? [],
    ...resourceLines(resources),
    ...probes.flatMap(([title, probe]) => probe ? `${title}:\t${probeText(probe)}` : []),
    ...(envFrom.length ? block('Environment Variables from', envFrom.map(({ configMapRef, secretRef }) => `${configMapRef?.name ?? secretRef?.name}\t${configMapRef ? 'ConfigMap' : 'Secret'}\tOptional: ${!!(configMapRef ?? secretRef)?.optional}`)) : []),
    ...block('Environment', env.flatMap(variable)),
    ...block('Mounts', volumeMounts.toSorted((a, b) => a.mountPath < b.mountPath ? -1 : 1).map(({ mountPath, name: volume, readOnly }) => `${mountPath} from ${volume} (${readOnly ? 'ro' : 'rw'})`)),
  ]
  return [`${name}:`, ...fields.map(line => `  ${line}`)]
}

/** What is told of a volume by its source. upstream: describeVolumes */
function sourceLines({ emptyDir, configMap, secret, hostPath, persistentVolumeClaim: claim, ...others }: Omit<Volume, 'name'>): string[] {
  if (emptyDir)
    return ['Type:\tEmptyDir (a temporary directory that shares a pod\'s lifetime)', `Medium:\t${emptyDir.medium ?? ''}`, `SizeLimit:\t${emptyDir.sizeLimit ?? '<unset>'}`]
  if (configMap)
    return ['Type:\tConfigMap (a volume populated by a ConfigMap)', `Name:\t${configMap.name ?? ''}`, `Optional:\t${!!configMap.optional}`]
  if (secret)
    return ['Type:\tSecret (a volume populated by a Secret)', `SecretName:\t${secret.secretName ?? ''}`, `Optional:\t${!!secret.optional}`]
  if (hostPath)
    return ['Type:\tHostPath (bare host directory volume)', `Path:\t${hostPath.path}`, `HostPathType:\t${hostPath.type ?? ''}`]
  if (claim)
    return ['Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)', `ClaimName:\t${claim.claimName}`, `ReadOnly:\t${!!claim.readOnly}`]
  return [`Type:\t${Object.keys(others)[0] ?? '<unknown>'}`]
}

/** Volumes by their sources; the cluster keeps no data in them. */
export const volumeLines = (volumes: readonly Volume[]) => block('Volumes', volumes.flatMap(({ name, ...source }) => [`${name}:`, ...sourceLines(source).map(line => `  ${line}`)]))

export const spreadLines = (list: readonly TopologySpreadConstraint[]) => multiline('Topology Spread Constraints', list.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded for selector ${selectorText(fromLabelSelector(labelSelector) ?? [])}`))

/** A Pod template. */
export function templateText({ metadata, spec }: PodTemplate): string {
  const containers = (title: string, list: readonly Container[]) => [`${title}:`, ...list.flatMap(each => containerLines(each).map((line, i) => i ? line : ` ${line}`))]
  const lines = [
    ...labelLines('Labels', metadata?.labels),
    ...(Object.keys(metadata?.annotations ?? {}).length ? annotationLines('Annotations', metadata!.annotations) : []),
    ...(spec.serviceAccountName ? [`Service Account:\t${spec.serviceAccountName}`] : []),
    ...(spec.initContainers?.length ? containers('Init Containers', spec.initContainers) : []),
    ...containers('Containers', spec.containers),
    ...volumeLines(spec.volumes ?? []),
    ...(spec.topologySpreadConstraints?.length ? spreadLines(spec.topologySpreadConstraints) : []),
    ...(spec.priorityClassName ? [`Priority Class Name:\t${spec.priorityClassName}`] : []),
    ...labelLines('Node-Selectors', spec.nodeSelector as Strings),
    ...tolerationLines('Tolerations', spec.tolerations),
  ]
  return ['Pod Template:', ...lines.map(line => line.startsWith('\t') ? line : `  ${line}`)].map(line => `${line}\n`).join('')
}
