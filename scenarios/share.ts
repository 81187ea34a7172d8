// One view after another: what says the same is the very same object, so that a picture draws anew only what has changed.

type Parts = Record<string, unknown>
const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null

/** The items of a list by their `uid`, where they have one: what stands elsewhere in a list is no other. */
function byUid(list: readonly unknown[]): ReadonlyMap<unknown, unknown> | undefined {
  return isParts(list[0]) && 'uid' in list[0] ? new Map(list.map(item => [(item as Parts).uid, item])) : undefined
}

/**
 * Plain data with all of its parts that say the same as those of the data before as the very same objects; the data before itself, where all of it does.
 * Items of a list are compared with those of the same `uid`, or else of the same place.
 * @param now may be frozen: it is not changed
 * @param before what was given for the moment before
 */
export function share<T>(now: T, before: unknown): T {
  const isList = Array.isArray(now)
  if (Object.is(now, before) || !isParts(now) || !isParts(before) || isList !== Array.isArray(before))
    return now
  const known = isList ? byUid(before as unknown as readonly unknown[]) : undefined
  const keys = Object.keys(now)
  let same = keys.length === Object.keys(before).length
  let shared: Parts | undefined
  for (const key of keys) {
    const is = now[key]
    const was = before[key]
    if (is === was) {
      same &&= is !== undefined || key in before
      continue
    }
    const part = isParts(is) ? share(is, known ? known.get(is.uid) : was) : is
    same &&= Object.is(part, was)
    if (part !== is && !Object.is(part, is))
      (shared ??= (isList ? [...now as unknown as unknown[]] : { ...now }) as Parts)[key] = part
  }
  return same ? before as T : (shared as T | undefined) ?? now
}
