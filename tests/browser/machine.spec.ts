// One machine, many boxes, as its users meet it: what the picture shows is what the story holds.
import type { Locator } from '@playwright/test'
import type { MachineView } from '../../models/machine.ts'
import type { Met } from './diagram.ts'
import { machineStory } from '../../models/machine.ts'
import { none } from '../lib/violations.ts'
import { expect, test } from './deck.ts'
import { openDiagram } from './diagram.ts'
import { inspect } from './inspect.ts'

const bare = { id: 'machine-bare', alias: 'machine' }
const boxed = { id: 'machine-boxed', alias: 'machine-boxed' }

/** What the picture says of the programs: on which machine each stands, in what state, in a box or not. */
async function shown({ root }: Met) {
  return root.evaluate(root => [...root.querySelectorAll<HTMLElement>('.machine')].flatMap((machine, i) =>
    [...machine.querySelectorAll<HTMLElement>('[data-program]')].map(p => `${p.dataset.program} ${p.dataset.state} ${i} ${p.dataset.boxed}`)).sort())
}
const held = (view: MachineView) => view.programs.map(p => `${p.name} ${p.state} ${p.machine} ${view.boxed}`).sort()

for (const placed of [bare, boxed]) {
  const story = machineStory(placed === boxed)

  test(`${placed.id}: the picture shows what the story holds at every moment`, async ({ page }) => {
    const met = await openDiagram(page, placed)
    for (const [i, moment] of story.moments.entries()) {
      if (i > 0)
        await page.keyboard.press('PageDown')
      await expect.poll(met.time).toBe(moment.at)
      expect(await shown(met)).toEqual(held(story.at(moment.at)))
    }
  })

  test(`${placed.id}: what the learner does shows what comes of it, and R starts over`, async ({ page }) => {
    const met = await openDiagram(page, placed)
    await met.button('Let the shop leak memory').click()
    const mine = story.fork!(0, { op: 'leak', program: 'shop' })
    await expect.poll(met.time, { timeout: 60_000 }).toBe(mine.duration)
    expect(await shown(met)).toEqual(held(mine.at(mine.duration)))
    await expect(met.root.getByRole('status')).toContainText(mine.moments.at(-1)!.sentence)
    await page.keyboard.press('r')
    await expect.poll(met.time).toBe(0)
    expect(await shown(met)).toEqual(held(story.at(0)))
  })
}

for (const placed of [bare, boxed]) {
  test(`${placed.id}: each hull has its machine’s name at every moment, the one that its buttons have`, async ({ page }) => {
    const met = await openDiagram(page, placed)
    for (const [i, moment] of machineStory(placed === boxed).moments.entries()) {
      if (i > 0)
        await page.keyboard.press('PageDown')
      await expect.poll(met.time).toBe(moment.at)
      const names = await met.root.locator('.machine .shared .of > b').evaluateAll(all => all.map(el => el.firstChild!.textContent))
      expect(names).toEqual(['machine 1', 'machine 2'])
      for (const name of names)
        await expect(met.button(new RegExp(`^st(?:op|art) the kernel: ${name}$`))).toBeVisible()
    }
  })
}

test('what a program does not have now is told as what it asks for when it runs', async ({ page }) => {
  const met = await openDiagram(page, boxed)
  const shop = met.root.locator('[data-program="shop"]')
  await expect(shop).not.toContainText('when it runs')
  await expect(shop).toContainText('port: 80; ')
  await met.button('Stop the shop').click()
  await expect(shop).toContainText(/when it runs:\s*port: 80;/)
  await expect(shop.locator('.wanted')).toHaveText(['port: 80; ', 'library: v1; ', 'limit: 1.5 GB; '])
})

test('what is not possible is said, and changes nothing', async ({ page }) => {
  const met = await openDiagram(page, bare)
  await met.button('stop the kernel: machine 1').click()
  await expect.poll(() => shown(met)).toEqual(['blog stopped 0 false', 'database ended 0 false', 'shop ended 0 false'])
  await met.button('Start the shop').click()
  await expect(met.root.locator('.refused')).toContainText('Machine 1 is down: start its kernel first, or start the shop on machine 2')
  expect(await shown(met)).toContain('shop ended 0 false')
})

