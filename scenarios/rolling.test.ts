// The rolling update as a story: its moments in words, the corridor that is never left, and what a learner can do to it.
import type { Intervention } from '../models/story.ts'
import type { RollingView, VersionKind } from './rolling.ts'
import type { ClusterStory } from './story.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeStory } from '../tests/contract/story.ts'
import { deeds, kinds, rollingStory, say, summary, webOf } from './rolling.ts'

const op = (op: Intervention) => ({ op, when: [0, 3000, 12_000, 30_000] })
describeStory('the rolling update', () => rollingStory(), [op(deeds.release('slow')), op(deeds.surge(1)), op(deeds.replicas(4)), op(deeds.probe(false)), op(deeds.pause(true))], 12)

const after = (story: ClusterStory<RollingView>, at: number, ...list: Intervention[]) => list.reduce((told, deed) => told.fork(at, deed), story)
const end = (story: ClusterStory<RollingView>) => story.at(story.duration)
const lost = (view: RollingView) => view.traffic[0]!.lost
/** every step of a story stays in its corridor */
function corridorHolds(story: ClusterStory<RollingView>) {
  for (const { at, total, ready, most, least } of end(story).steps)
    expect({ at, above: Math.max(0, total - most), below: Math.max(0, least - ready) }).toEqual({ at, above: 0, below: 0 })
}

describe('what is told', () => {
  it('says at each moment what is to be seen', () => {
    const story = rollingStory()
    expect(story.moments.map(({ at, sentence }) => `${sentence}\n  ${say(story.at(at))}`).join('\n')).toMatchInlineSnapshot(`
      "Ten Pods of version 1. 10 + surge 3: at most 13 in all; 10 − unavailable 2: at least 8 ready.
        10 Pods wanted, 10 ready, 10 in all: all of version 1. At most 13 in all, at least 8 ready; 0 requests lost.
      Version 2 is asked for: two old Pods may go, five new ones come. Then it waits.
        10 Pods wanted, 8 ready, 13 in all: 8 of version 1, 8 of them ready; 5 of version 2, 0 of them ready. At most 13 in all, at least 8 ready; 0 requests lost.
      The five new ones are ready, so five old ones go, and the last five new ones come.
        10 Pods wanted, 8 ready, 13 in all: 3 of version 1, 3 of them ready; 10 of version 2, 5 of them ready. At most 13 in all, at least 8 ready; 0 requests lost.
      All ten run version 2. Nobody lost a request.
        10 Pods wanted, 10 ready, 10 in all: all of version 2. At most 13 in all, at least 8 ready; 0 requests lost.
      Version 3 never becomes ready: the update waits, and eight Pods of version 2 serve on.
        10 Pods wanted, 8 ready, 13 in all: 8 of version 2, 8 of them ready; 5 of version 3, 0 of them ready. At most 13 in all, at least 8 ready; 0 requests lost.
      Undo: the five of version 3 go, and version 2 is whole again. Nobody lost a request.
        10 Pods wanted, 10 ready, 10 in all: all of version 2. At most 13 in all, at least 8 ready; 0 requests lost."
    `)
  })

  it('tells of the deployment controller why it may', () => {
    const story = rollingStory()
    expect(story.events(-1, story.duration).filter(({ by }) => by === 'deployment-controller' || by === 'operator').map(({ by, text }) => `${by}: ${text}`).join('\n')).toMatchInlineSnapshot(`
      "operator: asks for another version: a good one
      deployment-controller: grows version 2 from 0 to 3: 13 may be there in all
      deployment-controller: shrinks version 1 from 10 to 8: 10 are ready, 8 must be
      deployment-controller: grows version 2 from 3 to 5: 13 may be there in all
      deployment-controller: shrinks version 1 from 8 to 3: 13 are ready, 8 must be
      deployment-controller: grows version 2 from 5 to 10: 13 may be there in all
      deployment-controller: shrinks version 1 from 3 to 1: 10 are ready, 8 must be
      deployment-controller: shrinks version 1 from 1 to 0: 11 are ready, 8 must be
      operator: asks for another version: one that crashes
      deployment-controller: grows version 3 from 0 to 3: 13 may be there in all
      deployment-controller: shrinks version 2 from 10 to 8: 10 are ready, 8 must be
      deployment-controller: grows version 3 from 3 to 5: 13 may be there in all
      operator: undoes the last update
      deployment-controller: shrinks version 3 from 5 to 0: 8 are ready, 8 must be
      deployment-controller: grows version 2 from 8 to 10: 13 may be there in all"
    `)
  })

  it.each([1, 2, 3, 4, 5])('is as the moments say, whatever chance does (seed %i)', (seed) => {
    const story = rollingStory(seed)
    const at = (id: string) => story.at(story.moments.find(moment => moment.id === id)!.at)
    const sizes = (id: string) => at(id).steps.at(-1)!.sizes
    expect(sizes('rest')).toEqual([10])
    expect([sizes('wait'), webOf(at('wait')).ready]).toEqual([[8, 5], 8])
    expect(sizes('ready')).toEqual([3, 10])
    expect([sizes('done'), webOf(at('done')).complete, lost(at('done'))]).toEqual([[0, 10], true, 0])
    expect([sizes('crash'), webOf(at('crash')).ready, lost(at('crash'))]).toEqual([[0, 8, 5], 8, 0])
    expect(at('crash').pods.filter(({ state }) => state === 'crashed').map(({ version }) => version)).toEqual([3, 3, 3, 3, 3])
    expect([sizes('undone'), webOf(at('undone')).complete, lost(at('undone'))]).toEqual([[0, 10, 0], true, 0])
    corridorHolds(story)
  })
})

