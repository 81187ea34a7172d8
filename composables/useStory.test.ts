// A story's run: what was done, by which chance, and that nothing is told twice.
import type { Intervention, Story } from '../models/story.ts'
import { describe, expect, it } from 'vitest'
import { useStory } from './useStory.ts'

let made = 0

/** Tells its seed and what was done to it; "no" cannot be done, and what stands in `not` not with that seed. */
function toy(seed: number, deeds: readonly string[] = []): Story<string> {
  made++
  return {
    duration: 1000,
    moments: [{ id: 'start', at: 0, sentence: 'It begins.' }],
    at: () => [seed, ...deeds].join(' '),
    events: () => [],
    fork(t: number, { op, not }: Intervention) {
      if (op === 'no' || not === seed)
        throw new RangeError('that cannot be')
      return toy(seed, [...deeds, `${op}@${t}`])
    },
  }
}

describe('a run', () => {
  it('is the seed and what was done, and the story follows from it', () => {
    const state = useStory(toy, { scenario: 'toy', seeded: true })
    expect(state.run.value).toEqual({ scenario: 'toy', seed: 1, interventions: [] })
    expect(state.intervene(100, { op: 'push' })).toBe(true)
    expect(state.intervene(200, { op: 'pull', to: 3 })).toBe(true)
    expect(state.take(state.done.value, 7)).toBe(true)
    expect(state.run.value).toEqual({ scenario: 'toy', seed: 7, interventions: [{ at: 100, op: 'push' }, { at: 200, op: 'pull', to: 3 }] })
    expect(state.story.value.at(0)).toBe('7 push@100 pull@200')
  })

  it('that cannot be leaves everything as it was, seed and all, and says why', () => {
    const state = useStory(toy)
    state.intervene(100, { op: 'push', not: 2 })
    const before = state.run.value
    expect(state.intervene(150, { op: 'no' })).toBe(false)
    expect(state.take(state.done.value, 2)).toBe(false)
    expect(state.refusal.value).toBe('that cannot be')
    expect(state.run.value).toEqual(before)
    expect(state.story.value.at(0)).toBe('1 push@100')
  })

  it('begins another future where something is done earlier', () => {
    const state = useStory(toy)
    state.intervene(100, { op: 'a' })
    state.intervene(300, { op: 'b' })
    state.intervene(200, { op: 'c' })
    expect(state.story.value.at(0)).toBe('1 a@100 c@200')
  })

  it('tells anew only what differs from before', () => {
    const state = useStory(toy)
    for (const at of [100, 200, 300])
      state.intervene(at, { op: 'push' })
    made = 0
    state.intervene(400, { op: 'push' })
    expect(made).toBe(1)
    state.intervene(250, { op: 'pull' })
    expect(made).toBe(2)
    expect(state.story.value.at(0)).toBe('1 push@100 push@200 pull@250')
    state.take([])
    expect(made).toBe(2)
    state.take([], 5)
    expect(made).toBe(3)
  })
})
