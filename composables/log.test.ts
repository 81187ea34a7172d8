// Windows that write at the same time, hear each other late, twice or never, reload and join: in the end all know the same, and nothing is lost.
import type { Log } from './log.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append, covers, DEED, deedsOf, emptyLog, idOf, lastOf, limits, merge, readLog, revOf } from './log.ts'

const deed = (op: string) => ({ kind: DEED, op: { op } })
const head = (t: number) => ({ kind: 'head', op: { t } })
const told = (log: Log) => log.entries.map(e => `${e.kind}:${JSON.stringify(e.op)}`)

describe('a log', () => {
  it('holds deeds in order, and of a playhead the last', () => {
    const log = append(append(append(emptyLog, 'a', [deed('x'), head(1)]), 'a', [head(2)]), 'b', [deed('y')])
    expect(told(log)).toEqual(['deed:{"op":"x"}', 'head:{"t":2}', 'deed:{"op":"y"}'])
    expect(revOf(log)).toBe(4)
  })

  it('loses neither of two deeds done at the same time, and orders them alike in both windows', () => {
    const a = append(emptyLog, 'a', [deed('x')])
    const b = append(emptyLog, 'b', [deed('y')])
    expect(told(merge(a, b))).toEqual(['deed:{"op":"x"}', 'deed:{"op":"y"}'])
    expect(merge(a, b)).toEqual(merge(b, a))
  })

  it('takes away only what the one who takes it away has seen', () => {
    const both = append(emptyLog, 'a', [deed('x')])
    const over = append(both, 'a', [head(0)], deedsOf(both).map(idOf))
    const meanwhile = append(both, 'b', [deed('y')])
    expect(deedsOf(merge(over, meanwhile)).map(e => e.op)).toEqual([{ op: 'y' }])
  })

  it('does not bring back what is gone when an old message comes again', () => {
    const old = append(emptyLog, 'a', [deed('x')])
    const now = append(old, 'b', [head(0)], deedsOf(old).map(idOf))
    expect(merge(now, old)).toEqual(now)
    expect(covers(now, old)).toBe(true)
    expect(covers(old, now)).toBe(false)
  })
})

interface Act { who: number, act: 'deed' | 'head' | 'over' | 'undo' | 'hear' | 'reload', n: number }
const acts = fc.array(fc.record({ who: fc.nat(2), act: fc.constantFrom<Act['act'][]>('deed', 'deed', 'head', 'over', 'undo', 'hear', 'hear', 'reload'), n: fc.nat(1000) }), { maxLength: 60 })

describe('two or three windows and a late one', () => {
  it('all converge, whatever is late, doubled or dropped; no deed is lost that nobody who saw it took away', () => {
    fc.assert(fc.property(acts, (list) => {
      const logs: Log[] = [emptyLog, emptyLog, emptyLog]
      const sent: Log[] = []
      const names = ['p', 'q', 'r']
      const made = new Set<string>()
      const taken = new Set<string>()
      let windows = 0
      list.forEach(({ who, act, n }, i) => {
        const log = logs[who]!
        const seen = deedsOf(log)
        if (act === 'hear' && sent.length) {
          // any message that was ever sent, in any order, any number of times
          logs[who] = merge(log, sent[n % sent.length]!)
        }
        else if (act === 'reload') {
          names[who] = `${names[who]![0]}${++windows}`
          logs[who] = readLog(JSON.parse(JSON.stringify(log)))!
        }
        else {
          const ends = act === 'over' ? seen.map(idOf) : act === 'undo' ? seen.slice(-1).map(idOf) : []
          ends.forEach(id => taken.add(id))
          logs[who] = append(log, names[who]!, [act === 'deed' ? deed(String(i)) : head(n)], ends)
          if (act === 'deed')
            made.add(idOf(logs[who]!.entries.at(-1)!))
          sent.push(logs[who]!)
        }
      })
      const [a, b, c] = logs as [Log, Log, Log]
      const all = merge(a, merge(b, c))
      expect(merge(merge(c, a), b)).toEqual({ have: expect.objectContaining(all.have), entries: all.entries })
      expect(merge(all, all)).toEqual(all)
      // a late one that hears everything in reverse knows the same
      const late = [...sent, a, b, c].reverse().reduce(merge, emptyLog)
      expect(late.entries).toEqual(all.entries)
      expect(new Set(deedsOf(all).map(idOf))).toEqual(new Set([...made].filter(id => !taken.has(id))))
      const heads = sent.flatMap(log => lastOf(log, 'head') ?? [])
      if (heads.length)
        expect(lastOf(all, 'head')!.rev).toBe(Math.max(...heads.map(e => e.rev)))
    }), { numRuns: 500 })
  })

  it('an entry comes after all that its writer had seen', () => {
    fc.assert(fc.property(acts, (list) => {
      let log = emptyLog
      for (const [i, { who }] of list.entries()) {
        const before = revOf(log)
        log = append(log, String(who), [deed(String(i))])
        expect(log.entries.at(-1)!.rev).toBeGreaterThan(before)
      }
    }))
  })
})

describe('a log from outside', () => {
  it('is read as it was written', () => {
    const log = append(append(emptyLog, 'a', [deed('x')]), 'b', [head(3)])
    expect(readLog(JSON.parse(JSON.stringify(log)))).toEqual(log)
  })

  it('is ignored where it is none', () => {
    const entry = { rev: 1, by: 'a', kind: 'head', op: 1 }
    for (const bad of [null, 7, [], {}, { have: {}, entries: {} }, { have: { a: -1 }, entries: [] }, { have: { a: 1 }, entries: [{ ...entry, rev: 2 }] }, { have: {}, entries: [entry] }, { have: { a: 1 }, entries: [{ ...entry, kind: 4 }] }, { have: { a: 1 }, entries: [{ rev: 1, by: 'a', kind: 'head' }] }])
      expect(readLog(bad), JSON.stringify(bad)).toBeUndefined()
  })

  it('is ignored where it is too large', () => {
    expect(readLog({ have: { a: 1 }, entries: [{ rev: 1, by: 'a', kind: 'head', op: 'x'.repeat(limits.bytes) }] })).toBeUndefined()
    const many = Array.from({ length: limits.entries + 1 }, (_, i) => ({ rev: i + 1, by: 'a', kind: DEED, op: i }))
    expect(readLog({ have: { a: many.length }, entries: many })).toBeUndefined()
  })

  it('never throws, whatever it is', () => {
    fc.assert(fc.property(fc.anything(), (value) => {
      let text: string | undefined
      try {
        text = JSON.stringify(value)
      }
      catch {}
      if (text !== undefined)
        readLog(JSON.parse(text))
    }))
  })
})
