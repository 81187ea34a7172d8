// Logarithms that are the same to the last bit everywhere: those of `Math` may differ from browser to browser, and with how warm its compiler is.

/** The greatest power of two in a number: its logarithm to the base of 2, rounded down. @param n 1 to 2^64; parts of a whole are left out */
export function log2Floor(n: number): number {
  const high = Math.floor(n / 0x1_0000_0000)
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(n)
}

/** The natural logarithm, within 2 units of the last place of what `Math.log` gives. @param n 1 to 2^31 */
export function naturalLog(n: number): number {
  const power = log2Floor(n * Math.SQRT2)
  // what is left is between the root of a half and of two; 2 artanh((m - 1) / (m + 1)) as a series
  const m = n / 2 ** power
  const s = (m - 1) / (m + 1)
  const square = s * s
  let sum = 0
  for (let i = 25; i >= 1; i -= 2)
    sum = sum * square + 2 / i
  return power * Math.LN2 + s * sum
}
