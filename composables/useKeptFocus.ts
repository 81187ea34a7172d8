// Keeps the keyboard's place where a part of a picture is redrawn: a button that goes hands the focus on to its neighbour.
import type { Ref } from 'vue'
import { nextTick, onBeforeUnmount, onBeforeUpdate, onUpdated } from 'vue'

/**
 * @param part the element that is redrawn
 * @param whole selects what the part stands in, which stays when the part moves
 * @param same selects the part again inside the whole, where it has gone elsewhere
 */
export function useKeptFocus(part: Ref<HTMLElement | null>, whole: string, same: () => string): void {
  let held = false
  const holds = () => part.value?.contains(document.activeElement) ?? false
  const first = (root?: Element | null) => root?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true })

  onBeforeUpdate(() => held = holds())
  onUpdated(() => {
    if (held && !holds())
      first(part.value)
  })
  onBeforeUnmount(() => {
    const around = part.value?.closest(whole)
    if (holds())
      void nextTick(() => first(around?.querySelector(same())))
  })
}
