import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sorted } from './sorting.ts'

it('sorts as the language does where a comparison is one, and leaves what is alike as it was', () => {
  fc.assert(fc.property(fc.array(fc.record({ key: fc.nat(9), no: fc.nat() })), (items) => {
    const before = [...items]
    expect(sorted(items, (a, b) => a.key - b.key)).toEqual(items.toSorted((a, b) => a.key - b.key))
    expect(items).toEqual(before)
  }), { seed: 1 })
})

it('a comparison that runs in circles has an order too: that of merging pairs', () => {
  const beats: Readonly<Record<string, string>> = { rock: 'scissors', scissors: 'paper', paper: 'rock' }
  const compare = (a: string, b: string) => beats[a] === b ? -1 : beats[b] === a ? 1 : 0
  expect(sorted(['rock', 'paper', 'scissors'], compare)).toEqual(['scissors', 'paper', 'rock'])
  expect(sorted(['scissors', 'rock', 'paper', 'rock'], compare)).toEqual(['paper', 'rock', 'rock', 'scissors'])
})
