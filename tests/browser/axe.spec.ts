// What axe finds on our slides, at their last click. Only paint differs between the themes: the dark one is checked for contrast.
import { open } from '../../scripts/lib/walk.ts'
import { none } from '../lib/violations.ts'
import { check } from './axe.ts'
import { deckOf, long, short, test, themes } from './deck.ts'

for (const lecture of [long, short]) {
  for (const theme of themes) {
    test(`axe finds nothing on the slides of the ${lecture.name} lecture, ${theme}`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme: theme, reducedMotion: 'reduce', viewport: { width: 980, height: 552 } })
      const page = await context.newPage()
      const found: string[] = []
      for (const slide of lecture.slides) {
        await open(page, deckOf(lecture.name), slide.no, 99)
        const findings = await check(page, `#slideshow > [data-slidev-no="${slide.no}"]`, theme === 'dark' ? { only: ['color-contrast', 'link-in-text-block'] } : {})
        found.push(...findings.map(f => `slide ${slide.no} ${slide.alias}: ${f.rule} (${f.help}): ${f.target.slice(-100)}`))
      }
      none(found)
      await context.close()
    })
  }
}
