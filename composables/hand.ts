// Whether something was just done in this very window, by hand: what another window did comes without.

/** ms in which a key or a touch turns the page */
const SOON = 500
let last = -Infinity
/** ms within which a key that is held down has told of it once more */
const HELD = 600
let pressed = false
let repeated = -Infinity

if (typeof window !== 'undefined') {
  window.addEventListener('keydown', (event) => {
    if (event.repeat)
      repeated = performance.now()
    else
      pressed = true
  }, { capture: true, passive: true })
  for (const kind of ['keydown', 'pointerdown', 'pointerup', 'touchend', 'wheel'])
    window.addEventListener(kind, () => last = performance.now(), { capture: true, passive: true })
}

/** Whether a key, pointer or wheel was used here just now. */
export const byHand = (): boolean => performance.now() - last < SOON

/**
 * Whether what a key does is to be done: once for each press, and again while the keyboard itself says that the key is held. Slidev
 * repeats a key by the clock alone, from a second after the press until it is told of the release: on a machine that is busy for a second
 * that would turn two pages for one press.
 */
export function pressedOrHeld(): boolean {
  const first = pressed
  pressed = false
  return first || performance.now() - repeated < HELD
}
