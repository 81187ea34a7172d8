// All benchmarks, each beside its peer or its limit, as ratios: `npm run bench`. Writes results.json, and the table in the README where it is marked.
// Words after it choose some: rollout traffic scale size. `--once` measures once instead of taking medians.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { rolldown } from 'rolldown'
import { here, machine, measure, medians } from './lib.ts'
import { weight } from './size.ts'

interface Figure {
  readonly name: string
  /** what was measured, with its unit */
  readonly ours: string
  /** what it stands beside */
  readonly beside: string
  readonly ratio: number
  /** the ratio may be at most, or must be at least, this */
  readonly atMost?: number
  readonly atLeast?: number
}

const holds = ({ ratio, atMost = Infinity, atLeast = 0 }: Figure) => ratio <= atMost && ratio >= atLeast
const round = (value: number, digits = 2) => Number(value.toPrecision(digits))
const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`
const times = process.argv.includes('--once') ? 1 : 5

/** A rolling update of 10 Pods, beside @ngrok/webernetes (a dev dependency; its modules name each other without endings, so it is bundled first). */
async function rollout(): Promise<Figure[]> {
  const bundled = here('../node_modules/.cache/helmsman/webernetes.mjs')
  const bundle = await rolldown({ input: here('webernetes.js'), platform: 'node', logLevel: 'silent' })
  await bundle.write({ file: bundled, format: 'esm' })
  await bundle.close()
  const ours = medians<{ cpu: number, wall: number }>(times, here('rollout.ts'))
  const theirs = medians<{ cpu: number, wall: number }>(times, bundled)
  return [
    { name: 'a rolling update of 10 Pods: CPU time', ours: ms(ours.cpu), beside: `webernetes ${ms(theirs.cpu)}`, ratio: ours.cpu / theirs.cpu, atMost: 0.1 },
    { name: 'the same: wall time (webernetes runs in real time)', ours: ms(ours.wall), beside: `webernetes ${ms(theirs.wall)}`, ratio: ours.wall / theirs.wall },
  ]
}

/** 30 Pods, 50 requests a second, ten virtual minutes. */
function traffic(): Figure[] {
  const { wall, seek50, seek99 } = medians<{ wall: number, seek50: number, seek99: number }>(times, here('traffic.ts'))
  return [
    { name: 'ten virtual minutes of 30 Pods and 50 requests a second', ours: ms(wall), beside: 'real time, 600,000 ms', ratio: 600_000 / wall, atLeast: 1000 },
    { name: 'any seek in them: 99 of 100', ours: `${round(seek99)} ms (half of them within ${round(seek50)} ms)`, beside: '8 ms', ratio: seek99 / 8, atMost: 1 },
  ]
}

type Scale = Record<'cpu' | 'wall' | 'perPod' | 'perNode' | 'examined' | 'memory', number>

/** Up to the limit that Kubernetes publishes for itself: 5,000 nodes, 150,000 Pods. */
function scale(): Figure[] {
  const small = medians<Scale>(times, here('scale.ts'), [100, 1000])
  const middle = measure<Scale>(here('scale.ts'), [1000, 10_000])
  const large = measure<Scale>(here('scale.ts'), [5000, 150_000])
  const micro = (value: number) => `${round(value, 3)} µs`
  return [
    { name: '5,000 nodes, 150,000 Pods, created, scheduled and ready', ours: `${round(large.wall / 1000, 3)} s, ${Math.round(large.memory)} MiB`, beside: '60 s', ratio: large.wall / 60_000, atMost: 1 },
    { name: 'CPU a node examined, at 5,000 × 150,000', ours: `${Math.round(large.perNode)} ns`, beside: `100 × 1,000: ${Math.round(small.perNode)} ns`, ratio: large.perNode / small.perNode, atMost: 2 },
    { name: 'CPU a Pod, at 5,000 × 150,000', ours: micro(large.perPod), beside: `100 × 1,000: ${micro(small.perPod)}`, ratio: large.perPod / small.perPod, atMost: 6 },
    { name: 'CPU a Pod, at 1,000 × 10,000', ours: micro(middle.perPod), beside: `100 × 1,000: ${micro(small.perPod)}`, ratio: middle.perPod / small.perPod, atMost: 6 },
  ]
}

/** What a page has to load; kubectl is loaded only where there is a terminal. */
async function size(): Promise<Figure[]> {
  const KB = 1000
  const index = '../cluster/index.ts'
  const core = await weight(index)
  const of = (name: string, bytes: number): Figure => ({ name, ours: `${round(bytes / KB, 3)} KB gzip`, beside: '40 KB', ratio: bytes / KB / 40, atMost: 1 })
  const kubectl = '../cluster/kubectl/index.ts'
  return [of('the cluster without kubectl', core), ...existsSync(here(kubectl)) ? [of('kubectl, and what it alone needs', await weight(index, kubectl) - core)] : []]
}

const all = { rollout, traffic, scale, size }
const chosen = process.argv.slice(2).filter((word): word is keyof typeof all => word in all)
const figures: Figure[] = []
for (const name of chosen.length ? chosen : Object.keys(all) as (keyof typeof all)[]) {
  console.error(`measuring ${name}`)
  figures.push(...await all[name]())
}

const limit = ({ atMost, atLeast }: Figure) => atMost !== undefined ? `at most ${atMost}` : atLeast !== undefined ? `at least ${atLeast.toLocaleString('en')}` : ''
const rows = figures.map(figure => [figure.name, figure.ours, figure.beside, String(round(figure.ratio, 3)), limit(figure), limit(figure) ? holds(figure) ? 'yes' : 'no' : ''])
const table = [['what', 'ours', 'beside', 'ratio', 'limit', 'holds'], ['---', '---', '---', '---', '---', '---'], ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
console.log(table)

if (!chosen.length) {
  const { node, cpu, cores } = machine()
  writeFileSync(here('results.json'), `${JSON.stringify({ node, cpu, cores, figures: figures.map(figure => ({ ...figure, holds: holds(figure) })) }, null, 2)}\n`)
  const readme = here('../README.md')
  const text = readFileSync(readme, 'utf8')
  const marked = /(<!-- bench -->\n)[\s\S]*(<!-- \/bench -->)/
  if (marked.test(text))
    writeFileSync(readme, text.replace(marked, (_, open: string, close: string) => `${open}${table}\n\nMeasured with Node ${node} on ${cores} × ${cpu}.\n${close}`))
}
process.exitCode = figures.every(holds) ? 0 : 1
