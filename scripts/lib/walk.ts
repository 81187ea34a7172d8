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

/**
 * Waits until the shown slide is drawn and nothing on it is on its way.
 * @param no the number it must have, where it is known
 */
export async function settled(page: Page, no?: number): Promise<Place> {
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.waitForFunction((no) => {
    const slide = [...document.querySelectorAll<HTMLElement>('#slideshow > [data-slidev-no]')].find(el => el.style.display !== 'none')
    const diagram = slide?.querySelector('[data-settled]')
    return slide?.querySelector('.slidev-layout') && (no === undefined || slide.dataset.slidevNo === String(no)) && diagram?.getAttribute('data-settled') !== 'false'
  }, no, { timeout: 60_000 })
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  })
  return place(page)
}

/** Opens a slide by its number, at its start or after some of its clicks; more than it has is its last. */
export async function open(page: Page, deck: string, no: number, clicks = 0): Promise<Place> {
  const hash = `#/${no}${clicks ? `?clicks=${clicks}` : ''}`
  if (page.url().startsWith(deck))
    await page.evaluate(hash => location.hash = hash, hash)
  else
    await page.goto(deck + hash)
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
