// Case studies: the contract, the filters, and that no figure goes without its caution.
import type { Gain } from '../data/cases.ts'
import type { Filter } from './cases.ts'
import { describe, expect, it } from 'vitest'
import { cases, fields, gains, themes } from '../data/cases.ts'
import { fact, factsOf } from '../data/facts.ts'
import { describeStory } from '../tests/contract/story.ts'
import { strangers } from '../tests/lib/numbers.ts'
import { cards, casesStory, cautionWord, formatCard, inWords, leavesAny, noFailedMove, noneWords, spokenOf, tellCases, tellFilter, toldGains } from './cases.ts'

describeStory('the case studies', () => casesStory(), [
  { op: { op: 'gain', to: 'cost' }, when: [0] },
  { op: { op: 'field', to: 'media' }, when: [0] },
])
describeStory('the case studies of finance', () => casesStory({ gain: 'releases', field: 'finance' }), [{ op: { op: 'gain', to: 'any' }, when: [0] }])

const story = casesStory()

describe('the case studies', () => {
  it('are of at least 14 companies, the failure among them, each with a caution', () => {
    expect(cards.length).toBeGreaterThanOrEqual(14)
    expect(new Set(cards.map(c => c.company)).size).toBe(cards.length)
    expect(cards.at(-1)!.fact).toContain('I6')
    for (const card of cards)
      expect(card.caution, card.company).toMatch(/^[A-Z].*\.$/)
  })

  it('say nothing in numbers that their facts do not say', () => {
    for (const c of cases)
      expect(strangers([...c.figures.map(inWords), c.year, c.caution].join(' '), factsOf(c.fact)), c.company).toEqual([])
    for (const { count } of themes.counts)
      expect(fact(themes.fact).value).toContain(String(count))
  })

  it('are of the company that the fact is about', () => {
    for (const c of cases) {
      const [first] = factsOf(c.fact)
      expect(first!.company ?? first!.statement, c.company).toContain(c.company)
    }
  })

  it('say of Babylon what became of it', () => {
    expect(fact('E7').note).toContain('collapsed in August 2023')
    expect(cases.find(c => c.fact === 'E7')!.caution).toContain('collapsed in August 2023')
  })

  it('carry aboard only what kubernetes.io tells', () => {
    for (const c of cases)
      expect(fact(c.fact.split(' ')[0]!).source.title.includes('kubernetes.io'), c.company).toBe(c.by === 'official')
  })

  it('leave no gain and no field empty', () => {
    for (const gain of gains)
      expect(casesStory({ gain, field: 'any' }).at(0).fits).toBeGreaterThan(0)
    for (const field of fields)
      expect(casesStory({ gain: 'any', field }).at(0).fits).toBeGreaterThan(0)
  })

  it('open a card at its time, and none where the filter leaves it out', () => {
    const at = (company: string) => cards.find(c => c.company === company)!.at
    expect(story.at(0).open).toBeUndefined()
    expect(story.at(at('VSCO')).open!.company).toBe('VSCO')
    const releases = story.fork!(0, { op: 'gain', to: 'releases' }).fork!(0, { op: 'field', to: 'public' })
    expect(releases.at(0).cards.filter(c => c.fits).map(c => c.company)).toEqual(['City of Montréal'])
    expect(releases.at(at('City of Montréal')).open!.company).toBe('City of Montréal')
    expect(releases.at(at('VSCO')).open).toBeUndefined()
    expect(releases.at(at('VSCO')).out!.company).toBe('VSCO')
    expect(releases.moments[2]).toMatchObject({ sentence: 'Left out by the filter: VSCO.', out: true })
    expect((releases.pace as (t: number) => number)(at('VSCO'))).toBeGreaterThan((releases.pace as (t: number) => number)(at('City of Montréal')))
  })

  it('say with a filter how many are left, and who, where they are few', () => {
    const first = (filter: Filter) => casesStory(filter).moments[0]!.sentence
    expect(first({ gain: 'releases', field: 'any' })).toBe('11 of 18 here are quoted on releases.')
    expect(first({ gain: 'any', field: 'finance' })).toBe('3 of 18 here, field finance: Capital One, Nav, Northwestern Mutual.')
    expect(first({ gain: 'uptime', field: 'any' })).toBe('1 of 18 here is quoted on uptime: Northwestern Mutual.')
  })

  it('name at a card first of all the company it is told of', () => {
    for (const moment of story.moments.slice(1))
      expect(moment.sentence.split(story.at(moment.at).open!.company)[0]!.length, moment.sentence).toBeLessThan(22)
  })

  it('tell of what the official stories are counted by', () => {
    expect(themes.counts.map(t => t.gain)).toEqual([...gains])
  })

  it('show the figure that is asked for', () => {
    const nav = (gain: Gain | 'any') => casesStory({ gain, field: 'finance' }).at(story.duration).cards.find(c => c.company === 'Nav')!
    expect([nav('any'), nav('releases'), nav('cost')].map(c => c.figure.gain)).toEqual(['efficiency', 'releases', 'cost'])
    const capital = (gain: Gain) => casesStory({ gain, field: 'any' }).at(0).cards.find(c => c.company === 'Capital One')!.caution
    expect([capital('cost'), capital('releases')]).toEqual(['Their own estimate, of a bill that never came.', 'Of a basic application.'])
    for (const gain of gains)
      expect(casesStory({ gain, field: 'any' }).at(0).cards.filter(c => c.fits).every(c => c.figure.gain === gain)).toBe(true)
  })

  it('speak of one gain at a time: the open card’s, else the one asked for, else none', () => {
    const spoken = (filter: Filter, at: number) => spokenOf(casesStory(filter).at(at))
    expect(spoken({ gain: 'any', field: 'any' }, 0)).toBeUndefined()
    expect(spoken({ gain: 'uptime', field: 'any' }, 0)).toBe('uptime')
    expect(story.moments.slice(1).map(m => spokenOf(story.at(m.at)))).toEqual(story.moments.slice(1).map(m => m.id))
  })

  it('know beforehand which pairs leave nothing, and say why', () => {
    for (const gain of gains) {
      for (const field of fields) {
        if (leavesAny({ gain, field }))
          expect(casesStory({ gain, field }).at(0).fits).toBeGreaterThan(0)
        else
          expect(() => casesStory({ gain, field })).toThrow(noneWords({ gain, field }))
      }
    }
  })

  it('tell what a company speaks of in one order, whatever is asked for', () => {
    const vsco = (gain: Gain | 'any') => toldGains(casesStory({ gain, field: 'any' }).at(0).cards.find(c => c.company === 'VSCO')!)
    for (const gain of ['any', 'cost', 'releases'] as const)
      expect(vsco(gain)).toEqual(['releases', 'cost', 'efficiency'])
  })

  it('say of the outage why it came, and of failed moves, which it is none of, that none is told', () => {
    const reddit = story.moments.find(m => m.id === 'failure')!.sentence
    expect(reddit).toContain('Why: A node label its network relied on was gone. 54 impact parts tell of no failed move.')
    expect(fact('I6').statement).toContain('removed a node label that its network set-up relied on')
    expect(fact('E27').statement).toContain('failed or reversed migration')
    expect(noFailedMove).toContain(String(themes.of))
    expect(cards.filter(c => cautionWord(c) === 'Why').map(c => c.company)).toEqual(['Reddit'])
  })

  it('refuse a filter that leaves nothing, with a reason', () => {
    const steady = story.fork!(0, { op: 'gain', to: 'uptime' })
    expect(() => steady.fork!(0, { op: 'field', to: 'media' })).toThrow(/no story here is about uptime and media: the filter stays/)
    // a failure is no gain: it cannot be asked for as one
    expect(() => story.fork!(0, { op: 'gain', to: 'failure' })).toThrow(/"failure" is none of any, releases/)
    expect(() => story.fork!(0, { op: 'gain', to: 'fame' })).toThrow(/"fame" is none of any, releases/)
    expect(() => story.fork!(5000, { op: 'gain', to: 'cost' })).toThrow(/at the start/)
  })

  it('can be heard: a card with its caution, or what the filter left', () => {
    expect(tellCases(story.at(cards[0]!.at))).toBe(`adidas, fashion. A release: every 4 to 6 weeks, then 3 to 4 a day. Told between 2016 and 2020. But: Continuous delivery came with it, too. ${cards.filter(c => c.figures.some(f => f.gain === 'releases')).length} of ${cards.length} here are quoted on releases. About 45 of 54 official stories tell of releases.`)
    expect(tellCases(casesStory({ gain: 'uptime', field: 'any' }).at(0))).toBe('1 of 18 here is quoted on uptime: Northwestern Mutual.')
    const finance = casesStory({ gain: 'any', field: 'finance' })
    expect(tellCases(finance.at(finance.duration))).toBe('Reddit is left out by the filter.')
    expect(tellFilter(finance.at(0))).toBe('3 of 18 here, field finance: Capital One, Nav, Northwestern Mutual.')
    // what stands beside the boxes then, and why
    expect(tellFilter(finance.at(0), cards.at(-1))).toBe('3 of 18 here, field finance: Capital One, Nav, Northwestern Mutual. Reddit is left out by the filter: its card is closed, and what all 54 official stories speak of stands there.')
    const nav = cards.find(c => c.company === 'Nav')!
    expect(tellFilter(finance.at(nav.at), nav)).toContain('. The card still shows Nav: use of its servers: 1%, then 40%.')
    expect(tellFilter(story.at(cards[0]!.at), nav)).toBe('18 of 18 here. The card now shows adidas: a release: every 4–6 weeks, then 3–4 a day.')
    // all are not named
    expect(tellFilter(casesStory().at(0))).toBe('18 of 18 here.')
    expect([formatCard(0), formatCard(5000)]).toEqual(['all cards', 'card 1 of 18'])
  })
})
