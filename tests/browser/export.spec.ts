// Opens both PDFs: a page a slide, with its words, tags, language, outline, links that lead somewhere, and no picture empty.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Fact } from '../../data/facts.ts'
import { readFileSync } from 'node:fs'
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { oneNameStory, say } from '../../scenarios/oneName.ts'
import { at } from '../../scripts/lib/paths.ts'
import { piecesOfSlide } from '../lib/markup.ts'
import { none } from '../lib/violations.ts'
import { expect, long, short, test } from './deck.ts'
import { inspect } from './inspect.ts'

const plain = (text: string) => text.normalize('NFKC').replace(/[\s\u00AD]+/g, '').replace(/[’ʼ]/g, '\'').toLowerCase()
const titleOf = (heading: string) => piecesOfSlide(heading).map(p => p.text).join('').replace(/^#\s*/, '').replace(/[*_`]/g, '')
const drawing = new Set([OPS.constructPath, OPS.fill, OPS.stroke, OPS.eoFill, OPS.fillStroke, OPS.showText, OPS.paintImageXObject, OPS.paintFormXObjectBegin])

async function wordsOf(pdf: PDFDocumentProxy, no: number): Promise<string> {
  const { items } = await (await pdf.getPage(no)).getTextContent()
  return items.map(item => 'str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : '').join('')
}

interface Tag { readonly id?: string, readonly children?: readonly Tag[] }

/** The words of a page that its tags hold, and that a screen reader reads: in the order of the page. */
async function taggedWordsOf(pdf: PDFDocumentProxy, no: number): Promise<string> {
  const page = await pdf.getPage(no)
  const idsOf = (tag: Tag): string[] => [...tag.id ? [tag.id] : [], ...(tag.children ?? []).flatMap(idsOf)]
  const tagged = new Set(idsOf(await page.getStructTree() as Tag))
  const open: boolean[] = []
  let words = ''
  for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
    if ('str' in item)
      words += open.includes(true) ? item.str : ''
    else if (item.type === 'endMarkedContent')
      open.pop()
    else
      open.push(tagged.has(item.id))
  }
  return words
}

/** The letters and blanks of a page as they are painted: of a blank at the end of a line, the text that pdf.js makes of them has nothing. */
async function paintedWordsOf(pdf: PDFDocumentProxy, no: number): Promise<string> {
  const { fnArray, argsArray } = await (await pdf.getPage(no)).getOperatorList()
  const shown = argsArray.filter((_, i) => fnArray[i] === OPS.showText) as (readonly [readonly (number | { readonly unicode: string })[]])[]
  return shown.flatMap(([glyphs]) => glyphs.map(glyph => typeof glyph === 'object' ? glyph.unicode : '')).join('')
}

for (const lecture of [long, short]) {
  test.describe(`the PDF of the ${lecture.name} lecture`, () => {
    let pdf: PDFDocumentProxy
    let raw: Buffer

    test.beforeAll(async () => {
      raw = readFileSync(at(`dist/pdf/${lecture.name}.pdf`))
      pdf = await getDocument({ data: new Uint8Array(raw), verbosity: 0, standardFontDataUrl: `${at('node_modules/pdfjs-dist/standard_fonts')}/` }).promise
    })
    test.afterAll(async () => void await pdf.loadingTask.destroy())

    test('has a page for each slide, with its title on it', async () => {
      expect(pdf.numPages).toBe(lecture.slides.length)
      const missing: string[] = []
      for (const slide of lecture.slides) {
        if (!plain(await wordsOf(pdf, slide.no)).includes(plain(titleOf(slide.heading))))
          missing.push(`page ${slide.no}: the title of ${slide.alias} is not there: "${titleOf(slide.heading)}"`)
      }
      none(missing)
    })

    test('is tagged, has language and title, and an outline', async () => {
      const { info } = await pdf.getMetadata()
      const marks = await pdf.getMarkInfo()
      expect(new Map(marks instanceof Map ? marks : Object.entries(marks ?? {})).get('Marked')).toBe(true)
      expect((info as { Language?: string }).Language).toMatch(/^en/)
      expect((info as { Title?: string }).Title).toBe(lecture.title)
      const outline = await pdf.getOutline()
      expect(outline?.length).toBeGreaterThan(5)
      const tree = await (await pdf.getPage(2)).getStructTree()
      expect(JSON.stringify(tree)).toContain('"H1"')
    })

    test('tells in its tags what is drawn: each drawing’s name, on its page', async ({ browser }) => {
      const page = await browser.newPage({ viewport: { width: 980, height: 552 } })
      await page.goto(`${process.env.SITE}${lecture.name}/?print#/print`, { waitUntil: 'networkidle' })
      await expect(page.locator('.print-slide-container h1')).toHaveCount(lecture.slides.length, { timeout: 60_000 })
      const drawings = await page.evaluate(() => [...document.querySelectorAll('.print-slide-container')].flatMap((slide, i) => [...slide.querySelectorAll('[role="img"]')]
        .filter(el => el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !el.parentElement!.closest('[role="img"], [aria-hidden="true"]'))
        .map(el => ({ no: i + 1, name: el.getAttribute('aria-label') ?? '' }))))
      await page.close()
      expect(drawings.length).toBeGreaterThan(20)
      const untold: string[] = []
      for (const { no, name } of drawings) {
        if (!name || !plain(await taggedWordsOf(pdf, no)).includes(plain(name)))
          untold.push(`page ${no} ${lecture.slides[no - 1]!.alias}: "${name}" is not told`)
      }
      none(untold)
    })

    test('tells a drawing once, and parts its words at the ends of lines', async () => {
      const { no } = lecture.slides.find(({ alias }) => alias === 'service')!
      const words = await taggedWordsOf(pdf, no)
      expect(words).toContain('on node-1')
      expect(words).not.toContain('on the list:')
      const story = oneNameStory()
      const told = say(story.at(story.moments.find(({ id }) => id === 'shared')!.at))
      expect(await paintedWordsOf(pdf, no)).toContain(told)
    })

    test('tells what is written for the ear alone, and each table’s heads', async ({ browser }) => {
      const page = await browser.newPage({ viewport: { width: 980, height: 552 } })
      await page.goto(`${process.env.SITE}${lecture.name}/?print#/print`, { waitUntil: 'networkidle' })
      await expect(page.locator('.print-slide-container h1')).toHaveCount(lecture.slides.length, { timeout: 60_000 })
      const written = await page.evaluate(() => [...document.querySelectorAll('.print-slide-container')].flatMap((slide, i) => [...slide.querySelectorAll('.visually-hidden, th')]
        .filter(el => el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !el.closest('[role="img"], [aria-hidden="true"]'))
        // what stands apart is painted apart: each piece of text by itself
        .flatMap(el => [el, ...el.querySelectorAll('*')].flatMap(part => [...part.childNodes]).filter(node => node.nodeType === 3).map(node => ({ no: i + 1, words: node.textContent ?? '' })))))
      await page.close()
      const untold: string[] = []
      for (const { no, words } of written) {
        if (!plain(await taggedWordsOf(pdf, no)).includes(plain(words)))
          untold.push(`page ${no} ${lecture.slides[no - 1]!.alias}: "${words.trim()}" is not told`)
      }
      none(untold)
    })

    test('has links that lead somewhere', async () => {
      const known = (JSON.parse(readFileSync(at('data/facts.json'), 'utf8')) as Fact[]).flatMap(f => f.source.urls)
      const wrong: string[] = []
      let inside = 0
      for (const slide of lecture.slides) {
        const annotations = await (await pdf.getPage(slide.no)).getAnnotations() as { subtype: string, url?: string, unsafeUrl?: string, dest?: unknown }[]
        for (const { subtype, url, unsafeUrl, dest } of annotations) {
          if (subtype !== 'Link')
            continue
          const address = url ?? unsafeUrl
          if (address) {
            // a fact may have been read where there is no https
            if (!address.startsWith('https://') && !known.some(k => k === address || new URL(k).href === new URL(address).href))
              wrong.push(`page ${slide.no} ${slide.alias}: leads to ${address}`)
            continue
          }
          inside += 1
          const explicit = typeof dest === 'string' ? await pdf.getDestination(dest) : dest as unknown[] | null
          const page = explicit?.[0] ? await pdf.getPageIndex(explicit[0] as Parameters<PDFDocumentProxy['getPageIndex']>[0]).catch(() => -1) : -1
          if (page < 0)
            wrong.push(`page ${slide.no} ${slide.alias}: a link inside leads nowhere: ${JSON.stringify(dest)}`)
        }
      }
      none(wrong)
      expect(inside).toBeGreaterThan(lecture.slides.length - 5)
    })

    test('carries all its fonts', async () => {
      const missing = new Set<string>()
      for (const { no } of lecture.slides) {
        const page = await pdf.getPage(no)
        const { fnArray, argsArray } = await page.getOperatorList()
        for (const [i, op] of fnArray.entries()) {
          if (op !== OPS.setFont)
            continue
          const id = (argsArray[i] as [string])[0]
          const font = page.commonObjs.has(id) ? page.commonObjs.get(id) as { name?: string, missingFile?: boolean } : undefined
          if (font?.missingFile)
            missing.add(font.name ?? id)
        }
      }
      expect([...missing]).toEqual([])
    })

    test('has no page nearly empty, and no drawing missing', async () => {
      const empty: string[] = []
      for (const slide of lecture.slides) {
        const { fnArray } = await (await pdf.getPage(slide.no)).getOperatorList()
        const strokes = fnArray.filter(op => drawing.has(op)).length
        const beside = (await wordsOf(pdf, slide.no)).length - titleOf(slide.heading).length
        const drawn = /<[A-Z]\w*/.test(slide.content.replace(/<(?:Fact|Source|Term|SlideLink)\b/g, ''))
        if (beside < 10 && strokes < 20)
          empty.push(`page ${slide.no} ${slide.alias}: nearly empty`)
        else if (drawn && strokes < 25)
          empty.push(`page ${slide.no} ${slide.alias}: its drawing has only ${strokes} strokes and words`)
      }
      none(empty)
    })

    test('has no words cut off, too small or on other words', async ({ browser }) => {
      const page = await browser.newPage({ viewport: { width: 980, height: 552 } })
      await page.goto(`${process.env.SITE}${lecture.name}/?print#/print`, { waitUntil: 'networkidle' })
      await expect(page.locator('.print-slide-container h1')).toHaveCount(lecture.slides.length, { timeout: 60_000 })
      await page.evaluate(() => document.fonts.ready)
      const found: string[] = []
      for (const slide of lecture.slides)
        found.push(...(await page.evaluate(inspect, slide.no)).problems.map(problem => `page ${slide.no} ${slide.alias}: ${problem}`))
      none(found)
      await page.close()
    })

    test('has no worked answer that reaches its source line', async ({ browser }) => {
      const page = await browser.newPage({ viewport: { width: 980, height: 552 } })
      await page.goto(`${process.env.SITE}${lecture.name}/?print#/print`, { waitUntil: 'networkidle' })
      await expect(page.locator('.print-slide-container h1')).toHaveCount(lecture.slides.length, { timeout: 60_000 })
      await page.evaluate(() => document.fonts.ready)
      // they are loaded by themselves
      const pages = lecture.slides.filter(({ content }) => content.includes('<KubectlSlide') && content.includes(' answer />')).length
      await expect(page.locator('.exercise-answer')).toHaveCount(pages)
      const answers = await page.evaluate(() => [...document.querySelectorAll('.print-slide-container')].flatMap((slide, i) => {
        const last = [...slide.querySelectorAll('.exercise-answer :is(p, td, figcaption)')].at(-1)?.getBoundingClientRect()
        const source = slide.querySelector('.source')?.getBoundingClientRect()
        return last && source ? [{ no: i + 1, room: source.top - last.bottom }] : []
      }))
      await page.close()
      expect(answers.length).toBe(pages)
      none(answers.filter(({ room }) => room < 0).map(({ no, room }) => `page ${no}: its last words reach ${(-room).toFixed(1)} px into the source line`))
    })

    test('has no caption of a still on its picture', async ({ browser }) => {
      const page = await browser.newPage({ viewport: { width: 980, height: 552 } })
      await page.goto(`${process.env.SITE}${lecture.name}/?print#/print`, { waitUntil: 'networkidle' })
      await expect(page.locator('.print-slide-container h1')).toHaveCount(lecture.slides.length, { timeout: 60_000 })
      await page.evaluate(() => document.fonts.ready)
      const stills = await page.evaluate(() => [...document.querySelectorAll('.print-slide-container')].flatMap((slide, i) => [...slide.querySelectorAll('.still-frames li:not(.note)')].map((li) => {
        const caption = li.querySelector('p')!
        const drawn = [...li.querySelectorAll('.still *')].filter(el => el.checkVisibility({ opacityProperty: true, visibilityProperty: true })).map(el => el.getBoundingClientRect()).filter(({ width, height }) => width && height)
        return { no: i + 1, words: caption.textContent ?? '', top: caption.getBoundingClientRect().top, bottom: Math.max(...drawn.map(({ bottom }) => bottom)) }
      })))
      await page.close()
      expect(stills.length).toBeGreaterThan(4)
      // half a pixel is a line's own width
      none(stills.filter(({ top, bottom }) => bottom > top + 0.5).map(({ no, words, top, bottom }) => `page ${no}: the picture reaches ${(bottom - top).toFixed(1)} px into "${words.trim()}"`))
    })

    test('shows a live diagram at its moments, each with its sentence', async ({ browser }) => {
      const page = await browser.newPage({ viewport: { width: 980, height: 552 } })
      await page.goto(`${process.env.SITE}${lecture.name}/?print#/print`, { waitUntil: 'networkidle' })
      await page.waitForSelector('[data-diagram] li', { state: 'attached' })
      const moments = await page.evaluate(() => [...document.querySelectorAll('.print-slide-container')].flatMap((slide, i) => [...slide.querySelectorAll('[data-diagram] li:not(.note)')].map(li => ({ no: i + 1, words: li.querySelector('p')?.textContent ?? '' }))))
      expect(moments.length).toBeGreaterThan(2)
      for (const { no, words } of moments)
        expect(plain(await wordsOf(pdf, no))).toContain(plain(words))
      await page.close()
    })
  })
}
