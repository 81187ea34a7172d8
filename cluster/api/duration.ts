// Ages as kubectl prints them. upstream: apimachinery util/duration

const whole = (value: number) => Math.trunc(value)
/** `3m` or, with a rest, `3m5s`. */
const two = (value: number, unit: string, rest: number, restUnit: string) => `${value}${unit}${rest ? `${rest}${restUnit}` : ''}`

/** An age in at most two units: `119s`, `2m1s`, `47h`, `8d`. Up to two seconds before now count as now. @param ms upstream: duration.HumanDuration */
export function humanDuration(ms: number): string {
  const seconds = whole(ms / 1000)
  if (seconds < 0)
    return seconds < -1 ? '<invalid>' : '0s'
  if (seconds < 120)
    return `${seconds}s`
  const minutes = whole(seconds / 60)
  if (minutes < 180)
    return minutes < 10 ? two(minutes, 'm', seconds % 60, 's') : `${minutes}m`
  const hours = whole(minutes / 60)
  if (hours < 48)
    return hours < 8 ? two(hours, 'h', minutes % 60, 'm') : `${hours}h`
  const days = whole(hours / 24)
  if (hours < 24 * 365 * 2)
    return hours < 24 * 8 ? two(days, 'd', hours % 24, 'h') : `${days}d`
  const years = whole(days / 365)
  return years < 8 ? two(years, 'y', days % 365, 'd') : `${years}y`
}

/** An age in one unit. @param ms upstream: duration.ShortHumanDuration */
export function shortHumanDuration(ms: number): string {
  const seconds = whole(ms / 1000)
  if (seconds < 0)
    return seconds < -1 ? '<invalid>' : '0s'
  const steps: [number, string][] = [[60, 's'], [60, 'm'], [24, 'h'], [365, 'd']]
  let value = seconds
  for (const [size, unit] of steps) {
    if (value < size)
      return `${value}${unit}`
    value = whole(value / size)
  }
  return `${value}y`
}
