// Addresses and ports of Services. upstream: pkg/registry/core/service/storage
import { invalid } from './errors.ts'
import type { Draft, DraftOf } from './draft.ts'
import type { ObjectOf } from './objects.ts'

/** Services get addresses out of 10.96.0.0/12, and ports of the nodes out of 30000 to 32767. */
const SERVICE_NET = [10, 96] as const
const SERVICE_BITS = 20
const PORTS = [30_000, 32_767] as const
/** The lowest ports are kept for those that are asked for by number. upstream: portallocator, 86 of 2768 */
const FIRST_DYNAMIC = 86

type Spec = NonNullable<DraftOf<'Service'>['spec']>

const address = (n: number) => `${SERVICE_NET[0]}.${SERVICE_NET[1] + (n >>> 16)}.${(n >>> 8) & 255}.${n & 255}`

function inNet(ip: string): boolean {
  const parts = ip.split('.').map(Number)
  return parts.length === 4 && parts[0] === SERVICE_NET[0] && parts[1]! >= SERVICE_NET[1] && parts[1]! < SERVICE_NET[1] + (1 << (SERVICE_BITS - 16))
}

/** A free one, from a place given by chance onwards. */
function free<T>(size: number, random: () => number, of: (n: number) => T, taken: ReadonlySet<T>): T | undefined {
  const from = Math.floor(random() * size)
  for (let i = 0; i < size; i++) {
    const found = of((from + i) % size)
    if (!taken.has(found))
      return found
  }
  return undefined
}

const samePort = (a: Draft<{ port: number, protocol?: string }>, b: Draft<{ port: number, protocol?: string }>) => a.port === b.port && a.protocol === b.protocol

/** What a change leaves out stays as it was; what the new type has no use for goes. upstream: patchAllocatedValues, dropTypeDependentFields */
function keepAllocated(spec: Spec, before: ObjectOf<'Service'>['spec']) {
  const needsIp = (type: string | undefined) => type !== 'ExternalName'
  const needsPorts = (type: string | undefined) => type === 'NodePort' || type === 'LoadBalancer'
  if (needsIp(spec.type) && needsIp(before.type)) {
    spec.clusterIP ||= before.clusterIP
    spec.clusterIPs ??= before.clusterIPs
  }
  for (const field of ['ipFamilies', 'ipFamilyPolicy'] as const) {
    if (needsIp(spec.type) && spec[field] === undefined)
      Object.assign(spec, { [field]: before[field] })
  }
  if (needsPorts(spec.type) && needsPorts(before.type)) {
    spec.ports = spec.ports?.map(port => port.nodePort ? port : { ...port, ...pick(before.ports?.find(old => samePort(old, port))?.nodePort) })
  }
  else if (!needsPorts(spec.type)) {
    spec.ports = spec.ports?.map(({ nodePort, ...port }) => nodePort && !before.ports?.some(old => old.nodePort === nodePort) ? { ...port, nodePort } : port)
  }
  if (!needsIp(spec.type) && spec.clusterIP === before.clusterIP) {
    for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'internalTrafficPolicy'] as const)
      delete spec[field]
  }
  if (!needsPorts(spec.type) && spec.externalTrafficPolicy === before.externalTrafficPolicy)
    delete spec.externalTrafficPolicy
}

const pick = (nodePort: number | undefined) => nodePort ? { nodePort } : {}

/** Keeps what a changed Service had, before it is checked. */
export function keepService(draft: DraftOf<'Service'>, old: ObjectOf<'Service'>): void {
  if (draft.spec !== old.spec)
    keepAllocated(draft.spec = { ...draft.spec }, old.spec)
}

/** Gives a Service its address and its ports on the nodes. @throws ApiError where what it asks for is not to be had */
export function allocate(draft: DraftOf<'Service'>, others: readonly ObjectOf<'Service'>[], random: () => number): void {
  const spec = draft.spec!
  const name = draft.metadata?.name ?? ''
  const refuse = (field: string, value: unknown, why: string): never => {
    throw invalid('Service', name, [{ reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${why}` }])
  }
  if (spec.type === 'ExternalName')
    return
  const rest = others.filter(other => other.metadata.name !== name || other.metadata.namespace !== draft.metadata?.namespace)
  const wanted = spec.clusterIP || spec.clusterIPs?.[0]
  const addresses = new Set(rest.map(other => other.spec.clusterIP ?? ''))
  if (wanted && wanted !== 'None') {
    if (!inNet(wanted))
      refuse('spec.clusterIPs', [wanted], `failed to allocate IP ${wanted}: the provided IP (${wanted}) is not in the valid range. The range of valid IPs is ${address(0)}/${32 - SERVICE_BITS}`)
    if (addresses.has(wanted))
      refuse('spec.clusterIPs', [wanted], `failed to allocate IP ${wanted}: provided IP is already allocated`)
  }
  // the first and the last address of the net are no Service's
  spec.clusterIP = wanted || free((1 << SERVICE_BITS) - 2, random, n => address(n + 1), addresses)!
  spec.clusterIPs = [spec.clusterIP]
  spec.ipFamilies ??= ['IPv4']
  spec.ipFamilyPolicy ??= 'SingleStack'
  if (spec.type === 'ClusterIP' || spec.allocateLoadBalancerNodePorts === false)
    return
  const ports = new Set(rest.flatMap(other => other.spec.ports?.map(port => port.nodePort ?? 0) ?? []))
  spec.ports?.forEach(({ nodePort }, i) => {
    if (!nodePort)
      return
    if (nodePort < PORTS[0] || nodePort > PORTS[1])
      refuse(`spec.ports[${i}].nodePort`, nodePort, `provided port is not in the valid range. The range of valid ports is ${PORTS[0]}-${PORTS[1]}`)
    if (ports.has(nodePort))
      refuse(`spec.ports[${i}].nodePort`, nodePort, 'provided port is already allocated')
    ports.add(nodePort)
  })
  spec.ports = spec.ports?.map((port) => {
    if (port.nodePort)
      return port
    const first = PORTS[0] + FIRST_DYNAMIC
    const nodePort = free(PORTS[1] - first + 1, random, n => first + n, ports)!
    ports.add(nodePort)
    return { ...port, nodePort }
  })
}
