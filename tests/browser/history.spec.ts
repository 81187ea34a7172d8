// Timeline, adoption and case studies: what is true of these diagrams alone.
import { lanes } from '../../data/timeline.ts'
import { adoptionStory, stretches } from '../../models/adoption.ts'
import { cards, casesStory, spokenOf, tellsOf } from '../../models/cases.ts'
import { historyEvents, historyStory } from '../../models/history.ts'
import { none } from '../lib/violations.ts'
import { deckOf, expect, test } from './deck.ts'
import { openDiagram, slideNo } from './diagram.ts'

const timeline = { id: 'timeline', alias: 'timeline' }
const adoption = { id: 'adoption', alias: 'adoption' }
const cases = { id: 'cases', alias: 'cases' }

test('the timeline shows as many events reached as the model, at a hundred times', async ({ page }) => {
  const met = await openDiagram(page, timeline)
  for (let i = 0; i < 100; i++) {
    await met.scrub((i * 617) % 1001)
    await expect(met.root.locator('.event.reached')).toHaveCount(historyStory().at(await met.time()).reached)
  }
})

test('every event that is tapped is told in words, with its date and its source', async ({ page }) => {
  const met = await openDiagram(page, timeline)
  for (const event of historyEvents) {
    await met.root.locator(`[data-event="${event.no}"]`).click()
    expect(await met.time()).toBe(event.at)
    const entry = met.root.locator('.timeline-entry')
    await expect(entry).toContainText(event.date)
    await expect(entry).toContainText(event.text)
    for (const id of event.fact.split(' '))
      await expect(entry.getByRole('link', { name: new RegExp(`^Source ${id}:`) })).toHaveAttribute('href', /^http/)
  }
})

test('no two labels of a lane come nearer than twelve pixels, and none comes near a box of another lane', async ({ page }) => {
  const met = await openDiagram(page, timeline)
  const close: string[] = []
  for (const event of historyEvents) {
    await met.root.locator(`[data-event="${event.no}"]`).click()
    close.push(...await met.root.evaluate((root) => {
      const labels = [...root.querySelectorAll('.event.named .label')].map(el => ({ el, words: el.textContent, box: el.getBoundingClientRect(), lane: el.closest('ul') }))
      const boxes = [...root.querySelectorAll('.event i')].map(el => ({ box: el.getBoundingClientRect(), lane: el.closest('ul') }))
      return labels.flatMap(a => [
        ...labels.filter(b => b !== a && b.lane === a.lane && b.box.left >= a.box.left && b.box.left - a.box.right < 12).map(b => `${a.words} and ${b.words}: ${b.box.left - a.box.right} px`),
        ...boxes.filter(b => b.lane !== a.lane && b.box.right > a.box.left && b.box.left < a.box.right && b.box.bottom <= a.box.top + 8 && a.box.top - b.box.bottom < 8).map(b => `${a.words}: ${a.box.top - b.box.bottom} px under a box`),
      ])
    }))
  }
  none([...new Set(close)])
})

test('the timeline tells by ear what is past, told and to come, lane by lane', async ({ page }) => {
  const met = await openDiagram(page, timeline, 2)
  await met.settled()
  const view = historyStory().at(await met.time())
  for (const lane of lanes) {
    const list = met.root.getByRole('list', { name: lane.name })
    await expect(list.getByRole('listitem')).toHaveCount(view.events.filter(e => e.lane === lane.id).length)
    await expect(list.getByRole('button', { name: /, to come$/ })).toHaveCount(view.events.filter(e => e.lane === lane.id && !e.reached).length)
  }
  await expect(met.root.locator('.event[aria-current="step"]')).toHaveAccessibleName('March 2013: Docker')
})

test('the stops of the timeline stand at even distances: its calendar is the axis, not the bar', async ({ page }) => {
  const met = await openDiagram(page, timeline)
  const places = await met.root.locator('.stop').evaluateAll(all => all.map(el => el.getBoundingClientRect().left))
  const gaps = places.slice(1).map((x, i) => x - places[i]!)
  expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(1)
  await expect(met.root.locator('.tick')).toHaveCount(0)
})

