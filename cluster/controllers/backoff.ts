// Delays that double from one time to the next and start over after a long rest. upstream: client-go util/flowcontrol.Backoff

/** One thing's delay. Plain data. */
export interface BackoffEntry {
  /** ms */
  delay: number
  /** when it was set, virtual ms */
  updated: number
}

/** Delays by id. Plain data. */
export interface Backoff {
  /** the first delay, ms */
  readonly base: number
  /** the longest delay, ms */
  readonly max: number
  readonly entries: Map<string, BackoffEntry>
}

export const newBackoff = (base: number, max: number): Backoff => ({ base, max, entries: new Map() })

/** Whether a delay was set so long ago that it starts over: more than twice the longest delay. @param now virtual ms */
const expired = ({ max }: Backoff, { updated }: BackoffEntry, now: number) => now - updated > 2 * max

/** The present delay, ms; 0 where there was none yet. upstream: Backoff.Get */
export const backoffDelay = (backoff: Backoff, id: string): number => backoff.entries.get(id)?.delay ?? 0

/**
 * Moves on to the next delay.
 * @param now virtual ms
 * @param since of what the rest is measured, virtual ms: for a container, when it ended. upstream: Backoff.Next(id, eventTime)
 */
export function nextBackoff(backoff: Backoff, id: string, now: number, since = now): void {
  const entry = backoff.entries.get(id)
  const delay = !entry || expired(backoff, entry, since) ? backoff.base : Math.min(entry.delay * 2, backoff.max)
  backoff.entries.set(id, { delay, updated: now })
}

/** Whether the delay, counted from an event, still runs. @param since when the event was, virtual ms. upstream: Backoff.IsInBackOffSince */
export function inBackoffSince(backoff: Backoff, id: string, since: number, now: number): boolean {
  const entry = backoff.entries.get(id)
  return !!entry && !expired(backoff, entry, since) && now - since < entry.delay
}

/** Whether the delay, counted from when it was set, still runs. @param now virtual ms. upstream: Backoff.IsInBackOffSinceUpdate */
export function inBackoff(backoff: Backoff, id: string, now: number): boolean {
  const entry = backoff.entries.get(id)
  return !!entry && !expired(backoff, entry, now) && now - entry.updated < entry.delay
}
