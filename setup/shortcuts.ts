// Slides marked `optional` are there for those who read alone: the presenter's next and previous pass over them. The first step
// starts the presenter's clock. N turns the notes.
import type { NavOperations, ShortcutOptions } from '@slidev/types'
import { defineShortcutsSetup } from '@slidev/types'
import { pressedOrHeld } from '../composables/hand.ts'
import { usePresenterSteps } from '../composables/slidev.ts'

const forward = new Set(['next_space', 'next_right', 'next_page_key', 'next_down', 'next_shift'])
const back = new Set(['prev_space', 'prev_left', 'prev_page_key', 'prev_up', 'prev_shift'])

/** Brings the part of the presenter's script that is out of sight; from its end, the beginning. */
function turnNotes(): void {
  const notes = document.querySelector('.grid-section.note .overflow-auto')
  if (notes)
    notes.scrollTop = notes.scrollTop + notes.clientHeight >= notes.scrollHeight - 4 ? 0 : notes.scrollTop + notes.clientHeight * 0.8
}

export default defineShortcutsSetup((_nav: NavOperations, base: ShortcutOptions[]) => {
  const steps = usePresenterSteps()
  const notes: ShortcutOptions = { name: 'turn_notes', key: 'n', fn: turnNotes, autoRepeat: true }
  return [notes, ...base.map((shortcut) => {
    if (shortcut.name && forward.has(shortcut.name))
      return { ...shortcut, fn: () => pressedOrHeld() && (steps.begin(), steps.passOver(1) || shortcut.fn?.()) }
    if (shortcut.name && back.has(shortcut.name))
      return { ...shortcut, fn: () => pressedOrHeld() && (steps.passOver(-1) || shortcut.fn?.()) }
    return shortcut
  })]
})
