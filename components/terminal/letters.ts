// Letters that are typed on a slide with a terminal are the terminal's: who was told to type a command has not always pressed its line first.
import type { Ref } from 'vue'
import { onMounted, onUnmounted, ref, watch } from 'vue'
import { takesLetters } from '../../composables/letters.ts'

/** Whether a key writes a letter, sign or number, or begins one. A space is the clicker's. */
function writes(event: KeyboardEvent): boolean {
  const { key, ctrlKey, altKey, metaKey } = event
  return (key === 'Dead' || ([...key].length === 1 && key.trim() !== '')) && (event.getModifierState('AltGraph') || !(ctrlKey || altKey || metaKey))
}

/** Whether a place is to be seen: on the page, and nothing over the terminal that it belongs to. A long text reaches out of it. */
function isSeen(place: HTMLElement): boolean {
  const element = place.closest('.kubectl-terminal') ?? place
  const { left, top, right, bottom } = element.getBoundingClientRect()
  // the part of it that is on the screen: of an enlarged slide a quarter is
  const [from, to, over, under] = [Math.max(0, left), Math.min(innerWidth, right), Math.max(0, top), Math.min(innerHeight, bottom)]
  return to > from && under > over && element.contains(document.elementFromPoint((from + to) / 2, (over + under) / 2))
}

/** Letters that are the deck's own shortcuts. */
const SHORTCUTS = new Set([...'dfgnorz'])

/** Whether a key goes on with a line in which something is written, while nothing has the focus. */
function goesOn({ key }: KeyboardEvent, place: HTMLElement): boolean {
  return (key === 'Enter' || key === ' ') && place instanceof HTMLInputElement && place.value.trim() !== '' && (!document.activeElement || document.activeElement === document.body)
}

/** The key goes to the place, and the deck never hears of it. */
function write(event: KeyboardEvent, place: HTMLElement): void {
  event.stopImmediatePropagation()
  place.focus({ preventScroll: true })
  if (event.key === 'Enter') {
    event.preventDefault()
    place.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  }
}

/**
 * A letter takes the focus to where letters are written, unless it has some place already: the browser then writes it there, and the deck's shortcuts never hear of it.
 * Who has left that place by Escape has the deck's shortcuts again, until the place is taken by hand, the notes are turned, a letter is typed that the deck has no use for, or the slide is shown anew; a file that was left so is written in only by hand.
 * A line that was written by a press goes on as if it had been typed: Enter runs it, and a blank is a part of it.
 * @param live whether the slide is shown
 * @param find where letters are written: nothing where there is no such place
 * @param told that the line of commands was left by Escape
 * @returns whether it was left so, and what gives letters back to the terminal
 */
export function useLetters(live: Ref<boolean>, find: () => HTMLElement | null | undefined, told: () => void): { left: Readonly<Ref<boolean>>, take: () => void } {
  const left = ref(false)
  function take(event: KeyboardEvent): void {
    if (!live.value)
      return
    const place = find()
    if (place && document.activeElement === place) {
      left.value = event.key === 'Escape'
      if (left.value && !place.isContentEditable)
        told()
    }
    // who has just come, or was at a button, leaves it the same way
    else if (event.key === 'Escape' && !left.value && !event.defaultPrevented && !takesLetters(document.activeElement) && place && isSeen(place)) {
      left.value = true
      told()
    }
    // while a text is written, a space from nowhere turns no page: it goes back to the text, and writes nothing
    if (event.key === ' ' && place?.isContentEditable && (!document.activeElement || document.activeElement === document.body) && isSeen(place)) {
      event.preventDefault()
      event.stopImmediatePropagation()
      place.focus({ preventScroll: true })
      return
    }
    if (event.defaultPrevented || takesLetters(document.activeElement))
      return
    // the notes are turned, and who reads on in them types what stands there; what is none of the deck's shortcuts begins a command
    const key = event.key.toLowerCase()
    const begins = left.value && !place?.isContentEditable && writes(event)
    if (begins && (key === 'n' || !(SHORTCUTS.has(key) || /\d/.test(key))))
      left.value = false
    if (begins && key === 'n')
      return
    if (!left.value && place && isSeen(place) && (writes(event) || goesOn(event, place)))
      write(event, place)
  }
  watch(live, () => left.value &&= find()?.isContentEditable === true)
  onMounted(() => window.addEventListener('keydown', take, { capture: true }))
  onUnmounted(() => window.removeEventListener('keydown', take, { capture: true }))
  return { left, take: () => void (left.value = false) }
}
