// What every layout needs: its place in the page's outline, and an empty list for its slide's footnotes.
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useSeat } from './slidev.ts'
import { provideFootnotes } from './useFootnotes.ts'

/**
 * Call in a layout's setup.
 * @returns the role of its outermost element: of all copies of a slide only the one that is shown is the page's main part
 */
export function useLayout(): { role: ComputedRef<'main' | undefined> } {
  provideFootnotes()
  const { live } = useSeat()
  return { role: computed(() => live.value ? 'main' : undefined) }
}
