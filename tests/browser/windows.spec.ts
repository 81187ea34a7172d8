// Windows of one browser show the same run at the same time: by any actions, over reloads, for late ones; previews stay inert; and a run travels in an address.
import type { Page } from '@playwright/test'
import type { Met } from './diagram.ts'
import { deckOf, expect, long, test, troubles } from './deck.ts'
import { dice, openDiagram, slideNo } from './diagram.ts'

test.use({ reducedMotion: 'no-preference' })

const ship = { id: 'ship', alias: 'ship' }
const machine = { id: 'machine-bare', alias: 'machine' }

/** What a window shows of a diagram: time, run and words. */
const shows = ({ root }: Met) => root.evaluate((el) => {
  const { t, seed, done } = (el as HTMLElement).dataset
  return { t, seed, done, picture: el.querySelector('.picture')!.textContent!.replace(/\s+/g, ' ') }
})
async function alike(a: Met, b: Met): Promise<void> {
  await expect(async () => expect(await shows(b)).toEqual(await shows(a))).toPass({ timeout: 30_000 })
}
/** Stops what is playing, if anything is. */
const halt = ({ root }: Met) => root.evaluate(el => el.querySelector<HTMLElement>('button[aria-label="Pause"]')?.click())

/** One thing at random: any button but play, or a slider. */
async function actAtRandom({ root }: Met, random: (n: number) => number): Promise<void> {
  await root.evaluate((el, [pick, place]) => {
    const all = [...el.querySelectorAll<HTMLButtonElement | HTMLInputElement>('button:not(:disabled), input:not(:disabled)')].filter(b => !/^(?:Play|Pause|Copy)/.test(b.getAttribute('aria-label') ?? ''))
    const target = all[pick! % all.length]!
    if (target instanceof HTMLInputElement) {
      target.value = String(Number(target.min) + (Number(target.max) - Number(target.min)) * place! / 1000)
      target.dispatchEvent(new Event('input', { bubbles: true }))
    }
    else { target.click() }
  }, [random(1000), random(1001)])
}

for (const placed of [ship, machine]) {
  test(`presenter and audience keep in step through actions at random in either, a reload and a late window: ${placed.id}`, async ({ page, context }) => {
    const problems = troubles(page, () => 'presenter')
    const random = dice(7)
    let there = await openDiagram(page, placed, 0, 'presenter/')
    const audience = await context.newPage()
    let here = await openDiagram(audience, placed)
    for (let i = 0; i < 60; i++) {
      await actAtRandom(random(3) ? there : here, random)
      if (i % 10 === 9) {
        await Promise.all([there, here].map(halt))
        await alike(there, here)
      }
      if (i === 24) {
        await page.reload()
        there = { ...there }
        await there.root.waitFor()
        await alike(there, here)
      }
      if (i === 44) {
        await audience.reload()
        here = { ...here }
        await here.root.waitFor()
        await alike(there, here)
      }
    }
    const late = await openDiagram(await context.newPage(), placed)
    await alike(there, late)
    expect(problems).toEqual([])
  })
}

test('a window that is reloaded or opened late comes to where the others are, and moves nobody', async ({ page, context }) => {
  test.setTimeout(120_000)
  const at = (window: Page) => window.evaluate(() => location.hash.replace('presenter/', ''))
  const clock = () => page.evaluate(() => document.querySelector('.slidev-presenter')?.textContent?.match(/\d\d?:\d\d/)?.[0])
  const shown = (window: Page) => window.locator('[data-diagram="loop"]:visible').first().waitFor()
  await page.goto(`${deckOf('long')}#/presenter/loop`)
  await shown(page)
  const audience = await context.newPage()
  await audience.goto(`${deckOf('long')}#/loop`)
  await shown(audience)
  await page.bringToFront()
  for (const click of [1, 2, 3]) {
    await page.keyboard.press('ArrowRight')
    await expect(audience).toHaveURL(new RegExp(`clicks=${click}`))
  }
  const place = await at(page)
  const running = await clock()
  expect(running).toBeDefined()
  // for as long as a window takes that has something to say
  const still = async () => {
    await page.waitForTimeout(2500)
    expect(await at(page)).toBe(place)
    await expect.poll(() => at(audience)).toBe(place)
    expect(await clock()).toBeDefined()
  }
  await audience.reload()
  await still()
  await page.reload()
  await still()
  const late = await context.newPage()
  await late.goto(`${deckOf('long')}#/1`)
  await expect.poll(() => at(late), { timeout: 20_000 }).toBe(place)
  await still()
  // and then all go on together
  await page.bringToFront()
  await page.keyboard.press('ArrowRight')
  for (const window of [page, audience, late])
    await expect(window).toHaveURL(/clicks=4/)
})

