// The presenter's script keeps up with the clicks: the paragraph to be spoken is in sight.
import { nextTick, watch } from 'vue'
import { usePosition } from './slidev.ts'

/** Scrolls the notes so that they begin with the active click mark, and to their beginning on a new slide and before its first click. Call once for the page. */
export function useNotesFollow(): void {
  const position = usePosition()
  watch(() => [position.value.no, position.value.click] as const, async ([no, click], before) => {
    await nextTick()
    // Slidev marks the active paragraph after the note is drawn
    requestAnimationFrame(() => {
      const active = document.querySelector('.slidev-note-click-mark-active')
      if (active)
        active.scrollIntoView({ block: 'start' })
      else if (!click || before?.[0] !== no)
        document.querySelector('.slidev-note')?.scrollIntoView({ block: 'start' })
    })
  }, { immediate: true, flush: 'post' })
}
