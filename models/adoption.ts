// Who runs Kubernetes, told in scenes: families of surveys come in one by one, and a line through all years shows why it lies.
// The percentages are data/adoption.ts's, each with its fact; what may be joined is judged here (D11; D6, D2, D7, D10).
import type { ChartedRow, Family, WholeRow } from '../data/adoption.ts'
import type { Intervention, Moment, Story, StoryEvent } from './story.ts'
import { charted, counted, countedAfter, countedNext, families, twins } from '../data/adoption.ts'
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
const safe = 'Of those who answered directly, 2021–22, about six in ten ran it.'

/** Percent of all who took part, whether they answered the question or not. */
export const percentOfAll = ({ all }: Pick<WholeRow, 'all'>): number => Math.round(100 * all.production / all.tookPart)
/** The same of 2018. */
export const ofAll = percentOfAll(counted)

const rounded = ({ production }: ChartedRow) => Math.round(production)
/** What a step up between two lists comes to by the other measure. */
const ofLists = `In ${countedAfter.survey} up, ${rounded(countedNext)} to ${rounded(countedAfter)}; of all who took part down, ${percentOfAll(countedNext)} to ${percentOfAll(countedAfter)}.`

/** Each moment begins a scene, and sets the switches anew. */
const scenes: readonly Scene[] = [
  { id: 'list', on: ['list'], sentence: `Who left the Kubernetes row empty is not counted: in 2018, 58 percent of the rest, ${ofAll} of all.` },
  { id: 'direct', on: ['list', 'direct'], sentence: 'A direct question, to others: 60 percent; 2022, reworded, 57, or 64 of end users (no vendors).' },
  { id: 'pair', on: ['list', 'direct'], sentence: `2021: ${twins.map(rounded).join(' and ')}; of all who took part ${twins.map(percentOfAll).join(' and ')}. Question and people changed: nobody can say why.` },
  { id: 'line', on: ['list', 'direct', 'line'], sentence: 'One line:' },
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
  /** nothing but lists is shown, so there is room to show of whom they are a percentage */
  readonly counted: boolean
}

/** Why a line from one bar to the next would lie; undefined where it would not. */
export function lieOf(from: ChartedRow, to: ChartedRow): string | undefined {
  if (from.family === to.family)
    return to.apart
  return to.family === 3 ? 'container users only' : 'another question, other people'
}

/** A line from bar to bar, each step judged. */
export function stepsThrough(rows: readonly ChartedRow[]): Step[] {
  return rows.slice(1).map((to, i) => ({ from: rows[i]!, to, lie: lieOf(rows[i]!, to) }))
}

/** Steps that follow each other and must not be compared for one reason, or may be: told once. */
export function stretches(steps: readonly Step[]): Step[][] {
  const runs: Step[][] = []
  for (const step of steps) {
    if (runs.at(-1)?.[0]!.lie === step.lie)
      runs.at(-1)!.push(step)
    else
      runs.push([step])
  }
  return runs
}

/** What is to be said of a line. */
export function verdict(steps: readonly Step[]): string {
  const fair = steps.filter(s => !s.lie).length
  return `${fair ? `only ${fair}` : 'none'} of its ${steps.length} ${steps.length === 1 ? 'step' : 'steps'} ${fair < 2 ? 'joins' : 'join'} like with like`
}

/** What may be read from the families that are shown, and what not; by their numbers (facts D2 to D7, D10, D11). */
const readings: Readonly<Record<string, string>> = {
  '': 'no survey: without one there is no percentage. Switch one on',
  '1': 'the list alone: how many filled in its row changed each time, so nothing joins the bars',
  '2': 'direct question alone: about six in ten who answered. Its wording changed, so 57 is no fall',
  '3': 'container users alone: 82 percent of them. Of all others it says nothing',
  '12': 'two questions: 60 and 80 in one year. Read each bar alone: no rise joins any two',
  '13': '80 beside 82: no rise of two points, for 2025 counts container users only',
  '23': '64 beside 82: no leap, for 2025 counts container users only',
  '123': 'three kinds of survey: read each bar alone, for none goes on in another',
}
/** Why the line through them bends as it does. */
const bends: Readonly<Record<string, string>> = {
  '1': 'who fills in the row changed',
  '2': 'its wording changed, and who counts',
  '12': 'it bends where the question does',
  '13': 'it ends with container users only',
  '23': 'it rises where fewer are counted',
  '123': 'it bends where the question does',
}

