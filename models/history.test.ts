// The history: the contract, its order, its lanes, and dates that its facts hold.
import type { LaneId } from '../data/timeline.ts'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../data/facts.ts'
import { lanes, stretches } from '../data/timeline.ts'
import { describeStory } from '../tests/contract/story.ts'
import { numbersOf } from '../tests/lib/numbers.ts'
import { timeOf } from './calendar.ts'
import { DAY } from './clock.ts'
import { formatHistory, historyEvents, historyStory, tellHistory, tellLanes, withLane } from './history.ts'

describeStory('the history', () => historyStory(), [{ op: { op: 'lanes', to: ['clouds', 'cncf'] }, when: [0] }])
describeStory('the history of one lane', () => historyStory(['google']), [{ op: { op: 'lanes', to: ['containers'] }, when: [0] }])

const story = historyStory()

describe('the history', () => {
  it('stands on checked facts, each date in one of them', () => {
    for (const event of historyEvents) {
      const known = factsOf(event.fact).map(numbersOf)
      for (const [digits] of event.date.matchAll(/\d+/g))
        expect(known.some(set => set.has(String(Number(digits)))), `${event.label}: ${event.date}`).toBe(true)
    }
  })

  it('names nobody beside chroot, on which the sources disagree', () => {
    expect(historyEvents[0]!.text).toMatch(/^chroot in Unix gives a process/)
  })

  it('has from 18 to 25 events in order of time, some in every lane', () => {
    expect(historyEvents.length).toBeGreaterThanOrEqual(18)
    expect(historyEvents.length).toBeLessThanOrEqual(25)
    expect(historyEvents.map(e => e.at)).toEqual(historyEvents.map(e => e.at).toSorted((a, b) => a - b))
    for (const lane of lanes)
      expect(historyEvents.filter(e => e.lane === lane.id).length, lane.id).toBeGreaterThan(2)
  })

  it('stops at events only, and tells in its sentence when', () => {
    for (const moment of story.moments) {
      const [event] = story.at(moment.at).told
      expect(event!.at).toBe(moment.at)
      expect(moment.sentence).toBe(`${event!.date}: ${story.at(moment.at).told.map(e => e.text).join(' ')}`)
    }
    expect(story.moments.at(-1)!.at).toBe(story.duration)
  })

  it('says what a tool is where it first comes in', () => {
    for (const word of ['LXC', 'cgroups']) {
      const told = historyEvents.find(e => e.text.includes(word))!
      expect(told.text, word).toMatch(word === 'LXC' ? /tool, LXC/ : /control groups|limits/)
    }
  })

  it('reaches an event on its day, not the day before', () => {
    const day = timeOf(2015, 6, 21)
    expect(story.at(day - 1).told.map(e => e.label)).toEqual(['OCI is launched'])
    expect(story.at(day).told.map(e => e.label)).toEqual(['v1.0', 'founded'])
    expect(story.at(story.duration).reached).toBe(historyEvents.length)
  })

  it('tells what happened on a day in two lines', () => {
    for (const { at } of historyEvents)
      expect(story.at(at).told.map(e => e.text).join(' ').length).toBeLessThanOrEqual(130)
  })

  it('counts weeks, months and shares as its words do', () => {
    const at = (label: string) => historyEvents.find(e => e.label === label)!.at
    expect(Math.round((at('Google GKE') - at('v1.0')) / (7 * DAY))).toBe(5)
    expect(Math.floor((story.duration - at('announced')) / (365.25 * DAY))).toBe(12)
    const crowded = historyEvents.filter(e => e.at >= at('announced') && e.at <= at('Amazon EKS'))
    expect(crowded.length).toBeGreaterThan(historyEvents.length / 2)
  })

  it('leaves out what its lanes leave out, and nothing else', () => {
    const clouds = story.fork!(0, { op: 'lanes', to: ['clouds'] })
    expect(clouds.events(-1, clouds.duration).map(e => e.by)).toEqual(['Clouds', 'Clouds', 'Clouds'])
    expect(clouds.duration).toBe(story.duration)
    expect(clouds.moments[2]!.sentence).toBe('Not shown: the lane Containers is off.')
    expect(clouds.moments.at(-2)!.sentence).toBe(story.moments.at(-2)!.sentence)
    expect(clouds.at(0).told).toEqual([])
    expect(clouds.moments.map(m => m.out ?? false)).toEqual(clouds.moments.map(m => m.sentence.startsWith('Not shown')))
    expect(tellHistory(clouds.at(0))).toBe('Nothing on these lanes yet.')
    expect(tellLanes(clouds.at(0), story.at(0).lanes)).toBe('Containers, Google, Kubernetes, CNCF off: 1 of 5 lanes and 3 of 21 events are shown. Left out with its lane: chroot: own files; the entry is empty.')
    expect(tellLanes(story.at(0), ['clouds', 'google', 'kubernetes', 'cncf'])).toBe('Containers on: 5 of 5 lanes and 21 of 21 events are shown. The entry now tells of 1979: chroot: own files.')
  })

  it('tells of a lane that is switched what the entry tells then, and why', () => {
    const at = story.moments.find(m => m.id === 'clouds')!.at
    const without = (lane: LaneId) => tellLanes(historyStory(withLane(story.at(0), lane)).at(at), story.at(0).lanes)
    expect(without('clouds')).toMatch(/Left out with its lane: Amazon EKS; the entry now tells of 6 March 2018: Kubernetes graduates\.$/)
    expect(without('google')).toMatch(/ events are shown\. The entry still tells of 5 June 2018: Amazon EKS\.$/)
  })

  it('gives an event the date that its fact has, and no day that nobody claims', () => {
    for (const { at, date } of historyEvents)
      expect(formatHistory(at)).toBe(date)
    expect(formatHistory(timeOf(1983, 4))).toBe('May 1983')
  })

  it('names the lane where the sentence does not or two share a day, and counts nothing', () => {
    for (const { at } of historyEvents) {
      const { told } = story.at(at)
      const words = tellHistory(story.at(at))
      expect(words).not.toMatch(/ of \d+ events/)
      for (const { lane, text } of told) {
        const { name } = lanes.find(l => l.id === lane)!
        const named = told.length > 1 || !text.includes(name)
        expect(words).toContain(named ? `${name}: ${text}` : text)
        expect(words.includes(`${name}: ${text}`)).toBe(named)
      }
    }
  })

  it('says of a moment one date first', () => {
    for (const { sentence } of story.moments)
      expect(sentence).not.toMatch(/^[^:]*\d{4}: \d{4}/)
  })

  it('refuses lanes that there are not, none at all, and a change on the way', () => {
    expect(() => historyStory(['ships'])).toThrow(/lanes are a list of containers/)
    expect(() => historyStory('clouds')).toThrow(RangeError)
    expect(() => historyStory([])).toThrow(/one lane at least stays/)
    expect(() => story.fork!(1, { op: 'lanes', to: ['clouds'] })).toThrow(/at its start/)
  })

  it('switches one lane at a time', () => {
    const view = story.at(0)
    expect(withLane(view, 'cncf')).toEqual(['containers', 'google', 'kubernetes', 'clouds'])
    expect(withLane({ lanes: ['clouds' as LaneId] }, 'google')).toEqual(['google', 'clouds'])
  })

  it('tells of the entry that a switch has moved, also where the time went with it', () => {
    const told = story.at(story.moments.find(m => m.id === 'clouds')!.at).told
    const without = historyStory(withLane(story.at(0), 'clouds'))
    const now = without.at(story.moments.find(m => m.id === 'clouds')!.at).told
    expect(tellLanes(without.at(now[0]!.at), story.at(0).lanes, told)).toBe('Clouds off: 4 of 5 lanes and 18 of 21 events are shown. Left out with its lane: Amazon EKS; the entry now tells of 6 March 2018: Kubernetes graduates.')
  })

  it('covers its time with its line, on which years have one scale but for the crowded ones', () => {
    expect(stretches[0].from).toBe(1979)
    expect(timeOf(stretches.at(-1)!.to)).toBeGreaterThan(story.duration)
    expect(stretches.map(s => s.wide)).toEqual([1, 5, 1])
  })
})
