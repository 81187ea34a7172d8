// A run in the address of the page: written for those who share it, read once by those who open it.
import type { Run } from '../cluster/run.ts'
import type { Done } from './useStory.ts'
import { shallowRef } from 'vue'
import { decodeRun, encodeRun } from '../cluster/run.ts'

/** What an address carried besides a slide and its clicks. */
export interface Carried { readonly run: string, readonly t: string }

/** What the page was opened with and no diagram has taken yet. */
export const carried = shallowRef<Carried | null>(null)

/**
 * Takes run and time out of an address's parameters; the rest is left to Slidev.
 * @returns the parameters without them, or nothing where there were none
 */
export function withoutRun<T extends Record<string, unknown>>(query: T): Partial<T> | undefined {
  if (!('run' in query) && !('t' in query))
    return undefined
  const { run, t, ...rest } = query
  if (run !== undefined)
    carried.value = { run: String(run ?? ''), t: String(t ?? '0') }
  return rest as unknown as Partial<T>
}

/**
 * The address of a slide with a run at a time.
 * @param page the address of the deck, up to `#`
 * @param alias the slide's alias or number
 */
export function addressOf(page: string, alias: string, clicks: number, run: Run, t: number): string {
  return `${page}#/${alias}?${clicks ? `clicks=${clicks}&` : ''}run=${encodeRun(run)}&t=${t}`
}

/** @throws RangeError that says what is wrong with it */
export function readCarried({ run, t }: Carried): { scenario: string, seed: number, done: Done[], t: number } {
  const { scenario, seed, interventions } = decodeRun(run)
  const time = Number(t)
  return { scenario, seed, done: interventions.map(({ at, ...op }) => ({ at, op })), t: Number.isFinite(time) ? Math.max(0, Math.round(time)) : 0 }
}