/** What is to be read from what is shown, and what not: for each choice of families, with a line or without. */
export function reading({ on, steps }: Pick<AdoptionView, 'on' | 'steps'>): string {
  const shown = (['list', 'direct', 'containers'] as const).filter(s => on[s]).map(s => familyOf[s]).join('')
  if (!on.line || !shown)
    return readings[shown]!
  return steps.length ? `one line: ${verdict(steps)}; ${bends[shown]}` : 'one survey, and no line: that takes two'
}

interface Deed { readonly at: number, readonly which: Switch, readonly to: boolean }

/** The switches as a scene sets them. */
const set = (scene: Scene): State => Object.fromEntries(switches.map(s => [s, scene.on.includes(s)])) as State & Record<Switch, boolean>

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
      counted: on.list && !on.line && bars.every(b => b.row.family === familyOf.list || b.grown === 0),
      pair: no >= scenes.findIndex(s => s.id === 'pair') && !on.line && twins.every(r => whole.includes(r)) ? twins : undefined,
    }
  }

  /** a line is told with what is to be said of it */
  const sentenceOf = ({ on, sentence }: Scene) => on.includes('line') ? `${sentence} ${verdict(stepsThrough(charted.filter(r => on.includes(switchOf(r.family)))))}. ${ofLists}` : sentence
  const moments: Moment[] = scenes.map((scene, i) => ({ id: scene.id, at: i * SCENE, sentence: sentenceOf(scene) }))
  const said: StoryEvent[] = [
    ...scenes.map((scene, i) => ({ at: i * SCENE, by: 'the surveys', text: sentenceOf(scene), major: true })),
    ...deeds.map(({ at: when }) => ({ at: when, by: 'you', text: `see ${reading(at(when))}`, major: true })),
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

/**
 * The story of a number that depends on who is asked. Its interventions, at any time: `{ op, to }` with one of `switches` and
 * true or false; they hold until the next moment, which sets the switches anew.
 */
export function adoptionStory(): Story<AdoptionView> {
  return tell([])
}

/** All of it in one picture, for paper: every bar, and the line as its moment has it; how far the pair of one year lies apart stands in the table. */
export function wholeStory(): AdoptionView {
  const story = adoptionStory()
  return { ...story.at(story.duration), steps: story.at(story.moments.find(m => m.id === 'line')!.at).steps, pair: undefined }
}

/** What a switch has done, what may be read from what it shows, and how much that is: the figures stand in the table. @param op one of `switches`, and true or false */
export function tellSwitch({ op, to }: Intervention, view: AdoptionView): string {
  const shown = view.bars.filter(b => b.grown === 1).length
  const which = switches.find(s => s === op)!
  const what = which === 'line' ? 'one line through all' : families[familyOf[which]].name
  return `You switched ${to ? 'on' : 'off'}: ${what}. You see ${reading(view)}. ${shown || 'None'} of ${charted.length} surveys ${shown === 1 ? 'is' : 'are'} shown.`
}

/** "part 2 of 5". @param t virtual ms */
export function formatScene(t: number): string {
  return `part ${Math.floor(t / SCENE) + 1} of ${scenes.length}`
}

/** What is to be seen, in words. */
export function tellAdoption(view: AdoptionView): string {
  const shown = view.bars.filter(b => b.grown === 1)
  if (!shown.length)
    return 'No survey is shown: without one there is no percentage.'
  const line = view.steps.length ? ` A line goes through them: ${verdict(view.steps)}.` : ''
  return `In production, percent of those who answered the question (2025: of container users): ${shown.map(({ row }) => `${row.label.join(' ').trim()}, ${families[row.family].name}: ${row.production}`).join('; ')}.${line}`
}
