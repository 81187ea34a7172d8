// The terminal of a cluster, as one of its actors: a line is an intervention, what it prints follows from the run.
import type { Actor, Context } from '../timeline/kernel.ts'
import type { ClusterState } from '../timeline/state.ts'
import type { FieldDocs } from './fielddocs.ts'
import type { Chunk, Session, Waiting } from './io.ts'
import { editorOf, resume, run } from './shell.ts'
import type { Outcome } from './shell.ts'

/** A line and what it printed. */
export interface Entry {
  readonly line: string
  /** when it was entered, virtual ms */
  readonly at: number
  readonly chunks: readonly Chunk[]
  /** absent while it runs */
  readonly exit?: number
}

/** What a terminal remembers. Replaced, never changed. */
export interface Terminal {
  readonly session: Session
  readonly entries: readonly Entry[]
  /** what the last entry waits for */
  readonly waiting?: Waiting
}

export const TERMINAL = 'terminal'

/** Entries that are kept, and letters of each. */
const MOST_ENTRIES = 500
const LONGEST = 1_000_000
const GO_ON = 'go on'

/** ctrl+c, in a shell's numbers */
const INTERRUPTED = 130

interface Memory { terminal: Terminal }

/** What has been typed into the terminal of a cluster, and what was printed. */
export function terminalOf(state: Pick<ClusterState, 'actors'>): Terminal {
  return (state.actors[TERMINAL] as Memory).terminal
}

function settle(ctx: Context<Memory>, before: readonly Entry[], entry: Entry, { chunks, exit, waiting, session }: Outcome): void {
  const cleared = chunks.findLastIndex(chunk => chunk.text.includes('\f'))
  const kept = cleared < 0 ? [...entry.chunks, ...chunks] : [{ ...chunks[cleared]!, text: chunks[cleared]!.text.slice(chunks[cleared]!.text.lastIndexOf('\f')) }, ...chunks.slice(cleared + 1)]
  const size = kept.reduce((sum, chunk) => sum + chunk.text.length, 0)
  const next: Entry = Object.freeze({ line: entry.line, at: entry.at, chunks: Object.freeze(kept), ...(exit !== undefined && { exit }) })
  const goesOn = waiting && size < LONGEST ? waiting : undefined
  ctx.memory.terminal = Object.freeze({
    session: Object.freeze(session),
    entries: Object.freeze([...before, waiting && !goesOn ? { ...next, exit: 1 } : next].slice(-MOST_ENTRIES)),
    ...(goesOn && { waiting: goesOn }),
  })
  if (goesOn)
    ctx.enqueue(GO_ON, goesOn.after)
}

/**
 * The actor: `kubectl { line, files? }` types a line (and first puts files there), `interrupt {}` is ctrl+c, `edited { text }` closes the open editor with a text, `files { files }` writes files. A line that is typed while another runs ends that one.
 * @param files the exercise's @param docs what `explain` tells
 */
export function terminal({ files = {}, namespace = 'default', docs }: { files?: Readonly<Record<string, string>>, namespace?: string, docs?: FieldDocs } = {}): Actor<Memory> {
  const envOf = (ctx: Context<Memory>) => ({ api: ctx.api, now: ctx.now, world: ctx.world, random: ctx.random, docs })
  const withFiles = (session: Session, more: unknown): Session => typeof more === 'object' && more !== null
    ? { ...session, files: Object.freeze({ ...session.files, ...Object.fromEntries(Object.entries(more).filter(([, text]) => typeof text === 'string')) as Record<string, string> }) }
    : session

  function interrupt(ctx: Context<Memory>) {
    const { waiting, entries, ...rest } = ctx.memory.terminal
    if (!waiting)
      return
    const last = entries.at(-1)!
    ctx.memory.terminal = Object.freeze({ ...rest, entries: Object.freeze([...entries.slice(0, -1), Object.freeze({ ...last, exit: INTERRUPTED, chunks: Object.freeze([...last.chunks, { to: 'stderr' as const, text: '^C\n' }]) })]) })
    ctx.forget(GO_ON)
  }

  return {
    name: TERMINAL,
    watches: [],
    start: () => ({ terminal: Object.freeze({ session: Object.freeze({ namespace, files: Object.freeze({ ...files }) }), entries: Object.freeze([]) }) }),
    observe: () => {},
    run(_, ctx) {
      const { waiting, entries, session } = ctx.memory.terminal
      if (waiting)
        settle(ctx, entries.slice(0, -1), entries.at(-1)!, resume(waiting, session, envOf(ctx)))
    },
    operations: {
      kubectl({ line, files: more }, ctx) {
        if (typeof line !== 'string')
          throw new RangeError('there is no line')
        interrupt(ctx)
        const { entries, session } = ctx.memory.terminal
        settle(ctx, entries, { line, at: ctx.now, chunks: [] }, run(line, withFiles(session, more), envOf(ctx)))
      },
      interrupt: (_, ctx) => interrupt(ctx),
      edited({ text }, ctx) {
        const { waiting, entries, session } = ctx.memory.terminal
        if (!waiting || !editorOf(waiting) || typeof text !== 'string')
          throw new RangeError('no editor is open')
        ctx.forget(GO_ON)
        settle(ctx, entries.slice(0, -1), entries.at(-1)!, resume(waiting, session, { ...envOf(ctx), answer: text }))
      },
      files({ files: more }, ctx) {
        ctx.memory.terminal = Object.freeze({ ...ctx.memory.terminal, session: Object.freeze(withFiles(ctx.memory.terminal.session, more)) })
      },
    },
  }
}
