// The kernel: one queue, actors that are told what was written and run when their tasks are due. Nothing happens but here.
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import { bootstrap } from '../api/bootstrap.ts'
import { createServer } from '../api/server.ts'
import type { Gate, Server } from '../api/server.ts'
import { dropLog, emptyStore, logEntry, logLength, openStore } from '../api/store.ts'
import type { Store, WatchEvent } from '../api/store.ts'
import { KINDS } from '../api/objects.ts'
import type { Kind } from '../api/objects.ts'
import { pop, push } from './queue.ts'
import type { Task } from './queue.ts'
import type { ClusterState, World } from './state.ts'

/** What an actor may use while it is called. */
export interface Context<S = unknown> {
  /** virtual ms */
  readonly now: number
  readonly memory: S
  /** Reads and writes; a refused write throws ApiError and changes nothing. */
  readonly api: Server
  /** For node/ and network/ only. */
  readonly world: World
  /** [0, 1), the one generator */
  readonly random: () => number
  /** Asks to be run. A key that waits already for an earlier or equal time stays as it is; for a later one it is brought forward. */
  readonly enqueue: (key: string, afterMs?: number) => void
  /** Takes back what a key waits for, if anything. */
  readonly forget: (key: string) => void
}

/** Something done to the cluster from outside: plain data. */
export interface Operation { readonly op: string, readonly [argument: string]: unknown }

/* eslint-disable ts/method-signature-style -- methods, so that actors of different memories stand in one list */
type Operate<S> = { does(operation: Operation, ctx: Context<S>): void }['does']

/** A part of the cluster that acts. It keeps nothing but its memory, which is plain data in the state. */
export interface Actor<S = unknown> {
  /** as the real component calls itself: 'deployment-controller' */
  readonly name: string
  readonly watches: readonly Kind[]
  /** virtual ms from a write to `observe`; 5 where absent */
  readonly watchLatency?: number
  /** Its memory at the beginning. */
  start(ctx: Context<S>): S
  /** A watch event: puts keys on the queue, nothing more. */
  observe(event: WatchEvent, ctx: Context<S>): void
  /** A task of its own is due. */
  run(key: string, ctx: Context<S>): void
  /** What can be done to it from outside, by the operation's name; throws RangeError where that is not possible now. */
  operations?: Readonly<Record<string, Operate<S>>>
}
/* eslint-enable ts/method-signature-style */

/** A kernel moves one state; the state can be exchanged for another of the same actors. */
export interface Kernel {
  readonly state: ClusterState
  readonly api: Server
  readonly store: Store
  /** Goes on from this state, which the kernel now changes. */
  load: (state: ClusterState) => void
  /** When the next task is due (virtual ms); undefined when nothing is left to do. */
  next: () => number | undefined
  /** Runs the next task, if it is due by `until`. */
  step: (until: number) => boolean
  /** Sets the clock on to a time by which all is done. */
  settle: (time: number) => void
  /** Runs all tasks due by a time and sets the clock to it; gives how many tasks ran. */
  runUntil: (time: number) => number
  /** Does something from outside, now. @throws RangeError on an operation nobody knows, or that is not possible; ApiError where it is refused */
  operate: (operation: Operation) => void
}

export interface KernelOptions {
  seed: number
  /** fills the world before any actor starts */
  world?: (world: World) => void
  /** what requests have to pass; where absent, the parts are trusted to write well and people cannot write (api/gate.ts) */
  gate?: Gate
  /** goes on from here instead of starting anew */
  state?: ClusterState
  /** whether the whole log is kept, so that the past can be told; true where absent */
  history?: boolean
}

/** The key under which an actor is told of writes. */
const WATCH = '\0watch'
const LATENCY = 5
/** A bit for each kind: what was written and what is watched are compared at once. */
const BITS = Object.fromEntries(KINDS.map((kind, i) => [kind, 1 << i])) as Readonly<Record<Kind, number>>
/** Chunks of the log that are kept where its history is not. */
const KEPT = 16
/** More tasks than this without time passing is a loop. */
const LOOP = 5_000_000

/** Draws that are thrown away: the first ones are all but 1 after any small seed. */
const WARM = 20

function seeded(seed: number): readonly number[] {
  const generator = xoroshiro128plus(seed | 0)
  for (let i = 0; i < WARM; i++)
    generator.next()
  return generator.getState()
}

export function emptyState(seed: number): ClusterState {
  return { now: 0, seq: 0, random: seeded(seed), tasks: [], waiting: {}, seen: {}, store: emptyStore(), world: {}, actors: {} }
}

