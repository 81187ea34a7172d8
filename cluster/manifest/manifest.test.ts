// The editor of manifests offers what explain knows, finds what kubectl would refuse, and bears any text.
import process from 'node:process'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { fieldDocs } from '../../scripts/lib/fielddocs.ts'
import { base } from '../../scenarios/base.ts'
import { deployment, service } from '../../scenarios/exercises/manifests.ts'
import { decodeRaw } from '../api/decode.ts'
import { KINDS, RESOURCES } from '../api/objects.ts'
import type { Kind } from '../api/objects.ts'
import { createKernel } from '../index.ts'
import type { Kernel } from '../index.ts'
import { hint as hintOf } from '../kubectl/hint.ts'
import { gate, run, terminal } from '../kubectl/index.ts'
import { partsOf, saysSomething } from '../kubectl/manifests.ts'
import { helpAt, offersAt, problemsOf } from './index.ts'

/** MANIFEST_RUNS asks for more of them */
const RUNS = Number(process.env.MANIFEST_RUNS ?? 150)
const docs = fieldDocs()
const files = { source: 'web.yaml', namespace: 'default' }
let kernel: Kernel
beforeAll(() => {
  kernel = createKernel([...base.actors, terminal({ docs })], { seed: 1, gate, world: base.world, history: false })
  kernel.runUntil(2000)
})

const problems = (text: string) => problemsOf(kernel.api, text, files)
const type = (line: string, text = '') => run(line, { namespace: 'default', files: { 'web.yaml': text } }, { api: kernel.api, now: kernel.state.now, world: kernel.state.world, random: () => 0.5, docs })
const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length
/** what is offered where `|` stands */
const offered = (marked: string) => {
  const at = marked.indexOf('|')
  return offersAt(docs, marked.slice(0, at) + marked.slice(at + 1), at)?.offers.map(({ label }) => label) ?? []
}
const sorted = (words: readonly string[]) => [...words].sort()

/** A place within a kind: names of fields, each with whether it is a list. */
type Path = readonly { readonly name: string, readonly list: boolean }[]

/** Every place that has fields of its own, one for each type and kind. */
function placesOf(kind: Kind): Path[] {
  const seen = new Set<string>()
  const visit = (of: string, path: Path): Path[] => {
    if (seen.has(of))
      return []
    seen.add(of)
    return [path, ...Object.entries(docs[of]!.fields).flatMap(([name, field]) => field.of && docs[field.of] && !field.type.startsWith('map[') ? visit(field.of, [...path, { name, list: field.type.startsWith('[]') }]) : [])]
  }
  return visit(kind, [])
}
/** an object with a value at a place */
const nested = (path: Path, value: unknown): unknown => path.reduceRight((inner, { name, list }) => ({ [name]: list ? [inner] : inner }), value)
function takes(kind: Kind, path: Path, field: string): boolean {
  try {
    decodeRaw(kind, nested(path, { [field]: null }))
    return true
  }
  catch (error) {
    return !(error as Error).message.includes('unknown field')
  }
}
/** the fields that explain tells there and the API server takes */
function known(kind: Kind, path: Path): string[] {
  const { stdout } = type(`kubectl explain ${[kind.toLowerCase(), ...path.map(({ name }) => name)].join('.')}`)
  return [...stdout.matchAll(/^ {2}(\w+)\t</gm)].map(([, name = '']) => name).filter(name => takes(kind, path, name))
}
/** a manifest in lines, with the cursor in the map at a place */
function block(kind: Kind, path: Path, inner: readonly string[] = []): string {
  const lines = [`apiVersion: ${RESOURCES[kind].apiVersion}`, `kind: ${kind}`]
  let indent = ''
  let dash = ''
  for (const { name, list } of path) {
    lines.push(`${indent.slice(dash.length)}${dash}${name}:`)
    indent += '  '
    dash = list ? '- ' : ''
  }
  const rest = [...inner.map(name => `${name}: `), '|']
  return [...lines, ...rest.map((each, i) => i ? indent + each : indent.slice(dash.length) + dash + each)].join('\n')
}
const top = ['apiVersion', 'kind']
const places = KINDS.flatMap(kind => placesOf(kind).map(path => ({ kind, path, name: [kind, ...path.map(({ name }) => name)].join('.') })))
/** those whose place is in what the API server takes at all */
const reachable = () => places.filter(({ kind, path }) => path.every(({ name }, i) => takes(kind, path.slice(0, i), name)))

