// Where boxes stand: inside their hull, none on another, and always in the same cell.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boxOf, colourOf, drawn, fleet, hullWords, stateWords } from './ships.ts'

const shapes = fc.record({
  ships: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 400, max: 884 }),
  height: fc.integer({ min: 150, max: 300 }),
  columns: fc.integer({ min: 2, max: 4 }),
  rows: fc.integer({ min: 2, max: 4 }),
})

it('puts every box into its hull, above the deck, and none on another', () => {
  fc.assert(fc.property(shapes, fc.integer({ min: 0, max: 20 }), (shape, highest) => {
    const lines = Math.max(shape.rows, Math.floor(highest / shape.columns) + 1)
    // so many that they could not be read any more are no drawing
    fc.pre((shape.height - 35) / lines >= 17)
    const { hulls, hull, deck, cell } = fleet(shape, highest)
    for (const [ship, x] of hulls.entries()) {
      const boxes = Array.from({ length: highest + 1 }, (_, slot) => cell(ship, slot))
      for (const [i, a] of boxes.entries()) {
        expect(a.x).toBeGreaterThan(x)
        expect(a.x + a.width).toBeLessThan(x + hull)
        expect(a.y).toBeGreaterThanOrEqual(-1e-9)
        expect(a.y + a.height).toBeLessThan(deck)
        for (const b of boxes.slice(i + 1))
          expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
      }
    }
    expect(hulls.at(-1)! + hull).toBeLessThanOrEqual(shape.width + 1e-9)
  }))
})

it('keeps a box where it is while higher places come into use, as long as there are rows', () => {
  const shape = { ships: 3, width: 560, height: 200 }
  expect(fleet(shape, 8).cell(1, 4)).toEqual(fleet(shape, 0).cell(1, 4))
})

it('gives versions three colours in turn, and what is nobody’s none', () => {
  expect([0, 1, 2, 3, 4, 5, 9].map(colourOf)).toEqual([undefined, 1, 2, 3, 4, 1, 1])
})

it('draws a Pod on a dead machine as believed, or as lost', () => {
  const pod = { state: 'ready', reality: 'lost', version: 4, restarts: 0 } as const
  expect(boxOf(pod)).toEqual({ state: 'ready', version: 4, label: 'v4', restarts: 0 })
  expect(boxOf(pod, 'world')).toMatchObject({ state: 'lost' })
})

it('many that wait stand within the room of three narrow hulls, none on another', () => {
  const shape = { ships: 3, width: 340, height: 208, depth: 30, gap: 8, rail: 6, columns: 1, rows: 3, spare: true }
  for (let waiting = 1; waiting <= 9; waiting++) {
    for (let highest = 0; highest < 6; highest++) {
      const { waiting: place, cell } = fleet(shape, highest, waiting)
      const places = Array.from({ length: waiting }, (_, slot) => place(slot))
      for (const [i, { x, y, width, height }] of places.entries()) {
        expect(height).toBeGreaterThan(0)
        expect(x + width).toBeLessThanOrEqual(shape.width)
        expect(y + height).toBeLessThanOrEqual(cell(0, highest).y + 0.01)
        for (const other of places.slice(0, i))
          expect(other.x + other.width <= x + 0.01 || other.y + other.height <= y + 0.01).toBe(true)
      }
    }
  }
})

it('what a box and a hull show is in their names', () => {
  expect(stateWords({ node: 'node-1', restarts: 2 }, { state: 'ready' })).toBe('on node-1, ready, 2 restarts')
  expect(stateWords({ node: '', restarts: 0 }, { state: 'pending' })).toBe('on no machine, pending')
  expect([hullWords({ on: false, cut: false, ready: 'True' }, 'world'), hullWords({ on: true, cut: true, ready: 'True' }, 'world'), hullWords({ on: false, cut: false, ready: 'True' }, 'store')]).toEqual([', no power', ', cut off', ''])
})

it('with a quay, all that is drawn stands within the room: aboard below the quay, waiting on it and nowhere else', () => {
  const quayed = fc.record({ ships: fc.integer({ min: 1, max: 5 }), width: fc.integer({ min: 250, max: 884 }), height: fc.integer({ min: 120, max: 300 }), columns: fc.integer({ min: 1, max: 3 }), rows: fc.integer({ min: 1, max: 3 }), rail: fc.constant(8), depth: fc.constant(24), quay: fc.integer({ min: 16, max: 30 }) })
  fc.assert(fc.property(quayed, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), (shape, highest, waits) => {
    const { cell, waiting, most, quay, deck } = fleet(shape, highest, waits)
    for (const slot of Array.from({ length: Math.min(most.aboard, highest + 1) }, (_, i) => i)) {
      const { y, height } = cell(shape.ships - 1, slot)
      expect(y).toBeGreaterThan(quay!)
      expect(y + height).toBeLessThan(deck)
      expect(height).toBeGreaterThanOrEqual(14 - 1e-9)
    }
    for (const slot of Array.from({ length: Math.min(most.waiting, waits) }, (_, i) => i)) {
      const { x, y, width, height } = waiting(slot)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y + height).toBeLessThan(quay!)
      expect(x + width).toBeLessThanOrEqual(Math.max(shape.width, x + width * Number(slot === 0)) + 1e-9)
    }
  }))
})

it('counts what does not fit, and loses none', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat(200), { maxLength: 100 }), fc.integer({ min: 1, max: 20 }), (slots, most) => {
    const { last, more } = drawn(slots, most)
    const shown = slots.filter(slot => slot < last)
    expect(shown.length + more).toBe(slots.length)
    expect(more > 0).toBe(slots.some(slot => slot >= most))
    expect(last + Number(more > 0)).toBe(most)
  }))
})
