// What says the same is the same object: the whole, or each of its parts.
import { describe, expect, it } from 'vitest'
import { share } from './share.ts'

const data = () => ({ list: [{ a: 1, deep: { b: [1, 2] } }, { a: 2, deep: { b: [] as number[] } }], none: Number.NaN, left: undefined as string | undefined })

describe('what two moments have in common', () => {
  it('is the whole, where all says the same', () => {
    const before = data()
    expect(share(data(), before)).toBe(before)
  })

  it('is each part that says the same, beside one that does not', () => {
    const before = data()
    const now = data()
    now.list[1]!.deep.b.push(3)
    const given = share(now, before)
    expect(given).toEqual(now)
    expect(given).not.toBe(before)
    expect(given.list[0]).toBe(before.list[0])
    expect(given.list[1]).not.toBe(before.list[1])
  })

  it('is an item of a list wherever it stands now, where items have a UID', () => {
    const before = ['a', 'b', 'c'].map(uid => ({ uid, ready: true }))
    const now = ['new', 'b', 'c', 'a'].map(uid => ({ uid, ready: uid !== 'b' }))
    const given = share(now, before)
    expect(given).toEqual(now)
    expect(given.map(item => before.includes(item))).toEqual([false, false, true, true])
    expect(share(before.slice(0, 2).map(item => ({ ...item })), before)).toEqual(before.slice(0, 2))
  })

  it('leaves both as they were, frozen or not', () => {
    const before = data()
    const now = Object.freeze({ ...data(), none: 1 })
    expect(share(now, before)).toEqual({ ...data(), none: 1 })
    expect(before).toEqual(data())
    expect(Object.is(now.list, before.list)).toBe(false)
  })

  it('heeds what came, what went, and what a list is and an object is not', () => {
    for (const [now, before] of [[{ a: 1 }, { a: 1, b: 2 }], [{ a: 1, b: 2 }, { a: 1 }], [[1, 2], [1, 2, 3]], [[], {}], [{ a: undefined }, { b: undefined }], [null, {}], [{ 0: 'a' }, ['a']]] as [object | null, object][])
      expect(share(now, before)).toEqual(now)
    expect(share<unknown>({ a: undefined }, { b: undefined })).toHaveProperty('a')
  })
})
