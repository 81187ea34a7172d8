// What a class needs: definition, goals, map, questions, glossary, and links that lead somewhere.
import { describe, expect, it } from 'vitest'
import { definition } from '../../data/definition.ts'
import { fact } from '../../data/facts.ts'
import { glossary } from '../../data/glossary.ts'
import { goals } from '../../data/goals.ts'
import { misconceptions } from '../../data/misconceptions.ts'
import { questions } from '../../data/questions/index.ts'
import { sections } from '../../data/sections.ts'
import { words } from '../lib/markup.ts'
import { long, name, slides, sources } from '../lib/project.ts'
import { none } from '../lib/violations.ts'

const aliases = new Set(long.slides.map(s => s.alias))
const beliefs = new Set(misconceptions.map(m => m.id))
const asked = new Set(slides.flatMap(s => [...s.content.matchAll(/<Predict\s[^>]*?id="([^"]+)"/g)].map(m => m[1]!)))
const confronted = (s: typeof slides[number]) => String(s.frontmatter.confronts ?? '').split(/[\s,]+/).filter(Boolean)
const twice = (ids: readonly string[]) => ids.filter((id, i) => ids.indexOf(id) < i)

describe('the definition', () => {
  it('is the quoted one, word by word', () => {
    expect(definition.map(p => p.text).join('')).toBe(fact('A1').quote)
  })

  it('ties each marked phrase to a slide of the long lecture, in at most 12 words', () => {
    none(definition.filter(p => p.marked || p.alias).flatMap(p => [
      ...(p.alias && aliases.has(p.alias) ? [] : [`data/definition.ts: "${p.text}" leads to "${p.alias}", which is no slide of the long lecture`]),
      ...(p.means && words(p.means) <= 12 ? [] : [`data/definition.ts: "${p.text}" has no meaning of at most 12 words`]),
    ]))
  })
})

describe('goals and sections', () => {
  it('lead to slides of the long lecture', () => {
    none([
      ...goals.filter(g => !aliases.has(g.alias)).map(g => `data/goals.ts: ${g.id} leads to "${g.alias}", which is no slide of the long lecture`),
      ...sections.filter(s => !aliases.has(s.alias)).map(s => `data/sections.ts: ${s.id} starts at "${s.alias}", which is no slide of the long lecture`),
    ])
  })

  it('start each section at its first slide', () => {
    none(sections.flatMap((s) => {
      const first = long.slides.find(slide => slide.section === s.id)
      return first?.alias === s.alias ? [] : [`data/sections.ts: ${s.id} starts at "${s.alias}", its first slide is "${first?.alias}"`]
    }))
  })

  it('stand in lecture order, and every slide belongs to one', () => {
    none([...new Set(slides.map(s => s.section))].flatMap((id, i) => sections[i]?.id === id ? [] : [`section ${i + 1} is "${id}" in the lecture and "${sections[i]?.id}" in data/sections.ts`]))
  })
})

describe('questions', () => {
  it('have ids of their own, and are asked on a slide', () => {
    none([
      ...twice(questions.map(q => q.id)).map(id => `data/questions: ${id} is there twice`),
      ...questions.filter(q => !asked.has(q.id)).map(q => `data/questions: ${q.id} is asked on no slide`),
      ...[...asked].filter(id => !questions.some(q => q.id === id)).map(id => `a slide asks "${id}", which is not in data/questions`),
    ])
  })

  it('have three or four options, exactly one of them right', () => {
    none(questions.flatMap(({ id, options }) => [
      ...(options.length === 3 || options.length === 4 ? [] : [`data/questions: ${id} has ${options.length} options`]),
      ...(options.filter(o => o.right).length === 1 ? [] : [`data/questions: ${id} has ${options.filter(o => o.right).length} right options`]),
    ]))
  })

  it('tie each wrong option to a belief, and reply in at most 22 words', () => {
    none(questions.flatMap(({ id, options }) => options.flatMap(o => [
      ...(o.right || (o.misconception && beliefs.has(o.misconception)) ? [] : [`data/questions: ${id}, "${o.text}" names the belief "${o.misconception}", which is not in data/misconceptions.ts`]),
      ...(o.reply.trim() && words(o.reply) <= 22 ? [] : [`data/questions: ${id}, the reply to "${o.text}" has ${words(o.reply)} words`]),
    ])))
  })
})

describe('misconceptions', () => {
  it('are all confronted, by a question that is asked or by a slide', () => {
    const met = new Set([...questions.filter(q => asked.has(q.id)).flatMap(q => q.options.map(o => o.misconception)), ...long.slides.flatMap(confronted)])
    none(misconceptions.filter(m => !met.has(m.id)).map(m => `data/misconceptions.ts: ${m.id} is confronted nowhere`))
  })

  it('that a slide confronts are known', () => {
    none(slides.flatMap(s => confronted(s).filter(id => !beliefs.has(id)).map(id => `${name(s)}: confronts "${id}", which is not in data/misconceptions.ts`)))
  })
})

describe('glossary', () => {
  it('has ids of its own and short meanings', () => {
    none([
      ...twice(glossary.map(w => w.id)).map(id => `data/glossary.ts: ${id} is there twice`),
      ...glossary.filter(w => words(w.meaning) > 30).map(w => `data/glossary.ts: ${w.id} is explained in ${words(w.meaning)} words`),
    ])
  })

  it('has every word that a slide explains, at most two on one slide', () => {
    const terms = (text: string) => [...text.matchAll(/<Term\s[^>]*?id="([^"]+)"/g)].map(m => m[1]!)
    none([
      ...sources('pages/*.md', 'components/**/*.vue').flatMap(({ file, text }) => terms(text).filter(id => !glossary.some(w => w.id === id)).map(id => `${file}: explains "${id}", which is not in data/glossary.ts`)),
      ...slides.filter(s => terms(s.content).length > 2).map(s => `${name(s)}: explains ${terms(s.content).length} words`),
    ])
  })
})

describe('links between slides', () => {
  it('lead to slides of the long lecture', () => {
    none(sources('pages/*.md', 'components/**/*.vue').flatMap(({ file, text }) => [...text.matchAll(/<SlideLink\s[^>]*?(?<!:)to="([^"]+)"/g)].map(m => m[1]!).filter(to => !aliases.has(to)).map(to => `${file}: links to "${to}", which is no slide of the long lecture`)))
  })
})
