// What axe finds in Slidev's own controls: a list of known failures that may only shrink.
import { readFileSync } from 'node:fs'
import { at } from '../../scripts/lib/paths.ts'
import { check } from './axe.ts'
import { deckOf, expect, test } from './deck.ts'

const known = JSON.parse(readFileSync(at('tests/browser/axe-known.json'), 'utf8')) as Record<string, string[]>
const views = { play: '#/2', presenter: '#/presenter/2', overview: '#/overview', notes: '#/notes' }

test('the list of known failures has a line for each view', () => {
  expect(Object.keys(known)).toEqual(Object.keys(views))
})

for (const [view, hash] of Object.entries(views)) {
  test(`Slidev's ${view} view has no more axe failures than are known`, async ({ page }) => {
    await page.goto(deckOf('long') + hash, { waitUntil: 'networkidle' })
    // all slides are loaded three seconds after the first: what is there then stays
    await page.waitForTimeout(4000)
    const rules = [...new Set((await check(page, 'html', { except: ['.slidev-layout'] })).map(f => f.rule))].sort()
    expect(rules.filter(rule => !known[view]!.includes(rule)), 'new failures').toEqual([])
    expect(known[view]!.filter(rule => !rules.includes(rule)), 'no longer there: take them off tests/browser/axe-known.json').toEqual([])
  })
}