test('a dead machine hands nothing over: what ran there is started on the other, and what is lost is told apart from what is kept', async ({ page }) => {
  const met = await openDiagram(page, boxed)
  await met.button('stop the kernel: machine 1').click()
  const database = met.root.locator('[data-program="database"]')
  await expect(database.locator('h2')).toContainText('ended')
  await expect(database).toContainText(/memory: lost;.*data: kept on disk;/)
  await expect(met.button('Move the database to machine 2')).toHaveCount(0)
  await met.button('Start on machine 2: the database').click()
  await expect.poll(() => shown(met)).toContain('database running 1 true')
  await expect(database).toContainText('left behind')
  await expect(met.root.getByRole('status')).toContainText('You start the database on machine 2. The database starts without its data: they are on the disk of machine 1.')
})

test('a gigabyte is as long in one box as in another and in the hull, at every moment, bare and in containers', async ({ page }) => {
  const wide = (bar: Locator) => bar.evaluate(el => (el as HTMLElement).offsetWidth)
  const long: number[] = []
  for (const placed of [bare, boxed]) {
    const met = await openDiagram(page, placed)
    const story = machineStory(placed === boxed)
    for (const [i, { at }] of story.moments.entries()) {
      if (i > 0)
        await page.keyboard.press('PageDown')
      await expect.poll(met.time).toBe(at)
      const view = story.at(at)
      for (const p of view.programs.filter(p => p.limit && p.state === 'running'))
        long.push(await wide(met.root.locator(`[data-program="${p.name}"] .bar`)) / p.limit!)
      for (const bar of await met.root.locator('.shared .bar').all())
        long.push(await wide(bar) / view.machines[0]!.memory)
    }
  }
  expect(long.length).toBeGreaterThan(15)
  for (const each of long)
    expect(each / long[0]!).toBeCloseTo(1, 1)
})

test('the switch sets everything up anew in the other way', async ({ page }) => {
  const met = await openDiagram(page, bare)
  await expect(met.button('bare')).toHaveAttribute('aria-pressed', 'true')
  await met.button('in containers').click()
  await expect.poll(() => shown(met)).toEqual(['blog running 0 true', 'database running 0 true', 'shop running 0 true'])
  await expect(met.button('in containers')).toHaveAttribute('aria-pressed', 'true')
  await expect(met.root.locator('.said')).toHaveText(/^Begun anew\. In containers\. Machine 1: the shop, the blog and the database run\.$/)
  await expect(met.root.getByRole('status')).toContainText('Begun anew.')
})

test('a click drops what was done too early in every window, and one that opens later is not told of it', async ({ page, context }) => {
  const audience = await context.newPage()
  const there = await openDiagram(page, bare, 0, 'presenter/')
  const here = await openDiagram(audience, bare)
  await there.button('Stop the shop').click()
  await expect.poll(() => shown(here)).toContain('shop stopped 0 false')
  await page.bringToFront()
  await page.keyboard.press('PageDown')
  const story = machineStory()
  for (const met of [there, here]) {
    await expect.poll(met.time).toBe(story.moments[1]!.at)
    expect(await shown(met)).toEqual(held(story.at(story.moments[1]!.at)))
    await expect(met.root.locator('.said')).toHaveText(story.moments[1]!.sentence)
  }
  const late = await openDiagram(await context.newPage(), bare, 1)
  await late.settled()
  expect(await late.time()).toBe(story.moments[1]!.at)
  expect(await shown(late)).toEqual(held(story.at(story.moments[1]!.at)))
})

test('a deed keeps the moments before it: back shows them, and on from them the script goes on', async ({ page }) => {
  const story = machineStory()
  const met = await openDiagram(page, bare, 2)
  await expect.poll(met.time).toBe(story.moments[2]!.at)
  await met.button('Stop the database').click()
  await expect.poll(() => shown(met)).toContain('database stopped 0 false')
  await page.keyboard.press('PageUp')
  await expect.poll(met.time).toBe(story.moments[1]!.at)
  await expect(met.root.locator('.said')).toHaveText(story.moments[1]!.sentence)
  await page.keyboard.press('PageDown')
  await expect.poll(met.time).toBe(story.moments[2]!.at)
  expect(await shown(met)).toEqual(held(story.at(story.moments[2]!.at)))
})

