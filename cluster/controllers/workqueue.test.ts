import { describe, expect, it } from 'vitest'
import { notFound } from '../api/errors.ts'
import { attempt, newRetries, reserve, retryDelay, tokenBucket, tryAccept, untilToken } from './workqueue.ts'

describe('a bucket of tokens', () => {
  it('lets a burst through, then one at a time', () => {
    const bucket = tokenBucket(0.1, 2)
    expect([tryAccept(bucket, 0), tryAccept(bucket, 0), tryAccept(bucket, 0)]).toEqual([true, true, false])
    expect(untilToken(bucket, 0)).toBe(10_000)
    expect(tryAccept(bucket, 9_999)).toBe(false)
    expect(tryAccept(bucket, 10_000)).toBe(true)
    expect(untilToken(bucket, 1_000_000)).toBe(0)
  })

  it('promises tokens of the future in turn', () => {
    const bucket = tokenBucket(10, 1)
    expect([reserve(bucket, 0), reserve(bucket, 0), reserve(bucket, 0)]).toEqual([0, 100, 200])
  })

  it('never has any at no rate', () => {
    expect(untilToken(tokenBucket(0, 1), 1e9)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('a queue', () => {
  it('waits longer after each failure, up to a limit', () => {
    expect([0, 1, 2, 10, 30].map(retryDelay)).toEqual([5, 10, 20, 5120, 1_000_000])
  })

  it('tries again what was refused, and forgets it once it went well or too often', () => {
    const delays: number[] = []
    const queue = { now: 0, enqueue: (_: string, after = 0) => void delays.push(after) }
    const retries = newRetries()
    const fail = () => {
      throw notFound('Pod', 'a')
    }
    attempt('a', retries, queue, fail, 2)
    attempt('a', retries, queue, fail, 2)
    expect(retries.failures.get('a')).toBe(2)
    attempt('a', retries, queue, fail, 2)
    expect(delays).toEqual([5, 10])
    expect(retries.failures.size).toBe(0)
    attempt('a', retries, queue, fail)
    attempt('a', retries, queue, () => {})
    expect(retries.failures.size).toBe(0)
  })

  it('lets through what is no refusal', () => {
    expect(() => attempt('a', newRetries(), { now: 0, enqueue: () => {} }, () => {
      throw new TypeError('a mistake')
    })).toThrow(TypeError)
  })
})
