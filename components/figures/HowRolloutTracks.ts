// The rollout as four lines over a stretched time: no line hides another. Canvas px.

export type Count = 'total' | 'ready' | 'old' | 'fresh'
export type Counts = Record<Count, number>

export interface Chart {
  left: number
  top: number
  /** the height of nothing at all */
  bottom: number
  /** px a told moment takes, and px a Pod takes */
  segment: number
  unit: number
}

/** how far lines of the same value stand apart */
const apart = 4.5
/** a line of nothing lies on the axis, not in it */
const onAxis = 2.5
const keys: readonly Count[] = ['total', 'ready', 'old', 'fresh']

export const valueY = (chart: Chart, n: number) => chart.bottom - n * chart.unit
export const momentX = (chart: Chart, step: number) => chart.left + (step + 1) * chart.segment

interface Run { value: number, from: number, to: number }

/**
 * Every told moment gets a segment of the same width; in it the changes that led to it stand at even distances, and the last
 * bit before its end is quiet, so that no change lies under the mark of now.
 * @param at what is counted at a time in seconds
 * @param moments the told times in seconds, in order; `step` is the last one drawn
 * @returns a path for each line
 */
export function tracks(at: (t: number) => Counts, moments: readonly number[], step: number, chart: Chart): Record<Count, string> {
  const changes: { t: number, x: number, counts: Counts }[] = []
  let before = at(moments[0]! - 0.5)
  moments.slice(0, step + 1).forEach((end, i) => {
    const here: { t: number, counts: Counts }[] = []
    for (let t = (moments[i - 1] ?? end - 0.5) + 0.5; t <= end; t += 0.5) {
      const counts = at(t)
      if (keys.some(k => counts[k] !== before[k]))
        here.push({ t, counts })
      before = counts
    }
    here.forEach((c, k) => changes.push({ ...c, x: chart.left + (i + (k + 1) / (here.length + 1)) * chart.segment }))
  })

  const first = at(moments[0]! - 0.5)
  const right = momentX(chart, step)
  function runs(key: Count): Run[] {
    const list: Run[] = [{ value: first[key], from: chart.left, to: right }]
    for (const c of changes) {
      const last = list.at(-1)!
      if (c.counts[key] !== last.value) {
        last.to = c.x
        list.push({ value: c.counts[key], from: c.x, to: right })
      }
    }
    return list
  }
  const all = Object.fromEntries(keys.map(k => [k, runs(k)])) as Record<Count, Run[]>
  const meets = (run: Run, others: readonly Count[]) => others.some(k => all[k].some(o => o.value === run.value && o.from < run.to && o.to > run.from))

  /** a run keeps its place as long as its value lasts: a step is always a change */
  function y(key: Count, run: Run): number {
    const shift = run.value === 0
      ? -onAxis
      : key === 'total' && meets(run, ['ready', 'fresh'])
        ? -apart
        : key === 'old' && meets(run, ['ready'])
          ? apart
          : key === 'fresh' && meets(run, ['total', 'ready', 'old'])
            ? apart
            : 0
    return valueY(chart, run.value) + shift
  }
  function path(key: Count): string {
    return `${all[key].map((run, i) => {
      // where both fall at once, the old ones fall beside the ready ones
      const beside = i > 0 && key === 'old' && all.ready.some(r => r.from === run.from) ? apart : 0
      return i ? `H${run.from + beside}V${y(key, run)}` : `M${run.from} ${y(key, run)}`
    }).join('')}H${right}`
  }
  return Object.fromEntries(keys.map(k => [k, path(k)])) as Record<Count, string>
}

/** Lines that end at one value share one label. */
export interface EndLabel { value: number, keys: Count[], top: number, height: number }

/**
 * Labels of the lines' ends, top to bottom, each near its value: none touches another, and none comes nearer than `clear`
 * to the lines of the corridor, from `most` down to `least`.
 */
export function endLabels(counts: Counts, chart: Chart, corridor: { most: number, least: number }, row: number, clear: number): EndLabel[] {
  const list: EndLabel[] = []
  for (const key of keys) {
    const same = list.find(l => l.value === counts[key])
    if (same)
      same.keys.push(key)
    else
      list.push({ value: counts[key], keys: [key], top: 0, height: 0 })
  }
  list.sort((a, b) => b.value - a.value)
  const ceiling = valueY(chart, corridor.most) + clear
  const floor = valueY(chart, corridor.least)
  const between = row / 4
  for (const l of list) {
    l.height = l.keys.length * row
    l.top = valueY(chart, l.value) - l.height / 2
  }
  const above = list.filter(l => l.value >= corridor.least)
  const below = list.filter(l => l.value < corridor.least)
  function settle(labels: EndLabel[], from: number, to: number): void {
    let edge = from
    for (const l of labels) {
      l.top = Math.max(l.top, edge)
      edge = l.top + l.height + between
    }
    edge = to
    for (const l of labels.toReversed()) {
      l.top = Math.min(l.top, edge - l.height)
      edge = l.top - between
    }
  }
  settle(above, ceiling, floor - clear)
  settle(below, floor + clear, chart.bottom - between)
  return list
}
