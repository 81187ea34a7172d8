// The built deck runs from any folder of any static host, under a strict policy, without asking anyone else.
import { at } from '../../scripts/lib/paths.ts'
import { serve } from '../../scripts/lib/serve.ts'
import { open } from '../../scripts/lib/walk.ts'
import { none } from '../lib/violations.ts'
import { expect, long, short, test, troubles } from './deck.ts'

const policy = 'default-src \'self\'; script-src \'self\'; style-src \'self\' \'unsafe-inline\'; img-src \'self\' data: blob:; font-src \'self\' data:'

for (const under of ['/', '/a/b/']) {
  test(`nothing is refused by a strict policy or fetched from outside, served under ${under}`, async ({ browser }) => {
    const site = await serve(at('dist'), { under, headers: { 'Content-Security-Policy': policy } })
    const context = await browser.newContext({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    let where = 'the chooser'
    const found = troubles(page, () => where)
    await page.exposeFunction('noteRefusal', (what: string) => found.push(`${where}: refused ${what}`))
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', event => (window as unknown as { noteRefusal: (what: string) => void }).noteRefusal(`${event.violatedDirective} ${event.blockedURI}`))
    })
    await page.goto(site.url)
    await expect(page.getByRole('link', { name: short.title })).toBeVisible()
    for (const lecture of [long, short]) {
      const deck = `${site.url}${lecture.name}/`
      for (const slide of lecture.slides) {
        where = `${lecture.name} slide ${slide.no} ${slide.alias}`
        await open(page, deck, slide.no)
      }
      for (const view of ['#/overview', '#/presenter/1', '?print#/print']) {
        where = `${lecture.name} ${view}`
        await page.goto('about:blank')
        await page.goto(deck + view, { waitUntil: 'networkidle' })
      }
    }
    none(found)
    await context.close()
    await site.close()
  })
}

test('the policy would be noticed: a script from outside is refused', async ({ page }) => {
  const site = await serve(at('dist'), { headers: { 'Content-Security-Policy': policy } })
  const found = troubles(page, () => 'here')
  await page.goto(site.url)
  await page.evaluate(() => document.head.append(Object.assign(document.createElement('script'), { src: 'http://192.0.2.1/x.js' })))
  await expect.poll(() => found.length).toBeGreaterThan(0)
  await site.close()
})
