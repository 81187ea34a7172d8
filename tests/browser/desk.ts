// A terminal on its slide, as a person finds it: by names and roles.
import type { Locator, Page } from '@playwright/test'
import { exercises } from '../../scenarios/exercises/index.ts'
import { deckOf, expect, long } from './deck.ts'
import { slideNo } from './diagram.ts'

/** Where the exercises stand: the slides, and which of them each has. */
export const slides = long.slides.flatMap(({ alias, content }) => {
  const [, from, to] = /<KubectlSlide :from="(\d+)" :to="(\d+)"(?! answer)/.exec(content) ?? []
  return from ? [{ alias, own: exercises.slice(Number(from) - 1, Number(to)) }] : []
})
export const [first] = slides as [typeof slides[number], ...typeof slides]

export interface Desk {
  root: Locator
  input: Locator
  log: Locator
  button: (name: string | RegExp) => Locator
  /** virtual ms */
  time: () => Promise<number>
  type: (line: string) => Promise<void>
  /** lets virtual time pass: ms */
  wait: (ms: number) => Promise<void>
  /** the text of the editor that is open: where it is typed into, what stands in it, and put in its place */
  text: Locator
  written: () => Promise<string>
  write: (text: string) => Promise<void>
}

export async function open(page: Page, alias = first.alias, where: '' | 'presenter/' = ''): Promise<Desk> {
  await page.goto(`${deckOf('long')}#/${where}${slideNo(alias)}`)
  const root = where ? page.locator('.exercise-desk').first() : page.locator('.slidev-page:visible .exercise-desk')
  await root.waitFor()
  const time = async () => Number(await root.getAttribute('data-t'))
  const input = root.getByLabel(/^(?:Command line|A command runs)/)
  const button = (name: string | RegExp) => root.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
  const text = root.getByRole('textbox', { name: /^Text of/ })
  const written = async () => {
    await text.focus()
    await text.press('Control+a')
    // lines that are out of sight are not in the page: what is copied is all
    return text.evaluate((el) => {
      const clipboardData = new DataTransfer()
      el.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }))
      return clipboardData.getData('text/plain')
    })
  }
  return {
    text,
    written,
    async write(to) {
      await text.focus()
      await text.press('Control+a')
      await text.evaluate((el, to) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', to)
        el.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }, to)
      expect(await written()).toBe(to)
    },
    root,
    input,
    log: root.getByRole('log'),
    button,
    time,
    async type(line) {
      const done = Number(await root.getAttribute('data-done'))
      await input.fill(line)
      await input.press('Enter')
      await expect.poll(async () => Number(await root.getAttribute('data-done'))).toBe(done + 1)
    },
    async wait(ms) {
      const until = await time() + ms
      while (await time() < until)
        await button(/^\+10 s/).click()
    },
  }
}
