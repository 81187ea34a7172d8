// What axe finds in Slidev's own controls: a list of known failures that may only shrink.
import { readFileSync } from 'node:fs'
import { at } from '../../scripts/lib/paths.ts'
import { open } from '../../scripts/lib/walk.ts'
import { QUARTERS } from '../../composables/enlarge.ts'
import { check } from './axe.ts'
import { deckOf, expect, long, test } from './deck.ts'
import { openDiagram, slideNo } from './diagram.ts'

const known = JSON.parse(readFileSync(at('tests/browser/axe-known.json'), 'utf8')) as Record<string, string[]>
const views = { play: '#/2', presenter: '#/presenter/2', overview: '#/overview', notes: '#/notes' }

test('the list of known failures has a line for each view', () => {
  expect(Object.keys(known)).toEqual(Object.keys(views))
})

test('the overview is a dialog whose slides are buttons with names; the focus goes with the marker, and nothing behind can have it', async ({ page }) => {
  // a key pressed before the deck has started is lost
  await open(page, deckOf('long'), 2)
  expect(await page.locator('button button').count()).toBe(0)
  await page.keyboard.press('o')
  const dialog = page.getByRole('dialog', { name: /^All slides/ })
  const slide = (no: number) => dialog.getByRole('button', { name: `Slide ${no}: ${long.slides[no - 1]!.heading}`, exact: true })
  await expect(slide(2)).toBeFocused()
  await expect(dialog.getByRole('button')).toHaveCount(long.slides.length)
  await page.keyboard.press('ArrowRight')
  await expect(slide(3)).toBeFocused()
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => !!document.activeElement?.closest('#page-root, .slidev-layout'))).toBe(false)
  }
  await slide(3).focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(new RegExp(`#/(?:3|${long.slides[2]!.alias})\\b`))
  await expect(page.locator('#page-root')).not.toHaveAttribute('inert')
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
})

test('a menu is opened, chosen from and closed by keys, and the focus comes back to its button', async ({ page }) => {
  await page.goto(`${deckOf('long')}#/presenter/2`, { waitUntil: 'networkidle' })
  const button = page.getByRole('button', { name: 'Change sync settings' })
  await button.focus()
  await page.keyboard.press('Enter')
  const group = page.getByRole('radiogroup')
  await expect(group).toBeVisible()
  await group.getByRole('radio', { checked: false }).first().focus()
  const name = (await page.locator(':focus').textContent())!.trim()
  await page.keyboard.press('Space')
  await expect(group.getByRole('radio', { name, checked: true })).toHaveCount(1)
  await expect(group.getByRole('radio', { checked: true })).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(group).toBeHidden()
  await expect(button).toBeFocused()
  await expect(page).toHaveURL(/presenter\/2/)
})

test('Z shows a slide twice as large, a quarter at a time; the next slide begins at its top left', async ({ page }) => {
  await open(page, deckOf('long'), 2)
  const title = page.locator('#slideshow > [data-slidev-no="2"] h1')
  const whole = (await title.boundingBox())!
  const seen = () => page.evaluate(() => {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = document.querySelector('#page-root')!
    return [scrollLeft / clientWidth, scrollTop / clientHeight].map(Math.round)
  })
  const said = page.locator('[data-role="enlarged"]')
  for (const [words, place] of [['top left', [0, 0]], ['top right', [1, 0]], ['bottom left', [0, 1]], ['bottom right', [1, 1]]] as const) {
    await page.keyboard.press('z')
    await expect(said).toHaveText(`Twice as large: ${words}.`)
    await expect.poll(seen).toEqual(place)
    await expect.poll(async () => Math.round((await title.boundingBox())!.width / whole.width * 100)).toBe(200)
  }
  await page.keyboard.press('ArrowDown')
  await expect(page).toHaveURL(new RegExp(`#/${long.slides[2]!.alias}\\b`))
  await expect.poll(seen).toEqual([0, 0])
  await page.keyboard.press('ArrowUp')
  await expect(title).toBeInViewport()
  for (let i = 0; i < QUARTERS.length; i++)
    await page.keyboard.press('z')
  await expect(said).toHaveText('The whole slide.')
  await expect.poll(async () => await title.boundingBox()).toEqual(whole)
})

test('Z goes on from where the focus has brought the eye, from a control as well; Shift+Z shows the whole slide', async ({ page }) => {
  const met = await openDiagram(page, { id: 'rolling-update', alias: 'rolling-update' })
  const said = page.locator('[data-role="enlarged"]')
  await page.keyboard.press('z')
  await expect(said).toHaveText('Twice as large: top left.')
  await met.button('Less: surge').focus()
  await expect(said).toHaveText('Twice as large: bottom left.')
  await page.keyboard.press('z')
  await expect(said).toHaveText('Twice as large: bottom right.')
  await expect(met.button('Less: surge')).toBeFocused()
  await page.keyboard.press('Shift+Z')
  await expect(said).toHaveText('The whole slide.')
})

test('keys of one letter can be switched off, and stay off; keys that turn pages and what is written do not', async ({ page }) => {
  const said = page.locator('[data-role="enlarged"]')
  const off = page.getByRole('button', { name: 'Keys of one letter' })
  await open(page, deckOf('long'), 2)
  await page.keyboard.press('z')
  await expect(said).toHaveText('Twice as large: top left.')
  await page.keyboard.press('Shift+Z')
  await expect(off).toHaveAttribute('aria-pressed', 'true')
  await off.focus()
  await page.keyboard.press('Enter')
  await expect(off).toHaveAttribute('aria-pressed', 'false')
  await page.reload()
  await expect(off).toHaveAttribute('aria-pressed', 'false')
  for (const key of ['z', 'o', 'g', 'd', 'Shift+Z', '1'])
    await page.keyboard.press(key)
  await page.keyboard.press('ArrowDown')
  await expect(page).toHaveURL(new RegExp(`#/${long.slides[2]!.alias}\\b`))
  await expect(said).toHaveText('')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('#slidev-goto-dialog')).toHaveClass(/pointer-events-none/)
  await open(page, deckOf('long'), slideNo('kubectl'))
  const line = page.getByRole('textbox').first()
  await page.keyboard.press('k')
  await expect(line).toHaveValue('')
  await line.click()
  await page.keyboard.type('kubectl')
  await expect(line).toHaveValue('kubectl')
  await off.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Shift+Z')
  await expect(off).toHaveAttribute('aria-pressed', 'true')
})

for (const [view, hash] of Object.entries(views)) {
  test(`Slidev's ${view} view has no more axe failures than are known`, async ({ page }) => {
    await page.goto(deckOf('long') + hash, { waitUntil: 'networkidle' })
    // all slides are loaded three seconds after the first: what is there then stays
    await page.waitForTimeout(4000)
    const rules = [...new Set((await check(page, 'html', { except: ['.slidev-layout'] })).map(f => f.rule))].sort()
    expect(rules.filter(rule => !known[view]!.includes(rule)), 'new failures').toEqual([])
    expect(known[view]!.filter(rule => !rules.includes(rule)), 'no longer there: take them off tests/browser/axe-known.json').toEqual([])
  })
}
