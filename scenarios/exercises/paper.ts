// The exercises as they are printed: first what is asked with room to write, and at the end the answers. Text alone; who draws it decides how it looks.
import type { ClusterView } from '../view.ts'
import type { Exercise, Step } from './exercise.ts'
import { machines } from '../base.ts'
import { deeds, terminalStory } from '../terminal.ts'
import { lineOf, scenarioOf } from './exercise.ts'

/** What stands in a file, and what somebody makes of it. */
export interface Change {
  readonly file: string
  /** lines without their indent, those that differ */
  readonly from: readonly string[]
  readonly to: readonly string[]
}

export interface Sheet {
  /** from 1 */
  readonly number: number
  readonly id: string
  readonly title: string
  readonly rescue: boolean
  readonly goal: string
  readonly start: string
  /** '3 nodes of 4 CPU and 8Gi' */
  readonly nodes: string
  readonly files: readonly { readonly name: string, readonly text: string }[]
  /** how many empty lines to leave for what the reader types and sees */
  readonly room: number
}

export interface AnswerSheet {
  readonly number: number
  readonly id: string
  readonly title: string
  /** words in capitals stand for names that everybody's cluster gives anew */
  readonly steps: readonly { readonly line: string, readonly says: string, readonly changes: readonly Change[] }[]
  readonly look: Exercise['look']
  readonly facts: string
}

/** Lines left for what is seen, beside those for what is typed. */
const SEEN = 3

function nodesOf({ machines: specs = machines(3) }: Exercise): string {
  const sizes = new Set(specs.map(({ cpu, memory }) => `${cpu} CPU and ${memory}`))
  return `${specs.length} nodes of ${[...sizes].join(' or ')}`
}

/** What a step changes in files, line by line; a file that was not there is all new. */
export function changesOf({ files }: Pick<Exercise, 'files'>, { files: after = {} }: Pick<Step, 'files'>): Change[] {
  return Object.entries(after).map(([file, text]) => {
    const before = (files[file] ?? '').split('\n')
    const now = text.split('\n')
    const only = (some: readonly string[], others: readonly string[]) => some.filter(line => line.trim() && !others.includes(line)).map(line => line.trim())
    return { file, from: only(before, now), to: only(now, before) }
  })
}

/** What is asked, on paper. @param place from 0 */
export function sheetOf(exercise: Exercise, place: number): Sheet {
  const { id, title, rescue, goal, start, files, answer } = exercise
  return { number: place + 1, id, title, rescue, goal, start, nodes: nodesOf(exercise), files: Object.entries(files).map(([name, text]) => ({ name, text })), room: answer.length + SEEN }
}

/** The answer, on paper. @param place from 0 */
export function answerOf(exercise: Exercise, place: number): AnswerSheet {
  const { id, title, answer, look, facts } = exercise
  return { number: place + 1, id, title, look, facts, steps: answer.map(step => ({ line: step.line, says: step.says, changes: changesOf(exercise, step) })) }
}

/** A command as it is typed over several lines, where it has more letters than fit: each goes on with an option, behind a backslash as a shell reads it. */
export function continued(line: string, most: number): string[] {
  if (line.length <= most)
    return [line]
  const lines = line.split(/ (?=--\w)/)
  return lines.map((part, i) => `${i ? '    ' : ''}${part}${i < lines.length - 1 ? ' \\' : ''}`)
}

/** Letters of a message that fit a sheet, and of its beginning where it is cut. */
const [WHOLE, BEGINNING] = [70, 58] as const

/** A message's first sentence; of a long one the clauses it begins with and the last. */
function shortened(message: string): string {
  const [sentence = ''] = message.split('. ')
  const clauses = sentence.split(': ')
  let kept = clauses.length
  while (sentence.length > WHOLE && kept > 1 && clauses.slice(0, kept).join(': ').length > BEGINNING)
    kept--
  return kept < clauses.length ? `${clauses.slice(0, kept).join(': ')}: … ${clauses.at(-1)}` : sentence
}

/** What a broken cluster would tell who describes what is in it: where there is no terminal, it stands on the sheet. Where all is well there is none. */
export function clueOf(exercise: Exercise): string | undefined {
  if (!exercise.rescue)
    return undefined
  return terminalStory(scenarioOf(exercise), exercise.begin).look(0, ({ api }) => {
    const pods = new Set(api.list('Pod', { namespace: 'default' }).map(({ metadata }) => metadata.uid))
    // what begins with "Error" says the state once more, and no reason
    const [worst] = api.list('Event', { namespace: 'default' })
      .filter(({ type, message, involvedObject: { uid } }) => type === 'Warning' && uid && pods.has(uid) && message && !message.startsWith('Error'))
      .toSorted((a, b) => (b.count ?? 1) - (a.count ?? 1))
    if (worst)
      return shortened(worst.message ?? '')
    const led = new Set(api.list('EndpointSlice', { namespace: 'default' }).filter(({ endpoints }) => endpoints?.length).map(({ metadata }) => metadata.labels?.['kubernetes.io/service-name']))
    const empty = api.list('Service', { namespace: 'default' }).find(({ metadata, spec }) => spec.selector && !led.has(metadata.name))
    return empty && `Service ${empty.metadata.name}: Selector: ${Object.entries(empty.spec.selector ?? {}).map(([key, value]) => `${key}=${value}`).join(',')}, no Endpoints`
  })
}

/** The cluster of an exercise as the learner finds it, and as the worked answer leaves it once it is at rest. */
export function endsOf(exercise: Exercise): { readonly before: ClusterView, readonly after: ClusterView } {
  let story = terminalStory(scenarioOf(exercise), exercise.begin)
  const before = story.at(0)
  let t = 0
  for (const step of exercise.answer) {
    const line = story.look(t, glance => lineOf(step, glance))
    if (step.files)
      story = story.fork(t, deeds.files(step.files))
    story = story.fork(t, deeds.type(line))
    t += step.wait
  }
  return { before, after: story.at(story.rest(t)) }
}
