import { describe, expect, it } from 'vitest'
import { strip } from './strip.ts'

const seconds = (...counts: [served: number, lost: number][]) => counts.map(([served, lost], at) => ({ at: at + 20, served, lost }))

describe('a strip of requests', () => {
  it('is full where all were answered, and loses from above the share that was lost', () => {
    expect(strip(seconds([12, 0], [9, 3], [0, 5]), 20, 30, 100, 40)).toEqual({
      served: 'M0 40V0H10V40ZM10 40V10H20V40Z',
      lost: 'M10 0V10H20V0ZM20 0V40H30V0Z',
      end: 30,
    })
  })

  it('adds seconds up where each alone would be too narrow', () => {
    // 200 s on 100 px: at least 3 px a stretch are 6 s
    const { served, lost, end } = strip(seconds([6, 0], [0, 2], [6, 0], [0, 2], [6, 0], [0, 2], [10, 0]), 20, 220, 100, 40)
    expect([served, lost, end]).toEqual(['M0 40V10H3V40ZM3 40V0H6V40Z', 'M0 0V10H3V0Z', 6])
  })

  it('leaves out what lies outside, and draws nothing where nothing was asked', () => {
    expect(strip(seconds([12, 0]), 21, 30, 100, 40)).toEqual({ served: '', lost: '', end: 0 })
    expect(strip([], 0, 0, 100, 40)).toEqual({ served: '', lost: '', end: 0 })
    expect(strip(seconds([1, 0], [0, 0], [1, 0]), 20, 24, 8, 4, 1)).toEqual({ served: 'M0 4V0H2V4ZM4 4V0H6V4Z', lost: '', end: 6 })
  })
})
