// The same story at the same time in every window of one browser: what travels is what was done, and the playhead.
import type { Playback } from './usePlayback.ts'
import type { Seat } from './slidev.ts'
import type { Done, StoryState } from './useStory.ts'
import { watch } from 'vue'
import { useShared } from './useShared.ts'

interface Told { done: readonly Done[], seed: number, t: number, playing: boolean, speed: number }

/**
 * @returns call it after something was done by hand: the other windows follow
 */
export function useMirror<V>(id: string, state: StoryState<V>, playback: Playback, seat: Seat): () => void {
  const told = useShared<Told | null>(`story:${id}`, null, seat)
  let sending = false

  watch(told, (from) => {
    if (!from || sending)
      return
    if (!state.take(from.done, from.seed))
      return
    playback.seek(from.t)
    playback.speed.value = from.speed
    if (from.playing)
      playback.play()
  }, { flush: 'sync' })

  return () => {
    sending = true
    told.value = { done: state.done.value, seed: state.seed.value, t: playback.t.value, playing: playback.playing.value, speed: playback.speed.value }
    sending = false
  }
}
