// A Pod as an endpoint of a Service: whether, how, on which ports. upstream: k8s.io/endpointslice utils.go, util/controller_utils.go
import type { Container, ServicePort } from 'kubernetes-types/core/v1'
import type { Endpoint, EndpointPort } from 'kubernetes-types/discovery/v1'
import type { Node, Pod, Service } from '../../api/objects.ts'
import { isPodReady, isPodTerminal } from '../pods.ts'

const addressesOf = ({ status }: Pod): string[] => status.podIPs?.length ? status.podIPs.map(each => each.ip!) : status.podIP ? [status.podIP] : []

/** upstream: ShouldPodBeInEndpoints */
export function belongs(pod: Pod, includeTerminating: boolean): boolean {
  return !isPodTerminal(pod) && addressesOf(pod).length > 0 && (includeTerminating || !pod.metadata.deletionTimestamp)
}

/** upstream: podToEndpoint, for IPv4 */
export function endpointOf(pod: Pod, node: Node | undefined, { metadata, spec }: Service): Endpoint {
  const { name, namespace, uid, deletionTimestamp } = pod.metadata
  const serving = isPodReady(pod)
  const terminating = !!deletionTimestamp
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone']
  const { hostname, subdomain, nodeName } = pod.spec
  return {
    addresses: addressesOf(pod).filter(address => !address.includes(':')),
    conditions: { ready: !!spec.publishNotReadyAddresses || (serving && !terminating), serving, terminating },
    ...(hostname && subdomain === metadata.name && namespace === metadata.namespace && { hostname }),
    ...(nodeName && { nodeName }),
    targetRef: { kind: 'Pod', namespace, name, uid },
    ...(zone && { zone }),
  }
}

/** The container's port that a Service's port leads to; undefined where no container has it. upstream: findPort */
export function targetPort(pod: Pod, { targetPort: target, port, protocol = 'TCP' }: ServicePort): number | undefined {
  const wanted = target ?? port
  if (typeof wanted === 'number')
    return wanted
  const find = (containers: readonly Container[]) => containers.flatMap(each => each.ports ?? []).find(each => each.name === wanted && (each.protocol ?? 'TCP') === protocol)
  const { containers, initContainers = [] } = pod.spec
  return (find(containers) ?? find(initContainers.filter(each => (each as { restartPolicy?: string }).restartPolicy === 'Always')))?.containerPort
}

/** The ports of a Pod under a Service, in the Service's order. upstream: getEndpointPorts */
export function endpointPorts({ spec }: Service, pod: Pod): EndpointPort[] {
  return (spec.ports ?? []).flatMap((servicePort) => {
    const { name = '', protocol = 'TCP', appProtocol } = servicePort
    const port = targetPort(pod, servicePort)
    return port === undefined ? [] : [{ name, port, protocol, ...(appProtocol !== undefined && { appProtocol }) }]
  })
}
