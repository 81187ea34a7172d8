// The one file that imports Slidev's client: what slides and diagrams may know of their host.
import type { ClicksInfo, SlideRoute } from '@slidev/client'
import type { ComputedRef, Ref } from 'vue'
import { configs, useDarkMode, useNav, useSlideContext } from '@slidev/client'
import { useTimer } from '@slidev/client/composables/useTimer.ts'
import { computed, onMounted, onUnmounted, shallowRef } from 'vue'

/** A slide as the map and the links see it. */
export interface SlideEntry {
  no: number
  title: string
  alias?: string
  section?: string
  optional: boolean
  /** what it is for, where the lecture passes over it; empty where it does not */
  aside: string
}

/** Where one copy of a component stands: on which slide, in which window, and whether it may move or write. */
export interface Seat {
  /** the slide's number, from 1 */
  page: number
  frontmatter: Record<string, unknown>
  /** the PDF or the print route: draw still frames */
  print: boolean
  /** in an audience or presenter window, shown or not: copies in lists and previews are inert */
  stage: boolean
  /** this copy is the shown slide of an audience or presenter window; every other copy is inert */
  live: ComputedRef<boolean>
  presenter: boolean
  clicks: Ref<number>
  /**
   * Takes `count` clicks of the slide for the caller.
   * @returns how many of them have been made, from 0 to `count`
   */
  claimClicks: (count: number) => ComputedRef<number>
  /** takes the slide's clicks back to the first, in every window */
  resetClicks: () => void
}

/** Call in a component's setup, inside a slide. */
export function useSeat(): Seat {
  const context = useSlideContext()
  const nav = useNav()
  const where = context.$renderContext.value
  const print = nav.isPrintMode.value
  const onStage = (where === 'slide' || where === 'presenter') && !print
  return {
    page: context.$page.value,
    frontmatter: context.$frontmatter,
    print,
    stage: onStage,
    // before the slide is drawn, it does not know its clicks
    live: computed(() => onStage && context.$nav.value.currentSlideNo === context.$page.value && context.$clicksContext.isMounted),
    presenter: where === 'presenter',
    clicks: context.$clicks,
    claimClicks(count) {
      if (count === 0)
        return computed(() => 0)
      const id = Symbol('clicks')
      const info = shallowRef<ClicksInfo | null>(null)
      function claim(): void {
        info.value = context.$clicksContext.calculateSince('+1', count)
        context.$clicksContext.register(id, info.value)
      }
      claim()
      // where a window goes over to the presenter's view, or back, the copy that leaves takes all clicks of the slide with it, after this one has been set up
      onMounted(() => {
        if (!context.$clicksContext.maxMap.has(id))
          claim()
      })
      onUnmounted(() => context.$clicksContext.unregister(id))
      return computed(() => Math.min(count, Math.max(0, context.$clicksContext.current - (info.value?.start ?? 1) + 1)))
    },
    resetClicks() {
      if (onStage && context.$clicksContext.current !== 0)
        context.$clicksContext.current = 0
    },
  }
}

function entry(route: SlideRoute): SlideEntry {
  const { frontmatter, title } = route.meta.slide
  return {
    no: route.no,
    title: title ?? '',
    alias: frontmatter.routeAlias as string | undefined,
    section: frontmatter.section as string | undefined,
    optional: frontmatter.optional === true,
    aside: asideOf(frontmatter),
  }
}

/** All slides of this lecture, in order. */
export function useSlides(): ComputedRef<SlideEntry[]> {
  const nav = useNav()
  return computed(() => nav.slides.value.map(entry))
}

/**
 * A link to a slide by its alias, for the screen and for paper.
 * In the PDF a destination is `#012-01`: the slide's number and its first click.
 */
