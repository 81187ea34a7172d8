// kube-proxy and what goes through it: requests to a Service's address find one of its Pods. upstream: pkg/proxy
import { deepFreeze } from '../api/objects.ts'
import type { EndpointSlice, Service } from '../api/objects.ts'
import { keyOf } from '../api/store.ts'
import type { WatchEvent } from '../api/store.ts'
import { fails, servesFrom, work } from '../node/load.ts'
import { machinesOf } from '../node/machine.ts'
import type { Process } from '../node/machine.ts'
import { listensOn } from '../node/probes.ts'
import type { Actor, Context, Operation } from '../timeline/kernel.ts'
import { pop } from '../timeline/queue.ts'
import type { World } from '../timeline/state.ts'
import { finish, networkOf, schedule } from './requests.ts'
import type { Network, Outcome, Request } from './requests.ts'
import { nextArrival } from './traffic.ts'
import type { Point, Traffic } from './traffic.ts'

export const PROXY = 'kube-proxy'

interface Endpoint { readonly node: string, readonly pod: string, readonly uid: string }
/** Where a slice's addresses lead: those that are ready, and those that end but still serve; and their ports by name. */
interface Slice { readonly ready: readonly Endpoint[], readonly ending: readonly Endpoint[], readonly ports: Readonly<Record<string, number>> }
interface Port { readonly name: string, readonly port: number }

/** Where requests go: a node's kernel has these rules, and keeps them while its kube-proxy hears nothing. */
interface Rules {
  services: Map<string, readonly Port[]>
  /** by Service, by slice */
  slices: Map<string, Map<string, Slice>>
}

/** What the kube-proxies know, a little late: all that hear know the same. */
export interface ProxyMemory extends Rules {
  /** by node: the last rules of those that are cut off; absent where none is */
  kept?: Map<string, Rules>
}

type Ctx = Context<ProxyMemory>

/** ms: one way between two machines; how long an answer is waited for where nothing is said. */
const HOP = 1
const TIMEOUT = 2000
/** The one key of its tasks: something is due. */
const NEXT = 'next'

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

/** One of a Service's Pods, by chance. Those that end are asked only where none is ready. upstream: proxy.CategorizeEndpoints */
function choose(slices: Map<string, Slice> | undefined, port: string, random: () => number): { endpoint: Endpoint, port: number } | undefined {
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
      if (i < slice[part].length)
        return { endpoint: slice[part][i]!, port: to }
      i -= slice[part].length
    }
  }
  return undefined
}

/** Who is cut off keeps the rules it has, and has none after its machine was switched off; who is heard again knows what all know. To be called before the rules become others. */
function keepRules({ memory, world }: Ctx): void {
  for (const { spec: { name }, on, connected } of machinesOf(world).values()) {
    if (connected) {
      memory.kept?.delete(name)
      continue
    }
    memory.kept ??= new Map()
    if (!on)
      memory.kept.set(name, { services: new Map(), slices: new Map() })
    else if (!memory.kept.has(name))
      memory.kept.set(name, { services: new Map(memory.services), slices: new Map([...memory.slices].map(([service, slices]) => [service, new Map(slices)])) })
  }
  if (!memory.kept?.size)
    delete memory.kept
}

/**
 * The rules that a request meets: those of the node that its Pod is on. Clients stand outside, and come in by a node that hears; where none does, by those with power in turn.
 * @param node of the Pod that asks; absent for clients
 */
function rulesFor(ctx: Ctx, id: number, node?: string): Rules {
  keepRules(ctx)
  const { memory, world } = ctx
  if (!memory.kept)
    return memory
  if (node !== undefined)
    return memory.kept.get(node) ?? memory
  const on = [...machinesOf(world).values()].filter(each => each.on)
  return on.length && on.every(({ connected }) => !connected) ? memory.kept.get(on[id % on.length]!.spec.name)! : memory
}

/** The container that listens on a port of a Pod's address. */
function serverOf(world: World, { node = '', uid = '', port }: Request): Process | undefined {
  const found = machinesOf(world).get(node)?.pods.get(uid)
  if (!found)
    return undefined
  const { containers, pod: { spec } } = found
  const inits = containers.length - spec.containers.length
  for (let i = inits; i < containers.length; i++) {
    const process = containers[i]!
    if (process.stage === 'running' && process.load!.program.runs === Infinity && listensOn(spec.containers[i - inits]!, port))
      return process
  }
  return undefined
}

/** Sends a request on its way; its end is known, or will be looked at when its time has come. */
function send(ctx: Ctx, network: Network, from: string, { namespace, service, port: wanted }: Pick<Traffic, 'namespace' | 'service' | 'port'>, timeout: number, parent?: Request): void {
  const { world, now, random } = ctx
  const request: Request = { id: ++network.requests, from, namespace, service, sent: now, timeout, parent: parent?.id, node: undefined, pod: undefined, uid: undefined, port: undefined, container: undefined, starts: now, ends: Infinity, due: 0, asks: false }
  const key = keyOf(namespace, service)
  const rules = rulesFor(ctx, request.id, parent?.node)
  const ports = rules.services.get(key)
  const port = wanted === undefined ? ports?.[0] : ports?.find(each => each.port === wanted)
  if (!ports)
    return over(ctx, network, request, 'unknown', now)
  const found = port && choose(rules.slices.get(key), port.name, random)
  if (!found)
    return over(ctx, network, request, 'refused', now + HOP)
  request.node = found.endpoint.node
  request.pod = found.endpoint.pod
  request.uid = found.endpoint.uid
  request.port = found.port
  // nobody at all answers from a machine without power
  if (!machinesOf(world).get(request.node)?.on) {
    request.ends = now + timeout
    return schedule(network, request, request.ends)
  }
  const server = serverOf(world, request)
  const load = server?.load
  if (!load || now < servesFrom(load) || server.term <= now)
    return over(ctx, network, request, 'refused', now + 2 * HOP)
  const { starts, ends } = work(load, now + HOP)
  const { wait, calls } = load.program
  const last = now + timeout
  request.container = server.id
  request.starts = starts
  request.ends = Math.min(ends + (calls ? 0 : wait + HOP), last)
  schedule(network, request, request.ends, !!calls && request.ends < last)
}

