// What holds for every live diagram, as its users meet it: clicker, keyboard, touch, no motion, two windows, chance.
import type { DiagramRow } from './diagrams.ts'
import { open } from '../../scripts/lib/walk.ts'
import { none } from '../lib/violations.ts'
import { check } from './axe.ts'
import { deckOf, expect, long, short, test, themes, troubles } from './deck.ts'
import { dice, openDiagram, slideNo } from './diagram.ts'
import { diagrams } from './diagrams.ts'
import { inspect } from './inspect.ts'

test.use({ reducedMotion: 'no-preference' })

for (const lecture of [long, short]) {
  test(`every diagram of the ${lecture.name} lecture has its row, and every row stands in it`, async ({ page }) => {
    await page.goto(`${deckOf(lecture.name)}?print#/print`, { waitUntil: 'networkidle' })
    await page.waitForSelector('[data-diagram]', { state: 'attached' })
    const found = await page.locator('.print-slide-container [data-diagram]').evaluateAll(all => all.map(el => el.getAttribute('data-diagram')!))
    expect([...found].sort()).toEqual(diagrams.map(d => d.id).sort())
  })
}

for (const row of diagrams) {
  test.describe(`the diagram ${row.id}`, () => {
    holds(row)
  })
}

/** The times that the bar's steps stop at, in order. */
function stops({ moments, events, duration }: DiagramRow['story']): number[] {
  return [...new Set([0, ...moments.map(m => m.at), ...events(-1, duration).filter(e => e.major).map(e => e.at), duration])].sort((a, b) => a - b)
}