test('a lane that is switched off goes with its events, and the time stays', async ({ page }) => {
  const met = await openDiagram(page, timeline, 4)
  await met.settled()
  const at = await met.time()
  await met.button('Containers').click()
  await expect(met.root.locator('.event')).toHaveCount(historyEvents.filter(e => e.lane !== 'containers').length)
  expect(await met.time()).toBe(at)
  for (const name of ['Google', 'Kubernetes', 'CNCF', 'Clouds'])
    await met.button(name).click()
  await expect(met.root.locator('.said')).toHaveText('one lane at least stays: switch another one on first')
  await expect(met.button('Clouds')).toHaveAttribute('aria-pressed', 'true')
})

test('a refusal goes with the next click, and a lane that is switched is told alone', async ({ page }) => {
  const story = historyStory()
  const met = await openDiagram(page, timeline, 3)
  await met.settled()
  for (const name of ['Containers', 'Google', 'CNCF', 'Clouds'])
    await met.button(name).click()
  const left = historyEvents.filter(e => e.lane === 'kubernetes').length
  await expect(met.root.getByRole('status')).toHaveText(`Switched off: Clouds. ${left} of ${historyEvents.length} events are shown. The entry still tells of 10 June 2014: public.`)
  await met.button('Kubernetes').click()
  await expect(met.root.locator('.said')).toHaveClass(/apart/)
  await page.keyboard.press('PageDown')
  await expect.poll(met.time).toBe(story.moments[4]!.at)
  await expect(met.root.locator('.said')).not.toHaveClass(/apart/)
  await expect(met.root.locator('.timeline-entry')).toBeVisible()
})

test('the line through all years is drawn with its reasons, and a family less changes it', async ({ page }) => {
  const story = adoptionStory()
  const met = await openDiagram(page, adoption, 4)
  await met.settled()
  await met.button('one line through all').click()
  const drawn = story.fork!(story.duration, { op: 'line', to: true }).at(story.duration)
  const picture = met.root.locator('.adoption')
  await expect(picture).toHaveAttribute('data-steps', String(drawn.steps.length))
  const told = stretches(drawn.steps).map(run => new RegExp(`^\\d{4}.*: ${run[0]!.lie ? `not alike, ${run[0]!.lie}` : 'like with like'}$`))
  await expect(picture.getByRole('list', { name: 'The line, step by step' }).getByRole('listitem')).toHaveText(told)
  expect(await picture.locator('.wrong text').count()).toBe(drawn.steps.filter(s => s.lie).length)
  expect(await picture.locator('.fair text').count()).toBe(drawn.steps.filter(s => !s.lie).length)
  await expect(met.root.locator('.said')).toContainText('only 1 of its 7 steps compares like with like')
  await expect(met.root.getByRole('status')).toContainText('only 1 of its 7 steps compares like with like')
  await met.button(/^direct question/).click()
  await expect(picture).toHaveAttribute('data-steps', '4')
  await expect(picture).toHaveAttribute('data-bars', '5')
})

test('the numbers behind the bars are a table for those who hear them', async ({ page }) => {
  const met = await openDiagram(page, adoption)
  const table = met.root.getByRole('table', { name: 'Share of those who answered, by survey' })
  await expect(table.getByRole('row')).toHaveCount(4)
  await expect(table).toContainText('79.5%')
  await expect(table).toContainText('2023, 2024 left off')
  // what is not shown yet is not told
  await expect(table).not.toContainText('59.8%')
  await page.keyboard.press('PageDown')
  await expect(table).toContainText('59.8%')
})

test('every card opens at a tap, and no figure goes without its caution and its source', async ({ page }) => {
  const met = await openDiagram(page, cases)
  for (const card of cards) {
    await met.root.locator(`[data-card="${card.no}"]`).click()
    const open = met.root.locator('.cases-card')
    for (const words of [card.company, card.figures[0].after, card.year, card.caution])
      await expect(open).toContainText(words)
    await expect(open.getByRole('link').first()).toHaveAttribute('href', /^http/)
    // nothing runs through its border
    const over = await open.evaluate(el => [...el.querySelectorAll('h2, h2 span, p')].filter((p) => {
      const [inner, outer] = [p.getBoundingClientRect(), el.getBoundingClientRect()]
      return inner.right > outer.right - 8 || inner.bottom > outer.bottom - 2 || (p.scrollWidth > p.clientWidth + 1 && !['inline', 'block ellipsis'].includes(getComputedStyle(p).display) && getComputedStyle(p).textOverflow !== 'ellipsis')
    }).map(p => p.textContent))
    expect(over, card.company).toEqual([])
    expect(await open.evaluate(el => el.getBoundingClientRect().bottom - el.parentElement!.getBoundingClientRect().bottom), `${card.company} keeps to its place`).toBeLessThan(1)
    const others = card.figures.slice(1).map(f => f.gain).join(', ')
    if (others)
      await expect(open).toContainText(`also: ${others}`)
    const from = open.locator('.from a').first()
    expect(await from.evaluate(el => el.getBoundingClientRect().left - el.closest('article')!.getBoundingClientRect().left), card.company).toBeCloseTo(18, 0)
  }
})

