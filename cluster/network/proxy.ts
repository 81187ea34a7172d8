// kube-proxy and what goes through it: requests to a Service's address find one of its Pods. upstream: pkg/proxy
import { deepFreeze } from '../api/objects.ts'
import { fails, work } from '../node/load.ts'
import { machinesOf } from '../node/machine.ts'
import type { Actor, Context, Operation } from '../timeline/kernel.ts'
import { pop } from '../timeline/queue.ts'
import { finish, networkOf, schedule } from './requests.ts'
import type { Network, Outcome, Request } from './requests.ts'
import { HOP, keepRules, learn, listener, route, serverOf } from './rules.ts'
import { nextArrival } from './traffic.ts'
import type { Point, Traffic } from './traffic.ts'

export const PROXY = 'kube-proxy'

type Ctx = Context<null>

/** How long an answer is waited for where nothing is said, ms. */
const TIMEOUT = 2000
/** The one key of its tasks: something is due. */
const NEXT = 'next'

/** Sends a request on its way; its end is known, or will be looked at when its time has come. */
function send(ctx: Ctx, network: Network, from: string, { namespace, service, port: wanted }: Pick<Traffic, 'namespace' | 'service' | 'port'>, timeout: number, parent?: Request): void {
  const { world, now, random } = ctx
  const request: Request = { id: ++network.requests, from, namespace, service, sent: now, timeout, parent: parent?.id, node: undefined, pod: undefined, uid: undefined, port: undefined, container: undefined, starts: now, ends: Infinity, due: 0, asks: false }
  keepRules(world)
  const found = route(world, { namespace, service, port: wanted }, random, parent?.node, request.id)
  if (found === 'unknown')
    return over(ctx, network, request, found, now)
  if (found === 'refused')
    return over(ctx, network, request, found, now + HOP)
  if (found !== 'timeout') {
    request.node = found.node
    request.pod = found.pod
    request.uid = found.uid
    request.port = found.port
  }
  const server = found === 'timeout' ? found : listener(world, found, now)
  if (server === 'timeout') {
    request.ends = now + timeout
    return schedule(network, request, request.ends)
  }
  if (server === 'refused')
    return over(ctx, network, request, server, now + 2 * HOP)
  const load = server.load!
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
  if (request.node === undefined || !machinesOf(world).get(request.node)?.on) {
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
  while (due.length) {
    const first = due[0]!
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

export const proxy: Actor<null> = {
  name: PROXY,
  watches: ['Service', 'EndpointSlice'],
  watchLatency: 100,
  start: () => null,
  observe: (event, { world }) => learn(world, event),
  run: (_, ctx) => run(ctx),
  operations: { traffic, setTraffic: traffic },
}
