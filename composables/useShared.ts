// One small value shown alike in every window of the deck.
import type { Ref } from 'vue'
import type { Data, Log } from './log.ts'
import type { Seat } from './slidev.ts'
import { onUnmounted, ref, watch } from 'vue'
import { lastOf } from './log.ts'
import { mayWrite, useWindows } from './useWindows.ts'

/**
 * A ref whose changes reach every copy with the same key, in all windows. The last change wins, and of two made at once the same one
 * everywhere; a window that opens later or again is told. Copies that are not live (overview, preview, print) and windows that only watch do not write.
 * @param key names the value, one for each thing on a slide
 * @param initial plain data
 * @param valid what comes from other windows may be anything: what is not valid is ignored
 */
export function useShared<T extends Data>(key: string, initial: T, seat: Seat, valid: (value: unknown) => boolean): Ref<T> {
  const state = ref(initial) as Ref<T>
  if (seat.print)
    return state
  const windows = useWindows()
  let receiving = false

  function take(log: Log): void {
    const told = lastOf(log, 'value')
    if (!told || !valid(told.op))
      return
    receiving = true
    state.value = told.op as T
    receiving = false
  }
  watch(state, (value) => {
    if (!receiving && seat.live.value && mayWrite())
      windows.write(key, [{ kind: 'value', op: JSON.parse(JSON.stringify(value)) }])
  }, { deep: true, flush: 'sync' })

  take(windows.get(key))
  onUnmounted(windows.watch(key, take))
  return state
}
