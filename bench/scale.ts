// Many nodes and many more Pods: created, scheduled and ready. Arguments: nodes, Pods.
import process from 'node:process'
import { createKernel, actors, addMachine } from '../cluster/index.ts'
import { enough } from '../cluster/scheduler/schedule.ts'
import { stopwatch, tell } from './lib.ts'
import { deployment } from './manifests.ts'

const [nodes, pods] = process.argv.slice(2).map(Number) as [number, number]
const EACH = 1000
const LONGEST = 3_600_000

const watch = stopwatch()
const kernel = createKernel(actors, {
  seed: 1,
  history: false,
  world(world) {
    for (let i = 1; i <= nodes; i++)
      addMachine(world, { name: `node-${i}` })
  },
})
for (let made = 0; made < pods; made += EACH)
  kernel.operate({ op: 'create', manifest: deployment(`app-${made / EACH + 1}`, Math.min(EACH, pods - made), { resources: { requests: { cpu: '100m', memory: '128Mi' } } }) })
const ready = () => kernel.api.list('Deployment').reduce((sum, { status }) => sum + (status.readyReplicas ?? 0), 0)
while (ready() < pods) {
  if (kernel.state.now > LONGEST)
    throw new Error(`only ${ready()} of ${pods} Pods are ready after an hour`)
  kernel.runUntil(kernel.state.now + 1000)
}
const { cpu, wall } = watch()
tell({ cpu, wall, virtual: kernel.state.now, perPod: cpu / pods * 1000, perNode: cpu / pods / enough(nodes) * 1000, examined: enough(nodes), memory: process.memoryUsage().rss / 2 ** 20 })
