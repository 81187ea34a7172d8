// A strip of requests: of those that were over in each stretch of time, the share that was answered, and when some were lost.

/** What was over in a second of the cluster's time. */
export interface Counted { readonly at: number, readonly served: number, readonly lost: number }

/** Times in which requests were lost, one after another: px from the left. */
export interface Loss { readonly x: number, readonly width: number }

export interface Strip {
  /** a path of the share that was answered, in a box of `width` × `height`, 0 at the top left */
  readonly served: string
  readonly losses: readonly Loss[]
  /** where what is known ends */
  readonly end: number
}

/** the smallest share of the height that is missing where losses last: one of many is still to be seen */
const LEAST = 0.2
/** px: a single lost request is as wide */
const MARK = 4

const round = (n: number) => Math.round(n * 100) / 100

/**
 * @param seconds in order
 * @param from the strip's first second
 * @param to the second after its last
 * @param width px
 * @param height px
 * @param narrowest the narrowest stretch that is drawn, px
 */
export function strip(seconds: readonly Counted[], from: number, to: number, width: number, height: number, narrowest = 3): Strip {
  const span = Math.max(1, to - from)
  const each = Math.max(1, Math.ceil(span * narrowest / width))
  const bins: { served: number, lost: number }[] = []
  for (const { at, served, lost } of seconds) {
    if (at < from || at >= to)
      continue
    const bin = bins[Math.floor((at - from) / each)] ??= { served: 0, lost: 0 }
    bin.served += served
    bin.lost += lost
  }
  const x = (i: number) => round(Math.min(width, i * each * width / span))
  let good = ''
  let end = 0
  const losses: { x: number, width: number }[] = []
  let last = -2
  for (let i = 0; i < bins.length; i++) {
    const { served, lost } = bins[i] ?? { served: 0, lost: 0 }
    if (!served && !lost)
      continue
    // a single stretch has its mark alone: a notch so narrow looks like a fault
    const lasts = !served || !!bins[i - 1]?.lost || !!bins[i + 1]?.lost
    const level = round(lost && lasts ? Math.max(height * LEAST, height * lost / (served + lost)) : 0)
    end = x(i + 1)
    if (served)
      good += `M${x(i)} ${height}V${level}H${end}V${height}Z`
    if (!lost)
      continue
    if (last !== i - 1)
      losses.push({ x: x(i), width: 0 })
    const loss = losses.at(-1)!
    loss.width = Math.max(MARK, round(end - loss.x))
    last = i
  }
  return { served: good, losses, end }
}
