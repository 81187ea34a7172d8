// Creating many things carefully: one, then two, then four, until something fails. upstream: replicaset.slowStartBatch

export interface Batches<E> {
  readonly successes: number
  readonly calls: number
  /** the first of the batch that failed */
  readonly error?: E
}

/** Calls in batches of 1, 2, 4 …; the batch in which one fails is the last. @param call gives what failed, undefined where nothing did */
export function slowStart<E>(count: number, call: () => E | undefined): Batches<E> {
  let calls = 0
  let successes = 0
  for (let size = Math.min(count, 1), left = count; size > 0; size = Math.min(2 * size, left)) {
    let error: E | undefined
    for (let i = 0; i < size; i++) {
      const failed = call()
      calls++
      if (failed === undefined)
        successes++
      else
        error ??= failed
    }
    if (error !== undefined)
      return { successes, calls, error }
    left -= size
  }
  return { successes, calls }
}
