// What a running program has to do and what that takes: requests in their order, CPU by time, memory.
import type { Container } from 'kubernetes-types/core/v1'
import { byteValue, milliValue } from '../api/amounts.ts'
import { PLAIN, commandOf, heldOpen, programOf } from './programs/program.ts'
import type { Program } from './programs/program.ts'

/** Plain data. Times are virtual ms. */
export interface Load {
  readonly image: string
  readonly program: Program
  readonly since: number
  /** cores that it may use: one at most, less where a limit says so */
  readonly cores: number
  /** bytes; Infinity without a limit */
  readonly limit: number
  /** when all requests so far are done with */
  busyUntil: number
  served: number
  /** it answers everything with errors, until it is mended or started anew */
  broken?: boolean
  /** CPU used (ms of a core) by the number of the window (`WINDOW`) */
  readonly used: Map<number, number>
}

/** What a metrics server measures over, ms. */
export const WINDOW = 15_000

/** The program that a container runs, as its image and its command say. */
export function programFor({ image = '', command = [], args = [], stdin, tty }: Container): Program {
  const words = [...command, ...args]
  const own = words.length ? commandOf(words) : undefined
  if (own)
    return { ...PLAIN, ...own, cpu: 0, idle: 0, listens: 0 }
  return words.length || stdin || tty ? heldOpen(image) : programOf(image)
}

/** A program that starts now. */
export function startLoad(container: Container, now: number): Load {
  const { limits } = container.resources ?? {}
  const cpu = limits?.cpu as string | undefined
  const memory = limits?.memory as string | undefined
  return {
    image: container.image ?? '',
    program: Object.freeze(programFor(container)),
    since: now,
    // a limit of 0 is none
    cores: Math.min(1, (cpu ? milliValue(cpu) / 1000 : 0) || 1),
    limit: (memory ? byteValue(memory) : 0) || Infinity,
    busyUntil: now,
    served: 0,
    used: new Map(),
  }
}

/** When the program answers for the first time. */
export const servesFrom = ({ since, program }: Load) => since + program.boot

/** Whether it answers with errors. */
export const fails = ({ since, program, broken }: Load, now: number) => !!broken || now - since >= program.failsAfter

/** Bytes that the program holds. */
export const memoryOf = ({ since, program }: Load, now: number) => program.memory + program.leak * (now - since) / 1000

/** When the program will hold more than it may; Infinity: never. */
export function outOfMemoryAt({ since, program, limit }: Load): number {
  return program.memory > limit ? since : program.leak > 0 && limit < Infinity ? Math.ceil(since + (limit - program.memory) / program.leak * 1000) : Infinity
}

/** Takes a request in; gives when its turn begins and when its CPU work is done. One after the other, as on one core. */
export function work(load: Load, now: number): { starts: number, ends: number } {
  const starts = Math.max(now, load.busyUntil)
  const ends = starts + load.program.cpu / load.cores
  load.busyUntil = ends
  load.served++
  const { used, cores } = load
  // counted where the work is done: a queue reaches into windows to come
  for (let at = starts; at < ends;) {
    const window = Math.floor(at / WINDOW)
    const until = Math.min(ends, (window + 1) * WINDOW)
    used.set(window, (used.get(window) ?? 0) + (until - at) * cores)
    at = until
  }
  if (used.size > 4) {
    const old = Math.floor(now / WINDOW) - 2
    for (const window of used.keys()) {
      if (window < old)
        used.delete(window)
    }
  }
  return { starts, ends }
}

/** Thousandths of a core that the program used in a window; undefined where it did not run through all of it. */
export function usage({ used, since, program, cores }: Load, window: number): number | undefined {
  return since <= window * WINDOW ? Math.min(1000 * cores, (used.get(window) ?? 0) / WINDOW * 1000 + program.idle) : undefined
}