test('deed upon deed, and the next click takes the story up where it was, in its own words', async ({ page }) => {
  const story = machineStory(true)
  const met = await openDiagram(page, boxed)
  // each ends where what it brings has come to rest: the last behind the script's next moment
  for (const deed of ['Let the shop leak memory', 'Let the database leak memory', 'Let the blog leak memory', 'Start the database'])
    await met.button(deed).click()
  expect(await met.time()).toBeGreaterThan(story.moments[1]!.at)
  await met.button('stop the kernel: machine 1').click()
  await met.button('Start the shop').click()
  const status = met.root.getByRole('status')
  await expect(status).toContainText('start its kernel first')
  await page.keyboard.press('PageDown')
  await expect(status).not.toContainText('start its kernel first', { timeout: 3000 })
  await expect.poll(met.time).toBe(story.moments[1]!.at)
  expect(await shown(met)).toEqual(held(story.at(story.moments[1]!.at)))
  await expect(met.root.locator('.said')).toHaveText(story.moments[1]!.sentence)
  await expect(status).toHaveText(story.moments[1]!.sentence)
  await met.button('Stop the shop').click()
  await page.keyboard.press('r')
  await expect(status).toHaveText(story.moments[0]!.sentence)
})

test('a database that moves is shown without its data', async ({ page }) => {
  const met = await openDiagram(page, bare)
  const database = met.root.locator('[data-program="database"]')
  await expect(database).toContainText('on this disk')
  await met.button('Move the database to machine 2').click()
  await expect(database).toContainText('left behind')
  await expect(database.locator('h2')).toContainText('empty')
  await expect(met.root.getByRole('status')).toContainText('its data stay behind')
})

test('whoever comes back to what was played with is told that it stands as it was left, and no longer once it is touched', async ({ page }) => {
  const met = await openDiagram(page, bare, 3)
  await met.button('Stop the blog').click()
  await met.settled()
  await expect(met.root.locator('.returned')).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect(met.root).toBeHidden()
  await page.keyboard.press('PageUp')
  await expect(met.root.locator('.returned')).toHaveText('as it was left')
  await expect(met.root.getByRole('status')).toContainText(/^As it was left\. /)
  expect(await shown(met)).toContain('blog stopped 0 false')
  await met.button('Start the blog').click()
  await expect(met.root.locator('.returned')).toHaveCount(0)
})

test('a memory that was full shows it after the kill', async ({ page }) => {
  const met = await openDiagram(page, bare, 3)
  expect(machineStory().at(machineStory().duration).machines[0]!.full).toBeDefined()
  await expect(met.root.locator('.full')).toHaveText('full at the kill')
})

test('what a deed has brought about is told with its cause', async ({ page }) => {
  const met = await openDiagram(page, boxed)
  await met.button('Let the database leak memory').click()
  await expect(met.root.getByRole('status')).toContainText(/^You let the database leak memory\. The kernel: Memory cgroup out of memory: Killed process \d+ \(database\)\./)
})

test('by keyboard the limits go, and a leak in one box is the end of another', async ({ page }) => {
  const met = await openDiagram(page, boxed)
  const shop = met.root.locator('[data-program="shop"]')
  await expect(shop).toContainText('of 1.5 GB')
  await met.button('memory limits').focus()
  await page.keyboard.press('Space')
  await expect(met.button('memory limits')).toHaveAttribute('aria-pressed', 'false')
  await expect(met.button('memory limits')).toBeFocused()
  await expect(shop).not.toContainText('of 1.5 GB')
  await met.button('Let the blog leak memory').click()
  await expect.poll(() => shown(met)).toContain('database killed 0 true')
  await expect(met.root.locator('.said')).toHaveText(/^No limits\. Machine 1: the shop runs/)
  none((await page.evaluate(inspect, undefined)).problems)
  await met.button('bare').click()
  await expect(met.button('memory limits')).toHaveCount(0)
})

test.describe('with motion', () => {
  test.use({ reducedMotion: 'no-preference' })
  test('what was done is told to who did it', async ({ page }) => {
    const met = await openDiagram(page, bare)
    await met.button('Stop the shop').click()
    await expect(met.root.locator('.said')).toHaveText(/you stop the shop/)
  })

  test('the keyboard’s place is kept when a program is killed under it', async ({ page }) => {
    const met = await openDiagram(page, boxed)
    await met.button('Let the database leak memory').focus()
    await page.keyboard.press('Enter')
    await expect(met.button('Start the database')).toBeFocused()
  })
})

