// A history that can be entered at any time: checkpoints, seeking, forks.
import type { Gate, Server } from '../api/server.ts'
import { logEntry, logLength } from '../api/store.ts'
import type { Log, WatchEvent } from '../api/store.ts'
import { createKernel } from './kernel.ts'
import type { Actor, Kernel, Operation } from './kernel.ts'
import { hashState } from './hash.ts'
import { checkRun } from './run.ts'
import type { Intervention, Run } from './run.ts'
import { copied, copyState } from './state.ts'
import type { ClusterState, World } from './state.ts'

/** What a history starts from. */
export interface Scenario {
  readonly name: string
  /** virtual ms */
  readonly duration: number
  /** the parts that act, in an order that is always the same */
  readonly actors: readonly Actor[]
  /** the machines, before anything starts */
  readonly world?: (world: World) => void
  /** what lets people write, and holds all writing to the rules (api/strict.ts) */
  readonly gate?: Gate
  /** what the scenario itself does, in the order of its times */
  readonly script?: readonly Intervention[]
}

/** What can be seen of a cluster at a time. Nothing of it may be kept or changed: the next look moves it on. */
export interface Glance {
  /** virtual ms */
  readonly now: number
  readonly api: Pick<Server, 'get' | 'list' | 'watch' | 'getScale' | 'revision' | 'dryRun'>
  readonly world: World
  readonly state: ClusterState
}

export interface ForkOptions {
  /** how long the other future is (virtual ms from the start); as long as this one where absent */
  readonly duration?: number
  /** what the script would do after the fork is left out */
  readonly endsScript?: boolean
}

export interface Timeline {
  readonly run: Run
  readonly scenario: Scenario
  /** virtual ms */
  readonly duration: number
  /** What a look at a time gives. Pure, if `look` is. */
  look: <V>(t: number, look: (glance: Glance) => V) => V
  /** The whole state at a time, one's own copy. */
  at: (t: number) => ClusterState
  /** The same past up to `t`, then an operation, then another future. @throws RangeError or ApiError where it is not possible then; this one is unchanged */
  fork: (t: number, operation: Operation, options?: ForkOptions) => Timeline
  /** Another one of the same history, which goes through it by itself; what has been computed so far is shared. */
  twin: () => Timeline
  /** Every write after `from` and up to `to` (virtual ms); `from` −1 includes the start. */
  writes: (from: number, to: number) => readonly WatchEvent[]
  /** A short text that differs where anything in the history up to a time does. */
  hash: (t?: number) => string
}

/** `parts`: what its copy cost, in objects touched. */
interface Checkpoint { readonly state: ClusterState, readonly done: number, readonly parts: number }

/** What is run between checkpoints at least, in objects touched; as much as a copy touches where that is more, so that copying stays a small part of running. */
const STRIDE = 8000
/** A task costs as much as so many looks at an object. */
const TASK = 20
/** Beyond so many checkpoints every other one is given up. */
const MOST = 400

/** The history of a scenario. @throws RangeError where the run cannot be one, or names an operation nobody knows */
export function createCluster(scenario: Scenario, seed = 1, interventions: readonly Intervention[] = []): Timeline {
  return open(scenario, checkRun({ scenario: scenario.name, seed, interventions }), [])
}

