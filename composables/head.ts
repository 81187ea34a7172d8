// The playhead as windows tell it to each other, and where it stands at a time on the wall: the same in every window.
import type { Story } from '../models/story.ts'

/** Where a story is being played. */
export interface Head {
  /** virtual ms, at the time `wall` where it is playing */
  readonly t: number
  readonly playing: boolean
  readonly speed: number
  /** ms since 1970, on the clock of the one who played */
  readonly wall: number
  /** how many of the diagram's clicks were made */
  readonly click: number
  /** brought there by a click: others may glide */
  readonly step?: boolean
}

/** The speeds that can be chosen. */
export const speeds: readonly number[] = [1, 2, 4, 10, 25, 100]

/** A playhead from outside, or nothing where it is none. */
export function readHead(value: unknown): Head | undefined {
  const head = value as Head | null
  return typeof head === 'object' && head !== null && [head.t, head.wall, head.click].every(n => Number.isFinite(n) && n >= 0) && typeof head.playing === 'boolean' && speeds.includes(head.speed) ? head : undefined
}

/** ms on the wall between looks at a story's own pace */
const STEP = 20

/**
 * Where a playing head stands. For a story whose pace changes, the way is gone in steps counted from where it was begun, so that every
 * window goes the same; a walker remembers how far it is, and times must not go back.
 * @returns gives the virtual ms at a time on the wall, not held to the story's duration
 */
export function walker(story: Pick<Story<unknown>, 'pace' | 'duration'>, { t, wall, speed }: Pick<Head, 't' | 'wall' | 'speed'>): (now: number) => number {
  const { pace = 1, duration } = story
  if (typeof pace === 'number')
    return now => t + Math.max(0, now - wall) * speed * pace
  let at = t
  let steps = 0
  return (now) => {
    const passed = Math.max(0, now - wall)
    for (; (steps + 1) * STEP <= passed && at < duration; steps++)
      at += STEP * speed * pace(at)
    return at >= duration ? at : at + Math.min(STEP, passed - steps * STEP) * speed * pace(at)
  }
}
