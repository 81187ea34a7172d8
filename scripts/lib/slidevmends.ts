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

/** A button inside a button is two stops of Tab and no valid HTML: the outer one only hears the press of the inner. */
const menuButton: Mend = {
  file: '/internals/MenuButton.vue',
  from: `    <button :class="{ disabled }" @click="value = !value">
      <slot name="button" :value :class="{ disabled }" />
    </button>`,
  to: `    <div :class="{ disabled }" @click="value = !value">
      <slot name="button" :value :class="{ disabled }" />
    </div>`,
}

/** Escape closes a menu, and the focus goes back to the button that opened it. */
const menuEscape: Mend = {
  file: '/internals/MenuButton.vue',
  from: `  <div ref="el" class="flex relative">`,
  to: `  <div ref="el" class="flex relative" @keydown.esc="value && ($event.stopPropagation(), value = false, el?.querySelector('button')?.focus())">`,
}

/** What a menu lets choose is a group of buttons, one of them chosen: Slidev's are for the mouse alone. */
const choices: readonly Mend[] = [
  { file: '/internals/SelectList.vue', from: `    <div class="items">
      <div`, to: `    <div class="items" role="radiogroup" :aria-label="title">
      <button
        type="button"
        role="radio"
        :aria-checked="value === item.value"` },
  { file: '/internals/SelectList.vue', from: `          {{ item.display || item.value }}
        </div>
      </div>`, to: `          {{ item.display || item.value }}
        </div>
      </button>` },
  { file: '/internals/SelectList.vue', from: `  @apply flex rounded`, to: `  @apply flex w-full text-left rounded` },
]

/** What was drawn on a slide lies over it as an image of its own, empty as a rule and never with a name: it is nothing to hear. */
const drawings: readonly Mend[] = ['DrawingLayer', 'DrawingPreview'].map(name => ({ file: `/internals/${name}.vue`, from: `    class="w-full h-full absolute top-0`, to: `    aria-hidden="true"
    class="w-full h-full absolute top-0` }))

/**
 * The overview of the slides for who does not see it: it says what it is, each miniature is one button that is called after its slide, the focus goes with the marker, and so the
 * slide under it is spoken; what lies behind takes no focus, nor do the miniatures' insides. The focus is on a `div`, since Slidev leaves its keys to a `button` that has it.
 */
const overview: readonly Mend[] = [
  {
    file: '/internals/QuickOverview.vue',
    from: `watchEffect(() => {
  // Watch currentPage`,
    to: `const grid = ref<HTMLElement>()
const nameOf = (route: { no: number, meta: { slide?: { title?: string } } }) => \`Slide \${route.no}\${route.meta.slide?.title ? \`: \${route.meta.slide.title}\` : ''}\`
let before: Element | null = null
function toMarker() {
  grid.value?.querySelector<HTMLElement>(\`[data-overview-no="\${currentOverviewPage.value}"]\`)?.focus()
}
watch(showOverview, async (shown) => {
  document.querySelector('#page-root, .slidev-presenter')?.toggleAttribute('inert', shown)
  if (shown) {
    before = document.activeElement
    await nextTick()
    toMarker()
  }
  else if (before instanceof HTMLElement && before !== document.body && before.isConnected) {
    before.focus({ preventScroll: true })
  }
  else {
    (document.activeElement as HTMLElement | null)?.blur()
  }
}, { flush: 'post' })
watch(currentOverviewPage, () => showOverview.value && toMarker(), { flush: 'post' })

watchEffect(() => {
  // Watch currentPage`,
  },
  { file: '/internals/QuickOverview.vue', from: `import { computed, ref, watchEffect } from 'vue'`, to: `import { computed, nextTick, ref, watch, watchEffect } from 'vue'` },
  { file: '/internals/QuickOverview.vue', from: `      v-if="showOverview"
      class="fixed`, to: `      v-if="showOverview"
      ref="grid"
      role="dialog"
      aria-label="All slides: arrows choose, Enter or a number goes there, Escape closes"
      class="fixed` },
  { file: '/internals/QuickOverview.vue', from: `            @click="go(route.no)"
          >`, to: `            role="button"
            :data-overview-no="route.no"
            :aria-label="nameOf(route)"
            :aria-current="currentSlideNo === route.no ? 'page' : undefined"
            :tabindex="currentOverviewPage === route.no ? 0 : -1"
            @click="go(route.no)"
          >` },
  { file: '/internals/QuickOverview.vue', from: `              class="pointer-events-none"`, to: `              inert
              aria-hidden="true"
              class="pointer-events-none"` },
  { file: '/internals/QuickOverview.vue', from: `            class="absolute top-0"
            :style`, to: `            class="absolute top-0"
            aria-hidden="true"
            :style` },
]

