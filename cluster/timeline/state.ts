// Everything that changes in a cluster, as plain data, and how it is copied.
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
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'symbol')
      throw new TypeError(`state holds plain data only, not a ${typeof value}`)
    return value
  }
  parts++
  if (Object.isFrozen(value))
    return value
  if (Array.isArray(value)) {
    const out = value.slice() as unknown[]
    parts += out.length >> 2
    for (let i = 0; i < out.length; i++) {
      const item = out[i]
      if (typeof item === 'object' && item !== null)
        out[i] = copyAny(item)
    }
    return out
  }
  if (value instanceof Map) {
    const out = new Map<unknown, unknown>()
    parts += value.size
    for (const [key, item] of value)
      out.set(key, typeof item === 'object' && item !== null ? copyAny(item) : item)
    return out
  }
  if (value instanceof Set)
    return new Set(value)
  if (ArrayBuffer.isView(value))
    return (value as Uint8Array).slice()
  const proto: unknown = Object.getPrototypeOf(value)
  if (proto !== Object.prototype && proto !== null)
    throw new TypeError('state holds plain data only, not an instance of a class')
  const from = value as Record<string, unknown>
  const out: Record<string, unknown> = {}
  for (const key in from)
    out[key] = copyAny(from[key])
  return out
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
    store: copy(state.store),
    world: copy(state.world),
    actors: copy(state.actors),
  }
}
