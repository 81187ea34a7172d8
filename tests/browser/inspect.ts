// What a slide looks like to a ruler: runs in the page, on the slide that is shown or on one of the print route.

export interface Inspection {
  no: number
  problems: string[]
  /** ids of facts shown in drawings and prose */
  shown: string[]
  /** ids of facts in the Source line; undefined where there is none */
  sourced?: string[]
}

/**
 * Measures a slide. All sizes are canvas pixels (980 wide).
 * @param no its number in the print route; the shown slide, where it is not given
 */
export function inspect(no?: number): Inspection {
  const slide = no ? document.querySelector<HTMLElement>(`#print-content [data-slidev-no="${no}"]`)! : [...document.querySelectorAll<HTMLElement>('#slideshow > [data-slidev-no]')].find(el => el.style.display !== 'none')!
  const frame = slide.getBoundingClientRect()
  const scale = frame.width / 980
  const problems: string[] = []

  interface Line { left: number, right: number, top: number, bottom: number }
  interface Text { node: Text_, words: string, lines: Line[] }
  type Text_ = globalThis.Text

  const canvas = (r: DOMRect): Line => ({ left: (r.left - frame.left) / scale, right: (r.right - frame.left) / scale, top: (r.top - frame.top) / scale, bottom: (r.bottom - frame.top) / scale })
  const shown = (el: Element) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !el.closest('.visually-hidden, [role="tooltip"]:not(.open), title, desc, style, option')

  const texts: Text[] = []
  const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode() as Text_ | null; node; node = walker.nextNode() as Text_ | null) {
    if (!node.data.trim() || !shown(node.parentElement!))
      continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const lines = [...range.getClientRects()].filter(r => r.width > 0.5 && r.height > 0.5).map(canvas)
    if (lines.length)
      texts.push({ node, words: `"${node.data.trim().replace(/\s+/g, ' ').slice(0, 40)}"`, lines })
  }

  // nothing leaves the slide, and nothing is cut off by what is around it
  for (const { node, words, lines } of texts) {
    if (lines.some(l => l.left < -1 || l.top < -1 || l.right > 981 || l.bottom > frame.height / scale + 1)) {
      problems.push(`text outside the slide: ${words}`)
      continue
    }
    for (let el: Element | null = node.parentElement; el && el !== slide; el = el.parentElement) {
      const style = getComputedStyle(el)
      if (style.display === 'inline' || style.display === 'contents' || el.closest('[data-scrolls]') || (el instanceof SVGElement && !(el instanceof SVGSVGElement)))
        continue
      const box = canvas(el.getBoundingClientRect())
      const cutX = style.overflowX !== 'visible' && lines.some(l => l.left < box.left - 2 || l.right > box.right + 2)
      const cutY = style.overflowY !== 'visible' && lines.some(l => l.top + (l.bottom - l.top) * 0.2 < box.top - 1 || l.bottom - (l.bottom - l.top) * 0.2 > box.bottom + 1)
      if (cutX || cutY) {
        problems.push(`text cut off: ${words}`)
        break
      }
    }
  }
  for (const el of slide.querySelectorAll('*')) {
    if (!shown(el) || (el.closest('svg') && el.tagName !== 'svg'))
      continue
    const { left, right, top, bottom } = canvas(el.getBoundingClientRect())
    if (right - left > 1 && bottom - top > 1 && (left < -1 || top < -1 || right > 981 || bottom > frame.height / scale + 1))
      problems.push(`element outside the slide: ${el.tagName.toLowerCase()}.${el.getAttribute('class') ?? ''}`)
  }

  // nothing is too small
  for (const { node, words } of texts) {
    const el = node.parentElement!
    const drawn = el.closest<SVGGraphicsElement>('svg text, svg foreignObject')
    const matrix = drawn?.getScreenCTM()
    const factor = matrix ? Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c)) / scale : 1
    const size = Number.parseFloat(getComputedStyle(el).fontSize) * factor
    const least = el.closest('sup') ? 10 : drawn || el.closest('svg, [data-role="source"], [data-role="foot"], .footnotes, .fineprint, [data-diagram], .figure') ? 14 : el.closest('code, pre') ? 16 : 18
    if (size < least - 0.25)
      problems.push(`text of ${size.toFixed(1)} px, least ${least}: ${words}`)
  }

  // no text lies on another: of each line only the part between cap height and baseline counts
  const cores = texts.flatMap(({ node, words, lines }) => {
    const drawn = node.parentElement!.closest<SVGTextElement>('svg text')
    const matrix = drawn?.getScreenCTM()
    const turned = matrix ? Math.abs(matrix.b) > Math.abs(matrix.a) : false
    if (matrix && !turned && Math.abs(matrix.b) > 0.02)
      return []
    return lines.map(({ left, right, top, bottom }) => turned
      ? { node, words, left: left + (right - left) * 0.22, right: right - (right - left) * 0.22, top: top + 1, bottom: bottom - 1 }
      : { node, words, left: left + 1, right: right - 1, top: top + (bottom - top) * 0.22, bottom: bottom - (bottom - top) * 0.22 })
  })
  for (const [i, a] of cores.entries()) {
    for (const b of cores.slice(i + 1)) {
      if (a.node !== b.node && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2)
        problems.push(`text on text: ${a.words} and ${b.words}`)
    }
  }

  // something is there besides title and foot
  const body = [...slide.querySelectorAll('svg, img, canvas')].some(el => shown(el) && el.getBoundingClientRect().height > 20)
    || texts.some(({ node }) => !node.parentElement!.closest('h1, [data-role="foot"], [data-role="source"]'))
  if (!body)
    problems.push('nothing is there but a title')
  if (!texts.some(({ node }) => node.parentElement!.closest('h1')))
    problems.push('no title is shown')
  if (!slide.querySelector('[data-role="foot"] a[href]'))
    problems.push('no way to the map')

  const source = slide.querySelector('[data-role="source"]')
  return {
    no: Number(slide.dataset.slidevNo),
    problems: [...new Set(problems)],
    shown: [...new Set([...slide.querySelectorAll('[data-fact]')].flatMap(el => el.getAttribute('data-fact')!.split(/[\s,]+/)))],
    sourced: source ? [...source.querySelectorAll('a, span')].map(el => el.textContent.trim()) : undefined,
  }
}
