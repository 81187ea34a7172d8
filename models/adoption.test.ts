// Adoption: the contract, the switches, and why one line through all years lies.
import { describe, expect, it } from 'vitest'
import { charted, families } from '../data/adoption.ts'
import { fact } from '../data/facts.ts'
import { describeStory } from '../tests/contract/story.ts'
import { adoptionStory, formatScene, letterOf, lieOf, lies, stepsThrough, switches, tellAdoption, tellSwitch, verdict, wholeStory } from './adoption.ts'

describeStory('adoption', () => adoptionStory(), switches.flatMap(op => [{ op: { op, to: true } }, { op: { op, to: false } }]))

const story = adoptionStory()
const moment = (id: string) => story.moments.find(m => m.id === id)!.at
const shown = (t: number, from = story) => from.at(t).bars.filter(b => b.grown === 1).map(b => b.row.survey)
const row = (survey: string) => charted.find(r => r.survey === survey)!

describe('adoption', () => {
  it('brings the families in one by one', () => {
    expect(shown(0)).toEqual(['2018', '2019', '2020', '2021 part 2'])
    expect(shown(moment('direct'))).toHaveLength(7)
    expect(shown(moment('containers'))).toHaveLength(8)
    expect(story.at(moment('direct') / 2).bars.find(b => b.row.survey === '2022 all')!.grown).toBe(0.5)
  })

  it('says in its sentences what the rows say', () => {
    const round = (survey: string) => String(Math.round(row(survey).production))
    const sentence = (id: string) => story.moments.find(m => m.id === id)!.sentence
    expect(sentence('list')).toContain(`${round('2018')} to about ${round('2021 part 2')}`)
    expect(sentence('list')).toContain(`${round('2018')} + ${Math.round(row('2018').evaluating!)} = 100`)
    expect(sentence('direct')).toContain(`${round('2021 part 1')} percent; a year later ${round('2022 all')}, or ${round('2022 end users')}`)
    expect(sentence('pair')).toContain(`${Math.round(row('2021 part 2').production - row('2021 part 1').production)} points`)
    expect(sentence('containers')).toContain(`${round('2025')} percent of container users`)
    expect(fact('D10').note).toContain('Denominator is container users')
    expect(fact('D2').note).toContain('no "not using" choice')
    expect(fact('D7').note).toContain('paid panel')
  })

  it('shows the pair of 2021 from its moment on, unless a line hides it or one is off', () => {
    expect(story.at(moment('pair') - 1).pair).toBeUndefined()
    expect(story.at(moment('pair')).pair!.map(r => r.fact)).toEqual(['D5', 'D6'])
    expect(story.at(moment('line')).pair).toBeUndefined()
    expect(story.fork!(moment('pair'), { op: 'list', to: false }).at(moment('pair')).pair).toBeUndefined()
  })

  it('says at the end what may be said, of those who were asked directly', () => {
    for (const asked of charted.filter(r => r.family === 2))
      expect(Math.round(asked.production / 10), asked.survey).toBe(6)
    const told = story.moments.filter(m => m.sentence.includes('Safe to say'))
    expect(told.map(m => m.at)).toEqual([story.duration])
    expect(told[0]!.sentence).toMatch(/of 2021–22: about six in ten of those asked directly/)
    expect(story.at(story.duration).on.direct).toBe(true)
  })

  it('finds one honest step in six, between two lists of the same kind', () => {
    const { steps } = story.at(moment('line'))
    expect(steps.map(s => s.lie === undefined)).toEqual([false, true, false, false, false, false])
    expect(verdict(steps)).toBe('of its 6 steps only 1 compares like with like')
    expect(story.moments.find(m => m.id === 'line')!.sentence).toContain(`${verdict(steps)}.`)
  })

  it('crosses out what no reader should join, and says why', () => {
    expect(lieOf(row('2018'), row('2019'))).toMatch(/no box for “not using”/)
    expect(lieOf(row('2019'), row('2020'))).toBeUndefined()
    expect(lieOf(row('2021 part 1'), row('2021 part 2'))).toMatch(/new question, new people/)
    expect(lieOf(row('2022 all'), row('2022 end users'))).toMatch(/part of them/)
    expect(lieOf(row('2022 end users'), row('2025'))).toMatch(/container users/)
    expect(lies(story.at(moment('line')).steps)).toHaveLength(3)
    const lists = stepsThrough(charted.filter(r => r.family === 1))
    // the list of autumn 2021 was asked of other people (D6)
    expect(lists.map(s => s.lie === undefined)).toEqual([false, true, false])
  })

  it('gives every reason a letter, in the order of the steps', () => {
    const { steps } = story.at(moment('line'))
    expect(steps.map(s => s.lie && letterOf(steps, s.lie))).toEqual(['a', undefined, 'b', 'b', 'b', 'c'])
  })

  it('draws on paper the line that its sentence counts', () => {
    expect(wholeStory().steps).toEqual(story.at(moment('line')).steps)
    expect(wholeStory().pair).toBeUndefined()
    expect(wholeStory().bars.every(b => b.grown === 1)).toBe(true)
  })

  it('keeps what was switched until the next moment, which tells on', () => {
    const other = story.fork!(1000, { op: 'list', to: false }).fork!(1000, { op: 'line', to: true })
    expect(shown(1000, other)).toEqual([])
    expect(other.at(1000).steps).toEqual([])
    expect(other.at(moment('direct'))).toEqual(story.at(moment('direct')))
    expect(other.events(999, 1000).map(e => e.by)).toEqual(['you', 'you'])
    expect(tellAdoption(other.at(1000))).toBe('No survey is shown.')
  })

  it('tells what a switch has done', () => {
    const end = story.duration
    const text = (op: string, to: boolean, from = story) => from.fork!(end, { op, to }).events(end - 1, end).at(-1)!.text
    expect(text('line', true)).toBe('drew one line through all: of its 7 steps only 1 compares like with like')
    expect(verdict(stepsThrough(charted.filter(r => r.family === 2)))).toBe('of its 2 steps none compares like with like')
    expect(text('direct', false)).toBe(`switched off: ${families[2].name}`)
    expect(text('direct', false, story.fork!(end, { op: 'line', to: true }))).toMatch(/the line: of its 4 steps only 1 compares/)
  })

  it('tells a switch alone: what came or went and how many surveys stand, without their figures', () => {
    for (const op of switches) {
      for (const to of [true, false]) {
        const view = story.fork!(0, { op, to }).at(0)
        const words = tellSwitch({ op, to }, view)
        const shown = view.bars.filter(b => b.grown === 1).length
        expect(words).toMatch(new RegExp(`^You .*\\. ${shown || 'None'} of ${charted.length} surveys (is|are) shown\\.$`))
        for (const { production } of charted)
          expect(words).not.toContain(String(production))
      }
    }
  })

  it('refuses what is no switch', () => {
    expect(() => story.fork!(0, { op: 'line', to: 'yes' })).toThrow(/true or false/)
  })

  it('names its parts', () => {
    expect([formatScene(0), formatScene(story.duration)]).toEqual(['part 1 of 5', 'part 5 of 5'])
  })
})
