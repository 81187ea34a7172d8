// What kube-proxy has written down, and where it leads: from a Service's port to a Pod's, and to who listens there. upstream: pkg/proxy, in iptables mode
import type { EndpointSlice, Service } from '../api/objects.ts'
import { keyOf } from '../api/store.ts'
import type { WatchEvent } from '../api/store.ts'
import { fails, servesFrom } from '../node/load.ts'
import { machinesOf, reachMayDiffer } from '../node/machine.ts'
import type { Process } from '../node/machine.ts'
import { listensOn } from '../node/probes.ts'
import type { World } from '../timeline/state.ts'
import type { Outcome } from './requests.ts'

declare module '../timeline/state.ts' {
  interface World { rules?: Rules }
}

interface Endpoint { readonly node: string, readonly pod: string, readonly uid: string }
/** Where a slice's addresses lead: those that are ready, and those that end but still serve; and their ports by name. */
interface Slice { readonly ready: readonly Endpoint[], readonly ending: readonly Endpoint[], readonly ports: Readonly<Record<string, number>> }
interface Port { readonly name: string, readonly port: number }

/** Where requests go: a node's kernel has these rules, and keeps them while its kube-proxy hears nothing. */
interface Table {
  services: Map<string, readonly Port[]>
  /** by Service, by slice */
  slices: Map<string, Map<string, Slice>>
}

/** What the kube-proxies know, a little late: all that hear know the same. */
export interface Rules extends Table {
  /** by node: the last rules of those that are cut off; absent where none is */
  kept?: Map<string, Table>
}

/** A Service and one of its ports: the first where none is named. */
export interface Asked { readonly namespace: string, readonly service: string, readonly port?: number }
/** A port of a Pod on its machine. */
export interface Place { readonly node?: string, readonly pod?: string, readonly uid?: string, readonly port?: number }

/** ms: one way between two machines. */
export const HOP = 1

const rulesOf = (world: World): Rules => world.rules ??= { services: new Map(), slices: new Map() }

function readSlice({ endpoints, ports = [] }: EndpointSlice): Slice {
  const some = (wanted: (conditions: NonNullable<EndpointSlice['endpoints'][number]['conditions']>) => boolean) => Object.freeze(endpoints
    .filter(({ conditions, targetRef }) => targetRef && wanted(conditions ?? {}))
    .map(({ nodeName = '', targetRef }) => Object.freeze({ node: nodeName, pod: targetRef!.name ?? '', uid: targetRef!.uid ?? '' })))
  return Object.freeze({
    ready: some(each => each.ready !== false),
    ending: some(each => each.ready === false && !!each.serving && !!each.terminating),
    ports: Object.freeze(Object.fromEntries(ports.map(({ name = '', port = 0 }) => [name, port]))),
  })
}

const portsOf = ({ spec: { ports = [] } }: Service): readonly Port[] => Object.freeze(ports.map(({ name = '', port }) => Object.freeze({ name, port })))

const SERVICE_NAME = 'kubernetes.io/service-name'

/**
 * Who is cut off keeps the rules it has, and has none after its machine was switched off; who is heard again knows what all know. To be called before the
 * rules become others, and while requests go.
 */
export function keepRules(world: World): void {
  if (!reachMayDiffer(world))
    return
  const rules = rulesOf(world)
  for (const { spec: { name }, on, connected } of machinesOf(world).values()) {
    if (connected) {
      rules.kept?.delete(name)
      continue
    }
    rules.kept ??= new Map()
    if (!on)
      rules.kept.set(name, { services: new Map(), slices: new Map() })
    else if (!rules.kept.has(name))
      rules.kept.set(name, { services: new Map(rules.services), slices: new Map([...rules.slices].map(([service, slices]) => [service, new Map(slices)])) })
  }
  if (!rules.kept?.size)
    delete rules.kept
}

/** The rules of a node: the newest, or those it had when it was cut off. */
const tableOf = (world: World, node: string): Table => machinesOf(world).get(node)?.connected === false ? rulesOf(world).kept?.get(node) ?? rulesOf(world) : rulesOf(world)

/**
 * The rules that a request meets: those of the node that its Pod is on. Clients stand outside, and come in by a node that hears; where none does, by those with power in turn.
 * @param node of the Pod that asks; absent for clients, who come `turn` by turn
 */
function tableFor(world: World, node: string | undefined, turn: number): Table {
  if (!rulesOf(world).kept)
    return rulesOf(world)
  if (node !== undefined)
    return tableOf(world, node)
  const on = [...machinesOf(world).values()].filter(each => each.on)
  return on.length && on.every(({ connected }) => !connected) ? tableOf(world, on[turn % on.length]!.spec.name) : rulesOf(world)
}

