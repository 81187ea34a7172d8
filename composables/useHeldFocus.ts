// Keeps the keyboard's place inside a diagram: where the control that has the focus goes, its neighbour takes it, so that the next key
// is not the deck's.
import type { Ref } from 'vue'
import { nextTick, onMounted, onUnmounted } from 'vue'

/** what the keyboard can be at */
const CONTROLS = 'button:not(:disabled), input:not(:disabled), a[href]'

/** Where a control stands: what it was called, in which part, and as which of that part's. */
export interface Place { control: HTMLElement, name: string, part: string, index: number }

/** what is hidden takes no focus */
const isSeen = (control: Element) => typeof control.checkVisibility !== 'function' || control.checkVisibility({ visibilityProperty: true })

const nameOf = (control: Element) => control.getAttribute('aria-label') ?? control.textContent?.trim() ?? ''

/** The parts of a diagram's frame that stay, in the order of the keyboard; the last one always has a control. */
export const STAGE_PARTS: readonly string[] = ['.picture', '.controls', '.transport']

const controlsIn = (root: HTMLElement | null, part: string) => [...root?.querySelectorAll<HTMLElement>(`${part} :is(${CONTROLS})`) ?? []].filter(isSeen)

/** Where a control stands in a diagram; undefined where it is in none of its parts. */
export function placeOf(root: HTMLElement | null, parts: readonly string[], control: HTMLElement): Place | undefined {
  const part = parts.find(p => control.closest(p))
  return part === undefined ? undefined : { control, name: nameOf(control), part, index: controlsIn(root, part).indexOf(control) }
}

/** What has come to a place whose control has gone: one of its name, else its neighbour, else the first of the last part. */
export function successor(root: HTMLElement | null, parts: readonly string[], { name, part, index }: Place): HTMLElement | undefined {
  const near = controlsIn(root, part)
  return near.find(c => nameOf(c) === name) ?? near[Math.min(Math.max(0, index), near.length - 1)] ?? controlsIn(root, parts.at(-1)!)[0]
}

/**
 * @param root the diagram
 * @param parts select the parts of it that stay; the last one always has a control
 */
export function useHeldFocus(root: Ref<HTMLElement | null>, parts: readonly string[]): void {
  let held: Place | undefined
  const gone = ({ control }: Place) => !control.isConnected || control.matches(':disabled')

  function hold({ target }: FocusEvent): void {
    held = placeOf(root.value, parts, target as HTMLElement)
  }

  async function check(): Promise<void> {
    const place = held
    // who redraws a part of the picture may know better where to go
    await nextTick()
    if (!place || held !== place || !root.value?.isConnected)
      return
    const at = document.activeElement
    if (!gone(place)) {
      if (at !== place.control)
        held = undefined
      return
    }
    held = undefined
    if (at && at !== document.body && at !== place.control)
      return
    successor(root.value, parts, place)?.focus({ preventScroll: true })
  }

  /** the keys that press a control are its own, whatever becomes of it */
  function keep(event: KeyboardEvent): void {
    if (event.key === ' ' || event.key === 'Enter')
      event.stopPropagation()
  }

  const observer = typeof MutationObserver === 'function' ? new MutationObserver(() => held && gone(held) && void check()) : undefined
  onMounted(() => {
    const element = root.value
    if (!element)
      return
    element.addEventListener('focusin', hold)
    element.addEventListener('focusout', check)
    element.addEventListener('keydown', keep)
    observer?.observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  })
  onUnmounted(() => observer?.disconnect())
}
