// Where the timeline's lanes, boxes and labels stand: every box has its name above it.
import type { LaneId } from '../../data/timeline.ts'
import type { HistoryEvent } from '../../models/history.ts'
import { lanes } from '../../data/timeline.ts'
import { DAY } from '../../models/clock.ts'
import { historyAxis, historyEvents } from '../../models/history.ts'

/** canvas px: the line's ends, the whole, what the axis with its spans takes, and a box */
export const [LEFT, RIGHT, WIDTH, AXIS, BOX] = [144, 868, 884, 48, 18]
/** canvas px: a label, and what is free between it and its box */
export const [LABEL, NEAR] = [16, 2]
/** a year in virtual ms */
const YEAR = 365.25 * DAY
/** what stays free between two labels of a lane */
export const AIR = 12

/** @returns canvas px from the left; a box stands with its middle at its date */
export const placeOf = (t: number): number => LEFT + historyAxis.place(t) * (RIGHT - LEFT)

/** From lane to lane, canvas px: each has a band of its own, with a name above its boxes and air around both; on paper less, for the sentences below. */
export const pitch = (still = false): number => LABEL + NEAR + BOX + (still ? 6 : 12)

/** Where the labels of each lane begin, and in `height` where the last lane's band ends. Canvas px from the top, where the first begins. */
export function rowsOf(still = false): { top: Readonly<Record<LaneId, number>>, height: number } {
  const [apart, above] = [pitch(still), still ? 3 : 5]
  const top = Object.fromEntries(lanes.map(({ id }, i) => [id, i * apart + above])) as Record<LaneId, number>
  return { top, height: lanes.length * apart }
}

/** Widths of letters in Inter at 15 px, rounded up. */
const widths: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ijlI.,\s]/, 4.3],
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
  /** canvas px */
  readonly from: number
  readonly to: number
}

/** Where an event's label stands: it begins at its box, or ends at it. */
export function labelOf({ at, label, end }: Pick<HistoryEvent, 'at' | 'label' | 'end'>): Label {
  const [x, half, width] = [placeOf(at), BOX / 2, widthOf(label)]
  return end ? { from: x + half - width, to: x + half } : { from: x - half, to: x - half + width }
}

/** A span of years below the axis. */
export interface Span {
  /** canvas px */
  readonly from: number
  readonly to: number
  /** whole years */
  readonly years: number
}

/** The years before the event `label`, and those since. */
export function spansOf(label: string): readonly [before: Span, since: Span] {
  const [first, turn, last] = [historyEvents[0]!.at, historyEvents.find(e => e.label === label)!.at, historyEvents.at(-1)!.at]
  const span = (from: number, to: number): Span => ({ from: placeOf(from), to: placeOf(to), years: Math.floor((to - from) / YEAR) })
  return [span(first, turn), span(turn, last)]
}
