// A slide twice as large, a quarter of it at a time: the browser's own zoom keeps a slide within its window.
import { readonly, ref } from 'vue'

export const QUARTERS = ['top left', 'top right', 'bottom left', 'bottom right'] as const

const shown = ref<number>()

/** Which of `QUARTERS` fills the window; undefined where the whole slide does. Each window has its own. */
export const quarter = readonly(shown)

/** Goes on to the next quarter, and after the last to the whole slide. */
export function enlarge(): void {
  const next = shown.value === undefined ? 0 : shown.value + 1
  shown.value = next < QUARTERS.length ? next : undefined
}

/** Back to the whole slide. */
export function reduce(): void {
  shown.value = undefined
}

/** The quarter that is looked at now, where the keyboard's focus or a hand has moved what is enlarged. */
export function moved(to: number): void {
  if (shown.value !== undefined)
    shown.value = to
}

/** A slide is read from its top left: where it is enlarged, the next one begins there. */
export function beginAgain(): void {
  if (shown.value !== undefined)
    shown.value = 0
}
