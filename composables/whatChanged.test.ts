import { describe, expect, it } from 'vitest'
import { whatChanged } from './whatChanged.ts'

const calm = { sum: ['Two run.', 'None was lost.'], things: ['a runs.', 'b runs.'] }
const after = { sum: ['One runs.', 'None was lost.'], things: ['a runs.', 'b has crashed.'] }
const heard = new Set([...calm.sum, ...calm.things])

describe('what is told of a state', () => {
  it('is how it stands in all, at first', () => expect(whatChanged(new Set(), calm, false)).toBe('Two run. None was lost.'))
  it('is what has changed, and nothing that is as it was', () => expect(whatChanged(heard, after, false)).toBe('One runs. b has crashed.'))
  it('leaves single things to what happened, where that is told', () => expect(whatChanged(heard, after, true)).toBe('One runs.'))
  it('is nothing where nothing changed', () => expect(whatChanged(heard, calm, false)).toBe(''))
  it('is told in one breath, however much has changed', () => {
    const things = [1, 2, 3, 4, 5, 6].map(n => `${n} is new.`)
    expect(whatChanged(heard, { sum: calm.sum, things }, false)).toBe('1 is new. 2 is new. 3 is new. 4 is new. 2 more have changed.')
    expect(whatChanged(heard, { sum: calm.sum, things: things.slice(0, 5) }, false)).toContain('1 more has changed.')
  })
})
