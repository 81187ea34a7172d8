// Cases of delays that double: each table is one run, whose rows are moments in order.
import { backoffDelay, inBackoff, newBackoff, nextBackoff } from '../../../cluster/controllers/backoff.ts'
import { equal, table } from '../run.ts'

const SECOND = 1000
const MAX = 10 * SECOND

let backoff = newBackoff(SECOND, MAX)
let last = -1

/** Once a second the caller looks, and starts anew where no delay holds it back. */
function look(second: number) {
  const held = inBackoff(backoff, 'it', second * SECOND)
  const value = backoffDelay(backoff, 'it') / SECOND
  if (!held)
    nextBackoff(backoff, 'it', second * SECOND)
  last = second
  return { held, value }
}

/** The delays that a run with the longest of 50 s shows, second by second. */
function slowRun(): number[] {
  const run = newBackoff(SECOND, 50 * SECOND)
  return Array.from({ length: 20 }, (_, i) => {
    const delay = backoffDelay(run, 'it') / SECOND
    nextBackoff(run, 'it', (i + 1) * SECOND)
    return delay
  })
}
let place = 0

export const tables = {
  // a row that lies before the last one begins the run anew; rows may be missing where the caller looks every second, a longer rest than twice the maximum is a rest
  isInBackOff: table<{ tick: number, inBackOff: boolean, value: number }>('tick inBackOff value', ({ tick, inBackOff, value }) => {
    if (tick <= last) {
      backoff = newBackoff(SECOND, MAX)
      last = -1
    }
    if ((tick - last) * SECOND <= 2 * MAX) {
      while (last < tick - 1)
        look(last + 1)
    }
    const seen = look(tick)
    equal(seen.held, inBackOff)
    if (inBackOff)
      equal(seen.value, value)
  }),
  // rows come in the run's order, some may be missing
  slow: table<{ delay: number }>('delay', ({ delay }) => {
    const run = slowRun()
    const next = run.indexOf(delay, place)
    place = next < 0 ? run.indexOf(delay) + 1 : next + 1
    equal(place > 0, true, `${delay} in ${run.join()}`)
  }),
}
