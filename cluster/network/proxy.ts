// kube-proxy and what goes through it: requests to a Service's address find one of its Pods. upstream: pkg/proxy
import type { EndpointSlice } from '../api/objects.ts'
import { keyOf } from '../api/store.ts'
import type { WatchEvent } from '../api/store.ts'
import type { Actor, Context } from '../timeline/kernel.ts'
import type { World } from '../timeline/state.ts'
import { fails, servesFrom, work } from '../node/load.ts'
import { machinesOf } from '../node/machine.ts'
import type { Process } from '../node/machine.ts'
import { finish, networkOf } from './requests.ts'
import type { Outcome, Request } from './requests.ts'
import { nextArrival } from './traffic.ts'
import type { Point, Traffic } from './traffic.ts'

export const PROXY = 'kube-proxy'

interface Endpoint { readonly node: string, readonly pod: string, readonly uid: string }
/** Where a slice's addresses lead: those that are ready, and those that end but still serve. */
interface Slice { readonly ready: readonly Endpoint[], readonly ending: readonly Endpoint[] }

/** What kube-proxy knows, a little late. */
export interface ProxyMemory {
  services: Set<string>
  /** by Service, by slice */
  slices: Map<string, Map<string, Slice>>
}

/** ms: one way between two machines; how long an answer is waited for where nothing is said. */
const HOP = 1
const TIMEOUT = 2000

function readSlice({ endpoints }: EndpointSlice): Slice {
  const some = (wanted: (conditions: NonNullable<EndpointSlice['endpoints'][number]['conditions']>) => boolean) => endpoints
    .filter(({ conditions, targetRef }) => targetRef && wanted(conditions ?? {}))
    .map(({ nodeName = '', targetRef }) => ({ node: nodeName, pod: targetRef!.name ?? '', uid: targetRef!.uid ?? '' }))
  return Object.freeze({ ready: Object.freeze(some(each => each.ready !== false)), ending: Object.freeze(some(each => each.ready === false && !!each.serving && !!each.terminating)) })
}

/** One of a Service's Pods, by chance. Those that end are asked only where none is ready. upstream: proxy.CategorizeEndpoints */
function choose({ slices }: ProxyMemory, service: string, random: () => number): Endpoint | undefined {
  const known = slices.get(service)
  if (!known)
    return undefined
  for (const part of ['ready', 'ending'] as const) {
    let count = 0
    for (const slice of known.values())
      count += slice[part].length
    if (!count)
      continue
    let i = Math.floor(random() * count)
    for (const slice of known.values()) {
      if (i < slice[part].length)
        return slice[part][i]
      i -= slice[part].length
    }
  }
  return undefined
}

type Ctx = Context<ProxyMemory>

/** The container that answers on a Pod's address: the first that is a server. */
function serverOf(world: World, node = '', uid = ''): Process | undefined {
  return machinesOf(world).get(node)?.pods.get(uid)?.containers.find(({ init, stage, load }) => !init && stage === 'running' && load!.program.runs === Infinity)
}

const NOBODY: Partial<Endpoint> = {}

/** Sends a request on its way; its end is known, or will be looked at, when its time has come. */
function send(ctx: Ctx, from: string, namespace: string, service: string, timeout: number, parent?: number): void {
  const { world, memory, now, random, enqueue } = ctx
  const network = networkOf(world)
  const id = ++network.requests
  const key = keyOf(namespace, service)
  const known = memory.services.has(key)
  const { node, pod, uid } = (known && choose(memory, key, random)) || NOBODY
  /** The request as it goes on; what happens when comes last. */
  const request = (ends: number, container?: string, starts = now): Request => ({ id, from, namespace, service, sent: now, timeout, parent, node, pod, uid, container, starts, ends })
  const over = (outcome: Outcome, ends: number) => settle(ctx, finish(network, request(ends), outcome, ends))
  if (!uid)
    return known ? over('refused', now + HOP) : over('unknown', now)
  let flight: Request
  let what = 'done'
  if (!machinesOf(world).get(node!)?.on) {
    // nobody at all answers from a machine without power
    flight = request(now + timeout)
  }
  else {
    const server = serverOf(world, node, uid)
    const load = server?.load
    if (!load || now < servesFrom(load) || server.term <= now)
      return over('refused', now + 2 * HOP)
    const { starts, ends } = work(load, now + HOP)
    const { wait, calls } = load.program
    flight = request(Math.min(ends + (calls ? 0 : wait + HOP), now + timeout), server.id, starts)
    if (calls && flight.ends < now + timeout)
      what = 'call'
  }
  network.flights.set(id, Object.freeze(flight))
  enqueue(`${what} ${id}`, flight.ends - now)
}

