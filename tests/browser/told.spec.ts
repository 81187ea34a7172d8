// What those who hear the deck are told of a drawing: what it shows by now, in one name, and nothing of it a second time.
import type { CDPSession, Page } from '@playwright/test'
import { eventSentence } from '../../composables/sentences.ts'
import { adoptionStory, tellSwitch } from '../../models/adoption.ts'
import { casesStory } from '../../models/cases.ts'
import { machineStory, summary } from '../../models/machine.ts'
import type { Met } from './diagram.ts'
import { open, step } from '../../scripts/lib/walk.ts'
import { question } from '../../data/questions/index.ts'
import { firstSeeds, thingsBreakStory } from '../../scenarios/thingsBreak.ts'
import { none } from '../lib/violations.ts'
import { deckOf, expect, long, test } from './deck.ts'
import { openDiagram } from './diagram.ts'

const deck = () => deckOf('long')

interface Drawing {
  name: string
  /** its words and shapes that can be seen */
  seen: string
}

/** The named drawings of the slide that is shown, in the order of the document. */
async function drawings(page: Page): Promise<Drawing[]> {
  return page.evaluate(() => {
    const slide = [...document.querySelectorAll<HTMLElement>('#slideshow > [data-slidev-no]')].find(el => el.style.display !== 'none')!
    const shown = (el: Element) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    return [...slide.querySelectorAll('[role="img"]')].filter(shown).map(el => ({
      name: el.getAttribute('aria-label') ?? '',
      seen: [...el.querySelectorAll('text, tspan, path, rect, circle')].filter(shown).map(part => part.childElementCount ? part.tagName : `${part.tagName} ${part.textContent}`).join('\n'),
    }))
  })
}

interface AxNode {
  nodeId: string
  ignored: boolean
  role?: { value?: string }
  name?: { value?: string }
  childIds?: string[]
}

/** Words that stand in the browser's accessibility tree under a picture with a name. */
async function wordsUnderPictures(session: CDPSession): Promise<string[]> {
  const { nodes } = await session.send('Accessibility.getFullAXTree') as unknown as { nodes: AxNode[] }
  const byId = new Map(nodes.map(node => [node.nodeId, node]))
  const under = (node: AxNode): AxNode[] => (node.childIds ?? []).flatMap((id) => {
    const child = byId.get(id)
    return child ? [child, ...under(child)] : []
  })
  return nodes.filter(node => !node.ignored && ['image', 'SvgRoot'].includes(node.role?.value ?? '') && node.name?.value).flatMap(node =>
    under(node).filter(child => !child.ignored && child.role?.value === 'StaticText').map(child => `"${child.name?.value}" under "${node.name!.value!.slice(0, 40)}…"`))
}

test('a drawing has a name that grows with it, click by click', async ({ page }) => {
  const silent: string[] = []
  let steps = 0
  for (const slide of long.slides) {
    await open(page, deck(), slide.no)
    let before = await drawings(page)
    const first = before
    if (!first.length)
      continue
    silent.push(...first.filter(d => d.name.length < 20).map(d => `slide ${slide.no} ${slide.alias}: a drawing is called "${d.name}"`))
    for (let now = await step(page); now?.no === slide.no; now = await step(page)) {
      const after = await drawings(page)
      for (const [i, { name, seen }] of after.entries()) {
        const same = [before[i], first[i]].find(d => d && seen !== d.seen && name === d.name)
        if (same)
          silent.push(`slide ${slide.no} ${slide.alias}, click ${now.clicks}: something has changed, and the drawing is still called "${name.slice(0, 60)}…"`)
        steps += 1
      }
      before = after
    }
  }
  none(silent)
  expect(steps).toBeGreaterThan(30)
})

test('a drawing’s own words are not heard beside its name', async ({ page }) => {
  const session = await page.context().newCDPSession(page)
  const twice: string[] = []
  for (const slide of long.slides) {
    await open(page, deck(), slide.no, 99)
    twice.push(...(await wordsUnderPictures(session)).map(words => `slide ${slide.no} ${slide.alias}: ${words}`))
  }
  none(twice)
})

test('the check would notice: a named SVG with words', async ({ page }) => {
  const session = await page.context().newCDPSession(page)
  await page.setContent('<svg role="img" aria-label="A box"><text y="20">healthy</text></svg><div role="img" aria-label="A ship"><svg aria-hidden="true"><text y="20">at sea</text></svg></div>')
  expect(await wordsUnderPictures(session)).toEqual(['"healthy" under "A box…"'])
})

