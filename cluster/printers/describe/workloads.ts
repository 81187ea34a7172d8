// Pods, ReplicaSets and Deployments, described. upstream: kubectl describe.go
import type { Container, ContainerStatus } from 'kubernetes-types/core/v1'
import { fromLabelSelector, selectorText } from '../../api/labels.ts'
import type { Deployment, Pod, ReplicaSet } from '../../api/objects.ts'
import { byCreation } from '../../controllers/owners.ts'
import { newSet, oldSets } from '../../controllers/deployment/sets.ts'
import { annotationLines, containerLines, labelLines, spreadLines, templateText, tolerationLines, volumeLines } from '../template.ts'
import { age } from '../pod.ts'
import { block, controlledBy, date, eventLines, known } from './common.ts'
import type { Sight } from './common.ts'

const selectorOf = (selector: Parameters<typeof fromLabelSelector>[0]) => selectorText(fromLabelSelector(selector) ?? [])

/** Conditions by their type, status and reason. */
const conditions = (list: readonly { type: string, status: string, reason?: string }[] = []) => list.length ? block('Conditions', ['Type', 'Status', 'Reason'], list.map(({ type, status, reason = '' }) => [`${type} `, status, reason])) : []

const templateLines = (template: Parameters<typeof templateText>[0]) => templateText(template).replace(/\n$/, '').split('\n')

function containers(title: string, list: readonly Container[], statuses: readonly ContainerStatus[] = []): string[] {
  return [`${title}:`, ...list.flatMap(each => containerLines(each, known(statuses.find(status => status.name === each.name))).map(line => `  ${line}`))]
}

export function describePod(pod: Pod, sight: Sight): string[] {
  const { metadata, spec, status } = pod
  const { deletionTimestamp } = metadata
  const going = deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded'
  const ips = status.podIPs ?? []
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace}`,
    ...(spec.priority === undefined ? [] : [`Priority:\t${spec.priority}`]),
    ...(spec.priorityClassName ? [`Priority Class Name:\t${spec.priorityClassName}`] : []),
    ...(spec.serviceAccountName ? [`Service Account:\t${spec.serviceAccountName}`] : []),
    `Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>'}`,
    ...(status.startTime ? [`Start Time:\t${date(status.startTime)}`] : []),
    ...labelLines('Labels', metadata.labels as Record<string, string>),
    ...annotationLines('Annotations', metadata.annotations as Record<string, string>),
    ...(going ? [`Status:\tTerminating (lasts ${age(deletionTimestamp, sight.now)})`, `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds}s`] : [`Status:\t${status.phase}`]),
    ...(status.reason ? [`Reason:\t${status.reason}`] : []),
    ...(status.message ? [`Message:\t${status.message}`] : []),
    `IP:\t${status.podIP ?? ''}`,
    ...(ips.length ? ['IPs:', ...ips.map(({ ip }) => `  IP:\t${ip}`)] : ['IPs:\t<none>']),
    ...controlledBy(pod),
    ...(status.nominatedNodeName ? [`NominatedNodeName:\t${status.nominatedNodeName}`] : []),
    ...(spec.initContainers?.length ? containers('Init Containers', spec.initContainers, status.initContainerStatuses) : []),
    ...containers('Containers', spec.containers, status.containerStatuses),
    ...(spec.readinessGates?.length ? ['Readiness Gates:', '  Type\tStatus', ...spec.readinessGates.map(({ conditionType }) => `  ${conditionType} \t${status.conditions?.find(each => each.type === conditionType)?.status ?? '<none>'} `)] : []),
    ...(status.conditions?.length ? ['Conditions:', '  Type\tStatus', ...status.conditions.map(each => `  ${each.type} \t${each.status} `)] : []),
    ...volumeLines(spec.volumes ?? []),
    `QoS Class:\t${status.qosClass ?? 'BestEffort'}`,
    ...labelLines('Node-Selectors', spec.nodeSelector as Record<string, string>),
    ...tolerationLines('Tolerations', [...spec.tolerations ?? []].sort((a, b) => (a.key ?? '') < (b.key ?? '') ? -1 : (a.key ?? '') > (b.key ?? '') ? 1 : 0)),
    ...(spec.topologySpreadConstraints?.length ? spreadLines(spec.topologySpreadConstraints) : []),
    ...eventLines(pod, sight),
  ]
}

export function describeReplicaSet(set: ReplicaSet, sight: Sight): string[] {
  const { metadata, spec, status } = set
  const pods = sight.api.list('Pod', { owner: metadata.uid })
  const count = (phase: string) => pods.filter(pod => pod.status.phase === phase).length
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace}`,
    `Selector:\t${selectorOf(spec.selector)}`,
    ...labelLines('Labels', metadata.labels as Record<string, string>),
    ...annotationLines('Annotations', metadata.annotations as Record<string, string>),
    ...controlledBy(set),
    `Replicas:\t${status.replicas} current / ${spec.replicas} desired`,
    `Pods Status:\t${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`,
    ...templateLines(spec.template),
    ...conditions(status.conditions),
    ...eventLines(set, sight),
  ]
}

const sized = (sets: readonly ReplicaSet[]) => sets.map(({ metadata, spec, status }) => `${metadata.name} (${status.replicas}/${spec.replicas} replicas created)`).join(', ') || '<none>'

export function describeDeployment(deployment: Deployment, sight: Sight): string[] {
  const { metadata, spec, status } = deployment
  // as FindNewReplicaSet leaves them
  const sets = [...sight.api.list('ReplicaSet', { owner: metadata.uid })].sort(byCreation)
  const current = newSet(deployment, sets)
  const old = oldSets(sets, current)
  const { rollingUpdate } = spec.strategy
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace}`,
    `CreationTimestamp:\t${date(metadata.creationTimestamp)}`,
    ...labelLines('Labels', metadata.labels as Record<string, string>),
    ...annotationLines('Annotations', metadata.annotations as Record<string, string>),
    `Selector:\t${selectorOf(spec.selector)}`,
    `Replicas:\t${spec.replicas} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`,
    `StrategyType:\t${spec.strategy.type}`,
    `MinReadySeconds:\t${spec.minReadySeconds ?? 0}`,
    ...(rollingUpdate ? [`RollingUpdateStrategy:\t${rollingUpdate.maxUnavailable} max unavailable, ${rollingUpdate.maxSurge} max surge`] : []),
    ...templateLines(spec.template),
    ...conditions(status.conditions),
    ...(current || old.length ? [`OldReplicaSets:\t${sized(old)}`, `NewReplicaSet:\t${sized(current ? [current] : [])}`] : []),
    ...eventLines(deployment, sight),
  ]
}
