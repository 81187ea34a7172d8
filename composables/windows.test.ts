// Windows that talk over slow, unreliable ways come to know the same; what is kept is found again, and rubbish is ignored.
import type { Shelf, Transport, Windows } from './windows.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEED, deedsOf, idOf } from './log.ts'
import { createWindows, serverTransport } from './windows.ts'

/** A room in which messages wait until they are let through, one by one, in any order. */
function room() {
  const hearers: ((key: string, log: unknown) => void)[] = []
  const waiting: { to: number, key: string, log: unknown }[] = []
  function transport(): Transport {
    const me = hearers.length
    hearers.push(() => {})
    return {
      send: (key, log) => hearers.forEach((_, to) => to !== me && waiting.push({ to, key, log: JSON.parse(JSON.stringify(log)) })),
      listen: hear => hearers[me] = hear,
    }
  }
  const deliver = (pick: number, twice = false) => {
    const i = pick % waiting.length
    const { to, key, log } = twice ? waiting[i]! : waiting.splice(i, 1)[0]!
    hearers[to]!(key, log)
  }
  const drain = () => {
    for (let i = 0; waiting.length; i++) {
      if (i > 10_000)
        throw new Error('they never stop talking')
      deliver(0)
    }
  }
  return { transport, waiting, deliver, drain }
}

const deed = (op: string) => [{ kind: DEED, op }]
const ops = (w: Windows) => deedsOf(w.get('k')).map(e => e.op)

describe('windows of one deck', () => {
  it('fall silent, and know the same, after any actions with any delays', () => {
    fc.assert(fc.property(fc.array(fc.record({ who: fc.nat(2), what: fc.constantFrom('write', 'over', 'hear', 'twice'), n: fc.nat(99) }), { maxLength: 50 }), (list) => {
      const { transport, waiting, deliver, drain } = room()
      const all = ['a', 'b', 'c'].map(name => createWindows(name, [transport()]))
      list.forEach(({ who, what, n }, i) => {
        const w = all[who]!
        if (what === 'write')
          w.write('k', deed(String(i)))
        else if (what === 'over')
          w.write('k', [{ kind: 'head', op: i }], deedsOf(w.get('k')).map(idOf))
        else if (waiting.length)
          deliver(n, what === 'twice')
      })
      drain()
      expect(all[1]!.get('k').entries).toEqual(all[0]!.get('k').entries)
      expect(all[2]!.get('k').entries).toEqual(all[0]!.get('k').entries)
    }), { numRuns: 300 })
  })

  it('find what was kept when they are opened again', () => {
    let kept: Readonly<Record<string, unknown>> = {}
    const shelf: Shelf = { load: () => kept, save: logs => kept = JSON.parse(JSON.stringify(logs)) }
    createWindows('a', [], shelf).write('k', deed('x'))
    expect(ops(createWindows('b', [], shelf))).toEqual(['x'])
  })

  it('ignore what is no log, and call back only for what is new', () => {
    const { transport, drain } = room()
    const loud = transport()
    loud.listen(() => {}, () => {})
    const w = createWindows('a', [transport()], { load: () => ({ k: { have: 'rubbish' } }), save: () => {} })
    const calls: unknown[] = []
    w.watch('k', log => calls.push(log))
    loud.send('k', 'rubbish' as never)
    loud.send('k', { have: { z: 1 }, entries: [{ rev: 1, by: 'z', kind: DEED, op: 'x' }] })
    loud.send('k', { have: { z: 1 }, entries: [{ rev: 1, by: 'z', kind: DEED, op: 'x' }] })
    drain()
    expect(calls).toHaveLength(1)
    expect(ops(w)).toEqual(['x'])
  })
})

describe('by the server', () => {
  /** keeps the last text of each key, and passes on what comes; nothing else */
  function server() {
    const state: Record<string, unknown> = {}
    const hearers: { me: symbol, hear: (patch: Record<string, unknown>) => void }[] = []
    return {
      state,
      client() {
        const me = Symbol('client')
        return Object.assign(Object.create(null), state, {
          $patch: async (patch: Record<string, string>) => {
            Object.assign(state, patch)
            hearers.forEach(h => h.me !== me && h.hear(patch))
          },
          $onPatch: (hear: (patch: Record<string, unknown>) => void) => hearers.push({ me, hear }),
        })
      },
    }
  }

  it('other browsers follow, late ones are told, and nobody overwrites another', () => {
    const s = server()
    const open = (name: string, mayWrite = true) => createWindows(name, [serverTransport(s.client(), name, () => mayWrite)])
    const a = open('a')
    const b = open('b')
    a.write('k', deed('x'))
    b.write('k', deed('y'))
    const late = open('c')
    for (const w of [a, b, late])
      expect(ops(w)).toEqual(['x', 'y'])
  })

  it('who only watches writes nothing', () => {
    const s = server()
    const watcher = createWindows('w', [serverTransport(s.client(), 'w', () => false)])
    watcher.write('k', deed('x'))
    expect(Object.keys(s.state)).toEqual([])
  })

  it('rubbish that somebody posted does no harm', () => {
    const s = server()
    const w = createWindows('a', [serverTransport(s.client(), 'a', () => true)])
    void s.client().$patch({ 'k': '{', 'k\nz': '{', 'k\ny': 'null', 'k\nx': { deep: 1 } as never })
    expect(ops(w)).toEqual([])
  })
})
