// The way from the exercises of one slide to those of the next: who goes by the keyboard goes on there, and hears what is asked there.
import type { Ref } from 'vue'
import { nextTick, watch } from 'vue'

/** somebody is on the way, and whether by the keyboard */
let way: { readonly keyboard: boolean, readonly step: 1 | -1 } | undefined

/**
 * @param live whether the slide is shown
 * @param root the exercises
 * @param arrive called where somebody has come from the exercises of another slide
 * @returns to be called before the slide is left for other exercises: on to the next, or back to those before
 */
export function useOnward(live: Ref<boolean>, root: Ref<HTMLElement | null>, arrive: () => void): (step: 1 | -1) => void {
  watch([live, root], async ([shown, element]) => {
    if (!shown || !element || !way)
      return
    const { keyboard, step } = way
    way = undefined
    arrive()
    await nextTick()
    if (keyboard)
      element.querySelector<HTMLElement>(step > 0 ? '.exercise-goal .next' : '.exercise-goal .before')?.focus({ preventScroll: true })
  }, { flush: 'post', immediate: true })
  return (step) => {
    way = { step, keyboard: !!root.value?.contains(document.activeElement) }
  }
}
