// What every story promises, whatever it tells: one test for all of them.
import type { Intervention, Story } from '../../models/story.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/**
 * Holds a story to the contract of models/story.ts.
 * @param make builds it anew; two calls must tell the same
 * @param ops interventions it must take, each at some time of `when` (virtual ms; the whole duration where it is not given)
 * @param numRuns how many cases each promise is tried on: fewer where a whole cluster is behind the story
 */
export function describeStory<V>(name: string, make: () => Story<V>, ops: readonly { op: Intervention, when?: readonly number[] }[] = [], numRuns = 100): void {
  const story = make()
  const time = fc.integer({ min: 0, max: story.duration })

  describe(`${name} keeps the story contract`, () => {
    it('tells the same at the same time, in any order, and from a second making', () => {
      const other = make()
      fc.assert(fc.property(fc.array(time, { minLength: 2, maxLength: 6 }), (times) => {
        const first = times.map(t => JSON.stringify(story.at(t)))
        expect([...times].reverse().map(t => JSON.stringify(story.at(t))).reverse()).toEqual(first)
        expect(times.map(t => JSON.stringify(other.at(t)))).toEqual(first)
      }), { numRuns })
    })

    it('takes times outside its duration for the nearest inside', () => {
      expect(story.at(-5)).toEqual(story.at(0))
      expect(story.at(story.duration + 5)).toEqual(story.at(story.duration))
      expect(story.at(Number.NaN)).toEqual(story.at(0))
    })

    it('has moments in order, inside its duration, each with an id of its own and a sentence', () => {
      expect(story.moments.length).toBeGreaterThan(1)
      expect(story.moments[0]!.at).toBe(0)
      expect(new Set(story.moments.map(m => m.id)).size).toBe(story.moments.length)
      for (const [i, moment] of story.moments.entries()) {
        expect(moment.at).toBeGreaterThanOrEqual(story.moments[i - 1]?.at ?? 0)
        expect(moment.at).toBeLessThanOrEqual(story.duration)
        expect(moment.sentence).toMatch(/^[A-Z0-9].*[.!?]$/)
      }
    })

    it('orders its events, and any cut of them joins again', () => {
      const all = story.events(-1, story.duration)
      expect(all.length).toBeGreaterThan(0)
      for (const [i, event] of all.entries()) {
        expect(event.at).toBeGreaterThanOrEqual(all[i - 1]?.at ?? 0)
        expect(event.by).not.toBe('')
        expect(event.text).not.toBe('')
      }
      fc.assert(fc.property(time, (cut) => {
        expect([...story.events(-1, cut), ...story.events(cut, story.duration)]).toEqual(all)
      }))
    })

    it.each(ops)('a fork by $op.op shares the past and leaves the story as it was', ({ op, when }) => {
      const fork = story.fork!
      fc.assert(fc.property(when ? fc.constantFrom(...when) : time, fc.double({ min: 0, max: 1, noNaN: true }), (t, share) => {
        const before = JSON.stringify([story.at(t), story.moments])
        const other = fork(t, op)
        const past = Math.floor(t * share)
        if (past < t) {
          expect(other.at(past)).toEqual(story.at(past))
          expect(other.events(-1, past)).toEqual(story.events(-1, past))
        }
        expect(JSON.stringify([story.at(t), story.moments])).toBe(before)
      }), { numRuns })
    })

    it.each(ops)('what can be told of a fork by $op.op before it is known to its end is told then as well', ({ op, when }) => {
      fc.assert(fc.property(when ? fc.constantFrom(...when) : time, (t) => {
        const { unfolding } = make().fork!(t, op)
        const known = make().fork!(t, op)
        if (!unfolding)
          return
        const early = JSON.stringify([unfolding.at(t), unfolding.events(-1, t), unfolding.moments])
        const rest = unfolding.rest()
        rest.next()
        expect(JSON.stringify([known.at(t), known.events(-1, t).filter(e => e.at < t || e.by === 'you'), known.moments.filter(m => m.at <= t && m.id !== 'yours')])).toBe(early)
        while (!rest.next().done);
        expect(known.duration).toBeLessThanOrEqual(unfolding.longest)
      }), { numRuns: Math.min(numRuns, 3) })
    })

    it.each(ops)('a second deed, $op.op, brings back no moment that a first cut off', ({ op, when }) => {
      const ids = new Set(story.moments.map(({ id }) => id))
      fc.assert(fc.property(when ? fc.constantFrom(...when) : time, fc.double({ min: 0, max: 1, noNaN: true }), (t, share) => {
        const once = story.fork!(t, op)
        const later = Math.floor(t + (once.duration - t) * share)
        let twice: Story<unknown>
        try {
          twice = once.fork!(later, op)
        }
        catch {
          return // what is refused a second time cuts nothing off
        }
        const left = new Set(once.moments.map(({ id }) => id))
        expect(twice.moments.map(({ id }) => id).filter(id => ids.has(id) && !left.has(id))).toEqual([])
      }), { numRuns })
    })

    if (story.fork) {
      it('refuses what it does not know with a clear error', () => {
        expect(() => story.fork!(0, { op: 'no-such-thing' })).toThrow(RangeError)
      })
    }
  })
}
