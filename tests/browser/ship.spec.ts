// Loading the ship: what is true of this diagram alone. What holds for every diagram stands in diagrams.spec.ts.
import type { Met } from './diagram.ts'
import { formatLong } from '../../models/clock.ts'
import { formatTons, shipStory } from '../../models/ship.ts'
import { expect, test } from './deck.ts'
import { openDiagram } from './diagram.ts'

test.use({ reducedMotion: 'no-preference' })

const story = shipStory()
const ship = { id: 'ship', alias: 'ship' }

/** What the picture says of the two cargoes, in tons. */
async function shown({ root }: Met): Promise<{ loose: number, boxed: number }> {
  const tons = (kind: string) => root.locator(`[data-kind="${kind}"]`).getAttribute('data-tons').then(Number)
  return { loose: await tons('loose'), boxed: await tons('boxed') }
}

test('gangs sent when all is over show the end they would have brought, and R takes the clicker back', async ({ page }) => {
  const met = await openDiagram(page, ship, 4)
  await met.settled()
  await met.button('More: dock gangs').click()
  const other = story.fork!(0, { op: 'gangs', to: 3 })
  await expect(met.root.locator('.said')).toHaveText(other.moments.at(-1)!.sentence)
  expect(await met.time()).toBe(other.duration)
  await page.keyboard.press('r')
  await expect.poll(met.time).toBe(0)
  await expect(page).not.toHaveURL(/clicks=4/)
  await page.keyboard.press('ArrowRight')
  await expect.poll(met.time).toBe(story.moments[1]!.at)
})

test('what is heard is what is shown: a moment passed while it plays, the state when it rests', async ({ page }) => {
  const met = await openDiagram(page, ship)
  await met.button('Play').click()
  await expect(met.root.getByRole('status')).toHaveText(story.moments[2]!.sentence)
  await met.button('Pause').click()
  await met.settled()
  const view = story.at(await met.time())
  await expect(met.root.getByRole('status')).toContainText(`${formatTons(view.loose.tons)} of 580 tons`)
})

test('a slider is set by its arrow keys, and they do not turn the page', async ({ page }) => {
  const met = await openDiagram(page, ship)
  const url = page.url()
  await met.root.getByRole('slider', { name: 'dock gangs' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(met.root.getByRole('group', { name: 'dock gangs' })).toContainText('3')
  await met.root.getByRole('slider', { name: 'a box' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(met.root.getByRole('group', { name: 'a box' })).toContainText('8 tons')
  expect(page.url()).toBe(url)
})

test('a change of cargo starts from the quay, and the picture follows the model', async ({ page }) => {
  const met = await openDiagram(page, ship, 3)
  await met.settled()
  await met.button('Less: a box').click()
  await expect.poll(met.time).toBe(0)
  const other = story.fork!(0, { op: 'tons', to: 8 })
  await met.button(new RegExp(`^Moment 2, ${formatLong(other.moments[2]!.at)}[:,]`)).click()
  const view = other.at(await met.time())
  expect(await shown(met)).toEqual({ loose: view.loose.tons, boxed: view.boxed.tons })
})

test('the picture equals the model at every moment and at a hundred times', async ({ page }) => {
  const met = await openDiagram(page, ship)
  for (let i = 0; i < 100; i++) {
    await met.scrub((i * 617) % 1001)
    const view = story.at(await met.time())
    const picture = await shown(met)
    expect(picture.loose).toBeCloseTo(view.loose.tons, 6)
    expect(picture.boxed).toBe(view.boxed.tons)
  }
  for (const [i, moment] of story.moments.entries()) {
    await met.button(new RegExp(`^Moment ${i},`)).click()
    const view = story.at(moment.at)
    expect(await shown(met)).toEqual({ loose: view.loose.tons, boxed: view.boxed.tons })
  }
})
