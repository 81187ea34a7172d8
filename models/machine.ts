// One machine, many boxes: three programs bare on a machine, then each in a container. A story that needs no cluster.
//
// Quoted: namespaces hide, cgroups limit, one kernel serves all (A5, A6); a process over its memory limit is killed by the kernel (I2).
// Modelled: the programs, their sizes, ports and process numbers are examples. When a machine is out of memory, its kernel kills the
// process that holds the most, as Linux does, by a score that grows with what a process holds, unless it is told otherwise; a program that leaks grows evenly. A library is a
// package of which the machine's package manager keeps one version, as those of a scripting language do. The database's data lie on the
// disk of the first machine, in a container on a volume there, and move with nobody: on the other it starts empty.
import type { Moment, Story, StoryEvent } from './story.ts'
import type { Deed, World } from './machineRules.ts'
import type { MachineView } from './machineView.ts'
import { clampTime } from './story.ts'
import { machineTitle, nextDeath, perform, setUp, strike, unmark } from './machineRules.ts'
import { look, summary } from './machineView.ts'

export type { Deed, ProgramName } from './machineRules.ts'
export { machineFigures, machineTitle, programNames } from './machineRules.ts'
export type { MachineView, ProgramView } from './machineView.ts'
export { formatMemory, summary } from './machineView.ts'

const SECOND = 1000
/** how long a story goes on after the last thing that happens in it */
const REST = 2 * SECOND

interface Step { readonly at: number, readonly world: World }
interface Planned { readonly at: number, readonly by: string, readonly deed: Deed }
interface Told { readonly steps: readonly Step[], readonly events: readonly StoryEvent[], readonly rest: number }

/** Plays deeds in order of time; the kernel's own deeds fall where memory runs out. */
function play(boxed: boolean, plan: readonly Planned[]): Told {
  const steps: Step[] = [{ at: 0, world: setUp(boxed) }]
  const events: StoryEvent[] = [{ at: 0, by: machineTitle(0), text: boxed ? 'runs three programs, each in a container' : 'runs the shop and the database, bare', major: true }]
  const last = () => steps.at(-1)!

  function deaths(until: number): void {
    for (let death = nextDeath(last().world, last().at); death && death.at <= until; death = nextDeath(last().world, last().at)) {
      const { world, words } = strike(last().world, death)
      steps.push({ at: death.at, world })
      events.push({ at: death.at, by: 'the kernel', text: words, major: true })
    }
  }

  for (const { at, by, deed } of plan) {
    deaths(at)
    const { world, did, came } = perform(last().world, deed, at)
    steps.push({ at, world: unmark(last().world, world) })
    events.push({ at, by, text: by === 'you' ? did : did.replace(/^\w+/, '$&s'), major: by === 'you' })
    events.push(...came.map(c => ({ at, by: c.by, text: c.text, major: true })))
  }
  deaths(Number.POSITIVE_INFINITY)
  return { steps, events, rest: events.at(-1)!.at + REST }
}

/**
 * @param cut where the script ends: a deed of the learner's, or nothing left to tell
 * @param moments those of the script that are left; where there is a cut, those before it stay and the end gets a sentence of its own
 */
function tell(boxed: boolean, plan: readonly Planned[], moments: readonly Moment[], cut?: number): Story<MachineView> {
  const whole = play(boxed, plan)
  const duration = cut === undefined ? moments.at(-1)!.at : Math.max(cut + REST, whole.rest)
  const events = whole.events.filter(e => e.at <= duration)

  function at(time: number): MachineView {
    const t = Math.round(clampTime({ duration }, time))
    return look(whole.steps.findLast(step => step.at <= t)!.world, t)
  }

  // at the cut itself the script's sentence holds no longer
  const begun: Moment = { id: 'begun', at: 0, sentence: summary(at(0)) }
  const kept = cut === undefined ? moments : cut === 0 ? [begun] : moments.filter(m => m.at < cut)

  return {
    duration,
    pace: 2,
    moments: cut === undefined ? moments : [...kept, { id: 'yours', at: duration, sentence: `${plan.at(-1)!.deed.op === 'boxes' ? 'Begun anew. ' : ''}${summary(at(duration))}` }],
    at,
    events: (from, to) => events.filter(e => e.at > from && e.at <= to),
    fork(t, op) {
      const from = Math.round(clampTime({ duration }, t))
      const past = plan.filter(p => p.at <= from)
      // what this story has left of the script: a moment that an earlier deed has cut off does not come back
      return tell(boxed, [...past, { at: from, by: 'you', deed: op as unknown as Deed }], kept, from)
    },
  }
}

const bare: readonly Planned[] = ([
  [4, { op: 'start', program: 'blog' }],
  [9, { op: 'port', program: 'blog' }],
  [12, { op: 'install', program: 'blog' }],
  [15, { op: 'crash', program: 'shop' }],
  [17, { op: 'start', program: 'shop' }],
  [21, { op: 'leak', program: 'blog' }],
] as const).map(([s, deed]) => ({ at: s * SECOND, by: 'the operator', deed }))

const boxes: readonly Planned[] = ([
  [4, { op: 'leak', program: 'blog' }],
  [11, { op: 'crash', program: 'shop' }],
  [13, { op: 'start', program: 'shop' }],
  [15, { op: 'start', program: 'blog' }],
  [16, { op: 'move', program: 'blog' }],
  [21, { op: 'panic', machine: 0 }],
] as const).map(([s, deed]) => ({ at: s * SECOND, by: 'the operator', deed }))

const bareMoments: readonly Moment[] = [
  { id: 'bare', at: 0, sentence: 'One machine, no walls: a shop and a database run, strangers to each other; a blog is to come.' },
  { id: 'port', at: 5 * SECOND, sentence: 'The blog asks for port 80, as the shop did. A machine has each port once: it does not start.' },
  { id: 'library', at: 18 * SECOND, sentence: 'The blog takes port 8081; library v2 replaces v1. The shop runs on, but after a crash cannot start.' },
  // at the kill itself: a second later what leaks and what the dead one held come to more than the machine has
  { id: 'memory', at: 31 * SECOND, sentence: 'The blog leaks till memory is full. The kernel kills what holds most: the innocent database.' },
]

const boxedMoments: readonly Moment[] = [
  { id: 'boxes', at: 0, sentence: 'In containers each has its own port, its own process 1, and the library it needs. All three run.' },
  { id: 'limit', at: 9 * SECOND, sentence: 'The blog leaks again and meets the limit that the operator set for it. It alone is killed.' },
  { id: 'elsewhere', at: 18 * SECOND, sentence: 'The shop crashes, too. Somebody starts both again, the blog on machine 2: new processes.' },
  { id: 'kernel', at: 22 * SECOND, sentence: 'Machine 1’s one kernel stops: all programs on it end; the disk stays. Nobody starts them on machine 2.' },
]

/**
 * The story of three programs on a machine, told bare or in containers. Its interventions, at any time: `{ op, program }` with
 * `start`, `stop`, `crash`, `leak`, `port` (take a free one), `install` (its library), `move` (to the other machine), `elsewhere` (start on the other machine where its own is down);
 * `{ op: 'panic' | 'boot', machine: 0 | 1 }`; `{ op: 'limits', on }` for the memory of all containers; `{ op: 'boxes', on }` sets everything up anew, bare or in containers.
 * What the learner does ends the script: the story goes on until nothing more comes of it.
 */
export function machineStory(boxed = false): Story<MachineView> {
  return boxed ? tell(true, boxes, boxedMoments) : tell(false, bare, bareMoments)
}
