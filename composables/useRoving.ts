// Many boxes are one stop for Tab: it comes to the one that is told of, and arrow keys, Home and End go on from there.
import type { ComputedRef, Ref } from 'vue'
import { computed, ref, useId } from 'vue'
import { goTo } from './roving.ts'

export interface Roving {
  /** the number of the box that Tab comes to */
  stop: ComputedRef<number | undefined>
  /** the id of the words that say how it goes */
  how: string
  /** what the group of boxes listens to */
  on: { keydown: (event: KeyboardEvent) => void, focusin: (event: FocusEvent) => void, focusout: () => void }
}

/**
 * @param group what holds the boxes
 * @param kind what they are: a box is a button that has its number in `data-`kind; one that is hidden from the ear is no stop
 * @param shown the numbers of the boxes that are there, in their order
 * @param told the number of the one that is told of
 */
export function useRoving(group: Ref<HTMLElement | null>, kind: string, shown: () => readonly number[], told: () => number | undefined): Roving {
  const focused = ref<number>()
  const stop = computed(() => [focused.value, told(), shown()[0]].find(no => no !== undefined && shown().includes(no)))

  function keydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
      return
    const boxes = [...group.value?.querySelectorAll<HTMLElement>(`button[data-${kind}]`) ?? []].filter(box => !box.closest('[aria-hidden="true"]'))
    const from = boxes.indexOf(event.target as HTMLElement)
    const spots = boxes.map(box => box.getBoundingClientRect()).map(({ left, top, width, height }) => ({ x: left + width / 2, y: top + height / 2 }))
    const to = from < 0 ? undefined : goTo(event.key, from, spots)
    if (to === undefined)
      return
    // the focused boxes' keys are not the deck's; page keys stay the clicker's
    event.preventDefault()
    event.stopPropagation()
    boxes[to]!.focus({ preventScroll: true })
  }
  const focusin = ({ target }: FocusEvent) => {
    const no = (target as HTMLElement).closest<HTMLElement>(`[data-${kind}]`)?.dataset[kind]
    focused.value = no === undefined ? undefined : Number(no)
  }
  const focusout = () => focused.value = undefined

  return { stop, how: useId(), on: { keydown, focusin, focusout } }
}
