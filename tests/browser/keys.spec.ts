// The clicker always works: page keys turn pages whatever was touched before, and pass over what is to be read alone.
import type { Page } from '@playwright/test'
import { open, place } from '../../scripts/lib/walk.ts'
import { none } from '../lib/violations.ts'
import { deckOf, expect, long, test } from './deck.ts'
import { openDiagram, slideNo } from './diagram.ts'

const deck = () => deckOf('long')

/** @returns whether a key brought the deck to another click or page */
async function turns(page: Page, key: string): Promise<boolean> {
  const before = page.url()
  await page.keyboard.press(key)
  return page.waitForURL(url => url.href !== before, { timeout: 3000 }).then(() => true, () => false)
}

/** Every control of every slide takes minutes: in parts, which may run side by side. The last slide has nowhere to turn. */
const parts = Array.from({ length: 4 }, (_, i) => long.slides.slice(0, -1).slice(Math.floor(i * (long.slides.length - 1) / 4), Math.floor((i + 1) * (long.slides.length - 1) / 4)))
for (const part of parts) {
  test(`page keys turn pages after a button, a slider or a link was clicked, slides ${part[0]!.no} to ${part.at(-1)!.no}`, async ({ page }) => {
    test.setTimeout(400_000)
    // a link to a source would open a tab of its own: it takes the focus, and stays here
    await page.addInitScript(() => window.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('a[target="_blank"]'))
        event.preventDefault()
    }, { capture: true }))
    const dead: string[] = []
    let tried = 0
    for (const slide of part) {
      await open(page, deck(), slide.no)
      const kinds = await page.evaluate((no) => {
        const inside = document.querySelector(`#slideshow > [data-slidev-no="${no}"]`)!
        return [...inside.querySelectorAll<HTMLElement>('button:not(:disabled, [aria-disabled="true"]), input:not(:disabled), select, a[href], [role="button"], [role="slider"]')]
          .filter(el => el.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
          .map((el, i) => {
            el.dataset.try = String(i)
            return `${el.tagName}.${el.className}`
          })
      }, slide.no)
      // one of each kind
      for (const [i, kind] of kinds.entries()) {
        if (kinds.indexOf(kind) < i)
          continue
        if ((await place(page)).no !== slide.no)
          await open(page, deck(), slide.no)
        const control = page.locator(`#slideshow > [data-slidev-no="${slide.no}"] [data-try="${i}"]`)
        if (!await control.isVisible())
          continue
        // where something is written, the arrows move in it; asked first, for a click may take its own control away
        const writes = await control.evaluate(el => el instanceof HTMLInputElement && el.type === 'text')
        // a deed tells its whole future at once: on a busy machine the page may be that long at it, and a click waits for two frames
        await control.click({ timeout: 15_000 }).catch(() => dead.push(`slide ${slide.no} ${slide.alias}: ${kind} cannot be clicked`))
        tried += 1
        for (const [key, back] of [['PageDown', 'PageUp'], ['ArrowRight', 'ArrowLeft']] as const) {
          if (writes && key === 'ArrowRight')
            continue
          if (!await turns(page, key))
            dead.push(`slide ${slide.no} ${slide.alias}: after a click on ${kind}, ${key} does nothing`)
          else if (!await turns(page, back))
            dead.push(`slide ${slide.no} ${slide.alias}: after a click on ${kind}, ${back} does nothing`)
        }
      }
    }
    none(dead)
    expect(tried).toBeGreaterThan(part.length / 2)
  })
}

