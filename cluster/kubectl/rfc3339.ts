// A time as people write it, with any zone. upstream: kubectl util.ParseRFC3339, Go's time.Parse
import { parseStamp, stamp } from '../timeline/clock.ts'
import { Failure } from './errors.ts'

const LAYOUT = '2006-01-02T15:04:05Z07:00'
/** What a time consists of: how Go's layout writes it, what may stand there, and its least and greatest. */
const PARTS: readonly (readonly [element: string, fits: RegExp, range?: readonly [what: string, least: number, greatest: number]])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/, ['month', 1, 12]],
  ['-', /^-/],
  ['02', /^\d\d/, ['day', 1, 31]],
  ['T', /^T/],
  ['15', /^\d\d/, ['hour', 0, 23]],
  [':', /^:/],
  ['04', /^\d\d/, ['minute', 0, 59]],
  [':', /^:/],
  ['05', /^\d\d(?:[.,]\d+)?/, ['second', 0, 59]],
  ['Z07:00', /^(?:Z|[+-]\d\d:\d\d)/],
]

/** ms since the cluster's beginning. @throws Failure in Go's words */
export function timeOf(text: string): number {
  const cannot = (why: string) => new Failure(`parsing time ${JSON.stringify(text)}${why}`)
  let rest = text
  for (const [element, fits, range] of PARTS) {
    const [found] = fits.exec(rest) ?? []
    if (found === undefined)
      throw cannot(` as "${LAYOUT}": cannot parse ${JSON.stringify(rest)} as "${element}"`)
    if (range && !(Math.floor(Number(found.replace(',', '.'))) >= range[1] && Math.floor(Number(found.replace(',', '.'))) <= range[2]))
      throw cannot(`: ${range[0]} out of range`)
    rest = rest.slice(found.length)
  }
  if (rest)
    throw cannot(`: extra text: ${JSON.stringify(rest)}`)
  const [, wall = '', sign, hours, minutes] = /^(.*?)(?:Z|([+-])(\d\d):(\d\d))$/.exec(text.replace(',', '.')) ?? []
  const at = parseStamp(`${wall}Z`)
  // a day that its month has not becomes one of the next
  if (stamp(at).slice(0, 10) !== wall.slice(0, 10))
    throw cannot(': day out of range')
  return at - Number(`${sign ?? '+'}1`) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
}
