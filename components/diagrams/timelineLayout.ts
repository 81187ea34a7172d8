// Where the timeline's lanes, boxes and labels stand: every box has its name, above it or, where its neighbours' are, below or beside it.
import type { LaneId } from '../../data/timeline.ts'
import type { HistoryEvent } from '../../models/history.ts'
import { lanes, timeline } from '../../data/timeline.ts'
import { historyAxis } from '../../models/history.ts'

/** canvas px: the line's ends, the whole, what the axis takes, and a box */
export const [LEFT, RIGHT, WIDTH, AXIS, BOX] = [150, 872, 884, 26, 18]
/** canvas px: a label, and what is free between it and its box */
export const [LABEL, NEAR] = [16, 2]
/** canvas px: from a box to a label beside it */
export const NEXT = 6
/** what stays free between two labels of a lane */
export const AIR = 12

/** @returns canvas px from the left; a box stands with its middle at its date */
export const placeOf = (t: number): number => LEFT + historyAxis.place(t) * (RIGHT - LEFT)

/** From lane to lane, canvas px: each has a band of its own, with room for names above and below its boxes. */
export const pitch = (still = false): number => LABEL + NEAR + BOX + 1 + LABEL + (still ? 3 : 5)

/** Where the labels of each lane begin, and in `height` where the last lane ends. Canvas px from the top. */
export function rowsOf(still = false): { top: Readonly<Record<LaneId, number>>, height: number } {
  const apart = pitch(still)
  const top = Object.fromEntries(lanes.map(({ id }, i) => [id, i * apart])) as Record<LaneId, number>
  const last = timeline.some(e => e.lane === lanes.at(-1)!.id && e.below) ? 1 + LABEL : 0
  return { top, height: (lanes.length - 1) * apart + LABEL + NEAR + BOX + last + 4 }
}

/** Widths of letters in Inter at 15 px, rounded up. */
function letter(char: string): number {
  return /[MW]/.test(char) ? 14 : /[A-Z]/.test(char) ? 9.9 : /[mw]/.test(char) ? 13.3 : /[ijl.,\s]/.test(char) ? 4.8 : /[ftr1]/.test(char) ? 6 : 9.3
}
export const widthOf = (label: string): number => [...label].reduce((sum, char) => sum + letter(char), 0)

export interface Label {
  /** canvas px */
  readonly from: number
  readonly to: number
  /** it ends with its box, since there is no room to begin there */
  readonly end: boolean
}

/** Where an event's label stands. */
export function labelOf({ at, label, beside }: Pick<HistoryEvent, 'at' | 'label' | 'beside'>): Label {
  const [x, half, width] = [placeOf(at), BOX / 2, widthOf(label)]
  if (beside)
    return { from: x + half + NEXT, to: x + half + NEXT + width, end: false }
  const end = x - half + width > WIDTH
  return end ? { from: x + half - width, to: x + half, end } : { from: x - half, to: x - half + width, end }
}
