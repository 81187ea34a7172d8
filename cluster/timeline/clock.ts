// Virtual time as stamps: whole milliseconds from 0, which is 2026-01-01T00:00:00Z.

/** Days from 1970-01-01 to 2026-01-01. */
const START_DAY = 20_454
const DAY = 86_400_000

/** Year, month (1 to 12) and day of a day counted from 1970-01-01. After Howard Hinnant's civil_from_days. */
function civil(days: number): [number, number, number] {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1]
}

function dayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yoe = y - era * 400
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468
}

/** The day of the week of a virtual time. */
export const weekday = (ms: number): string => ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'][((Math.floor(ms / DAY) % 7) + 7) % 7]!

const pad = (value: number, width: number) => String(value).padStart(width, '0')
/** 0 to 59 with two digits. */
const SIXTY = Array.from({ length: 60 }, (_, i) => pad(i, 2))

let lastDay = Number.NaN
let lastDate = ''

function seconds(ms: number): string {
  const day = Math.floor(ms / DAY)
  const rest = Math.floor((ms - day * DAY) / 1000)
  if (day !== lastDay) {
    const [y, m, d] = civil(day + START_DAY)
    lastDay = day
    lastDate = `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}T`
  }
  return `${lastDate}${SIXTY[Math.floor(rest / 3600)]}:${SIXTY[Math.floor(rest / 60) % 60]}:${SIXTY[rest % 60]}`
}

let lastSecond = Number.NaN
let lastStamp = ''

/** The API's stamp of a virtual time: whole seconds, rounded down, as metav1.Time is written. @param ms virtual ms */
export function stamp(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== lastSecond) {
    lastSecond = second
    lastStamp = `${seconds(ms)}Z`
  }
  return lastStamp
}

/** The stamp with microseconds, as metav1.MicroTime is written (Leases, events). @param ms virtual ms */
export function microStamp(ms: number): string {
  return `${stamp(ms).slice(0, -1)}.${pad(Math.floor(ms) - Math.floor(ms / 1000) * 1000, 3)}000Z`
}

/** Virtual ms of a stamp, with or without a fraction of a second; NaN where there is none or it is not a stamp in UTC. */
export function parseStamp(text: string | undefined): number {
  if (!text || !STAMP.test(text))
    return Number.NaN
  const day = dayOf(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)) - START_DAY
  const second = (digits(text, 11, 13) * 60 + digits(text, 14, 16)) * 60 + digits(text, 17, 19)
  return day * DAY + second * 1000 + (text.length > WHOLE ? Math.floor(Number(text.slice(19, -1)) * 1000 + 1e-6) : 0)
}

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
/** The length of a stamp of whole seconds. */
const WHOLE = 20

/** The number that these digits of a text are. */
function digits(text: string, from: number, to: number): number {
  let out = 0
  for (let i = from; i < to; i++)
    out = out * 10 + text.charCodeAt(i) - 48
  return out
}
