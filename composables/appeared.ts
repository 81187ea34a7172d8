// What a slide shows in words, and what a step has added: so that those who hear the deck are told what came.

/** units of text: what belongs together is told together */
const UNIT = 'text, p, li, td, th, dt, dd, h2, h3, h4, figcaption, code, button, div'
/** these speak for themselves, or are not part of what a step shows */
const APART = '.visually-hidden, [role="status"], .stage-frame, .predict, .foot, .footnotes, .source'

/** a drawing with a name is told by its name, and not by the words in it */
const DRAWING = '[role="img"][aria-label]'

/** The sentences of a drawing's name: each is a unit, so that a name that grows tells what it grew by. */
export function sentences(name: string): string[] {
  return name.split(/(?<=[.!?])\s+(?=[\p{L}\p{N}"“‘(])/u).filter(Boolean)
}

/** The head of the row that a cell of a table stands in. */
const headOf = (unit: Element) => unit.closest('td')?.closest('tr')?.querySelector('th[scope="row"]')?.textContent?.replace(/\s+/g, ' ').trim()

/** What can be seen in an element, in the order of the document, a unit each: its words, those of a cell after the head of its row, and the names of its drawings. */
export function shownWords(root: Element): string[] {
  const units = new Map<Element, string[]>()
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  const shown = (element: Element) => !element.closest(APART) && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      if (node.matches(DRAWING) && shown(node))
        units.set(node, sentences(node.getAttribute('aria-label')!))
      continue
    }
    const parent = node.parentElement
    const text = node.textContent?.replace(/\s+/g, ' ').trim()
    if (!text || !parent || parent.closest(DRAWING) || !shown(parent))
      continue
    const unit = parent.closest(UNIT) ?? parent
    units.set(unit, [...units.get(unit) ?? [], text])
  }
  return [...units].flatMap(([unit, parts]) => unit.matches(DRAWING) ? parts : [headOf(unit), parts.join(' ')].filter(Boolean).join(': '))
}

/**
 * What has come since, in one line of at most about `limit` characters (the first is never too long); signs and bare numbers are left out.
 * @returns an empty string where nothing came that can be said
 */
export function whatCame(before: readonly string[], after: readonly string[], limit = 240): string {
  const left = new Map<string, number>()
  for (const unit of before)
    left.set(unit, (left.get(unit) ?? 0) + 1)
  const came: string[] = []
  let length = 0
  for (const unit of after) {
    const seen = left.get(unit) ?? 0
    if (seen)
      left.set(unit, seen - 1)
    else if (/\p{L}{2}/u.test(unit) && !came.includes(unit) && (!came.length || length + unit.length <= limit))
      length += came.push(unit) && unit.length
  }
  return came.join('; ').replace(/([.!?]); /g, '$1 ')
}

/** What a step is told as: what came, and only then its number; nothing where nothing came that can be said. */
export function stepWords(came: string, click: number, clicks: number): string {
  return came && `${came}${/[.!?]$/.test(came) ? '' : '.'} Step ${click} of ${clicks}`
}
