// The page to choose a lecture: plain, accessible, and its links lead somewhere.
import { none } from '../lib/violations.ts'
import { check } from './axe.ts'
import { expect, long, short, site, test, themes, troubles } from './deck.ts'

for (const theme of themes) {
  test(`axe finds nothing on the page to choose a lecture, ${theme}`, async ({ browser }) => {
    const page = await browser.newPage({ colorScheme: theme })
    const found = troubles(page, () => 'the chooser')
    await page.goto(site())
    none([...found, ...(await check(page, 'html')).map(f => `${f.rule} (${f.help}): ${f.target}`)])
    await page.close()
  })
}

test('it leads to both lectures and their PDFs', async ({ page, request }) => {
  await page.goto(site())
  const links = await page.getByRole('link').evaluateAll(all => all.map(a => (a as HTMLAnchorElement).href))
  for (const link of links)
    expect((await request.get(link.split('#')[0]!)).status(), link).toBe(200)
  expect(links.filter(link => link.endsWith('.pdf'))).toHaveLength(2)
  for (const { title } of [long, short])
    await expect(page.getByRole('link', { name: title })).toBeVisible()
  expect(long.title).not.toBe(short.title)
})
