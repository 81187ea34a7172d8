import { describe, expect, it } from 'vitest'
import { whatCame } from './appeared.ts'

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
