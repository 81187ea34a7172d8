// The time the lectures take, by the first line of each slide's notes.
import { describe, expect, it } from 'vitest'
import { long, name, notes, short, slides } from '../lib/project.ts'
import { none } from '../lib/violations.ts'

const sum = (list: number[]) => list.reduce((a, b) => a + b, 0)

describe('minutes', () => {
  it('stand first in the notes of every slide', () => {
    none(slides.filter(s => !notes(s).minutes).map(s => `${name(s)}: the notes start with "${s.note.split('\n')[0]}", not with [N min], [N min, short M] or [N min, hands-on]`))
  })

  it('are 0 on optional slides, and more on all others', () => {
    none([long, short].flatMap(lecture => lecture.slides.filter(s => s.optional !== (notes(s).minutes?.[lecture.name] === 0))
      .map(s => `${name(s)}: in the ${lecture.name} lecture it ${s.optional ? 'is optional and takes time' : 'takes no time and is not optional'}`)))
  })

  it('of the long lecture are at most 85', () => {
    expect(sum(long.slides.map(s => notes(s).minutes?.long ?? 0))).toBeLessThanOrEqual(85)
  })

  it('of hands-on are at most 20, and there are some', () => {
    const handsOn = sum(long.slides.filter(s => notes(s).handsOn).map(s => notes(s).minutes?.long ?? 0))
    expect(handsOn).toBeGreaterThan(0)
    expect(handsOn).toBeLessThanOrEqual(20)
  })

  it('of the short lecture are at most 43', () => {
    expect(sum(short.slides.map(s => notes(s).minutes?.short ?? 0))).toBeLessThanOrEqual(43)
  })
})
