import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashValue } from './hash.ts'
import { copy } from './state.ts'

const plain = fc.letrec(again => ({
  value: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), fc.array(again('value')), fc.dictionary(fc.string().filter(key => key !== '__proto__'), again('value'), { noNullPrototype: true })),
})).value
const frozen = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null)
    Object.values(Object.freeze(value) as object).forEach(frozen)
  return value
}

it('plain data have one number, copied or frozen, asked once or twice', () => {
  fc.assert(fc.property(plain, (value) => {
    const number = hashValue(value)
    expect([hashValue(copy(value)), hashValue(value)]).toEqual([number, number])
    const still = frozen(copy(value))
    expect([hashValue(still), hashValue(still), hashValue([still])]).toEqual([number, number, hashValue([value])])
  }), { seed: 1 })
})

it('data that differ have other numbers', () => {
  const seen = new Map<number, string>()
  fc.assert(fc.property(plain, (value) => {
    const text = JSON.stringify(value, (_, each: unknown) => Object.is(each, -0) ? '-0' : each)
    const number = hashValue(value)
    expect(seen.get(number) ?? text).toBe(text)
    seen.set(number, text)
  }), { seed: 2, numRuns: 5000 })
})

it('where things lie counts: the same letters in other places are something else', () => {
  const all = [{ a: { b: 1 } }, { a: {}, b: 1 }, [[1], 2], [1, [2]], ['ab', 'c'], ['a', 'bc'], { ab: 'c' }, { a: 'bc' }, [], {}, '', 0, null, true, false, new Map([['a', 1]]), { a: 1 }, new Set(['a', 1]), ['a', 1], [1.5, 2], [1, 2.5], new Uint8Array([1, 2]), [1, 2]]
  expect(new Set(all.map(hashValue)).size).toBe(all.length)
})
