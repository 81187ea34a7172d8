// Where the timeline's boxes and labels stand, and which labels give way so that none runs into the next.
import type { HistoryEvent } from '../../models/history.ts'
import { historyAxis } from '../../models/history.ts'

/** canvas px: the line's ends, the whole, a box, and what the axis takes */
export const [LEFT, RIGHT, WIDTH, BOX, AXIS] = [150, 869, 884, 22, 30]
/** canvas px from lane to lane and of a box: on paper both are smaller */
export const pitch = (still = false): number => still ? 43 : 51
export const boxOf = (still = false): number => still ? 18 : BOX
/** what stays free between two labels of a lane */
export const AIR = 12

/** @returns canvas px from the left; a box stands with its middle at its date */
export const placeOf = (t: number): number => LEFT + historyAxis.place(t) * (RIGHT - LEFT)

/** Widths of letters in Inter at 15 px, rounded up. */
function letter(char: string): number {
  return /[MW]/.test(char) ? 14 : /[A-Z]/.test(char) ? 9.9 : /[mw]/.test(char) ? 13.3 : /[ijl.,\s]/.test(char) ? 4.8 : /[ftr1]/.test(char) ? 6 : 9.3
}
export const widthOf = (label: string): number => [...label].reduce((sum, char) => sum + letter(char), 0)

export interface Label {
  readonly no: number
  /** canvas px */
  readonly from: number
  readonly to: number
  /** it ends with its box, since there is no room to begin there */
  readonly end: boolean
  readonly shown: boolean
}

type Placed = Pick<HistoryEvent, 'no' | 'at' | 'label' | 'lane' | 'minor'> & { readonly reached: boolean, readonly told: boolean }

/** The labels of what is reached: first what is told now, then the others, then those that give way. */
export function labelsOf(events: readonly Placed[]): Label[] {
  const taken: (Label & { lane: string })[] = []
  const rank = (e: Placed) => e.told ? 0 : e.minor ? 2 : 1
  for (const e of events.filter(e => e.reached).toSorted((a, b) => rank(a) - rank(b) || b.at - a.at)) {
    const [x, width] = [placeOf(e.at), widthOf(e.label)]
    const end = x - BOX / 2 + width > WIDTH
    const [from, to] = end ? [x + BOX / 2 - width, x + BOX / 2] : [x - BOX / 2, x - BOX / 2 + width]
    const shown = taken.every(o => !o.shown || o.lane !== e.lane || o.to + AIR <= from || to + AIR <= o.from)
    taken.push({ no: e.no, from, to, end, shown, lane: e.lane })
  }
  return taken.map(({ lane: _, ...label }) => label).sort((a, b) => a.no - b.no)
}
