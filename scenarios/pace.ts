// Time-lapse: how fast a story is played, slow where something happens, fast through the waits between.
import type { Story } from '../models/story.ts'

/** virtual ms: so long before something happens, and so long after it, time is real */
const BEFORE = 1500
const AFTER = 4500
/** how much faster a wait is played, by how long it is (ms) */
const LAPSES = [[12_000, 1], [40_000, 5], [120_000, 10], [Infinity, 30]] as const

/**
 * How many virtual ms pass in one on the wall, at a virtual time. Nothing in the story changes by it: it is played faster where nothing happens.
 * @param times what happens, virtual ms, in order
 * @param duration the story's, virtual ms
 */
export function paceOf(times: readonly number[], duration: number): (t: number) => number {
  const stops = [...new Set([0, ...times, duration])]
  return (t) => {
    let low = 0
    let high = stops.length
    while (low < high) {
      const mid = (low + high) >> 1
      if (stops[mid]! <= t)
        low = mid + 1
      else
        high = mid
    }
    const last = stops[low - 1] ?? 0
    const next = stops[low] ?? duration
    if (t < last + AFTER || t > next - BEFORE)
      return 1
    return LAPSES.find(([wait]) => next - last <= wait)![1]
  }
}

/** The pace of a story by its own events and moments; they are looked for when they are first needed. */
export function lapseOf(story: Pick<Story<unknown>, 'events' | 'moments' | 'duration'>): (t: number) => number {
  let pace: ((t: number) => number) | undefined
  return (t) => {
    pace ??= paceOf([...story.events(-1, story.duration), ...story.moments].map(({ at }) => at).sort((a, b) => a - b), story.duration)
    return pace(t)
  }
}
