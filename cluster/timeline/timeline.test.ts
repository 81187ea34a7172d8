// Histories of a small cluster of toys: what holds for every run.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pod } from '../api/objects.ts'
import type { WatchEvent } from '../api/store.ts'
import { gate } from '../api/strict.ts'
import type { Story } from '../../models/story.ts'
import type { Actor } from './kernel.ts'
import { decodeRun, encodeRun } from './run.ts'
import type { Intervention } from './run.ts'
import { storyOf } from './story.ts'
import { createCluster } from './timeline.ts'
import type { Scenario } from './timeline.ts'
import { user } from './user.ts'

/** Keeps as many Pods as a Deployment wants, one at a time, and makes them run after a while that hangs on chance. */
const toy: Actor<{ seen: number[], made: number }> = {
  name: 'toy',
  watches: ['Deployment', 'Pod'],
  start: () => ({ seen: [], made: 0 }),
  observe(event: WatchEvent, ctx) {
    ctx.memory.seen.push(event.revision)
    if (event.kind === 'Deployment')
      ctx.enqueue('sync')
    else if (event.type === 'ADDED')
      ctx.enqueue(`run ${event.object.metadata.name}`, 100 + Math.floor(ctx.random() * 900))
    else if (event.type === 'DELETED')
      ctx.enqueue('sync')
  },
  run(key, ctx) {
    const { api } = ctx
    if (key.startsWith('run ')) {
      const pod = api.get('Pod', 'default', key.slice(4))
      if (pod)
        api.updateStatus('Pod', { ...pod, status: { ...pod.status, phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } }, 'toy')
      return
    }
    const wanted = api.list('Deployment').reduce((sum, each) => sum + each.spec.replicas, 0)
    const pods = api.list('Pod')
    if (pods.length < wanted) {
      ctx.memory.made++
      api.create('Pod', { metadata: { generateName: 'toy-', namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'app:1' }] } }, 'toy')
      api.event(api.list('Deployment')[0]!, 'Normal', 'Made', `number ${ctx.memory.made}`, 'toy')
      ctx.enqueue('sync', 50)
    }
    else if (pods.length > wanted) {
      api.delete('Pod', 'default', pods[0]!.metadata.name, { gracePeriodSeconds: 0 }, 'toy')
    }
  },
}

const manifest = (replicas: number) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'app:1' }] } } } })
const scenario: Scenario = { name: 'toys', duration: 20_000, actors: [user, toy], gate, script: [{ at: 100, op: 'apply', manifest: manifest(2) }] }
const scale = (replicas: number) => ({ op: 'scale', name: 'web', replicas })

const interventions = fc.array(fc.record({ at: fc.integer({ min: 200, max: 19_000 }), replicas: fc.nat(6) }), { maxLength: 5 })
  .map(list => list.sort((a, b) => a.at - b.at).map(({ at, replicas }): Intervention => ({ at, ...scale(replicas) })))
const runs = fc.record({ seed: fc.integer(), interventions })
const times = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 8 })

describe('a timeline', () => {
  it('gives the same history for the same run, whichever way it is looked at', () => {
    fc.assert(fc.property(runs, times, ({ seed, interventions }, seeks) => {
      const straight = createCluster(scenario, seed, interventions)
      const wanted = [...seeks].sort((a, b) => a - b).map(t => [t, straight.hash(t)])
      const jumping = createCluster(scenario, seed, interventions)
      for (const t of seeks)
        expect([t, jumping.hash(t)]).toEqual(wanted.find(([at]) => at === t))
      expect(jumping.hash()).toBe(straight.hash())
    }), { numRuns: 60 })
  })

  it('forks without touching its parent, and shares its past', () => {
    fc.assert(fc.property(runs, fc.integer({ min: 200, max: 19_000 }), fc.nat(6), times, ({ seed, interventions }, t, replicas, seeks) => {
      const parent = createCluster(scenario, seed, interventions)
      const before = seeks.map(at => parent.hash(at))
      const child = parent.fork(t, scale(replicas))
      child.hash()
      expect(seeks.map(at => parent.hash(at))).toEqual(before)
      expect(child.hash(t - 1)).toBe(parent.hash(t - 1))
      const again = createCluster(scenario, seed, child.run.interventions)
      expect(again.hash()).toBe(child.hash())
    }), { numRuns: 60 })
  })

  it('counts resource versions up, and tells a watcher of each write once and in order', () => {
    fc.assert(fc.property(runs, ({ seed, interventions }) => {
      const timeline = createCluster(scenario, seed, interventions)
      const writes = timeline.writes(-1, 20_000)
      expect(writes.map(event => event.revision)).toEqual(writes.map((_, i) => i + 1))
      expect(writes.every((event, i) => i === 0 || event.at >= writes[i - 1]!.at)).toBe(true)
      const versions = new Map<string, number>()
      for (const { kind, object, revision, type } of writes) {
        const key = `${kind} ${object.metadata.uid}`
        expect(Number(object.metadata.resourceVersion)).toBe(revision)
        expect(revision).toBeGreaterThan(versions.get(key) ?? 0)
        expect(type === 'ADDED').toBe(!versions.has(key))
        versions.set(key, revision)
      }
      const { seen } = timeline.at(20_000).actors.toy as { seen: number[] }
      expect(seen).toEqual(writes.filter(event => (event.kind === 'Pod' || event.kind === 'Deployment') && event.at + 5 <= 20_000).map(event => event.revision))
    }), { numRuns: 40 })
  })

  it('keeps only so many checkpoints, and stays true', () => {
    const busy: Actor<{ beats: number }> = {
      name: 'busy',
      watches: [],
      start: (ctx) => {
        ctx.enqueue('beat')
        return { beats: 0 }
      },
      observe: () => {},
      run(_, ctx) {
        ctx.memory.beats++
        ctx.enqueue('beat', 1)
      },
    }
    const timeline = createCluster({ name: 'busy', duration: 300_000, actors: [busy] })
    const beats = (t: number) => timeline.look(t, ({ state }) => (state.actors.busy as { beats: number }).beats)
    expect(beats(300_000)).toBe(300_001)
    for (const t of [7, 123_456, 299_999, 5, 250_000])
      expect(beats(t)).toBe(t + 1)
  })

  it('refuses what nobody knows or what is not possible, and is unchanged', () => {
    const timeline = createCluster(scenario)
    const before = timeline.hash()
    expect(() => timeline.fork(500, { op: 'dance' })).toThrow('nobody knows the operation "dance"')
    expect(() => timeline.fork(500, { op: 'scale', name: 'nope', replicas: 2 })).toThrow('deployments.apps "nope" not found')
    expect(() => createCluster(scenario, 1.5)).toThrow(RangeError)
    expect(timeline.hash()).toBe(before)
  })
})

