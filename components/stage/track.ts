// The line of the transport bar: virtual time to a place on it and back. Moments keep a distance that a finger can hit.

export interface Track {
  /** @returns 0 to 1 along the line */
  place: (t: number) => number
  /** @returns virtual ms */
  time: (place: number) => number
}

/**
 * Maps time to the line, straight between moments; where moments lie closer than `gap` they are spread.
 * @param duration virtual ms, above 0
 * @param moments their times in order
 * @param gap 0 to 1 of the line; made smaller where there are too many moments for it; 1 spreads them evenly
 */
export function track(duration: number, moments: readonly number[], gap: number): Track {
  const times = [...new Set([0, ...moments, duration])].sort((a, b) => a - b)
  const least = gap >= 1 ? 1 / (times.length - 1) : Math.min(gap, 0.9 / Math.max(1, times.length - 1))
  const places = times.map(t => t / duration)
  for (let i = 1; i < places.length; i++)
    places[i] = Math.max(places[i]!, places[i - 1]! + least)
  places[places.length - 1] = 1
  for (let i = places.length - 2; i >= 0; i--)
    places[i] = Math.min(places[i]!, places[i + 1]! - least)
  places[0] = 0

  function between(x: number, from: readonly number[], to: readonly number[]): number {
    const i = Math.min(from.length - 2, Math.max(0, from.findLastIndex(v => v <= x)))
    const [a, b, c, d] = [from[i]!, from[i + 1]!, to[i]!, to[i + 1]!]
    return b === a ? c : c + (d - c) * Math.min(1, Math.max(0, (x - a) / (b - a)))
  }
  return { place: t => between(t, times, places), time: place => between(place, places, times) }
}
