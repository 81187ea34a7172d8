// Runs what was recorded of a real Kubernetes against the cluster: tables of cases, traces and sessions.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

/** How the cases of one table are checked. */
export interface Table {
  /** the fields of a case whose meaning the check knows; a case with others fails */
  readonly fields: readonly string[]
  /** Throws where the cluster answers otherwise. */
  readonly check: (given: never) => void
}
/** What `adapters/<area>.ts` exports as `tables`. */
export type Tables = Readonly<Record<string, Table>>

/** A table's check, with the names of the fields that it knows: `table('in n e f', …)`. */
export function table<C>(fields: string, check: (given: C) => void): Table {
  return { fields: fields.split(' '), check }
}

/** Refuses an object with fields that nobody looks at. */
export function only<T extends object>(object: T, fields: string): T {
  const known = fields.split(' ')
  for (const field of Object.keys(object)) {
    if (!known.includes(field))
      throw new Error(`nobody knows the field "${field}"`)
  }
  return object
}

export interface Trace { readonly name: string, readonly [field: string]: unknown }
export interface Step { readonly cmd?: string, readonly compare?: 'exact' | 'last-line' | 'none', readonly [field: string]: unknown }
export interface Session { readonly name: string, readonly steps: readonly Step[], readonly [field: string]: unknown }

/** What the adapters know. A missing one: not attempted. */
export interface Adapters {
  readonly areas: Readonly<Record<string, Tables>>
  /** Throws where the cluster moved otherwise. */
  readonly trace?: (trace: Trace) => void
  /** What went otherwise at each step: one entry a step, undefined where it is as recorded. */
  readonly session?: (session: Session) => readonly (string | undefined)[]
}

/** Cases left out on purpose: a table's or trace's name, and a number of a case in our own folder or a text that such cases contain. */
export interface LeftOut { readonly name: string, readonly case?: number, readonly uses?: string, readonly reason: string }

export interface Result {
  readonly name: string
  readonly attempted: boolean
  /** without those left out */
  readonly total: number
  readonly passed: number
  readonly leftOut: number
  readonly failures: readonly string[]
}

interface Recorded { name: string, cases: readonly unknown[], check: ((given: unknown, i: number) => void) | undefined }

const message = (error: unknown) => error instanceof Error ? error.message : String(error)

/** A check that first refuses fields of unknown meaning. */
function strict({ fields, check }: Table): (given: unknown) => void {
  return (given) => {
    only(given as object, fields.join(' '))
    ;(check as (given: unknown) => void)(structuredClone(given))
  }
}

function* recorded(folder: string, adapters: Adapters): Generator<Recorded> {
  const read = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as Record<string, unknown>
  const files = (part: string) => existsSync(join(folder, part)) ? readdirSync(join(folder, part)).filter(file => file.endsWith('.json')).sort() : []
  for (const file of files('cases')) {
    const area = basename(file, '.json')
    for (const [name, { cases }] of Object.entries(read('cases', file).tables as Record<string, { cases: unknown[] }>)) {
      const found = adapters.areas[area]?.[name]
      yield { name: `${area}/${name}`, cases, check: found && strict(found) }
    }
  }
  for (const file of files('traces')) {
    for (const trace of read('traces', file).traces as Trace[])
      yield { name: `traces/${trace.name}`, cases: [trace], check: adapters.trace && (given => adapters.trace!(given as Trace)) }
  }
  for (const file of files('transcripts')) {
    for (const session of read('transcripts', file).sessions as Session[]) {
      const compared = session.steps.flatMap((step, i) => step.cmd !== undefined && step.compare !== 'none' ? [i] : [])
      let outcome: readonly (string | undefined)[] | undefined
      yield {
        name: `transcripts/${session.name}`,
        cases: compared,
        check: adapters.session && ((at) => {
          outcome ??= adapters.session!(session)
          if (outcome.length !== session.steps.length)
            throw new Error(`${outcome.length} outcomes for ${session.steps.length} steps`)
          const wrong = outcome[at as number]
          if (wrong !== undefined)
            throw new Error(`${session.steps[at as number]!.cmd}\n${wrong}`)
        }),
      }
    }
  }
}

