// Adoption: the contract, the switches, and why one line through all years lies.
import { describe, expect, it } from 'vitest'
import { charted, counted, countedAfter, countedNext, twins } from '../data/adoption.ts'
import { fact } from '../data/facts.ts'
import { describeStory } from '../tests/contract/story.ts'
import { sources } from '../tests/lib/project.ts'
import { adoptionStory, formatScene, lieOf, ofAll, percentOfAll, reading, stepsThrough, stretches, switches, tellAdoption, tellSwitch, verdict, wholeStory } from './adoption.ts'

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

  it('counts of all who took part what facts and adoption.csv hold', () => {
    for (const { fact: id, survey, all, base, production } of charted.filter(r => r.all)) {
      expect(fact(id).value, id).toContain(all!.production.toLocaleString('en'))
      expect(100 * all!.production / base!, survey).toBeCloseTo(production, 0)
    }
    expect(fact(countedNext.fact).note).toBe(`Published 78% and 84%. Against all ${countedNext.all.tookPart.toLocaleString('en')}: ${percentOfAll(countedNext)}%.`)
    expect(fact(countedAfter.fact).value).toContain(`${countedAfter.all.tookPart.toLocaleString('en')} respondents`)
    expect(percentOfAll(countedAfter)).toBe(67)
    expect(twins.map(percentOfAll)).toEqual([56, 69])
    const csv = sources('data/adoption.csv')[0]!.text.split('\n').map(line => line.split(','))
    for (const { survey, all } of charted.filter(r => r.all))
      expect(Number(csv.find(cells => cells[0] === survey)![csv[0]!.indexOf('sample_n')]), survey).toBe(all!.tookPart)
  })

  it('says in its sentences what the rows say', () => {
    const round = (survey: string) => String(Math.round(row(survey).production))
    const sentence = (id: string) => story.moments.find(m => m.id === id)!.sentence
    expect(sentence('list')).toContain(`${round('2018')} percent of the rest, ${ofAll} of all.`)
    expect(sentence('direct')).toContain(`${round('2021 part 1')} percent; 2022, reworded, ${round('2022 all')}, or ${round('2022 end users')}`)
    expect(sentence('pair')).toContain(`${round('2021 part 1')} and ${round('2021 part 2')}; of all who took part`)
    expect(sentence('containers')).toContain(`${round('2025')} percent of container users`)
    expect(fact('D10').note).toContain('Denominator is container users')
    expect(fact('D2').note).toContain('no "not using" choice')
    expect(fact('D2').note).toContain(`against all 2,400 it is ${ofAll}%`)
    expect(fact('D7').note).toContain('paid panel')
  })

  it('shows of whom a list is a percentage, by the fact’s own counts, while nothing but lists is shown', () => {
    expect(fact(counted.fact).value).toContain(`${counted.all.production} production / ${counted.base - counted.all.production} evaluating`)
    expect(fact(counted.fact).value).toContain(`${counted.all.tookPart.toLocaleString('en')} respondents`)
    expect(story.moments.map(m => story.at(m.at).counted)).toEqual([true, false, false, false, false])
    expect(story.at(moment('direct') / 2).counted).toBe(false)
    expect(story.fork!(0, { op: 'line', to: true }).at(0).counted).toBe(false)
    expect(story.fork!(0, { op: 'list', to: false }).at(0).counted).toBe(false)
  })

  it('gives the change of people and question as what nobody can tell apart', () => {
    expect(story.moments.find(m => m.id === 'pair')!.sentence).toMatch(/^2021: 60 and 80; of all who took part 56 and 69. Question and people changed: nobody can say why/)
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
    const told = story.moments.filter(m => m.sentence.includes('answered directly'))
    expect(told.map(m => m.at)).toEqual([story.duration])
    expect(told[0]!.sentence).toMatch(/Of those who answered directly, 2021–22, about six in ten ran it/)
    expect(story.at(story.duration).on.direct).toBe(true)
  })

  it('finds no honest step in six, and says what the rise between two lists comes to by the other measure', () => {
    const { steps } = story.at(moment('line'))
    expect(steps.map(s => s.lie === undefined)).toEqual([false, false, false, false, false, false])
    expect(verdict(steps)).toBe('none of its 6 steps joins like with like')
    const { sentence } = story.moments.find(m => m.id === 'line')!
    expect(sentence).toContain(`${verdict(steps)}.`)
    expect(sentence).toContain('In 2020 up, 78 to 83; of all who took part down, 76 to 67.')
  })

  it('crosses out what no reader should join, and says why', () => {
    expect(lieOf(row('2018'), row('2019'))).toMatch(/first had no “not\u00A0using”/)
    expect(lieOf(row('2019'), row('2020'))).toMatch(/more left it\u00A0empty/)
    expect(lieOf(row('2021 part 1'), row('2021 part 2'))).toMatch(/another question, other people/)
    expect(lieOf(row('2022 all'), row('2022 end users'))).toMatch(/only end users/)
    expect(lieOf(row('2022 end users'), row('2025'))).toMatch(/container users/)
    const lists = stepsThrough(charted.filter(r => r.family === 1))
    // the list of autumn 2021 was asked of other people (D6)
    expect(lists.map(s => s.lie === undefined)).toEqual([false, false, false])
  })

  it('tells a reason once for the steps that follow each other with it', () => {
    const { steps } = story.at(moment('line'))
    expect(stretches(steps).map(run => [run.length, run[0]!.lie !== undefined])).toEqual([[1, true], [1, true], [3, true], [1, true]])
    expect(stretches(steps).flat()).toEqual(steps)
    expect(stretches([])).toEqual([])
  })

  it('draws on paper the line that its sentence counts', () => {
    expect(wholeStory().steps).toEqual(story.at(moment('line')).steps)
    expect(wholeStory().bars.every(b => b.grown === 1)).toBe(true)
  })

  it('keeps what was switched until the next moment, which tells on', () => {
    const other = story.fork!(1000, { op: 'list', to: false }).fork!(1000, { op: 'line', to: true })
    expect(shown(1000, other)).toEqual([])
    expect(other.at(1000).steps).toEqual([])
    expect(other.at(moment('direct'))).toEqual(story.at(moment('direct')))
    expect(other.events(999, 1000).map(e => e.by)).toEqual(['you', 'you'])
    expect(tellAdoption(other.at(1000))).toMatch(/^No survey is shown/)
  })

  it('tells what a switch has done', () => {
    const end = story.duration
    const text = (op: string, to: boolean, from = story) => from.fork!(end, { op, to }).events(end - 1, end).at(-1)!.text
    expect(text('line', true)).toMatch(/^see one line: none of its 7 steps joins like with like; /)
    expect(verdict(stepsThrough(charted.filter(r => r.family === 2)))).toBe('none of its 2 steps joins like with like')
    expect(text('direct', false)).toMatch(/^see 80 beside 82: /)
    expect(text('direct', false, story.fork!(end, { op: 'line', to: true }))).toMatch(/^see one line: none of its 4 steps joins/)
  })

  it('says of every choice of families, with a line or without, what may be read from it, each in words of its own that fit their line', () => {
    const asked = ['list', 'direct', 'containers'] as const
    const all = [0, 1, 2, 3, 4, 5, 6, 7].flatMap(n => [false, true].map((line) => {
      const view = [...asked.map((op, i) => ({ op, to: Boolean(n & 1 << i) })), { op: 'line', to: line }].reduce((s, op) => s.fork!(0, op), story).at(0)
      return { n, line, shown: view.bars.filter(b => b.grown === 1).map(b => b.row), words: reading(view) }
    }))
    for (const { n, line, shown, words } of all) {
      expect(words.length, words).toBeLessThanOrEqual(94)
      // its percentages are those of bars that are shown
      for (const [percent] of words.matchAll(/\b[5-9]\d\b/g))
        expect(shown.map(r => Math.round(r.production)), words).toContain(Number(percent))
      if (line && shown.length > 1)
        expect(words).toContain(verdict(stepsThrough(shown)))
      if (!n)
        expect(words).toMatch(/^no survey/)
    }
    expect(new Set(all.filter(c => !c.line).map(c => c.words)).size).toBe(8)
  })

  it('speaks of a line’s falls as the steps have them', () => {
    for (const { from, to, lie } of story.at(moment('line')).steps.filter(s => s.to.production < s.from.production))
      expect(from.family === to.family, `${from.survey} to ${to.survey}: ${lie}`).toBe(false)
  })

  it('tells a switch alone: what came or went, what may be read, and how many surveys stand, without the table’s figures', () => {
    for (const op of switches) {
      for (const to of [true, false]) {
        const view = story.fork!(0, { op, to }).at(0)
        const words = tellSwitch({ op, to }, view)
        expect(words).toContain(`You see ${reading(view)}.`)
        const shown = view.bars.filter(b => b.grown === 1).length
        expect(words).toMatch(new RegExp(`^You .*\\. ${shown || 'None'} of ${charted.length} surveys (is|are) shown\\.$`))
        for (const { production } of charted)
          expect(words.replace(reading(view), '')).not.toContain(String(production))
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
