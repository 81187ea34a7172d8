// The part of @slidev/client that this project uses, typed by hand: its own sources do not pass a strict check.
declare module '@slidev/client' {
  import type { ComputedRef, Ref } from 'vue'

  export interface ClicksInfo { start: number, end: number, max: number, delta: number }
  export interface ClicksContext {
    current: number
    readonly total: number
    readonly isMounted: boolean
    readonly maxMap: ReadonlyMap<unknown, number>
    calculateSince: (at: string | number, size?: number) => ClicksInfo | null
    register: (el: unknown, info: { delta: number, max: number } | null) => void
    unregister: (el: unknown) => void
  }
  export interface SlideRoute {
    no: number
    meta: { slide: { frontmatter: Record<string, unknown>, title?: string } }
  }
  export interface Nav {
    slides: Ref<SlideRoute[]>
    currentSlideNo: Ref<number>
    isPrintMode: Ref<boolean>
    isPresenter: Ref<boolean>
    isPlaying: Ref<boolean>
    clicksTotal: Ref<number>
    clicks: Ref<number>
    next: () => Promise<void>
    go: (no: number | string, clicks?: number) => Promise<void>
  }
  export function useNav(): Nav
  export function useDarkMode(): { isDark: Ref<boolean>, toggleDark: () => void }
  export function useSlideContext(): {
    $renderContext: Ref<string>
    $page: Ref<number>
    $clicksContext: ClicksContext
    $clicks: Ref<number>
    $frontmatter: Record<string, unknown>
    $nav: Ref<{ currentSlideNo: number }>
  }
  export function useIsSlideActive(): ComputedRef<boolean>
  export const configs: { slidesTitle: string, remote?: string | boolean } & Record<string, unknown>
}

declare module '@slidev/client/pages/print.vue' {
  import type { DefineComponent } from 'vue'

  const page: DefineComponent
  export default page
}

declare module '@slidev/client/composables/useTimer.ts' {
  import type { ComputedRef } from 'vue'

  export function useTimer(): { status: ComputedRef<'stopped' | 'running' | 'paused'>, resume: () => void }
}