test('a box tells by ear its company and its gain, its list who tells it, and the box whether it is open', async ({ page }) => {
  const met = await openDiagram(page, cases, 1)
  await met.settled()
  const aboard = met.root.getByRole('list', { name: 'Told on kubernetes.io' })
  await expect(aboard.getByRole('button')).toHaveCount(cards.filter(c => c.by === 'official').length)
  await expect(aboard.locator('[aria-current="step"]')).toHaveAccessibleName('adidas, releases')
  // what is lit tells of what is spoken of, whatever its own figure is
  await expect(aboard.locator('.spoken').filter({ hasText: 'VSCO' })).toHaveAccessibleName('VSCO, cost, also releases')
  // below nothing is chosen: what is spoken of is told by the card and by the hull
  await expect(met.root.locator('.filter [aria-current]')).toHaveCount(0)
  await expect(met.button('releases')).toHaveAttribute('aria-pressed', 'false')
  await expect(met.root.locator('.cases-card .tells')).toContainText('releases')
  await expect(met.root.locator('.cases-ship > svg')).toContainText('About 45 of all 54 official stories tell of releases')
  await expect(met.root.getByRole('list', { name: 'Told by its engineers' }).getByRole('button')).toHaveAccessibleName('Reddit, failure')
})

test('a filter that leaves out the open card goes back to what is left, and says it', async ({ page }) => {
  const met = await openDiagram(page, cases, 5)
  await met.settled()
  await met.button('finance').click()
  expect(await met.time()).toBe(0)
  const words = '3 of 18 here, field finance: Capital One, Nav, Northwestern Mutual.'
  await expect(met.root.locator('.said')).toHaveText(words)
  await expect(met.root.getByRole('status')).toHaveText(`${words} Reddit is left out by the filter: its card is closed, and what all 54 official stories speak of stands there.`)
  await expect(met.root.locator('.cases-card')).toHaveCount(0)
  await met.button('releases').click()
  await expect(met.root.locator('.cases-themes .lit')).toContainText('releases')
})

