// A terminal on a cluster as a story: what is typed are its deeds, what is printed follows; its time runs while something goes on.
import type { Glance, Scenario, Timeline } from '../cluster/index.ts'
import type { Completion, Entry, Opened, Session, Terminal } from '../cluster/kubectl/index.ts'
import type { Problem } from '../cluster/manifest/index.ts'
import type { Intervention, Moment, Story } from '../models/story.ts'
import type { ClusterView } from './view.ts'
import { createCluster } from '../cluster/index.ts'
import { complete, editorOf, hint, hintSaved, isTry, terminalOf } from '../cluster/kubectl/index.ts'
import { problemsOf } from '../cluster/manifest/index.ts'
import { clampTime } from '../models/story.ts'
import { share } from './share.ts'
import { viewOf } from './view.ts'

export type { Completion, Entry, Opened, Session, Terminal } from '../cluster/kubectl/index.ts'

export interface TerminalView extends ClusterView {
  readonly entries: readonly Entry[]
  readonly session: Session
  /** a line runs */
  readonly runs: boolean
  /** what an editor is open with */
  readonly editor: Opened | undefined
}

export interface TerminalStory extends Story<TerminalView> {
  /** How much goes on at a time: a line that runs, or a cluster that is on its way; nothing where all waits for the next line. */
  going: (t: number) => 'line' | 'cluster' | undefined
  /** The first time from `t` on at which the cluster is at rest, at most ten minutes later; virtual ms. */
  rest: (t: number) => number
  /** Our line below what an entry printed, where there is something to say. */
  hintOf: (entry: Entry) => string | undefined
  complete: (t: number, line: string, cursor: number) => Completion
  /** What the cluster would refuse in a text of the editor that is open. */
  problems: (t: number, text: string) => readonly Problem[]
  /** What is read from the cluster at a time. */
  look: <T>(t: number, read: (glance: Glance) => T) => T
  fork: (t: number, op: Intervention) => TerminalStory
}

/** Whether a file is to hold objects. */
export const isManifest = (name: string) => /\.(?:ya?ml|json)$/.test(name)

/** What can be done, at any time. */
export const deeds = {
  type: (line: string): Intervention => ({ op: 'kubectl', line }),
  interrupt: { op: 'interrupt' } as Intervention,
  edited: (text: string): Intervention => ({ op: 'edited', text }),
  files: (files: Readonly<Record<string, string>>): Intervention => ({ op: 'files', files }),
}

/** virtual ms: a story goes on for so long after the last line */
const AFTER = 3_600_000
/** virtual ms after the last line within which time runs by itself */
const LONGEST = 600_000
/** virtual ms: typing takes its time */
const TYPING = 2000
/** virtual ms without a change until what is at rest counts as resting */
const STILL = 3000
/** virtual ms from a line until an autoscaler has looked, every 15 s, and what it wrote has come to others: it may answer the line then */
const LOOKED = 16_000
/** virtual ms between looks for a time of rest */
const STEP = 500

/** How many times are remembered. */
const KEPT = 500

/** What changes by itself all the time, or only tells of other changes. */
const NOISE = new Set<string>(['Lease', 'Node', 'Event'])

const moments: readonly Moment[] = [{ id: 'start', at: 0, sentence: 'The cluster, before the first line is typed.' }]

