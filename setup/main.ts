// Page keys turn pages whatever was touched last: a button, link or slider gives up the focus for them, and in a diagram has it again then. A run that an address carries is
// taken out of it once.
import { defineAppSetup } from '@slidev/types'
import { withoutRun } from '../composables/address.ts'
import { holdLetterKeys } from '../composables/letterKeys.ts'
import { placeOf, STAGE_PARTS, successor } from '../composables/useHeldFocus.ts'

/** keys that turn the page from anywhere; Escape only lets go, of what has nothing open */
const pageKeys = new Set(['PageDown', 'PageUp', 'Escape'])
/** keys that a slider needs itself */
const arrowKeys = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'])

/** keys that open what Escape closes: Slidev leaves them to a button that has the focus */
const openers = new Set(['o', 'g'])

/** Whether someone writes there: then no key is taken away. */
function writes(at: Element): boolean {
  return at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type !== 'range' && !at.readOnly) || (at instanceof HTMLElement && at.isContentEditable)
}

/** the presenter's script needs more room than Slidev gives it, the next slide less; who drags the edge keeps what he dragged */
function roomForNotes(): void {
  const key = 'slidev-presenter-notes-row-size'
  if (localStorage.getItem(key) === null)
    localStorage.setItem(key, String(Math.max(280, window.innerHeight - 300)))
}

/** What a key that turns pages was pressed on keeps the keyboard's place, if it is still to be seen then; in a diagram, what has come to its place does. */
function giveBack(at: HTMLElement): void {
  const diagram = at.closest<HTMLElement>('[data-diagram]')
  const place = diagram && placeOf(diagram, STAGE_PARTS, at)
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (document.activeElement !== document.body)
      return
    const seen = (el?: HTMLElement | null) => el?.isConnected && el.offsetParent ? el : undefined
    const to = seen(at) ?? (seen(diagram) && place && successor(diagram, STAGE_PARTS, place))
    to?.focus({ preventScroll: true })
  }))
}

export default defineAppSetup(({ router }) => {
  holdLetterKeys()
  roomForNotes()
  router.beforeEach((to) => {
    const query = withoutRun(to.query)
    return query ? { path: to.path, query, replace: true } : true
  })
  let opener: HTMLElement | undefined
  window.addEventListener('keydown', (event) => {
    const at = document.activeElement
    // what a key has opened is closed: back to where it was pressed
    if (event.key === 'Enter')
      opener = undefined
    if (event.key === 'Escape' && opener) {
      giveBack(opener)
      opener = undefined
      return
    }
    if (!(at instanceof HTMLElement) || at === document.body || writes(at))
      return
    // what has opened something closes that first, and keeps the keyboard's place; so does what was come to by Escape itself
    if (event.key === 'Escape' && (at.getAttribute('aria-expanded') === 'true' || at.hasAttribute('data-stays')))
      return
    const presses = at instanceof HTMLButtonElement || at instanceof HTMLAnchorElement
    if (pageKeys.has(event.key) || (presses && arrowKeys.has(event.key)))
      at.blur()
    // in a terminal every letter is written
    if (presses && openers.has(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !at.closest('.kubectl-stage')) {
      opener = at
      at.blur()
    }
    // the deck has the key; then who has the keyboard goes on from there
    if (event.key !== 'Escape' && at.closest('[data-diagram], .kubectl-stage') && (pageKeys.has(event.key) || (presses && arrowKeys.has(event.key))))
      giveBack(at)
    // a page key turns the page and does not move the slider as well
    if (pageKeys.has(event.key) && at instanceof HTMLInputElement)
      event.preventDefault()
  }, { capture: true })
})