describe('the graph', () => {
  it('ends at every time at the numbers that are there then', () => {
    const story = after(rollingStory(), 0, deeds.probe(false), deeds.release('crash'))
    // where something happens, and a little later, above all
    const happens = story.events(-1, story.duration).flatMap(({ at }) => [at, at + 1, at + 10])
    const times = [...happens, ...Array.from({ length: Math.floor(story.duration / 331) + 1 }, (_, i) => i * 331)].filter(t => t >= 0 && t <= story.duration)
    for (const t of [...new Set(times)].sort((a, b) => a - b)) {
      const view = story.at(t)
      const { wanted, inAll, ready, most, least } = webOf(view)
      const sizes = view.replicaSets.map(({ size }) => size)
      expect({ ...view.steps.at(-1)!, at: t }).toEqual({ at: t, wanted, total: inAll, ready, most, least, sizes })
    }
  })
})

describe('the corridor', () => {
  it('is never left, whatever the numbers and the version, as long as the probe tells the truth', () => {
    const numbers = fc.record({ replicas: fc.integer({ min: 2, max: 12 }), surge: fc.integer({ min: 0, max: 6 }), unavailable: fc.integer({ min: 0, max: 6 }), kind: fc.constantFrom<VersionKind>(...kinds.map(({ id }) => id)) })
    fc.assert(fc.property(numbers, ({ replicas, surge, unavailable, kind }) => {
      fc.pre(surge + unavailable > 0 && unavailable < replicas)
      // first what makes the other possible
      const corridor = surge ? [deeds.surge(surge), deeds.unavailable(unavailable)] : [deeds.unavailable(unavailable), deeds.surge(surge)]
      const set = after(rollingStory(), 0, deeds.replicas(replicas), ...corridor)
      const rest = 15_000
      const story = set.fork(rest, deeds.release(kind))
      const steps = end(story).steps.filter(({ at }) => at > rest)
      expect(steps.length).toBeGreaterThan(0)
      for (const { total, ready, most, least } of steps) {
        expect(total).toBeLessThanOrEqual(most)
        expect(ready).toBeGreaterThanOrEqual(least)
      }
      expect(webOf(end(story)).complete).toBe(kind === 'good' || (kind === 'slow' && steps.at(-1)!.sizes[0] === 0))
    }), { numRuns: 25 })
  })

  it('may not be of no width: the API server says so, and nothing has changed', () => {
    const story = rollingStory().fork(0, deeds.surge(0))
    expect(() => story.fork(0, deeds.unavailable(0))).toThrow(/^You cannot let 0 be unavailable: surge and unavailable cannot both be 0, or nothing could move\.\nDeployment\.apps "web" is invalid: spec\.strategy\.rollingUpdate\.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0/)
  })
})

describe('what a learner finds out', () => {
  it('with a readiness probe that tells the truth nobody loses a request, not even by a broken version', () => {
    for (const { id } of kinds)
      expect([id, lost(end(after(rollingStory(), 0, deeds.release(id))))]).toEqual([id, 0])
  })

  it('without one, requests go to Pods that do not answer yet', () => {
    const story = after(rollingStory(), 0, deeds.probe(false), deeds.release('slow'))
    expect(lost(end(story))).toBeGreaterThan(100)
    expect(summary(end(story))).toMatch(/All 10 Pods run version 2, and are ready. Users lost \d+ requests. Without a probe, a Pod counts as ready once it has started\./)
  })

  it('a broken version gets stuck, and undo brings the old one back under its own number', () => {
    const broken = after(rollingStory(), 0, deeds.release('crash'))
    expect(summary(end(broken))).toBe('The update is stuck: 5 Pods cannot run, 8 of 10 are ready. Users noticed nothing.')
    const back = broken.fork(30_000, deeds.undo())
    expect(summary(end(back))).toBe('All 10 Pods run version 1, and are ready. Users noticed nothing.')
  })

  it('a paused update stands still until it is resumed, and cannot be undone before', () => {
    const paused = after(rollingStory(), 0, deeds.release('good')).fork(3000, deeds.pause(true))
    expect(end(paused).steps.at(-1)!.sizes).toEqual([8, 5])
    expect(() => paused.fork(20_000, deeds.undo())).toThrow('resume it first')
    expect(webOf(end(paused.fork(20_000, deeds.pause(false)))).complete).toBe(true)
  })

  it('to ask for what is asked for already is told to change nothing', () => {
    const good = after(rollingStory(), 0, deeds.release('good'))
    expect(() => good.fork(20_000, deeds.release('good'))).toThrow('already')
    expect(webOf(end(good.fork(20_000, deeds.release('slow')))).version).toBe(3)
  })

  it('there is nothing to go back to before the first update', () => {
    expect(() => rollingStory().fork(0, deeds.undo())).toThrow('no rollout history found')
  })
})
