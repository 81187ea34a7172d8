// A story that is shown before it is known to its end.
import type { Story } from '../models/story.ts'
import { describe, expect, it, vi } from 'vitest'
import { watch } from 'vue'
import { unfold } from './unfold.ts'

/** Known to its end after three steps. */
function slow(): Story<string> & { readonly worked: number } {
  let worked = 0
  return {
    get worked() { return worked },
    duration: 30,
    moments: [{ id: 'start', at: 0, sentence: 'It begins.' }, { id: 'yours', at: 30, sentence: 'It ends.' }],
    at: t => `${t} of 30`,
    events: () => [{ at: 20, by: 'x', text: 'follows' }],
    unfolding: {
      longest: 100,
      moments: [{ id: 'start', at: 0, sentence: 'It begins.' }],
      at: t => `${t}`,
      events: () => [],
      * rest() {
        while (worked < 3) {
          worked++
          yield
        }
      },
    },
  }
}

describe('a story that unfolds', () => {
  it('is told with what is known, and then with all of it, as the same object', async () => {
    vi.useFakeTimers()
    const { story } = unfold(slow(), 50)
    const said: number[] = []
    watch(() => story.duration, now => said.push(now), { flush: 'sync' })
    expect([story.duration, story.at(7), story.events(-1, 50), story.moments.length]).toEqual([50, '7', [], 1])
    expect(story.unfolding).toBeDefined()
    await vi.runAllTimersAsync()
    expect([story.duration, story.at(7), story.events(-1, 50).length, story.moments.length]).toEqual([30, '7 of 30', 1, 2])
    expect([story.unfolding, said]).toEqual([undefined, [30]])
    vi.useRealTimers()
  })

  it('is worked out no further once another is shown', async () => {
    vi.useFakeTimers()
    const told = slow()
    unfold(told, 50).stop()
    await vi.runAllTimersAsync()
    expect(told.worked).toBe(0)
    vi.useRealTimers()
  })

  it('that is known already is itself', () => {
    const told: Story<string> = { ...slow(), unfolding: undefined }
    expect(unfold(told, 50).story).toBe(told)
  })
})