test('by keyboard: each deed leaves the focus at its program, and no key turns the page', async ({ page }) => {
  const met = await openDiagram(page, boxed)
  const url = page.url()
  const press = async (name: string, then: string, key: 'Space' | 'Enter') => {
    await met.button(name).focus()
    await page.keyboard.press(key)
    await expect(met.button(then)).toBeFocused()
  }
  await press('Stop the shop', 'Start the shop', 'Space')
  await press('Start the shop', 'Stop the shop', 'Enter')
  await press('Crash the shop', 'Start the shop', 'Space')
  await press('Move the shop to machine 2', 'Start the shop', 'Enter')
  await press('Start the shop', 'Stop the shop', 'Space')
  await press('Stop the blog', 'Start the blog', 'Space')
  await press('Ask for port 8080 outside for the blog', 'Stop the blog', 'Space')
  expect(page.url()).toBe(url)
})

for (const placed of [bare, boxed]) {
  test(`${placed.id}: programs stand inside their walls, with one frame each, and their buttons are large enough for a finger`, async ({ browser }) => {
    const page = await browser.newPage({ viewport: { width: 960, height: 540 }, reducedMotion: 'reduce' })
    const story = machineStory(placed === boxed)
    for (const i of story.moments.keys()) {
      const met = await openDiagram(page, placed, i)
      await expect.poll(met.time).toBe(story.moments[i]!.at)
      const found = await met.root.evaluate(root => [...root.querySelectorAll<HTMLElement>('.program')].map((el) => {
        const [box, walls] = [el, el.closest('.programs')!].map(e => e.getBoundingClientRect()) as [DOMRect, DOMRect]
        const framed = [el, el.querySelector('h2')!].map(e => getComputedStyle(e)).flatMap(s => [s.borderTopWidth !== '0px' && s.borderTopColor !== 'rgba(0, 0, 0, 0)' ? s.borderTopStyle : '', s.outlineStyle]).filter(s => s && s !== 'none')
        return {
          name: el.dataset.program!,
          state: el.dataset.state!,
          framed,
          inside: box.top >= walls.top + 8 && el.querySelector('.deeds')!.getBoundingClientRect().bottom <= walls.bottom && box.bottom <= walls.bottom,
          buttons: [...el.querySelectorAll('button')].map(b => Math.min(b.getBoundingClientRect().width, b.getBoundingClientRect().height)),
        }
      }))
      for (const { name, state, framed, inside, buttons } of found) {
        expect.soft(inside, `${i}: ${name} stands inside its walls`).toBe(true)
        expect.soft(Math.min(...buttons), `${i}: buttons of ${name}`).toBeGreaterThanOrEqual(32)
        expect.soft(framed, `${i}: ${name} ${state}`).toEqual(state === 'running' ? placed === boxed ? ['solid'] : [] : [state === 'stopped' ? 'dashed' : 'solid'])
      }
    }
    await page.close()
  })
}

test('wherever the programs stand and whatever has become of them, no words are cut off', async ({ page }) => {
  const away = ['shop', 'blog', 'database'].map(name => `Move the ${name} to machine 2`)
  const found: string[] = []
  for (const [placed, deeds] of [
    [bare, away],
    [bare, away.slice(2)],
    [bare, ['Stop the shop', away[0]!, away[2]!]],
    [boxed, away.slice(2)],
    [boxed, away.slice(0, 2)],
    [bare, ['stop the kernel: machine 1', 'stop the kernel: machine 2']],
    [boxed, [...away, 'stop the kernel: machine 2']],
    [boxed, ['Stop the blog', 'Ask for port 8080 outside for the blog', away[2]!, 'Let the database leak memory']],
  ] as const) {
    const met = await openDiagram(page, placed)
    // what was done before is kept while the window is open
    await met.button('start over').click()
    for (const deed of deeds)
      await met.button(deed).click()
    await met.settled()
    // the hull narrows towards its bottom by 14 px a side and cuts off what reaches beyond it
    const cut = await met.root.evaluate(root => [...root.querySelectorAll('.shared > *')].flatMap((line) => {
      const hull = line.parentElement!.getBoundingClientRect()
      const seen = [...line.querySelectorAll('*')].filter(el => !el.closest('.visually-hidden') && [...el.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent!.trim()))
      return seen.some((el) => {
        const words = document.createRange()
        return [...el.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).some((n) => {
          words.selectNodeContents(n)
          const { left, right, width } = words.getBoundingClientRect()
          return width > 0 && (left < hull.left + 10 || right > hull.right - 10)
        })
      })
        ? [line.textContent!.trim()]
        : []
    }))
    found.push(...[...cut, ...(await page.evaluate(inspect, undefined)).problems].map(problem => `${placed.id}, ${deeds.at(-1)}: ${problem}`))
  }
  none(found)
})
