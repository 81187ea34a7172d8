// A figure of the benchmarks: a ratio beside its limit, as a row of the table in the README and as an entry of results.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { here } from './lib.ts'
import type { Where } from './lib.ts'

export interface Figure {
  readonly name: string
  /** what was measured, with its unit */
  readonly ours: string
  /** what it stands beside: a peer, a limit, the same at another size */
  readonly beside: string
  readonly ratio: number
  /** the ratio may be at most, or must be at least, this; a figure with neither only informs */
  readonly atMost?: number
  readonly atLeast?: number
  /** it fails where it is more than twice the committed figure, and not at its limit, which it is only held beside */
  readonly mayDouble?: true
  /** of how many runs this is the median; absent where it is the same every time */
  readonly runs?: number
}

/** The figures of one part, and how busy the machine was meanwhile. */
export interface Part extends Where {
  readonly figures: readonly Figure[]
}

/** The ratios of results.json as it was committed, by the figures' names. */
export function committed(): ReadonlyMap<string, number> {
  const file = here('results.json')
  const parts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Record<string, Part> : {}
  return new Map(Object.values(parts).flatMap(({ figures }) => figures.map(({ name, ratio }) => [name, ratio] as const)))
}

/** Whether a figure keeps to its limit; true where it has none. */
export const holds = ({ ratio, atMost = Infinity, atLeast = 0 }: Figure): boolean => ratio <= atMost && ratio >= atLeast

/** A number as a person reads it: two digits, or as many as are asked for, with thousands set apart. */
export const round = (value: number, digits = 2): string => Number(value.toPrecision(digits)).toLocaleString('en', { maximumSignificantDigits: digits })
/** Milliseconds, written out. */
export const ms = (value: number): string => `${round(value, Math.max(2, Math.ceil(Math.log10(value + 1))))} ms`

const HEAD = ['what', 'ours', 'beside', 'ratio', 'limit', '']

function row(figure: Figure): string[] {
  const { name, ours, beside, ratio, atMost, atLeast } = figure
  const limit = atMost !== undefined ? `at most ${atMost}` : atLeast !== undefined ? `at least ${atLeast.toLocaleString('en')}` : ''
  return [figure.runs === 1 ? `${name} (one run)` : name, ours, beside, round(ratio, 3), limit, limit ? holds(figure) ? 'holds' : '**missed**' : '']
}

/** The figures as a table in Markdown. */
export const table = (figures: readonly Figure[]): string => [HEAD, HEAD.map(() => '---'), ...figures.map(row)].map(cells => `| ${cells.join(' | ')} |`).join('\n')

/** Between these the README's table is written anew; what stands around them is the author's. */
const MARKED = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/

/**
 * Writes results.json and the README's table; parts that were not measured stay as they were.
 * @param order of the parts in the table
 * @throws Error where the README has lost its marks
 */
export function publish(measured: Readonly<Record<string, Part>>, order: readonly string[]): void {
  const file = here('results.json')
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Record<string, Part> : {}
  const parts = Object.fromEntries(order.filter(name => measured[name] ?? before[name]).map(name => [name, measured[name] ?? before[name]!]))
  writeFileSync(file, `${JSON.stringify(parts, null, 2)}\n`)
  const readme = here('../README.md')
  const text = readFileSync(readme, 'utf8')
  if (!MARKED.test(text))
    throw new Error('README.md has no place for the table: <!-- bench --> and <!-- /bench -->')
  const all = Object.values(parts)
  const { node, cores, cpu } = all[0]!
  const busy = Math.max(...all.map(each => each.busy))
  const note = `Medians, with Node ${node} on ${cores} × ${cpu}${busy > 2 * cores ? `, which was very busy with other things meanwhile (load up to ${round(busy)})` : ''}. Limits are held against CPU time (user and system, all threads).`
  writeFileSync(readme, text.replace(MARKED, (_, open: string, close: string) => `${open}\n${table(all.flatMap(each => each.figures))}\n\n${note}\n\n${close}`))
}
