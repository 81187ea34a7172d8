// Whether something was just done in this very window, by hand: what another window did comes without.

/** ms in which a key or a touch turns the page */
const SOON = 500
let last = -Infinity

if (typeof window !== 'undefined') {
  for (const kind of ['keydown', 'pointerdown', 'pointerup', 'touchend', 'wheel'])
    window.addEventListener(kind, () => last = performance.now(), { capture: true, passive: true })
}

/** Whether a key, pointer or wheel was used here just now. */
export const byHand = (): boolean => performance.now() - last < SOON
