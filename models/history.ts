// The history of Kubernetes as a story: virtual time is the calendar, lanes can be left out. Every event names its facts.
import type { LaneId, TimelineEvent } from '../data/timeline.ts'
import type { Moment, Story } from './story.ts'
import { lanes, stretches, timeline } from '../data/timeline.ts'
import { axisOf, formatMonth, parseDate } from './calendar.ts'
import { clampTime } from './story.ts'

export interface HistoryEvent extends TimelineEvent {
  /** its place among all events, from 0 */
  readonly no: number
  /** virtual ms from 1 January 1979 */
  readonly at: number
}

export interface HistoryView {
  /** virtual ms from 1 January 1979 */
  readonly t: number
  /** the lanes that are shown, in their order */
  readonly lanes: readonly LaneId[]
  /** the events of these lanes, in order of time */
  readonly events: readonly (HistoryEvent & { readonly reached: boolean, readonly told: boolean })[]
  /** what was reached last: more than one where they share a day; empty before the first */
  readonly told: readonly HistoryEvent[]
  readonly reached: number
}

export const historyEvents: readonly HistoryEvent[] = timeline.map((event, no) => ({ ...event, no, at: parseDate(event.date) }))

/** The line the events stand on, stretched where they crowd. */
export const historyAxis = axisOf(stretches)

const all: readonly LaneId[] = lanes.map(l => l.id)
const nameOf = (id: LaneId) => lanes.find(l => l.id === id)!.name
/** the whole line passes in so many ms on the wall, slowly where it is stretched: fast enough that the playhead is seen to move in empty years */
const RUN = 27_000

/** The moments, each at an event, and told in its words. */
const stops: readonly { id: string, label: string }[] = [
  { id: 'first', label: 'chroot: own files' },
  { id: 'kernel', label: 'cgroups and LXC' },
  { id: 'easy', label: 'Docker makes it easy' },
  { id: 'public', label: 'announced' },
  { id: 'home', label: 'founded' },
  { id: 'clouds', label: 'Amazon EKS' },
  { id: 'today', label: 'v1.37' },
]

function tell(shown: readonly LaneId[]): Story<HistoryView> {
  const on = historyEvents.filter(e => shown.includes(e.lane))
  const duration = historyEvents.at(-1)!.at

  function at(time: number): HistoryView {
    const t = clampTime({ duration }, time)
    const reached = on.filter(e => e.at <= t)
    const last = reached.at(-1)?.at
    const told = reached.filter(e => e.at === last)
    return {
      t,
      lanes: shown,
      events: on.map(e => ({ ...e, reached: e.at <= t, told: told.includes(e) })),
      told,
      reached: reached.length,
    }
  }

  const moments: Moment[] = stops.map(({ id, label }) => {
    const event = historyEvents.find(e => e.label === label)!
    const sentence = `${event.date}: ${at(event.at).told.map(e => e.text).join(' ')}`
    return shown.includes(event.lane) ? { id, at: event.at, sentence } : { id, at: event.at, sentence: `Not shown: the lane ${nameOf(event.lane)} is off.`, out: true }
  })
  const events = on.map(e => ({ at: e.at, by: nameOf(e.lane), text: `${e.date}: ${e.text}`, major: true }))

  return {
    duration,
    pace: t => historyAxis.slope(t) * 1000 / RUN,
    moments,
    at,
    events: (from, to) => events.filter(e => e.at > from && e.at <= to),
    fork(t, op) {
      if (op.op !== 'lanes')
        throw new RangeError(`the history knows no "${op.op}"; it knows lanes`)
      if (t > 0)
        throw new RangeError('which lanes are shown is chosen for the whole line: at its start')
      return historyStory(op.to)
    },
  }
}

/**
 * The story of the pieces and the whole. Its intervention: `{ op: 'lanes', to }` at the start, the ids of the lanes to show.
 * @throws RangeError where `to` is no list of lanes, or an empty one
 */
export function historyStory(to: unknown = all): Story<HistoryView> {
  if (!Array.isArray(to) || to.some(id => !all.includes(id)))
    throw new RangeError(`lanes are a list of ${all.join(', ')}`)
  const shown = all.filter(id => to.includes(id))
  if (!shown.length)
    throw new RangeError('one lane at least stays: switch another one on first')
  return tell(shown)
}

/** The lanes after one is switched: a list for the intervention. */
export function withLane(view: Pick<HistoryView, 'lanes'>, id: LaneId): LaneId[] {
  return all.filter(l => view.lanes.includes(l) !== (l === id))
}

/**
 * Which lane was switched, what is shown then, and what the entry tells now.
 * @param before the lanes that were shown
 * @param was what the entry told before; what stood at the same time, where it is not given
 */
export function tellLanes({ t, lanes: shown, events, told }: HistoryView, before: readonly LaneId[], was: readonly HistoryEvent[] = historyStory(before).at(t).told): string {
  const names = (ids: readonly LaneId[], without: readonly LaneId[]) => ids.filter(id => !without.includes(id)).map(nameOf).join(', ')
  const labels = (list: readonly HistoryEvent[]) => list.map(e => e.label).join(', ')
  const [off, on] = [names(before, shown), names(shown, before)]
  const gone = labels(was.filter(e => !shown.includes(e.lane)))
  const tells = told.length ? `the entry ${labels(was) === labels(told) ? 'still' : 'now'} tells of ${told[0]!.date}: ${labels(told)}` : 'the entry is empty'
  const entry = gone ? `Left out with its lane: ${gone}; ${tells}` : `T${tells.slice(1)}`
  const switched = [off && `${off} off`, on && `${on} on`].filter(Boolean).join('; ')
  return `${switched ? `${switched}: ` : ''}${shown.length} of ${all.length} lanes and ${events.length} of ${historyEvents.length} events are shown. ${entry}.`
}

/** A time in words: at an event its own date, which claims no more than is known; between events the month. @param t virtual ms */
export function formatHistory(t: number): string {
  return historyEvents.find(e => e.at === t)?.date ?? formatMonth(t)
}

/** What is to be seen, in words that follow the date; the lane is named where the sentence does not do it, and where two share a day. */
export function tellHistory(view: HistoryView): string {
  const { t, told } = view
  const sentences = told.map((e) => {
    const head = [e.at === t ? '' : e.date, told.length < 2 && e.text.includes(nameOf(e.lane)) ? '' : nameOf(e.lane)].filter(Boolean).join(', ')
    return `${head && `${head}: `}${e.text}`
  })
  return sentences.join(' ') || 'Nothing on these lanes yet.'
}
