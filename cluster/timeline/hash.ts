// A number that tells whether two states, and what led to them, are the same.
import { logEntry, logLength } from '../api/store.ts'
import type { Log, WatchEvent } from '../api/store.ts'
import { sealed } from './run.ts'
import type { ClusterState } from './state.ts'

let a = 0
let b = 0

function mix(word: number): void {
  a = Math.imul(a ^ word, 2_654_435_761)
  b = Math.imul(b ^ word, 1_597_334_677)
}

/** Two letters at a time: most of a history is text. */
function mixText(text: string): void {
  const { length } = text
  mix(length)
  for (let i = 1; i < length; i += 2)
    mix(text.charCodeAt(i - 1) << 16 | text.charCodeAt(i))
  if (length & 1)
    mix(text.charCodeAt(length - 1))
}

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)

/** Numbers of frozen objects, which stay as they are: most of a history is parts that many writes share. */
const known = new WeakMap<object, number>()

/**
 * The number of an object, which is its own wherever it lies. Small ones are soon counted again.
 * @param fresh how many levels of it nobody shares: what is met once need not be remembered
 */
function numberOf(value: object, fresh = 0): number {
  const keep = !fresh && !Array.isArray(value) && Object.isFrozen(value)
  let mark = keep ? known.get(value) : undefined
  if (mark === undefined) {
    const outerA = a
    const outerB = b
    start()
    const size = mixParts(value, fresh)
    mark = sealed(a, b)
    if (keep && size > 3)
      known.set(value, mark)
    a = outerA
    b = outerB
  }
  return mark
}

function mixNumber(value: number): void {
  double[0] = value
  mix(words[0]!)
  mix(words[1]!)
}

function mixValue(value: unknown, fresh = 0): void {
  if (typeof value === 'string') {
    mix(1)
    mixText(value)
  }
  else if (typeof value === 'number') {
    mix(2)
    mixNumber(value)
  }
  else if (typeof value !== 'object' || value === null) {
    mix(value === null ? 3 : value === true ? 4 : value === false ? 5 : 6)
  }
  else {
    mixNumber(numberOf(value, fresh))
  }
}

/** An object as it was written: itself, its metadata and its status are another with every write. */
const FRESH = 2
const SHARED = 'spec'

/** A log as a part of a state: what was written, and not what that replaced, which was written before. */
class Writes {
  readonly log: Log
  constructor(log: Log) {
    this.log = log
  }
}

/** Numbers of writes, which stay as they are: a history is hashed at several times, and most of it is the same. */
const written = new WeakMap<WatchEvent, number>()

function mixWrites({ log }: Writes): number {
  const size = logLength(log) - log.dropped
  mix(7)
  mix(size)
  for (let i = 0; i < size; i++) {
    const write = logEntry(log, log.dropped + i)!
    let mark = written.get(write)
    if (mark === undefined) {
      const { type, kind, revision, at, by, object } = write
      mark = numberOf([type, kind, revision, at, by, object], FRESH + 1)
      written.set(write, mark)
    }
    mixNumber(mark)
  }
  return size
}

/** @returns how many parts it has */
function mixParts(value: object, fresh = 0): number {
  const left = Math.max(0, fresh - 1)
  if (Array.isArray(value)) {
    mix(7)
    mix(value.length)
    // by place: iterators over frozen lists are slow
    for (let i = 0; i < value.length; i++)
      mixValue(value[i], left)
    return value.length
  }
  if (value instanceof Map) {
    mix(8)
    mix(value.size)
    value.forEach((item: unknown, key: unknown) => {
      mixValue(key)
      mixValue(item)
    })
    return value.size
  }
  if (value instanceof Set) {
    mix(9)
    mix(value.size)
    value.forEach(item => mixValue(item))
    return value.size
  }
  if (ArrayBuffer.isView(value)) {
    mix(10)
    for (const item of value as Uint8Array)
      mixNumber(item)
    return value.byteLength
  }
  if (value instanceof Writes)
    return mixWrites(value)
  mix(11)
  const keys = Object.keys(value)
  for (const key of keys) {
    const item = (value as Record<string, unknown>)[key]
    if (item === undefined)
      continue
    mixText(key)
    mixValue(item, key === SHARED ? 0 : left)
  }
  return keys.length
}

function start(): void {
  a = 0xDEADBEEF
  b = 0x41C6CE57
}

/** A number of 53 bits that differs where plain data differ, the order of their keys included. What is `undefined` is not there. */
export function hashValue(value: unknown): number {
  start()
  mixValue(value)
  return sealed(a, b)
}

/** A short text that differs where the state or what led to it does. */
export function hashState(state: ClusterState): string {
  const { store, tasks, waiting, ...rest } = state
  const { log, objects, ...more } = store
  return hashValue([rest, more, waiting, new Writes(log), tasks.length, Object.values(objects).map(kind => [...kind.keys()])]).toString(36)
}
