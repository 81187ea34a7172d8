// Timeline, adoption and case studies: what is true of these diagrams alone.
import { lanes } from '../../data/timeline.ts'
import { counted } from '../../data/adoption.ts'
import { themes } from '../../data/cases.ts'
import { adoptionStory, ofAll, stretches } from '../../models/adoption.ts'
import { cards, casesStory, spokenOf, tellsOf, toldGains, whenTold } from '../../models/cases.ts'
import { historyEvents, historyStory } from '../../models/history.ts'
import { none } from '../lib/violations.ts'
import { deckOf, expect, test } from './deck.ts'
import { openDiagram, slideNo } from './diagram.ts'

const timeline = { id: 'timeline', alias: 'timeline' }
const adoption = { id: 'adoption', alias: 'adoption' }
const cases = { id: 'cases', alias: 'cases' }
/** the button of a gain: it has the number of official stories that speak of it */
const chip = (gain: string) => `${gain} about ${themes.counts.find(c => c.gain === gain)!.count} of ${themes.of}`

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

test('no label comes nearer than eight pixels to the next box of its row, and all labels stand beside their box', async ({ page }) => {
  const met = await openDiagram(page, timeline)
  const close: string[] = []
  for (const event of historyEvents) {
    await met.root.locator(`[data-event="${event.no}"]`).click()
    close.push(...await met.root.evaluate((root) => {
      const events = [...root.querySelectorAll('.event')].map(el => ({ words: el.textContent!, label: el.querySelector('.label')!.getBoundingClientRect(), box: el.querySelector('i')!.getBoundingClientRect(), named: el.classList.contains('named') }))
      const inRow = (a: DOMRect, b: DOMRect) => a.top < b.bottom && b.top < a.bottom
      return events.filter(e => e.named).flatMap(a => [
        // behind it, or before it where the drawing ends
        ...(gap => gap > 6 || gap < 0 ? [`${a.words}: ${gap} px beside its box`] : [])(Math.max(a.label.left - a.box.right, a.box.left - a.label.right)),
        ...events.filter(b => b !== a && inRow(a.box, b.box) && b.box.left >= a.box.right && b.box.left - a.label.right < 8).map(b => `${a.words} and ${b.words}: ${b.box.left - a.label.right} px`),
        ...events.filter(b => b !== a && inRow(a.box, b.box) && b.box.right <= a.box.left && a.label.left - b.box.right < 8).map(b => `${b.words} and ${a.words}: ${a.label.left - b.box.right} px`),
        ...events.filter(b => b !== a && !inRow(a.box, b.box) && inRow(a.label, b.label) && b.named && a.label.left < b.label.right && b.label.left < a.label.right).map(b => `${a.words} and ${b.words} overlap`),
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
  await expect(met.root.locator('.event[aria-current="step"]')).toHaveAccessibleName('March 2013: Docker makes it easy')
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
  // it stands in a lane that is empty: the entry and what is shown stay in sight
  await expect(met.root.locator('.timeline-entry')).toBeVisible()
  const over = await met.root.evaluate((root) => {
    const said = root.querySelector('.said')!.getBoundingClientRect()
    return [...root.querySelectorAll('.event, .lane, .timeline-entry, .timeline-axis text')].map(el => ({ el, box: el.getBoundingClientRect() })).filter(({ box }) => box.left < said.right && box.right > said.left && box.top < said.bottom && box.bottom > said.top).map(({ el }) => el.textContent)
  })
  expect(over).toEqual([])
  await expect(met.button('Clouds')).toHaveAttribute('aria-pressed', 'true')
})

test('a lane that takes the told event with it takes the playhead to the event that is told then', async ({ page }) => {
  const met = await openDiagram(page, timeline, 5)
  await met.settled()
  await met.button('Clouds').click()
  const graduates = historyEvents.find(e => e.label === 'Kubernetes graduates')!
  await expect.poll(met.time).toBe(graduates.at)
  await expect(met.root.locator('.timeline-entry')).toContainText(graduates.text)
  await expect(met.root.getByRole('status')).toHaveText('Clouds off: 4 of 5 lanes and 18 of 21 events are shown. Left out with its lane: Amazon EKS; the entry now tells of 6 March 2018: Kubernetes graduates.')
})

test('of two events of one day the one that was pressed keeps the place of the keyboard', async ({ page }) => {
  const met = await openDiagram(page, timeline, 6)
  await met.settled()
  const [last] = historyEvents.filter((e, i) => e.at === historyEvents[i + 1]?.at).slice(-1)
  const pair = historyEvents.filter(e => e.at === last!.at)
  expect(pair).toHaveLength(2)
  for (const { no } of pair.toReversed()) {
    const box = met.root.locator(`button[data-event="${no}"]`)
    await box.focus()
    await page.keyboard.press('Enter')
    await expect(box).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    await expect(box).toBeFocused()
  }
})

test('a refusal goes with the next click, and a lane that is switched is told alone', async ({ page }) => {
  const story = historyStory()
  const met = await openDiagram(page, timeline, 3)
  await met.settled()
  for (const name of ['Containers', 'Google', 'CNCF', 'Clouds'])
    await met.button(name).click()
  const left = historyEvents.filter(e => e.lane === 'kubernetes').length
  await expect(met.root.getByRole('status')).toHaveText(`Clouds off: 1 of 5 lanes and ${left} of ${historyEvents.length} events are shown. The entry still tells of 10 June 2014: announced.`)
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
  const told = stretches(drawn.steps).map(run => new RegExp(`^\\d{4}.*: ${run[0]!.lie ? `not alike, ${run[0]!.lie}` : 'alike'}$`))
  await expect(picture.getByRole('list', { name: 'The line, step by step' }).getByRole('listitem')).toHaveText(told)
  expect(await picture.locator('.wrong text').count()).toBe(drawn.steps.filter(s => s.lie).length)
  expect(await picture.locator('.fair text').count()).toBe(drawn.steps.filter(s => !s.lie).length)
  await expect(met.root.locator('.said')).toContainText('none of its 7 steps joins like with like')
  await expect(met.root.getByRole('status')).toContainText('none of its 7 steps joins like with like')
  await met.button(/^direct question/).click()
  await expect(picture).toHaveAttribute('data-steps', '4')
  await expect(picture).toHaveAttribute('data-bars', '5')
})

test('of whom a list is a percentage stands beside the lists, until another survey needs its place', async ({ page }) => {
  const met = await openDiagram(page, adoption)
  const beside = met.root.locator('.adoption-counted')
  await expect(beside).toContainText(`${counted.all.tookPart.toLocaleString('en')}`)
  await expect(beside).toContainText(`of the row 58%, of all who took part ${ofAll}%`)
  await page.keyboard.press('PageDown')
  await expect(beside).toHaveCount(0)
  // who chose to answer, and what is filled and outlined, is said whatever is shown
  for (const clicks of [0, 1, 2]) {
    await expect(met.root.locator('.adoption-reasons p').first()).toContainText('all chose to, most via CNCF channels')
    if (clicks < 2)
      await page.keyboard.press('PageDown')
  }
  await expect(met.root.locator('.adoption')).not.toHaveAttribute('data-steps', '0')
  await expect(met.root.locator('.adoption-reasons p').first()).toContainText('2022: half a paid panel')
})

test('the numbers behind the bars are a table for those who hear them', async ({ page }) => {
  const met = await openDiagram(page, adoption)
  const table = met.root.getByRole('table', { name: 'Share of those who answered the question, by survey; the last: of container users' })
  await expect(table.getByRole('row')).toHaveCount(5)
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
    for (const words of [card.company, card.figures[0].after, whenTold(card), card.caution])
      await expect(open).toContainText(words)
    await expect(open.getByRole('link').first()).toHaveAttribute('href', /^http/)
    // nothing runs through its border
    const over = await open.evaluate(el => [...el.querySelectorAll('h2, h2 span, p')].filter((p) => {
      const [inner, outer] = [p.getBoundingClientRect(), el.getBoundingClientRect()]
      return inner.right > outer.right - 8 || inner.bottom > outer.bottom - 2 || (p.scrollWidth > p.clientWidth + 1 && !['inline', 'block ellipsis'].includes(getComputedStyle(p).display) && getComputedStyle(p).textOverflow !== 'ellipsis')
    }).map(p => p.textContent))
    expect(over, card.company).toEqual([])
    expect(await open.evaluate(el => el.getBoundingClientRect().bottom - el.parentElement!.getBoundingClientRect().bottom), `${card.company} keeps to its place`).toBeLessThan(1)
    const others = toldGains(card).filter(gain => gain !== card.figures[0].gain).join(', ')
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
  await expect(aboard.locator('.spoken').filter({ hasText: 'VSCO' })).toHaveAccessibleName('VSCO, releases, cost, efficiency')
  // below nothing is chosen: what is spoken of is told by the card
  await expect(met.root.locator('.filter [aria-current]')).toHaveCount(0)
  await expect(met.button(chip('releases'))).toHaveAttribute('aria-pressed', 'false')
  await expect(met.root.locator('.cases-card .cases-bar')).toHaveText(/releases\s*about 45\s*of 54/)
  await expect(met.root.locator('.cases-ship > svg')).toContainText('16 of those told on kubernetes.io: our pick, no cross-section')
  await expect(met.root.getByRole('list', { name: 'Told by its engineers' }).getByRole('button')).toHaveAccessibleName('Reddit, outage')
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
  await met.button(chip('releases')).click()
  await expect(met.root.locator('.cases-themes .lit')).toContainText('releases')
})

test('a filter leaves the ear a list of what it shows, and says how many', async ({ page }) => {
  const met = await openDiagram(page, cases)
  await met.button('finance').click()
  const aboard = met.root.getByRole('list', { name: 'Told on kubernetes.io: 3 of 16 fit the filter', exact: true })
  await expect(aboard.getByRole('button')).toHaveText(['Capital One', 'Nav', 'NW Mutual'])
  await expect(met.root.getByRole('list', { name: /^Told by/ })).toHaveCount(0)
  // arrow keys go to what is shown alone
  await met.root.locator('button[data-card][tabindex="0"]').focus()
  for (const [key, name] of [['Home', 'Capital One'], ['ArrowRight', 'Nav'], ['End', 'NW Mutual']] as const) {
    await page.keyboard.press(key)
    await expect(met.root.locator('button[data-card]:focus')).toHaveText(name)
  }
})

test('the card keeps its place from click to click, and so do its parts', async ({ page }) => {
  const met = await openDiagram(page, cases)
  const seen = new Map<string, Set<string>>()
  for (const [i, moment] of casesStory().moments.entries()) {
    if (i > 0)
      await page.keyboard.press('PageDown')
    await expect.poll(met.time).toBe(moment.at)
    await met.settled()
    const places = await met.root.evaluate(root => ['.cases > :last-child', '.cases-card .cases-bar', '.cases-card .after', '.cases-card .year', '.cases-card .but', '.cases-card .from'].flatMap((part) => {
      const el = root.querySelector(part)
      const box = el?.getBoundingClientRect()
      return el && box ? [[part, [box.left, box.top, box.width, box.height].map(Math.round).join(' ') + getComputedStyle(el).fontSize.repeat(part.endsWith('.after') ? 1 : 0)] as const] : []
    }))
    for (const [part, place] of places)
      seen.set(part, (seen.get(part) ?? new Set()).add(place))
  }
  for (const [part, places] of seen)
    expect([...places], part).toHaveLength(1)
})

test('a card that is open is told once more where it is pressed again', async ({ page }) => {
  const met = await openDiagram(page, cases, 1)
  await met.settled()
  const status = met.root.getByRole('status')
  const { sentence } = casesStory().moments[1]!
  await expect(status).toHaveText(sentence)
  await met.root.locator('[data-card="0"]').click()
  // the same words, without what it is the card of
  await expect(status).toHaveText(sentence.replace(/^Card \d+ of \d+\. /, ''))
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
  await met.button(chip('uptime')).click()
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
  await met.button(chip('releases')).click()
  expect(await met.time()).toBe(at)
  await met.button('finance').click()
  const view = casesStory({ gain: 'releases', field: 'finance' }).at(at)
  await expect(met.root.locator('.case.fits')).toHaveCount(view.fits)
  // VSCO is of another field: the place is where all that is left is shown
  expect(await met.time()).toBe(0)
  await met.button('media').click()
  // what would leave nothing looks so, says why, and is refused with that reason; it can be reached, so that the reason can be heard
  const uptime = met.button(chip('uptime'))
  await expect(uptime).toHaveAttribute('aria-disabled', 'true')
  await expect(uptime).toHaveAccessibleDescription('no story here is about uptime and media')
  expect(await uptime.evaluate(el => [getComputedStyle(el).borderTopStyle, getComputedStyle(el).textDecorationLine])).toEqual(['dashed', 'line-through'])
  await expect(met.button(chip('releases'))).not.toHaveAttribute('aria-disabled')
  await uptime.click({ force: true })
  await expect(met.root.locator('.said')).toHaveText('no story here is about uptime and media: the filter stays')
  // it covers nothing
  const over = await met.root.evaluate((root) => {
    const said = root.querySelector('.said')!.getBoundingClientRect()
    return [...root.querySelectorAll('.case, .cases > :last-child, .cases-ship text, .stage-button, .transport')].map(el => ({ el, box: el.getBoundingClientRect() })).filter(({ box }) => box.left < said.right && box.right > said.left && box.top < said.bottom && box.bottom > said.top).map(({ el }) => el.textContent)
  })
  expect(over).toEqual([])
  await expect(met.root.locator('.case.fits')).toHaveCount(casesStory({ gain: 'releases', field: 'media' }).at(0).fits)
})

test('a box keeps its signs whatever is spoken of, and the button of what is spoken of has the boxes’ colour', async ({ page }) => {
  const met = await openDiagram(page, cases)
  const signs = () => met.root.locator('.case').evaluateAll(all => all.map(el => el.querySelectorAll('.cases-sign').length + el.innerHTML.replace(/<!--.*?-->/g, '')))
  const before = await signs()
  for (const [i, moment] of casesStory().moments.entries()) {
    if (i > 0)
      await page.keyboard.press('PageDown')
    await expect.poll(met.time).toBe(moment.at)
    await met.settled()
    expect(await signs()).toEqual(before)
    const spoken = spokenOf(casesStory().at(moment.at))
    const lit = met.root.locator('.filter .stage-button.spoken')
    await expect(lit).toHaveCount(!spoken || spoken === 'failure' ? 0 : 1)
    if (spoken && spoken !== 'failure')
      await expect(lit).toHaveAccessibleName(chip(spoken))
    // what all official stories speak of is there at every click
    for (const { gain } of themes.counts)
      await expect(met.button(chip(gain))).toBeInViewport()
    // nothing runs through a box’s border
    expect(await met.root.locator('.case').evaluateAll(all => all.filter(el => el.scrollWidth > el.clientWidth + 1).map(el => el.textContent))).toEqual([])
  }
  const boxes = met.root.locator('.case')
  for (const [i, count] of (await boxes.evaluateAll(all => all.map(el => el.querySelectorAll('.cases-sign').length))).entries())
    expect(count).toBe(toldGains(cards[i]!).length)
})

test('a filter that is pressed again is let go', async ({ page }) => {
  const met = await openDiagram(page, cases)
  for (const [name, count] of [['cost', casesStory({ gain: 'cost', field: 'any' }).at(0).fits], ['cost', cards.length]] as const) {
    await met.button(chip(name)).click()
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
      const tells = spoken !== undefined && tellsOf(card, spoken)
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
