import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import type { Tellings } from './useTelling.ts'
import { STAY, useTelling } from './useTelling.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const telling = (): Tellings<string> => effectScope().run(() => useTelling())!
const words = ({ said }: Tellings<string>) => said.value.map(each => each.words)

it('what is told together is one paragraph, each thing once', () => {
  const told = telling()
  for (const each of ['a', 'b', 'a', ''])
    told.tell(each)
  expect(words(told)).toEqual([])
  vi.runAllTimers()
  expect(words(told)).toEqual(['a b'])
})

it('what is told later stands below, also where it is the same, and the oldest go', () => {
  const told = telling()
  for (let i = 0; i < STAY + 1; i++) {
    told.tell(i < 2 ? 'same' : String(i))
    vi.runAllTimers()
  }
  expect(words(told)).toEqual(['same', '2', '3', '4'])
  expect(new Set(told.said.value.map(({ no }) => no)).size).toBe(STAY)
})

it('what was about to be told when it is hushed is not told, and what comes next is', () => {
  const told = telling()
  told.tell('old')
  vi.runAllTimers()
  told.tell('late')
  told.hush()
  vi.runAllTimers()
  expect(words(told)).toEqual([])
  told.tell('late')
  vi.runAllTimers()
  expect(words(told)).toEqual(['late'])
})
