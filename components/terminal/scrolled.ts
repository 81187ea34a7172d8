// Where a terminal's output was scrolled to by hand, alike in every window: what somebody looks at, others see.
import type { Ref } from 'vue'
import { onMounted, onUnmounted, ref, watch } from 'vue'

/** Canvas px from the left and the top. */
export interface Place { readonly [key: string]: number, readonly left: number, readonly top: number }

/** Whether what another window tells is a place. */
export function isPlace(value: unknown): value is Place {
  const told = value as Place | null
  return typeof told === 'object' && told !== null && [told.left, told.top].every(px => Number.isInteger(px) && px >= 0)
}

/** ms in which what is scrolled follows from a turn of the wheel or a key */
const HAND = 1000
/** ms between two messages to other windows */
const PAUSE = 100

/** @param place is shared among the windows. What is scrolled by the page itself, to its newest line, is so in every window anyhow, and not told */
export function useScrolled(log: Ref<HTMLElement | null>, place: Ref<Place>): void {
  let hand = Number.NEGATIVE_INFINITY
  let wait: ReturnType<typeof setTimeout> | undefined
  let own = false
  const turned = () => hand = performance.now()
  const held = () => hand = Number.POSITIVE_INFINITY
  const left = () => hand = Math.min(hand, performance.now())

  function tell(): void {
    wait = undefined
    if (!log.value)
      return
    own = true
    place.value = { left: Math.round(log.value.scrollLeft), top: Math.round(log.value.scrollTop) }
    own = false
  }
  function scrolled(): void {
    if (performance.now() - hand < HAND)
      wait ??= setTimeout(tell, PAUSE)
  }
  watch(place, ({ left, top }) => !own && log.value?.scrollTo({ left, top }), { flush: 'sync' })

  const ways = [['wheel', turned], ['keydown', turned], ['touchmove', turned], ['pointerdown', held], ['scroll', scrolled]] as const
  onMounted(() => {
    ways.forEach(([event, hear]) => log.value?.addEventListener(event, hear, { passive: true }))
    window.addEventListener('pointerup', left)
  })
  onUnmounted(() => {
    clearTimeout(wait)
    window.removeEventListener('pointerup', left)
  })
}

/** px of a line of what is printed */
const LINE = 21

/** Whether something goes on out of sight at the right: measured where it may have changed. What a bar takes of the last line's room is given back below it, so that at its end whole lines are seen. */
export function useCut(log: Ref<HTMLElement | null>) {
  const cut = ref(false)
  function measure(): void {
    const at = log.value
    at?.style.setProperty('--rest', `${at.clientHeight % LINE}px`)
    cut.value = !!at && at.scrollWidth - at.clientWidth - at.scrollLeft > 4
  }
  return { cut, measure }
}
