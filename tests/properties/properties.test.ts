// Random runs in a quick round, and that what is wrong would be found: faulty parts beside the real ones.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRun, encodeRun } from '../../cluster/index.ts'
import type { Actor, ObjectOf, Run } from '../../cluster/index.ts'
import { machinesOf } from '../../cluster/node/machine.ts'
import { check, checkPlan, replay } from './check.ts'
import { plans } from './plans.ts'
import { runOf } from './play.ts'

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { replicas: 3, selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'main', image: 'app:1', resources: { requests: { cpu: '600m' } } }] } } } }
const run = { scenario: 'tight', seed: 5, interventions: [{ at: 100, op: 'create', manifest: deployment }] } as unknown as Run

/** Does something once, at 10 s, which no real part would do. */
const faulty = (name: string, does: Actor['run']): { more: Actor[] } => ({ more: [{
  name,
  watches: [],
  start: ({ enqueue }) => void enqueue('once', 10_000),
  observe: () => {},
  run: does,
}] })
const pods = (api: Parameters<Actor['run']>[1]['api']) => api.list('Pod') as ObjectOf<'Pod'>[]

describe('random runs', () => {
  it('hold to what must be true of every run', () => {
    fc.assert(fc.property(plans, (plan) => {
      const { run, faults } = checkPlan(plan)
      if (faults.length)
        throw new Error(`${faults.join('\n')}\n${replay(run)}`)
    }), { numRuns: 25 })
  }, 120_000)

  it('are the same when they come back from their text', () => {
    const [plan] = fc.sample(plans, { seed: 9, numRuns: 1 })
    const made = runOf(plan!)
    expect(check(decodeRun(encodeRun(made)))).toEqual(check(made))
  })

  it('are the same while they are made and when they are played again', () => {
    for (const plan of fc.sample(plans, { seed: 3, numRuns: 3 })) {
      const { run, ...made } = checkPlan(plan)
      expect(run).toEqual(runOf(plan))
      expect(check(run)).toEqual(made)
    }
  })
})

describe('a fault is found', () => {
  it('unless there is none', () => {
    expect(check(run).faults).toEqual([])
  })

  it('where a Pod is bound to a node without room, or moved', () => {
    const found = check(run, faulty('binder', (_, { api }) => {
      const [first, other] = pods(api)
      api.create('Pod', { metadata: { name: 'more' }, spec: { containers: first!.spec.containers } }, 'x')
      api.bind('default', 'more', other!.spec.nodeName!, 'x')
    })).faults
    expect(found.filter(each => each.includes('too little cpu'))).toHaveLength(1)
  })

  it('where two Pods have one address', () => {
    const found = check(run, faulty('reporter', (_, { api }) => {
      const [first, other] = pods(api)
      api.updateStatus('Pod', { ...first!, status: { ...first!.status, podIP: other!.status.podIP } }, 'x')
    })).faults
    expect(found[0]).toMatch(/both have the address/)
  })

  it('where a Pod runs on two machines, and where they have one address', () => {
    const found = check(run, faulty('twin', (_, { world }) => {
      const [first, second] = [...machinesOf(world).values()]
      for (const [uid, process] of first!.pods)
        second!.pods.set(uid, { ...process, containers: process.containers.map(each => ({ ...each })) })
    })).faults
    expect(found.some(each => each.includes('on node-1 and on node-2'))).toBe(true)
    expect(found.some(each => each.includes('both run at'))).toBe(true)
  })

  it('where a rollout has one Pod too many, and one too few', () => {
    const owner = (api: Parameters<Actor['run']>[1]['api']) => pods(api)[0]!.metadata
    const many = check(run, faulty('maker', (_, { api }) => {
      const { labels, ownerReferences } = owner(api)
      for (const name of ['x', 'y'])
        api.create('Pod', { metadata: { name, labels, ownerReferences }, spec: pods(api)[0]!.spec }, 'x')
    })).faults
    expect(many.some(each => each.includes('one too many'))).toBe(true)
    const few = check(run, faulty('taker', (_, { api }) => pods(api).forEach(each => api.delete('Pod', 'default', each.metadata.name, {}, 'x')))).faults
    expect(few.some(each => each.includes('have to be'))).toBe(true)
  })

  it('where what is owned outlives its owner', () => {
    const gone = { ...run, interventions: [...run.interventions, { at: 5000, op: 'delete', name: 'a', cascade: 'Background' }] }
    expect(check(gone).faults).toEqual([])
    expect(check(gone, { without: 'garbage-collector' }).faults[0]).toMatch(/^ReplicaSet .* stays though its owner is gone$/)
  })

  it('where a Pod waits though it fits, and where less is there than is wanted', () => {
    expect(check(run, { without: 'default-scheduler' }).faults.filter(each => each.includes('waits though it fits'))).toHaveLength(3)
    expect(check(run, { without: 'replicaset-controller' }).faults).toEqual(['Deployment a rests with 0 Pods, 0 available, though it wants 3'])
  })

  it('where somebody never rests, or chance does not come from the seed', () => {
    let calls = 0
    const found = check(run, faulty('restless', (_, { api, enqueue }) => {
      const set = api.list('ReplicaSet')[0]!
      api.update('ReplicaSet', { ...set, metadata: { ...set.metadata, annotations: { ...set.metadata.annotations, calls: String(++calls) } } }, 'x')
      enqueue('once', 5000)
    })).faults
    expect(found.some(each => each.includes('still MODIFIED'))).toBe(true)
    expect(found.some(each => each.includes('another state than a straight'))).toBe(true)
  })
})