test('what two windows do at the same time is both done', async ({ page, context }) => {
  const a = await openDiagram(page, machine)
  const b = await openDiagram(await context.newPage(), machine)
  // in the dark of each other: neither hears before it has acted
  await Promise.all([a, b].map((met, i) => met.root.evaluate((el, name) => (el.querySelector(`button[aria-label="${name}"]`) as HTMLElement).click(), ['Stop the shop', 'Crash the database'][i]!)))
  await expect.poll(async () => (await shows(a)).done).toBe('2')
  await Promise.all([a, b].map(halt))
  await alike(a, b)
})

test('playing windows are within a tenth of a second, and one that comes while it plays joins in', async ({ page, context }) => {
  const a = await openDiagram(page, ship)
  const b = await openDiagram(await context.newPage(), ship)
  await a.button('Play').click()
  await page.waitForTimeout(600)
  const c = await openDiagram(await context.newPage(), ship)
  await expect(c.root).toHaveAttribute('data-settled', 'false')
  // each notes when it shows what, on the one clock they have
  const note = (met: Met) => met.root.evaluate(el => new Promise<[number, number][]>((done) => {
    // at each change itself: a look of its own, with every frame, may come before the picture's, and then sees the frame before
    const seen: [number, number][] = []
    const observer = new MutationObserver(() => {
      if (seen.push([Date.now(), Number((el as HTMLElement).dataset.t)]) < 20)
        return
      observer.disconnect()
      done(seen)
    })
    observer.observe(el, { attributes: true, attributeFilter: ['data-t'] })
    // on a slow machine it may be over before there were as many
    setTimeout(() => {
      observer.disconnect()
      done(seen)
    }, 5000)
  }))
  // where the machine itself stands still for a moment, the windows cannot be compared: then it is looked at again, and played again where it is over
  await expect(async () => {
    if (await a.root.getAttribute('data-settled') === 'true')
      await a.button('Play').click()
    const times = await Promise.all([a, b, c].map(note))
    for (const seen of times)
      expect(seen.length).toBeGreaterThan(8)
    // virtual ms that pass in 100 ms
    const [first, last] = [times[0]![0]!, times[0]!.at(-1)!]
    const tenth = 100 * (last[1] - first[1]) / (last[0] - first[0])
    expect(tenth).toBeGreaterThan(0)
    for (const other of times.slice(1)) {
      for (const [wall, t] of other) {
        const near = times[0]!.reduce((x, y) => Math.abs(y[0] - wall) < Math.abs(x[0] - wall) ? y : x)
        if (Math.abs(near[0] - wall) < 20)
          expect(Math.abs(near[1] - t)).toBeLessThan(tenth * 1.3)
      }
    }
  }).toPass({ timeout: 40_000 })
})

