// How a browser test meets a live diagram: opens its slide, finds its parts, waits until it rests.
import type { Locator, Page } from '@playwright/test'
import { deckOf, expect, long } from './deck.ts'

/** Where a diagram stands. */
export interface Placed { id: string, alias: string }

/** One diagram on one page. */
export interface Met {
  root: Locator
  /** the playhead, in virtual ms */
  time: () => Promise<number>
  settled: () => Promise<void>
  button: (name: string | RegExp) => Locator
  /** drags the time to a share of the line, in thousandths */
  scrub: (place: number) => Promise<void>
}

/** The number of a slide of the long lecture. */
export function slideNo(alias: string): number {
  return long.slides.find(slide => slide.alias === alias)!.no
}

/** Opens the slide with a diagram, after so many clicks. */
export async function openDiagram(page: Page, { id, alias }: Placed, clicks = 0, where: '' | 'presenter/' = ''): Promise<Met> {
  const fresh = page.url() === 'about:blank'
  await page.goto(`${deckOf('long')}#/${where}${slideNo(alias)}?clicks=${clicks}`)
  // another hash alone is the same page
  if (!fresh)
    await page.reload()
  const root = where ? page.locator(`[data-diagram="${id}"]`).first() : page.locator(`.slidev-page:visible [data-diagram="${id}"]`)
  await root.first().waitFor()
  return {
    root,
    time: async () => Number(await root.getAttribute('data-t')),
    settled: () => expect(root).toHaveAttribute('data-settled', 'true'),
    button: name => root.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }),
    scrub: place => root.getByRole('slider', { name: 'Time' }).evaluate((el, place) => {
      (el as HTMLInputElement).value = String(place)
      el.dispatchEvent(new Event('input', { bubbles: true }))
    }, place),
  }
}

/** Whole numbers below `n`, always the same ones for a seed: a failure can be seen again. */
export function dice(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state % n
  }
}
