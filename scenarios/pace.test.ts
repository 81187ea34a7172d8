import { describe, expect, it } from 'vitest'
import { paceOf } from './pace.ts'

describe('a pace', () => {
  const pace = paceOf([10_000, 10_500, 60_000, 360_000], 400_000)

  it('is real where something is about to happen or has just happened', () => {
    expect([0, 4000, 9000, 10_000, 14_900, 58_600, 60_000, 359_000, 362_000, 399_000].map(pace)).toEqual(Array.from({ length: 10 }).fill(1))
  })

  it('is the faster the longer nothing happens', () => {
    expect([30_000, 100_000, 380_000].map(pace)).toEqual([10, 30, 5])
    expect(paceOf([], 10_000)(6000)).toBe(1)
  })

  it('holds for times outside, too', () => {
    expect([-1, 500_000].map(pace)).toEqual([1, 1])
  })
})
