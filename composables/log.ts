// What was done, in one order for all windows: an ordered log that windows merge whatever comes late, twice or not at all.

/** Plain data. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data }

/** One thing that was done. Of every `kind` but `deed` only the last counts; deeds count until they are taken away. */
export interface Entry {
  /** its place in the order: above all that its writer had seen */
  readonly rev: number
  /** the window that wrote it; of two with one rev the greater name comes later, everywhere */
  readonly by: string
  readonly kind: string
  readonly op: Data
}

/**
 * The log as a window knows it. It is sent whole: what it does not hold of what it has seen has been taken away or overtaken.
 * So nothing has to be kept for ever, and a lost, late or doubled message does no harm.
 */
export interface Log {
  /** of each window the last rev that was seen */
  readonly have: Readonly<Record<string, number>>
  /** in their order */
  readonly entries: readonly Entry[]
}

export const DEED = 'deed'
export const emptyLog: Log = { have: {}, entries: [] }

/** More than this is refused: no class does so much to one diagram, and a log must fit into a message. */
export const limits = { entries: 600, windows: 2000, bytes: 200_000 }

export const idOf = ({ rev, by }: Entry): string => `${rev} ${by}`
const inOrder = (a: Entry, b: Entry) => a.rev - b.rev || (a.by < b.by ? -1 : a.by > b.by ? 1 : 0)

/** Of each kind but deeds the last alone. */
function settle(entries: readonly Entry[]): Entry[] {
  const sorted = [...entries].sort(inOrder)
  return sorted.filter((entry, i) => entry.kind === DEED || sorted.findLastIndex(other => other.kind === entry.kind) === i)
}

/** The last rev anybody has written. */
export const revOf = (log: Log): number => Math.max(0, ...Object.values(log.have))

/**
 * Writes entries, one after the other, and takes deeds away in the same stroke.
 * @param ends ids of entries that end with this: only what the writer has seen can end, so what another window does meanwhile stays
 */
export function append(log: Log, by: string, ops: readonly { kind: string, op: Data }[], ends: readonly string[] = []): Log {
  const first = revOf(log) + 1
  const gone = new Set(ends)
  const written = ops.map(({ kind, op }, i) => ({ rev: first + i, by, kind, op }))
  return {
    have: { ...log.have, [by]: first + Math.max(0, ops.length - 1) },
    entries: settle([...log.entries.filter(entry => !gone.has(idOf(entry))), ...written]),
  }
}

/** What both have seen, in the one order. Commutative, associative, idempotent. */
export function merge(a: Log, b: Log): Log {
  const ofB = new Set(b.entries.map(idOf))
  const inBoth = new Set(a.entries.map(idOf).filter(id => ofB.has(id)))
  /** an entry that one holds and the other does not: the other has not seen it yet, or has seen it go */
  const stays = (other: Log) => (entry: Entry) => inBoth.has(idOf(entry)) || entry.rev > (other.have[entry.by] ?? 0)
  const have: Record<string, number> = { ...a.have }
  for (const [by, rev] of Object.entries(b.have))
    have[by] = Math.max(rev, have[by] ?? 0)
  return {
    have,
    entries: settle([...a.entries.filter(stays(b)), ...b.entries.filter(entry => !inBoth.has(idOf(entry)) && stays(a)(entry))]),
  }
}

/** Whether `b` tells nothing that `a` does not. */
export function covers(a: Log, b: Log): boolean {
  return Object.entries(b.have).every(([by, rev]) => rev <= (a.have[by] ?? 0))
}

/** The last entry of a kind. */
export function lastOf(log: Log, kind: string): Entry | undefined {
  return log.entries.findLast(entry => entry.kind === kind)
}

/** The deeds, in the order they were written. */
export function deedsOf(log: Log): readonly Entry[] {
  return log.entries.filter(entry => entry.kind === DEED)
}

const isRev = (rev: unknown) => Number.isSafeInteger(rev) && (rev as number) > 0
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A log from outside, or nothing where it is none: too large, or not of the form. */
export function readLog(value: unknown): Log | undefined {
  if (!isObject(value) || !isObject(value.have) || !Array.isArray(value.entries) || value.entries.length > limits.entries)
    return undefined
  const have = value.have
  const windows = Object.keys(have)
  if (windows.length > limits.windows || !windows.every(by => isRev(have[by])) || JSON.stringify(value).length > limits.bytes)
    return undefined
  const good = value.entries.every(entry => isObject(entry) && isRev(entry.rev) && typeof entry.by === 'string' && typeof entry.kind === 'string'
    && Object.hasOwn(have, entry.by) && (entry.rev as number) <= (have[entry.by] as number) && entry.op !== undefined)
  return good ? { have: { ...have } as Log['have'], entries: settle(value.entries as Entry[]) } : undefined
}
