// The clicker turns pages whatever was touched last: focus on a button, slider or link is given up for a page key.
import { defineAppSetup } from '@slidev/types'

const pageKeys = new Set(['PageDown', 'PageUp'])

export default defineAppSetup(() => {
  window.addEventListener('keydown', (event) => {
    const at = document.activeElement
    const writes = at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type !== 'range') || (at instanceof HTMLElement && at.isContentEditable)
    if (pageKeys.has(event.key) && at instanceof HTMLElement && at !== document.body && !writes)
      at.blur()
  }, { capture: true })
})
