import { expect, it } from 'vitest'
import { activate, backOff, emptyQueue, flush, forget, move, ready, refused, take } from './queue.ts'

const none = new Set<string>()
const always = () => true

it('tries Pods in the order in which they came, each once', () => {
  const queue = emptyQueue()
  for (const key of ['a', 'b', 'a', 'c'])
    activate(queue, key)
  forget(queue, 'b')
  expect([take(queue), take(queue), take(queue)]).toEqual(['a', 'c', undefined])
})

it('backs off 1 s, 2 s, 4 s, 8 s, then 10 s', () => expect([1, 2, 3, 4, 5, 50].map(backOff)).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]))

it('leaves a refused Pod alone until something changes', () => {
  const queue = emptyQueue()
  refused(queue, 'a', 0, none)
  expect(ready(queue)).toBe(false)
  move(queue, 5000, () => false)
  expect(ready(queue)).toBe(false)
  move(queue, 5000, always)
  expect(take(queue)).toBe('a')
})

it('tries a Pod that backs off only when no other waits', () => {
  const queue = emptyQueue()
  refused(queue, 'a', 0, none)
  refused(queue, 'b', 0, none)
  refused(queue, 'b', 0, none)
  move(queue, 100, always)
  activate(queue, 'c')
  expect([take(queue), take(queue), take(queue), take(queue)]).toEqual(['c', 'a', 'b', undefined])
})

it('tries everything again after five minutes', () => {
  const queue = emptyQueue()
  refused(queue, 'a', 0, none)
  flush(queue, 299_999)
  expect(ready(queue)).toBe(false)
  flush(queue, 300_000)
  expect(take(queue)).toBe('a')
})
