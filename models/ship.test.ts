// Loading the ship: the contract, and the arithmetic against the quoted figures.
import { describe, expect, it } from 'vitest'
import { fact } from '../data/facts.ts'
import { describeStory } from '../tests/contract/story.ts'
import { DAY, HOUR, MINUTE } from './clock.ts'
import { shipDefaults, shipFacts, shipLimits, shipStory } from './ship.ts'

describeStory('loading the ship', () => shipStory(), [
  { op: { op: 'gangs', to: 5 } },
  { op: { op: 'boxes', to: 30 }, when: [0] },
  { op: { op: 'tons', to: 4 }, when: [0] },
])
describeStory('a small cargo with many gangs', () => shipStory({ boxes: 10, tons: 2, gangs: 8 }), [{ op: { op: 'gangs', to: 1 } }])

describe('loading the ship', () => {
  it('stands on the figures of its facts', () => {
    for (const entry of Object.values(shipFacts))
      expect(fact(entry.fact).verified).toBe(true)
    expect(fact('B3').statement).toContain(String(shipFacts.usdPerTonLoose.usd))
    expect(fact('B3').value).toContain(String(shipFacts.usdPerTonBoxed.usd))
    expect(fact('B6').value).toContain(String(shipFacts.gangTonsPerHour.tons))
    expect(fact('B2').value).toContain(String(shipFacts.boxEvery.ms / MINUTE))
  })

  it('fills the Ideal-X in under eight hours, as is told of her', () => {
    const view = shipStory().at(shipFacts.idealX.boxes * shipFacts.boxEvery.ms)
    expect(view.boxed.boxes).toBe(58)
    expect(view.t).toBeLessThan(8 * HOUR)
  })

  it('neither loses nor makes cargo, whatever the settings', () => {
    for (const boxes of [10, 34, 58]) {
      for (const tons of [2, 10, 20]) {
        for (const gangs of [1, 3, 8]) {
          const story = shipStory({ boxes, tons, gangs })
          const end = story.at(story.duration)
          expect(end.loose.tons).toBe(boxes * tons)
          expect(end.boxed.tons).toBe(boxes * tons)
          expect(end.loose.cost / end.boxed.cost).toBeCloseTo(5.83 / 0.158, 6)
        }
      }
    }
  })

  it('halves the time by twice the gangs, and leaves the crane as it was', () => {
    const done = (gangs: number) => shipStory({ ...shipDefaults, gangs }).moments.find(m => m.id === 'both')!.at - shipFacts.voyage.ms
    expect(done(4) / done(2)).toBeCloseTo(0.5, 6)
    expect(shipStory({ ...shipDefaults, gangs: 8 }).at(3 * HOUR).boxed).toEqual(shipStory().at(3 * HOUR).boxed)
  })

  it('counts gangs sent later from then on only', () => {
    const story = shipStory().fork!(10 * HOUR, { op: 'gangs', to: 4 })
    expect(story.at(10 * HOUR).loose.tons).toBeCloseTo(10 * 2 * 1.7, 9)
    expect(story.at(15 * HOUR).loose.tons).toBeCloseTo(10 * 2 * 1.7 + 5 * 4 * 1.7, 9)
    expect(story.at(15 * HOUR).settings.gangs).toBe(4)
  })

  it('reaches Houston about five days after sailing', () => {
    const story = shipStory()
    const sailed = 58 * 7 * MINUTE
    expect(story.at(sailed).boxed.phase).toBe('at sea')
    expect(story.at(sailed + 5 * DAY).boxed.phase).toBe('arrived')
  })

  it('refuses settings it cannot load, and a cargo changed under way', () => {
    expect(() => shipStory({ ...shipDefaults, gangs: 0 })).toThrow(/gangs must be a whole number from 1 to 8/)
    expect(() => shipStory({ ...shipDefaults, boxes: shipLimits.boxes.max + 1 })).toThrow(RangeError)
    expect(() => shipStory().fork!(HOUR, { op: 'tons', to: 4 })).toThrow(/before the loading starts/)
    expect(() => shipStory().fork!(0, { op: 'gangs', to: 'many' })).toThrow(RangeError)
  })
})
