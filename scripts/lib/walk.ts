// Walks a built lecture in a browser as a person does: slide by slide, click by click, by the keyboard.
import type { Page } from 'playwright'

export interface Place {
  no: number
  clicks: number
}

/** Where the deck stands: the slide that is shown, and the clicks in the address. */
export async function place(page: Page): Promise<Place> {
  return page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('#slideshow > [data-slidev-no]')].find(el => el.style.display !== 'none')
    return { no: Number(shown?.dataset.slidevNo), clicks: Number(new URLSearchParams(location.hash.split('?')[1]).get('clicks') ?? 0) }
  })
}

/** Whether the shown slide rests, or with `tell` what is still on its way. Runs in the page. */
function rest({ no, tell }: { no?: number, tell?: true }): boolean | string {
  interface Host { config: { globalProperties: { $router: { currentRoute: { value: { fullPath: string } } } } }, _context: { provides: Record<string, { nav: { clicksContext: { isMounted: boolean } } }> } }
  const app = (document.querySelector('#app') as unknown as { __vue_app__?: Host } | null)?.__vue_app__
  const shown = [...document.querySelectorAll<HTMLElement>('#slideshow > [data-slidev-no]')].filter(el => el.style.display !== 'none')
  const [slide] = shown
  const left = [
    ...(!app ? ['the deck has not started'] : []),
    ...(no !== undefined && slide?.dataset.slidevNo !== String(no) ? [`slide ${slide?.dataset.slidevNo} is shown, not ${no}`] : []),
    ...(shown.length > 1 ? [`${shown.length} slides are shown`] : []),
    ...(slide?.querySelector('.slidev-layout') ? [] : ['the slide is not drawn']),
    // a key pressed before the slide has its clicks would turn the page
    ...(app && !app._context.provides['$$slidev-context']?.nav.clicksContext.isMounted ? ['its clicks are not known'] : []),
    ...(app && `#${app.config.globalProperties.$router.currentRoute.value.fullPath}` !== location.hash ? [`the address is ${location.hash}, the deck at ${app.config.globalProperties.$router.currentRoute.value.fullPath}`] : []),
    ...(slide?.querySelector('[data-settled="false"]') ? ['a diagram is moving'] : []),
  ]
  return tell ? left.join('; ') : left.length === 0
}

/**
 * Waits until the shown slide is drawn, has its clicks, and nothing on it is on its way.
 * @param no the number it must have, where it is known
 * @throws Error that says what did not come to rest within a minute
 */
export async function settled(page: Page, no?: number): Promise<Place> {
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.waitForFunction(rest, { no }, { timeout: 60_000 }).catch(async (error) => {
    throw new Error(`the deck does not come to rest: ${await page.evaluate(rest, { no, tell: true as const })}`, { cause: error })
  })
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  })
  return place(page)
}

/** Opens a slide by its number, at its start or after some of its clicks; more than it has is its last. */
export async function open(page: Page, deck: string, no: number, clicks = 0): Promise<Place> {
  const hash = `#/${no}${clicks ? `?clicks=${clicks}` : ''}`
  if (!page.url().startsWith(deck)) {
    await page.goto(deck + hash)
    return settled(page, no)
  }
  await page.evaluate(hash => location.hash = hash, hash)
  return settled(page, no)
}

/**
 * One press of the right arrow.
 * @returns where the deck stands then; undefined at its end
 */
export async function step(page: Page): Promise<Place | undefined> {
  const before = page.url()
  await page.keyboard.press('ArrowRight')
  const moved = await page.waitForURL(url => url.href !== before, { timeout: 1500 }).then(() => true, () => false)
  return moved ? settled(page) : undefined
}
