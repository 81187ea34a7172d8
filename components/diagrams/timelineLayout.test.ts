// The timeline's labels: everybody has one, and air around it.
import { describe, expect, it } from 'vitest'
import { lanes } from '../../data/timeline.ts'
import { historyEvents } from '../../models/history.ts'
import { AIR, BOX, LABEL, labelOf, LANES, NEAR, PITCH, placeOf, spansOf, top, WIDTH } from './timelineLayout.ts'

describe('the labels of the timeline', () => {
  it('keep their distance in every lane, and keep to the drawing', () => {
    const labels = historyEvents.map(e => ({ ...e, ...labelOf(e) }))
    for (const a of labels) {
      expect(a.to, a.label).toBeLessThanOrEqual(WIDTH)
      for (const b of labels.filter(b => b.no > a.no && b.lane === a.lane))
        expect(b.from - a.to, `${a.label}, ${b.label}`).toBeGreaterThanOrEqual(AIR)
    }
  })

  it('begin at their box, and end at it only where there is no room to begin', () => {
    for (const e of historyEvents.filter(e => e.end)) {
      const { to } = labelOf({ ...e, end: undefined })
      const next = historyEvents.find(o => o.no > e.no && o.lane === e.lane)
      expect(to > WIDTH || (next && to + AIR > labelOf(next).from), e.label).toBe(true)
    }
  })

  it('leave every box of a lane apart from the next', () => {
    for (const { id } of lanes) {
      const places = historyEvents.filter(e => e.lane === id).map(e => placeOf(e.at))
      for (const [i, x] of places.slice(1).entries())
        expect(x - places[i]!, id).toBeGreaterThan(BOX + 4)
    }
  })

  it('have a band of their own, and all bands are alike', () => {
    const begins = lanes.map(l => top[l.id])
    for (const [i, y] of begins.entries()) {
      const end = (i + 1) * PITCH
      expect(end - y, lanes[i]!.id).toBeGreaterThan(LABEL + NEAR + BOX + 4)
      expect(y - i * PITCH, lanes[i]!.id).toBe(begins[0])
    }
    expect(LANES).toBe(lanes.length * PITCH)
  })
})

describe('the years of the timeline', () => {
  it('before Kubernetes was public are more than those since, and take more of the line', () => {
    const [before, since] = spansOf('public')
    expect([before.years, since.years]).toEqual([35, 12])
    expect(before.to).toBe(since.from)
    expect(before.to - before.from).toBeGreaterThan(since.to - since.from)
  })
})
