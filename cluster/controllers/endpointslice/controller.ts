// The EndpointSlice controller: which Pods stand behind which Service. upstream: pkg/controller/endpointslice/endpointslice_controller.go
import type { Endpoint, EndpointPort } from 'kubernetes-types/discovery/v1'
import { selectorFromSet, selectorMatches } from '../../api/labels.ts'
import { deepFreeze, same } from '../../api/objects.ts'
import type { EndpointSlice, Node, Pod, Service } from '../../api/objects.ts'
import type { Actor, Context } from '../../timeline/kernel.ts'
import { controllerRef } from '../owners.ts'
import { isPodTerminal, podCondition } from '../pods.ts'
import { attempt, newRetries } from '../workqueue.ts'
import type { Retries } from '../workqueue.ts'
import { belongs, endpointOf, endpointPorts } from './endpoint.ts'
import { packSlices, portKey } from './packing.ts'
import type { Group, Planned } from './packing.ts'

const NAME = 'endpoint-slice-controller'
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
const SERVICE_NAME = 'kubernetes.io/service-name'
const HEADLESS = 'service.kubernetes.io/headless'
const MANAGER = 'endpointslice-controller.k8s.io'
/** upstream: --max-endpoints-per-slice */
const MAX_ENDPOINTS = 100
/** What a look takes for each slice where there are several, ms. */
const SLICE_TIME = 20
/** A key is given up after so many failures in a row. upstream: maxRetries */
const MAX_RETRIES = 15

interface Memory { readonly retries: Retries }
type Ctx = Context<Memory>

const keyOf = ({ metadata }: Service) => `${metadata.namespace}/${metadata.name}`

/** Whether a Pod's change means nothing to a Service. upstream: podEndpointsChanged */
function unmoved(a: Pod, b: Pod): boolean {
  return a.metadata.deletionTimestamp === b.metadata.deletionTimestamp && a.spec.nodeName === b.spec.nodeName
    && a.status.podIP === b.status.podIP && isPodTerminal(a) === isPodTerminal(b)
    && podCondition(a, 'Ready')?.status === podCondition(b, 'Ready')?.status
    && same(a.metadata.labels, b.metadata.labels)
}

function observePod({ api, enqueue }: Ctx, type: string, pod: Pod, old: Pod | undefined) {
  if (type === 'MODIFIED' && old && unmoved(pod, old))
    return
  for (const service of api.list('Service', { namespace: pod.metadata.namespace })) {
    const selector = service.spec.selector && selectorFromSet(service.spec.selector)
    if (selector && (selectorMatches(selector, pod.metadata.labels) || (old && selectorMatches(selector, old.metadata.labels)))) {
      // a look takes time in proportion to the Pods: a Service of many slices is looked at less often
      const slices = api.list('EndpointSlice', { owner: service.metadata.uid }).length
      enqueue(keyOf(service), slices > 1 ? slices * SLICE_TIME : 0)
    }
  }
}

/** The labels of a Service's slices: the Service's own, and whose they are. upstream: setEndpointSliceLabels */
function labelsFor({ metadata: { name, labels }, spec }: Service): Record<string, string> {
  const { [HEADLESS]: _, ...own } = labels ?? {}
  return { ...own, ...(spec.clusterIP === 'None' && { [HEADLESS]: '' }), [SERVICE_NAME]: name, [MANAGED_BY]: MANAGER }
}

/** A Pod behind a Service: its ports, and itself. Frozen: a Service is looked at whenever one of its Pods changes, and all the others are as they were. */
interface Seat { readonly node: Node | undefined, readonly ports: EndpointPort[], readonly endpoint: Endpoint }
const seats = new WeakMap<Service, WeakMap<Pod, Seat>>()

function seatOf(service: Service, pod: Pod, node: Node | undefined): Seat {
  let known = seats.get(service)
  if (!known)
    seats.set(service, known = new WeakMap())
  let seat = known.get(pod)
  if (!seat || seat.node !== node)
    known.set(pod, seat = { node, ports: deepFreeze(endpointPorts(service, pod)), endpoint: deepFreeze(endpointOf(pod, node, service)) })
  return seat
}

/** The Pods behind a Service, by their ports. upstream: reconcileByAddressType */
function wantedGroups({ api }: Ctx, service: Service): Group[] {
  const groups = new Map<string, Group>()
  for (const pod of api.list('Pod', { namespace: service.metadata.namespace, labels: selectorFromSet(service.spec.selector) })) {
    if (!belongs(pod, true))
      continue
    const node = pod.spec.nodeName ? api.get('Node', '', pod.spec.nodeName) : undefined
    // a Pod whose node is gone cannot be reached
    if (!node && !service.spec.publishNotReadyAddresses)
      continue
    const { ports, endpoint } = seatOf(service, pod, node)
    const key = portKey(ports)
    let group = groups.get(key)
    if (!group)
      groups.set(key, group = { ports, endpoints: [] })
    if (endpoint.addresses.length)
      group.endpoints.push(endpoint)
  }
  return [...groups.values()]
}

/** upstream: syncService */
function sync(ctx: Ctx, key: string) {
  const { api } = ctx
  const [namespace, name] = key.split('/') as [string, string]
  const service = api.get('Service', namespace, name)
  // without a selector somebody else knows the endpoints; of a Service that is gone the garbage collector takes the slices
  if (!service?.spec.selector || service.spec.type === 'ExternalName')
    return
  const labels = labelsFor(service)
  const existing = api.list('EndpointSlice', { owner: service.metadata.uid }).filter(slice => slice.metadata.labels?.[MANAGED_BY] === MANAGER && !slice.metadata.deletionTimestamp)
  const { create, update, remove } = packSlices(existing, wantedGroups(ctx, service), MAX_ENDPOINTS, slice => !same(slice.metadata.labels, labels))
  const content = ({ ports, endpoints }: Planned) => ({ ports, endpoints })
  if (!service.metadata.deletionTimestamp) {
    for (const planned of create)
      api.create('EndpointSlice', { metadata: { generateName: `${name}-`, namespace, labels, ownerReferences: [controllerRef(service)] }, addressType: 'IPv4', ...content(planned) }, NAME)
  }
  for (const planned of update)
    api.update('EndpointSlice', { ...planned.slice!, metadata: { ...planned.slice!.metadata, labels }, ...content(planned) }, NAME)
  for (const { metadata } of remove)
    api.delete('EndpointSlice', namespace, metadata.name, {}, NAME)
}

export const endpointSliceController: Actor<Memory> = {
  name: NAME,
  watches: ['Service', 'EndpointSlice', 'Pod', 'Node'],
  start: () => ({ retries: newRetries() }),
  observe({ kind, type, object, old, by }, ctx) {
    if (kind === 'Pod') {
      observePod(ctx, type, object as Pod, old as Pod | undefined)
    }
    else if (kind === 'Service') {
      ctx.enqueue(keyOf(object as Service))
    }
    else if (kind === 'EndpointSlice') {
      // changed by another hand: look again
      const service = (object as EndpointSlice).metadata.labels?.[SERVICE_NAME]
      if (service && by !== NAME)
        ctx.enqueue(`${object.metadata.namespace}/${service}`)
    }
    else if (type !== 'MODIFIED') {
      // Pods come to be reachable, or no longer, with their node
      for (const service of ctx.api.list('Service'))
        ctx.enqueue(keyOf(service))
    }
  },
  run: (key, ctx) => attempt(key, ctx.memory.retries, ctx, () => sync(ctx, key), MAX_RETRIES),
}
