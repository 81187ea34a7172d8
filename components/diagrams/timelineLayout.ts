// Where the timeline's lanes, boxes and labels stand: every box has its name behind it, in one of two rows of its lane.
import type { LaneId } from '../../data/timeline.ts'
import type { HistoryEvent } from '../../models/history.ts'
import { lanes, stretches } from '../../data/timeline.ts'
import { timeOf } from '../../models/calendar.ts'
import { DAY } from '../../models/clock.ts'
import { historyAxis, historyEvents } from '../../models/history.ts'

/** canvas px: the line's ends, what is free where its scale changes, the whole, a box, and from its left edge to its name */
export const [LEFT, RIGHT, BREAK, WIDTH, BOX, NAME] = [158, 876, 14, 884, 16, 20]
/** canvas px below the lanes: free, and the axis */
export const [CLEAR, AXIS] = [6, 20]
/** Canvas px below the axis: the lens between it and the line of equal years, and that line; on paper less, for the sentences below. */
export const [lensHeight, trueHeight] = [(still = false) => still ? 11 : 13, (still = false) => still ? 18 : 24]
export const ROWS = 2
/** a year in virtual ms */
const YEAR = 365.25 * DAY
/** what stays free behind a label of a row */
export const AIR = 10

const breaks = stretches.slice(1).map(s => timeOf(s.from))

/** @returns canvas px from the left; a box stands with its middle at its date */
export const placeOf = (t: number): number => LEFT + historyAxis.place(t) * (RIGHT - LEFT - breaks.length * BREAK) + breaks.filter(b => b <= t).length * BREAK

/** @returns canvas px from the left where all years are alike */
export const truePlaceOf = (t: number): number => LEFT + t / timeOf(stretches.at(-1)!.to) * (RIGHT - LEFT)

/** canvas px: a row of a lane; on the screen as high as a finger needs, on paper less, for the sentences below */
export const rowHeight = (still = false): number => still ? 18 : 24
/** From lane to lane, canvas px. */
export const pitch = (still = false): number => ROWS * rowHeight(still)

/** Widths of letters in Inter at 15 px, rounded up. */
const widths: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ijlI.,:\s]/, 4.3],
  [/t/, 5],
  [/[fr]/, 5.6],
  [/1/, 6.1],
  [/s/, 7.9],
  [/[ackvxyz]/, 8.6],
  [/[e7hnu]/, 8.9],
  [/[bdgopq]/, 9.2],
  [/[mw]/, 13.1],
  [/[MW]/, 14.8],
  [/[CDGHNOQU]/, 11.5],
]
/** @returns canvas px that a label takes, at most */
export const widthOf = (label: string): number => [...label].reduce((sum, char) => sum + (widths.find(([letters]) => letters.test(char))?.[1] ?? 10.3), 0)

export interface Label {
  /** canvas px: its box begins, its name ends, or the other way round */
  readonly from: number
  readonly to: number
  /** its name stands before its box: behind it there is no room in the drawing */
  readonly before: boolean
}

/** Where an event stands with its name. */
export function labelOf({ at, label }: Pick<HistoryEvent, 'at' | 'label'>): Label {
  const [middle, long] = [placeOf(at), NAME + widthOf(label)]
  return middle - BOX / 2 + long > WIDTH
    ? { from: middle + BOX / 2 - long, to: middle + BOX / 2, before: true }
    : { from: middle - BOX / 2, to: middle - BOX / 2 + long, before: false }
}

/** The row of each event within its lane, by its number: the first one that is free there. */
export const rows: readonly number[] = (() => {
  const ends = new Map<LaneId, number[]>(lanes.map(l => [l.id as LaneId, Array.from<number>({ length: ROWS }).fill(0)]))
  return historyEvents.map((e) => {
    const { from, to } = labelOf(e)
    const free = ends.get(e.lane)!
    const row = free.findIndex(end => end + AIR <= from)
    free[row] = to
    return row
  })
})()

/** A cell of the axis: canvas px, and what stands in it. */
export interface Cell {
  readonly from: number
  readonly to: number
  readonly name: string
  /** a year that is drawn wide */
  readonly wide: boolean
  /** canvas px: where years within it begin */
  readonly ticks: readonly number[]
}

/** The axis: a cell for every wide year, else one for every decade, named where there is room for its name. */
export const cells: readonly Cell[] = stretches.flatMap(({ from, to, wide }) => {
  const [step, out] = [wide > 1 ? 1 : 10, [] as Cell[]]
  for (let year: number = from; year < to;) {
    const next = Math.min(to, Math.floor(year / step) * step + step)
    out.push({
      from: placeOf(timeOf(year)),
      to: placeOf(timeOf(next) - 1),
      name: step === 1 ? String(year) : next - year > 4 ? `${year}s` : '',
      wide: wide > 1,
      ticks: Array.from({ length: next - year - 1 }, (_, i) => placeOf(timeOf(year + i + 1))),
    })
    year = next
  }
  return out
})

/** A span of years where all are alike. */
export interface Span {
  /** canvas px */
  readonly from: number
  readonly to: number
  /** whole years */
  readonly years: number
  /** virtual ms */
  readonly begins: number
  readonly ends: number
}

/** The years before the event `label`, and those since. */
export function spansOf(label: string): readonly [before: Span, since: Span] {
  const [first, turn, last] = [historyEvents[0]!.at, historyEvents.find(e => e.label === label)!.at, historyEvents.at(-1)!.at]
  const span = (from: number, to: number): Span => ({ from: truePlaceOf(from), to: truePlaceOf(to), years: Math.floor((to - from) / YEAR), begins: from, ends: to })
  return [span(first, turn), span(turn, last)]
}