/** Pods that are neither ready nor done. */
const unsettled = ({ api }: Glance) => api.list('Pod').some(({ metadata, status }) => metadata.deletionTimestamp || (status.phase !== 'Succeeded' && !status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')))

/** What was typed may still be answered by an autoscaler. */
const awaited = ({ api }: Glance, since: number) => since < LOOKED && api.list('HorizontalPodAutoscaler').length > 0

function lastChange({ state: { store: { log } } }: Glance): number {
  const late = log.tail.findLast(({ kind }) => !NOISE.has(kind)) ?? log.chunks.findLast(chunk => chunk.some(({ kind }) => !NOISE.has(kind)))?.findLast(({ kind }) => !NOISE.has(kind))
  return late?.at ?? 0
}

const waits = (terminal: Terminal) => terminal.waiting && !editorOf(terminal.waiting)

function viewAt(glance: Glance): TerminalView {
  const seen = terminalOf(glance.state)
  return { ...viewOf(glance), traffic: [], entries: seen.entries, session: seen.session, runs: !!seen.waiting, editor: editorOf(seen.waiting) }
}

/** What a hint is about: of the Pods of one ReplicaSet, one is as another. */
const subjectOf = (line: string) => line.replace(/(-[bcdf-hj-np-tv-z24-9]{6,10})-[bcdf-hj-np-tv-z24-9]{5}\b/g, '$1')

/** Whether the last hint told the same and nothing was tried since: who lists Pods again and again has read it. A description is asked for to be told. */
function toldAlready(line: string, entry: Entry, before: readonly Entry[], hints: ReadonlyMap<string, string>): boolean {
  const last = before.findLastIndex(each => hints.has(keyOf(each)))
  return last >= 0 && !/\bdescribe\b/.test(entry.line) && subjectOf(hints.get(keyOf(before[last]!))!) === subjectOf(line) && ![...before.slice(last + 1), entry].some(({ line }) => isTry(line))
}

const keyOf = ({ at, line }: Pick<Entry, 'at' | 'line'>) => `${at} ${line}`

/**
 * @param scenario a cluster with a gate and a terminal; its script is what has been done before the terminal opens
 * @param begin when it opens, virtual ms of the cluster
 * @throws RangeError from `fork` where a deed is not possible then
 */
export function terminalStory(scenario: Scenario, begin: number, seed = 1): TerminalStory {
  return tell(createCluster({ ...scenario, duration: begin + AFTER }, seed), begin, undefined, new Map())
}

/** @param last when something was typed last, virtual ms of the story */
function tell(opened: Timeline, begin: number, last: number | undefined, hints: ReadonlyMap<string, string>): TerminalStory {
  const { scenario, run } = opened
  const duration = opened.duration - begin
  let timeline: Timeline | undefined = opened
  let latest: { t: number, view: TerminalView } | undefined
  /** of the last times that were asked for: playback asks for each again, and must not go back for it */
  const known = new Map<number, 'line' | 'cluster' | undefined>()
  const open = () => timeline ??= createCluster(scenario, run.seed, run.interventions)
  const look = <T>(t: number, read: (glance: Glance) => T) => open().look(Math.round(clampTime({ duration }, t)) + begin, read)

  const moves = (glance: Glance, t: number) => glance.now - lastChange(glance) < STILL || unsettled(glance) || awaited(glance, t - (last ?? Number.NEGATIVE_INFINITY))

  function going(t: number): 'line' | 'cluster' | undefined {
    if (last === undefined || t > last + LONGEST)
      return undefined
    if (!known.has(t)) {
      if (known.size >= KEPT)
        known.clear()
      known.set(t, look(t, (glance) => {
        if (waits(terminalOf(glance.state)))
          return 'line'
        return t < last + TYPING || moves(glance, t) ? 'cluster' : undefined
      }))
    }
    return known.get(t)
  }

  return {
    duration,
    moments,
    words: true,
    // time stands where nothing goes on
    pace: t => going(t) ? 1 : 0,
    at(time) {
      const t = Math.round(clampTime({ duration }, time))
      if (latest?.t !== t)
        latest = { t, view: share(look(t, viewAt), latest?.view) }
      return latest.view
    },
    events: (from, to) => look(to, ({ state }) => terminalOf(state).entries.map(({ at, line }) => ({ at: at - begin, by: 'you', text: line, major: true })).filter(({ at }) => at > from && at <= to)),
    going,
    rest(from) {
      const until = Math.min(duration, from + LONGEST)
      let t = from
      while (t < until && look(t, glance => moves(glance, t)))
        t = Math.min(until, t + STEP)
      return t
    },
    hintOf: entry => hints.get(keyOf(entry)),
    complete: (t, line, cursor) => look(t, ({ state, api }) => complete(line, cursor, terminalOf(state).session, api)),
    problems: (t, text) => look(t, ({ state, api }) => {
      const { session, waiting } = terminalOf(state)
      const editor = editorOf(waiting)
      if (!editor)
        return []
      const { name, kind, namespace = '' } = editor
      return kind || isManifest(name) ? problemsOf(api, text, { source: name, namespace: session.namespace, ...(kind && { edits: { kind, namespace, name, text: editor.original ?? editor.text } }) }) : []
    }),
    look,
    fork(time, op) {
      const t = Math.round(clampTime({ duration }, time))
      const child = branch(open(), t + begin, op)
      // what was saved is handed in at once: nobody has to be told to
      const kept = new Map(hints)
      const told = child.look(t + begin, ({ state, api }) => {
        const { entries, session } = terminalOf(state)
        const entry = entries.at(-1)
        const file = /^edit (\S+)$/.exec(entries.at(op.op === 'edited' ? -1 : -2)?.line ?? '')?.[1]
        if (file !== undefined && op.op === 'edited') {
          const line = entry?.exit === 0 ? hintSaved(file, session, api) : undefined
          return entry && line ? { key: keyOf(entry), line } : undefined
        }
        if (file !== undefined && entry?.line.endsWith(` -f ${file}`) && /^kubectl (?:apply|diff) /.test(entry.line))
          kept.delete(keyOf(entries.at(-2)!))
        const printed = (stream: 'stdout' | 'stderr') => entry?.chunks.filter(({ to }) => to === stream).map(({ text }) => text).join('') ?? ''
        const before = entries.slice(0, -1)
        // a line that takes away says so at once, and waits until it is done
        const line = entry && (entry.exit !== undefined || entry.line.startsWith('kubectl delete ')) && entry.at === t + begin ? hint(entry.line, { stdout: printed('stdout'), stderr: printed('stderr'), exit: entry.exit ?? 0 }, session, api, before.some(({ line }) => isTry(line))) : undefined
        return entry && line && !(!entry.exit && toldAlready(line, entry, before, hints)) ? { key: keyOf(entry), line } : undefined
      })
      // a history that has gone another way is computed anew, should it be asked for again
      if (last !== undefined)
        timeline = undefined
      return tell(child, begin, t, told ? new Map([...kept, [told.key, told.line]]) : kept.size < hints.size ? kept : hints)
    },
  }
}

function branch(timeline: Timeline, at: number, op: Intervention): Timeline {
  try {
    return timeline.fork(at, op, { duration: at + AFTER })
  }
  catch (error) {
    throw error instanceof RangeError ? error : new RangeError(error instanceof Error ? error.message : String(error))
  }
}
