// The adoption chart as Plot draws it: bars in order of time, the pair of one year, and the line that may not be drawn.
import type { Markish, PlotOptions } from '@observablehq/plot'
import type { Family } from '../../data/adoption.ts'
import type { AdoptionView } from '../../models/adoption.ts'
import { dot, link, rectY, ruleY, text } from '@observablehq/plot'
import { charted, families } from '../../data/adoption.ts'

/** Two surveys are left off before the last bar: their place stays empty. */
const GAP = charted.length - 1
export const columns = charted.length + 1
/** the column of a survey, from 0 */
export const columnOf = (survey: string): number => charted.findIndex(r => r.survey === survey) + (charted.findIndex(r => r.survey === survey) >= GAP ? 1 : 0)

const colours: Readonly<Record<Family, string>> = { 1: 'var(--sky)', 2: 'var(--orange)', 3: 'var(--purple)' }
const HALF = 0.43
const [TOP, BOTTOM] = [24, 44]

/** Sizes in canvas px. */
export interface Room { readonly width: number, readonly height: number, readonly marginLeft: number }

/** What Plot is told to draw. Colours of labels come from the style, by the mark's class: the slide's own rule for SVG text is the stronger one. */
export function adoptionPlot(view: AdoptionView, { width, height, marginLeft }: Room): PlotOptions {
  const bars = view.bars.filter(b => b.grown > 0).map(({ row, grown }) => ({ ...row, grown, x: columnOf(row.survey), solid: row.production * grown, top: (row.production + (row.evaluating ?? 0)) * grown }))
  const whole = bars.filter(b => b.grown === 1)
  const steps = view.steps.map(s => ({ x1: columnOf(s.from.survey), x2: columnOf(s.to.survey), y1: s.from.production, y2: s.to.production, lie: s.lie }))
  const lies = steps.filter(s => s.lie)
  /** a plate on each bar says of which kind it is: px */
  const room = height - TOP - BOTTOM
  const plate = (b: typeof bars[number]) => families[b.family as Family].short.includes(' ') ? 42 : 26
  const names = [...charted.map(r => ({ x: columnOf(r.survey), label: r.label.join('\n'), off: !whole.some(b => b.survey === r.survey) })), { x: GAP, label: '2023, 2024\nleft off', off: true }]
  const box = { x1: (b: typeof bars[number]) => b.x - HALF, x2: (b: typeof bars[number]) => b.x + HALF }
  const name = { x: 'x', y: () => 0, dy: 22, text: 'label', fontSize: 16, lineHeight: 1.15 } as const
  return {
    width,
    height,
    marginTop: TOP,
    marginBottom: BOTTOM,
    marginLeft,
    marginRight: 0,
    style: { background: 'none', overflow: 'visible' },
    x: { domain: [-0.5, columns - 0.5], axis: null },
    y: { domain: [0, 100], axis: null },
    marks: [
      ruleY([100], { stroke: 'var(--line-strong)', strokeDasharray: '2 6', strokeWidth: 2 }),
      text([0], { frameAnchor: 'top-left', lineAnchor: 'bottom', dy: -5, text: () => 'of all who answered: solid, in production; outlined, evaluating', fontSize: 16, className: 'soft' }),
      rectY(bars, { ...box, y1: 'solid', y2: 'top', fill: 'var(--ground)', stroke: 'var(--line-strong)', strokeWidth: 2, insetTop: 1, insetLeft: 1, insetRight: 1 }),
      rectY(bars, { ...box, y1: 0, y2: 'solid', fill: b => colours[b.family as Family] }),
      text(whole, { x: 'x', y: () => 0, dy: -59, text: b => `${Math.round(b.production)}%`, fontSize: 22, fontWeight: 700, className: 'on-bar' }),
      ...whole.flatMap(b => [
        rectY([b], { ...box, y1: 0, y2: 100, insetLeft: 5, insetRight: 5, insetBottom: 5, insetTop: room - 5 - plate(b), fill: 'var(--panel)' }),
        text([b], { x: 'x', y: () => 0, dy: -5 - plate(b) / 2, text: () => families[b.family as Family].short.replace(' ', '\n'), fontSize: 16, lineHeight: 1.1 }),
      ]),
      text(whole.filter(b => b.survey === '2018' && !steps.length), { x: 'x', y: b => b.production + (b.evaluating ?? 0) / 2, text: () => 'no box for\n“not using”', fontSize: 15, lineHeight: 1.15, className: 'soft' }),
      ...(view.pair ? pairMarks(view.pair) : []),
      link(steps.filter(s => !s.lie), { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', stroke: 'var(--ink)', strokeWidth: 4 }),
      link(lies, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', stroke: 'var(--broken)', strokeWidth: 3, strokeDasharray: '6 5' }),
      dot(steps.length ? whole : [], { x: 'x', y: 'production', r: 5, fill: 'var(--ink)', stroke: 'var(--ground)', strokeWidth: 2 }),
      dot(lies, { x: s => (s.x1 + s.x2) / 2, y: s => (s.y1 + s.y2) / 2, r: 11, fill: 'var(--ground)', stroke: 'var(--broken)', strokeWidth: 2 }),
      dot(lies, { x: s => (s.x1 + s.x2) / 2, y: s => (s.y1 + s.y2) / 2, r: 6, symbol: 'times', stroke: 'var(--broken)', strokeWidth: 3 }),
      ruleY([0], { stroke: 'var(--line-strong)', strokeWidth: 2 }),
      text(names.filter(n => !n.off), { ...name }),
      text(names.filter(n => n.off), { ...name, className: 'soft' }),
    ],
  }
}

/** Between the two bars of one year: how far they lie apart. */
function pairMarks([low, high]: NonNullable<AdoptionView['pair']>): Markish[] {
  const [from, to] = [columnOf(low.survey), columnOf(high.survey)]
  const points = Math.round(high.production - low.production)
  return [
    link([0], { x1: () => from - HALF, x2: () => to - HALF, y1: () => high.production, y2: () => high.production, stroke: 'var(--ink)', strokeWidth: 3 }),
    link([0], { x1: () => to - 0.5, x2: () => to - 0.5, y1: () => low.production, y2: () => high.production, stroke: 'var(--ink)', strokeWidth: 3 }),
    link([0], { x1: () => from + HALF, x2: () => to - 0.5, y1: () => low.production, y2: () => low.production, stroke: 'var(--ink)', strokeWidth: 3 }),
    text([0], { x: () => from, y: () => (low.production + high.production) / 2, text: () => `${points} points`, fontSize: 16, fontWeight: 700, className: 'apart' }),
  ]
}
