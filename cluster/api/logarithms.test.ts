import { expect, it } from 'vitest'
import { log2Floor, naturalLog } from './logarithms.ts'

it('the greatest power of two in a number is exact, next to each power as well', () => {
  for (let power = 0; power < 53; power++) {
    expect([log2Floor(2 ** power), log2Floor(2 ** (power + 1) - 1)]).toEqual([power, power])
    expect(log2Floor(2 ** power + 2 ** (power - 1))).toBe(power)
  }
})

it('the natural logarithm is that of Math, up to the last two places', () => {
  for (let n = 1; n < 20_000; n++)
    expect(Math.abs(naturalLog(n) - Math.log(n))).toBeLessThanOrEqual(Number.EPSILON * 2 * Math.log(n))
  for (const n of [65_536, 1e6, 2 ** 31])
    expect(Math.abs(naturalLog(n) - Math.log(n))).toBeLessThanOrEqual(Number.EPSILON * 2 * Math.log(n))
})
