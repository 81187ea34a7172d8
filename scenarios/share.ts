// One view after another: what says the same is the very same object, so that a picture draws anew only what has changed.

/**
 * Plain data with all of its parts that say the same as those of the data before as the very same objects; the data before itself, where all of it does.
 * @param now may be frozen: it is not changed
 * @param before what was given for the moment before
 */
export function share<T>(now: T, before: unknown): T {
  if (Object.is(now, before))
    return now
  if (typeof now !== 'object' || typeof before !== 'object' || !now || !before || Array.isArray(now) !== Array.isArray(before))
    return now
  const was = before as Readonly<Record<string, unknown>>
  const is = now as Readonly<Record<string, unknown>>
  const keys = Object.keys(now)
  let same = keys.length === Object.keys(before).length
  let shared: Record<string, unknown> | undefined
  for (const key of keys) {
    const part = share(is[key], was[key])
    same &&= Object.is(part, was[key]) && (part !== undefined || key in was)
    if (!Object.is(part, is[key]))
      (shared ??= (Array.isArray(now) ? [...now] : { ...now }) as Record<string, unknown>)[key] = part
  }
  return same ? before as T : (shared as T | undefined) ?? now
}
