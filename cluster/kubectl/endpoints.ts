// Endpoints, which older texts ask for: a list to read, made of a Service's EndpointSlices. Nothing keeps or writes it. upstream: pkg/controller/endpoint
import type { EndpointAddress, Endpoints, EndpointSubset } from 'kubernetes-types/core/v1'
import { selectorFromSet } from '../api/labels.ts'
import { RESOURCES } from '../api/objects.ts'
import type { AnyObject, EndpointSlice, Kind, Resource, Service } from '../api/objects.ts'
import type { Server } from '../api/server.ts'
import { emptyOf } from './empty.ts'

/** Named beside the kinds that the API server keeps; only what reads takes it. */
export const ENDPOINTS = 'Endpoints' as Kind
const OWN: Resource = { kind: ENDPOINTS, apiVersion: 'v1', group: '', plural: 'endpoints', singular: 'endpoints', short: ['ep'], namespaced: true, status: false, generation: false }

/** What the server says to whoever asks for them. */
export const DEPRECATED = 'Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n'
export const READ_ONLY = 'endpoints can be read here (get, describe) and not written: they are made of the EndpointSlices, which Services keep'

/** What is known of a kind, of Endpoints and of those that hold nothing, too. */
export const resourceOf = (kind: Kind): Resource => kind === ENDPOINTS ? OWN : emptyOf(kind) as Resource | undefined ?? RESOURCES[kind]

/** Whether a word means them: endpoints, ep, endpoints.v1. */
export const isEndpoints = (word: string) => /^(?:endpoints|ep)(?:\.v1)?\.?$/i.test(word)

const ipOrder = (a: EndpointAddress, b: EndpointAddress) => a.ip === b.ip ? 0 : a.ip < b.ip ? -1 : 1

/** The slices' addresses by their ports. upstream: endpoints.RepackSubsets */
function subsetsOf(slices: readonly EndpointSlice[]): EndpointSubset[] {
  const byPorts = new Map<string, EndpointSubset>()
  for (const { endpoints = [], ports = [] } of slices) {
    for (const { addresses, conditions, nodeName, targetRef } of endpoints) {
      if (conditions?.terminating)
        continue
      const key = JSON.stringify(ports)
      const subset: EndpointSubset = byPorts.get(key) ?? { ...(ports.length && { ports: ports.map(({ name, port, protocol }) => ({ ...(name && { name }), port: port!, protocol: protocol ?? 'TCP' })) }) }
      const list = conditions?.ready === false ? 'notReadyAddresses' : 'addresses'
      byPorts.set(key, { ...subset, [list]: [...subset[list] ?? [], { ip: addresses[0]!, ...(nodeName && { nodeName }), ...(targetRef && { targetRef }) }].sort(ipOrder) })
    }
  }
  return [...byPorts.values()]
}

/** A Service's list; undefined where it has none: without a selector and without slices. */
function of(api: Pick<Server, 'list'>, { metadata, spec }: Service): AnyObject | undefined {
  const slices = api.list('EndpointSlice', { namespace: metadata.namespace, labels: selectorFromSet({ 'kubernetes.io/service-name': metadata.name }) })
  const selects = Object.keys(spec.selector ?? {}).length > 0
  if (!selects && !slices.length)
    return undefined
  const subsets = subsetsOf(slices)
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { creationTimestamp: slices[0]?.metadata.creationTimestamp ?? metadata.creationTimestamp, labels: { ...metadata.labels, ...(selects ? { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' } : { 'endpointslice.kubernetes.io/skip-mirror': 'true' }) }, name: metadata.name, namespace: metadata.namespace },
    ...(subsets.length && { subsets }),
  } satisfies Omit<Endpoints, 'metadata'> & { metadata: object } as unknown as AnyObject
}

/** Those of the Services that the options of a list choose; their labels are the Services' own. */
export const listEndpoints = (api: Pick<Server, 'list'>, options: NonNullable<Parameters<Server['list']>[1]>): AnyObject[] => api.list('Service', options).flatMap(service => of(api, service) ?? [])

/** Those of a Service by its name; undefined where there are none. */
export function getEndpoints(api: Pick<Server, 'get' | 'list'>, namespace: string, name: string): AnyObject | undefined {
  const service = api.get('Service', namespace, name)
  return service && of(api, service)
}
