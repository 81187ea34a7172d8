// All benchmarks, each beside its peer or its limit, as ratios: `npm run bench`. Writes results.json, and the table in the README where it is marked.
// Words after it choose some, and leave the others as they were: rollout traffic scale size diagrams. `--once` measures once instead of taking medians.
// Limits are held against CPU time (user and system, of all threads): on a machine with nothing else to do the wall time is no longer, on a busy one it says nothing.
import { existsSync } from 'node:fs'
import process from 'node:process'
import { rolldown } from 'rolldown'
import { committed, holds, ms, publish, round, table } from './figure.ts'
import type { Figure, Part } from './figure.ts'
import { diagrams } from './diagrams.ts'
import { here, machine, medians } from './lib.ts'
import { weight } from './size.ts'

const times = process.argv.includes('--once') ? 1 : 5
/** The largest runs are long, and long ones differ less. */
const timesLarge = Math.min(times, 3)

/** A rolling update of 10 Pods, beside @ngrok/webernetes (a dev dependency; its modules name each other without endings, so it is bundled first). */
async function rollout(): Promise<Figure[]> {
  const bundled = here('../node_modules/.cache/helmsman/webernetes.mjs')
  const bundle = await rolldown({ input: here('webernetes.js'), platform: 'node', logLevel: 'silent' })
  await bundle.write({ file: bundled, format: 'esm' })
  await bundle.close()
  const ours = medians<{ cpu: number, wall: number }>(times, here('rollout.ts'))
  const theirs = medians<{ cpu: number, wall: number }>(times, bundled)
  return [
    { name: 'a rolling update of 10 Pods: CPU time', ours: ms(ours.cpu), beside: `webernetes ${ms(theirs.cpu)}`, ratio: ours.cpu / theirs.cpu, atMost: 0.1, runs: times },
    { name: 'the same: wall time (webernetes runs in real time)', ours: ms(ours.wall), beside: `webernetes ${ms(theirs.wall)}`, ratio: ours.wall / theirs.wall, runs: times },
  ]
}

/** 30 Pods, 50 requests a second, ten virtual minutes. */
function traffic(): Figure[] {
  const { cpu, wall, firstCpu, firstWall, seek50, seek99, seekWall99, frame99 } = medians<Record<'cpu' | 'wall' | 'firstCpu' | 'firstWall' | 'seek50' | 'seek99' | 'seekWall99' | 'frame99', number>>(times, here('traffic.ts'))
  return [
    { name: 'ten virtual minutes of 30 Pods and 50 requests a second', ours: `CPU ${ms(cpu)} (wall ${ms(wall)})`, beside: 'real time, 600,000 ms', ratio: 600_000 / cpu, atLeast: 1000, runs: times },
    { name: 'the first of these in a new process, with what compiling it takes', ours: `CPU ${ms(firstCpu)} (wall ${ms(firstWall)})`, beside: 'real time, 600,000 ms', ratio: 600_000 / firstCpu, runs: times },
    { name: 'any seek in them: 99 of 100', ours: `CPU ${round(seek99)} ms (half of them ${round(seek50)} ms; wall ${round(seekWall99)} ms)`, beside: '8 ms', ratio: seek99 / 8, atMost: 1, runs: times },
    { name: 'on to the next frame, 16 ms later: 99 of 100', ours: `CPU ${round(frame99)} ms`, beside: '8 ms', ratio: frame99 / 8, runs: times },
  ]
}

type Scale = Record<'cpu' | 'wall' | 'perPod' | 'perNode' | 'examined' | 'memory', number>

/** Up to the limit that Kubernetes publishes for itself: 5,000 nodes, 150,000 Pods. */
function scale(): Figure[] {
  const small = medians<Scale>(times, here('scale.ts'), [100, 1000])
  const middle = medians<Scale>(timesLarge, here('scale.ts'), [1000, 10_000])
  const large = medians<Scale>(timesLarge, here('scale.ts'), [5000, 150_000])
  const micro = (value: number) => `${round(value, 3)} µs`
  return [
    { name: '5,000 nodes, 150,000 Pods, created, scheduled and ready', ours: `CPU ${round(large.cpu / 1000, 3)} s (wall ${round(large.wall / 1000, 3)} s), ${round(large.memory, 4)} MiB`, beside: '60 s', ratio: large.cpu / 60_000, atMost: 1, runs: timesLarge },
    { name: 'CPU a node examined, at 5,000 × 150,000', ours: micro(large.perNode), beside: `100 × 1,000: ${micro(small.perNode)}`, ratio: large.perNode / small.perNode, atMost: 2, runs: timesLarge },
    { name: 'CPU a Pod, at 5,000 × 150,000', ours: micro(large.perPod), beside: `100 × 1,000: ${micro(small.perPod)}`, ratio: large.perPod / small.perPod, atMost: 6, runs: timesLarge },
    { name: 'CPU a Pod, at 1,000 × 10,000', ours: micro(middle.perPod), beside: `100 × 1,000: ${micro(small.perPod)}`, ratio: middle.perPod / small.perPod, atMost: 6, runs: timesLarge },
  ]
}

/** What a page has to load; kubectl is loaded only where there is a terminal. */
async function size(): Promise<Figure[]> {
  const KB = 1000
  const index = '../cluster/index.ts'
  const core = await weight(index)
  const of = (name: string, bytes: number): Figure => ({ name, ours: `${round(bytes / KB, 3)} KB gzip`, beside: '40 KB', ratio: bytes / KB / 40, atMost: 1 })
  const kubectl = '../cluster/kubectl/index.ts'
  return [
    of('the cluster without kubectl, all of it', core),
    of('the same without the gate that people write through', await weight('cluster.ts')),
    of('what a page of workloads alone loads of it (no Services, failures, autoscaler)', await weight('workloads.ts')),
    ...existsSync(here(kubectl)) ? [of('kubectl, and what it alone needs', await weight(index, kubectl) - core)] : [],
  ]
}

/** In the order of the table. */
const all: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = { rollout, traffic, scale, size, diagrams }

const order = Object.keys(all)
const chosen = process.argv.slice(2).filter(word => word in all)
const parts: Record<string, Part> = {}
for (const name of chosen.length ? chosen : order) {
  console.error(`measuring ${name}`)
  const figures = await all[name]!()
  parts[name] = { ...machine(), figures }
}
const figures = Object.values(parts).flatMap(each => each.figures)
console.log(table(figures))
const before = committed()
const slower = figures.filter(({ name, ratio, mayDouble }) => mayDouble && ratio > 2 * Math.max(before.get(name) ?? Infinity, 0.05))
for (const { name, ratio } of slower)
  console.error(`${name}: more than twice what it was (${round(before.get(name)!)}, now ${round(ratio)})`)
publish(parts, order)
process.exitCode = figures.every(figure => figure.mayDouble || holds(figure)) && !slower.length ? 0 : 1
