// Every flag that a real kubectl's help lists for the verbs that are here: none is ignored in silence.
import { describe, expect, it, vi } from 'vitest'
import { cluster, deployment, type, wait } from '../../tests/lib/typed.ts'
import type * as Flags from './flags.ts'
import kubectl from './kubectlflags.json' with { type: 'json' }
import { letsPass } from './refused.ts'

const seen = vi.hoisted(() => new Set<string>())
// what a verb asks for of its flags is written down
vi.mock('./flags.ts', async (original) => {
  const actual = await original<typeof Flags>()
  return {
    ...actual,
    parseFlags: (...given: Parameters<typeof Flags.parseFlags>) => {
      const parsed = actual.parseFlags(...given)
      const noted = (name: string) => {
        seen.add(name)
        return name
      }
      return { ...parsed, has: (name: string) => parsed.has(noted(name)), text: (name: string) => parsed.text(noted(name)), on: (name: string) => parsed.on(noted(name)), number: (name: string) => parsed.number(noted(name)), ms: (name: string) => parsed.ms(noted(name)), list: (name: string) => parsed.list(noted(name)) }
    },
  }
})

/** For each verb lines that go through: between them they reach all that it reads. `POD` is one that runs. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  'create': ['-f more.yaml'],
  'create configmap': ['c'],
  'create deployment': ['d --image=nginx:1'],
  'create namespace': ['n'],
  'create service clusterip': ['s --tcp=80'],
  'create service externalname': ['s --external-name=x.example'],
  'create service loadbalancer': ['s --tcp=80'],
  'create service nodeport': ['s --tcp=80'],
  'expose': ['deployment held --port=80', '-f web.yaml --port=80', 'deployment web --port=80 --name=other --type=LoadBalancer'],
  'replace': ['-f web.yaml'],
  'run': ['r --image=nginx:1', 'r --image=nginx:1 -- date'],
  'set env': ['deployment web A=1', 'deployment web Z=2', 'deployment web --from=configmap/conf', 'deployment A=1'],
  'set image': ['deployment web c=nginx:2', '-f web.yaml c=nginx:2', 'deployment c=nginx:2'],
  'set resources': ['deployment web --limits=cpu=1', 'deployment --limits=cpu=1'],
  'set selector': ['service web app=web'],
  'explain': ['pods'],
  'get': ['pods', 'pods -l app=web', '-f web.yaml'],
  'edit': ['deployment web', '-f web.yaml'],
  'delete': ['pod POD', '-f web.yaml', 'pods -l app=web'],
  'rollout history': ['deployment web'],
  'rollout pause': ['deployment web'],
  'rollout restart': ['deployment web'],
  'rollout resume': ['deployment held'],
  'rollout status': ['deployment slow'],
  'rollout undo': ['deployment web'],
  'scale': ['deployment web --replicas=3'],
  'autoscale': ['deployment web --max=3', '-f web.yaml --max=3'],
  'top node': [''],
  'top pod': ['', 'POD --containers'],
  'cordon': ['node-1'],
  'uncordon': ['node-1'],
  'drain': ['node-1'],
  'taint': ['nodes node-1 a=b:NoSchedule', 'nodes a=b:NoSchedule', 'nodes node-3 x=y:NoSchedule'],
  'describe': ['pods', '-f web.yaml', 'deployment web'],
  'logs': ['POD', '-l app=web', 'deployment/web'],
  'exec': ['POD -- date'],
  'events': [''],
  'diff': ['-f web.yaml'],
  'apply': ['-f web.yaml'],
  'apply view-last-applied': ['deployment web', '-f web.yaml'],
  'patch': ['deployment web -p {}', '-f web.yaml -p {}'],
  'wait': ['pod POD --for=condition=Ready', '-f web.yaml --for=condition=Available'],
  'label': ['pod POD a=b', '-f web.yaml a=b', 'pods a=b'],
  'annotate': ['pod POD a=b', '-f web.yaml a=b', 'pods a=b'],
  'api-resources': [''],
  'api-versions': [''],
  'config current-context': [''],
  'config get-contexts': [''],
  'config set-context': ['--current'],
  'config use-context': ['helmsman'],
  'config view': [''],
  'version': [''],
  'cluster-info': [''],
  'options': [''],
  'help': [''],
}

/** A value that the flag takes, by its default. */
function valueOf(name: string, initial: string): string {
  const own: Readonly<Record<string, string>> = { 'cascade': 'orphan', 'dry-run': 'client', 'output': 'yaml', 'image': 'nginx:1', 'for': 'condition=Ready', 'from': 'configmap/x', 'filename': 'web.yaml', 'tcp': '80', 'port': '80', 'types': 'Normal', 'validate': 'warn', 'selector': 'app=web', 'restart': 'Never', 'patch': '{}', 'type': 'merge' }
  if (Object.hasOwn(own, name))
    return own[name]!
  return initial === 'true' || initial === 'false' ? initial === 'true' ? 'false' : 'true' : /^-?\d+$/.test(initial) ? '1' : /^(?:\d+[smh])+$/.test(initial) ? '1s' : 'x'
}

