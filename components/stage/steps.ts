// Lines that go in steps over a time that scrolls, and their labels at the end: none on another. Canvas px.

/** A value that holds from a time on. */
export interface Point { readonly at: number, readonly value: number }

export interface Axis {
  readonly x: (at: number) => number
  readonly y: (value: number) => number
  /** the time at the left end, and the shown present */
  readonly from: number
  readonly now: number
}

/**
 * An axis on which time begins at 0 at the left end, and scrolls once it has filled the width.
 * @param room px: `left` to `right`, `top` (the largest value) to `bottom` (nothing)
 * @param span how much time fills the width
 */
export function axis(room: { left: number, right: number, top: number, bottom: number }, span: number, now: number, most: number): Axis {
  const from = Math.max(0, now - span)
  return {
    from,
    now,
    x: at => room.left + (room.right - room.left) * (at - from) / span,
    y: value => room.bottom - (room.bottom - room.top) * value / most,
  }
}

/** The value at a time; 0 before the first point. */
export const valueAt = (points: readonly Point[], at: number): number => points.findLast(point => point.at <= at)?.value ?? 0

/** @returns an SVG path from the left end up to the present; empty where nothing is known yet. @param shift px down: lines of one value lie side by side */
export function stepPath(points: readonly Point[], { x, y, from, now }: Axis, shift = 0): string {
  const first = points[0]
  if (!first || first.at > now)
    return ''
  let path = `M${x(Math.max(from, first.at))} ${y(first.at > from ? first.value : valueAt(points, from)) + shift}`
  for (const { at, value } of points) {
    if (at > from && at <= now && at > first.at)
      path += `H${x(at)}V${y(value) + shift}`
  }
  return `${path}H${x(now)}`
}

/** @returns such a path where there is something: it rises from nothing, and ends where nothing is left; one that was there at the beginning does not rise */
export function risenPath(points: readonly Point[], { x, y, from, now }: Axis, shift = 0): string {
  let path = ''
  let up = false
  for (const [i, { at, value }] of points.entries()) {
    const until = Math.min(now, points[i + 1]?.at ?? now)
    if (at > now || until < from)
      continue
    if (value) {
      const start = up ? '' : `M${x(Math.max(at, from))} `
      path += `${start}${up ? 'V' : i && at > from ? `${y(0)}V` : ''}${y(value) + shift}H${x(until)}`
    }
    else if (up) {
      path += `V${y(0)}`
    }
    up = value > 0
  }
  return path
}

/** @returns the closed outline between two such lines, up to `until` */
export function bandPath(low: readonly Point[], high: readonly Point[], { x, y, from }: Axis, until: number): string {
  const corners = (points: readonly Point[]): [number, number][] => {
    const inside = points.filter(({ at }) => at > from && at <= until)
    let value = valueAt(points, from)
    const list: [number, number][] = [[x(from), y(value)]]
    for (const point of inside) {
      list.push([x(point.at), y(value)], [x(point.at), y(value = point.value)])
    }
    return [...list, [x(until), y(value)]]
  }
  return `M${[...corners(high), ...corners(low).reverse()].map(corner => corner.join(' ')).join('L')}Z`
}

/**
 * Moves labels apart that would touch, each as little as may be.
 * @param wanted where each would like to stand (px), in any order
 * @param gap px that two must lie apart
 * @returns where each stands, in the same order, none outside `top` to `bottom` as long as there is room
 */
export function spread(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y || a.i - b.i)
  let edge = top
  for (const label of order) {
    label.y = Math.max(label.y, edge)
    edge = label.y + gap
  }
  edge = bottom
  for (const label of order.toReversed()) {
    label.y = Math.min(label.y, edge)
    edge = label.y - gap
  }
  const places: number[] = []
  for (const { y, i } of order)
    places[i] = y
  return places
}

/**
 * The same beside lines that must stay in sight: no label's middle comes nearer to one than `clear`, and together they stand as near as may be to where they would.
 * Where there is no such room, they are only moved apart.
 * @param lines heights (px) of the lines
 */
export function spreadClear(wanted: readonly number[], gap: number, top: number, bottom: number, lines: readonly number[], clear: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y || a.i - b.i)
  const heights = Array.from({ length: Math.max(0, Math.floor(bottom - top) + 1) }, (_, n) => top + n)
  const free = heights.map(y => lines.every(line => Math.abs(line - y) >= clear))
  const step = Math.ceil(gap)
  // for each label, from above: the least cost of standing at a height or higher, and which height that was
  let best = heights.map(() => ({ cost: 0, at: -1 }))
  const chosen: typeof best[] = []
  for (const [n, { y }] of order.entries()) {
    let least = { cost: Infinity, at: -1 }
    const before = best
    best = heights.map((height, k) => {
      const cost = free[k] ? (n ? before[k - step]?.cost ?? Infinity : 0) + (height - y) ** 2 : Infinity
      if (cost < least.cost)
        least = { cost, at: k }
      return least
    })
    chosen.push(best)
  }
  const places: number[] = []
  let k = heights.length - 1
  for (let n = order.length - 1; n >= 0; n--) {
    const at = chosen[n]![k]?.at ?? -1
    if (at < 0)
      return spread(wanted, gap, top, bottom)
    places[order[n]!.i] = heights[at]!
    k = at - step
  }
  return places
}
