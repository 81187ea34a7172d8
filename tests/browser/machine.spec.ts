// One machine, many boxes, as its users meet it: what the picture shows is what the story holds.
import type { MachineView } from '../../models/machine.ts'
import type { Met } from './diagram.ts'
import { machineStory } from '../../models/machine.ts'
import { expect, test } from './deck.ts'
import { openDiagram } from './diagram.ts'

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
    await expect.poll(met.time, { timeout: 20_000 }).toBe(mine.duration)
    expect(await shown(met)).toEqual(held(mine.at(mine.duration)))
    await expect(met.root.getByRole('status')).toHaveText(mine.moments.at(-1)!.sentence)
    await page.keyboard.press('r')
    await expect.poll(met.time).toBe(0)
    expect(await shown(met)).toEqual(held(story.at(0)))
  })
}

test('what is not possible is said, and changes nothing', async ({ page }) => {
  const met = await openDiagram(page, bare)
  await met.button('stop the kernel: this machine').click()
  await expect.poll(() => shown(met)).toEqual(['blog stopped 0 false', 'database lost 0 false', 'shop lost 0 false'])
  await met.button('Start the shop').click()
  await expect(met.root.locator('.refused')).toContainText('this machine is down: start it first')
  expect(await shown(met)).toContain('shop lost 0 false')
})

test('the switch sets everything up anew in the other way', async ({ page }) => {
  const met = await openDiagram(page, bare)
  await expect(met.button('bare')).toHaveAttribute('aria-pressed', 'true')
  await met.button('in containers').click()
  await expect.poll(() => shown(met)).toEqual(['blog running 0 true', 'database running 0 true', 'shop running 0 true'])
  await expect(met.button('in containers')).toHaveAttribute('aria-pressed', 'true')
})
