// Any line and any manifest gets an answer, in good time and never an exception. KUBECTL_RUNS asks for more of them, TEST_SEED for others.
import process from 'node:process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKernel } from '../index.ts'
import type { Kernel } from '../index.ts'
import { base } from '../../scenarios/base.ts'
import { complete, gate, hint, terminal, terminalOf } from './index.ts'
import { COMMANDS } from './verbs/index.ts'

const RUNS = Number(process.env.KUBECTL_RUNS ?? 20_000)
/** ms that an answer may take */
const PROMPT = 100
/** the share of answers that may be late: the engine tidies its memory now and then */
const LATE = 0.001

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports:
        - containerPort: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
`

function cluster(): Kernel {
  const kernel = createKernel([...base.actors, terminal({ files: { 'web.yaml': web } })], { seed: 1, gate, world: base.world, history: false })
  kernel.runUntil(2000)
  kernel.operate({ op: 'kubectl', line: 'kubectl apply -f web.yaml' })
  kernel.runUntil(5000)
  return kernel
}

const WORDS = [
  ...COMMANDS.flatMap(command => [command.name, ...(command.subs ?? []).map(sub => `${command.name} ${sub.name}`)]),
  ...'pods po pod/web deploy deployment/web deployments svc,rs nodes node-1 all web nginx=nginx:2 app=web a- a=b:NoSchedule ns cm hpa events -n default -A -l app=web -o yaml -o json -o wide -o name -o jsonpath={.items[*].metadata.name} -o custom-columns=N:.metadata.name --all --replicas=3 --replicas=-1 --replicas=99999999 --image=nginx --image=nginx:nope --port=80 --dry-run=client --dry-run=server --force --grace-period=0 --now -f web.yaml -f - -w --timeout=1s --sort-by=.metadata.name --show-labels -L app --field-selector status.phase=Running --revision=1 --to-revision=1 --for=condition=Ready --for=delete -p {"spec":{"replicas":2}} --type=json -- sh -c hostname | grep web wc -l head -1 sort tail && ; > out < web.yaml watch xargs kubectl \'a\' "b" \\ # $x * {} [] \u{1F6A2} \t -- --help -h --nope -z'.split(' '),
]

const word = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.string({ maxLength: 12 }) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) })
const line = fc.oneof(
  { weight: 10, arbitrary: fc.array(word, { maxLength: 9 }).map(words => `kubectl ${words.join(' ')}`) },
  { weight: 2, arbitrary: fc.array(word, { maxLength: 9 }).map(words => words.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
)

/** A text with some of its letters and lines changed. */
const mutated = (text: string) => fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), how: fc.nat(6), by: fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('  ', '\t', ': ', '- ', '{', '[', '&a', '*a', '"', '|', '\n', 'null', '-1', '1e99', 'true', '---\n')) }), { minLength: 1, maxLength: 6 })
  .map(changes => changes.reduce((now, { at, how, by }) => {
    const place = Math.floor(at * now.length)
    const lines = now.split('\n')
    const row = Math.min(lines.length - 1, Math.floor(at * lines.length))
    switch (how) {
      case 0: return now.slice(0, place) + by + now.slice(place)
      case 1: return now.slice(0, place) + now.slice(place + 1 + by.length)
      case 2: return lines.toSpliced(row, 1).join('\n')
      case 3: return lines.toSpliced(row, 0, lines[row]!).join('\n')
      case 4: return lines.with(row, ` ${lines[row]}`).join('\n')
      case 5: return lines.with(row, lines[row]!.replace(/:.*/s, `: ${by}`)).join('\n')
      default: return lines.with(row, lines[row]!.slice(1)).join('\n')
    }
  }, text))

/** ms of the processor, so that what else runs on the machine does not count */
const spent = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Runs what is asked for over and over, on clusters that are made new now and then, and tells how many answers were late. */
function ask<T>(arbitrary: fc.Arbitrary<T>, runs: number, go: (kernel: Kernel, value: T) => void): number {
  let kernel = cluster()
  let count = 0
  let late = 0
  fc.assert(fc.property(arbitrary, (value) => {
    if (++count % 200 === 0)
      kernel = cluster()
    const began = spent()
    go(kernel, value)
    if (spent() - began > PROMPT) {
      late++
      process.env.KUBECTL_TELL && console.log(Math.round(spent() - began), JSON.stringify(value))
    }
    if (count % 5 === 0)
      kernel.runUntil(kernel.state.now + 500)
  }), { numRuns: runs, endOnFailure: true })
  return late
}

function type(kernel: Kernel, text: string, files: Record<string, string> = {}) {
  kernel.operate({ op: 'kubectl', line: text, files })
  const { entries, waiting, session } = terminalOf(kernel.state)
  const entry = entries.at(-1)!
  expect(entry.exit !== undefined || waiting !== undefined).toBe(true)
  expect(typeof entry.chunks.map(chunk => chunk.text).join('')).toBe('string')
  const printed = (stream: 'stdout' | 'stderr') => entry.chunks.filter(chunk => chunk.to === stream).map(chunk => chunk.text).join('')
  const [stdout, stderr] = [printed('stdout'), printed('stderr')]
  // what a page or a checker would print of a bug
  expect(stderr).not.toMatch(/Cannot read propert|is not a function|is not iterable|undefined is not|Maximum call stack|Invalid regular expression|Cannot destructure|of undefined|of null/)
  hint(text, { stdout, stderr, exit: entry.exit }, session, kernel.api)
}

describe('kubectl', () => {
  it('answers any line at once', { timeout: 1_800_000 }, () => {
    const late = ask(fc.tuple(line, fc.nat(400)), RUNS, (kernel, [text, cursor]) => {
      type(kernel, text)
      complete(text, Math.min(cursor, text.length), terminalOf(kernel.state).session, kernel.api)
    })
    expect(late).toBeLessThanOrEqual(Math.ceil(RUNS * LATE))
  })

  it('answers any manifest at once', { timeout: 1_800_000 }, () => {
    const runs = Math.ceil(RUNS / 4)
    const late = ask(fc.tuple(mutated(web), fc.constantFrom('apply', 'create', 'diff', 'delete')), runs, (kernel, [text, verb]) => type(kernel, `kubectl ${verb} -f m.yaml`, { 'm.yaml': text }))
    expect(late).toBeLessThanOrEqual(Math.ceil(runs * LATE))
  })

  it.each([
    ['a line of a million letters', `kubectl get ${'x'.repeat(1_000_000)}`, {}, /too long/],
    ['a manifest of a million letters', 'kubectl apply -f big.yaml', { 'big.yaml': `kind: ConfigMap\n${'a: b\n'.repeat(200_000)}` }, /too large/],
    ['aliases of aliases', 'kubectl apply -f bomb.yaml', { 'bomb.yaml': `a: &a [${Array.from({ length: 9 }).fill('x').join()}]\n${'bcdefghi'.split('').map((letter, i) => `${letter}: &${letter} [${Array.from({ length: 9 }).fill(`*${'abcdefghi'[i]}`).join()}]`).join('\n')}\n` }, /excessive aliasing/],
    ['ten thousand replicas', 'kubectl scale deployment web --replicas=10000', {}, /at most 500 replicas/],
    ['ten thousand replicas in a manifest', 'kubectl apply -f many.yaml', { 'many.yaml': web.replace('replicas: 2', 'replicas: 10000') }, /at most 500 replicas/],
    ['ten thousand replicas in a patch', 'kubectl patch deployment web -p {"spec":{"replicas":10000}}', {}, /at most 500 replicas/],
    ['a deep nest', 'kubectl apply -f deep.yaml', { 'deep.yaml': `a: ${'['.repeat(20_000)}` }, /error/],
    ['a path of many brackets', `kubectl get pods -o jsonpath={${'.a['.repeat(20_000)}`, {}, /error/],
    ['a pattern that takes others for ever', 'kubectl get pods | grep -E "(a+)+(a+)+(a+)+$"', {}, /^$/],
  ])('refuses %s in words', (_, text, files, words) => {
    const kernel = cluster()
    const began = spent()
    type(kernel, text.replace('{"spec":{"replicas":10000}}', '\'{"spec":{"replicas":10000}}\''), files as Record<string, string>)
    expect(spent() - began).toBeLessThan(PROMPT * 5)
    const { chunks } = terminalOf(kernel.state).entries.at(-1)!
    expect(chunks.map(chunk => chunk.text).join('')).toMatch(words)
    expect(kernel.api.get('Deployment', 'default', 'web')?.spec.replicas).toBe(2)
  })
})
