// Amounts such as 500m, 1.5Gi and 1e3 as plain numbers, all that the cluster itself reckons with: right to the last digit below 2^53, in binary units with up to three decimals. Exact ones and their texts: quantity.ts.

const POWERS: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const BINARY = 'KMGTPE'

/** How many 10^−`digits` it is, not rounded. @throws SyntaxError. upstream: Quantity.AsApproximateFloat64 */
export function amountOf(text: string, digits = 0): number {
  const [, number, exponent, decimal, binary] = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:[eE]([+-]?\d+)|([numkMGTPE])|([KMGTPE])i)?$/.exec(text) ?? []
  if (number === undefined)
    throw new SyntaxError(`${JSON.stringify(text)} is no quantity`)
  // an engine reads powers of ten exactly, where a product would not be
  return Number(`${number}e${digits + Number(exponent ?? POWERS[decimal!] ?? 0)}`) * (binary ? 1024 ** (BINARY.indexOf(binary) + 1) : 1)
}

/** Numbers of the texts seen so far; a cluster knows few. */
function reader(digits: number) {
  const known = new Map<string, number>()
  return (text: string | number | undefined): number => {
    if (text === undefined)
      return 0
    const key = String(text)
    let value = known.get(key)
    if (value === undefined) {
      const exact = amountOf(key, digits)
      // + 0: no zero below zero
      known.set(key, value = (exact < 0 ? Math.floor(exact) : Math.ceil(exact)) + 0)
    }
    return value
  }
}

/** Thousandths, rounded away from zero: millicores of a CPU quantity. 0 where there is none. @throws SyntaxError. upstream: Quantity.MilliValue */
export const milliValue = /* @__PURE__ */ reader(3)

/** Whole units, rounded away from zero: bytes of a memory quantity, a count of Pods. 0 where there is none. @throws SyntaxError. upstream: Quantity.Value */
export const byteValue = /* @__PURE__ */ reader(0)

/** Thousandths as a text in canonical form: 1500 is 1500m, 2000 is 2. */
export function milliText(value: number): string {
  let step = 0
  for (; value && value % 1000 === 0 && step < 7; step++)
    value /= 1000
  return `${value}${value ? ['m', '', 'k', 'M', 'G', 'T', 'P', 'E'][step] : ''}`
}