const verbs = Object.entries(kubectl.verbs as Readonly<Record<string, readonly (readonly string[])[]>>).filter(([verb]) => Object.hasOwn(LINES, verb))
const fresh = () => {
  const kernel = cluster({ 'web.yaml': deployment(), 'more.yaml': deployment().replaceAll('web', 'more') }, true, true)
  type(kernel, 'kubectl apply -f web.yaml')
  for (const line of ['expose deployment web --port=80', 'set env deployment web Z=1', 'create configmap conf --from-literal=a=b', 'create deployment held --image=nginx:1', 'rollout pause deployment held', 'create deployment slow --image=nginx:nope', 'taint nodes node-3 x=y:NoSchedule'])
    type(kernel, `kubectl ${line}`)
  // what is being deleted is gone, and what is used is known
  wait(kernel, 60_000)
  return kernel
}
/** verbs after which the next would find another cluster */
const CHANGING = /^(?:create|expose|run|delete|rollout|autoscale|edit|set|drain|cordon|taint)/
let kernel = fresh()
const podOf = () => kernel.api.list('Pod', { namespace: 'default', labels: 'app=web' })[0]!.metadata.name

/** Whether a flag has been asked for by its verb, or is refused in a sentence that names it. */
function heeded(verb: string, name: string, initial: string): string | undefined {
  const value = valueOf(name, initial)
  const told: string[] = []
  for (const words of LINES[verb]!) {
    if (CHANGING.test(verb))
      kernel = fresh()
    seen.clear()
    const asked = name === 'template' && !['edit', 'wait', 'config view'].includes(verb) ? ' -o jsonpath' : ''
    const [before, after] = `kubectl ${verb} ${words.replace('POD', podOf())}`.split(' -- ')
    const { err } = type(kernel, `${before} --${name}=${value}${asked}${after ? ` -- ${after}` : ''}`, 100)
    kernel.operate({ op: 'interrupt' })
    if (seen.has(name) || (err.includes(`--${name}`) && !/unknown flag/.test(err)))
      return undefined
    told.push(err.trim().split('\n')[0]!)
  }
  return told.join(' | ') || 'silence'
}

/** The flags of a verb that it neither reads nor refuses, each with what was told instead. */
const ignored = (verb: string, flags: readonly (readonly string[])[]) => flags.filter(([name = '']) => !letsPass(verb, name)).flatMap(([name = '', , initial = '']) => {
  const why = heeded(verb, name, initial)
  return why === undefined ? [] : [`--${name}: ${why}`]
})

describe('a flag that kubectl has', () => {
  it.each(verbs)('of %s is read or refused in a sentence, never ignored', (verb, flags) => {
    expect(ignored(verb, flags)).toEqual([])
  })

  it('of all verbs is read or refused in a sentence, never ignored', () => {
    expect(ignored('get', kubectl.global)).toEqual([])
  })

  it('is known by its letter, too', () => {
    const missing = verbs.flatMap(([verb, flags]) => flags.filter(([, letter]) => letter).flatMap(([name = '', letter = '']) => /unknown shorthand/.test(type(kernel, `kubectl ${verb} -${letter}`, 100).err) ? [`${verb} -${letter} (--${name})`] : []))
    expect(missing).toEqual([])
  })

  it('is listed of every verb that is here', () => {
    expect(Object.keys(LINES).filter(verb => !Object.hasOwn(kubectl.verbs, verb))).toEqual([])
  })
})