function open(scenario: Scenario, run: Run, shared: readonly Checkpoint[]): Timeline {
  const { duration, actors, gate, world } = scenario
  const known = new Set(actors.flatMap(actor => Object.keys(actor.operations ?? {})))
  // what is done from outside comes after the script's own at the same time
  const steps = [...scenario.script ?? [], ...run.interventions].map((step, i) => ({ step, i })).sort((a, b) => a.step.at - b.step.at || a.i - b.i).map(({ step }) => step)
  for (const { op } of steps) {
    if (!known.has(op))
      throw new RangeError(`nobody knows the operation "${op}"`)
  }
  const checkpoints: Checkpoint[] = [...shared]
  let stride = STRIDE
  let kernel: Kernel | undefined
  let done = 0
  /** what has been run since the last checkpoint */
  let since = 0
  /** the longest log so far, and up to when it tells everything (virtual ms): the past is told from it without going there */
  let told: { log: Log, until: number } | undefined

  function keep(state: ClusterState) {
    const copy = copyState(state)
    checkpoints.push({ state: copy, done, parts: copied() })
    since = 0
    stride = Math.max(stride, copied())
    if (checkpoints.length > MOST) {
      for (let i = checkpoints.length - 2; i > 0; i -= 2)
        checkpoints.splice(i, 1)
      stride *= 2
    }
  }

  /** The place of the nearest checkpoint at or before a time; the first is the start. */
  function nearest(t: number): number {
    let low = 0
    let high = checkpoints.length
    while (low < high) {
      const mid = (low + high) >> 1
      if (checkpoints[mid]!.state.now <= t)
        low = mid + 1
      else
        high = mid
    }
    return low - 1
  }

  /** Whether the way to a time is shorter from a checkpoint than from where the kernel is. A playhead that moves on comes to the next checkpoint by itself. */
  function shorterFrom(place: number, { state: { now } }: Kernel, t: number): boolean {
    const { state, parts } = checkpoints[place]!
    return now > t || (now < state.now && (stride - since > parts || now < (checkpoints[place - 1]?.state.now ?? 0)))
  }

  function enter(t: number): Kernel {
    if (!kernel) {
      kernel = createKernel(actors, { seed: run.seed, gate, world, state: checkpoints[0] && copyState(checkpoints[0].state) })
      done = checkpoints[0]?.done ?? 0
      if (!checkpoints.length)
        keep(kernel.state)
    }
    const place = nearest(t)
    if (shorterFrom(place, kernel, t)) {
      const from = checkpoints[place]!
      kernel.load(copyState(from.state))
      done = from.done
      since = 0
    }
    return kernel
  }

  /** Runs tasks up to a time, leaving checkpoints where there were none. */
  function advance(to: Kernel, t: number) {
    const { store } = to
    let before = store.effort
    while (to.step(t)) {
      const { effort } = store
      since += TASK + effort - before
      before = effort
      if (since >= stride) {
        if (checkpoints.at(-1)!.state.now < to.state.now)
          keep(to.state)
        else
          since = 0
      }
    }
    to.settle(t)
  }

  function goTo(time: number): Kernel {
    const t = Number.isFinite(time) ? Math.floor(Math.min(duration, Math.max(0, time))) : 0
    const to = enter(t)
    for (let next = steps[done]; next && next.at <= t; next = steps[done]) {
      advance(to, next.at)
      done++
      try {
        to.operate(next)
      }
      catch (error) {
        // half of it may have happened: whoever looks next begins at a checkpoint
        kernel = undefined
        throw error
      }
    }
    advance(to, t)
    if (!told || t > told.until)
      told = { log: to.state.store.log, until: t }
    return to
  }

  /** The log up to a time at least. It only grows, and a kernel that has gone back grows another: what is known of the past is told without going there. */
  const logUntil = (time: number): Log => told && time <= told.until ? told.log : goTo(time).state.store.log

  /** How many entries of a log are not later than a time. */
  function placeAfter(log: Log, time: number): number {
    let low = log.dropped
    let high = logLength(log)
    while (low < high) {
      const mid = (low + high) >> 1
      if (logEntry(log, mid)!.at <= time)
        low = mid + 1
      else
        high = mid
    }
    return low
  }

  const timeline: Timeline = {
    run,
    scenario,
    duration,
    look(t, look) {
      const { state, api } = goTo(t)
      return look({ now: state.now, api, world: state.world, state })
    },
    at: t => copyState(goTo(t).state),
    fork(time, operation, { duration: until = duration, endsScript = false } = {}) {
      goTo(time)
      const t = kernel!.state.now
      const before = run.interventions.filter(step => step.at <= t)
      const past = checkpoints.filter(({ state, done: has }) => state.now <= t && steps.slice(0, has).every(step => step.at <= t))
      const other = { ...scenario, duration: until, script: endsScript ? scenario.script?.filter(step => step.at <= t) : scenario.script }
      const child = open(other, checkRun({ ...run, interventions: [...before, { ...operation, at: t } as Intervention] }), past)
      child.look(t, () => {})
      return child
    },
    twin: () => open(scenario, run, checkpoints),
    writes(from, to) {
      const log = logUntil(Math.min(duration, to))
      const first = placeAfter(log, from)
      return Array.from({ length: Math.max(0, placeAfter(log, to) - first) }, (_, i) => logEntry(log, first + i)!)
    },
    hash: (t = duration) => timeline.look(t, ({ state }) => hashState(state)),
  }
  return timeline
}
