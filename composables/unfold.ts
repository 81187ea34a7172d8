// A story that is shown while the rest of it is still being worked out, a little at a time: whoever presses a button is answered at once.
import type { Story } from '../models/story.ts'
import { shallowRef } from 'vue'

/** ms on the wall: before it is begun, so that the answer is drawn first, and for how long at a time */
const FIRST = 40
const SLICE = 5

/**
 * @param story told with what is known of it, until it is known to its end; then it tells itself
 * @param until how long it counts as until then: virtual ms
 */
export function unfold<V>(story: Story<V>, until: number): { readonly story: Story<V>, readonly stop: () => void } {
  const { unfolding } = story
  if (!unfolding)
    return { story, stop: () => {} }
  const known = shallowRef(false)
  const rest = unfolding.rest()
  let timer = setTimeout(work, FIRST)
  function work(): void {
    const since = performance.now()
    do {
      if (rest.next().done) {
        known.value = true
        return
      }
    } while (performance.now() - since < SLICE)
    timer = setTimeout(work)
  }

  const now = () => known.value ? story : unfolding
  const { pace } = story
  return {
    stop: () => clearTimeout(timer),
    story: {
      get duration() { return known.value ? story.duration : until },
      ...(pace !== undefined && { pace: typeof pace === 'number' ? pace : (t: number) => known.value ? pace(t) : unfolding.pace?.(t) ?? 1 }),
      get moments() { return now().moments },
      at: t => now().at(t),
      events: (from, to) => now().events(from, to),
      fork: story.fork,
      get unfolding() { return known.value ? undefined : unfolding },
    },
  }
}
