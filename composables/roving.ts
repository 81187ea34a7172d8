// Which of many boxes an arrow key goes to: on in their order, or to the nearest in the row above or below.

/** The middle of a box: px. */
export interface Spot { readonly x: number, readonly y: number }

/** px: boxes whose middles lie no farther apart stand in one row */
const ROW = 12
/** how much farther a row counts than a place in it */
const APART = 4

/**
 * @param from the box that has the focus
 * @param spots where all of them stand, in their order
 * @returns the box that the key goes to; `from` where there is none on that side; undefined where the key is none of these
 */
export function goTo(key: string, from: number, spots: readonly Spot[]): number | undefined {
  const last = spots.length - 1
  if (key === 'Home')
    return 0
  if (key === 'End')
    return last
  if (key === 'ArrowRight')
    return Math.min(last, from + 1)
  if (key === 'ArrowLeft')
    return Math.max(0, from - 1)
  if (key !== 'ArrowUp' && key !== 'ArrowDown')
    return undefined
  const side = key === 'ArrowDown' ? 1 : -1
  const here = spots[from]!
  const far = ({ x, y }: Spot) => Math.abs(y - here.y) * APART + Math.abs(x - here.x)
  const there = spots.map((spot, i) => ({ spot, i })).filter(({ spot }) => (spot.y - here.y) * side > ROW)
  return there.sort((a, b) => far(a.spot) - far(b.spot))[0]?.i ?? from
}