test('a word’s explanation stays when it is pressed, and goes with Escape or on leaving', async ({ page }) => {
  const { no } = long.slides.find(slide => slide.alias === 'how')!
  await open(page, deck(), no)
  const word = page.locator(`#slideshow > [data-slidev-no="${no}"] button.term`).first()
  const tip = page.locator(`#slideshow > [data-slidev-no="${no}"] .term-tip`).first()
  await expect(word).toHaveAttribute('aria-expanded', 'false')
  // the keyboard opens it by coming, and keeps it by pressing
  await word.focus()
  await page.keyboard.press('Enter')
  await expect(tip).toBeVisible()
  await expect(word).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Escape')
  await expect(tip).toBeHidden()
  // what was closed leaves the keyboard at the word; only then does Escape let go
  await expect(word).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(word).not.toBeFocused()
  // so does a mouse, until it leaves
  await word.hover()
  await word.click()
  await expect(tip).toBeVisible()
  await page.mouse.move(5, 5)
  await expect(tip).toBeHidden()
  await expect(word).toHaveAttribute('aria-expanded', 'false')
})

test('each word’s explanation stands whole on its slide', async ({ page }) => {
  test.setTimeout(400_000)
  const cut: string[] = []
  let seen = 0
  for (const slide of long.slides.filter(({ content }) => /<Term\b|ThingsBreak|Definition/.test(content))) {
    await page.goto(`${deck()}#/${slide.no}?clicks=${slide.content.includes('ThingsBreak') ? 3 : 0}`)
    const words = page.locator(`#slideshow > [data-slidev-no="${slide.no}"] button.term:visible`)
    await page.waitForTimeout(600)
    for (let i = 0; i < await words.count(); i++) {
      await words.nth(i).focus()
      const tip = page.locator(`[id="${await words.nth(i).getAttribute('aria-describedby')}"]`)
      await expect(tip).toBeVisible()
      seen += 1
      await expect.poll(() => tip.evaluate((el) => {
        const box = el.getBoundingClientRect()
        const slide = el.closest('.slidev-page')!.getBoundingClientRect()
        return box.left >= slide.left && box.top >= slide.top && box.right <= slide.right && box.bottom <= slide.bottom
      }), { timeout: 10_000 }).toBe(true).catch(async () => cut.push(`slide ${slide.no} ${slide.alias}: "${await words.nth(i).textContent()}"`))
    }
  }
  expect(seen).toBeGreaterThan(20)
  none(cut)
})

test('a step that a diagram tells is not announced beside it by its number', async ({ page }) => {
  const met = await openDiagram(page, { id: 'ship', alias: 'ship' })
  const said = page.locator('[data-role="announcer"]')
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/clicks=1/)
  await met.settled()
  await expect(said).toHaveText('')
})

test('a moment says what is to be seen once it has come, not before', async ({ page }) => {
  const met = await openDiagram(page, { id: 'rolling-update', alias: 'rolling-update' })
  const names = () => met.button(/^Moment/).evaluateAll(all => all.map(el => el.getAttribute('aria-label')!))
  const toCome = async () => (await names()).map(name => name.endsWith(', to come'))
  const { length } = await names()
  expect(await toCome()).toEqual(Array.from({ length }, (_, i) => i > 0))
  await page.keyboard.press('PageDown')
  await met.settled()
  expect(await toCome()).toEqual(Array.from({ length }, (_, i) => i > 1))
})

test('a moment is named by one number once', async ({ page }) => {
  const met = await openDiagram(page, { id: 'adoption', alias: 'adoption' }, 4)
  const names = await met.button(/^Moment/).evaluateAll(all => all.map(el => el.getAttribute('aria-label')!))
  none(names.filter(name => /^Moment \d+,.*\b\d+ of \d/.test(name)))
  expect(new Set(names).size).toBe(names.length)
})

