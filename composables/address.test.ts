// An address carries a run and a time, once.
import type { Run } from '../cluster/run.ts'
import { describe, expect, it } from 'vitest'
import { addressOf, carried, readCarried, withoutRun } from './address.ts'

const run: Run = { scenario: 'toy', seed: 7, interventions: [{ at: 100, op: 'push', to: 3 }, { at: 200, op: 'pull' }] }

/** what a router would make of an address */
const query = (address: string) => Object.fromEntries(new URLSearchParams(address.split('?')[1]))

describe('an address', () => {
  it('brings back the run and the time, and leaves the clicks to the deck', () => {
    const address = addressOf('https://example.org/a/b/long/', 'rolling-update', 4, run, 5123)
    expect(address).toMatch(/^https:\/\/example\.org\/a\/b\/long\/#\/rolling-update\?clicks=4&run=[\w-]+&t=5123$/)
    expect(withoutRun(query(address))).toEqual({ clicks: '4' })
    expect(readCarried(carried.value!)).toEqual({ scenario: 'toy', seed: 7, t: 5123, done: [{ at: 100, op: { op: 'push', to: 3 } }, { at: 200, op: { op: 'pull' } }] })
  })

  it('without a run is left as it is', () => {
    carried.value = null
    expect(withoutRun({ clicks: '2' })).toBeUndefined()
    expect(carried.value).toBeNull()
    expect(withoutRun({ t: '7' })).toEqual({})
    expect(carried.value).toBeNull()
  })

  it('that is damaged says so', () => {
    const good = query(addressOf('', 'x', 0, run, 1)).run!
    for (const bad of ['', 'nonsense', good.slice(0, -3), `2${good.slice(1)}`, `${good}A`, good.replace(/.$/, c => c === 'A' ? 'B' : 'A')])
      expect(() => readCarried({ run: bad, t: '1' }), bad).toThrow(RangeError)
    expect(readCarried({ run: good, t: 'soon' }).t).toBe(0)
  })
})
