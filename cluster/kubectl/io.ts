// What a command reads and writes, and how it goes on when it is not done at once.
import type { Server } from '../api/server.ts'
import type { World } from '../timeline/state.ts'
import type { FieldDocs } from './fielddocs.ts'

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain | undefined }

/** What a terminal keeps between its lines. Plain data. */
export interface Session {
  readonly namespace: string
  /** the exercise's files by name */
  readonly files: Readonly<Record<string, string>>
}

/** The cluster that a line is said to. */
export interface Env {
  readonly api: Server
  /** virtual ms */
  readonly now: number
  readonly world: World
  /** [0, 1), the cluster's own generator */
  readonly random: () => number
  /** what the API says of its fields, for `explain` */
  readonly docs?: FieldDocs
  /** the text with which an editor was closed */
  readonly answer?: string
}

export interface Chunk { readonly to: 'stdout' | 'stderr', readonly text: string }

/** What a command that is not done waits with: plain data, so that a run can be copied while it waits. */
export interface Waiting {
  /** who goes on with it */
  readonly follow: string
  readonly data: Plain
  /** when to ask again (virtual ms from now) */
  readonly after: number
}

/** How a command prints and reaches the cluster and its session. */
export interface Io extends Env {
  readonly print: (text: string) => void
  readonly warn: (text: string) => void
  /** clears the screen */
  readonly clear: () => void
  readonly stdin?: string
  session: Session
}

/** More output than this is cut off: letters. */
export const MOST_OUTPUT = 1_000_000

/** A place to print to. */
export function openIo(env: Env, session: Session, stdin?: string): Io & { readonly chunks: Chunk[] } {
  const chunks: Chunk[] = []
  let left = MOST_OUTPUT
  function add(to: Chunk['to'], text: string) {
    if (!text || left <= 0)
      return
    const last = chunks.at(-1)
    const fits = text.length > left ? `${text.slice(0, left)}\n… more than this terminal keeps\n` : text
    left -= text.length
    if (last?.to === to)
      chunks[chunks.length - 1] = { to, text: last.text + fits }
    else
      chunks.push({ to, text: fits })
  }
  return {
    get api() { return env.api },
    get now() { return env.now },
    get world() { return env.world },
    get random() { return env.random },
    get docs() { return env.docs },
    get answer() { return env.answer },
    session,
    ...(stdin !== undefined && { stdin }),
    chunks,
    print: text => add('stdout', text),
    warn: text => add('stderr', text),
    clear: () => add('stdout', '\f'),
  }
}
