// Timeline, adoption and case studies: what is true of these diagrams alone.
import { adoptionStory, lies } from '../../models/adoption.ts'
import { cards, casesStory } from '../../models/cases.ts'
import { historyEvents, historyStory } from '../../models/history.ts'
import { expect, test } from './deck.ts'
import { openDiagram } from './diagram.ts'

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

test('the line through all years is drawn with its reasons, and a family less changes it', async ({ page }) => {
  const story = adoptionStory()
  const met = await openDiagram(page, adoption, 4)
  await met.settled()
  await met.button('one line through all').click()
  const drawn = story.fork!(story.duration, { op: 'line', to: true }).at(story.duration)
  const picture = met.root.locator('.adoption')
  await expect(picture).toHaveAttribute('data-steps', String(drawn.steps.length))
  for (const lie of lies(drawn.steps))
    await expect(picture).toContainText(lie)
  await expect(met.root.locator('.said')).toContainText('of its 7 steps 1 compares like with like')
  await expect(met.root.getByRole('status')).toContainText('of its 7 steps 1 compares like with like')
  await met.button('direct question').click()
  await expect(picture).toHaveAttribute('data-steps', '4')
  await expect(picture).toHaveAttribute('data-bars', '5')
})

test('the numbers behind the bars are a table for those who hear them', async ({ page }) => {
  const met = await openDiagram(page, adoption)
  const table = met.root.getByRole('table', { name: 'Share of those who answered, by survey' })
  await expect(table.getByRole('row')).toHaveCount(4)
  await expect(table).toContainText('79.5%')
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
  }
})

test('filters leave out what does not fit, keep the place, and refuse what would leave nothing', async ({ page }) => {
  const met = await openDiagram(page, cases, 2)
  await met.settled()
  const at = await met.time()
  await met.button('speed').click()
  await met.button('finance').click()
  const view = casesStory({ gain: 'speed', field: 'finance' }).at(at)
  await expect(met.root.locator('.case.fits')).toHaveCount(view.fits)
  expect(await met.time()).toBe(at)
  await met.button('failure').click()
  await expect(met.root.locator('.said')).toHaveText('none of these stories is about failure and finance')
  await expect(met.root.locator('.case.fits')).toHaveCount(view.fits)
})
