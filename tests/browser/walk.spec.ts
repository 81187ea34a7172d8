// Walks every slide and every click of both lectures, in both themes, and looks for what a person would trip over.
import type { Place } from '../../scripts/lib/walk.ts'
import { open, step } from '../../scripts/lib/walk.ts'
import { none } from '../lib/violations.ts'
import { deckOf, expect, long, short, test, themes, troubles } from './deck.ts'
import { inspect } from './inspect.ts'

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
        const { problems, shown, sourced } = await page.evaluate(inspect, undefined)
        found.push(...problems.map(problem => `${where}: ${problem}`))
        if (shown.length && here.clicks === 0) {
          found.push(...shown.filter(id => !sourced?.includes(id)).map(id => `${where}: shows fact ${id}, which its Source line does not name`))
        }
        now = await step(page)
        if (now?.no !== here.no) {
          walked += 1
          const marks = lecture.slides[here.no - 1]!.note.match(/\[click\]/g)?.length ?? 0
          if (marks > here.clicks)
            found.push(`${where}: the notes have ${marks} [click] marks, the slide ${here.clicks} clicks`)
        }
      }
      none(found)
      expect(walked).toBe(lecture.slides.length)
      await context.close()
    })
  }
}
