// Step lines: what is drawn is what held, and labels keep apart.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { axis, bandPath, risenPath, spread, spreadClear, stepPath, valueAt } from './steps.ts'

const room = { left: 10, right: 210, top: 0, bottom: 100 }
const points = [{ at: 0, value: 10 }, { at: 20, value: 4 }, { at: 50, value: 7 }]

it('draws a line from its beginning to now, and nothing of what is to come', () => {
  expect(stepPath(points, axis(room, 100, 30, 10))).toBe('M10 0H50V60H70')
  expect(stepPath(points, axis(room, 100, 10, 10))).toBe('M10 0H30')
})

it('scrolls once the width is full, and begins with what held then', () => {
  const line = axis(room, 40, 60, 10)
  expect([line.from, line.x(60)]).toEqual([20, 210])
  expect(stepPath(points, line)).toBe('M10 60H160V30H210')
})

it('shifts a line as a whole, and draws none that has not begun', () => {
  expect(stepPath([{ at: 40, value: 1 }], axis(room, 100, 30, 10))).toBe('')
  expect(stepPath([{ at: 40, value: 1 }], axis(room, 100, 50, 10), 3)).toBe('M90 93H110')
})

it('draws what comes and goes only while it is there', () => {
  const guest = [{ at: 0, value: 0 }, { at: 20, value: 4 }, { at: 30, value: 6 }, { at: 50, value: 0 }, { at: 60, value: 0 }, { at: 80, value: 2 }]
  expect(risenPath(guest, axis(room, 100, 10, 10))).toBe('')
  expect(risenPath(guest, axis(room, 100, 40, 10))).toBe('M50 100V60H70V40H90')
  expect(risenPath(guest, axis(room, 100, 100, 10), 3)).toBe('M50 100V63H70V43H110V100M170 100V83H210')
  expect(risenPath(points, axis(room, 100, 30, 10))).toBe('M10 0H50V60H70')
  // scrolled: what was there before the left end does not rise at it, and what has gone before it is not drawn
  expect(risenPath(guest, axis(room, 40, 65, 10))).toBe('M10 60H35V40H135V100')
  expect(risenPath(guest, axis(room, 20, 75, 10))).toBe('')
})

it('closes a band between two lines', () => {
  expect(bandPath([{ at: 0, value: 2 }], [{ at: 0, value: 8 }, { at: 50, value: 10 }], axis(room, 100, 60, 10), 100)).toBe('M10 20L110 20L110 0L210 0L210 80L10 80Z')
})

it('knows the value at any time', () => {
  expect([-1, 0, 19, 20, 99].map(at => valueAt(points, at))).toEqual([0, 10, 10, 4, 7])
})

it('keeps labels apart and inside, in the order of their values', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -20, max: 220 }), { minLength: 1, maxLength: 8 }), (wanted) => {
    const places = spread(wanted, 20, 0, 200)
    const sorted = [...places].sort((a, b) => a - b)
    for (const [i, y] of sorted.entries()) {
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y).toBeLessThanOrEqual(200)
      if (i)
        expect(y - sorted[i - 1]!).toBeGreaterThanOrEqual(20 - 1e-9)
    }
    for (const [i, a] of wanted.entries()) {
      for (const [j, b] of wanted.entries()) {
        if (a < b)
          expect(places[i]!).toBeLessThan(places[j]!)
      }
    }
  }))
})

it('keeps labels off lines that must stay in sight, wherever there is room', () => {
  expect(spreadClear([50], 20, 0, 200, [50], 12)).toEqual([38])
  expect(spreadClear([50, 52], 20, 0, 200, [50], 12)).toEqual([38, 62])
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 4 }), fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 2 }), (wanted, lines) => {
    const places = spreadClear(wanted, 20, 0, 200, lines, 12)
    const sorted = [...places].sort((a, b) => a - b)
    for (const [i, y] of sorted.entries()) {
      expect(y >= 0 && y <= 200 && lines.every(line => Math.abs(line - y) >= 12)).toBe(true)
      if (i)
        expect(y - sorted[i - 1]!).toBeGreaterThanOrEqual(20)
    }
  }))
})

it('moves labels apart where lines leave no room for them', () => {
  expect(spreadClear([10, 10], 20, 0, 40, [5, 25], 15)).toEqual(spread([10, 10], 20, 0, 40))
})
