// Prints a built lecture: its print route, drawn once for paper, with tags, outline, language and links that work.
import type { Browser } from 'playwright'
import type { Lecture } from './deck.ts'

/**
 * @param site address of the served `dist/`
 * @returns the PDF, one page a slide
 */
export async function printLecture(browser: Browser, site: string, lecture: Lecture): Promise<Buffer> {
  const context = await browser.newContext({ viewport: { width: 980, height: 552 }, colorScheme: 'light', reducedMotion: 'reduce', locale: 'en' })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  try {
    await page.goto(`${site}${lecture.name}/?print#/print`, { waitUntil: 'networkidle' })
    await page.waitForFunction(count => document.querySelectorAll('.print-slide-container h1').length >= count, lecture.slides.length, { timeout: 60_000 })
    // a component that loads late says so with data-waitfor
    await page.waitForFunction(() => [...document.querySelectorAll('[data-waitfor]')].every(el => el.querySelector((el as HTMLElement).dataset.waitfor!)), undefined, { timeout: 30_000 })
    await page.addStyleTag({ content: printStyle })
    await page.evaluate(tellDrawings)
    await page.evaluate(preparePaper, publicAddress(lecture))
    if (problems.length)
      throw new Error(`the ${lecture.name} lecture cannot be printed:\n${problems.join('\n')}`)
    return await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true, printBackground: true, pageRanges: `1-${lecture.slides.length}` })
  }
  finally {
    await context.close()
  }
}

function publicAddress({ headmatter }: Lecture): string {
  return typeof headmatter.publicAddress === 'string' ? headmatter.publicAddress : ''
}

const printStyle = `
.print-slide-container { break-inside: avoid; }
.print-slide-container:last-child { break-after: auto; }
*, *::before, *::after { animation: none !important; }
/* what is written for the ear alone is told there, too; the blank at the end of a line is printed, or its words would run together */
.told-on-paper, .print-slide-container .visually-hidden { position: absolute !important; z-index: -1; width: auto !important; height: auto !important; max-width: 400px; max-height: 100px; clip-path: none !important; overflow: hidden; margin: 0 !important; font-size: 3px !important; line-height: 1 !important; opacity: .01 !important; white-space: break-spaces !important; }
`

/**
 * Runs in the page: what a drawing is called stands before it in letters that are printed and hardly seen. Chromium leaves drawings out of the
 * PDF's tags, names and all; text it keeps, so that who hears the paper is told what is drawn.
 */
function tellDrawings(): void {
  for (const drawing of document.querySelectorAll('.print-slide-container [role="img"][aria-label]')) {
    if (drawing.parentElement!.closest('[role="img"], [aria-hidden="true"]') || !drawing.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      continue
    const told = document.createElement('p')
    told.className = 'told-on-paper'
    told.textContent = drawing.getAttribute('aria-label')
    drawing.before(told)
    // what stands in it as text would be told a second time, in pieces
    drawing.setAttribute('aria-hidden', 'true')
  }
}

/**
 * Runs in the page: links between slides get the destinations they name, links to files of the site lead to its
 * public address or, where there is none, nowhere; and all fonts are there.
 */
async function preparePaper(publicAddress: string): Promise<void> {
  for (const slide of document.querySelectorAll('.print-slide-container'))
    slide.id = slide.id.replace(/-\d+$/, '-01')
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    const href = link.getAttribute('href')!
    if (link.origin !== location.origin || href.startsWith('#'))
      continue
    if (publicAddress)
      link.href = new URL(href, publicAddress.replace(/\/?(?:#.*)?$/, '/')).href
    else
      link.removeAttribute('href')
  }
  await document.fonts.ready
  await Promise.all([...document.images].map(image => image.decode().catch(() => {})))
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}
