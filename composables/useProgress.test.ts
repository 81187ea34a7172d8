// What a browser kept of the exercises.
import { describe, expect, it } from 'vitest'
import { readProgress } from './useProgress.ts'

describe('progress kept in the browser', () => {
  it('is read as it was written', () => expect(readProgress('{"version":1,"solved":["a","b"]}')).toEqual(['a', 'b']))
  it('counts for nothing where it is bad, of another version or not there', () => {
    for (const text of [null, '', '{', '[]', '7', '{"version":2,"solved":["a"]}', '{"version":1,"solved":{"a":1}}'])
      expect(readProgress(text)).toEqual([])
  })
  it('passes over what is no name', () => expect(readProgress('{"version":1,"solved":["a",1,null]}')).toEqual(['a']))
})
