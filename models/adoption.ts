// Who runs Kubernetes, told in scenes: families of surveys come in one by one, and a line through all years shows why it lies.
// The percentages are data/adoption.ts's, each with its fact; what may be joined is judged here (D11; D6, D2, D7, D10).
import type { ChartedRow, Family } from '../data/adoption.ts'
import type { Intervention, Moment, Story, StoryEvent } from './story.ts'
import { charted, families } from '../data/adoption.ts'
import { clampTime } from './story.ts'

/** What can be switched: a family of surveys, or the line through all that is shown. */
export const switches = ['list', 'direct', 'containers', 'line'] as const
export type Switch = typeof switches[number]
type State = Readonly<Record<Switch, boolean>>

export const familyOf: Readonly<Record<Exclude<Switch, 'line'>, Family>> = { list: 1, direct: 2, containers: 3 }
const switchOf = (family: Family) => switches[family - 1]!

/** virtual ms from one scene to the next */
const SCENE = 6000

interface Scene { readonly id: string, readonly on: readonly Switch[], readonly sentence: string }

/** What may be said when all has been shown: of those asked directly, all and end users (facts D5, D7). */
const safe = 'Safe to say of 2021–22: about six in ten of those asked directly.'

/** Each moment begins a scene, and sets the switches anew. */
const scenes: readonly Scene[] = [
  { id: 'list', on: ['list'], sentence: 'From 58 to about 80 percent. But in 2018 the list had no box for “not using”: 58 + 42 = 100.' },
  { id: 'direct', on: ['list', 'direct'], sentence: 'A direct question, asked of others: 60 percent; a year later 57, or 64 of end users (no vendors).' },
  { id: 'pair', on: ['list', 'direct'], sentence: 'One foundation, one year, two answers: another question and another sample make 20 points.' },
  { id: 'line', on: ['list', 'direct', 'line'], sentence: 'One line through all:' },
  { id: 'containers', on: ['list', 'direct', 'containers'], sentence: `2025: 82 percent of container users. ${safe}` },
]

/** From one bar to the next. */
export interface Step {
  readonly from: ChartedRow
  readonly to: ChartedRow
  /** why the two must not be compared; undefined where they may */
  readonly lie?: string
}

export interface AdoptionView {
  /** virtual ms */
  readonly t: number
  readonly on: State
  /** the bars, each with how far it has grown: 0 to 1 */
  readonly bars: readonly { readonly row: ChartedRow, readonly grown: number }[]
  /** the steps of the line through all bars; empty where it is not asked for */
  readonly steps: readonly Step[]
  /** both bars of 2021 are there to be compared: the earlier, the later */
  readonly pair?: readonly [ChartedRow, ChartedRow]
}

/** Why a line from one bar to the next would lie; undefined where it would not. */
export function lieOf(from: ChartedRow, to: ChartedRow): string | undefined {
  if (from.family === to.family)
    return to.apart
  return to.family === 3 ? 'container users' : 'new question, new people'
}

/** A line from bar to bar, each step judged. */
export function stepsThrough(rows: readonly ChartedRow[]): Step[] {
  return rows.slice(1).map((to, i) => ({ from: rows[i]!, to, lie: lieOf(rows[i]!, to) }))
}

/** Every reason once, in the order of the steps. */
export function lies(steps: readonly Step[]): string[] {
  return [...new Set(steps.flatMap(s => s.lie ?? []))]
}

/** The letter of a reason among those of a line: its first is "a". */
export function letterOf(steps: readonly Step[], lie: string): string {
  return String.fromCharCode(97 + lies(steps).indexOf(lie))
}

/** What is to be said of a line. */
export function verdict(steps: readonly Step[]): string {
  const fair = steps.filter(s => !s.lie).length
  if (!steps.length)
    return 'with fewer than two bars there is no line'
  return `of its ${steps.length} ${steps.length === 1 ? 'step' : 'steps'} ${fair ? `only ${fair}` : 'none'} ${fair < 2 ? 'compares' : 'compare'} like with like`
}

interface Deed { readonly at: number, readonly which: Switch, readonly to: boolean }

/** The switches as a scene sets them. */
const set = (scene: Scene): State => Object.fromEntries(switches.map(s => [s, scene.on.includes(s)])) as State & Record<Switch, boolean>

const twins = charted.filter(r => r.label[0] === '2021') as [ChartedRow, ChartedRow]

