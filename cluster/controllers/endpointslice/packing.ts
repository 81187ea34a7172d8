// Endpoints into slices, touching as few slices as can be. upstream: k8s.io/endpointslice reconciler.go
import type { Endpoint, EndpointPort } from 'kubernetes-types/discovery/v1'
import { same } from '../../api/objects.ts'
import type { EndpointSlice } from '../../api/objects.ts'

/** Endpoints that have the same ports. */
export interface Group { readonly ports: EndpointPort[], readonly endpoints: Endpoint[] }

/** A slice as it is to be; without a name one that is to be made. */
export interface Planned extends Group { readonly slice?: EndpointSlice }

export interface Plan { readonly create: Planned[], readonly update: Planned[], readonly remove: EndpointSlice[] }

/** The words of endpoints and of lists of ports that are frozen: they are compared again and again. */
const words = new WeakMap<object, string>()
function wordOf<T extends object>(value: T, make: (value: T) => string): string {
  let word = words.get(value)
  if (word === undefined) {
    word = make(value)
    if (Object.isFrozen(value))
      words.set(value, word)
  }
  return word
}

/** What makes an endpoint the one it is. upstream: hashEndpoint */
const keyOf = (endpoint: Endpoint) => wordOf(endpoint, ({ addresses, hostname, targetRef }) => [...[...addresses].sort(), hostname, targetRef?.namespace, targetRef?.name].join())

/** Ports as one word, in any order. upstream: NewPortMapKey */
export const portKey = (list: readonly EndpointPort[]): string => wordOf(list, ports => ports.map(({ name, port, protocol, appProtocol }) => [name, port, protocol, appProtocol].join()).sort().join(';'))

/**
 * What has to be written so that the slices hold the wanted endpoints.
 * @param existing the Service's own slices
 * @param max endpoints a slice. Kubernetes: 100
 * @param relabel whether a slice's labels have to be written
 */
export function packSlices(existing: readonly EndpointSlice[], groups: readonly Group[], max: number, relabel: (slice: EndpointSlice) => boolean = () => false): Plan {
  const create: Planned[] = []
  const update: Planned[] = []
  const remove: EndpointSlice[] = []
  const byPorts = Map.groupBy(existing, slice => portKey(slice.ports ?? []))
  for (const group of groups) {
    const key = portKey(group.ports)
    packGroup(byPorts.get(key) ?? [], group, max, relabel, { create, update, remove })
    byPorts.delete(key)
  }
  for (const slices of byPorts.values())
    remove.push(...slices)

  // a Service without endpoints keeps one slice without any
  if (remove.length === existing.length && !create.length) {
    const [only] = remove
    if (remove.length === 1 && !only!.endpoints.length && !only!.ports?.length && !relabel(only!))
      remove.pop()
    else
      create.push({ ports: [], endpoints: [] })
  }
  // what would be deleted is rewritten for what would be made. upstream: finalize
  while (create.length && remove.length)
    update.push({ ...create.pop()!, slice: remove.shift()! })
  return { create, update, remove }
}

function packGroup(existing: readonly EndpointSlice[], { ports, endpoints }: Group, max: number, relabel: (slice: EndpointSlice) => boolean, { create, update, remove }: Plan) {
  const left = new Map(endpoints.map(endpoint => [keyOf(endpoint), endpoint]))
  const touched: { slice: EndpointSlice, ports: EndpointPort[], endpoints: Endpoint[] }[] = []
  const untouched: EndpointSlice[] = []
  for (const slice of existing) {
    const kept: Endpoint[] = []
    let changed = false
    for (const old of slice.endpoints) {
      const key = keyOf(old)
      const wanted = left.get(key)
      if (wanted) {
        kept.push(wanted)
        changed ||= !same(wanted, old)
        left.delete(key)
      }
    }
    if (!changed && kept.length === slice.endpoints.length && !relabel(slice))
      untouched.push(slice)
    else if (kept.length || !slice.endpoints.length)
      touched.push({ slice, ports, endpoints: kept })
    else
      remove.push(slice)
  }
  const rest = [...left.values()]
  const fill = (into: Endpoint[]) => into.push(...rest.splice(0, max - into.length))
  for (const each of [...touched].sort((a, b) => b.endpoints.length - a.endpoints.length))
    fill(each.endpoints)
  while (rest.length) {
    // what is left may fit into a slice that needed no change: the fullest that can take all of it. upstream: getSliceToFill
    const room = (slice: EndpointSlice) => max - slice.endpoints.length - rest.length
    const fits = rest.length < max ? untouched.filter(slice => room(slice) >= 0 && room(slice) < max).sort((a, b) => room(a) - room(b))[0] : undefined
    const filled = fits ? [...fits.endpoints] : []
    fill(filled)
    if (fits) {
      touched.push({ slice: fits, ports, endpoints: filled })
      untouched.splice(untouched.indexOf(fits), 1)
    }
    else {
      create.push({ ports, endpoints: filled })
    }
  }
  update.push(...touched)
}
