// A story on a slide: what has been done to it, and the story that follows from it.
import type { Ref, ShallowRef } from 'vue'
import type { Intervention, Story } from '../models/story.ts'
import { ref, shallowRef, watch } from 'vue'

/** One thing done at one virtual time (ms): with the scenario and the seed, a run. */
export interface Done { at: number, op: Intervention }

export interface StoryState<V> {
  story: ShallowRef<Story<V>>
  /** what was done, in order: plain data, enough to tell the same story again */
  done: ShallowRef<readonly Done[]>
  /** why the last attempt was refused, in words; empty where it was not */
  refusal: Ref<string>
  /** @returns whether it was possible; if not, nothing has changed and `refusal` says why */
  intervene: (at: number, op: Intervention) => boolean
  /** takes another window's or an address's list of deeds; a bad one is refused as a whole */
  take: (list: readonly Done[]) => boolean
}

/** @param create tells the story from its beginning, before anything is done to it */
export function useStory<V>(create: () => Story<V>): StoryState<V> {
  const story = shallowRef(create()) as ShallowRef<Story<V>>
  const done = shallowRef<readonly Done[]>([])
  const refusal = ref('')

  function replay(list: readonly Done[]): Story<V> {
    return list.reduce((told, { at, op }) => {
      if (!told.fork)
        throw new RangeError('this story cannot be changed')
      return told.fork(at, op)
    }, create())
  }

  function attempt(make: () => Story<V>, list: readonly Done[]): boolean {
    try {
      story.value = make()
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

  return {
    story,
    done,
    refusal,
    intervene(at, op) {
      // what is done at an earlier time makes another future: later deeds belong to the one that is left;
      // of a setting (`to`) made twice at one time the last counts, deeds all count
      const kept = done.value.filter(d => d.at < at || (d.at === at && !('to' in op && d.op.op === op.op)))
      const list = [...kept, { at, op }]
      return attempt(() => replay(list), list)
    },
    take: list => attempt(() => replay(list), [...list]),
  }
}
