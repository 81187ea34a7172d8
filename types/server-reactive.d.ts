// What Slidev's dev server keeps for all browsers, as the page sees it; in a built deck the same object, with nobody behind it.
declare module 'server-reactive:mirror' {
  import type { ServerState } from '../composables/windows.ts'

  const state: ServerState
  export default state
}
declare const __SLIDEV_HAS_SERVER__: boolean