describe('a run as a text', () => {
  const plain = fc.record({ scenario: fc.string({ minLength: 1 }), seed: fc.integer(), interventions: fc.array(fc.record({ after: fc.nat(100_000), op: fc.string({ minLength: 1, maxLength: 8 }), word: fc.string() }), { maxLength: 6 }) })
    .map(({ interventions, ...rest }) => {
      let at = 0
      return { ...rest, interventions: interventions.map(({ after, op, word }) => ({ at: at += after, op, word })) }
    })

  it('comes back as it was, and fits an address', () => {
    fc.assert(fc.property(plain, (run) => {
      const text = encodeRun(run)
      expect(text).toMatch(/^[\w-]+$/)
      expect(decodeRun(text)).toEqual(run)
    }))
  })

  it('is refused where it was changed', () => {
    const text = encodeRun({ scenario: 'toys', seed: 7, interventions: [{ at: 5, ...scale(3) }] })
    expect(text.length).toBeLessThan(100)
    expect(() => decodeRun('')).toThrow('this is not a run')
    expect(() => decodeRun('<script>')).toThrow('this is not a run')
    expect(() => decodeRun(`9${text.slice(1)}`)).toThrow('version 9')
    expect(() => decodeRun(text.slice(0, -3))).toThrow('damaged')
    fc.assert(fc.property(fc.string(), (garbage) => {
      expect(() => decodeRun(garbage)).toThrow(RangeError)
    }))
  })
})

describe('a story of a cluster', () => {
  const view = ({ api }: { api: { list: (kind: 'Pod') => readonly Pod[] } }) => api.list('Pod').map(pod => pod.status.phase)
  const story: Story<string[]> = storyOf(createCluster(scenario, 3), { view, moments: [{ id: 'start', at: 0, sentence: 'Nothing is there.' }], done: ({ op }) => ({ by: 'user', text: op, major: true }) })

  it('is what playback knows', () => {
    expect(story.at(0)).toEqual([])
    expect(story.at(20_000)).toEqual(['Running', 'Running'])
    const events = story.events(-1, 20_000)
    expect(events.every((event, i) => i === 0 || event.at >= events[i - 1]!.at)).toBe(true)
    expect(events.map(event => event.text.replace(/toy-\w+/, 'toy'))).toEqual(['apply', 'creates Deployment web, for 2 Pods', 'creates Pod toy', 'creates Pod toy', 'finds Pod toy ready', 'finds Pod toy ready'])
    expect([...story.events(-1, 5000), ...story.events(5000, 20_000)]).toEqual(events)
  })

  it('forks', () => {
    const other = story.fork!(10_000, { op: 'scale', name: 'web', replicas: 0 })
    expect(other.at(20_000)).toEqual([])
    expect(story.at(20_000)).toHaveLength(2)
    expect(() => story.fork!(0, { op: 'scale', name: 'web', replicas: 0 })).toThrow(RangeError)
    expect(other.at(20_000)).toEqual([])
  })
})

describe('events', () => {
  it('are told together once there are many of a kind', () => {
    const timeline = createCluster(scenario, 1, [{ at: 2000, ...scale(14) }])
    const told = timeline.look(20_000, ({ api }) => api.list('Event').filter(event => event.involvedObject.kind === 'Deployment').map(({ count, message }) => [count, message]))
    expect(told).toContainEqual([5, '(combined from similar events): number 14'])
    expect(told).toHaveLength(10)
  })
})

describe('a twin of a history', () => {
  it('tells the same, and goes through it by itself', () => fc.assert(fc.property(runs, times, ({ seed, interventions }, looks) => {
    const one = createCluster(scenario, seed, interventions)
    const half = looks[0]! >> 1
    one.look(half, () => {})
    const other = one.twin()
    for (const t of looks)
      expect(other.hash(t)).toBe(createCluster(scenario, seed, interventions).hash(t))
    expect(one.look(half, ({ now }) => now)).toBe(half)
  }), { numRuns: 10 }))
})
