// Numbers in prose stand in a Fact, and are that fact's numbers.
import type { Fact } from '../../data/facts.ts'
import type { Piece } from '../lib/markup.ts'
import { describe, expect, it } from 'vitest'
import { facts } from '../../data/facts.ts'
import { literals } from '../lib/literals.ts'
import { piecesOfComponent, piecesOfSlide, scriptOfComponent } from '../lib/markup.ts'
import { numbers, strangers } from '../lib/numbers.ts'
import { name, slides, sources } from '../lib/project.ts'
import { none } from '../lib/violations.ts'

const known = (ids: string) => ids.split(/[\s,]+/).map(id => facts.get(id)).filter((f): f is Fact => f !== undefined)

/** The facts a text stands under: of the Fact, Source or element with data-fact around it; "bound" where code says which. */
function factsAround({ inside }: Piece): Fact[] | 'bound' | undefined {
  for (const { tag, attributes } of [...inside].reverse()) {
    const key = tag === 'Fact' ? 'id' : tag === 'Source' ? 'ids' : 'data-fact'
    if (attributes[`:${key}`])
      return 'bound'
    const ids = attributes[key]
    if (typeof ids === 'string')
      return known(ids).map(fact => tag === 'Source' ? { ...fact, note: `${fact.note ?? ''} ${fact.source.title} ${fact.source.urls.join(' ')}` } : fact)
  }
  return undefined
}

function problems(where: string, piece: Piece): string[] {
  const around = factsAround(piece)
  if (around === 'bound')
    return []
  const quoted = `"${piece.text.trim().slice(0, 60)}"`
  if (!around)
    return numbers(piece.text).map(n => `${where}: ${n} in ${quoted} stands in no Fact`)
  return strangers(piece.text, around).map(n => `${where}: ${n} in ${quoted} is not in ${around.map(f => f.id).join(', ') || 'any known fact'}`)
}

describe('numbers', () => {
  it('of a slide stand in a Fact that holds them', () => {
    none(slides.flatMap(s => piecesOfSlide(s.content).flatMap(piece => problems(name(s), piece))))
  })

  it('of a drawing stand in a Fact or under a data-fact that holds them', () => {
    none(sources('components/**/*.vue').flatMap(({ file, text }) => piecesOfComponent(text).flatMap(piece => problems(file, piece))))
  })

  it('written in data beside a fact are that fact\'s', { timeout: 120_000 }, () => {
    const files = [...sources('data/**/*.ts'), ...sources('components/**/*.vue').map(({ file, text }) => ({ file, text: scriptOfComponent(text) }))]
    none(files.flatMap(({ file, text }) => literals(text).filter(l => l.facts).flatMap(l =>
      strangers(l.text, known(l.facts!)).map(n => `${file}:${l.line}: ${n} in "${l.text.slice(0, 60)}" is not in ${l.facts}`))))
  })

  it('in the words of the class stand beside a fact', () => {
    const files = sources('data/questions/*.ts', 'data/glossary.ts', 'data/goals.ts', 'data/misconceptions.ts', 'data/sections.ts')
    none(files.flatMap(({ file, text }) => literals(text).filter(l => !l.facts && !['id', 'alias'].includes(l.key)).flatMap(l =>
      numbers(l.text).map(n => `${file}:${l.line}: ${n} in "${l.text.slice(0, 60)}" has no fact`))))
  })
})

describe('the reading of slides', () => {
  it('sees a number outside a Fact, and passes over code, names and notes', () => {
    const text = '# The 3 ships\n\nIn <Fact id="B1">1956</Fact>, `replicas: 3`, v2 and web-1.\n\n```yaml\nreplicas: 5\n```\n\n1. first\n\n<!-- 7 -->'
    expect(piecesOfSlide(text).flatMap(piece => problems('here', piece))).toEqual(['here: 3 in "# The 3 ships In" stands in no Fact'])
  })

  it('sees a number that its fact does not hold', () => {
    expect(piecesOfSlide('<Fact id="B1">1957</Fact>').flatMap(piece => problems('here', piece))).toEqual(['here: 1957 in "1957" is not in B1'])
    expect(piecesOfComponent('<template><text data-fact="B1">59 boxes</text><p>7 <b>{{ 8 }}</b></p></template>').flatMap(piece => problems('here', piece)))
      .toEqual(['here: 59 in "59 boxes" is not in B1', 'here: 7 in "7" stands in no Fact'])
  })
})
