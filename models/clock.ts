// Virtual durations in words.

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Hours and minutes, from a day on days and hours: "6 h 46 min", "4 days 11 h". @param ms virtual ms, not negative */
export function formatLong(ms: number): string {
  const minutes = Math.floor(ms / MINUTE + 1e-9)
  const days = Math.floor(minutes / (24 * 60))
  const hours = Math.floor(minutes / 60) % 24
  if (days > 0)
    return `${days} ${days === 1 ? 'day' : 'days'} ${hours} h`
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`
}