/** A request's time has come: was there anybody to the end? */
function arrive(ctx: Ctx, request: Request): void {
  const { world, now } = ctx
  const network = networkOf(world)
  const machine = machinesOf(world).get(request.node ?? '')
  const over = (outcome: Outcome, ends: number) => settle(ctx, finish(network, request, outcome, ends))
  if (request.ends >= request.sent + request.timeout)
    return over('timeout', request.ends)
  if (!machine?.on) {
    // the answer never comes
    network.flights.set(request.id, Object.freeze({ ...request, ends: request.sent + request.timeout }))
    return ctx.enqueue(`done ${request.id}`, request.sent + request.timeout - now)
  }
  const server = serverOf(ctx.world, request.node, request.uid)
  if (server?.id !== request.container)
    return over('reset', request.ends)
  over(fails(server!.load!, now) ? 'error' : 'ok', request.ends)
}

/** Its own work on a request is done; now it asks another Service. */
function call(ctx: Ctx, request: Request): void {
  const server = serverOf(ctx.world, request.node, request.uid)
  const { calls } = server?.load?.program ?? {}
  if (!calls || server!.id !== request.container || fails(server!.load!, ctx.now))
    return arrive(ctx, request)
  send(ctx, request.pod!, request.namespace, calls, request.sent + request.timeout - ctx.now, request.id)
}

/** What a request was made for goes on, or fails with it. */
function settle(ctx: Ctx, { parent, outcome, ends }: Request): void {
  const { world, enqueue, now } = ctx
  const network = networkOf(world)
  const waiting = parent === undefined ? undefined : network.flights.get(parent)
  if (!waiting)
    return
  if (outcome !== 'ok')
    return settle(ctx, finish(network, waiting, outcome === 'timeout' ? 'timeout' : 'error', ends))
  const wait = serverOf(world, waiting.node, waiting.uid)?.load?.program.wait ?? 0
  const goesOn = Object.freeze({ ...waiting, ends: Math.min(ends + wait + HOP, waiting.sent + waiting.timeout) })
  network.flights.set(waiting.id, goesOn)
  enqueue(`done ${waiting.id}`, Math.max(0, goesOn.ends - now))
}

/** Sends what is due of a traffic, and waits for the next. */
function flow(ctx: Ctx, name: string): void {
  const { world, now, enqueue } = ctx
  const traffic = networkOf(world).traffic.get(name)
  if (!traffic)
    return
  const { spec } = traffic
  while (traffic.next <= now) {
    send(ctx, name, spec.namespace, spec.service, spec.timeout)
    traffic.next = nextArrival(spec.points, traffic.next)
  }
  if (traffic.next < Infinity)
    enqueue(`flow ${name}`, traffic.next - now)
}

/** Begins, or changes, a traffic. */
export function setTraffic(ctx: Pick<Ctx, 'world' | 'now' | 'enqueue' | 'forget'>, spec: Traffic): void {
  const next = nextArrival(spec.points, ctx.now)
  networkOf(ctx.world).traffic.set(spec.name, { spec: Object.freeze(spec), next })
  ctx.forget(`flow ${spec.name}`)
  if (next < Infinity)
    ctx.enqueue(`flow ${spec.name}`, next - ctx.now)
}

const SERVICE_NAME = 'kubernetes.io/service-name'

export const proxy: Actor<ProxyMemory> = {
  name: PROXY,
  watches: ['Service', 'EndpointSlice'],
  watchLatency: 100,
  start: () => ({ services: new Set(), slices: new Map() }),
  observe(event, { memory }) {
    const { namespace, name, labels } = event.object.metadata
    const gone = event.type === 'DELETED'
    if (event.kind === 'Service') {
      memory.services[gone ? 'delete' : 'add'](keyOf(namespace, name))
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
  run(key, ctx) {
    const space = key.indexOf(' ')
    const rest = key.slice(space + 1)
    if (key.startsWith('flow'))
      return flow(ctx, rest)
    const request = networkOf(ctx.world).flights.get(Number(rest))
    if (request)
      (key.startsWith('call') ? call : arrive)(ctx, request)
  },
  operations: {
    /** Begins or changes a traffic: { name, service, namespace, points: [{ at, rps }] or rps from now on, timeout } */
    setTraffic({ name, service, namespace = 'default', points, rps, timeout = TIMEOUT }, ctx) {
      if (typeof name !== 'string' || typeof service !== 'string')
        throw new RangeError('a traffic needs a name and a Service')
      setTraffic(ctx, { name, service, namespace: String(namespace), timeout: Number(timeout), points: (points as Point[] | undefined) ?? [{ at: ctx.now, rps: Number(rps) }] })
    },
  },
}
