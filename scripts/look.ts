// What a person sees: every slide and every click as PNG in .look/, light and dark, with one contact sheet.
import type { Slide } from './lib/deck.ts'
import type { Shot } from './lib/sheet.ts'
import type { Place } from './lib/walk.ts'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { chooseSlides } from './lib/choose.ts'
import { launch } from './lib/chromium.ts'
import { lectureNames, loadLecture } from './lib/deck.ts'
import { ensureBuilt } from './lib/fresh.ts'
import { at } from './lib/paths.ts'
import { fail, took } from './lib/run.ts'
import { serve } from './lib/serve.ts'
import { contactSheet } from './lib/sheet.ts'
import { open, step } from './lib/walk.ts'

const { values } = parseArgs({
  options: {
    entry: { type: 'string', default: 'long' },
    slides: { type: 'string', default: '' },
    theme: { type: 'string', default: 'light,dark' },
    size: { type: 'string', default: '1920x1080' },
    out: { type: 'string', default: '.look' },
  },
})
const entry = lectureNames.find(name => name === values.entry) ?? fail(`--entry is one of ${lectureNames.join(', ')}`)
const themes = values.theme.split(',').filter(theme => theme === 'light' || theme === 'dark')
const [width = 0, height = 0] = values.size.split('x').map(Number)
if (!themes.length || !width || !height)
  fail('--theme is light, dark or both; --size is written as 1920x1080')

const begun = performance.now()
await ensureBuilt()
const lecture = await loadLecture(entry)
let chosen: Slide[] = []
try {
  chosen = chooseSlides(lecture.slides, values.slides)
}
catch (error) {
  fail((error as Error).message)
}

const out = at(values.out)
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const site = await serve(at('dist'))
const browser = await launch()
const shots: (Shot & { no: number, clicks: number })[] = []
try {
  for (const theme of themes) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.on('pageerror', error => console.log(`error: ${error.message}`))
    for (const slide of chosen) {
      for (let now: Place | undefined = await open(page, `${site.url}${entry}/`, slide.no); now?.no === slide.no; now = await step(page)) {
        const label = `${String(slide.no).padStart(2, '0')}-${slide.alias}-${now.clicks}-${theme}`
        await page.screenshot({ path: `${out}/${label}.png` })
        shots.push({ file: `${label}.png`, label, no: slide.no, clicks: now.clicks })
      }
    }
    await context.close()
  }

  shots.sort((a, b) => a.no - b.no || a.clicks - b.clicks)
  writeFileSync(`${out}/index.html`, contactSheet(shots))
  const page = await browser.newPage({ viewport: { width: 1920, height: 600 } })
  await page.goto(pathToFileURL(`${out}/index.html`).href, { waitUntil: 'load' })
  await page.screenshot({ path: `${out}/sheet.png`, fullPage: true })
}
finally {
  await browser.close()
  await site.close()
}
console.log(`${shots.length} pictures of ${chosen.length} slides in ${values.out}/, all of them in ${values.out}/sheet.png and ${values.out}/index.html  ${took(begun)}`)
