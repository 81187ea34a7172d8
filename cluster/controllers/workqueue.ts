// How often a controller may try: retries that wait longer each time, and a bucket of tokens. upstream: client-go util/workqueue, util/flowcontrol
import { ApiError } from '../api/errors.ts'

/** Lets `burst` through at once, then `qps` a second. Plain data. */
export interface TokenBucket {
  readonly qps: number
  readonly burst: number
  /** below 0: promised already */
  tokens: number
  /** when the tokens were counted, virtual ms */
  at: number
}

/** @param qps tokens a second; 0: never any */
export const tokenBucket = (qps: number, burst: number, now = 0): TokenBucket => ({ qps, burst, tokens: qps > 0 ? burst : 0, at: now })

function refill(bucket: TokenBucket, now: number) {
  bucket.tokens = Math.min(bucket.burst, bucket.tokens + (now - bucket.at) * bucket.qps / 1000)
  bucket.at = now
}

/** Milliseconds until there is a whole token: 0 where there is, Infinity where there never will be. */
export function untilToken(bucket: TokenBucket, now: number): number {
  refill(bucket, now)
  return bucket.tokens >= 1 - 1e-9 ? 0 : bucket.qps > 0 ? Math.ceil((1 - bucket.tokens) * 1000 / bucket.qps - 1e-6) : Number.POSITIVE_INFINITY
}

/** Takes a token if there is one. upstream: rate.Limiter.Allow */
export function tryAccept(bucket: TokenBucket, now: number): boolean {
  const has = untilToken(bucket, now) === 0
  if (has)
    bucket.tokens--
  return has
}

/** Takes a token, perhaps one of the future: milliseconds until it is there. upstream: rate.Limiter.Reserve */
export function reserve(bucket: TokenBucket, now: number): number {
  const wait = untilToken(bucket, now)
  bucket.tokens--
  return wait
}

const FIRST_RETRY = 5
const LAST_RETRY = 1_000_000

/** Milliseconds before a key is tried again that failed so many times before. upstream: ItemExponentialFailureRateLimiter */
export const retryDelay = (failures: number): number => Math.min(FIRST_RETRY * 2 ** failures, LAST_RETRY)

/** What a controller's queue remembers of failures. Plain data. */
export interface Retries {
  readonly failures: Map<string, number>
  readonly bucket: TokenBucket
}

/** upstream: DefaultTypedControllerRateLimiter: 5 ms doubling to 1000 s, and 10 a second after the first 100 */
export const newRetries = (): Retries => ({ failures: new Map(), bucket: tokenBucket(10, 100) })

/** Puts a key back with the delay that its failures ask for. upstream: AddRateLimited */
function enqueueLimited(key: string, retries: Retries, { now, enqueue }: Queue): void {
  const failures = retries.failures.get(key) ?? 0
  retries.failures.set(key, failures + 1)
  enqueue(key, Math.max(retryDelay(failures), reserve(retries.bucket, now)))
}

interface Queue { readonly now: number, readonly enqueue: (key: string, afterMs?: number) => void }

/**
 * Syncs a key; where the API server refuses something, tries again later, at most `limit` times in a row.
 * @throws whatever is no refusal
 */
export function attempt(key: string, retries: Retries, queue: Queue, sync: () => void, limit = Number.POSITIVE_INFINITY): void {
  try {
    sync()
  }
  catch (error) {
    if (!(error instanceof ApiError))
      throw error
    if ((retries.failures.get(key) ?? 0) < limit)
      return enqueueLimited(key, retries, queue)
  }
  retries.failures.delete(key)
}