function holds(row: DiagramRow): void {
  const { story, press, changed } = row

  test('its opening sentence comes once it is shown, so that it is heard on arrival by the clicker', async ({ page }) => {
    await open(page, deckOf('long'), slideNo(row.alias) - 1, 99)
    const root = page.locator(`[data-diagram="${row.id}"]`)
    // the next slide is drawn ahead, and is silent
    await root.waitFor({ state: 'attached' })
    await page.waitForTimeout(700)
    await expect(root.locator('[role="status"]')).toHaveText('')
    await page.keyboard.press('ArrowRight')
    await expect(root).toBeVisible()
    await expect(root.getByRole('status')).toHaveText(story.moments[0]!.sentence)
    await page.keyboard.press('ArrowLeft')
    await expect(root).toBeHidden()
    await expect(root.locator('[role="status"]')).toHaveText('')
  })

  test('the focused line of time goes by events, and its keys are not the deck’s', async ({ page }) => {
    const met = await openDiagram(page, row)
    const url = page.url()
    const all = stops(story)
    await met.root.getByRole('slider', { name: 'Time' }).focus()
    for (const [key, at] of [['ArrowRight', all[1]], ['ArrowUp', all[2]], ['ArrowLeft', all[1]], ['ArrowDown', 0], ['End', story.duration], ['Home', 0]] as const) {
      await page.keyboard.press(key)
      await expect.poll(met.time, key).toBe(at)
    }
    expect(page.url()).toBe(url)
    await page.keyboard.press('PageDown')
    await expect(page).toHaveURL(/clicks=1/)
    await page.keyboard.press('PageUp')
    await expect(page).not.toHaveURL(/clicks=1/)
  })

  test('the keyboard keeps its place when a control is pressed and when it goes', async ({ page }) => {
    const met = await openDiagram(page, row)
    const url = page.url()
    await met.button(press).focus()
    for (const key of ['Space', 'Enter', 'Space']) {
      await page.keyboard.press(key)
      await expect.poll(() => met.root.evaluate(el => el.contains(document.activeElement) && document.activeElement?.tagName)).toMatch(/^(?:BUTTON|INPUT)$/)
    }
    // whichever control goes: the focus goes to another one of the diagram
    await met.button('Step back').focus()
    await met.button('Step back').evaluate(el => el.remove())
    await expect.poll(() => met.root.evaluate(el => el.contains(document.activeElement))).toBe(true)
    expect(page.url()).toBe(url)
  })

  test('the clicker walks through the moments, and the line tells each', async ({ page }) => {
    const met = await openDiagram(page, row)
    for (const [i, moment] of story.moments.entries()) {
      if (i > 0)
        await page.keyboard.press('PageDown')
      await met.settled()
      await expect.poll(met.time).toBe(moment.at)
      await expect(met.root.locator('.said > :not(.lapse)')).toHaveText(moment.sentence)
      await expect(met.root.getByRole('status')).toHaveText(moment.sentence)
    }
    const before = page.url()
    await page.keyboard.press('PageDown')
    await expect.poll(() => page.url()).not.toBe(before)
  })

  test('what was done at the very beginning costs no moment: each click that follows shows its own', async ({ page }) => {
    const met = await openDiagram(page, row)
    await met.button(press).click()
    await changed(met)
    for (const [i, moment] of story.moments.entries()) {
      if (i === 0)
        continue
      await page.keyboard.press('PageDown')
      await expect(page).toHaveURL(new RegExp(`clicks=${i}`))
      await met.settled()
      await expect(met.root.getByRole('button', { name: new RegExp(`^Moment ${i},`) })).toHaveAttribute('aria-current', 'step')
      // a script that the deed has ended is told anew; a setting stays, and the script goes on with it
      if (row.ends)
        await expect(met.root.locator('.said > :not(.lapse)')).toHaveText(moment.sentence)
    }
    await expect(met.root.getByRole('button', { name: /^Moment \d+,/ })).toHaveCount(story.moments.length)
  })

  test('by keyboard alone every control is reached and works', async ({ page }) => {
    const met = await openDiagram(page, row)
    const names = new Set<string>()
    let stepped = false
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      const name = await page.evaluate(() => document.activeElement?.closest('[data-diagram]') ? document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent?.trim() ?? '' : '')
      if (names.has(name))
        continue
      names.add(name)
      if (name === 'Step to the next event' && !stepped) {
        await page.keyboard.press('Enter')
        expect(await met.time()).toBeGreaterThan(0)
        stepped = true
      }
      if (name === press) {
        await page.keyboard.press('Enter')
        // at once: a later step of the script may change it again
        await changed(met)
      }
    }
    expect([...names]).toEqual(expect.arrayContaining(['Play', 'Step back', 'Step to the next event', 'Time', 'Speed 1 times', 'start over', ...row.controls]))
    // a page key turns the page, and then the keyboard goes on from where it was, or from what has come there
    await met.button(press).focus()
    await page.keyboard.press('PageDown')
    await expect(page).toHaveURL(/clicks=1/)
    await met.settled()
    await expect.poll(() => met.root.evaluate(el => el.contains(document.activeElement) && document.activeElement?.tagName)).toMatch(/^(?:BUTTON|INPUT)$/)
    expect(await page.evaluate(() => document.activeElement!.closest('.transport'))).toBeNull()
  })

  test('play runs, leaving pauses, coming back finds it as left, R starts over', async ({ page }) => {
    const met = await openDiagram(page, row)
    await met.button('Play').click()
    await expect.poll(met.time).toBeGreaterThan(story.duration / 1000)
    await page.keyboard.press('ArrowDown')
    await page.waitForTimeout(400)
    await page.keyboard.press('ArrowUp')
    await expect(met.root).toBeVisible()
    await met.settled()
    const left = await met.time()
    expect(left).toBeGreaterThan(0)
    await page.waitForTimeout(400)
    expect(await met.time()).toBe(left)
    await met.button(press).click()
    await changed(met)
    await page.keyboard.press('r')
    await expect.poll(met.time).toBe(0)
    await expect(met.root.locator('.said > :not(.lapse)')).toHaveText(story.moments[0]!.sentence)
  })

  test('the moment shown is the click shown, whichever way the slide is entered', async ({ page }) => {
    // past it without a click, and back to its end
    const met = await openDiagram(page, row)
    await page.keyboard.press('ArrowDown')
    await expect(met.root).toHaveCount(0)
    await page.keyboard.press('ArrowLeft')
    await expect.poll(met.time).toBe(story.moments.at(-1)!.at)
    await expect(met.root.locator('.said > :not(.lapse)')).toHaveText(story.moments.at(-1)!.sentence)
    // left at one click, and entered at the beginning
    await openDiagram(page, row, 1)
    await page.keyboard.press('ArrowDown')
    await expect(met.root).toHaveCount(0)
    await page.keyboard.press('ArrowUp')
    await expect(met.root).toBeVisible()
    const clicks = Number(page.url().match(/clicks=(\d+)/)?.[1] ?? 0)
    await expect.poll(met.time).toBe(story.moments[clicks]!.at)
  })

  test('the presenter sees the next moment beside the present one', async ({ page }) => {
    await openDiagram(page, row, 1, 'presenter/')
    const times = () => page.locator(`[data-diagram="${row.id}"]`).evaluateAll(all => all.map(el => Number((el as HTMLElement).dataset.t)).sort((a, b) => a - b))
    await expect.poll(times).toEqual([story.moments[1]!.at, story.moments[2]!.at])
  })

  test.describe('by touch', () => {
    test.use({ hasTouch: true })
    test('buttons answer and are large enough, and dragging the time does not turn the page', async ({ page }) => {
      const met = await openDiagram(page, row)
      await met.button(press).tap()
      await changed(met)
      const url = page.url()
      const slider = (await met.root.getByRole('slider', { name: 'Time' }).boundingBox())!
      const client = await page.context().newCDPSession(page)
      const at = (x: number) => [{ x: slider.x + slider.width * x, y: slider.y + slider.height / 2 }]
      await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.95) })
      for (const x of [0.8, 0.6, 0.4, 0.33])
        await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x) })
      await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      await page.waitForTimeout(300)
      expect(page.url()).toBe(url)
      // a drag may begin on a moment
      const first = (await met.button(/^Moment 0,/).boundingBox())!
      const from = { x: first.x + first.width / 2, y: first.y + first.height / 2 }
      await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] })
      for (const x of [4, 30, 60, slider.width * 0.4])
        await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ ...from, x: from.x + x }] })
      await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      await page.waitForTimeout(300)
      expect(await met.time()).toBeGreaterThan(0)
      expect(page.url()).toBe(url)
      const boxes = await met.root.getByRole('button').evaluateAll(all => all.map(el => ({ name: el.getAttribute('aria-label') ?? el.textContent, width: (el as HTMLElement).offsetWidth, height: (el as HTMLElement).offsetHeight })))
      none(boxes.filter(b => Math.min(b.width, b.height) < 24).map(b => `${b.name}: ${b.width} × ${b.height}`))
    })
  })

  test.describe('where motion is not wanted', () => {
    test.use({ reducedMotion: 'reduce' })
    test('clicks jump from moment to moment, and the button from event to event', async ({ page }) => {
      const met = await openDiagram(page, row)
      await page.keyboard.press('PageDown')
      await expect.poll(met.time).toBe(story.moments[1]!.at)
      const next = stops(story).find(at => at > story.moments[1]!.at)!
      await met.button('Step to the next event').click()
      expect(await met.time()).toBe(next)
      await page.waitForTimeout(300)
      expect(await met.time()).toBe(next)
      await expect(met.button('Play')).toHaveCount(0)
    })

    test('two fresh pages draw every moment alike, to the pixel', async ({ browser }) => {
      // at rest: a picture that has moved may be rastered in other tiles, and differ in a single point
      const fresh = () => browser.newPage({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce', colorScheme: 'dark' })
      const pages = [await fresh(), await fresh()]
      for (const [i, moment] of story.moments.entries()) {
        const pictures: Buffer[] = []
        for (const p of pages) {
          const met = await openDiagram(p, row, i)
          await expect.poll(met.time).toBe(moment.at)
          await met.settled()
          await p.evaluate(() => document.fonts.ready)
          pictures.push(await met.root.screenshot())
        }
        expect(pictures[0]!.equals(pictures[1]!), `moment ${i + 1}`).toBe(true)
      }
      await Promise.all(pages.map(p => p.close()))
    })

    for (const theme of themes) {
      test(`neither axe nor a ruler finds anything on it while it is changed, ${theme}`, async ({ browser }) => {
        const found: string[] = []
        for (const clicks of [0, Math.floor(story.moments.length / 2), story.moments.length - 1]) {
          // a window of its own: another would find what was done before
          const page = await browser.newPage({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce', colorScheme: theme })
          const met = await openDiagram(page, row, clicks)
          await met.button(press).click()
          await changed(met)
          if (clicks === story.moments.length - 1)
            await met.scrub(1000)
          found.push(...(await page.evaluate(inspect, undefined)).problems.map(problem => `${clicks} clicks: ${problem}`))
          const findings = await check(page, `#slideshow > [data-slidev-no="${slideNo(row.alias)}"]`, theme === 'dark' ? { only: ['color-contrast', 'link-in-text-block'] } : {})
          found.push(...findings.map(f => `${clicks} clicks: ${f.rule} (${f.help}): ${f.target.slice(-100)}`))
          await page.close()
        }
        none(found)
      })
    }
  })

  test('presenter and audience show the same run at the same time, and a late window is told', async ({ page, context }) => {
    const audience = await context.newPage()
    const there = await openDiagram(page, row, 0, 'presenter/')
    const here = await openDiagram(audience, row)
    await there.button(press).click()
    // the end of what was done is a moment as soon as it has been worked out
    const moments = there.button(/^(?:Moment \d+|End of what you did),/)
    await moments.nth(1).waitFor()
    await moments.last().click()
    const at = await there.time()
    expect(at).toBeGreaterThan(0)
    await expect.poll(here.time).toBe(at)
    const late = await openDiagram(await context.newPage(), row)
    await expect.poll(late.time).toBe(at)
  })

  test('five hundred actions at random leave no error and no stuck state', async ({ page }) => {
    const problems = troubles(page, () => row.id)
    const met = await openDiagram(page, row)
    await met.settled()
    const random = dice(42)
    for (let i = 0; i < 500; i++) {
      await met.root.evaluate((root, [pick, place]) => {
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
    await met.settled()
    await expect.poll(met.time).toBe(0)
    await expect(met.root.locator('.said > :not(.lapse)')).toHaveText(story.moments[0]!.sentence)
  })
}
