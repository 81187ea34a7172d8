// The order of values of fields, as `--sort-by` sets it. upstream: kubectl get/sorter.go
import { compareQuantities, parseQuantity } from '../api/quantity.ts'

const QUANTITY = /^[+-]?[\d.]+(?:[eE][+-]?\d+|[numkKMGTPE]i?)?$/

/** Numbers and amounts by size, texts in an order that counts the numbers in them, what is missing first. */
export function compareBy(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined)
    return a === b ? 0 : a === undefined ? -1 : 1
  if (typeof a === 'number' && typeof b === 'number')
    return a - b
  const [x, y] = [String(a), String(b)]
  if (QUANTITY.test(x) && QUANTITY.test(y)) {
    try {
      return compareQuantities(parseQuantity(x), parseQuantity(y))
    }
    catch {
      // texts that look like amounts
    }
  }
  return natural(x, y)
}

/** upstream: sortorder.NaturalLess */
function natural(a: string, b: string): number {
  const [x, y] = [a, b].map(text => [...text.match(/\d+|\D+/g) ?? []]) as [string[], string[]]
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const [p, q] = [x[i], y[i]]
    if (p === undefined || q === undefined)
      return p === undefined ? -1 : 1
    if (p === q)
      continue
    if (/^\d/.test(p) && /^\d/.test(q)) {
      const difference = Number(p) - Number(q)
      if (difference)
        return difference
    }
    return p < q ? -1 : 1
  }
  return 0
}
