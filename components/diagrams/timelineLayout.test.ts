// The timeline's labels: everybody has one, behind its box, and air around it.
import { describe, expect, it } from 'vitest'
import { lanes } from '../../data/timeline.ts'
import { timeOf } from '../../models/calendar.ts'
import { historyEvents } from '../../models/history.ts'
import { AIR, BOX, cells, labelOf, pitch, placeOf, rowHeight, ROWS, rows, spansOf, truePlaceOf, WIDTH } from './timelineLayout.ts'

describe('the labels of the timeline', () => {
  it('keep their distance in every row of a lane, and keep to the drawing', () => {
    for (const a of historyEvents) {
      // the last box stands with its middle on the end of the axis, at most
      expect(labelOf(a).to, a.label).toBeLessThanOrEqual(WIDTH + (labelOf(a).before ? BOX / 2 : 0))
      for (const b of historyEvents.filter(b => b.no > a.no && b.lane === a.lane && rows[b.no] === rows[a.no]))
        expect(labelOf(b).from - labelOf(a).to, `${a.label}, ${b.label}`).toBeGreaterThanOrEqual(AIR)
    }
  })

  it('find a row, the upper one where it is free', () => {
    for (const e of historyEvents) {
      expect(rows[e.no], e.label).toBeGreaterThanOrEqual(0)
      expect(rows[e.no], e.label).toBeLessThan(ROWS)
    }
    for (const { id } of lanes)
      expect(rows[historyEvents.find(e => e.lane === id)!.no], id).toBe(0)
  })

  it('have rows in which a box has room, and a finger on the screen', () => {
    expect(rowHeight()).toBeGreaterThanOrEqual(24)
    for (const still of [false, true]) {
      expect(rowHeight(still)).toBeGreaterThan(BOX)
      expect(pitch(still)).toBe(ROWS * rowHeight(still))
    }
  })
})

describe('the names at the end of the timeline', () => {
  it('stand before their boxes, where there is no room behind them', () => {
    expect(historyEvents.filter(e => labelOf(e).before).map(e => e.label)).toEqual(['Kubernetes graduates', 'no Docker adapter', 'v1.37'])
    for (const e of historyEvents)
      expect((labelOf(e).before ? labelOf(e).to - BOX / 2 : labelOf(e).from + BOX / 2), e.label).toBeCloseTo(placeOf(e.at), 5)
  })
})

describe('the years of the timeline', () => {
  it('stand in cells that follow each other, and hold every event', () => {
    for (const [i, cell] of cells.entries())
      expect(cell.from, cell.name).toBeGreaterThanOrEqual((cells[i - 1]?.to ?? 0) - 0.01)
    for (const e of historyEvents)
      expect(cells.filter(c => c.from <= placeOf(e.at) && placeOf(e.at) < c.to), e.label).toHaveLength(1)
  })

  it('are five times as wide in crowded years, and have a name of their own there', () => {
    const wide = cells.filter(c => c.wide)
    expect(wide.map(c => c.name)).toEqual(['2013', '2014', '2015', '2016', '2017', '2018'])
    const decade = cells.find(c => c.name === '1990s')!
    expect((wide[1]!.to - wide[1]!.from) / (decade.to - decade.from)).toBeCloseTo(0.5, 2)
  })

  it('before Kubernetes was public are more than those since, and as much longer on the line of equal years', () => {
    const [before, since] = spansOf('announced')
    expect([before.years, since.years]).toEqual([35, 12])
    expect(before.to).toBe(since.from)
    const year = truePlaceOf(timeOf(2001)) - truePlaceOf(timeOf(2000))
    expect((before.to - before.from) / year).toBeCloseTo(35.4, 0)
    expect((since.to - since.from) / year).toBeCloseTo(12.2, 0)
  })
})
