// The adoption chart as Plot draws it: bars in order of time, the pair of one year, and the line that may not be drawn.
import type { Markish, PlotOptions } from '@observablehq/plot'
import type { ChartedRow, Family } from '../../data/adoption.ts'
import type { AdoptionView } from '../../models/adoption.ts'
import { dot, link, rectY, ruleX, ruleY, text } from '@observablehq/plot'
import { charted, families } from '../../data/adoption.ts'

/** Two surveys are left off before the last bar: their place has no bar. */
const GAP = charted.length - 1
export const columns = charted.length + 1
/** the column of a survey, from 0 */
export const columnOf = (survey: string): number => charted.findIndex(r => r.survey === survey) + (charted.findIndex(r => r.survey === survey) >= GAP ? 1 : 0)

export const colours: Readonly<Record<Family, string>> = { 1: 'var(--sky)', 2: 'var(--orange)', 3: 'var(--purple)' }
const HALF = 0.43
/** canvas px: over the bars, for the key and for what is to be said of a line */
const TOP = 64
/** under them, for the years and how many answered */
const BOTTOM = 62
/** over the bars on paper, whose key stands apart */
const TOP_ON_PAPER = 40
/** percent: the top of the scale */
const FULL = 100
/** under the empty column, and in it */
export const gapName = ['2023, 2024', 'left off'] as const
const gapWhy = 'no sure\nsource'
/** the same on paper, whole: no note stands below */
const gapOnPaper = '2023: of\nwhom is\nunclear;\n2024: no\nsource\nfound'
/** canvas px: of all words in the chart but the percentages */
const WORDS = 15

/** Sizes in canvas px. */
export interface Room { readonly width: number, readonly height: number, readonly marginLeft: number }

type Bar = ChartedRow & { grown: number, x: number, solid: number, top: number }
const box = { x1: (b: Bar) => b.x - HALF, x2: (b: Bar) => b.x + HALF }

/** What Plot is told to draw. Colours of labels come from the style, by the mark's class: the slide's own rule for SVG text is the stronger one. */
export function adoptionPlot(view: AdoptionView, { width, height, marginLeft }: Room): PlotOptions {
  const all: Bar[] = view.bars.map(({ row, grown }) => ({ ...row, grown, x: columnOf(row.survey), solid: row.production * grown, top: (row.production + (row.evaluating ?? 0)) * grown }))
  const bars = all.filter(b => b.grown > 0)
  const whole = all.filter(b => b.grown === 1)
  /** beside the heads of a table the bars are narrower, and the table has their names and how many answered */
  const small = marginLeft > 0
  const bottom = small ? 4 : BOTTOM
  const top = small ? TOP_ON_PAPER : TOP
  /** the pair of one year is measured while nothing else is: neither a line, nor who is asked of container users */
  const pair = view.steps.length || view.on.containers ? undefined : view.pair
  const joined = new Set(view.steps.flatMap(s => [s.from.survey, s.to.survey]))
  /** how many try it out is not told of all */
  const untold = small ? [] : whole.filter(b => b.evaluating === undefined)
  const names = [...charted.map(r => ({ x: columnOf(r.survey), label: r.label.join('\n').trim(), off: !whole.some(b => b.survey === r.survey) })), { x: GAP, label: '2023–24', off: true }]
  const name = { x: 'x', y: () => 0, dy: 6, lineAnchor: 'top', text: 'label', fontSize: WORDS, lineHeight: 1.15, fontWeight: 600 } as const
  return {
    width,
    height,
    marginTop: top,
    marginBottom: bottom,
    marginLeft,
    marginRight: 0,
    style: { background: 'none', overflow: 'visible' },
    x: { domain: [-0.5, columns - 0.5], axis: null },
    y: { domain: [0, FULL], axis: null },
    marks: [
      ruleY([FULL], { stroke: 'var(--line-strong)', strokeDasharray: '2 6', strokeWidth: 2 }),
      text([`${FULL}%`], { x: () => -0.5, y: () => FULL, ...small ? { dx: -8, lineAnchor: 'middle', textAnchor: 'end' } : { dy: -5, lineAnchor: 'bottom', textAnchor: 'start' }, text: full => full, fontSize: WORDS, className: 'soft' }),
      rectY(bars, { ...box, y1: 'solid', y2: 'top', fill: 'var(--ground)', stroke: 'var(--line-strong)', strokeWidth: 2, insetTop: 1, insetLeft: 1, insetRight: 1 }),
      rectY(bars, { ...box, y1: 0, y2: 'solid', fill: b => colours[b.family as Family] }),
      // the number under the top of what it counts, at one place whether a line goes through it or not
      text(whole, { x: 'x', y: 'solid', dy: 30, text: b => `${Math.round(b.production)}%`, fontSize: 22, fontWeight: 700, className: 'on-bar' }),
      // its kind at its foot
      text(whole, { x: 'x', y: () => 0, dy: -9, lineAnchor: 'bottom', text: b => families[b.family as Family].short, fontSize: small ? 14 : 16, fontWeight: 600, lineHeight: 1.1, className: 'on-bar' }),
      text(untold, { x: b => b.x + HALF, y: 'solid', dy: -6, lineAnchor: 'bottom', textAnchor: 'end', text: () => 'trying: not told', fontSize: 14, className: 'soft' }),
      text(view.counted ? [] : [small ? gapOnPaper : gapWhy], { x: () => GAP, y: () => 0, dy: -8, lineAnchor: 'bottom', text: why => why, fontSize: small ? 14 : WORDS, lineHeight: 1.15, className: 'soft' }),
      ...(pair ? pairMarks(pair) : []),
      ...(view.steps.length ? lineMarks(view, whole.filter(b => joined.has(b.survey))) : []),
      ...(whole.length ? [] : [text(['no survey is switched on'], { x: () => (columns - 1) / 2, y: () => FULL / 2, text: words => words, fontSize: 18, className: 'soft' })]),
      ruleY([0], { stroke: 'var(--line-strong)', strokeWidth: 2 }),
      text(small ? [] : names.filter(n => !n.off), { ...name }),
      text(small ? [] : names.filter(n => n.off), { ...name, className: 'soft' }),
      text(small ? [] : whole, { x: 'x', y: () => 0, dy: 51, text: b => b.base ? `n = ${b.base.toLocaleString('en')}` : `part of ${b.sample}`, fontSize: WORDS, className: 'soft' }),
      text(small ? [] : [gapName[1]], { x: () => GAP, y: () => 0, dy: 31, text: words => words, fontSize: WORDS, className: 'soft' }),
    ],
  }
}