describe('what is offered', () => {
  it('is every field that explain knows and the API server takes, and nothing else, at every place of every kind', () => {
    for (const { kind, path, name } of reachable())
      expect(sorted(offered(block(kind, path))), name).toEqual(sorted(known(kind, path).filter(each => path.length || !top.includes(each))))
  })

  it('is the same within braces', () => {
    for (const { kind, path, name } of reachable()) {
      const text = JSON.stringify({ apiVersion: RESOURCES[kind].apiVersion, kind, ...nested(path, { '|': 0 }) as object }).replace('"|":0', '|')
      expect(sorted(offered(text)), name).toEqual(sorted(known(kind, path).filter(each => path.length || !top.includes(each))))
    }
  })

  it('leaves out what is there already, above the cursor and below', () => {
    fc.assert(fc.property(fc.constantFrom(...reachable()), fc.infiniteStream(fc.boolean()), fc.boolean(), ({ kind, path }, coin, below) => {
      const all = known(kind, path).filter(each => path.length || !top.includes(each))
      const there = all.filter(() => coin.next().value)
      const marked = block(kind, path, there)
      // the cursor's line before the others
      const lines = marked.split('\n')
      const first = lines.length - there.length - 1
      const text = below && there.length && !/^\s*-/.test(lines[first]!) ? [...lines.slice(0, first), lines.at(-1), ...lines.slice(first, -1)].join('\n') : marked
      expect(sorted(offered(text))).toEqual(sorted(all.filter(each => !there.includes(each))))
    }), { numRuns: 200 })
  })

  it('begins with what is required', () => {
    for (const { kind, path, name } of reachable()) {
      const offers = offersAt(docs, block(kind, path).replace('|', ''), block(kind, path).indexOf('|'))?.offers ?? []
      expect(offers.findLastIndex(({ required }) => required), name).toBe(offers.filter(({ required }) => required).length - 1)
    }
  })

  it('is nothing in comments, texts of several lines, values that may be anything, and maps of one\'s own', () => {
    const web = deployment()
    expect(offered(web.replace('replicas: 3', 'replicas: |'))).toEqual([])
    expect(offered(web.replace('app: web', 'a|'))).toEqual([])
    expect(offered(`# |${web}`)).toEqual([])
    expect(offered('kind: ConfigMap\ndata:\n  a: |2\n    kind: \n    x'.replace('|2', '>').replace('x', '|'))).toEqual([])
    expect(offered('kind: Gadget\nspec:\n  |')).toEqual([])
  })

  it('of kinds and versions is all that the cluster has', () => {
    expect(offered('kind: |')).toEqual(KINDS)
    expect(offered('apiVersion: |\nkind: Deployment')).toEqual(['apps/v1'])
    expect(offered('|')).toEqual(['apiVersion', 'kind', 'metadata'])
  })

  it('of values is what the rules take, and the rules take nothing else', () => {
    const pod = deployment({ container: 'imagePullPolicy: X\nterminationMessagePolicy: X' }).replace('containerPort: 80', 'containerPort: 80\n          protocol: X')
      .replace('  selector:', '  strategy:\n    type: X\n  selector:').replace('      containers:', '      restartPolicy: X\n      dnsPolicy: X\n      containers:')
    const svc = service().replace('spec:', 'spec:\n  type: X\n  sessionAffinity: X').replace('port: 80', 'port: 80\n    protocol: X')
    for (const whole of [pod, svc]) {
      const wanted = whole.split('\n').flatMap((line, i) => line.endsWith(': X') ? [i] : [])
      expect(wanted.length).toBeGreaterThan(2)
      for (const at of wanted) {
        const lines = whole.split('\n').map((line, i) => i === at ? line.replace(': X', ': |') : line).filter(line => !line.endsWith(': X'))
        const n = lines.findIndex(line => line.endsWith(': |')) + 1
        const values = offered(lines.join('\n'))
        expect(values.length, lines[n - 1]).toBeGreaterThan(0)
        const wrong = (value: string) => problems(lines.join('\n').replace('|', value)).filter(({ from, message }) => /Unsupported value/.test(message) && lineOf(lines.join('\n'), from) === n).length
        expect(wrong('Nonsense'), lines[n - 1]).toBeGreaterThan(0)
        expect(values.map(wrong), lines[n - 1]).toEqual(values.map(() => 0))
      }
    }
  })

  it('goes on where a map or list begins', () => {
    const insert = (marked: string, name: string) => offersAt(docs, marked.replace('|', ''), marked.indexOf('|'))!.offers.find(({ label }) => label === name)!.insert
    expect(insert(block('Pod', []), 'spec')).toBe('spec:\n  ')
    expect(insert(block('Pod', [{ name: 'spec', list: false }]), 'containers')).toBe('containers:\n  - ')
    expect(insert('kind: Pod\nspec:\n  containers:\n    |', 'name')).toBe('- name: ')
    expect(insert('kind: Deployment\nspec:\n  rep|: 3', 'replicas')).toBe('replicas')
  })
})

