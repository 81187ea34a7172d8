// An exercise: what to reach with kubectl, the cluster it starts from, hints, a check that reads the cluster, and a worked answer.
import type { Glance, Intervention, MachineSpec, Scenario } from '../../cluster/index.ts'
import type { FieldDocs } from '../../cluster/kubectl/index.ts'
import { gate, KNOWN_IMAGES } from '../../cluster/index.ts'
import { terminal } from '../../cluster/kubectl/index.ts'
import { base, machines, scenarioOn } from '../base.ts'

/** What the check found. */
export interface Verdict {
  readonly done: boolean
  /** what is still missing, in a sentence that gives nothing away; empty when done */
  readonly missing: string
}

/** A line of the worked answer. */
export interface Step {
  /** as it is typed; words in capitals (NODE, POD) stand for names that `names` finds */
  readonly line: string
  /** why, in a sentence */
  readonly says: string
  /** files as the editor leaves them before the line is typed */
  readonly files?: Readonly<Record<string, string>>
  /** by the word in capitals: what stands there in this cluster, as somebody reads it off what was printed. Where what the sentence speaks of is gone, there is no name, and the word stays */
  readonly names?: (glance: Glance) => Readonly<Record<string, string | undefined>>
  /** how long to wait until the line has ended and what it set off has come about: virtual ms */
  readonly wait: number
  /** the exit code; 0 where absent */
  readonly exit?: number
}

export interface Exercise {
  /** names it in addresses and in what the browser keeps: never changed */
  readonly id: string
  /** at most 5 words */
  readonly title: string
  /** whether it starts broken */
  readonly rescue: boolean
  /** what to reach, in a sentence */
  readonly goal: string
  /** what there is at the beginning, in one or two sentences: printed, too */
  readonly start: string
  /** its cluster before and after in a line each, of at most 46 letters, beside the worked answer; where it matters which Pod is which, they are named */
  readonly ends: { readonly before: string, readonly after: string, readonly named?: boolean }
  /** words it needs: ids of the glossary */
  readonly words: readonly string[]
  /** the facts that it rests on, as a Source line has them */
  readonly facts: string
  /** the machines; three of 4 CPU where absent */
  readonly machines?: readonly MachineSpec[]
  /** whether a metrics server runs */
  readonly metrics?: boolean
  /** what the picture of its cluster keeps room for from the start, so that nothing in it changes its size on the way: so many Pods on a node (2 where absent), Pods that wait, the sign of a closed node, where a Service leads */
  readonly room?: { readonly aboard?: number, readonly quay?: boolean, readonly closed?: boolean, readonly service?: boolean }
  /** what makes the cluster ready, times in virtual ms */
  readonly script: readonly Intervention[]
  /** when all that has come to rest and the learner begins: virtual ms */
  readonly begin: number
  /** what lies in the terminal's folder, by name */
  readonly files: Readonly<Record<string, string>>
  /** opened one by one: from a nudge to nearly the answer; commands stand in `backticks`, in the answer of `look` as well */
  readonly hints: readonly string[]
  /** Reads the cluster as it stands, never what was typed. Pure. */
  readonly check: (glance: Glance) => Verdict
  /** one way to do it */
  readonly answer: readonly Step[]
  /** what to look at when it is done: a question, and its answer */
  readonly look: { readonly question: string, readonly answer: string }
}

/** How long an exercise may last, virtual ms: an hour. */
export const LONGEST = 3_600_000

/** What can be pulled in an exercise: the programs that there are, and some that everybody knows. What is misspelt cannot. */
const IMAGES = [...KNOWN_IMAGES, 'app', 'alpine', 'busybox', 'curl', 'debian', 'httpbin', 'memcached', 'mysql', 'node', 'postgres', 'python', 'redis', 'ubuntu']

/** The scenario of an exercise: its cluster with a terminal, empty at `begin`. @param docs what `kubectl explain` tells */
export function scenarioOf({ id, machines: specs = machines(3), metrics = false, script, begin, files }: Exercise, docs?: FieldDocs): Scenario {
  return scenarioOn(specs.map(spec => ({ ...spec, images: IMAGES })), { name: `exercise-${id}`, duration: begin + LONGEST, gate, metrics, script, actors: [...base.actors, terminal({ files, docs })] })
}

/** The line of a step with the names of this cluster in it, as far as there are any. */
export function lineOf({ line, names }: Pick<Step, 'line' | 'names'>, glance: Glance): string {
  return Object.entries(names?.(glance) ?? {}).reduce((text, [word, name]) => name ? text.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), name) : text, line)
}

/** A sentence in pieces: what stands in backticks is code. */
export const spelled = (text: string): { readonly text: string, readonly code: boolean }[] => text.split('`').map((piece, i) => ({ text: piece, code: i % 2 === 1 })).filter(piece => piece.text)

export const done: Verdict = Object.freeze({ done: true, missing: '' })
export const missing = (what: string): Verdict => ({ done: false, missing: what })

/** The first thing that is missing, or done. */
export const firstOf = (...verdicts: readonly (Verdict | false | undefined)[]): Verdict => verdicts.find(each => each && !each.done) || done
