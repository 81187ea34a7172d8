// Loading the ship as its users meet it: by clicker, keyboard, touch, without motion, in two windows, on paper.
import type { Page } from '@playwright/test'
import { formatLong } from '../../models/clock.ts'
import { formatTons, shipStory } from '../../models/ship.ts'
import { deckOf, expect, long, test, troubles } from './deck.ts'

test.use({ reducedMotion: 'no-preference' })

const story = shipStory()

/** Opens the slide with the diagram, after so many clicks. */
async function openShip(page: Page, clicks = 0, where: '' | 'presenter/' = ''): Promise<void> {
  const { no } = long.slides.find(slide => slide.alias === 'ship')!
  await page.goto(`${deckOf('long')}#/${where}${no}?clicks=${clicks}`)
  await page.reload()
  await page.locator('[data-diagram="ship"]').first().waitFor()
}

const diagram = (page: Page) => page.locator('.slidev-page:visible [data-diagram="ship"]')
const time = async (page: Page) => Number(await diagram(page).getAttribute('data-t'))
const settled = (page: Page) => expect(diagram(page)).toHaveAttribute('data-settled', 'true', { timeout: 5000 })
const button = (page: Page, name: string) => diagram(page).getByRole('button', { name, exact: true })

/** What the picture says of the two cargoes, in tons. */
async function shown(page: Page): Promise<{ loose: number, boxed: number }> {
  const tons = (kind: string) => diagram(page).locator(`[data-kind="${kind}"]`).getAttribute('data-tons').then(Number)
  return { loose: await tons('loose'), boxed: await tons('boxed') }
}

test('the clicker walks through the moments, and the line tells each', async ({ page }) => {
  await openShip(page)
  for (const [i, moment] of story.moments.entries()) {
    if (i > 0)
      await page.keyboard.press('PageDown')
    await settled(page)
    await expect.poll(() => time(page)).toBe(moment.at)
    await expect(diagram(page).locator('.said')).toHaveText(moment.sentence)
    await expect(diagram(page).getByRole('status')).toHaveText(moment.sentence)
    const view = story.at(moment.at)
    expect(await shown(page)).toEqual({ loose: view.loose.tons, boxed: view.boxed.tons })
  }
  const before = page.url()
  await page.keyboard.press('PageDown')
  await expect.poll(() => page.url()).not.toBe(before)
})

test('by keyboard alone every control is reached and works', async ({ page }) => {
  await openShip(page)
  const names = new Set<string>()
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => document.activeElement?.closest('[data-diagram]') ? document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent?.trim() ?? '' : '')
    if (!name)
      continue
    names.add(name)
    if (name === 'Step to the next event')
      await page.keyboard.press('Enter')
    if (name === 'dock gangs')
      await page.keyboard.press('ArrowRight')
    if (name === 'a box')
      await page.keyboard.press('ArrowLeft')
  }
  expect([...names]).toEqual(expect.arrayContaining(['Play', 'Step back', 'Step to the next event', 'Time', 'Speed 1 times', 'start over', 'cargo', 'More: dock gangs', 'dock gangs', 'a box']))
  await expect(diagram(page)).toContainText('3')
  await expect(diagram(page)).toContainText('8 tons')
  // a page key gives the focus up and turns the page
  await page.keyboard.press('PageDown')
  await expect(page).toHaveURL(/clicks=1/)
})

test('play runs, leaving pauses, coming back finds it as left, R starts over', async ({ page }) => {
  await openShip(page)
  await button(page, 'Play').click()
  await expect.poll(() => time(page)).toBeGreaterThan(3_600_000)
  await page.keyboard.press('ArrowDown')
  await page.waitForTimeout(400)
  await page.keyboard.press('ArrowUp')
  await expect(diagram(page)).toBeVisible()
  await settled(page)
  const left = await time(page)
  expect(left).toBeGreaterThan(0)
  await page.waitForTimeout(400)
  expect(await time(page)).toBe(left)
  await button(page, 'More: dock gangs').click()
  await page.keyboard.press('r')
  await expect.poll(() => time(page)).toBe(0)
  await expect(diagram(page).getByRole('group', { name: 'dock gangs' })).toContainText('2')
})

