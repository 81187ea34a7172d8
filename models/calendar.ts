// The calendar as virtual time: days since 1 January 1979, dates as they are written, and a line that may be stretched.
import { DAY } from './clock.ts'

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const
/** where a season begins, as a month from 0 */
const seasons: Readonly<Record<string, number>> = { spring: 2, summer: 5, autumn: 8 }
const FIRST = 1979

/** Days from 1 March 0000 to a day of the calendar we use now. @param month from 0 */
function dayNumber(year: number, month: number, day: number): number {
  // the year begins in March here: a leap day is then its last
  const y = month < 2 ? year - 1 : year
  const m = (month + 10) % 12
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day - 1
}

const ZERO = dayNumber(FIRST, 0, 1)

/** Virtual ms from 1 January 1979 to the start of a day. @param month from 0 */
export function timeOf(year: number, month = 0, day = 1): number {
  return (dayNumber(year, month, day) - ZERO) * DAY
}

/**
 * The first moment that a written date may mean, as virtual ms: "1979", "about 2003", "March 2013", "autumn 2013", "21 July 2015".
 * @throws RangeError where it is no such date
 */
export function parseDate(written: string): number {
  const [, day, name, year] = written.match(/^(?:about )?(?:(?:(\d{1,2}) )?([A-Z]\w+|spring|summer|autumn) )?(\d{4})$/) ?? []
  const month = name === undefined ? 0 : seasons[name] ?? months.findIndex(m => m === name)
  if (!year || month < 0)
    throw new RangeError(`"${written}" is no date; write 1979, March 2013, autumn 2013 or 21 July 2015`)
  return timeOf(Number(year), month, Number(day ?? 1))
}

/** The month a virtual time lies in: "July 2015". */
export function formatMonth(t: number): string {
  const day = Math.floor(t / DAY)
  let year = FIRST + Math.floor(day / 366)
  while (timeOf(year + 1) <= t)
    year += 1
  const month = months.findLastIndex((_, m) => timeOf(year, m) <= t)
  return `${months[month]!} ${year}`
}

/** Years drawn at one width. */
export interface Stretch {
  /** first year, and the year after the last */
  readonly from: number
  readonly to: number
  /** how wide a year is, against the other stretches */
  readonly wide: number
}

export interface Axis {
  /** 0 to 1 along the line; times outside are taken for its ends */
  place: (t: number) => number
  /** virtual ms on a thousandth of the line at this time */
  slope: (t: number) => number
}

/** A line on which some years are wider than others. @param stretches in order, without gaps */
export function axisOf(stretches: readonly Stretch[]): Axis {
  const all = stretches.reduce((sum, s) => sum + (s.to - s.from) * s.wide, 0)
  let sum = 0
  const parts = stretches.map((s) => {
    const part = { begin: timeOf(s.from), end: timeOf(s.to), at: sum / all, share: (s.to - s.from) * s.wide / all }
    sum += (s.to - s.from) * s.wide
    return part
  })
  const partAt = (t: number) => parts.findLast(p => p.begin <= t) ?? parts[0]!
  return {
    place(t) {
      const { begin, end, at, share } = partAt(t)
      return at + share * Math.min(1, Math.max(0, (t - begin) / (end - begin)))
    },
    slope(t) {
      const { begin, end, share } = partAt(t)
      return (end - begin) / share / 1000
    },
  }
}