for (const motion of ['reduce', 'no-preference'] as const) {
  test.describe(`motion ${motion}`, () => {
    test.use({ reducedMotion: motion })
    test('a deed is told at once, with what follows from it, and then the state', async ({ page }) => {
      const met = await openDiagram(page, { id: 'machine-bare', alias: 'machine' })
      await page.evaluate(() => {
        const status = document.querySelector('[data-diagram="machine-bare"] [role="status"]')!
        const heard: string[] = (window as unknown as { heard: string[] }).heard = []
        new MutationObserver(() => heard.push(status.textContent!.trim())).observe(status, { childList: true, characterData: true, subtree: true })
      })
      const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard.filter(Boolean))
      await met.button('Move the shop to machine 2').click()
      const mine = machineStory(false).fork!(0, { op: 'move', program: 'shop' })
      const then = mine.events(-1, 0).filter(e => e.by === 'the shop').map(e => `The shop ${e.text}.`).join(' ')
      expect(then).toContain('does not start')
      // while it plays on, what was done is told alone; without motion its end is told with it
      const end = motion === 'reduce' ? ` ${mine.moments.at(-1)!.sentence}` : ''
      await expect.poll(heard).toContain(`You move the shop to machine 2. ${then}${end}`)
      await expect(met.root).toHaveAttribute('data-settled', 'true', { timeout: 30_000 })
      const last = await met.root.locator('.said').textContent()
      await expect(met.root.getByRole('status')).toContainText(last!.trim())
    })
  })
}

test.describe('with motion', () => {
  test.use({ reducedMotion: 'no-preference' })
  for (const [id, alias] of [['machine-boxed', 'machine-boxed'], ['adoption', 'adoption']] as const) {
    test(`${id}: a click’s sentence is said once`, async ({ page }) => {
      const met = await openDiagram(page, { id, alias })
      await expect(met.root.getByRole('status')).not.toHaveText('')
      await met.root.getByRole('status').evaluate((status) => {
        const heard: string[] = (window as unknown as { heard: string[] }).heard = []
        new MutationObserver(() => status.textContent!.trim() && heard.push(status.textContent!.trim())).observe(status, { childList: true, characterData: true, subtree: true })
      })
      const moments = await met.button(/^Moment/).count()
      for (let i = 1; i < moments; i++) {
        await page.keyboard.press('PageDown')
        await expect(page).toHaveURL(new RegExp(`clicks=${i}`))
        await met.settled()
        await page.waitForTimeout(600)
      }
      const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard)
      expect(heard).toHaveLength(moments - 1)
      expect(new Set(heard).size).toBe(moments - 1)
    })
  }
})

/** Takes down all that a diagram's status says from now on. */
async function listen({ root }: Met): Promise<() => Promise<string[]>> {
  const status = root.getByRole('status')
  await expect(status).not.toHaveText('')
  await status.evaluate((status) => {
    const heard: string[] = (window as unknown as { heard: string[] }).heard = []
    new MutationObserver(() => status.textContent!.trim() && heard.push(status.textContent!.trim())).observe(status, { childList: true, characterData: true, subtree: true })
  })
  return () => root.page().evaluate(() => (window as unknown as { heard: string[] }).heard)
}

