// What the exercises' pages need beside their words: commands that fit a column, what a broken cluster would tell, the cluster before and after. Text and views alone; who draws it decides how it looks.
import type { ClusterView } from '../view.ts'
import type { Exercise } from './exercise.ts'
import { deeds, terminalStory } from '../terminal.ts'
import { lineOf, scenarioOf } from './exercise.ts'

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
    const all = api.list('Pod', { namespace: 'default' })
    const pods = new Set(all.map(({ metadata }) => metadata.uid))
    // what begins with "Error" or "Back-off" says the state once more, and no reason
    const [worst] = api.list('Event', { namespace: 'default' })
      .filter(({ type, message, involvedObject: { uid } }) => type === 'Warning' && uid && pods.has(uid) && message && !/^(?:Error|Back-off)/.test(message))
      .toSorted((a, b) => (b.count ?? 1) - (a.count ?? 1))
    if (worst)
      return shortened(worst.message ?? '')
    const ended = all.flatMap(({ status }) => status.containerStatuses ?? []).map(({ state, lastState }) => state?.terminated ?? lastState?.terminated).find(each => each?.exitCode)
    if (ended)
      return `Last State: Terminated, Reason: ${ended.reason}, Exit Code: ${ended.exitCode}`
    const led = new Set(api.list('EndpointSlice', { namespace: 'default' }).filter(({ endpoints }) => endpoints?.length).map(({ metadata }) => metadata.labels?.['kubernetes.io/service-name']))
    const empty = api.list('Service', { namespace: 'default' }).find(({ metadata, spec }) => spec.selector && !led.has(metadata.name))
    if (empty)
      return `Service ${empty.metadata.name}: Selector: ${Object.entries(empty.spec.selector ?? {}).map(([key, value]) => `${key}=${value}`).join(',')}, no Endpoints`
    const limited = api.list('HorizontalPodAutoscaler', { namespace: 'default' }).flatMap(({ status }) => status.conditions ?? []).find(({ type, status }) => type === 'ScalingLimited' && status === 'True')
    return limited && `${limited.type}, ${limited.reason}: ${limited.message}`
  })
}

/** Labels that Pods have from their template. */
const OWN: readonly string[] = ['app', 'pod-template-hash']

/** A label that somebody put on a node or a Pod: `found=here`. Kubernetes' own have a prefix. */
export interface Mark { readonly name: string, readonly label: string }

/** A cluster at rest. */
export interface End extends ClusterView {
  readonly marks: readonly Mark[]
  /** by a Pod's name: why its container ended when it last failed, in the API's words */
  readonly deaths: Readonly<Record<string, string>>
}

const endAt = (story: ReturnType<typeof terminalStory>, t: number): End => ({
  ...story.at(t),
  marks: story.look(t, ({ api }) => [...api.list('Node'), ...api.list('Pod', { namespace: 'default' })].flatMap(({ metadata: { name, labels = {} } }) => Object.entries(labels).filter(([key]) => !key.includes('/') && !OWN.includes(key)).map(([key, value]) => ({ name, label: `${key}=${value}` })))),
  deaths: story.look(t, ({ api }) => Object.fromEntries(api.list('Pod', { namespace: 'default' }).flatMap(({ metadata: { name }, status: { containerStatuses = [] } }) => {
    const ended = containerStatuses.map(({ state, lastState }) => state?.terminated ?? lastState?.terminated).find(each => each?.exitCode)
    return ended?.reason ? [[name, ended.reason]] : []
  }))),
})

/** The cluster of an exercise as the learner finds it, and as the worked answer leaves it once it is at rest. */
export function endsOf(exercise: Exercise): { readonly before: End, readonly after: End } {
  let story = terminalStory(scenarioOf(exercise), exercise.begin)
  const before = endAt(story, 0)
  let t = 0
  for (const step of exercise.answer) {
    const line = story.look(t, glance => lineOf(step, glance))
    if (step.files)
      story = story.fork(t, deeds.files(step.files))
    story = story.fork(t, deeds.type(line))
    t += step.wait
  }
  return { before, after: endAt(story, story.rest(t)) }
}
