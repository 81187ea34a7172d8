// Pages turn at once. Slidev shows its slides in a TransitionGroup even where no transition is wanted, and Vue then waits two frames before it hides the last one:
// a slide that is left, shown and left again within those is never hidden (vue/packages/runtime-dom/src/components/Transition.ts, onLeave: the second leave finds
// `_isLeaving` taken back by the first). On a slow machine two quick presses are enough, and the old slide lies over the new one.
import type { Plugin } from 'vite'

const SHOW = '/internals/SlidesShow.vue'
const GROUP = `: TransitionGroup"`

/** Puts a plain element in the place of the group. @throws Error where Slidev's source has changed: then look whether it is still needed */
export function pagesTurnAtOnce(): Plugin {
  return {
    name: 'helmsman:pages-turn-at-once',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0]!.endsWith(SHOW) || id.includes('?'))
        return undefined
      if (!code.includes(GROUP))
        throw new Error(`${SHOW} no longer has ${GROUP}: scripts/lib/pageturn.ts has to be looked at`)
      return code.replace(GROUP, `: 'div'"`)
    },
  }
}
