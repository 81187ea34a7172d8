// Ten virtual minutes of 30 Pods that are asked 50 times a second; then seeks to any time of them.
import { createCluster } from '../cluster/index.ts'
import type { Intervention } from '../cluster/index.ts'
import { networkOf, totals } from '../cluster/network/requests.ts'
import { base } from '../scenarios/base.ts'
import { quantile, stopwatch, tell } from './lib.ts'
import { deployment, service } from './manifests.ts'

const TEN_MINUTES = 600_000
const SEEKS = 400
const container = { ports: [{ containerPort: 80 }], readinessProbe: { httpGet: { port: 80 } }, resources: { requests: { cpu: '100m', memory: '64Mi' } } }
const script = [
  { at: 0, op: 'create', manifest: deployment('web', 30, container) },
  { at: 0, op: 'create', manifest: service('web') },
  { at: 10_000, op: 'setTraffic', name: 'people', service: 'web', rps: 50 },
  { at: 300_000, op: 'image', name: 'web', image: 'app:2' },
] as unknown as Intervention[]
const timeline = createCluster({ ...base, duration: TEN_MINUTES, script })

const watch = stopwatch()
const served = timeline.look(TEN_MINUTES, ({ world }) => totals(networkOf(world), 'people'))
const { cpu, wall } = watch()
if (served.ok < 29_000)
  throw new Error(`only ${served.ok} requests were served`)

// anywhere, in an order that is no order
let at = 1
const seeks = Array.from({ length: SEEKS }, () => {
  at = at * 48_271 % 2_147_483_647
  const seek = stopwatch()
  timeline.look(at % TEN_MINUTES, ({ api }) => api.revision())
  return seek().wall
})
tell({ cpu, wall, seek50: quantile(seeks, 0.5), seek99: quantile(seeks, 0.99), slowest: Math.max(...seeks) })
