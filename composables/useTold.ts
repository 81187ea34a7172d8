// What a stepped drawing is called for those who hear the deck: what it shows by now, and nothing that is still to come.
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useSeat } from './slidev.ts'

/**
 * The name of a drawing after some clicks.
 * @param said what it shows at first, then what each click brings; an empty text where a click brings nothing to tell
 * @param instead each text takes the place of the one before: for a drawing that changes instead of growing
 */
export function told(said: readonly string[], clicks: number, instead = false): string {
  return said.slice(instead ? Math.max(0, Math.min(clicks, said.length - 1)) : 0, clicks + 1).filter(Boolean).join(' ')
}

/** Call in a figure's setup: its name by the clicks of its slide; on paper the whole, or the last state. */
export function useTold(said: readonly string[], { instead = false } = {}): ComputedRef<string> {
  const seat = useSeat()
  return computed(() => told(said, seat.print ? said.length - 1 : seat.clicks.value, instead))
}