test.describe('what comes of a deed while it plays on', () => {
  test.use({ reducedMotion: 'no-preference' })

  test('is told when the deed has been heard, and not first when all is over', async ({ page }) => {
    const met = await openDiagram(page, { id: 'loop', alias: 'loop' }, 5)
    const heard = await listen(met)
    await met.root.locator('button.pod').first().click()
    await expect.poll(heard).toContainEqual(expect.stringMatching(/^replicaset-controller creates Pod/))
    expect((await heard())[0]).toMatch(/^You delete Pod/)
    await expect(met.root).toHaveAttribute('data-settled', 'false')
  })

  test('is told after the deed, also where it comes at once', async ({ page }) => {
    const met = await openDiagram(page, { id: 'one-name', alias: 'service' })
    const heard = await listen(met)
    await page.waitForTimeout(4500)
    await met.button('select app=shop').click()
    await expect.poll(heard).toContainEqual(expect.stringContaining('takes 4 Pods off the list'))
    const all = (await heard()).join(' ')
    expect(all.indexOf('You change the selector')).toBeLessThan(all.indexOf('takes 4 Pods off the list'))
    expect((await heard())[0]).toMatch(/^You change the selector/)
  })

  for (const [id, alias] of [['breaks-pods', 'healing'], ['breaks-machines', 'dead-node']] as const) {
    test(`${alias}: a button never takes aim at a Pod that nobody chose, however often it is pressed`, async ({ page }) => {
      const met = await openDiagram(page, { id, alias })
      const heard = await listen(met)
      const button = met.button(/^delete /)
      await button.focus()
      const before = await button.textContent()
      await page.keyboard.press('Enter')
      await expect(button).toHaveAttribute('aria-disabled', 'true')
      await page.keyboard.press('Enter')
      await page.waitForTimeout(1500)
      await page.keyboard.press('Enter')
      await expect(button).toBeFocused()
      await expect(button).toHaveText(before!)
      await expect(met.root).toHaveAttribute('data-done', '1')
      await expect.poll(async () => (await heard()).join(' ')).toMatch(/You cannot delete Pod .{5}: it is (?:stopping|gone) already\./)
    })
  }

  test('a refusal is heard at once, and goes while time goes on', async ({ page }) => {
    const met = await openDiagram(page, { id: 'loop', alias: 'loop' })
    const heard = await listen(met)
    await met.button('delete the ReplicaSet').click()
    await met.button('delete the ReplicaSet').click()
    await expect(met.root.locator('.refused')).toBeVisible()
    await expect.poll(heard, { timeout: 3500 }).toContainEqual(expect.stringMatching(/^You cannot delete ReplicaSet .*: there is none at this moment\. replicasets\.apps "/))
    await expect(met.root).toHaveAttribute('data-settled', 'false')
    await expect(met.root.locator('.refused')).toBeHidden({ timeout: 10_000 })
  })
})

test('a step tells what happened and what has changed, and not all that is to be seen once more', async ({ page }) => {
  const met = await openDiagram(page, { id: 'breaks-machines', alias: 'dead-node' })
  const heard = await listen(met)
  const status = met.root.getByRole('status')
  for (const words of [/^0:10\. Operator takes the power from node-2\. 6 wanted, 6 believed ready, 4 run\.$/, /^The machine node-2 has no power/, /^1:05\. node-controller has not heard of node-2 .* 6 wanted, 4 believed ready, 4 run\. \d+ requests were lost so far\.$/]) {
    await met.button('Step to the next event').click()
    await expect(status).toHaveText(words)
  }
  for (const words of await heard())
    expect(words.split(/(?<=\.) /).length, words).toBeLessThan(8)
})

test.describe('with motion, while it plays', () => {
  test.use({ reducedMotion: 'no-preference' })
  test('that requests begin to be lost is heard, and that it is over, and nothing of the seconds between', async ({ page }) => {
    const met = await openDiagram(page, { id: 'breaks-pods', alias: 'healing' })
    const heard = await listen(met)
    await met.button('Play').click()
    // as many as the story has lost a while after its first accident
    const story = thingsBreakStory('pods', firstSeeds.pods)
    const { lost } = story.at(story.moments[1]!.at + 5000).users
    expect(lost).toBeGreaterThan(0)
    const over = `No request is lost any more; ${lost} ${lost === 1 ? 'was' : 'were'}.`
    await expect.poll(heard, { timeout: 30_000 }).toContainEqual(over)
    expect((await heard()).filter(words => /lost/.test(words))).toEqual(['Requests are being lost.', over])
  })
})

test('the first Tab on a slide goes to what stands on it, also after going back', async ({ page }) => {
  const there = long.slides.find(slide => slide.alias === 'container')!
  await open(page, deck(), there.no)
  await page.keyboard.press('Tab')
  const onSlide = (no: number) => page.evaluate(no => document.activeElement?.closest('[data-slidev-no]')?.getAttribute('data-slidev-no') === String(no), no)
  expect(await onSlide(there.no)).toBe(true)
  await page.keyboard.press('ArrowUp')
  await expect(page).toHaveURL(new RegExp(`#/${long.slides[there.no - 2]!.alias}`))
  await page.waitForTimeout(500)
  await page.keyboard.press('Tab')
  expect(await onSlide(there.no - 1)).toBe(true)
})

test('what is refused twice is said twice, but once where a key is pressed twice by mistake', async ({ page }) => {
  const met = await openDiagram(page, { id: 'machine-bare', alias: 'machine' })
  await met.button('stop the kernel: machine 1').click()
  await expect(met.button('start the kernel: machine 1')).toBeVisible()
  // told before it is refused: else both are told together once more
  await expect(met.root.getByRole('status')).toContainText('You stop the kernel of machine 1')
  const all = await listen(met)
  const refusals = async () => (await all()).filter(words => words.includes('start its kernel first')).length
  await met.button('Start the shop').evaluate((el: HTMLElement) => {
    el.click()
    el.click()
  })
  await page.waitForTimeout(600)
  expect(await refusals()).toBe(1)
  await met.button('Start the shop').click()
  await expect.poll(refusals).toBe(2)
})

test('a step that leads nowhere says so', async ({ page }) => {
  const met = await openDiagram(page, { id: 'ship', alias: 'ship' })
  await met.settled()
  const status = met.root.getByRole('status')
  await expect(status).not.toHaveText('')
  await met.button('Step back').click()
  await expect(status).toHaveText('This is the beginning.')
  await met.root.getByRole('slider', { name: 'Time' }).press('End')
  await expect(status).not.toHaveText('This is the beginning.')
  await met.button('Step to the next event').click()
  await expect(status).toHaveText('This is the last.')
})

test('what is, what is believed and what is noticed are groups with names, and Pods are in lists', async ({ page }) => {
  const met = await openDiagram(page, { id: 'breaks-pods', alias: 'healing' })
  const first = (await met.button(/^delete /).textContent())!.trim().replace('delete ', '')
  await expect(met.root.getByRole('group', { name: `What is: 6 programs run. Choose a Pod or a machine; the buttons mean Pod ${first} and node-1` })).toBeAttached()
  const believed = met.root.getByRole('group', { name: 'What Kubernetes believes: 6 wanted, 6 ready' })
  await expect(believed.getByRole('list')).toHaveCount(3)
  await expect(believed.getByRole('listitem')).toHaveCount(6)
  await expect(met.root.getByRole('group', { name: 'What users notice', exact: true })).toContainText(/\d+ ok\s+0 lost/)
})

test('a wrong pick is told with its reason, and by the keyboard the focus on the answer can be seen', async ({ page }) => {
  const { no } = long.slides.find(slide => slide.alias === 'container-question')!
  const { options } = question('container-what')
  const wrong = options.findIndex(({ right }) => !right)
  await page.goto(`${deck()}#/${no}`)
  const predict = page.locator(`#slideshow > [data-slidev-no="${no}"] .predict`)
  await expect(predict.locator('.reveal')).toBeVisible()
  await page.waitForTimeout(500)
  await page.keyboard.press(String(wrong + 1))
  await expect(predict.getByRole('status')).toContainText(`Picked ${wrong + 1}`)
  await predict.locator('.reveal').focus()
  await page.keyboard.press('Enter')
  await expect(predict.getByRole('status')).toHaveText(`The pick, ${wrong + 1}, is wrong: ${options[wrong]!.reply}`)
  const right = predict.locator('li.right')
  await expect(right).toBeFocused()
  expect(await right.evaluate(el => getComputedStyle(el).outlineStyle)).not.toBe('none')
})

test('a figure that is held down picks its answer once', async ({ page }) => {
  const { no } = long.slides.find(slide => slide.alias === 'container-question')!
  await page.goto(`${deck()}#/${no}`)
  const predict = page.locator(`#slideshow > [data-slidev-no="${no}"] .predict`)
  await expect(predict.locator('.reveal')).toBeVisible()
  await page.waitForTimeout(500)
  for (let i = 0; i < 4; i++)
    await page.keyboard.down('2')
  await expect(predict.locator('[aria-pressed="true"]')).toHaveCount(1)
  await page.keyboard.up('2')
  await page.keyboard.press('2')
  await expect(predict.locator('[aria-pressed="true"]')).toHaveCount(0)
})

test('by a page key, too, the focus goes from an answer that is picked to the right one, and back', async ({ page }) => {
  const { no } = long.slides.find(slide => slide.alias === 'dead-node-question')!
  const { options } = question('dead-node')
  const wrong = options.findIndex(({ right }) => !right)
  await open(page, deck(), no)
  const predict = page.locator(`#slideshow > [data-slidev-no="${no}"] .predict`)
  const option = predict.getByRole('button', { name: options[wrong]!.text })
  await option.focus()
  await page.keyboard.press('Enter')
  // its words were heard with the focus; that it is picked is its state, and no part of its name
  await expect(predict.getByRole('status')).toHaveText(`Picked ${wrong + 1}.`)
  await expect(option).toHaveAttribute('aria-pressed', 'true')
  await expect(predict.getByRole('button', { name: `${wrong + 1}: ${options[wrong]!.text}`, exact: true })).toBeFocused()
  await page.keyboard.press('PageDown')
  await expect(predict.locator('li.right')).toBeFocused()
  await expect(predict.getByRole('status')).toHaveText(`The pick, ${wrong + 1}, is wrong: ${options[wrong]!.reply}`)
  await page.keyboard.press('PageUp')
  await expect(option).toBeFocused()
})

test('what the buttons mean is told when it is chosen', async ({ page }) => {
  const met = await openDiagram(page, { id: 'breaks-machines', alias: 'dead-node' })
  const status = met.root.getByRole('status')
  const [pod] = await met.root.locator('button.pod').evaluateAll(all => all.map(el => el.getAttribute('data-pod')!.split('-').at(-1)!))
  await expect(status).not.toBeEmpty()
  await met.button('machine node-3').click()
  await expect(status).toHaveText(`The buttons mean Pod ${pod} and node-3.`)
  // while other words are about to come, it comes with them: neither is talked over
  const [step, machine] = await Promise.all([met.button('Step to the next event'), met.button('machine node-1')].map(each => each.elementHandle()))
  // both within the rest before words are said, however slow the machine is
  await page.evaluate(async ([step, machine]) => {
    (step as HTMLElement).click()
    // what was clicked has come to the page
    await Promise.resolve();
    (machine as HTMLElement).click()
  }, [step, machine])
  await expect(status).toHaveText(new RegExp(`\\S The buttons mean Pod ${pod} and node-1\\.$`))
})

test('a moment stays a circle when it has the focus', async ({ page }) => {
  const met = await openDiagram(page, { id: 'ship', alias: 'ship' })
  await met.button('Step back').focus()
  const moment = met.button(/^Moment 1,/)
  await moment.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  expect(await moment.evaluate(el => [el.matches(':focus-visible'), getComputedStyle(el).borderRadius])).toEqual([true, '50%'])
})

test('a button that is no toggle does not say whether it is pressed', async ({ page }) => {
  const met = await openDiagram(page, { id: 'machine-bare', alias: 'machine' })
  await expect(met.button(/^Stop the shop/)).not.toHaveAttribute('aria-pressed')
  await expect(met.root.locator('.stage-button[aria-pressed="true"]').first()).toBeVisible()
})

test('a step to an event tells first what happened, then what is to be seen', async ({ page }) => {
  const story = machineStory(false)
  const met = await openDiagram(page, { id: 'machine-bare', alias: 'machine' })
  await met.settled()
  const between = story.events(0, story.duration).filter(e => e.major && e.by !== 'the operator' && !story.moments.some(m => m.at === e.at))
  expect(between.length).toBeGreaterThan(2)
  for (const { at } of between) {
    while (await met.time() < at)
      await met.button('Step to the next event').click()
    for (const event of story.events(at - 1, at))
      await expect(met.root.getByRole('status')).toContainText(eventSentence(event))
    await expect(met.root.getByRole('status')).toContainText(summary(story.at(at)))
  }
})

test('a switch of the surveys is told alone, without their figures', async ({ page }) => {
  const story = adoptionStory()
  const met = await openDiagram(page, { id: 'adoption', alias: 'adoption' })
  await met.settled()
  await met.button(/^direct question/).click()
  const op = { op: 'direct', to: true }
  await expect(met.root.getByRole('status')).toHaveText(tellSwitch(op, story.fork!(0, op).at(0)))
})

test('steps pass over what a filter leaves out, and a click that lifts it says so', async ({ page }) => {
  const filter = { gain: 'any', field: 'finance' } as const
  const story = casesStory(filter)
  const met = await openDiagram(page, { id: 'cases', alias: 'cases' })
  await met.settled()
  await met.button('finance').click()
  for (const card of story.at(0).cards.filter(c => c.fits)) {
    await met.button('Step to the next event').click()
    expect(await met.time()).toBe(card.at)
  }
  // they end at what is shown, not at what is left out behind it
  const last = story.at(0).cards.findLast(c => c.fits)!
  expect(last.at).toBeLessThan(story.duration)
  // what the filter leaves has been told, and so has the card, if its words were to come: nothing else is about to be
  await expect(met.root.getByRole('status')).toHaveText(/field finance|^card \d+ of/)
  await page.waitForTimeout(1500)
  await met.button('Step to the next event').click()
  expect(await met.time()).toBe(last.at)
  await expect(met.root.getByRole('status')).toHaveText('This is the last.')
  await met.root.getByRole('slider', { name: 'Time' }).focus()
  await page.keyboard.press('End')
  expect(await met.time()).toBe(last.at)
  await met.button(/^Moment 0,/).click()
  await page.keyboard.press('PageDown')
  await expect(met.root.getByRole('status')).toContainText(`All is shown again. ${casesStory().moments[1]!.sentence}`)
})
