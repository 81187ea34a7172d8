import { describe, expect, it } from 'vitest'
import { breakLayout, places } from './breakLayout.ts'

describe('the layout of what breaks', () => {
  it('gives every machine a column as wide as the others, inside the drawing', () => {
    const { columns, width } = breakLayout(3, false, 884)
    expect(new Set(columns.map(each => Math.round(each.width))).size).toBe(1)
    expect(columns.at(-1)!.x + columns.at(-1)!.width).toBeCloseTo(width)
  })

  it('puts boxes side by side, then in two rows from below, never outside nor on each other', () => {
    const room = { x: 10, y: 0, width: 230, height: 50 }
    for (const count of [1, 2, 3, 4, 6, 8]) {
      const boxes = places(count, room, 74, 110)
      expect(boxes).toHaveLength(count)
      for (const [i, a] of boxes.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(room.x)
        expect(a.x + a.width).toBeLessThanOrEqual(room.x + room.width)
        expect(a.y + a.height).toBeLessThanOrEqual(room.height)
        for (const b of boxes.slice(i + 1))
          expect(a.x + a.width <= b.x || b.x + b.width <= a.x || b.y + b.height <= a.y).toBe(true)
      }
    }
    expect(places(4, room, 74, 110)[0]!.y).toBeGreaterThan(places(4, room, 74, 110)[3]!.y)
  })
})
