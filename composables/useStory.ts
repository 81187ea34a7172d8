// A story on a slide: its run (seed and deeds), and the story that follows from it.
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { Run } from '../cluster/run.ts'
import type { Intervention, Moment, Story } from '../models/story.ts'
import { computed, getCurrentScope, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { unfold } from './unfold.ts'

/** One thing done at one virtual time (ms): with the scenario and the seed, a run. */
export interface Done { at: number, op: Intervention }

export interface StoryOptions {
  /** names the story in shared addresses; the diagram's id where it is not given */
  scenario?: string
  /** whether chance plays a part: the transport bar then offers other seeds */
  seeded?: boolean
  /** the seed at first: 1 where it is not given */
  seed?: number
}

export interface StoryState<V> {
  story: ShallowRef<Story<V>>
  /** what was done, in order: plain data, enough to tell the same story again */
  done: ShallowRef<readonly Done[]>
  /** what chance follows from: a whole number of 32 bits */
  seed: Ref<number>
  /** what it is at first */
  readonly firstSeed: number
  readonly seeded: boolean
  /** scenario, seed and deeds, as an address carries them; the scenario is empty where none was named */
  run: ComputedRef<Run>
  /** why the last attempt was refused, in words; empty where it was not */
  refusal: Ref<string>
  /** @returns whether it was possible; if not, nothing has changed and `refusal` says why */
  intervene: (at: number, op: Intervention) => boolean
  /** takes another window's or an address's list of deeds, and its seed; a bad one is refused as a whole */
  take: (list: readonly Done[], seed?: number) => boolean
  /** takes what several windows did, as far as it is possible. @returns what was not, in words */
  rebase: (list: readonly Done[], seed: number) => string[]
  /** The moment of the script that a slide's click stands for; where deeds have cut it off or left it out, they are dropped and the story is told anew. */
  momentOf: (click: number) => Moment
}

/** virtual ms that a story counts as long as after a deed, at least, until more is known */
const LEAST = 12_000
const same = (a: Done, b?: Done) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** @param create tells the story from its beginning, before anything is done to it; a story without chance takes no heed of the seed */
export function useStory<V>(create: (seed: number) => Story<V>, { scenario = '', seeded = false, seed: firstSeed = 1 }: StoryOptions = {}): StoryState<V> {
  const seed = ref(firstSeed)
  /** the story before anything is done to it, and after each deed: what two runs have in common is told once */
  let chain: readonly Story<V>[] = [create(seed.value)]
  const story = shallowRef(chain[0]!) as ShallowRef<Story<V>>
  const done = shallowRef<readonly Done[]>([])
  const refusal = ref('')
  const wish = typeof matchMedia === 'function' ? matchMedia('(prefers-reduced-motion: reduce)') : undefined

  /** works out the rest of the story that is shown */
  let stop = () => {}
  function show(told: Story<V>, until?: number): void {
    stop()
    // a run that is taken, from another window or an address, is known at once to its end, where its playhead may be; so is one where nothing moves
    const shown = until === undefined || wish?.matches ? { story: told, stop: () => {} } : unfold(told, Math.min(told.unfolding?.longest ?? 0, until))
    stop = shown.stop
    story.value = shown.story
  }

  /** @param until how long the story counts as, until that is known: virtual ms */
  function attempt(list: readonly Done[], from = seed.value, until?: number): boolean {
    try {
      const differs = list.findIndex((deed, i) => !same(deed, done.value[i]))
      const common = differs < 0 ? Math.min(list.length, done.value.length) : differs
      const told = from === seed.value ? chain.slice(0, common + 1) : [create(from)]
      for (const { at, op } of list.slice(told.length - 1)) {
        const { fork } = told.at(-1)!
        if (!fork)
          throw new RangeError('this story cannot be changed')
        told.push(fork(at, op))
      }
      chain = told
      show(told.at(-1)!, until)
      seed.value = from
      done.value = list
      refusal.value = ''
      return true
    }
    catch (error) {
      if (!(error instanceof RangeError))
        throw error
      refusal.value = error.message
      return false
    }
  }

  watch(story, () => refusal.value = '')
  if (getCurrentScope())
    onScopeDispose(() => stop())

  return {
    story,
    done,
    seed,
    firstSeed,
    seeded,
    run: computed(() => ({ scenario, seed: seed.value, interventions: done.value.map(({ at, op }) => ({ ...op, at })) })),
    refusal,
    intervene(at, op) {
      // what is done at an earlier time makes another future: later deeds belong to the one that is left;
      // of a setting (`to`) made twice at one time the last counts, deeds all count
      const kept = done.value.filter(d => d.at < at || (d.at === at && !('to' in op && d.op.op === op.op)))
      return attempt([...kept, { at, op }], seed.value, Math.max(story.value.duration, at + LEAST))
    },
    take: (list, from) => attempt([...list], from),
    rebase(list, from) {
      const refused: string[] = []
      let kept: readonly Done[] = []
      if (attempt(list, from))
        return refused
      attempt([], from)
      for (const deed of list) {
        if (attempt([...kept, deed]))
          kept = [...kept, deed]
        else
          refused.push(refusal.value)
      }
      refusal.value = ''
      return refused
    },
    momentOf(click) {
      const script = chain[0]!.moments
      const n = Math.min(click, script.length - 1)
      if (!story.value.moments.some(m => m.id === script[n]!.id && !m.out))
        attempt([])
      const left = story.value.moments.filter(m => script.some(s => s.id === m.id))
      // a setting may have put the moments into another order: the clicks follow the time
      return left.length === script.length ? left[n]! : left.find(m => m.id === script[n]!.id)!
    },
  }
}
