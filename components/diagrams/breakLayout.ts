// Where things stand in the picture of what breaks: per machine a column, with what is above and what Kubernetes believes below.

/** px of the drawing. */
export interface Rect { readonly x: number, readonly y: number, readonly width: number, readonly height: number }

export interface BreakLayout {
  readonly width: number
  readonly height: number
  /** left of the columns, for what each row is called; 0 on paper */
  readonly gutter: number
  /** by machine */
  readonly columns: readonly { readonly x: number, readonly width: number }[]
  /** the row of what is: where boxes stand, and the hull below them */
  readonly boxes: { readonly y: number, readonly height: number }
  readonly hull: { readonly y: number, readonly height: number }
  /** the row of what is believed */
  readonly card: { readonly y: number, readonly height: number, readonly line: number }
}

/** @param still on paper: side by side with others, so that only what is needed has room */
export function breakLayout(machines: number, still: boolean, width: number): BreakLayout {
  const gutter = still ? 0 : 146
  const gap = still ? 8 : 14
  const each = (width - gutter - gap * (machines - 1)) / Math.max(1, machines)
  const columns = Array.from({ length: machines }, (_, i) => ({ x: gutter + i * (each + gap), width: each }))
  return still
    ? { width, height: 108, gutter, columns, boxes: { y: 0, height: 30 }, hull: { y: 30, height: 22 }, card: { y: 58, height: 50, line: 16 } }
    : { width, height: 204, gutter, columns, boxes: { y: 2, height: 50 }, hull: { y: 52, height: 34 }, card: { y: 106, height: 98, line: 22 } }
}

/**
 * Boxes side by side, in two rows where one would make them too narrow.
 * @param count how many places there are, taken or not
 * @param narrowest px
 */
export function places(count: number, { x, y, width, height }: Rect, narrowest: number, widest: number): Rect[] {
  const rows = count * narrowest > width && count > 1 ? 2 : 1
  const perRow = Math.max(2, Math.ceil(count / rows))
  const each = Math.min(widest, width / perRow)
  const left = x + (width - each * perRow) / 2
  return Array.from({ length: count }, (_, i) => ({
    x: left + (i % perRow) * each,
    y: y + (rows - 1 - Math.floor(i / perRow)) * height / rows,
    width: each - 2,
    height: height / rows - (rows > 1 ? 1 : 0),
  }))
}
