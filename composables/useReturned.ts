// Whether somebody has come back to a diagram that was played with and stands as it was left: else its story looks broken.
import type { Ref } from 'vue'
import type { Playback } from './usePlayback.ts'
import type { Seat } from './slidev.ts'
import type { StoryState } from './useStory.ts'
import { computed, ref, watch } from 'vue'

/** True from the return to an altered story until anything is done or the playhead moves. */
export function useReturned<V>({ done }: Pick<StoryState<V>, 'done'>, { t }: Pick<Playback, 't'>, { live }: Pick<Seat, 'live'>): Ref<boolean> {
  const standing = () => JSON.stringify([t.value, done.value])
  const left = ref('')
  watch(live, (now, before) => {
    if (!now && before)
      left.value = done.value.length ? standing() : ''
  })
  return computed(() => live.value && left.value !== '' && left.value === standing())
}
