import { describe, expect, it } from 'vitest'
import { sentences, stepWords, whatCame } from './appeared.ts'

describe('what a step has added', () => {
  it('is told in order, each thing once', () => {
    expect(whatCame(['API', 'logic'], ['API', 'logic', 'stopped', 'waits for an answer', 'waits for an answer'])).toBe('stopped; waits for an answer')
  })

  it('counts a word that was there before only as often as it was', () => {
    expect(whatCame(['healthy'], ['healthy', 'healthy'])).toBe('healthy')
  })

  it('leaves out signs and bare numbers, and what goes beyond the limit', () => {
    expect(whatCame([], ['✓', '42', '1.5', 'one two', 'three'], 8)).toBe('one two')
  })

  it('is empty where words only went', () => {
    expect(whatCame(['a word'], [])).toBe('')
  })
})

describe('a drawing with a name that grows', () => {
  it('tells what it grew by', () => {
    expect(whatCame(sentences('A box, 1.5 m high. It is shut.'), sentences('A box, 1.5 m high. It is shut. It opens. Is it empty? Yes.'))).toBe('It opens. Is it empty? Yes.')
  })

  it('tells a sentence of its own where it begins with a number, a small name or a quotation', () => {
    expect(sentences('A box, 1.5 m high. 3 of 4 run. kubelet looks. “Ready” it says.')).toEqual(['A box, 1.5 m high.', '3 of 4 run.', 'kubelet looks.', '“Ready” it says.'])
  })

  it('tells its first sentence, however long', () => {
    expect(whatCame([], ['This sentence is longer than the limit.', 'So it stands alone.'], 10)).toBe('This sentence is longer than the limit.')
  })
})

describe('the number of a step', () => {
  it('comes after what it brings', () => {
    expect(stepWords('stopped; waits', 1, 3)).toBe('stopped; waits. Step 1 of 3')
    expect(stepWords('It opens.', 2, 3)).toBe('It opens. Step 2 of 3')
  })

  it('is not told alone', () => {
    expect(stepWords('', 1, 1)).toBe('')
  })
})
