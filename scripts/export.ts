// Prints both lectures into dist/pdf/, from the built site.
import { mkdirSync, writeFileSync } from 'node:fs'
import { launch } from './lib/chromium.ts'
import { lectureNames, loadLecture } from './lib/deck.ts'
import { ensureBuilt } from './lib/fresh.ts'
import { at } from './lib/paths.ts'
import { printLecture } from './lib/pdf.ts'
import { took } from './lib/run.ts'
import { serve } from './lib/serve.ts'
import { writeChooser } from './lib/site.ts'

await ensureBuilt()
mkdirSync(at('dist/pdf'), { recursive: true })
const site = await serve(at('dist'))
const browser = await launch()
try {
  for (const name of lectureNames) {
    const since = performance.now()
    const lecture = await loadLecture(name)
    writeFileSync(at('dist/pdf', `${name}.pdf`), await printLecture(browser, site.url, lecture))
    console.log(`dist/pdf/${name}.pdf  ${lecture.slides.length} pages  ${took(since)}`)
  }
  await writeChooser()
}
finally {
  await browser.close()
  await site.close()
}
