// The form of every slide: one claim, few words, a script, and its sources.
import type { Piece } from '../lib/markup.ts'
import { describe, expect, it } from 'vitest'
import { facts } from '../../data/facts.ts'
import { exercises } from '../../scenarios/exercises/index.ts'
import { piecesOfSlide, withoutCode, words } from '../lib/markup.ts'
import { long, name, notes, short, slides } from '../lib/project.ts'
import { none } from '../lib/violations.ts'

/** elements that stand in a sentence; what stands in any other component is a drawing's, not prose */
const inline = new Set(['Fact', 'Term', 'SlideLink'])
const headings = (markdown: string) => withoutCode(markdown).match(/^# .+$|<h1\b/gm) ?? []

function isProse({ inside }: Piece): boolean {
  return inside.every(({ tag }) => inline.has(tag) || !(/^[A-Z]/.test(tag) || ['li', 'h1', 'svg', 'pre', 'code', 'table'].includes(tag)))
}

function proseWords(markdown: string): number {
  const body = markdown.replace(/^# .+$/m, '').replace(/^\s*(?:[-*+]|\d+\.)\s.*$/gm, '').replace(/^\|.*$/gm, '').replace(/^::\w+::$/gm, '')
  return piecesOfSlide(body).filter(isProse).map(p => words(p.text)).reduce((a, b) => a + b, 0)
}

describe('the answers of exercises', () => {
  it('name the facts that their exercises rest on, in the Source line and in the notes', () => {
    const pages = long.slides.filter(s => /<KubectlSlide [^>]* answer \/>/.test(s.content))
    expect(pages.length).toBeGreaterThan(12)
    for (const s of pages) {
      const [, from = 0, to = 0] = s.content.match(/:from="(\d+)" :to="(\d+)"/)!.map(Number)
      const rests = new Set(exercises.slice(from - 1, to).flatMap(({ facts }) => facts.split(' ')))
      expect(new Set(s.content.match(/<Source ids="([^"]+)"/)?.[1]?.split(' ')), name(s)).toEqual(rests)
      expect(new Set(notes(s).sources), name(s)).toEqual(rests)
    }
  })
})

describe('every slide', () => {
  it('has one title', () => {
    none(slides.filter(s => headings(s.content).length !== 1).map(s => `${name(s)}: has ${headings(s.content).length} first headings`))
  })

  it('has a title of at most 12 words, the cover apart', () => {
    const title = (heading: string) => piecesOfSlide(heading).map(p => p.text).join(' ')
    none(slides.filter(s => s.frontmatter.layout !== 'cover' && words(title(s.heading)) > 12).map(s => `${name(s)}: the title has ${words(title(s.heading))} words`))
  })

  it('has an alias of its own', () => {
    none([long, short].flatMap(lecture => lecture.slides.flatMap((s, i) => [
      ...(/^[a-z][a-z0-9-]*$/.test(s.alias) ? [] : [`${name(s)}: the routeAlias "${s.alias}" is missing or not plain`]),
      ...(lecture.slides.findIndex(o => o.alias === s.alias) < i ? [`${name(s)}: the routeAlias is taken twice in the ${lecture.name} lecture`] : []),
    ])))
  })

  it('has at most 40 words beside its title, optional slides apart', () => {
    none(slides.filter(s => !s.optional && proseWords(s.content) > 40).map(s => `${name(s)}: ${proseWords(s.content)} words`))
  })

  it('has a script in its notes, optional slides apart', () => {
    none(slides.filter(s => !s.optional && words(notes(s).script) < 25).map(s => `${name(s)}: the script has ${words(notes(s).script)} words, fewer than 25`))
  })

  it('says which keys lead to a terminal: from the commands to the first, and on each of those that a class works on to itself', () => {
    const first = long.slides.find(s => s.alias === 'kubectl')!.no
    const terminals = long.slides.filter(s => /<KubectlSlide(?! [^>]*answers\b)/.test(s.content) && !s.optional && s.no > first)
    const said = new Map(long.slides.map(s => [s.no, [...s.note.matchAll(/\bG\W+(\d+)\W+Enter/g)].map(([, no]) => Number(no))]).filter(([, nos]) => (nos as number[]).length) as [number, number[]][])
    expect(said).toEqual(new Map([[long.slides.find(s => s.alias === 'commands')!.no, [first]], ...terminals.map(s => [s.no, [s.no]] as const)]))
    expect(terminals.length).toBeGreaterThan(1)
  })

  it('names its sources in the last line of its notes', () => {
    none(slides.flatMap((s) => {
      const ids = notes(s).sources
      if (!ids)
        return [`${name(s)}: the notes do not end with a [Sources] line`]
      return ids.filter(id => !facts.get(id)?.verified).map(id => `${name(s)}: [Sources] names ${id}, which is ${facts.has(id) ? 'not verified' : 'no fact'}`)
    }))
  })

  it('has one Source line for the facts it shows, and at most one', () => {
    none(slides.flatMap((s) => {
      const lines = [...s.content.matchAll(/<Source\s[^>]*?ids="([^"]*)"/g)].map(m => m[1]!.split(/[\s,]+/))
      const shown = [...s.content.matchAll(/<Fact\s[^>]*?id="([^"]*)"/g)].map(m => m[1]!)
      if (lines.length > 1)
        return [`${name(s)}: has ${lines.length} Source lines`]
      if (shown.length && !lines.length)
        return [`${name(s)}: shows ${[...new Set(shown)].join(', ')} and has no Source line`]
      return shown.filter(id => !lines[0]?.includes(id)).map(id => `${name(s)}: shows ${id}, and its Source line does not name it`)
    }))
  })
})
