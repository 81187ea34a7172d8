// Ten virtual minutes of 30 Pods that are asked 50 times a second, the first time in a new process and then several times more; then seeks
// to any time of them.
import process from 'node:process'
import { createCluster } from '../cluster/index.ts'
import type { Glance, Intervention } from '../cluster/index.ts'
import { networkOf, totals } from '../cluster/network/requests.ts'
import { base } from '../scenarios/base.ts'
import { median, quantile, stopwatch, tell } from './lib.ts'
import { deployment, service } from './manifests.ts'

const TEN_MINUTES = 600_000
/** runs after the first, which is compiled while it runs */
const AGAIN = 6
const SEEKS = 400
const PLAYED = 300_000
const container = { ports: [{ containerPort: 80 }], readinessProbe: { httpGet: { port: 80 } }, resources: { requests: { cpu: '100m', memory: '64Mi' } } }
const script = [
  { at: 0, op: 'create', manifest: deployment('web', 30, container) },
  { at: 0, op: 'create', manifest: service('web') },
  { at: 10_000, op: 'setTraffic', name: 'people', service: 'web', rps: 50 },
  { at: 300_000, op: 'image', name: 'web', image: 'app:2' },
] as unknown as Intervention[]
const create = (seed?: number) => createCluster({ ...base, duration: TEN_MINUTES, script }, seed)

/** Plays a new run to its end, and says what that took. */
function played(timeline: ReturnType<typeof create>): { cpu: number, wall: number } {
  const watch = stopwatch()
  const served = timeline.look(TEN_MINUTES, ({ world }) => totals(networkOf(world), 'people'))
  const took = watch()
  if (served.ok < 29_000)
    throw new Error(`only ${served.ok} requests were served`)
  return took
}

const timeline = create()
const first = played(timeline)
const heap = process.memoryUsage().heapUsed / 2 ** 20
const again = Array.from({ length: AGAIN }, (_, i) => played(create(i + 2)))

const view = ({ api }: Glance) => api.revision()

/** What each of these looks takes. */
function looks(times: Iterable<number>): { cpu: number, wall: number }[] {
  return Array.from(times, (t) => {
    const look = stopwatch()
    timeline.look(t, view)
    return look()
  })
}

/** Anywhere, in an order that is no order. */
function* anywhere(count: number): Generator<number> {
  let at = 1
  for (let i = 0; i < count; i++)
    yield (at = at * 48_271 % 2_147_483_647) % TEN_MINUTES
}

const seeks = looks(anywhere(SEEKS))
// as it plays in real time, all through the rolling update
timeline.look(PLAYED, view)
const frames = looks(Array.from({ length: 1000 }, (_, i) => PLAYED + Math.floor((i + 1) * 1000 / 60)))
const cpuOf = (list: typeof seeks) => list.map(each => each.cpu)
tell({ cpu: median(again.map(each => each.cpu)), wall: median(again.map(each => each.wall)), firstCpu: first.cpu, firstWall: first.wall, seek50: quantile(cpuOf(seeks), 0.5), seek99: quantile(cpuOf(seeks), 0.99), seekWall99: quantile(seeks.map(each => each.wall), 0.99), frame99: quantile(cpuOf(frames), 0.99), heap })
