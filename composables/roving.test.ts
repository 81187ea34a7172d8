// Arrow keys among boxes: every box is reached, none is left at an end.
import { describe, expect, it } from 'vitest'
import { goTo } from './roving.ts'

/** two rows of three, and one box alone below them, under the last column */
const spots = [...[0, 50].flatMap(y => [0, 100, 200].map(x => ({ x, y }))), { x: 190, y: 100 }]

describe('arrow keys among boxes', () => {
  it('reach all of them, forwards and back', () => {
    for (const [key, start, end] of [['ArrowRight', 0, 6], ['ArrowLeft', 6, 0]] as const) {
      const seen = new Set([start as number])
      let at: number = start
      for (let i = 0; i < spots.length; i++)
        seen.add(at = goTo(key, at, spots)!)
      expect(seen.size).toBe(spots.length)
      expect(at).toBe(end)
    }
  })

  it('go up and down to the nearest of the next row', () => {
    expect(goTo('ArrowDown', 1, spots)).toBe(4)
    expect(goTo('ArrowDown', 3, spots)).toBe(6)
    expect(goTo('ArrowUp', 6, spots)).toBe(5)
  })

  it('stay where there is nothing on that side', () => {
    expect(goTo('ArrowUp', 1, spots)).toBe(1)
    expect(goTo('ArrowDown', 6, spots)).toBe(6)
  })

  it('have their ends, and leave other keys to others', () => {
    expect([goTo('Home', 4, spots), goTo('End', 4, spots)]).toEqual([0, 6])
    expect(goTo('PageDown', 4, spots)).toBeUndefined()
  })
})
