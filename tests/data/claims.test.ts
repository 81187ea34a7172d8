// Claims known to be wrong do not come back, on a slide or in a drawing.
import { describe, expect, it } from 'vitest'
import { fact } from '../../data/facts.ts'
import { withoutCode } from '../lib/markup.ts'
import { name, slides, sources } from '../lib/project.ts'
import { none } from '../lib/violations.ts'
import { wrongClaims } from './wrong-claims.ts'

const plain = (text: string) => withoutCode(text).replace(/<[^>]+>/g, '').replace(/[*_]/g, '').replace(/\s+/g, ' ')

function found(where: string, text: string): string[] {
  return wrongClaims.flatMap(({ claim, fact }) => {
    const hit = text.match(claim)
    return hit ? [`${where}: "${hit[0].slice(0, 80)}" is wrong, see ${fact}`] : []
  })
}

describe('a claim known to be wrong', () => {
  it('stands on no slide', () => {
    none(slides.flatMap(s => found(name(s), plain(s.content))))
  })

  it('stands in no drawing', () => {
    none(sources('components/**/*.vue', 'data/{cases,timeline,adoption,definition,glossary,goals,sections}.ts').flatMap(({ file, text }) => found(file, text.replace(/\s+/g, ' '))))
  })

  it.each(wrongClaims)('is found by its pattern: $sample', ({ claim, sample }) => {
    expect(sample).toMatch(claim)
  })

  it.each(wrongClaims)('is corrected by a checked fact: $fact', ({ fact: id }) => {
    expect(fact(id).verified).toBe(true)
  })
})