export function useSlideLink() {
  const nav = useNav()
  const slides = useSlides()
  const find = (alias: string) => slides.value.find(s => s.alias === alias)
  return {
    find,
    href(alias: string): string | undefined {
      const slide = find(alias)
      if (!slide)
        return undefined
      return nav.isPrintMode.value ? `#${String(slide.no).padStart(3, '0')}-01` : `#/${nav.isPresenter.value ? 'presenter/' : ''}${slide.no}`
    },
    async go(alias: string): Promise<void> {
      const slide = find(alias)
      if (slide && !nav.isPrintMode.value)
        await nav.go(slide.no)
    },
  }
}

/** The address of the deck up to `#`, without what belongs to one window. */
export function deckAddress(): string {
  return `${location.origin}${location.pathname}`
}

/** True where the page is drawn for paper. */
export function usePrint(): ComputedRef<boolean> {
  const nav = useNav()
  return computed(() => nav.isPrintMode.value)
}

/** The theme that is shown. */
export function useDark(): Ref<boolean> {
  return useDarkMode().isDark
}

/** Which lecture this is: its name in the headmatter, `long` or `short`. */
export function useLecture(): 'long' | 'short' {
  return configs.lecture === 'short' ? 'short' : 'long'
}

/** The public address of the deck, where its headmatter names one. */
export function usePublicAddress(): string | undefined {
  return typeof configs.publicAddress === 'string' && configs.publicAddress ? configs.publicAddress : undefined
}

/** The name under which this deck's windows talk to each other; another lecture on the same origin has another. */
export function channelName(): string {
  return `${configs.slidesTitle} - helmsman`
}

/** What the presenter's keys do besides turning the page: the clock starts with the first step, optional slides are passed over. */
export function usePresenterSteps() {
  const nav = useNav()
  const slides = useSlides()
  const clock = useTimer()
  return {
    /** Starts the presenter's clock, unless it runs or was stopped by hand. */
    begin(): void {
      if (nav.isPresenter.value && clock.status.value === 'stopped')
        clock.resume()
    },
    /**
     * Goes past optional slides that come next in this direction, where the presenter is at the end of a slide.
     * @returns whether it went: if not, the ordinary step is to be made
     */
    passOver(direction: 1 | -1): boolean {
      if (!nav.isPresenter.value)
        return false
      const atEdge = direction > 0 ? nav.clicks.value >= nav.clicksTotal.value : nav.clicks.value <= 0
      let to = nav.currentSlideNo.value + direction
      if (!atEdge || !slides.value[to - 1]?.optional)
        return false
      while (slides.value[to - 1]?.optional)
        to += direction
      // nothing but optional slides that way: the lecture ends here
      if (!slides.value[to - 1])
        return true
      void nav.go(to, direction < 0 ? 999 : 0)
      return true
    },
  }
}

/** Whether this page shows one slide: an audience or presenter window, not paper or a list. */
export function useHasPage(): ComputedRef<boolean> {
  const nav = useNav()
  return computed(() => !nav.isPrintMode.value && (nav.isPlaying.value || nav.isPresenter.value))
}

/** Whether this is the presenter's window. */
export function useIsPresenter(): Readonly<Ref<boolean>> {
  return useNav().isPresenter
}

/** What a slide is for that is left out when the lecture is spoken; empty where it is a part of it. @param frontmatter of the slide: it may be other than to be read */
export const asideOf = ({ optional, alone }: Readonly<Record<string, unknown>>): string => optional === true ? (alone as string | undefined) ?? 'to read alone' : ''

/** Where the lecture is, in the words of a listener. */

export function usePosition() {
  const nav = useNav()
  const slides = useSlides()
  return computed(() => ({
    no: nav.currentSlideNo.value,
    total: slides.value.length,
    title: (slides.value[nav.currentSlideNo.value - 1]?.title ?? '').replace(/<[^>]+>/g, ''),
    /** who it is for, where it is no part of what is spoken */
    aside: slides.value[nav.currentSlideNo.value - 1]?.aside ?? '',
    click: nav.clicks.value,
    clicks: nav.clicksTotal.value,
    deck: configs.slidesTitle,
  }))
}

/** One step on, as the right arrow makes it. */
export function useNextStep(): () => Promise<void> {
  return useNav().next
}
