// That JSON is read as Go reads it: what is right is what JSON.parse says, and what is wrong is told in Go's words.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonError } from './gojson.ts'
import { goJson } from './gojson.ts'

/** What is said of a text, and of which letter. */
function fault(text: string): [string, number] | undefined {
  try {
    goJson(text)
    return undefined
  }
  catch (error) {
    const { message, at } = error as JsonError
    return [message, at]
  }
}

describe('json as Go reads it', () => {
  it('is what it is elsewhere, and nothing else is', () => {
    fc.assert(fc.property(fc.json(), (text) => {
      expect(goJson(text)).toEqual(JSON.parse(text))
    }))
    const mangled = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '\\', '0', '-', '.', 'e', 't', 'u', ' ')).map(([text, place, letter]) => text.slice(0, place % (text.length + 1)) + letter + text.slice(place % (text.length + 1) + 1))
    fc.assert(fc.property(mangled, (text) => {
      const right = (() => {
        try {
          JSON.parse(text)
          return true
        }
        catch {
          return false
        }
      })()
      expect(fault(text) === undefined).toBe(right)
    }), { numRuns: 2000 })
  })

  it('may be as long and as deep as it likes, and is answered', () => {
    expect(fault('['.repeat(1_000_000))).toBeDefined()
    expect(fault(`${'['.repeat(900)}${']'.repeat(900)}`)).toBeUndefined()
  })

  // upstream: encoding/json decode_test.go, scanner_test.go
  it.each([
    ['{spec:{replicas:2}}', 'invalid character \'s\' looking for beginning of object key string', 1],
    ['{"spec":', 'unexpected end of JSON input', 8],
    ['', 'unexpected end of JSON input', 0],
    ['{"X": "foo", "Y"}', 'invalid character \'}\' after object key', 16],
    ['[1, 2, 3+]', 'invalid character \'+\' after array element', 8],
    ['{"a":1 "b":2}', 'invalid character \'"\' after object key:value pair', 7],
    ['{"a":1,}', 'invalid character \'}\' looking for beginning of object key string', 7],
    ['[2, 3', 'unexpected end of JSON input', 5],
    ['{"F3": -}', 'invalid character \'}\' in numeric literal', 8],
    ['{} {}', 'invalid character \'{\' after top-level value', 3],
    ['[tru]', 'invalid character \']\' in literal true (expecting \'e\')', 4],
    ['\'a\'', 'invalid character \'\\\'\' looking for beginning of value', 0],
    ['["a\nb"]', 'invalid character \'\\n\' in string literal', 3],
    ['["\\q"]', 'invalid character \'q\' in string escape code', 3],
  ])('says of %j what is wrong with it', (text, message, at) => {
    expect(fault(text)).toEqual([message, at])
  })
})
