import { describe, expect, it } from 'vitest'
import { nextArrival, rateAt } from './traffic.ts'
import type { Point } from './traffic.ts'

/** How many requests come between two times. */
function count(points: readonly Point[], from: number, until: number): number {
  let at = from
  for (let n = 0; ; n++) {
    at = nextArrival(points, at)
    if (at > until)
      return n
  }
}

describe('traffic', () => {
  const steady = [{ at: 0, rps: 50 }]

  it('is spread evenly where the rate stays', () => {
    expect(nextArrival(steady, 0)).toBe(20)
    expect(count(steady, 0, 600_000)).toBe(30_000)
  })

  it('is nothing before its first point and where its rate is 0', () => {
    expect(rateAt([{ at: 1000, rps: 5 }], 999)).toBe(0)
    expect(nextArrival([{ at: 1000, rps: 5 }], 0)).toBe(1200)
    expect(nextArrival([{ at: 0, rps: 5 }, { at: 1000, rps: 0 }], 5000)).toBe(Infinity)
    expect(nextArrival([], 0)).toBe(Infinity)
  })

  it('goes straight from point to point', () => {
    const points = [{ at: 0, rps: 0 }, { at: 10_000, rps: 100 }, { at: 20_000, rps: 0 }]
    expect(rateAt(points, 5000)).toBe(50)
    expect(Math.abs(count(points, 0, 10_000) - 500)).toBeLessThanOrEqual(1)
    expect(Math.abs(count(points, 0, 30_000) - 1000)).toBeLessThanOrEqual(1)
  })

  it('may jump', () => {
    const points = [{ at: 0, rps: 10 }, { at: 1000, rps: 10 }, { at: 1000, rps: 100 }]
    expect(rateAt(points, 999)).toBe(10)
    expect(rateAt(points, 1000)).toBe(100)
    expect(count(points, 0, 2000)).toBe(110)
  })
})
