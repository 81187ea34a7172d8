// The timeline's labels: air between them, and nobody without one who has room.
import { describe, expect, it } from 'vitest'
import { historyEvents, historyStory } from '../../models/history.ts'
import { AIR, BOX, labelsOf, placeOf, WIDTH, widthOf } from './timelineLayout.ts'

const story = historyStory()
const times = historyEvents.map(e => e.at)

describe('the labels of the timeline', () => {
  it('keep their distance in every lane, whatever is reached', () => {
    for (const t of times) {
      const view = story.at(t)
      const shown = labelsOf(view.events).filter(l => l.shown)
      for (const a of shown) {
        expect(a.to).toBeLessThanOrEqual(WIDTH)
        for (const b of shown.filter(b => b.no > a.no && historyEvents[b.no]!.lane === historyEvents[a.no]!.lane))
          expect(b.from - a.to, `${historyEvents[a.no]!.label}, ${historyEvents[b.no]!.label}`).toBeGreaterThanOrEqual(AIR)
      }
    }
  })

  it('name what is told now, always', () => {
    for (const t of times) {
      const view = story.at(t)
      const labels = labelsOf(view.events)
      for (const e of view.told)
        expect(labels.find(l => l.no === e.no)!.shown, e.label).toBe(true)
    }
  })

  it('give way at the end only where it was said that they may', () => {
    const view = story.at(story.duration)
    const hidden = labelsOf(view.events).filter(l => !l.shown).map(l => historyEvents[l.no]!)
    expect(hidden.filter(e => !e.minor).map(e => e.label)).toEqual([])
    expect(hidden.length).toBeLessThanOrEqual(4)
  })

  it('begin at their box, and end at it only where the line ends', () => {
    for (const { no, end } of labelsOf(story.at(story.duration).events)) {
      const { at, label } = historyEvents[no]!
      expect(end, label).toBe(placeOf(at) - BOX / 2 + widthOf(label) > WIDTH)
    }
  })
})
