import { expect, it } from 'vitest'
import { QUARTERS, beginAgain, enlarge, quarter } from './enlarge.ts'

it('goes through the quarters of a slide and back to the whole', () => {
  const seen = Array.from({ length: 5 }, () => {
    enlarge()
    return quarter.value
  })
  expect(seen).toEqual([...QUARTERS.keys(), undefined])
})

it('begins another slide at its top left, if at all', () => {
  beginAgain()
  expect(quarter.value).toBeUndefined()
  enlarge()
  enlarge()
  beginAgain()
  expect(quarter.value).toBe(0)
})