/** Takes in what has been written of a Service or of its endpoints. */
export function learn(world: World, event: WatchEvent): void {
  keepRules(world)
  const rules = rulesOf(world)
  const { namespace, name, labels } = event.object.metadata
  const gone = event.type === 'DELETED'
  if (event.kind === 'Service') {
    const key = keyOf(namespace, name)
    if (gone)
      rules.services.delete(key)
    else
      rules.services.set(key, portsOf(event.object as Service))
    return
  }
  const service = keyOf(namespace, labels?.[SERVICE_NAME] ?? '')
  let slices = rules.slices.get(service)
  if (!slices)
    rules.slices.set(service, slices = new Map())
  if (gone)
    slices.delete(name)
  else
    slices.set(name, readSlice((event as WatchEvent<'EndpointSlice'>).object))
}

/** One of a Service's Pods, by chance. Those that end are asked only where none is ready. upstream: proxy.CategorizeEndpoints */
function choose(slices: Map<string, Slice> | undefined, port: string, random: () => number): Place | undefined {
  if (!slices)
    return undefined
  for (const part of ['ready', 'ending'] as const) {
    let count = 0
    for (const slice of slices.values())
      count += slice.ports[port] === undefined ? 0 : slice[part].length
    if (!count)
      continue
    let i = Math.floor(random() * count)
    for (const slice of slices.values()) {
      const to = slice.ports[port]
      if (to === undefined)
        continue
      const endpoint = slice[part][i]
      if (endpoint)
        return { node: endpoint.node, pod: endpoint.pod, uid: endpoint.uid, port: to }
      i -= slice[part].length
    }
  }
  return undefined
}

/**
 * Where a request to a Service goes. A port without endpoints is refused (a REJECT rule). A port that the Service has not is in no rule at all: the packet is
 * sent on and lost, and nobody answers in time. upstream: pkg/proxy/iptables, syncProxyRules (only nftables rejects those too: its chain cluster-ips-check)
 * @param from the node of the Pod that asks; absent for clients, who come `turn` by turn
 */
export function route(world: World, { namespace, service, port: wanted }: Asked, random: () => number, from?: string, turn = 0): Place | 'unknown' | 'timeout' | 'refused' {
  const { services, slices } = tableFor(world, from, turn)
  const key = keyOf(namespace, service)
  const ports = services.get(key)
  if (!ports)
    return 'unknown'
  const port = wanted === undefined ? ports[0] : ports.find(each => each.port === wanted)
  return port ? choose(slices.get(key), port.name, random) ?? 'refused' : 'timeout'
}

/** The container that listens on a port of a Pod's address. */
export function serverOf(world: World, { node = '', uid = '', port }: Place): Process | undefined {
  const found = machinesOf(world).get(node)?.pods.get(uid)
  if (!found)
    return undefined
  const { containers, pod: { spec } } = found
  const inits = containers.length - spec.containers.length
  for (let i = inits; i < containers.length; i++) {
    const process = containers[i]!
    if (process.stage === 'running' && process.load!.program.runs === Infinity && listensOn(spec.containers[i - inits]!, process.load!.program, port))
      return process
  }
  return undefined
}

/** Who answers at a place: nobody at all on a machine without power; nobody yet, no more or on that port; or a container. */
export function listener(world: World, place: Place, now: number): Process | 'timeout' | 'refused' {
  if (!machinesOf(world).get(place.node ?? '')?.on)
    return 'timeout'
  const server = serverOf(world, place)
  return server?.load && now >= servesFrom(server.load) && server.term > now ? server : 'refused'
}

/**
 * What would come of one request, and in how long: for those that are made by hand, and counted nowhere.
 * @param world where it is made; nothing in it is changed
 * @param to a Service, or a Pod's port
 * @param now virtual ms
 * @param random as of `Context`
 * @param from the node of the Pod that asks
 * @returns the outcome, the ms until it is known (`timeout`: Infinity), and who answered, with the pages that it has where it has not any
 */
export function attempt(world: World, to: Asked | Place, now: number, random: () => number, from?: string, depth = 0): { outcome: Outcome, ms: number, pod?: string, paths?: readonly string[] } {
  const place = 'service' in to ? route(world, to, random, from) : to
  const server = typeof place === 'string' ? place : listener(world, place, now)
  if (typeof server === 'string')
    return { outcome: server, ms: server === 'timeout' ? Infinity : server === 'refused' ? 2 * HOP : 0 }
  const load = server.load!
  const { program: { cpu, wait, calls, paths }, busyUntil, cores } = load
  const { pod, node = '', uid = '' } = place as Place
  const ms = Math.max(0, busyUntil - now) + cpu / cores + wait + 2 * HOP
  const who = { pod: pod ?? machinesOf(world).get(node)?.pods.get(uid)?.pod.metadata.name, ...(paths && { paths }) }
  if (fails(load, now))
    return { outcome: 'error', ms, ...who }
  if (!calls || depth > 3)
    return { outcome: 'ok', ms, ...who }
  const { namespace } = machinesOf(world).get(node)!.pods.get(uid)!.pod.metadata
  const next = attempt(world, { namespace, service: calls }, now, random, node, depth + 1)
  return { outcome: next.outcome === 'ok' || next.outcome === 'timeout' ? next.outcome : 'error', ms: ms + next.ms, ...who }
}
