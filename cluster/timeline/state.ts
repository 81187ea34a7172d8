// Everything that changes in a cluster, as plain data, and how it is copied.
import { shareObjects } from '../api/store.ts'
import type { StoreState } from '../api/store.ts'
import type { Task } from './queue.ts'

/**
 * What is, whatever the store believes: machines, processes, packets. The rooms that own a part declare it where they define it:
 * `declare module '../timeline/state.ts' { interface World { machines: Map<string, Machine> } }`.
 */

export interface World {}

/** Plain objects, arrays, Maps and Sets of plain data. Frozen objects in it are shared by copies, all else is copied. */
export interface ClusterState {
  /** virtual ms */
  now: number
  /** the number of the last task made */
  seq: number
  /** the generator's state */
  random: readonly number[]
  /** a heap (queue.ts) */
  tasks: Task[]
  /** the task that each key of an actor waits for; others in the heap are out of date */
  waiting: Record<string, Map<string, Task>>
  /** how many entries of the log each actor has seen */
  seen: Record<string, number>
  store: StoreState
  world: World
  /** each actor's own memory */
  actors: Record<string, unknown>
}

let parts = 0

/** How many parts the last copy of a whole state had: what it cost. */
export const copied = (): number => parts

/** A copy of plain data that shares what is frozen. @throws TypeError on anything but plain data */
export function copy<T>(value: T): T {
  return copyAny(value) as T
}

function copyAny(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError(`state holds plain data only, not a ${typeof value}`)
  return typeof value === 'object' && value !== null ? copyObject(value) : value
}

/** What lies in an object is looked at, and called for only where it is an object itself: most is not. */
function copyObject(value: object): object {
  parts++
  if (Object.isFrozen(value))
    return value
  if (Array.isArray(value)) {
    const out = value.slice() as unknown[]
    for (let i = 0; i < out.length; i++) {
      const item = out[i]
      if (typeof item === 'object' && item !== null)
        out[i] = copyObject(item)
    }
    return out
  }
  const proto: unknown = Object.getPrototypeOf(value)
  if (proto === Object.prototype || proto === null) {
    const out = { ...value } as Record<string, unknown>
    for (const key of Object.keys(out)) {
      const item = out[key]
      if (typeof item === 'object' ? item !== null : typeof item === 'function' || typeof item === 'symbol')
        out[key] = copyAny(item)
    }
    return out
  }
  if (value instanceof Map) {
    parts += value.size
    const out = new Map<unknown, unknown>()
    for (const [key, item] of value)
      out.set(key, typeof item === 'object' && item !== null ? copyObject(item as object) : item)
    return out
  }
  if (value instanceof Set)
    return new Set(value)
  if (ArrayBuffer.isView(value))
    return (value as Uint8Array).slice()
  throw new TypeError('state holds plain data only, not an instance of a class')
}

type Copier<T> = (part: T, count: (parts: number) => void) => T

/** How a room copies its part of the world where it can do so faster than `copy`, which has to ask every object what it is; it says how many parts it has copied. */
export const copiers: { [P in keyof World]?: Copier<NonNullable<World[P]>> } = {}

const count = (more: number) => void (parts += more)

function copyWorld(world: World): World {
  const out: Record<string, unknown> = { ...world }
  for (const name in out) {
    const own = (copiers as Record<string, Copier<unknown> | undefined>)[name]
    out[name] = own && out[name] ? own(out[name], count) : copyAny(out[name])
  }
  return out
}

/** A copy of a store: what is in it is frozen, and shared until one of the two is written to. */
export function copyStore({ objects, ...more }: StoreState): StoreState {
  return { ...copy(more), objects: shareObjects(objects) }
}

/** A copy of a whole cluster. Tasks are never changed once made and are shared. */
export function copyState(state: ClusterState): ClusterState {
  parts = state.tasks.length
  const waiting: ClusterState['waiting'] = {}
  for (const actor in state.waiting) {
    waiting[actor] = new Map(state.waiting[actor])
    parts += waiting[actor].size
  }
  return {
    ...state,
    tasks: state.tasks.slice(),
    waiting,
    seen: { ...state.seen },
    store: copyStore(state.store),
    world: copyWorld(state.world),
    actors: copy(state.actors),
  }
}
