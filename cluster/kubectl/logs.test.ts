// What programs have said when they ended.
import { describe, expect, it } from 'vitest'
import { base } from '../../scenarios/base.ts'
import { createCluster, gate } from '../index.ts'
import type { Intervention } from '../index.ts'
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
