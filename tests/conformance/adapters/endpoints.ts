// Cases of Services' endpoints: who is in, how, and in which slices.
import type { ServicePort } from 'kubernetes-types/core/v1'
import type { Endpoint, EndpointPort } from 'kubernetes-types/discovery/v1'
import type { EndpointSlice, Node, Pod, Service } from '../../../cluster/api/objects.ts'
import { belongs, endpointOf, endpointPorts } from '../../../cluster/controllers/endpointslice/endpoint.ts'
import { packSlices } from '../../../cluster/controllers/endpointslice/packing.ts'
import { equal, only, table } from '../run.ts'

const meta = (name: string, namespace = 'test') => ({ name, namespace, uid: '', resourceVersion: '1', creationTimestamp: '' })

interface GivenPod { metadata?: object, spec: object, status?: object }
const apiPod = ({ metadata = {}, spec, status = {} }: GivenPod) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { ...meta('pod1'), ...metadata }, spec, status } as unknown as Pod)

const service = (spec: object): Service => ({ apiVersion: 'v1', kind: 'Service', metadata: meta('foo'), spec, status: {} })

interface AsEndpoint {
  name: string
  pod: { ready: boolean, terminating: boolean, hostname?: string, subdomain?: string, podIPs?: (string | { ip: string })[] }
  nodeLabels: Record<string, string> | null
  publishNotReadyAddresses: boolean
  endpoint: object
}

function asEndpoint({ pod, nodeLabels, publishNotReadyAddresses, endpoint }: AsEndpoint) {
  const { ready, terminating, hostname, subdomain, podIPs = ['1.2.3.5'] } = only(pod, 'ready terminating hostname subdomain podIPs')
  const made = apiPod({
    metadata: terminating ? { deletionTimestamp: 'set' } : {},
    spec: { nodeName: 'node-1', hostname, subdomain, containers: [] },
    status: { phase: 'Running', podIPs: podIPs.map(ip => typeof ip === 'string' ? { ip } : ip), conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  })
  const node = nodeLabels ? { metadata: { ...meta('node-1'), labels: nodeLabels } } as unknown as Node : undefined
  const { targetRef, ...rest } = endpointOf(made, node, service({ publishNotReadyAddresses }))
  const { uid, ...ref } = targetRef!
  equal({ ...rest, targetRef: uid ? targetRef : ref }, endpoint)
}

interface Packing { name: string, pods: number, max: number, existing: number[], changed?: number[], portChanged?: boolean, create: number, update: number, delete: number, lengths: number[] }

const endpoint = (i: number, ready = true): Endpoint => ({ addresses: [`10.0.${i >> 8}.${i & 255}`], conditions: { ready }, targetRef: { kind: 'Pod', namespace: 'test', name: `pod${i}` } })

function packing({ pods, max, existing, changed = [], portChanged = false, create, update, delete: removed, lengths }: Packing) {
  const ports: EndpointPort[] = [{ name: 'http', port: portChanged ? 81 : 80, protocol: 'TCP' }]
  let made = 0
  const slices = existing.map((length, i): EndpointSlice => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: meta(`slice-${i}`),
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
    endpoints: Array.from({ length }, (_, j) => endpoint(made++, j >= (changed[i] ?? 0))),
  }))
  const plan = packSlices(slices, [{ ports, endpoints: Array.from({ length: pods }, (_, i) => endpoint(i)) }], max)
  equal({ create: plan.create.length, update: plan.update.length, delete: plan.remove.length }, { create, update, delete: removed })
  const written = new Set([...plan.update.map(each => each.slice), ...plan.remove])
  const after = [...slices.filter(slice => !written.has(slice)), ...plan.create, ...plan.update]
  const sorted = (sizes: number[]) => [...sizes].sort((a, b) => a - b)
  equal(sorted(after.map(each => each.endpoints.length)), sorted(lengths), 'the lengths')
}

export const tables = {
  shouldPodBeInEndpoints: table<{ name: string, pod: GivenPod, includeTerminating: boolean, expected: boolean }>('name pod includeTerminating expected', ({ pod, includeTerminating, expected }) =>
    equal(belongs(apiPod(only(pod, 'metadata spec status')), includeTerminating), expected)),
  podToEndpoint: table<AsEndpoint>('name pod nodeLabels publishNotReadyAddresses endpoint', asEndpoint),
  endpointPorts: table<{ name: string, servicePorts: ServicePort[], headless: boolean, pod: GivenPod, expected: object[] }>('name servicePorts headless pod expected', ({ servicePorts, headless, pod, expected }) =>
    equal(endpointPorts(service({ ports: servicePorts, ...(headless && { clusterIP: 'None' }) }), apiPod(only(pod, 'metadata spec status'))), expected)),
  packing: table<Packing>('name pods max existing changed portChanged create update delete lengths', packing),
}