test('all windows may be reloaded at once: nothing is lost, and nothing plays on unseen', async ({ page, context }) => {
  const a = await openDiagram(page, machine)
  await a.button('Crash the shop').click()
  await halt(a)
  const other = await context.newPage()
  const b = await openDiagram(other, machine)
  await alike(a, b)
  const before = await shows(a)
  await Promise.all([page.reload(), other.reload()])
  await a.root.waitFor()
  await alike(a, b)
  expect(await shows(a)).toEqual(before)
  await other.close()
  await a.button('Play').click()
  await page.waitForTimeout(300)
  await page.reload()
  await a.root.waitFor()
  await a.settled()
  expect((await shows(a)).done).toBe(before.done)
})

test('what is kept from before is ignored where it is rubbish', async ({ page }) => {
  const problems = troubles(page, () => 'rubbish')
  await page.addInitScript(() => {
    for (const name of ['long', 'x'])
      sessionStorage.setItem(name, '{')
    for (const key of Object.keys(sessionStorage))
      sessionStorage.setItem(key, '{"version":1,"logs":{"story:ship":{"have":7}}}')
  })
  const met = await openDiagram(page, ship)
  await met.button('More: dock gangs').click()
  await page.reload()
  await expect(met.root.getByRole('group', { name: 'dock gangs' })).toContainText('2')
  expect(problems).toEqual([])
})

test('a preview is inert: what is pressed in it changes nothing and is told to nobody', async ({ page, context }) => {
  const there = await openDiagram(page, machine, 0, 'presenter/')
  const here = await openDiagram(await context.newPage(), machine)
  await alike(there, here)
  const before = await shows(here)
  const preview = page.locator('[data-diagram="machine-bare"]').nth(1)
  await preview.evaluate((el) => {
    for (const button of el.querySelectorAll<HTMLElement>('button'))
      button.click()
  })
  await page.waitForTimeout(400)
  expect(await shows(here)).toEqual(before)
  expect(await shows(there)).toEqual(before)
})

for (const alias of ['loop', 'loop-question', 'how']) {
  test(`who goes over to the presenter's view on a slide has all its clicks there: ${alias}`, async ({ page }) => {
    const { no } = long.slides.find(s => s.alias === alias)!
    const clicks = (p: Page) => p.evaluate(() => /\b\d+\s*\/\s*(\d+)\b/.exec(document.querySelector('.slidev-presenter, #app')!.textContent!)?.[1])
    await page.goto(`${deckOf('long')}#/presenter/${no}`)
    await expect.poll(() => clicks(page)).toMatch(/[1-9]/)
    const opened = await clicks(page)
    await page.goto('about:blank')
    await page.goto(`${deckOf('long')}#/${no}`)
    await page.locator(`#slideshow > [data-slidev-no="${no}"]`).waitFor()
    await page.waitForTimeout(500)
    await page.evaluate(no => location.hash = `#/presenter/${no}`, no)
    await expect.poll(() => clicks(page)).toBe(opened)
    await page.keyboard.press('ArrowRight')
    await expect(page).toHaveURL(/clicks=1/)
  })
}

test('a question\'s pick is seen in the other window, and by a late one', async ({ page, context }) => {
  const no = long.slides.find(s => s.alias === 'ship-question')!.no
  const picked = (p: Page) => p.locator(`#slideshow > [data-slidev-no="${no}"] .picked`)
  await page.goto(`${deckOf('long')}#/presenter/${no}`)
  const other = await context.newPage()
  await other.goto(`${deckOf('long')}#/${no}`)
  await page.locator('.predict').first().waitFor()
  await page.keyboard.press('2')
  await expect(picked(other)).toHaveCount(1)
  const late = await context.newPage()
  await late.goto(`${deckOf('long')}#/${no}`)
  await expect(picked(late)).toHaveCount(1)
})