function tell(deeds: readonly Deed[]): Story<AdoptionView> {
  const duration = SCENE * (scenes.length - 1)

  function at(time: number): AdoptionView {
    const t = clampTime({ duration }, time)
    const no = Math.floor(t / SCENE)
    const coming = scenes[no + 1]
    const way = (t - no * SCENE) / SCENE
    const made = deeds.filter(d => d.at >= no * SCENE && d.at <= t)
    const on: State = { ...set(scenes[no]!), ...Object.fromEntries(made.map(d => [d.which, d.to])) }
    // what the next scene brings grows on the way to it; what was switched by hand is there at once
    const grown = (which: Switch) => on[which] ? 1 : coming?.on.includes(which) && !made.some(d => d.which === which) ? way : 0
    const bars = charted.map(row => ({ row, grown: grown(switchOf(row.family)) }))
    const whole = bars.filter(b => b.grown === 1).map(b => b.row)
    return {
      t,
      on,
      bars,
      steps: on.line ? stepsThrough(whole) : [],
      pair: no >= scenes.findIndex(s => s.id === 'pair') && !on.line && twins.every(r => whole.includes(r)) ? twins : undefined,
    }
  }

  /** a line is told with what is to be said of it */
  const sentenceOf = ({ on, sentence }: Scene) => on.includes('line') ? `${sentence} ${verdict(stepsThrough(charted.filter(r => on.includes(switchOf(r.family)))))}.` : sentence
  const moments: Moment[] = scenes.map((scene, i) => ({ id: scene.id, at: i * SCENE, sentence: sentenceOf(scene) }))
  const said: StoryEvent[] = [
    ...scenes.map((scene, i) => ({ at: i * SCENE, by: 'the surveys', text: sentenceOf(scene), major: true })),
    ...deeds.map(({ at: when, which, to }) => ({ at: when, by: 'you', text: consequence(which, to, at(when)), major: true })),
  ]
  const events = said.sort((a, b) => a.at - b.at)

  return {
    duration,
    moments,
    at,
    events: (from, to) => events.filter(e => e.at > from && e.at <= to),
    fork(t, op) {
      const which = switches.find(s => s === op.op)
      if (!which)
        throw new RangeError(`the chart knows no "${op.op}"; it knows ${switches.join(', ')}`)
      if (typeof op.to !== 'boolean')
        throw new RangeError(`${which} is switched to true or false, not to ${String(op.to)}`)
      const when = Math.round(clampTime({ duration }, t))
      return tell([...deeds.filter(d => d.at < when || (d.at === when && d.which !== which)), { at: when, which, to: op.to }])
    },
  }
}

/** What a switch has done, in words. */
function consequence(which: Switch, to: boolean, view: AdoptionView): string {
  if (which === 'line')
    return to ? `drew one line through all: ${verdict(view.steps)}` : 'took the line away: each family for itself'
  const what = `switched ${to ? 'on' : 'off'}: ${families[familyOf[which]].name}`
  if (view.on.line)
    return `${what}; the line: ${verdict(view.steps)}`
  return which === 'containers' && to ? `${what}: a share of fewer people than the others` : what
}

/**
 * The story of a number that depends on who is asked. Its interventions, at any time: `{ op, to }` with one of `switches` and
 * true or false; they hold until the next moment, which sets the switches anew.
 */
export function adoptionStory(): Story<AdoptionView> {
  return tell([])
}

/** All of it in one picture, for paper: every bar, and the line as its moment has it; a measure between two bars would stand in the line's way. */
export function wholeStory(): AdoptionView {
  const story = adoptionStory()
  return { ...story.at(story.duration), steps: story.at(story.moments.find(m => m.id === 'line')!.at).steps, pair: undefined }
}

/** What a switch has done, and how much is shown with it: the figures stand in the table. @param op one of `switches`, and true or false */
export function tellSwitch({ op, to }: Intervention, view: AdoptionView): string {
  const shown = view.bars.filter(b => b.grown === 1).length
  const done = consequence(switches.find(s => s === op)!, to === true, view)
  return `You ${done}. ${shown || 'None'} of ${charted.length} surveys ${shown === 1 ? 'is' : 'are'} shown.`
}

/** "part 2 of 5". @param t virtual ms */
export function formatScene(t: number): string {
  return `part ${Math.floor(t / SCENE) + 1} of ${scenes.length}`
}

/** What is to be seen, in words. */
export function tellAdoption(view: AdoptionView): string {
  const shown = view.bars.filter(b => b.grown === 1)
  if (!shown.length)
    return 'No survey is shown.'
  const line = view.steps.length ? ` A line goes through them. Not alike: ${lies(view.steps).join('; ')}.` : ''
  return `In production, percent of those who answered: ${shown.map(({ row }) => `${row.label.join(' ').trim()}, ${families[row.family].name}: ${row.production}`).join('; ')}.${line}`
}
