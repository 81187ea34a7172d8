// A number or a percentage, as maxSurge and targetPort may be. upstream: apimachinery util/intstr

import { int64 } from './labels.ts'

export type IntOrString = number | string

/** A decimal integer with an optional sign, as Go's Atoi reads it. */
const INTEGER = /^[+-]?\d+$/

/** A whole number where the text is one that fits 32 bits, else the text. upstream: intstr.Parse */
export function parseIntOrString(text: string): IntOrString {
  // −0 is 0
  const value = INTEGER.test(text) ? Number(text) + 0 : Number.NaN
  return value >= -0x8000_0000 && value <= 0x7FFF_FFFF ? value : text
}

/** The number in it and whether it is per cent. @throws SyntaxError on a text that is no percentage. upstream: intstr.getIntOrPercentValueSafely */
export function intOrPercent(value: IntOrString): { value: number, percent: boolean } {
  if (typeof value === 'number')
    return { value, percent: false }
  if (!value.endsWith('%'))
    throw new SyntaxError('invalid type: string is not a percentage')
  const digits = value.slice(0, -1)
  if (!INTEGER.test(digits))
    throw new SyntaxError(`invalid value ${JSON.stringify(value)}: strconv.Atoi: parsing ${JSON.stringify(digits)}: invalid syntax`)
  if (int64(digits) === undefined)
    throw new SyntaxError(`invalid value ${JSON.stringify(value)}: strconv.Atoi: parsing ${JSON.stringify(digits)}: value out of range`)
  return { value: Number(digits) + 0, percent: true }
}

/** The number itself, or that percentage of the total, rounded up or down. @throws SyntaxError where it is neither. upstream: intstr.GetScaledValueFromIntOrPercent */
export function scaledIntOrPercent(given: IntOrString | undefined, total: number, roundUp: boolean): number {
  if (given === undefined)
    throw new SyntaxError('nil value for IntOrString')
  const { value, percent } = intOrPercent(given)
  return percent ? (roundUp ? Math.ceil : Math.floor)(value * total / 100) : value
}