describe('the help', () => {
  it('tells of every field what explain tells', () => {
    const text = deployment({ container: 'readinessProbe:\n  httpGet:\n    port: 80' })
    const plain = (said: string) => said.replace(/\s+/g, ' ').trim()
    let found = 0
    const keys = [...text.matchAll(/^[\s-]*(\w+):/gm)]
    for (const match of keys) {
      const help = helpAt(docs, text, match.index + match[0].length - 2)!
      expect(help.path).toMatch(/^deployment/)
      const { stdout } = type(`kubectl explain ${help.path}`)
      expect(plain(stdout)).toContain(plain(help.text))
      expect(stdout).toContain(`<${help.type}>`)
      found += help.path.endsWith(`.${match[1]}`) ? 1 : 0
    }
    // labels are one's own: there the map is told
    expect(found).toBe(keys.length - 4)
  })
})

const web = `${deployment()}---\n${service()}`
const mutated = (text: string) => fc.array(fc.record({ at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), how: fc.nat(5), by: fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('  ', '\t', ': ', '- ', '{', '[', '&a', '*a', '"', '|', '\n', 'null', '-1', '1e99', 'true', '---\n')) }), { minLength: 1, maxLength: 3 })
  .map(changes => changes.reduce((now, { at, how, by }) => {
    const place = Math.floor(at * now.length)
    const lines = now.split('\n')
    const n = Math.floor(at * lines.length)
    switch (how) {
      case 0: return now.slice(0, place) + by + now.slice(place)
      case 1: return now.slice(0, place) + now.slice(place + 1)
      case 2: return [...lines.slice(0, n), ...lines.slice(n + 1)].join('\n')
      case 3: return [...lines.slice(0, n), ` ${lines[n]}`, ...lines.slice(n + 1)].join('\n')
      case 4: return [...lines.slice(0, n), lines[n]!.slice(1), ...lines.slice(n + 1)].join('\n')
      default: return [...lines.slice(0, n), `${lines[n]}${by}`, ...lines.slice(n + 1)].join('\n')
    }
  }, text))

