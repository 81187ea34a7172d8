// The facts themselves, and every place that names one.
import { describe, expect, it } from 'vitest'
import { adoption } from '../../data/adoption.ts'
import { fact, facts, factsOf } from '../../data/facts.ts'
import list from '../../data/facts.json' with { type: 'json' }
import { sources } from '../lib/project.ts'
import { none } from '../lib/violations.ts'

const uses = [
  /<Fact\s[^>]*?\bid="([^"]+)"/g,
  /<Source\s[^>]*?\bids="([^"]+)"/g,
  /(?<![:\w])data-fact="([^"]+)"/g,
  /\bfacts?: '([^']+)'/g,
  /\bfact\('([^']+)'\)/g,
]

describe('facts', () => {
  it('have ids of their own', () => {
    none(list.map(f => f.id).filter((id, i, all) => all.indexOf(id) < i).map(id => `data/facts.json: ${id} is there twice`))
  })

  it('that are verified say where they were read', () => {
    none(list.filter(f => f.verified && !f.source.title.trim()).map(f => `data/facts.json: ${f.id} has no source`))
  })

  it('that are named anywhere exist and are verified', () => {
    const files = sources('pages/*.md', 'components/**/*.vue', 'data/**/*.ts', 'models/**/*.ts', 'scenarios/**/*.ts', 'cluster/**/*.ts').filter(({ file }) => !file.endsWith('.test.ts'))
    none(files.flatMap(({ file, text }) => uses.flatMap(use => [...text.matchAll(use)]).flatMap(match => match[1]!.split(/[\s,]+/).filter(Boolean))
      .filter(id => !facts.get(id)?.verified)
      .map(id => `${file}: names ${id}, which is ${facts.has(id) ? 'not verified' : 'no fact'}`)))
  })

  it('are refused where they are unknown or unverified', () => {
    const unverified = list.find(f => !f.verified)!.id
    expect(() => fact('no-such')).toThrow(/no fact "no-such"/)
    expect(() => fact(unverified)).toThrow(/not verified/)
    expect(factsOf('B1, B2').map(f => f.id)).toEqual(['B1', 'B2'])
  })
})

describe('the adoption chart', () => {
  it('has the numbers of data/adoption.csv', () => {
    const [head = '', ...rows] = sources('data/adoption.csv')[0]!.text.trim().split('\n')
    const columns = head.split(',')
    const csv = rows.map(row => Object.fromEntries(row.split(',').map((cell, i) => [columns[i]!, cell])))
    none(adoption.flatMap((row) => {
      const found = csv.find(c => c.survey === row.survey)
      if (!found)
        return [`data/adoption.ts: ${row.survey} is not in adoption.csv`]
      const pairs = [
        ['production', row.production, found.kubernetes_production_pct],
        ['evaluating', row.evaluating, found.kubernetes_evaluating_or_pilot_pct],
        ['base', row.base, found.k8s_base_n],
        ['family', row.family, found.family === '-' ? undefined : found.family],
      ] as const
      return pairs.filter(([, ours, theirs]) => ours !== undefined && ours !== Number(theirs)).map(([what, ours, theirs]) => `data/adoption.ts: ${row.survey} ${what} is ${ours}, in adoption.csv ${theirs}`)
    }))
  })
})
