import { describe, expect, it } from 'vitest'
import type { WatchEvent } from '../api/store.ts'
import { createKernel } from './kernel.ts'
import type { Actor } from './kernel.ts'
import { copyState } from './state.ts'

/** Counts ConfigMaps into its memory and writes a tally a second later. */
const counter: Actor<{ seen: string[], runs: number }> = {
  name: 'counter',
  watches: ['ConfigMap'],
  start: () => ({ seen: [], runs: 0 }),
  observe(event: WatchEvent, ctx) {
    ctx.memory.seen.push(`${event.type} ${event.object.metadata.name} ${event.revision}@${ctx.now}`)
    ctx.enqueue('tally', 1000)
  },
  run(_key, ctx) {
    ctx.memory.runs++
    const name = 'tally'
    if (!ctx.api.get('ConfigMap', 'default', name))
      ctx.api.create('ConfigMap', { metadata: { name }, data: { runs: '1' } }, 'counter')
  },
  operations: {
    make: ({ name }, ctx) => void ctx.api.create('ConfigMap', { metadata: { name }, data: {} }, 'user'),
  },
}

describe('the kernel', () => {
  it('tells watchers of each write once, in order, after their latency', () => {
    const kernel = createKernel([counter], { seed: 1 })
    kernel.operate({ op: 'make', name: 'a' })
    kernel.operate({ op: 'make', name: 'b' })
    kernel.runUntil(2000)
    const memory = kernel.state.actors.counter as { seen: string[], runs: number }
    expect(memory.seen.map(line => line.replace(/ \d+@/, '@'))).toEqual(['ADDED a@5', 'ADDED b@5', 'ADDED tally@1010'])
    kernel.runUntil(5000)
    expect(memory.runs).toBe(2)
    expect(kernel.state.now).toBe(5000)
  })

  it('brings a key forward and never back', () => {
    const ran: string[] = []
    const actor: Actor<null> = {
      name: 'a',
      watches: [],
      start(ctx) {
        ctx.enqueue('x', 500)
        ctx.enqueue('x', 900)
        ctx.enqueue('y', 500)
        ctx.enqueue('y', 100)
        ctx.enqueue('z', 50)
        ctx.forget('z')
        return null
      },
      observe: () => {},
      run: (key, ctx) => void ran.push(`${key}@${ctx.now}`),
    }
    createKernel([actor], { seed: 1 }).runUntil(2000)
    expect(ran).toEqual(['y@100', 'x@500'])
  })

  it('goes on from a copy as it would have gone on itself', () => {
    const kernel = createKernel([counter], { seed: 1 })
    kernel.operate({ op: 'make', name: 'a' })
    kernel.runUntil(500)
    const kept = copyState(kernel.state)
    kernel.runUntil(3000)
    const straight = JSON.stringify(kernel.state.actors)
    kernel.load(copyState(kept))
    kernel.runUntil(3000)
    expect(JSON.stringify(kernel.state.actors)).toBe(straight)
    expect(kept.now).toBe(500)
  })

  it('draws otherwise for each seed, from the first draw on', () => {
    const draws: number[] = []
    const drawer: Actor<undefined> = { name: 'drawer', watches: [], start: () => undefined, observe: () => {}, run: () => {}, operations: { draw: (_, ctx) => void draws.push(ctx.random()) } }
    for (let seed = 0; seed < 1000; seed++)
      createKernel([drawer], { seed }).operate({ op: 'draw' })
    // a tenth of them in each tenth, as far as chance goes
    const tenths = Array.from({ length: 10 }, (_, i) => draws.filter(each => Math.floor(each * 10) === i).length)
    expect(Math.min(...tenths)).toBeGreaterThan(60)
    expect(Math.max(...tenths)).toBeLessThan(140)
  })

  it('refuses an operation nobody knows', () => {
    expect(() => createKernel([counter], { seed: 1 }).operate({ op: 'dance' })).toThrow(RangeError)
  })
})