describe('what is wrong', () => {
  it('is nothing in what kubectl takes, and something in what it refuses', () => {
    fc.assert(fc.property(mutated(web), (text) => {
      const { exit, stderr } = type('kubectl apply --dry-run=server -f web.yaml', text)
      if (!stderr.includes('no objects passed'))
        expect(problems(text).length > 0, stderr).toBe(exit !== 0)
    }), { numRuns: RUNS })
  }, 120_000)

  it('is told in kubectl\'s words', () => {
    fc.assert(fc.property(mutated(web), (text) => {
      const said = type('kubectl apply --dry-run=server -f web.yaml', text).stderr
      // at a document that cannot be read kubectl leaves the file, and the editor goes on; without a name kubectl asks no further
      const found = problems(text)
      const last = found.findIndex(({ message }) => /^yaml: |^json: offset|^unexpected EOF| not set|isn't string type|^invalid object/.test(message))
      for (const { message } of /resource name may not be empty|generate name/.test(said) ? [] : found.slice(0, last < 0 ? undefined : last + 1))
        expect(said.replace(/\s+/g, ' ')).toContain(message.replace(/\s+/g, ' ').replace(/^strict decoding error: /, ''))
    }), { numRuns: RUNS })
  }, 120_000)

  it('stands in the line of the field that is misspelt, in any document', () => {
    const lines = web.split('\n')
    for (const [n, line] of lines.entries()) {
      const [, before, key] = /^([\s-]*)(\w+):/.exec(line) ?? []
      if (!key || ['kind', 'apiVersion'].includes(key) || ['app', 'cpu', 'memory'].includes(key))
        continue
      const text = lines.map((each, i) => i === n ? each.replace(`${before}${key}`, `${before}${key}xyz`) : each).join('\n')
      const told = problems(text).find(({ message }) => message.includes('unknown field'))
      expect(told?.message, line).toContain(`${key}xyz"`)
      expect(lineOf(text, told!.from), line).toBe(n + 1)
    }
  })

  it('has our hint beside it, and the line where the indent is wrong', () => {
    const shifted = web.replace('  replicas', '   replicas')
    const [told] = problems(shifted)
    expect(told).toMatchObject({ message: 'yaml: line 6: did not find expected key', hint: 'It is not indented like its neighbours.' })
    expect(lineOf(shifted, told!.from)).toBe(7)
    expect(problems(web.replace('replicas:', 'replica:'))[0]!.hint).toContain('Did you mean replicas?')
    const second = `${service()}---\n\tkind: Pod\n`
    expect(lineOf(second, problems(second)[0]!.from)).toBe(second.split('\n').length - 1)
  })

  it('of a bracket that is never closed is told at its own line', () => {
    for (const text of ['kind: Service\nspec:\n  selector: {app: web\n  ports:\n  - port: 80\n', 'kind: Service\nspec:\n  selector: {app: web', 'kind: Service\nspec:\n  finalizers: [a, b\n  ports:\n  - port: 80\n']) {
      const [told] = problems(text)
      expect(lineOf(text, told!.from), text).toBe(3)
      expect(told!.hint).toMatch(/opened here is not closed/)
    }
  })

  it('of a first manifest is explained: a colon, dash, blank or indent is missing, a number is a word, or it is prose', () => {
    const web = service()
    const cases: readonly (readonly [text: string, line: number, hint: RegExp])[] = [
      [web.replace('selector:', 'selector'), 6, /^A colon is missing/],
      [web.replace('- port', '  port'), 8, /^ports is a list: .* dash/],
      [web.replace('app: web', 'app:web'), 6, /^After a colon comes a blank: app: web$/],
      [web.replace('    app', '  app'), 7, /^"app" belongs under "selector"/],
      [web.replace('port: 80', 'port: eighty'), 9, /^port is a number/],
      [web.replace('app: web', 'app: 1'), 7, /quotes/],
      ['Please make a Service for web.\n', 1, /^This is no manifest/],
    ]
    for (const [text, line, hint] of cases) {
      const [first] = problems(text)
      expect(first?.hint).toMatch(hint)
      expect(lineOf(text, first!.from)).toBe(line)
      // the terminal says the same of the same file
      const { stdout, stderr, exit, session } = type('kubectl apply -f web.yaml', text)
      expect(hintOf('kubectl apply -f web.yaml', { stdout, stderr, exit }, session, kernel.api)).toContain(first!.hint)
    }
  })

  it('of a file that says nothing is a note: there is nothing to apply', () => {
    for (const text of ['', '\n\n', '# later\n'])
      expect(problems(text)).toMatchObject([{ note: true }])
  })

  it('of an object that is edited is what its patch would be refused for', () => {
    const own = createKernel([...base.actors, terminal({ docs })], { seed: 1, gate, world: base.world, history: false })
    own.runUntil(2000)
    own.operate({ op: 'kubectl', line: 'kubectl create deployment shop --image=web:1' })
    const text = run('kubectl get deployment shop -o yaml', { namespace: 'default', files: {} }, { api: own.api, now: own.state.now, world: own.state.world, random: () => 0.5 }).stdout
    const told = (to: string) => problemsOf(own.api, to, { ...files, edits: { kind: 'Deployment', namespace: 'default', name: 'shop', text } })
    expect(told(`# a note\n${text}`)).toEqual([])
    const changed = text.replace('matchLabels:\n      app: shop', 'matchLabels:\n      app: other')
    expect(told(changed).map(({ message, from }) => [/field is immutable/.test(message) || /does not match/.test(message), lineOf(changed, from)])).toContainEqual([true, lineOf(changed, changed.indexOf('selector:'))])
    expect(told(text.replace('replicas:', 'replica:'))[0]!.message).toContain('unknown field "spec.replica"')
  })

  it('of what is too large or too deep is said clearly', () => {
    expect(problems('a'.repeat(1_000_000))[0]!.message).toContain('too large: 1000000 letters')
    const bomb = Array.from({ length: 9 }, (_, i) => `${'abcdefghi'[i]}: &${'abcdefghi'[i]} [${Array.from({ length: 9 }).fill(i ? `*${'abcdefghi'[i - 1]}` : '"lol"').join(', ')}]`).join('\n')
    expect(problems(bomb)[0]!.message).toBe('yaml: document contains excessive aliasing')
    expect(problems('['.repeat(5000))[0]!.message).toBe('yaml: exceeded max depth')
    expect(offersAt(docs, 'a'.repeat(1_000_000), 5)).toBeUndefined()
  })
})

describe('any text', () => {
  const PROMPT = 100
  const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
  const any = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), mutated(web), fc.array(fc.constantFrom('a: ', '- ', '{', '}', '[', ']', '"', '\'', '#', '|\n', '\n', '  ', 'kind: Pod\n', 'spec:\n', ',', '---\n', '\t', '&a ', '*a ', '? ', '! ', '<<: *a\n'), { maxLength: 300 }).map(parts => parts.join('')))

  it('gets an answer in time, and never an exception', () => {
    let late = 0
    fc.assert(fc.property(any, fc.double({ min: 0, max: 1, noNaN: true }), (text, where) => {
      const begun = cpu()
      const at = Math.floor(where * text.length)
      const offers = offersAt(docs, text, at)
      if (offers)
        expect(offers.from >= 0 && offers.from <= offers.to && offers.to <= text.length).toBe(true)
      helpAt(docs, text, at)
      for (const { from, to } of problems(text))
        expect(from >= 0 && from <= to && to <= text.length).toBe(true)
      late += cpu() - begun > PROMPT ? 1 : 0
    }), { numRuns: 3 * RUNS })
    expect(late).toBeLessThanOrEqual(RUNS / 100)
  }, 120_000)

  it('says something or nothing, in each of its documents', () => {
    fc.assert(fc.property(any, (text) => {
      const parts = partsOf(text)
      for (const part of parts)
        expect(text.slice(part.from, part.from + part.text.length)).toBe(part.text)
      expect(parts.some(saysSomething)).toBe(text.split('\n').some(line => /^[^#]/.test(line.trim()) && !/^---\s*(?:#|$)/.test(line)))
    }))
  })
})
