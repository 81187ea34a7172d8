// Walks every slide and every click of both lectures, in both themes, and looks for what a person would trip over.
import type { Place } from '../../scripts/lib/walk.ts'
import { AxeBuilder } from '@axe-core/playwright'
import { open, step } from '../../scripts/lib/walk.ts'
import { none } from '../lib/violations.ts'
import { deckOf, expect, long, short, test, themes, troubles } from './deck.ts'
import { inspect } from './inspect.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

for (const lecture of [long, short]) {
  for (const theme of themes) {
    test(`every slide of the ${lecture.name} lecture can be shown, ${theme}`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme: theme, reducedMotion: 'reduce', viewport: { width: 980, height: 552 } })
      const page = await context.newPage()
      const deck = deckOf(lecture.name)
      const label = ({ no, clicks }: Place) => `slide ${no} ${lecture.slides[no - 1]?.alias ?? ''}${clicks ? `, click ${clicks}` : ''}`
      let now: Place | undefined = { no: 1, clicks: 0 }
      let where = label(now)
      const found = troubles(page, () => where)

      now = await open(page, deck, 1)
      let walked = 0
      while (now) {
        const here: Place = now
        where = label(here)
        const { problems, shown, sourced } = await page.evaluate(inspect)
        found.push(...problems.map(problem => `${where}: ${problem}`))
        if (shown.length && here.clicks === 0) {
          found.push(...shown.filter(id => !sourced?.includes(id)).map(id => `${where}: shows fact ${id}, which its Source line does not name`))
        }
        const slide = lecture.slides[here.no - 1]!
        const results = theme === 'light' || here.clicks === 0 ? await lastClick() : undefined
        found.push(...(results ?? []))
        now = await step(page)
        if (now?.no !== here.no) {
          walked += 1
          const marks = slide.note.match(/\[click\]/g)?.length ?? 0
          if (marks > here.clicks)
            found.push(`${where}: the notes have ${marks} [click] marks, the slide ${here.clicks} clicks`)
        }

        async function lastClick(): Promise<string[]> {
          const { violations } = await new AxeBuilder({ page }).include(`#slideshow > [data-slidev-no="${here.no}"]`).withTags(rules).analyze()
          return violations.flatMap(v => v.nodes.map(node => `${where}: ${v.id} (${v.help}): ${node.target.join(' ').slice(0, 120)}`))
        }
      }
      none(found)
      expect(walked).toBe(lecture.slides.length)
      await context.close()
    })
  }
}
