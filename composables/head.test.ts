// A playhead is a function of the wall's clock: windows that look at other times, or join later, see the same.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHead, walker } from './head.ts'

const bumpy = { duration: 60_000, pace: (t: number) => t < 2000 ? 1 : t < 20_000 ? 30 : 0.5 }
const begun = { t: 500, wall: 1000, speed: 4 }

describe('where a playing head stands', () => {
  it('is the same however often was looked before', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1000, max: 20_000 }), { minLength: 1, maxLength: 50 }), (looks) => {
      const times = looks.sort((a, b) => a - b)
      const often = walker(bumpy, begun)
      const seen = times.map(often)
      expect(seen.at(-1)).toBe(walker(bumpy, begun)(times.at(-1)!))
      expect(seen).toEqual([...seen].sort((a, b) => a - b))
    }))
  })

  it('goes at its pace and speed', () => {
    expect(walker({ duration: 1e9, pace: 10 }, begun)(1100)).toBe(500 + 100 * 4 * 10)
    expect(walker({ duration: 1e9 }, begun)(1100)).toBe(900)
    expect(walker(bumpy, begun)(1100)).toBeCloseTo(900, 6)
  })

  it('does not go back where clocks differ', () => {
    expect(walker(bumpy, begun)(0)).toBe(500)
    expect(walker({ duration: 9 }, begun)(0)).toBe(500)
  })
})

describe('a playhead from outside', () => {
  const good = { t: 1, playing: true, speed: 2, wall: 5, click: 0 }
  it('is read where it is one, and else ignored', () => {
    expect(readHead(good)).toEqual(good)
    for (const bad of [null, 3, {}, { ...good, t: Number.NaN }, { ...good, t: -1 }, { ...good, speed: 3 }, { ...good, playing: 1 }, { ...good, wall: '5' }])
      expect(readHead(bad)).toBeUndefined()
  })
})
