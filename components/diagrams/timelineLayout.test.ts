// The timeline's labels: everybody has one, and air around it.
import { describe, expect, it } from 'vitest'
import { lanes } from '../../data/timeline.ts'
import { historyEvents } from '../../models/history.ts'
import { AIR, BOX, LABEL, labelOf, NEAR, placeOf, rowsOf, WIDTH, widthOf } from './timelineLayout.ts'

describe('the labels of the timeline', () => {
  it('keep their distance in every row, and keep to the drawing', () => {
    const labels = historyEvents.map(e => ({ ...e, ...labelOf(e) }))
    for (const a of labels) {
      expect(a.to, a.label).toBeLessThanOrEqual(WIDTH)
      for (const b of labels.filter(b => b.no > a.no && b.lane === a.lane && b.below === a.below && b.beside === a.beside))
        expect(b.from - a.to, `${a.label}, ${b.label}`).toBeGreaterThanOrEqual(AIR)
    }
  })

  it('stand below their box only where there is no room above', () => {
    const near = (a: typeof historyEvents[number], b: typeof historyEvents[number]) => labelOf(a).to + AIR > labelOf(b).from && labelOf(b).to + AIR > labelOf(a).from
    for (const e of historyEvents.filter(e => e.below))
      expect(historyEvents.some(o => o !== e && o.lane === e.lane && near(o, e)), e.label).toBe(true)
  })

  it('stand beside their box only as the last of their lane', () => {
    for (const e of historyEvents.filter(e => e.beside))
      expect(historyEvents.findLast(o => o.lane === e.lane), e.label).toBe(e)
  })

  it('begin at their box, and end at it only where the line ends', () => {
    for (const e of historyEvents.filter(e => !e.beside))
      expect(labelOf(e).end, e.label).toBe(placeOf(e.at) - BOX / 2 + widthOf(e.label) > WIDTH)
  })

  it('have a row of their own in every lane, on the screen and on paper', () => {
    for (const still of [false, true]) {
      const { top, height } = rowsOf(still)
      const ends = [...lanes.slice(1).map(l => top[l.id]), height]
      for (const [i, { id }] of lanes.entries()) {
        const rows = historyEvents.some(e => e.lane === id && e.below) ? 2 : 1
        expect(ends[i]! - top[id], id).toBeGreaterThanOrEqual(BOX + rows * (LABEL + 1) + 4 * NEAR / 2)
      }
    }
  })
})