/** One line through all: whole where like is compared with like, dashed and crossed out where not; from each mark a thread leads up to the words over it. */
function lineMarks({ steps: made }: AdoptionView, whole: readonly Bar[]): Markish[] {
  const ends = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2' } as const
  const steps = made.map(s => ({ x1: columnOf(s.from.survey), x2: columnOf(s.to.survey), y1: s.from.production, y2: s.to.production, lie: s.lie }))
  const lies = steps.filter(s => s.lie)
  const fair = steps.filter(s => !s.lie)
  const half = { x: (s: typeof steps[number]) => (s.x1 + s.x2) / 2, y: (s: typeof steps[number]) => (s.y1 + s.y2) / 2 }
  const thread = { x: half.x, y1: half.y, y2: () => FULL, insetTop: -4, strokeWidth: 2 }
  const signed = (those: typeof steps, sign: string, className: string, stroke: string) => [
    ruleX(those, { ...thread, stroke }),
    dot(those, { ...half, r: 12, fill: 'var(--ground)', stroke, strokeWidth: 3 }),
    text(those, { ...half, text: () => sign, fontSize: 16, fontWeight: 700, className }),
  ]
  return [
    // the ground stands out a little around the line, dash by dash: on a light bar of the dark theme it would not be seen, and a band along all of it would cut the bar
    link(fair, { ...ends, stroke: 'var(--ground)', strokeWidth: 7 }),
    link(lies, { ...ends, stroke: 'var(--ground)', strokeWidth: 6, strokeDasharray: '8 3', strokeDashoffset: 1 }),
    link(fair, { ...ends, stroke: 'var(--ink)', strokeWidth: 4 }),
    link(lies, { ...ends, stroke: 'var(--ink)', strokeWidth: 3, strokeDasharray: '6 5' }),
    dot(whole, { x: 'x', y: 'production', r: 6, fill: 'var(--ink)', stroke: 'var(--ground)', strokeWidth: 2 }),
    ...signed(lies, '✕', 'wrong', 'var(--broken)'),
    ...signed(fair, '=', 'fair', 'var(--ink)'),
  ]
}

/** How far the two bars of one year lie apart: the level of the higher, carried over the lower, between both the measure, and over it how many points. */
function pairMarks([low, high]: NonNullable<AdoptionView['pair']>): Markish[] {
  const [from, to] = [columnOf(low.survey), columnOf(high.survey)]
  const points = Math.round(high.production - low.production)
  const line = (x1: number, x2: number, y1: number, y2: number, dashes?: string) => link([0], { x1: () => x1, x2: () => x2, y1: () => y1, y2: () => y2, stroke: 'var(--ink)', strokeWidth: 3, strokeDasharray: dashes })
  return [
    line(from - HALF, to - HALF, high.production, high.production, '5 4'),
    line(from, from, low.production, high.production),
    // the words stand over all bars: within its outline they would count those who try it out
    ruleX([0], { x: () => from, y1: () => high.production, y2: () => FULL, insetTop: -4, stroke: 'var(--ink)', strokeWidth: 2, strokeDasharray: '2 3' }),
    text([0], { x: () => from, y: () => FULL, dy: -8, lineAnchor: 'bottom', text: () => `${points} points`, fontSize: 14, fontWeight: 700 }),
  ]
}
