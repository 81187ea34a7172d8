// A refusal on a diagram that plays: it says what was so at one time, and goes when that is long past.
import type { Ref } from 'vue'
import type { Story } from '../models/story.ts'
import type { Playback } from './usePlayback.ts'
import { watch } from 'vue'

/** ms on the wall: how long a refusal stands while time goes on, and at least, where something happens that matters */
const STANDS = 3000
const AT_LEAST = 1200

/**
 * Takes a refusal away while the diagram plays: at the next event that matters, or after three seconds. Where nothing moves it stays, for it is still true.
 * @returns to be called where something is refused, also where it is the same again
 */
export function usePassing<V>(refusal: Ref<string>, story: Ref<Story<V>>, { t, settled }: Pick<Playback, 't' | 'settled'>): () => void {
  let since = 0
  /** virtual ms */
  let from = 0
  const begin = () => {
    since = performance.now()
    from = t.value
  }
  watch(refusal, begin)
  watch(t, (now) => {
    if (!refusal.value || settled.value)
      return
    const stood = performance.now() - since
    if (stood > STANDS || (stood > AT_LEAST && story.value.events(from, now).some(({ major }) => major)))
      refusal.value = ''
  })
  return begin
}
