// A timeline as a story: what playback, still frames and text versions know of it. The shape is that of models/story.ts.
import type { WatchEvent } from '../api/store.ts'
import type { Operation } from './kernel.ts'
import type { Intervention } from './run.ts'
import { tell as tellWrite } from './sentences.ts'
import type { Glance, Timeline } from './timeline.ts'

export interface Told {
  /** virtual ms */
  readonly at: number
  readonly by: string
  readonly text: string
  readonly major?: boolean
}

export interface ClusterStory<V> {
  readonly timeline: Timeline
  /** virtual ms */
  readonly duration: number
  readonly pace?: number
  readonly moments: readonly { readonly id: string, readonly at: number, readonly sentence: string }[]
  at: (t: number) => V
  events: (from: number, to: number) => readonly Told[]
  fork: (t: number, operation: Operation) => ClusterStory<V>
}

export interface StoryOptions<V> {
  /** What a diagram sees at a time; it may keep frozen objects, and nothing else of the glance. */
  view: (glance: Glance) => V
  moments: ClusterStory<V>['moments']
  pace?: number
  /** What a write says, where anything; sentences.ts where absent. */
  tell?: (event: WatchEvent) => Omit<Told, 'at' | 'by'> | undefined
  /** What an operation says, where anything. */
  done?: (step: Intervention) => Omit<Told, 'at'> | undefined
}

/** @throws RangeError from `fork` where the operation is unknown or not possible then, or is refused by the API server */
export function storyOf<V>(timeline: Timeline, options: StoryOptions<V>): ClusterStory<V> {
  const { view, moments, pace, tell = tellWrite, done = () => undefined } = options
  const { duration, run, scenario } = timeline
  const steps = [...scenario.script ?? [], ...run.interventions]
  return {
    timeline,
    duration,
    moments,
    ...(pace !== undefined && { pace }),
    at: t => timeline.look(t, view),
    events(from, to) {
      const told: Told[] = []
      for (const step of steps) {
        const said = step.at > from && step.at <= to ? done(step) : undefined
        if (said)
          told.push({ at: step.at, ...said })
      }
      for (const event of timeline.writes(from, to)) {
        const said = tell(event)
        if (said)
          told.push({ at: event.at, by: event.by, ...said })
      }
      return told.sort((a, b) => a.at - b.at)
    },
    fork(t, operation) {
      try {
        return storyOf(timeline.fork(t, operation), options)
      }
      catch (error) {
        throw error instanceof RangeError ? error : new RangeError(error instanceof Error ? error.message : String(error))
      }
    },
  }
}