/** A request's time has come: was there anybody to the end? */
function arrive(ctx: Ctx, network: Network, request: Request): void {
  const { world, now } = ctx
  const { ends, sent, timeout } = request
  if (ends >= sent + timeout)
    return over(ctx, network, request, 'timeout', ends)
  if (!machinesOf(world).get(request.node!)?.on) {
    // the answer never comes
    request.ends = sent + timeout
    return schedule(network, request, request.ends)
  }
  const server = serverOf(world, request)
  if (server?.id !== request.container)
    return over(ctx, network, request, 'reset', ends)
  if (fails(server!.load!, now))
    return over(ctx, network, request, 'error', ends)
  // its own work is done; now it asks another Service
  const { calls } = server!.load!.program
  if (request.asks && calls) {
    request.ends = Infinity
    return send(ctx, network, request.pod!, { namespace: request.namespace, service: calls }, sent + timeout - now, request)
  }
  over(ctx, network, request, 'ok', ends)
}

/** A request is over; what it was made for goes on, or fails with it. */
function over(ctx: Ctx, network: Network, request: Request, outcome: Outcome, ends: number): void {
  finish(network, request, outcome, ends)
  const waiting = request.parent === undefined ? undefined : network.flights.get(request.parent)
  if (!waiting)
    return
  if (outcome !== 'ok')
    return over(ctx, network, waiting, outcome === 'timeout' ? 'timeout' : 'error', ends)
  const wait = serverOf(ctx.world, waiting)?.load?.program.wait ?? 0
  waiting.ends = Math.min(ends + wait + HOP, waiting.sent + waiting.timeout)
  schedule(network, waiting, waiting.ends)
}

/** Does what is due, and waits for the next. */
function run(ctx: Ctx): void {
  const { now } = ctx
  const network = networkOf(ctx.world)
  const { due, flights } = network
  let next = Infinity
  for (const [name, traffic] of network.traffic) {
    const { spec } = traffic
    while (traffic.next <= now) {
      send(ctx, network, name, spec, spec.timeout)
      traffic.next = nextArrival(spec.points, traffic.next)
    }
    next = Math.min(next, traffic.next)
  }
  for (let first = due[0]; first; first = due[0]) {
    const request = flights.get(first.seq)
    if (request?.due === first.due && first.due > now) {
      next = Math.min(next, first.due)
      break
    }
    pop(due)
    if (request?.due === first.due)
      arrive(ctx, network, request)
  }
  if (next < Infinity)
    ctx.enqueue(NEXT, next - now)
}

/**
 * Begins or changes a traffic: { name, service, namespace, port, points: [{ at, rps }] or rps from now on, timeout }; `name` is the Service's where absent.
 * @throws RangeError where it cannot be one
 */
function traffic({ service, name = service, namespace = 'default', port, points, rps, timeout = TIMEOUT }: Operation, ctx: Ctx): void {
  if (typeof name !== 'string' || typeof service !== 'string')
    throw new RangeError('a traffic needs a Service')
  const curve = (points as Point[] | undefined) ?? [{ at: ctx.now, rps: Number(rps) }]
  if (!curve.every((each, i) => each.rps >= 0 && each.rps < Infinity && each.at >= (curve[i - 1]?.at ?? -Infinity)))
    throw new RangeError('a traffic is a list of times and rates, in the order of the times')
  const spec: Traffic = { name, service, namespace: String(namespace), timeout: Number(timeout), points: curve, ...(port !== undefined && { port: Number(port) }) }
  const next = nextArrival(spec.points, ctx.now)
  networkOf(ctx.world).traffic.set(name, { spec: deepFreeze(spec), next })
  if (next < Infinity)
    ctx.enqueue(NEXT, next - ctx.now)
}

const SERVICE_NAME = 'kubernetes.io/service-name'

export const proxy: Actor<ProxyMemory> = {
  name: PROXY,
  watches: ['Service', 'EndpointSlice'],
  watchLatency: 100,
  start: () => ({ services: new Map(), slices: new Map() }),
  observe(event, ctx) {
    keepRules(ctx)
    const { memory } = ctx
    const { namespace, name, labels } = event.object.metadata
    const gone = event.type === 'DELETED'
    if (event.kind === 'Service') {
      const key = keyOf(namespace, name)
      if (gone)
        memory.services.delete(key)
      else
        memory.services.set(key, portsOf(event.object as Service))
      return
    }
    const service = keyOf(namespace, labels?.[SERVICE_NAME] ?? '')
    let slices = memory.slices.get(service)
    if (!slices)
      memory.slices.set(service, slices = new Map())
    if (gone)
      slices.delete(name)
    else
      slices.set(name, readSlice((event as WatchEvent<'EndpointSlice'>).object))
  },
  run: (_, ctx) => run(ctx),
  operations: { traffic, setTraffic: traffic },
}
