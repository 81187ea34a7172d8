// Amounts as plain numbers say what exact quantities say.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountOf, byteValue, milliText, milliValue } from './amounts.ts'
import { MILLI, formatQuantity, parseQuantity, quantityOf, quantityToFloat, scaledValue } from './quantity.ts'

const number = (digits: number) => fc.tuple(fc.constantFrom('', '-', '+'), fc.nat(99_999), fc.option(fc.nat(10 ** digits - 1), { nil: undefined })).map(([sign, whole, part]) => `${sign}${whole}${part === undefined ? '' : `.${part}`}`)
const ending = (digits: number, ...suffixes: string[]) => fc.tuple(number(digits), fc.constantFrom(...suffixes)).map(parts => parts.join(''))
const texts = fc.oneof(ending(6, '', 'm', 'k', 'M', 'G', 'e2', 'E3', 'e-1'), ending(3, 'Ki', 'Mi', 'Gi'))

describe('an amount', () => {
  it('is what the exact quantity is, rounded away from zero', () => {
    fc.assert(fc.property(texts, (text) => {
      const exact = parseQuantity(text)
      // beyond 2^53 plain numbers have no thousandths
      fc.pre(Number.isSafeInteger(Number(scaledValue(exact, MILLI))))
      expect([milliValue(text), byteValue(text)]).toEqual([MILLI, 0].map(scale => Number(scaledValue(exact, scale))))
      // digits times power of ten is rounded twice
      const float = quantityToFloat(exact)
      expect(Math.abs(amountOf(text) - float)).toBeLessThanOrEqual(Math.abs(float) * 2 * Number.EPSILON)
    }), { numRuns: 1000 })
    expect(['1.1', '0.57', '2.3', '1n', '.5', '5.'].map(milliValue)).toEqual([1100, 570, 2300, 1, 500, 5000])
    expect([undefined, 3, '0.1Gi'].map(byteValue)).toEqual([0, 3, 107_374_183])
  })

  it('has the text that the exact quantity has', () => {
    fc.assert(fc.property(fc.nat(), fc.constantFrom(1, 1000, 1_000_000), (n, times) => {
      expect(milliText(n * times)).toBe(formatQuantity(quantityOf(n * times, 'DecimalSI', MILLI)))
    }))
    expect(milliText(0)).toBe('0')
  })

  it('is refused where it is none', () => {
    for (const text of ['', 'x', '1K', '1mi', '1.2.3', '1e', '--1', '1 '])
      expect(() => milliValue(text)).toThrow(SyntaxError)
  })
})
