// What programs have said when they ended.
import { describe, expect, it } from 'vitest'
import { base } from '../../scenarios/base.ts'
import { createCluster, gate } from '../index.ts'
import type { Intervention } from '../index.ts'
import { cluster, help, type, wait } from '../../tests/lib/typed.ts'
import { terminal, terminalOf } from './index.ts'

const pod = (name: string, image: string, memory: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [{ name: 'app', image, resources: { limits: { memory } } }] } })

function logsOf(image: string, memory = '1Gi'): string {
  const steps = [{ at: 1000, op: 'create', manifest: pod('one', image, memory) }, { at: 20_000, op: 'kubectl', line: 'kubectl logs one --previous' }] as unknown as Intervention[]
  const cluster = createCluster({ ...base, gate, actors: [...base.actors, terminal()] }, 1, steps)
  return cluster.look(20_000, ({ state }) => terminalOf(state).entries[0]!.chunks.map(({ text }) => text).join(''))
}

describe('the log of a container that has ended', () => {
  it('stops without a word where the kernel killed it', () => {
    expect(logsOf('web:1', '16Mi')).toBe('web 1: starting\n')
  })

  it('is that of the image it had, though its Pod has been given another', () => {
    const steps = [{ at: 1000, op: 'create', manifest: pod('one', 'web:1', '1Gi') }, { at: 20_000, op: 'kubectl', line: 'kubectl set image pod/one app=web:3' }, { at: 20_010, op: 'kubectl', line: 'kubectl logs one' }, { at: 40_000, op: 'kubectl', line: 'kubectl logs one --previous' }, { at: 40_001, op: 'kubectl', line: 'kubectl logs one' }] as unknown as Intervention[]
    const cluster = createCluster({ ...base, gate, actors: [...base.actors, terminal()] }, 1, steps)
    const texts = cluster.look(50_000, ({ state }) => terminalOf(state).entries.map(({ chunks }) => chunks.map(({ text }) => text).join('')))
    expect(texts.map(text => text.split('\n')[0])).toEqual(['pod/one image updated', 'web 1: starting', 'web 1: starting', 'web 3: starting'])
  })

  it('tells why where the program gave up by itself', () => {
    expect(logsOf('web:crash')).toBe('web crash: starting\nfatal: cannot go on, exit code 1\n')
  })
})

describe('the log of a command', () => {
  const run = (command: readonly string[], at: number, line = 'kubectl logs one') => {
    const manifest = { ...pod('one', 'busybox', '1Gi'), spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'busybox', command, env: [{ name: 'WHO', value: 'crew' }] }] } }
    const cluster = createCluster({ ...base, gate, actors: [...base.actors, terminal()] }, 1, [{ at: 1000, op: 'create', manifest }, { at, op: 'kubectl', line }] as unknown as Intervention[])
    return cluster.look(at, ({ state }) => terminalOf(state).entries[0]!.chunks.map(({ text }) => text).join(''))
  }

  it('is what it says while it runs, turn by turn', () => {
    expect(run(['sh', '-c', 'for i in 1 2 3; do echo "turn $i"; sleep 5; done'], 10_000)).toBe('turn 1\nturn 2\n')
    expect(run(['sh', '-c', 'echo "hello $WHO"; while true; do hostname; sleep 4; done'], 12_000)).toBe('hello crew\none\none\none\n')
    expect(run(['sh', '-c', 'while true; do date; done'], 6000).split('\n')[0]).toMatch(/^2026-01-01T00:00:0\dZ$/)
  })

  it('has times of nine digits, whatever they are', () => {
    expect(run(['sh', '-c', 'echo a; sleep 1; echo b'], 10_000, 'kubectl logs one --timestamps')).toMatch(/^2026-01-01T00:00:0\d\.\d{3}0{6}Z a\n2026-01-01T00:00:0\d\.\d{3}0{6}Z b\n$/)
  })

  it('is said once where the first turn never ends', () => {
    expect(run(['sh', '-c', 'while true; do echo hi; sleep infinity; done'], 10_000)).toBe('hi\n')
  })

  it('is that of a single program, without a shell\'s meaning of its words', () => {
    expect(run(['echo', '$WHO', 'x;y'], 10_000)).toBe('$WHO x;y\n')
    expect(run(['nginx', '--debug=true'], 10_000)).toBe('')
    expect(run(['nginx', '--debug=true'], 10_000, 'kubectl get pod one --no-headers')).toMatch(/^one +1\/1 +Running +0 /)
  })

  it('of a Pod that is on no node is empty, and our line tells why', () => {
    const kernel = cluster()
    kernel.api.create('Pod', { metadata: { name: 'big' }, spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '900' } } }] } }, 'test')
    wait(kernel, 5000)
    for (const flag of ['', ' --previous', ' -f'])
      expect(type(kernel, `kubectl logs big${flag}`), flag).toEqual({ out: '', err: '', exit: 0 })
    expect(help(kernel, 'kubectl logs big')).toBe('It is on no node yet: nothing has run, and nothing was said. kubectl describe pod big tells why it waits.')
    expect(help(kernel, 'kubectl logs pod/big')).toMatch(/^It is on no node yet/)
    expect(type(kernel, 'kubectl exec big -- ls').err).toContain('does not have a host assigned')
  })

  it('of several Pods end at the first that cannot be read', () => {
    const kernel = cluster()
    type(kernel, 'kubectl create deployment gone --image=web:nope --replicas=3')
    wait(kernel, 20_000)
    const { out, err, exit } = type(kernel, 'kubectl logs -l app=gone')
    expect([out, exit]).toEqual(['', 1])
    expect(err.match(/^Error from server/gm)).toHaveLength(1)
  })
})
