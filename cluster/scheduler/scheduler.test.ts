import { describe, expect, it } from 'vitest'
import type { Node } from '../api/objects.ts'
import type { Server } from '../api/server.ts'
import { createKernel } from '../timeline/kernel.ts'
import type { Actor, Kernel } from '../timeline/kernel.ts'
import { explainPod, scheduler } from './scheduler.ts'
import type { SchedulerMemory } from './scheduler.ts'

/** Writes what a test wants written, as an operation, so that watchers hear of it. */
const hand: Actor<null> = {
  name: 'hand',
  watches: [],
  start: () => null,
  observe: () => {},
  run: () => {},
  operations: { do: ({ go }, { api }) => (go as (api: Server) => void)(api) },
}

function cluster(...nodes: string[]): Kernel {
  const kernel = createKernel([scheduler as Actor, hand as Actor], { seed: 3 })
  nodes.forEach(name => go(kernel, api => node(api, name)))
  kernel.runUntil(100)
  return kernel
}
const go = (kernel: Kernel, what: (api: Server) => void) => kernel.operate({ op: 'do', go: what })

function node(api: Server, name: string) {
  const made = api.create('Node', { metadata: { name, labels: { 'kubernetes.io/hostname': name } } }, 'test')
  api.updateStatus('Node', { ...made, status: { capacity: { cpu: '4', memory: '8Gi', pods: '10' }, allocatable: { cpu: '4', memory: '8Gi', pods: '10' } } }, 'test')
}
const pod = (name: string, cpu: string, spec: object = {}) => (api: Server) => void api.create('Pod', { metadata: { name, namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'app:1', resources: { requests: { cpu } } }], ...spec } }, 'test')
const change = (name: string, spec: Node['spec']) => (api: Server) => void api.update('Node', { ...api.get('Node', '', name)!, spec }, 'test')
const where = (kernel: Kernel, name: string) => kernel.api.get('Pod', 'default', name)!.spec.nodeName
const failures = (kernel: Kernel, name: string) => kernel.api.list('Event').filter(event => event.reason === 'FailedScheduling' && event.involvedObject.name === name)

describe('the scheduler', () => {
  it('binds a Pod, says so, and marks it as scheduled', () => {
    const kernel = cluster('a')
    go(kernel, pod('p', '1'))
    kernel.runUntil(1000)
    expect(where(kernel, 'p')).toBe('a')
    expect(kernel.api.list('Event').map(event => event.message)).toEqual(['Successfully assigned default/p to a'])
    expect(kernel.api.get('Pod', 'default', 'p')!.status.conditions).toMatchObject([{ type: 'PodScheduled', status: 'True' }])
  })

  it('says why a Pod finds no node, once, and does not try again while nothing changes', () => {
    const kernel = cluster('a', 'b')
    go(kernel, pod('p', '5'))
    kernel.runUntil(200_000)
    expect(failures(kernel, 'p')).toHaveLength(1)
    const message = '0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.'
    expect(failures(kernel, 'p')[0]!.message).toBe(message)
    expect(kernel.api.get('Pod', 'default', 'p')!.status.conditions).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }])
  })

  it('tries again when another Pod makes room', () => {
    const kernel = cluster('a')
    go(kernel, pod('big', '3'))
    kernel.runUntil(1000)
    go(kernel, pod('p', '2'))
    kernel.runUntil(2000)
    expect(where(kernel, 'p')).toBeUndefined()
    go(kernel, api => void api.delete('Pod', 'default', 'big', { gracePeriodSeconds: 0 }, 'test'))
    kernel.runUntil(2100)
    expect(where(kernel, 'p')).toBe('a')
  })

  it('tries again when a node is uncordoned, loses its taint or comes', () => {
    const kernel = cluster('a', 'b')
    go(kernel, change('a', { unschedulable: true }))
    go(kernel, change('b', { taints: [{ key: 'down', effect: 'NoSchedule' }] }))
    kernel.runUntil(200)
    go(kernel, pod('p', '3'))
    kernel.runUntil(300)
    expect(failures(kernel, 'p')[0]!.message).toContain('1 node(s) had untolerated taint(s), 1 node(s) were unschedulable')
    go(kernel, change('a', {}))
    kernel.runUntil(400)
    go(kernel, pod('q', '3'))
    kernel.runUntil(500)
    go(kernel, change('b', {}))
    kernel.runUntil(550)
    go(kernel, pod('r', '3'))
    kernel.runUntil(600)
    go(kernel, api => node(api, 'c'))
    kernel.runUntil(700)
    expect(['p', 'q', 'r'].map(name => where(kernel, name))).toEqual(['a', 'b', 'c'])
  })

  it('does not try again for a node that would refuse the Pod as before', () => {
    const kernel = cluster('a')
    go(kernel, pod('p', '9'))
    kernel.runUntil(1000)
    go(kernel, api => node(api, 'b'))
    kernel.runUntil(20_000)
    expect(failures(kernel, 'p')).toHaveLength(1)
    expect(failures(kernel, 'p')[0]!.series).toBeUndefined()
  })

  it('leaves alone what asks for another scheduler, is gated or is bound already', () => {
    const kernel = cluster('a')
    go(kernel, pod('other', '1', { schedulerName: 'mine' }))
    go(kernel, pod('gated', '1', { schedulingGates: [{ name: 'wait' }] }))
    go(kernel, pod('bound', '1', { nodeName: 'nowhere' }))
    kernel.runUntil(5000)
    expect(['other', 'gated', 'bound'].map(name => where(kernel, name))).toEqual([undefined, undefined, 'nowhere'])
  })

  it('explains itself without changing anything', () => {
    const kernel = cluster('a', 'b')
    go(kernel, pod('p', '9'))
    kernel.runUntil(1000)
    const before = JSON.stringify(kernel.state.actors)
    const told = explainPod(kernel.state.actors['default-scheduler'] as SchedulerMemory, kernel.api, kernel.api.get('Pod', 'default', 'p')!)
    expect(told.map(({ node: name, fits, filters }) => [name, fits, filters.NodeResourcesFit?.reasons])).toEqual([['a', false, ['Insufficient cpu']], ['b', false, ['Insufficient cpu']]])
    expect(JSON.stringify(kernel.state.actors)).toBe(before)
  })
})