test('answers stay where they are when they are shown, and the focus goes to the right one', async ({ page }) => {
  await page.goto(`${deckOf('long')}#/${slideNo('adoption-question')}`)
  const rows = page.locator('.slidev-page:visible .predict .option')
  const tops = () => rows.evaluateAll(all => all.map(el => [el.getBoundingClientRect().top, el.getBoundingClientRect().height]))
  await expect(rows).toHaveCount(4)
  const before = await tops()
  await page.locator('.slidev-page:visible').getByRole('button', { name: 'Show the answer' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.slidev-page:visible .predict li.right')).toBeFocused()
  expect(await tops()).toEqual(before)
})

test('a filter is lifted by the click whose card it leaves out, and by a tap on a card', async ({ page }) => {
  const met = await openDiagram(page, cases, 0)
  await met.button('finance').click()
  await expect(met.root.locator('.case.fits')).toHaveCount(3)
  await page.keyboard.press('PageDown')
  await expect(met.root.locator('.cases-card')).toContainText('adidas')
  await expect(met.root.locator('.case.fits')).toHaveCount(cards.length)
  await expect(met.button('finance')).toHaveAttribute('aria-pressed', 'false')
  await met.button('uptime').click()
  await met.button('finance').click()
  await expect(met.root.locator('.case.fits')).toHaveCount(1)
  const vsco = cards.find(c => c.company === 'VSCO')!
  await met.root.locator(`[data-card="${vsco.no}"]`).click()
  await expect(met.root.locator('.cases-card')).toContainText('VSCO')
  await expect(met.root.locator('.case.fits')).toHaveCount(cards.length)
})

test('at a card its own words are told, and the filter’s once, when it is set', async ({ page }) => {
  const met = await openDiagram(page, cases, 0)
  await met.button('finance').click()
  const status = met.root.getByRole('status')
  await expect(status).toHaveText('3 of 18 here, field finance: Capital One, Nav, Northwestern Mutual.')
  await met.button('Step to the next event').click()
  await expect(status).not.toContainText('of 18 here')
})

test('filters leave out what does not fit, keep the place where it fits, and refuse what would leave nothing', async ({ page }) => {
  const met = await openDiagram(page, cases, 2)
  await met.settled()
  const at = await met.time()
  await met.button('releases').click()
  expect(await met.time()).toBe(at)
  await met.button('finance').click()
  const view = casesStory({ gain: 'releases', field: 'finance' }).at(at)
  await expect(met.root.locator('.case.fits')).toHaveCount(view.fits)
  // VSCO is of another field: the place is where all that is left is shown
  expect(await met.time()).toBe(0)
  await met.button('media').click()
  await met.button('uptime').click()
  await expect(met.root.locator('.said')).toHaveText('none of these stories is about uptime and media: the filter stays as it was')
  await expect(met.root.locator('.case.fits')).toHaveCount(casesStory({ gain: 'releases', field: 'media' }).at(0).fits)
})

test('a filter that is pressed again is let go', async ({ page }) => {
  const met = await openDiagram(page, cases)
  for (const [name, count] of [['cost', casesStory({ gain: 'cost', field: 'any' }).at(0).fits], ['cost', cards.length]] as const) {
    await met.button(name).click()
    await expect(met.root.locator('.case.fits')).toHaveCount(count)
  }
})

test('colour means one thing at every click: what is spoken of, and broken what failed', async ({ page }) => {
  const met = await openDiagram(page, cases)
  const story = casesStory()
  const seen = new Set<string>()
  for (const [i, moment] of story.moments.entries()) {
    if (i > 0)
      await page.keyboard.press('PageDown')
    await expect.poll(met.time).toBe(moment.at)
    await met.settled()
    const spoken = spokenOf(story.at(moment.at))
    for (const card of story.at(moment.at).cards.filter(c => c.by !== 'engineers')) {
      const box = met.root.locator(`[data-card="${card.no}"]`)
      const tells = tellsOf(card, spoken)
      await expect(box).toHaveClass(tells ? /\bspoken\b/ : /^(?!.*\bspoken\b)/)
      seen.add(`${tells ? 'spoken of' : 'not'}: ${await box.evaluate(el => getComputedStyle(el).backgroundColor)}`)
    }
  }
  expect(new Set([...seen].map(s => s.split(':')[0])).size).toBe(seen.size)
})

for (const { placed, kind, group, count, opened } of [
  { placed: timeline, kind: 'event', group: 'Events', count: historyEvents.length, opened: '.timeline-entry' },
  { placed: cases, kind: 'card', group: 'Stories', count: cards.length, opened: '.cases-card' },
]) {
  test(`${placed.id}: its boxes are one stop for Tab, and arrow keys reach all of them`, async ({ page }) => {
    const met = await openDiagram(page, placed, 1)
    await met.settled()
    const boxes = met.root.locator(`button[data-${kind}]`)
    const stop = met.root.locator(`button[data-${kind}][tabindex="0"]`)
    await expect(stop).toHaveCount(1)
    await expect(stop).toHaveAttribute('aria-current', 'step')
    await expect(met.root.getByRole('group', { name: group, exact: true })).toHaveAccessibleDescription(/^Arrow keys go from .*Home and End.*Enter/)
    const address = page.url()
    const focused = () => boxes.evaluateAll(all => all.indexOf(document.activeElement as HTMLElement))
    await stop.focus()
    await page.keyboard.press('Home')
    const seen = [await focused()]
    for (let i = 1; i < count; i++) {
      await page.keyboard.press('ArrowRight')
      seen.push(await focused())
    }
    expect(seen).toEqual(Array.from({ length: count }, (_, i) => i))
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe(count - 1)
    await page.keyboard.press('ArrowUp')
    expect(await focused()).toBeLessThan(count - 1)
    await page.keyboard.press('End')
    expect(await focused()).toBe(count - 1)
    await expect(stop).toHaveCount(1)
    // the deck did not turn
    expect(page.url()).toBe(address)
    const name = (await boxes.nth(count - 1).textContent())!.trim()
    await page.keyboard.press('Enter')
    await expect(met.root.locator(opened)).toContainText(name)
    await expect(boxes.nth(count - 1)).toBeFocused()
  })
}