/**
 * A window that has just opened shows what the others show, and moves nobody: Slidev has it tell its own place at once, before it knows its clicks, and a clock that stands; the
 * lecture jumps back to the start of the slide. It is quiet until somebody steers it, and asks the other windows of the browser, which tell it page, clicks and clock: what they were steered to, or have heard themselves.
 */
const newcomer: readonly Mend[] = [
  { file: '/client/state/syncState.ts', from: `    function onStateChanged() {`, to: `    function onStateChanged() {
      if (!updating && (globalThis as { newcomer?: string }).newcomer === channelKey)
        return` },
  {
    file: '/client/state/syncState.ts',
    from: `(event: MessageEvent<Partial<State>>) => onUpdate(event.data))`,
    to: `(event: MessageEvent<Partial<State>>) => {
        const quiet = globalThis as { newcomer?: string }
        if (quiet.newcomer === channelKey)
          quiet.newcomer = undefined
        onUpdate(event.data)
      })`,
  },
  { file: '/client/setup/root.ts', from: `import { initSharedState, onPatch, patch }`, to: `import { initSharedState, onPatch, patch, sharedState }` },
  { file: '/client/setup/root.ts', from: `  initSharedState(`, to: `  const quiet = globalThis as { newcomer?: string }
  quiet.newcomer = \`\${slidesTitle} - shared\`
  let steered = false
  for (const type of ['keydown', 'pointerdown', 'popstate']) {
    window.addEventListener(type, () => {
      if (steered)
        return
      steered = true
      quiet.newcomer = undefined
      // what it keeps of all windows' place is its own from now on
      if (hasPrimarySlide.value)
        updateSharedState()
    }, { capture: true, once: true })
  }
  initSharedState(` },
  { file: '/client/setup/root.ts', from: `    if (!shouldSend)
      return
    if (isNotesViewer`, to: `    if (!shouldSend || !steered)
      return
    if (isNotesViewer` },
  { file: '/client/setup/root.ts', from: `  const router = useRouter()
  router.afterEach`, to: `  const door = new BroadcastChannel(\`\${slidesTitle} - door\`)
  door.addEventListener('message', () => {
    if (hasPrimarySlide.value && steered)
      updateSharedState()
    else if (!quiet.newcomer && sharedState.lastUpdate)
      patch('lastUpdate', { ...sharedState.lastUpdate, time: Date.now() })
  })
  const router = useRouter()
  router.isReady().then(() => setTimeout(() => {
    if (quiet.newcomer && !isPrintMode.value && !location.hash.includes('run='))
      door.postMessage('where')
  }, 100))
  router.afterEach` },
]

function mended(code: string, { file, from, to }: Mend): string {
  if (!code.includes(from))
    throw new Error(`${file} no longer has ${from}: scripts/lib/slidevmends.ts has to be looked at`)
  return code.replace(from, () => to)
}

/** @throws Error while building where Slidev's source has changed: then look whether the mend is still needed */
export function slidevMends(mends: readonly Mend[] = [pageTurn, nextShown, menuButton, menuEscape, ...choices, ...drawings, ...overview, ...newcomer]): Plugin {
  return {
    name: 'helmsman:slidev-mends',
    enforce: 'pre',
    transform(code, id) {
      const here = mends.filter(({ file }) => id.endsWith(file))
      return here.length ? here.reduce(mended, code) : undefined
    },
  }
}