test('the moment shown is the click shown, whichever way the slide is entered', async ({ page }) => {
  // past it without a click, and back to its end
  await openShip(page)
  await page.keyboard.press('ArrowDown')
  await expect(diagram(page)).toHaveCount(0)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => time(page)).toBe(story.moments.at(-1)!.at)
  await expect(diagram(page).locator('.said')).toHaveText(story.moments.at(-1)!.sentence)
  // left at one click and entered at the beginning
  await openShip(page, 1)
  await page.keyboard.press('ArrowUp')
  await expect(diagram(page)).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(diagram(page)).toBeVisible()
  await expect.poll(async () => `${page.url().match(/clicks=(\d)/)?.[1] ?? 0} ${await time(page)}`).toMatch(/^0 0$/)
})

test('the presenter sees the next moment beside the present one', async ({ page }) => {
  await openShip(page, 1, 'presenter/')
  const times = () => page.locator('[data-diagram="ship"]').evaluateAll(all => all.map(el => Number((el as HTMLElement).dataset.t)).sort((a, b) => a - b))
  await expect.poll(times).toEqual([story.moments[1]!.at, story.moments[2]!.at])
})

test('gangs sent when all is over show the end they would have brought, and R takes the clicker back', async ({ page }) => {
  await openShip(page, 4)
  await settled(page)
  await button(page, 'More: dock gangs').click()
  const other = story.fork!(0, { op: 'gangs', to: 3 })
  await expect(diagram(page).locator('.said')).toHaveText(other.moments.at(-1)!.sentence)
  expect(await time(page)).toBe(other.duration)
  await page.keyboard.press('r')
  await expect.poll(() => time(page)).toBe(0)
  await expect(page).not.toHaveURL(/clicks=4/)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => time(page)).toBe(story.moments[1]!.at)
})

test('what is heard is what is shown: a moment passed while it plays, the state when it rests', async ({ page }) => {
  await openShip(page)
  await button(page, 'Play').click()
  await expect(diagram(page).getByRole('status')).toHaveText(story.moments[2]!.sentence, { timeout: 8000 })
  await button(page, 'Pause').click()
  await settled(page)
  const view = story.at(await time(page))
  await expect(diagram(page).getByRole('status')).toContainText(`${formatTons(view.loose.tons)} of 580 tons`)
})

test('a change of cargo starts from the quay, and the picture follows the model', async ({ page }) => {
  await openShip(page, 3)
  await settled(page)
  await button(page, 'Less: a box').click()
  await expect.poll(() => time(page)).toBe(0)
  const other = story.fork!(0, { op: 'tons', to: 8 })
  await button(page, `Moment 3, ${formatLong(other.moments[2]!.at)}`).click()
  const view = other.at(await time(page))
  expect(await shown(page)).toEqual({ loose: view.loose.tons, boxed: view.boxed.tons })
})

test.describe('by touch', () => {
  test.use({ hasTouch: true })
  test('buttons answer, and dragging a slider does not turn the page', async ({ page }) => {
    await openShip(page)
    await button(page, 'More: dock gangs').tap()
    await expect(diagram(page).getByRole('group', { name: 'dock gangs' })).toContainText('3')
    const url = page.url()
    const slider = (await diagram(page).getByRole('slider', { name: 'Time' }).boundingBox())!
    const client = await page.context().newCDPSession(page)
    const at = (x: number) => [{ x: slider.x + slider.width * x, y: slider.y + slider.height / 2 }]
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.9) })
    for (const x of [0.8, 0.6, 0.4, 0.3])
      await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x) })
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await page.waitForTimeout(300)
    expect(page.url()).toBe(url)
    for (const target of await diagram(page).getByRole('button').all()) {
      const box = (await target.boundingBox())!
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24)
    }
  })
})

