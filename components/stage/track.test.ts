// The transport bar's line: order, distance, and there and back again.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { track } from './track.ts'

const cases = fc.record({
  duration: fc.integer({ min: 1000, max: 1e9 }),
  shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
}).map(({ duration, shares }) => ({ duration, moments: shares.map(s => Math.round(s * duration)).sort((a, b) => a - b) }))

it('keeps the order of time, its ends, and a distance between moments', () => {
  fc.assert(fc.property(cases, ({ duration, moments }) => {
    const line = track(duration, moments, 0.08)
    const times = [...new Set([0, ...moments, duration])].sort((a, b) => a - b)
    const places = times.map(line.place)
    expect(places[0]).toBe(0)
    expect(places.at(-1)).toBe(1)
    for (let i = 1; i < places.length; i++)
      expect(places[i]! - places[i - 1]!).toBeGreaterThan(0.9 * Math.min(0.08, 0.9 / (times.length - 1)) - 1e-9)
  }))
})

it('finds the time again from its place', () => {
  fc.assert(fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ duration, moments }, share) => {
    const line = track(duration, moments, 0.08)
    expect(Math.abs(line.time(line.place(share * duration)) - share * duration)).toBeLessThan(duration * 1e-6 + 1e-6)
  }))
})
