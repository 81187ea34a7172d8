// What is mended in Slidev's own client as it is built, each at the one place it stands.
import type { Plugin } from 'vite'

interface Mend {
  /** end of the path of Slidev's file */
  readonly file: string
  readonly from: string
  readonly to: string
}

/**
 * Pages turn at once. Slidev shows its slides in a TransitionGroup even where no transition is wanted, and Vue then waits two frames before it hides the last one:
 * a slide that is left, shown and left again within those is never hidden (vue/packages/runtime-dom/src/components/Transition.ts, onLeave: the second leave finds
 * `_isLeaving` taken back by the first). On a slow machine two quick presses are enough, and the old slide lies over the new one.
 */
const pageTurn: Mend = { file: '/internals/SlidesShow.vue', from: `: TransitionGroup"`, to: `: 'div'"` }

/** What the presenter is shown as next is what the keys lead to: slides that are there for those who read alone are passed over (setup/shortcuts.ts). */
const nextShown: Mend = {
  file: '/pages/presenter.vue',
  from: `  else if (hasNext.value)
    return [nextRoute.value, 0] as const
  else
    return null`,
  to: `  const taught = hasNext.value ? slides.value.slice(nextRoute.value.no - 1).find(route => route.meta.slide?.frontmatter?.optional !== true) : undefined
  return taught ? [taught, 0] as const : null`,
}

/** @throws Error while building where Slidev's source has changed: then look whether the mend is still needed */
export function slidevMends(mends: readonly Mend[] = [pageTurn, nextShown]): Plugin {
  return {
    name: 'helmsman:slidev-mends',
    enforce: 'pre',
    transform(code, id) {
      const mend = mends.find(({ file }) => id.endsWith(file))
      if (!mend)
        return undefined
      if (!code.includes(mend.from))
        throw new Error(`${mend.file} no longer has ${mend.from}: scripts/lib/slidevmends.ts has to be looked at`)
      return code.replace(mend.from, () => mend.to)
    },
  }
}