/** Runs a folder of recordings. Those left out by number count in our own folder alone. */
export function runFolder(folder: string, adapters: Adapters, leftOut: readonly LeftOut[] = [], own = true): Result[] {
  const results: Result[] = []
  for (const { name, cases, check } of recorded(folder, adapters)) {
    const out = leftOut.filter(entry => entry.name === name && (own || entry.case === undefined))
    const kept = [...cases.entries()].filter(([i, given]) => !out.some(entry => entry.case === i || (entry.uses !== undefined && JSON.stringify(given).includes(entry.uses)) || (entry.case === undefined && entry.uses === undefined)))
    const failures: string[] = []
    if (check) {
      for (const [i, given] of kept) {
        try {
          check(given, i)
        }
        catch (error) {
          failures.push(`${name} [${i}]: ${message(error)}`)
        }
      }
    }
    results.push({ name, attempted: !!check, total: kept.length, passed: check ? kept.length - failures.length : 0, leftOut: cases.length - kept.length, failures })
  }
  return results
}

/** What the runner prints, and whether everything required passed. Required names that another folder lacks are not missed there. */
export function report(results: readonly Result[], required: readonly string[], own = true): { lines: string[], failures: string[], ok: boolean } {
  const sum = (of: (result: Result) => number) => results.reduce((total, result) => total + of(result), 0)
  const lines = results.map(({ name, attempted, passed, total }) => `${name} ${attempted ? `${passed}/${total}` : 'not attempted'}`)
  const missed = required.filter((name) => {
    const result = results.find(each => each.name === name)
    return result ? !result.attempted || result.passed !== result.total : own
  })
  const left = sum(result => result.leftOut)
  if (left)
    lines.push(`${left} left out on purpose`)
  if (missed.length)
    lines.push(`required, and not passing: ${missed.join(', ')}`)
  lines.push(`${sum(r => r.passed)} passed, ${sum(r => r.attempted ? r.total - r.passed : 0)} failed, ${sum(r => r.attempted ? 0 : r.total)} not attempted`)
  return { lines, failures: results.flatMap(result => result.failures), ok: missed.length === 0 }
}

/** Loads what stands in `adapters/`: an area's `tables`, `trace` of traces.ts, `session` of transcripts.ts. */
export async function loadAdapters(folder: string): Promise<Adapters> {
  const areas: Record<string, Tables> = {}
  let more: Pick<Adapters, 'trace' | 'session'> = {}
  for (const file of readdirSync(folder).filter(name => name.endsWith('.ts') && !name.includes('.test.')).sort()) {
    const module = await import(new URL(file, `file://${folder.replace(/\/?$/, '/')}`).href) as Partial<Adapters> & { tables?: Tables }
    if (module.tables)
      areas[basename(file, '.ts')] = module.tables
    if (module.trace)
      more = { ...more, trace: module.trace }
    if (module.session)
      more = { ...more, session: module.session }
  }
  return { areas, ...more }
}

/** Throws where two values differ, telling both. */
export function equal(actual: unknown, expected: unknown, what = 'it'): void {
  if (!isDeepStrictEqual(actual, expected))
    throw new Error(`${what} is ${show(actual)}, not ${show(expected)}`)
}

const show = (value: unknown) => JSON.stringify(value, (_, part: unknown) => typeof part === 'bigint' ? `${part}n` : part) ?? 'undefined'

/** Throws unless a call throws. */
export function refuses(go: () => unknown, what = 'it'): void {
  let value: unknown
  try {
    value = go()
  }
  catch {
    return
  }
  throw new Error(`${what} is taken, as ${show(value)}`)
}
