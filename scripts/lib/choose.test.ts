// Which slides are meant by a list of aliases, numbers and ranges.
import type { Slide } from './deck.ts'
import { describe, expect, it } from 'vitest'
import { chooseSlides } from './choose.ts'

const slides = ['title', 'map', 'box', 'ship'].map((alias, i) => ({ no: i + 1, alias } as Slide))

describe('choosing slides', () => {
  it.each([
    ['', [1, 2, 3, 4]],
    ['ship', [4]],
    ['2-3,title', [2, 3, 1]],
    [' 4 ', [4]],
  ])('"%s"', (wanted, expected) => {
    expect(chooseSlides(slides, wanted).map(s => s.no)).toEqual(expected)
  })

  it('says what there is where something is not', () => {
    expect(() => chooseSlides(slides, 'healing')).toThrow(/no slide "healing" here; there are 1 to 4, and: title, map/)
    expect(() => chooseSlides(slides, '9')).toThrow(/no slide "9"/)
  })
})