test('one press is one step, however busy the machine is; a held key goes on', async ({ page }) => {
  await open(page, deck(), slideNo('adoption'))
  const clicks = () => Number(new URL(page.url().replace('#', '')).searchParams.get('clicks') ?? 0)
  // the release comes late, and nothing else meanwhile
  await page.keyboard.down('PageDown')
  await page.waitForTimeout(1800)
  await page.keyboard.up('PageDown')
  await expect.poll(clicks).toBe(1)
  // the keyboard repeats what is held
  for (let i = 0; i < 14; i++) {
    await page.keyboard.down('PageDown')
    await page.waitForTimeout(100)
  }
  await page.keyboard.up('PageDown')
  // it may have gone on to the next slide
  await expect.poll(() => /#\/adoption\b/.test(page.url()) ? clicks() : Infinity).toBeGreaterThan(1)
})

test('page keys turn pages when the focus was brought by the keyboard', async ({ page }) => {
  const dead: string[] = []
  for (const slide of long.slides.filter(s => /<Predict|<LoadingTheShip/.test(s.content)).slice(0, 3)) {
    await open(page, deck(), slide.no)
    for (let i = 0; i < 12; i++)
      await page.keyboard.press('Tab')
    if (!await turns(page, 'PageDown'))
      dead.push(`slide ${slide.no} ${slide.alias}: PageDown does nothing`)
  }
  none(dead)
})

test('the presenter\'s keys pass over optional slides, forth and back', async ({ page }) => {
  const optional = long.slides.filter(s => s.optional)
  const alias = () => decodeURIComponent(new URL(page.url()).hash.replace(/^#\/presenter\//, '').split('?')[0]!)
  const aliases = new Set(optional.flatMap(s => [s.alias, String(s.no)]))
  const wrong: string[] = []
  const groups = optional.filter(s => !long.slides[s.no - 2]?.optional)
  await page.goto(`${deck()}#/presenter/1`)
  for (const { no } of groups) {
    const before = long.slides[no - 2]!
    const after = long.slides.slice(no).find(s => !s.optional)
    await page.evaluate(no => location.hash = `#/presenter/${no}?clicks=99`, before.no)
    await expect.poll(alias).toMatch(new RegExp(`^(?:${before.alias}|${before.no})$`))
    await page.waitForTimeout(300)
    if (!after) {
      // nothing but optional slides to the end: they may be shown on purpose, but the keys may also stop here
      continue
    }
    await turns(page, 'ArrowRight')
    if (aliases.has(alias()))
      wrong.push(`from ${before.alias} the next key leads to ${alias()}, which is optional`)
    await page.evaluate(no => location.hash = `#/presenter/${no}`, after.no)
    await page.waitForTimeout(300)
    await turns(page, 'ArrowLeft')
    if (aliases.has(alias()))
      wrong.push(`from ${after.alias} the previous key leads to ${alias()}, which is optional`)
  }
  none(wrong)
})

test('an alias is an address, and the map is one click away', async ({ page }) => {
  const map = long.slides.find(s => s.alias === 'map')!
  await page.goto(`${deck()}#/ship`)
  await expect.poll(async () => (await place(page)).no).toBe(long.slides.find(s => s.alias === 'ship')!.no)
  await page.locator('#slideshow > [data-slidev-no]:visible [data-role="foot"] a').click()
  await expect.poll(async () => (await place(page)).no).toBe(map.no)
})

test('the presenter’s clock starts with the first step', async ({ page }) => {
  await page.goto(`${deckOf('long')}#/presenter/1`)
  const clock = async () => (await page.locator('.font-mono.text-3xl').first().textContent() ?? '').replace(/\s/g, '')
  await expect.poll(clock).toBe('-:--')
  await page.keyboard.press('ArrowRight')
  await expect.poll(clock).toMatch(/^0:0\d$/)
})

test('a step says what it brings, and a page says its title', async ({ page }) => {
  const { no, heading: title } = long.slides.find(slide => slide.alias === 'one-fails')!
  await page.goto(`${deckOf('long')}#/${no}`)
  const said = page.locator('[data-role="announcer"]')
  await expect(said).toHaveText(`Slide ${no} of ${long.slides.length}: ${title}`)
  await page.getByText('database').first().waitFor()
  await page.keyboard.press('ArrowRight')
  await expect(said).toHaveText(/stopped.*\. Step 1 of 3$/)
  await expect(said).not.toContainText(title)
})

test('a Pod that has the focus goes, another takes it, and the next key is not the deck’s', async ({ page }) => {
  const met = await openDiagram(page, { id: 'breaks-pods', alias: 'healing' })
  const url = page.url()
  const pod = met.root.locator('button.pod').first()
  const name = (await pod.getAttribute('data-pod'))!
  await pod.focus()
  await page.keyboard.press('Space')
  // a click leaves the focus where it is
  await met.button(/^delete /).click()
  await expect(met.root.locator(`[data-pod="${name}"]`)).toHaveCount(0, { timeout: 90_000 })
  await expect(met.root.locator('button.pod:focus')).toHaveCount(1)
  await page.keyboard.press('Space')
  await page.waitForTimeout(300)
  expect(page.url()).toBe(url)
})

test('the overview and the way to a slide open from a button too, and Escape brings the focus back to it', async ({ page }) => {
  const met = await openDiagram(page, { id: 'loop', alias: 'loop' })
  const button = met.button('Pod by hand')
  for (const key of ['o', 'g']) {
    await button.focus()
    await page.keyboard.press(key)
    await expect(button).not.toBeFocused()
    // the dialog has the keyboard
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role="dialog"], #slidev-goto-dialog') !== null)).toBe(true)
    await page.keyboard.press('Escape')
    await expect(button).toBeFocused()
  }
})

test('an r that is written where slides are looked for leaves a diagram as it is', async ({ page }) => {
  const met = await openDiagram(page, { id: 'loop', alias: 'loop' })
  await met.button('Pod by hand').click()
  await expect(met.root).toHaveAttribute('data-done', '1')
  await page.keyboard.press('g')
  await page.locator('#slidev-goto-dialog input').pressSequentially('r')
  await expect(page.locator('#slidev-goto-dialog input')).toHaveValue('r')
  await page.keyboard.press('Escape')
  await expect(met.root).toHaveAttribute('data-done', '1')
  // and outside of it starts over
  await page.keyboard.press('r')
  await expect(met.root).toHaveAttribute('data-done', '0')
})

test('of pages turned faster than they are drawn, the last alone is shown', async ({ page }) => {
  await open(page, deck(), 5)
  // there and back and there again between two frames, as on a machine that is busy
  await page.evaluate(async () => {
    const { $router } = (document.querySelector('#app') as unknown as { __vue_app__: { config: { globalProperties: { $router: { push: (to: string) => Promise<unknown> } } } } }).__vue_app__.config.globalProperties
    for (const no of [6, 5, 6, 7, 6, 8])
      await $router.push(`/${no}`)
  })
  await page.waitForTimeout(1000)
  expect(await page.locator('#slideshow > [data-slidev-no]:visible').evaluateAll(all => all.map(el => (el as HTMLElement).dataset.slidevNo))).toEqual(['8'])
})