test.describe('where motion is not wanted', () => {
  test.use({ reducedMotion: 'reduce' })
  test('clicks and the button jump from moment to moment', async ({ page }) => {
    await openShip(page)
    await page.keyboard.press('PageDown')
    await expect.poll(() => time(page)).toBe(story.moments[1]!.at)
    await button(page, 'Next moment').click()
    expect(await time(page)).toBe(story.moments[2]!.at)
    await page.waitForTimeout(300)
    expect(await time(page)).toBe(story.moments[2]!.at)
    await expect(button(page, 'Play')).toHaveCount(0)
  })
})

test('presenter and audience show the same run at the same time, and a late window is told', async ({ page, context }) => {
  const audience = await context.newPage()
  await openShip(page, 0, 'presenter/')
  await openShip(audience)
  const there = page.locator('[data-diagram="ship"]').first()
  await there.getByRole('button', { name: 'More: dock gangs' }).click()
  await there.getByRole('button', { name: /^Moment 4,/ }).click()
  const at = Number(await there.getAttribute('data-t'))
  expect(at).toBeGreaterThan(0)
  await expect.poll(() => time(audience)).toBe(at)
  await expect(diagram(audience).getByRole('group', { name: 'dock gangs' })).toContainText('3')
  const late = await context.newPage()
  await openShip(late)
  await expect.poll(() => time(late)).toBe(at)
})

test('five hundred actions at random leave no error and no stuck state', async ({ page }) => {
  const problems = troubles(page, () => 'ship')
  await openShip(page)
  await settled(page)
  // one generator, always the same: a failure can be seen again
  let seed = 42
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % n
  }
  for (let i = 0; i < 500; i++) {
    await diagram(page).evaluate((root, [pick, place]) => {
      const all = [...root.querySelectorAll<HTMLButtonElement | HTMLInputElement>('button:not(:disabled), input:not(:disabled)')]
      const target = all[pick! % all.length]!
      if (target instanceof HTMLInputElement) {
        target.value = String(Number(target.min) + (Number(target.max) - Number(target.min)) * place! / 1000)
        target.dispatchEvent(new Event('input', { bubbles: true }))
      }
      else { target.click() }
    }, [random(1000), random(1001)])
  }
  expect(problems).toEqual([])
  await page.keyboard.press('r')
  await settled(page)
  expect(await time(page)).toBe(0)
  expect(await shown(page)).toEqual({ loose: 0, boxed: 0 })
})

test('the picture equals the model at a hundred times', async ({ page }) => {
  await openShip(page)
  const slider = diagram(page).getByRole('slider', { name: 'Time' })
  for (let i = 0; i < 100; i++) {
    await slider.evaluate((el, place) => {
      (el as HTMLInputElement).value = String(place)
      el.dispatchEvent(new Event('input', { bubbles: true }))
    }, (i * 617) % 1001)
    const view = story.at(await time(page))
    const picture = await shown(page)
    expect(picture.loose).toBeCloseTo(view.loose.tons, 6)
    expect(picture.boxed).toBe(view.boxed.tons)
  }
})

test('two fresh pages draw every moment alike, to the pixel', async ({ browser }) => {
  // at rest: a picture that has moved may be rastered in other tiles, and differ in a single point
  const fresh = () => browser.newPage({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce', colorScheme: 'dark' })
  const pages = [await fresh(), await fresh()]
  for (const i of story.moments.keys()) {
    const pictures: Buffer[] = []
    for (const p of pages) {
      await openShip(p, i)
      await expect.poll(() => time(p)).toBe(story.moments[i]!.at)
      await settled(p)
      await p.evaluate(() => document.fonts.ready)
      pictures.push(await diagram(p).screenshot())
    }
    expect(pictures[0]!.equals(pictures[1]!), `moment ${i + 1}`).toBe(true)
  }
  await Promise.all(pages.map(p => p.close()))
})
