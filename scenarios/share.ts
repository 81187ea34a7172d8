// One view after another: what says the same is the very same object, so that a picture draws anew only what has changed.

type Parts = Record<string, unknown>
const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
const part = (now: unknown, before: unknown) => now !== before && isParts(now) ? share(now, before) : now

/** The items of a list by their `uid`, where they have one: what stands elsewhere in a list is no other. */
function byUid(list: readonly unknown[]): ReadonlyMap<unknown, unknown> | undefined {
  return isParts(list[0]) && 'uid' in list[0] ? new Map(list.map(item => [(item as Parts).uid, item])) : undefined
}

function shareList(now: readonly unknown[], before: readonly unknown[]): readonly unknown[] {
  const known = byUid(before)
  let same = now.length === before.length
  let shared: unknown[] | undefined
  for (let i = 0; i < now.length; i++) {
    const is = now[i]
    const given = part(is, known && isParts(is) ? known.get(is.uid) : before[i])
    same &&= Object.is(given, before[i])
    if (given !== is && isParts(given))
      (shared ??= [...now])[i] = given
  }
  return same ? before : shared ?? now
}

function shareParts(now: Parts, before: Parts): Parts {
  const keys = Object.keys(now)
  let same = keys.length === Object.keys(before).length
  let shared: Parts | undefined
  for (const key of keys) {
    const is = now[key]
    const was = before[key]
    const given = part(is, was)
    same &&= Object.is(given, was) && (was !== undefined || key in before)
    if (given !== is && isParts(given))
      (shared ??= { ...now })[key] = given
  }
  return same ? before : shared ?? now
}

/**
 * Plain data with all of its parts that say the same as those of the data before as the very same objects; the data before itself, where all of it does.
 * Items of a list are compared with those of the same `uid`, or else of the same place.
 * @param now may be frozen: it is not changed
 * @param before what was given for the moment before
 */
export function share<T>(now: T, before: unknown): T {
  if (now === before || !isParts(now) || !isParts(before))
    return now
  const [list, listBefore] = [isList(now), isList(before)]
  if (list !== listBefore)
    return now
  return (list ? shareList(now as readonly unknown[], before as unknown as readonly unknown[]) : shareParts(now, before)) as T
}
