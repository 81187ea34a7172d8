// The windows of this deck, once for the page: other windows of the browser, other browsers by the dev server, and what was before a reload.
import type { Windows } from './windows.ts'
import serverState from 'server-reactive:mirror'
import { channelName } from './slidev.ts'
import { browserTransport, createWindows, serverTransport, sessionShelf } from './windows.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether what is done here is told to others. A deck that is served to other machines is written by its presenter's windows alone,
 * and by those of the machine that serves it, as Slidev does with pages; all others watch.
 */
export function mayWrite(): boolean {
  return !__SLIDEV_HAS_SERVER__ || LOOPBACK.has(location.hostname) || /^#\/presenter\b/.test(location.hash)
}

let windows: (Windows & { seenElsewhere: () => boolean }) | undefined

/** Everything shared goes by these. `seenElsewhere`: another window of this browser is in sight. */
export function useWindows(): Windows & { seenElsewhere: () => boolean } {
  if (!windows) {
    // a window has a new name after a reload: what it wrote before is kept under the old one
    const me = Array.from(crypto.getRandomValues(new Uint8Array(6)), byte => (byte % 36).toString(36)).join('')
    const name = channelName()
    const browser = browserTransport(name, me)
    const server = __SLIDEV_HAS_SERVER__ ? [serverTransport(serverState, me, mayWrite)] : []
    windows = { ...createWindows(me, [browser, ...server], sessionShelf(name)), seenElsewhere: browser.seenElsewhere }
  }
  return windows
}
