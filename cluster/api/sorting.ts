// A sort for comparisons that run in circles (a before b before c before a), as one of upstream's does: `sort` of the language then gives another order in each
// browser, and in one browser before and after its compiler has become warm.

/**
 * The items in order, those that are alike as they were; the same everywhere, whatever `compare` says. A merge sort, from single items up.
 * @param compare below 0: the first comes before the second
 */
export function sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): T[] {
  let from = [...items]
  for (let width = 1; width < from.length; width *= 2) {
    const to: T[] = []
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length)
      const end = Math.min(middle + width, from.length)
      let [a, b] = [start, middle]
      while (a < middle || b < end)
        to.push(a < middle && (b === end || compare(from[a]!, from[b]!) <= 0) ? from[a++]! : from[b++]!)
    }
    from = to
  }
  return from
}
