// One machine, many boxes, as its users meet it: what the picture shows is what the story holds.
import type { Page } from '@playwright/test'
import type { MachineView } from '../../models/machine.ts'
import { machineStory } from '../../models/machine.ts'
import { deckOf, expect, long, test } from './deck.ts'

const slides = { 'machine-bare': 'machine', 'machine-boxed': 'machine-boxed' } as const
type Id = keyof typeof slides

async function open(page: Page, id: Id, clicks = 0): Promise<void> {
  const { no } = long.slides.find(slide => slide.alias === slides[id])!
  await page.goto(`${deckOf('long')}#/${no}?clicks=${clicks}`)
  await page.reload()
  await diagram(page, id).waitFor()
}
const diagram = (page: Page, id: Id) => page.locator(`.slidev-page:visible [data-diagram="${id}"]`)
const time = async (page: Page, id: Id) => Number(await diagram(page, id).getAttribute('data-t'))

/** What the picture says of the programs: on which machine each stands, in what state, in a box or not. */
async function shown(page: Page, id: Id) {
  return diagram(page, id).evaluate(root => [...root.querySelectorAll<HTMLElement>('.machine')].flatMap((machine, i) =>
    [...machine.querySelectorAll<HTMLElement>('[data-program]')].map(p => `${p.dataset.program} ${p.dataset.state} ${i} ${p.dataset.boxed}`)).sort())
}
const held = (view: MachineView) => view.programs.map(p => `${p.name} ${p.state} ${p.machine} ${view.boxed}`).sort()

for (const id of ['machine-bare', 'machine-boxed'] as const) {
  const story = machineStory(id === 'machine-boxed')

  test(`${id}: the picture shows what the story holds at every moment`, async ({ page }) => {
    await open(page, id)
    for (const [i, moment] of story.moments.entries()) {
      if (i > 0)
        await page.keyboard.press('PageDown')
      await expect.poll(() => time(page, id)).toBe(moment.at)
      expect(await shown(page, id)).toEqual(held(story.at(moment.at)))
      await expect(diagram(page, id).locator('.said')).toHaveText(moment.sentence)
    }
  })

  test(`${id}: what the learner does shows what comes of it, and R starts over`, async ({ page }) => {
    await open(page, id)
    await diagram(page, id).getByRole('button', { name: 'Let the shop leak memory' }).click()
    const mine = story.fork!(0, { op: 'leak', program: 'shop' })
    await expect.poll(() => time(page, id), { timeout: 20_000 }).toBe(mine.duration)
    expect(await shown(page, id)).toEqual(held(mine.at(mine.duration)))
    await expect(diagram(page, id).getByRole('status')).toHaveText(mine.moments.at(-1)!.sentence)
    await page.keyboard.press('r')
    await expect.poll(() => time(page, id)).toBe(0)
    expect(await shown(page, id)).toEqual(held(story.at(0)))
  })
}

test('what is not possible is said, and changes nothing', async ({ page }) => {
  await open(page, 'machine-bare')
  const at = (name: string) => diagram(page, 'machine-bare').getByRole('button', { name, exact: true })
  await at('stop the kernel: this machine').click()
  await expect.poll(() => shown(page, 'machine-bare')).toEqual(['blog stopped 0 false', 'database lost 0 false', 'shop lost 0 false'])
  await at('Start the shop').click()
  await expect(diagram(page, 'machine-bare').locator('.refused')).toContainText('this machine is down: start it first')
  expect(await shown(page, 'machine-bare')).toContain('shop lost 0 false')
})

test('the switch sets everything up anew in the other way', async ({ page }) => {
  await open(page, 'machine-bare')
  const choice = diagram(page, 'machine-bare').getByRole('group', { name: 'How the programs run' })
  await expect(choice.getByRole('button', { name: 'bare', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await choice.getByRole('button', { name: 'in containers' }).click()
  await expect.poll(() => shown(page, 'machine-bare')).toEqual(['blog running 0 true', 'database running 0 true', 'shop running 0 true'])
  await expect(choice.getByRole('button', { name: 'in containers' })).toHaveAttribute('aria-pressed', 'true')
})