test.describe('a shared address', () => {
  test('opens the same slide with the same run at the same time, once, and others are not disturbed', async ({ page, context, browser }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const met = await openDiagram(page, machine, 1)
    await met.settled()
    await met.button('Crash the shop').click()
    await halt(met)
    await met.scrub(700)
    await met.button('Copy the address of this').click()
    await expect(met.root.locator('.said')).toContainText('Copied')
    await expect(met.root.getByRole('status')).toContainText('Copied')
    const address = await page.evaluate(() => navigator.clipboard.readText())
    expect(address).toMatch(/#\/machine\?clicks=1&run=[\w-]+&t=\d+$/)
    const before = await shows(met)
    const elsewhere = await (await browser.newContext({ viewport: { width: 980, height: 552 } })).newPage()
    await elsewhere.goto(address)
    const there = { root: elsewhere.locator('.slidev-page:visible [data-diagram="machine-bare"]') } as Met
    await expect.poll(() => shows(there)).toEqual(before)
    await expect(elsewhere).toHaveURL(/#\/machine\?clicks=1$/)
    // alone, it is kept over a reload
    await elsewhere.waitForTimeout(900)
    await elsewhere.reload()
    await expect.poll(() => shows(there)).toEqual(before)
    // beside other windows it is looked at, until something is done to it
    await met.button('start over').click()
    await expect.poll(async () => (await shows(met)).done).toBe('0')
    const visitor = await context.newPage()
    await visitor.goto(address)
    const seen = { root: visitor.locator('.slidev-page:visible [data-diagram="machine-bare"]'), button: (name: string) => visitor.locator('.slidev-page:visible').getByRole('button', { name, exact: true }) } as Met
    await expect.poll(async () => (await shows(seen)).done).toBe(before.done)
    await visitor.waitForTimeout(900)
    expect((await shows(met)).done).toBe('0')
    await seen.button('Step back').click()
    await alike(met, seen)
    expect((await shows(met)).done).toBe(before.done)
  })

  test('that is damaged, of another version or of an unknown scenario says so, and starts afresh', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const met = await openDiagram(page, ship)
    await met.button('More: dock gangs').click()
    await met.button('Copy the address of this').click()
    await expect(met.root.locator('.said')).toContainText('Copied')
    const good = await page.evaluate(() => navigator.clipboard.readText())
    const run = good.match(/run=([\w-]+)/)![1]!
    const bad = { 'a part of it is missing': run.slice(0, -4), 'of version 2': `2${run.slice(1)}`, 'letters, digits': 'a%20b', 'not on this slide': '' }
    for (const [why, text] of Object.entries(bad)) {
      const fresh = await context.browser()!.newPage({ viewport: { width: 980, height: 552 } })
      const problems = troubles(fresh, () => why)
      await fresh.goto(why === 'not on this slide' ? good.replace('#/ship', '#/machine') : good.replace(run, text))
      const root = fresh.locator('.slidev-page:visible [data-diagram]')
      await expect(root.locator('.said')).toContainText(why)
      await expect(root.getByRole('status')).toContainText('fresh start')
      await expect(root).toHaveAttribute('data-done', '0')
      await expect(fresh).not.toHaveURL(/run=/)
      expect(problems).toEqual([])
      await fresh.close()
    }
  })

  test('that leads to a slide without a diagram says so', async ({ page }) => {
    await page.goto(`${deckOf('long')}#/1?run=anything&t=4900`)
    await expect(page.locator('[data-role="address"]')).toHaveText('The address tells of a diagram, and there is none on this slide.')
    await expect(page).not.toHaveURL(/run=/)
    await page.keyboard.press('ArrowRight')
    await expect(page.locator('[data-role="address"]')).toHaveText('')
  })

  test('is shown to be copied by hand where the clipboard is refused, and the clicker goes on', async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    const met = await openDiagram(page, ship)
    await met.button('Copy the address of this').click()
    const field = met.root.getByRole('textbox', { name: 'Address of this' })
    await expect(field).toHaveValue(/#\/ship\?run=[\w-]+&t=0$/)
    expect(await field.evaluate(el => (el as HTMLInputElement).selectionEnd)).toBeGreaterThan(40)
    await page.keyboard.press('PageDown')
    await expect(page).toHaveURL(/clicks=1/)
    expect(slideNo('ship')).toBeGreaterThan(0)
  })
})
