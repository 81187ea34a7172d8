// How much is asked of a Service, as a function of time.

/** A corner of the curve; between corners the rate goes straight, after the last it stays. */
export interface Point {
  /** virtual ms */
  readonly at: number
  /** requests a second */
  readonly rps: number
}

/** Who asks, and how often. Plain data. */
export interface Traffic {
  readonly name: string
  readonly namespace: string
  readonly service: string
  /** of the Service; its first where absent */
  readonly port?: number
  /** in the order of their times */
  readonly points: readonly Point[]
  /** how long an answer is waited for, ms */
  readonly timeout: number
}

/** Requests a second at a time; 0 before the first point. @param at virtual ms */
export function rateAt(points: readonly Point[], at: number): number {
  let before: Point | undefined
  for (let i = 0; i < points.length; i++) {
    const point = points[i]!
    if (point.at > at)
      return before ? before.rps + (point.rps - before.rps) * (at - before.at) / (point.at - before.at) : 0
    before = point
  }
  return before?.rps ?? 0
}

/**
 * When the next request comes: when the rate, added up since the last, makes one. Infinity: never.
 * @param from virtual ms of the last one; need not be whole
 */
export function nextArrival(points: readonly Point[], from: number): number {
  const last = points.at(-1)
  // most often the rate stays as it is
  if (last && last.at <= from)
    return last.rps > 0 ? from + 1000 / last.rps : Infinity
  let at = from
  let left = 1000
  for (let i = 0; i <= points.length; i++) {
    const next = points[i]
    if (next && next.at <= at)
      continue
    const rate = rateAt(points, at)
    const until = next?.at ?? Infinity
    // the rate at the end of this piece, from the left
    const end = !next || i === 0 ? rate : next.rps
    const slope = until === Infinity ? 0 : (end - rate) / (until - at)
    const area = until === Infinity ? (rate > 0 ? Infinity : 0) : (rate + end) / 2 * (until - at)
    if (area >= left) {
      // slope / 2 · t² + rate · t = left
      const root = Math.sqrt(rate * rate + 2 * slope * left)
      return at + 2 * left / (rate + root)
    }
    left -= area
    at = until
  }
  return Infinity
}
