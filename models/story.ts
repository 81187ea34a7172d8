// A story: all that playback, still frames, text version and shared addresses know of a diagram.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Something done to a story at a virtual time: plain data, so that a run can be written into an address. */
export interface Intervention {
  readonly op: string
  readonly [argument: string]: Json
}

/** What happened, in words, and who did it. */
export interface StoryEvent {
  /** virtual ms from the start */
  readonly at: number
  readonly by: string
  readonly text: string
  /** marked on the transport bar's line */
  readonly major?: boolean
}

/** A time worth stopping at: the slide's clicks walk through these, paper prints them. */
export interface Moment {
  readonly id: string
  /** virtual ms from the start */
  readonly at: number
  readonly sentence: string
  /** a setting leaves out what is told here: the slide's click tells the story anew, the bar may still go there */
  readonly out?: boolean
}

/** A story that has not been worked out to its end yet: what can be told of it at once. */
export interface Unfolding<V> {
  /** virtual ms: it is not longer than this */
  readonly longest: number
  /** as the story's own, as far as it does not hang on what follows */
  readonly pace?: (t: number) => number
  /** those that are known */
  readonly moments: readonly Moment[]
  /** as the story's own, but not held to its end, which is not known */
  at: (t: number) => V
  /** those before the last intervention, and that */
  events: (from: number, to: number) => readonly StoryEvent[]
  /** Works out the rest, a little with each step: a few ms of script. After the last the story tells everything at once. */
  rest: () => Iterator<unknown>
}

export interface Story<V> {
  /** virtual ms */
  readonly duration: number
  /** how many virtual ms pass in one ms on the wall at speed 1×, always or at a virtual time; 1 where it is not given */
  readonly pace?: number | ((t: number) => number)
  /** it is read, not watched: its time passes where no motion is wanted as well */
  readonly words?: boolean
  /** ordered by time, the first at 0 */
  readonly moments: readonly Moment[]
  /** The view at a virtual time. Pure; times outside 0 to `duration` count as the nearest inside. */
  at: (t: number) => V
  /** What happened after `from` and up to `to` (virtual ms), in order; `from` −1 includes the start. */
  events: (from: number, to: number) => readonly StoryEvent[]
  /**
   * The same past up to `t`, another future.
   * @throws RangeError where the intervention is unknown or not possible then; the story itself is unchanged
   */
  fork?: (t: number, op: Intervention) => Story<V>
  /** For whoever must not wait for what follows from all of it (its duration, moments and events); absent where all is at hand. */
  readonly unfolding?: Unfolding<V>
}

/** A time inside a story. */
export function clampTime(story: Pick<Story<unknown>, 'duration'>, t: number): number {
  return Number.isFinite(t) ? Math.min(story.duration, Math.max(0, t)) : 0
}
