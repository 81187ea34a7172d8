// What those who hear a diagram are told of a state: what is other than when they were told of it last, and not all of it again.

/** What is to be seen, in sentences of one thing each: how it stands in all, and then thing by thing. */
export interface Sentences {
  readonly sum: readonly string[]
  readonly things: readonly string[]
}

/** how many are told at once of what changed */
const MOST = 4

/**
 * Of what is to be seen, what is other than it was.
 * @param before what was to be seen when it was told last; empty where nothing was yet: how it stands in all is told then
 * @param explained what happened is told with it: single things need not be told, too
 */
export function whatChanged(before: ReadonlySet<string>, { sum, things }: Sentences, explained: boolean): string {
  const fresh = (list: readonly string[]) => list.filter(sentence => sentence && !before.has(sentence))
  const told = [...fresh(sum), ...explained || !before.size ? [] : fresh(things)]
  const more = told.length - MOST
  return [...told.slice(0, MOST), ...more > 0 ? [`${more} more ${more === 1 ? 'has' : 'have'} changed.`] : []].join(' ')
}
