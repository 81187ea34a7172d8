// Keys of one letter, figure or sign that do something wherever the focus is: who dictates, or hits keys by mistake, switches them
// off (WCAG 2.2, 2.1.4). Keys that turn pages stay, and letters that are written are written.
import { readonly, ref } from 'vue'
import { takesLetters } from './letters.ts'

const KEY = 'helmsman-letter-keys'

const on = ref(read())

/** Without a memory they are on. */
function read(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  }
  catch {
    return true
  }
}

/** Whether keys of one letter do something. Kept for the next visit. */
export const letterKeys = readonly(on)

/** Switches them on or off, in this window and for the next visit. */
export function switchLetterKeys(): void {
  on.value = !on.value
  try {
    localStorage.setItem(KEY, on.value ? 'on' : 'off')
  }
  catch {
    // where nothing may be kept it holds until the page is left
  }
}

/** Whether a key writes one sign, and nothing else is held with it; Space turns pages. */
const isSign = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => [...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey

/** Takes such keys away while they are off. To be called before anything else listens. */
export function holdLetterKeys(): void {
  window.addEventListener('keydown', (event) => {
    const at = document.activeElement
    if (!on.value && isSign(event) && !takesLetters(at) && !at?.closest('.kubectl-stage'))
      event.stopImmediatePropagation()
  }, { capture: true })
}
