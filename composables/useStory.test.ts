// A story's run: what was done, by which chance, and that nothing is told twice.
import type { Intervention, Story } from '../models/story.ts'
import type { Done } from './useStory.ts'
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

  it('of several windows keeps what is possible, and says what is not', () => {
    const state = useStory(toy)
    const deeds: Done[] = [{ at: 100, op: { op: 'push' } }, { at: 200, op: { op: 'pull', not: 3 } }, { at: 300, op: { op: 'push' } }]
    expect(state.rebase(deeds, 3)).toEqual(['that cannot be'])
    expect(state.story.value.at(0)).toBe('3 push@100 push@300')
    expect(state.rebase(deeds, 4)).toEqual([])
    expect(state.story.value.at(0)).toBe('4 push@100 pull@200 push@300')
  })
})

/** a script of three moments; "end" ends it where it is done, "slow" makes every later moment later */
function script(cut = Number.POSITIVE_INFINITY, slow = 1): Story<string> {
  const all = [0, 100, 200].map((at, i) => ({ id: `m${i}`, at: at * slow, sentence: 'So it is.' }))
  return {
    duration: 500,
    moments: cut < 500 ? [...all.filter(m => m.at <= cut), { id: 'yours', at: 500, sentence: 'Yours.' }] : all,
    at: () => `${cut} ${slow}`,
    events: () => [],
    fork: (t, { op }) => op === 'slow' ? script(cut, 2) : script(t, slow),
  }
}

describe('a moment that a setting leaves out', () => {
  const told = (without: boolean): Story<string> => ({
    duration: 200,
    moments: [0, 100, 200].map((at, i) => ({ id: `m${i}`, at, sentence: 'So it is.', out: without && i === 1 })),
    at: () => String(without),
    events: () => [],
    fork: () => told(true),
  })

  it('is told anew by its click, and the setting is kept by the others', () => {
    const state = useStory(() => told(false))
    state.intervene(0, { op: 'filter', to: 'some' })
    expect(state.momentOf(2).at).toBe(200)
    expect(state.done.value).toHaveLength(1)
    expect(state.momentOf(1).at).toBe(100)
    expect(state.done.value).toEqual([])
    expect(state.story.value.at(0)).toBe('false')
  })
})

describe('a click', () => {
  it('stands for the script’s moment, in the story as it is now', () => {
    const state = useStory(() => script())
    expect([0, 1, 2, 9].map(n => state.momentOf(n).id)).toEqual(['m0', 'm1', 'm2', 'm2'])
    state.intervene(0, { op: 'slow' })
    expect(state.momentOf(2).at).toBe(400)
    expect(state.done.value).toHaveLength(1)
  })

  it('keeps what was done while its moment is in the story, and drops it where it is not', () => {
    const state = useStory(() => script())
    state.intervene(120, { op: 'end' })
    expect(state.momentOf(0).id).toBe('m0')
    expect(state.momentOf(1).id).toBe('m1')
    expect(state.done.value).toHaveLength(1)
    expect(state.momentOf(2)).toMatchObject({ id: 'm2', at: 200 })
    expect(state.done.value).toEqual([])
    expect(state.run.value.interventions).toEqual([])
  })
})
