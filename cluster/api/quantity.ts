// Amounts such as 500m, 1.5Gi and 1e3: exact values and their canonical text. upstream: apimachinery api/resource
export { byteValue, milliValue } from './amounts.ts'

export type Format = 'DecimalSI' | 'BinarySI' | 'DecimalExponent'

/** The exact value n × 10^e, and how it is written. */
export interface Quantity {
  readonly n: bigint
  readonly e: number
  readonly format: Format
}

/** Powers of ten that a quantity can be rounded to. */
export const NANO = -9
export const MILLI = -3

const INT64_MAX = 2n ** 63n - 1n
const fits = (value: bigint) => value <= INT64_MAX && value >= -INT64_MAX - 1n
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const WRONG = 'quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\''

const pow10 = (e: number) => 10n ** BigInt(e)
const abs = (n: bigint) => n < 0n ? -n : n

/** n ÷ divisor, away from zero. */
const divideUp = (n: bigint, divisor: bigint) => n / divisor + (n % divisor === 0n ? 0n : n < 0n ? -1n : 1n)

/** The parts of a quantity's text. @throws SyntaxError upstream: resource.parseQuantityString */
export function splitQuantity(text: string): { positive: boolean, value: string, num: string, denom: string, suffix: string } {
  const m = /^([+-]?)(\d*)(?:\.(\d*))?((?:[eEinumkKMGTP]+[+-]?|[+-])\d*)?$/.exec(text)
  if (!m)
    throw new SyntaxError(WRONG)
  const [, sign, digits, denom = '', suffix = ''] = m
  const num = digits!.replace(/^0+/, '') || '0'
  const value = text.slice(0, text.length - suffix.length)
  return { positive: sign !== '-', value: value === sign! + digits! && num === '0' ? num : value, num, denom, suffix }
}

/** An exact quantity. Below 1n it is rounded up to 1n; above 2^63 − 1 a binary one is capped. @throws SyntaxError with the API server's words. upstream: resource.ParseQuantity */
export function parseQuantity(text: string): Quantity {
  if (text === '')
    throw new SyntaxError(WRONG)
  const { positive, num, denom, suffix } = splitQuantity(text)
  let n = BigInt(num + denom)
  let e = -denom.length
  let format: Format = 'DecimalSI'
  const binary = BINARY.indexOf(suffix)
  if (suffix in DECIMAL) {
    e += DECIMAL[suffix]!
  }
  else if (binary > 0) {
    n <<= BigInt(10 * binary)
    format = 'BinarySI'
  }
  else if (/^e[+-]?\d+$/i.test(suffix)) {
    e += Number(suffix.slice(1)) | 0
    format = 'DecimalExponent'
  }
  else {
    throw new SyntaxError('unable to parse quantity\'s suffix')
  }
  if (n !== 0n && e < NANO) {
    n = e < -4000 ? 1n : divideUp(n, pow10(NANO - e))
    e = NANO
  }
  if (format === 'BinarySI') {
    const one = pow10(-e)
    if (n > INT64_MAX * one) {
      n = INT64_MAX
      e = 0
    }
    if (n > 0n && n < one)
      format = 'DecimalSI'
  }
  return { n: positive ? n : -n, e: n === 0n ? 0 : e, format }
}

/** A whole number as a quantity. */
export const quantityOf = (value: number | bigint, format: Format = 'DecimalSI', e = 0): Quantity => ({ n: BigInt(value), e, format })

/** Without zeros at the end of n. */
function trim({ n, e, format }: Quantity): Quantity {
  if (n === 0n)
    return { n, e: 0, format }
  while (n % 10n === 0n) {
    n /= 10n
    e++
  }
  return { n, e, format }
}

/** The canonical text: no precision lost, no fraction, the largest suffix. upstream: Quantity.CanonicalizeBytes */
export function formatQuantity(quantity: Quantity): string {
  let { n, e, format } = trim(quantity)
  if (n === 0n)
    return '0'
  if (format === 'BinarySI' && e >= 0) {
    let amount = n * pow10(e)
    if (abs(amount) >= 1024n) {
      let power = 0
      while (amount % 1024n === 0n) {
        amount /= 1024n
        power++
      }
      return `${amount}${BINARY[power] ?? ''}`
    }
  }
  const over = ((e % 3) + 3) % 3
  n *= pow10(over)
  e -= over
  if (format === 'DecimalExponent')
    return `${n}${e ? `e${e}` : ''}`
  return `${n}${Object.keys(DECIMAL).find(suffix => DECIMAL[suffix] === e) ?? ''}`
}

/** −1, 0 or 1. upstream: Quantity.Cmp */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  const sign = (q: Quantity) => q.n < 0n ? -1 : q.n > 0n ? 1 : 0
  if (sign(a) !== sign(b))
    return sign(a) < sign(b) ? -1 : 1
  const x = trim(a)
  const y = trim(b)
  // numbers of different lengths need no common power of ten, however far apart they are
  const size = (q: Quantity) => abs(q.n).toString().length + q.e
  if (x.n !== 0n && size(x) !== size(y))
    return (size(x) < size(y)) === (x.n > 0n) ? -1 : 1
  const e = Math.min(x.e, y.e)
  const left = x.n * pow10(x.e - e)
  const right = y.n * pow10(y.e - e)
  return left < right ? -1 : left > right ? 1 : 0
}

/** a + b, written as a is (as b is, where a is zero). upstream: Quantity.Add */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const e = Math.min(a.e, b.e)
  return { n: a.n * pow10(a.e - e) + b.n * pow10(b.e - e), e, format: a.n === 0n ? b.format : a.format }
}

export const negateQuantity = (q: Quantity): Quantity => ({ ...q, n: -q.n })

/** a − b. upstream: Quantity.Sub */
export const subtractQuantities = (a: Quantity, b: Quantity): Quantity => addQuantities(a, negateQuantity(b))

/** a × b; `exact` says whether it stayed within 64 bits. upstream: Quantity.Mul */
export function multiplyQuantity(a: Quantity, b: bigint): { quantity: Quantity, exact: boolean } {
  const n = a.n * b
  return { quantity: { ...a, n }, exact: fits(n) }
}

/** Rounded away from zero to a power of ten; `exact` where nothing was lost. upstream: Quantity.RoundUp */
export function roundUpQuantity(q: Quantity, scale: number): { quantity: Quantity, exact: boolean } {
  if (q.e >= scale)
    return { quantity: q, exact: true }
  const divisor = pow10(scale - q.e)
  return { quantity: { ...q, n: divideUp(q.n, divisor), e: scale }, exact: q.n % divisor === 0n }
}

/** How many 10^scale it is, rounded away from zero. upstream: Quantity.ScaledValue */
export function scaledValue(q: Quantity, scale: number): bigint {
  const { n, e } = roundUpQuantity(q, scale).quantity
  return n * pow10(e - scale)
}

/** As a floating-point number: digits times power of ten, each rounded. upstream: Quantity.AsApproximateFloat64 */
export const quantityToFloat = ({ n, e }: Quantity): number => e ? Number(n) * Number(`1e${e}`) : Number(n)
