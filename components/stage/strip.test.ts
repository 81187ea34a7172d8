import { describe, expect, it } from 'vitest'
import { strip } from './strip.ts'

const seconds = (...counts: [served: number, lost: number][]) => counts.map(([served, lost], at) => ({ at: at + 20, served, lost }))

describe('a strip of requests', () => {
  it('is full where all were answered, and lacks from above the share that was lost, whose time is marked', () => {
    expect(strip(seconds([12, 0], [9, 3], [0, 5]), 20, 30, 100, 40)).toEqual({
      served: 'M0 40V0H10V40ZM10 40V10H20V40Z',
      losses: [{ x: 10, width: 20 }],
      end: 30,
    })
  })

  it('adds seconds up where each alone would be too narrow; a single such stretch has its mark alone', () => {
    // 200 s on 100 px: at least 3 px a stretch are 6 s
    const { served, losses, end } = strip(seconds([6, 0], [0, 2], [6, 0], [0, 2], [6, 0], [0, 2], [10, 0]), 20, 220, 100, 40)
    expect([served, losses, end]).toEqual(['M0 40V0H3V40ZM3 40V0H6V40Z', [{ x: 0, width: 4 }], 6])
  })

  it('leaves out what lies outside, and draws nothing where nothing was asked', () => {
    expect(strip(seconds([12, 0]), 21, 30, 100, 40)).toEqual({ served: '', losses: [], end: 0 })
    expect(strip([], 0, 0, 100, 40)).toEqual({ served: '', losses: [], end: 0 })
    expect(strip(seconds([1, 0], [0, 0], [1, 0]), 20, 24, 8, 4, 1)).toEqual({ served: 'M0 4V0H2V4ZM4 4V0H6V4Z', losses: [], end: 6 })
  })

  it('marks a single lost request as wide as can be seen, and each time of losses once', () => {
    expect(strip(seconds([12, 0], [11, 1], [12, 0], [0, 2], [1, 1], [2, 0]), 20, 120, 100, 40, 1).losses).toEqual([{ x: 1, width: 4 }, { x: 3, width: 4 }])
  })
})