/** A kernel over a new cluster: its actors have been started at 0 and nothing has run. */
export function createKernel(actors: readonly Actor[], { seed, gate, world, state: given, history = true }: KernelOptions): Kernel {
  let state = given ?? emptyState(seed)
  let store = openStore(state.store)

  let generator = xoroshiro128plusFromState(state.random)
  /** where the generator stands; another state's generator stands elsewhere */
  let stands = state.random

  function random(): number {
    if (stands !== state.random)
      generator = xoroshiro128plusFromState(state.random)
    const value = (generator.next() >>> 0) / 0x1_0000_0000
    stands = state.random = generator.getState()
    return value
  }

  function enqueue(actor: string, key: string, afterMs = 0) {
    const due = state.now + Math.max(0, Math.ceil(afterMs))
    const waiting = state.waiting[actor]!
    const before = waiting.get(key)
    if (before && before.due <= due)
      return
    const task: Task = { due, seq: ++state.seq, actor, key }
    waiting.set(key, task)
    push(state.tasks, task)
  }

  const api = createServer({ store: () => store, now: () => state.now, random, gate })

  const known = new Map(actors.map((actor) => {
    const { name } = actor
    const ctx: Context = {
      get now() { return state.now },
      get memory() { return state.actors[name] },
      get world() { return state.world },
      api,
      random,
      enqueue: (key, afterMs) => enqueue(name, key, afterMs),
      forget: key => void state.waiting[name]!.delete(key),
    }
    return [name, { name, actor, ctx, kinds: actor.watches.reduce((bits, kind) => bits | BITS[kind], 0), latency: actor.watchLatency ?? LATENCY }] as const
  }))
  if (known.size !== actors.length)
    throw new RangeError('two actors of one name')
  const all = [...known.values()]

  /** Tells an actor what it has not seen and what is old enough, and asks to be called again for the rest. */
  function tell({ name, actor, ctx, kinds, latency }: (typeof all)[number]) {
    const { log } = state.store
    let place = state.seen[name]!
    for (const end = logLength(log); place < end; place++) {
      const event = logEntry(log, place)!
      if (event.at + latency > state.now) {
        enqueue(name, WATCH, event.at + latency - state.now)
        break
      }
      if (kinds & BITS[event.kind])
        actor.observe(event, ctx)
    }
    state.seen[name] = place
  }

  /** How many tasks ran without time passing. */
  let here = 0
  /** How much of the log has been offered to the watchers. */
  let offered = 0

  /** Wakes the watchers of what has been written since the last time. */
  function offer() {
    const { log } = state.store
    const end = logLength(log)
    if (offered === end)
      return
    let written = 0
    for (let place = offered; place < end; place++)
      written |= BITS[logEntry(log, place)!.kind]
    for (const { name, kinds, latency } of all) {
      if (!(kinds & written))
        continue
      for (let place = offered; place < end; place++) {
        const event = logEntry(log, place)!
        if (kinds & BITS[event.kind]) {
          enqueue(name, WATCH, event.at + latency - state.now)
          break
        }
      }
    }
    offered = end
    if (!history && state.store.log.chunks.length > KEPT) {
      for (const name of known.keys()) {
        if (!state.waiting[name]!.has(WATCH))
          state.seen[name] = end
      }
      dropLog(state.store.log, Math.min(...Object.values(state.seen)))
    }
  }

  function drop(): Task | undefined {
    for (;;) {
      const task = state.tasks[0]
      if (!task || state.waiting[task.actor]?.get(task.key) === task)
        return task
      pop(state.tasks)
    }
  }

  const kernel: Kernel = {
    get state() { return state },
    get store() { return store },
    api,
    load(next) {
      state = next
      store = openStore(state.store)
      offered = logLength(state.store.log)
    },
    next: () => drop()?.due,
    step(until) {
      const task = drop()
      if (!task || task.due > until)
        return false
      pop(state.tasks)
      const { actor, key } = task
      state.waiting[actor]!.delete(key)
      const whose = known.get(actor)!
      here = task.due === state.now ? here + 1 : 0
      if (here > LOOP)
        throw new Error(`the cluster runs in circles at ${state.now} ms: ${actor} ${JSON.stringify(key)}`)
      state.now = task.due
      if (key === WATCH)
        tell(whose)
      else
        whose.actor.run(key, whose.ctx)
      offer()
      return true
    },
    settle(time) {
      state.now = Math.max(state.now, time)
    },
    runUntil(time) {
      let count = 0
      while (kernel.step(time))
        count++
      kernel.settle(time)
      return count
    },
    operate(operation) {
      for (const { actor, ctx } of known.values()) {
        if (actor.operations && Object.hasOwn(actor.operations, operation.op)) {
          actor.operations[operation.op]!(operation, ctx)
          return offer()
        }
      }
      throw new RangeError(`nobody knows the operation "${operation.op}"`)
    },
  }

  if (given) {
    offered = logLength(state.store.log)
    return kernel
  }
  for (const name of known.keys()) {
    state.waiting[name] = new Map()
    state.seen[name] = 0
  }
  world?.(state.world)
  bootstrap(api)
  for (const [name, { actor, ctx }] of known)
    state.actors[name] = actor.start(ctx)
  offer()
  return kernel
}
