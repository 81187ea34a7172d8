import { createKernel, actors, addMachine } from '../cluster/index.ts'
import { deployment } from './manifests.ts'
const best = []
const n = Number(process.argv[2]), p = Number(process.argv[3]), rounds = Number(process.argv[4])
for (let i = 0; i < rounds; i++) {
  const c = process.cpuUsage()
  const k = createKernel(actors, { seed: 1, history: false, world(w) { for (let i = 1; i <= n; i++) addMachine(w, { name: `node-${i}` }) } })
  for (let m = 0; m < p; m += 1000) k.operate({ op: 'create', manifest: deployment(`app-${m / 1000 + 1}`, 1000, { resources: { requests: { cpu: '100m', memory: '128Mi' } } }) })
  k.runUntil(4000)
  const d = process.cpuUsage(c); best.push((d.user + d.system) / 1000)
}
console.log(best.map(x => x.toFixed(0)).join(' '), 'min', Math.min(...best).toFixed(0))
