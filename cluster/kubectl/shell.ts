// A line of a terminal: kubectl and a few programs, joined by pipes. Words in, text out; what is not done at once waits as plain data.
import type { Kind } from '../api/objects.ts'
import { stamp } from '../timeline/clock.ts'
import { editFile, LONGEST_WAIT, ls, rm } from './files.ts'
import { MOST_OUTPUT, openIo } from './io.ts'
import type { Chunk, Env, Io, Plain, Session, Waiting } from './io.ts'
import { goOn, kubectl } from './kubectl.ts'
import type { Step } from './kubectl.ts'
import { capture, runFilter, write } from './piping.ts'
import { FILTERS } from './programs.ts'
import { parseLine } from './words.ts'
import type { Pipeline, Program } from './words.ts'

/** What a line came to. `exit` is there when it is done, `waiting` while it is not. */
export interface Outcome {
  /** in the order of printing; `\f` clears the screen */
  readonly chunks: readonly Chunk[]
  readonly stdout: string
  readonly stderr: string
  readonly exit?: number
  readonly waiting?: Waiting
  readonly session: Session
}

/** A line of more letters than this is not read. */
const LONGEST = 300_000
/** Words with which a shell begins what it runs again or not at all: nothing of such a line is run. */
const CONTROL = new Set(['for', 'while', 'until', 'if', 'case', 'select', 'function', '{', '(', '[', '[['])
/** Programs that `xargs` and `watch` may start within each other. */
const DEEPEST = 5

function simple(program: Program, io: Io, depth: number): Step | undefined {
  const [name = '', ...words] = program.words
  switch (name) {
    case 'kubectl': case 'k': return kubectl(words, io)
    case 'echo': {
      const bare = words[0] === '-n' || words[0] === '-e'
      const text = (bare ? words.slice(1) : words).join(' ')
      io.print(`${words[0] === '-e' ? text.replaceAll('\\n', '\n').replaceAll('\\t', '\t') : text}${words[0] === '-n' ? '' : '\n'}`)
      return { exit: 0 }
    }
    case 'ls': return ls(words, io)
    case 'clear': case 'reset':
      io.clear()
      return { exit: 0 }
    case 'pwd':
      io.print('/work\n')
      return { exit: 0 }
    case 'date':
      io.print(`${stamp(io.now)}\n`)
      return { exit: 0 }
    case 'true': case ':': return { exit: 0 }
    case 'false': return { exit: 1 }
    case 'rm': return rm(words, io)
    case 'sleep': {
      const seconds = Number(words[0])
      if (!(seconds >= 0)) {
        io.warn(words.length ? `sleep: invalid time interval ‘${words[0]}’\n` : 'sleep: missing operand\n')
        return { exit: 1 }
      }
      return { waiting: { follow: 'sleep', data: null, after: Math.min(LONGEST_WAIT, seconds * 1000) } }
    }
    case 'watch': return watch(words, io, depth)
    case 'edit': case 'vi': case 'vim': case 'nano': return editFile(words, io)
    case 'xargs': return xargs(words, io, depth)
    case 'help':
      io.print('kubectl, and beside it: cat, clear, cut, date, echo, edit, grep, head, ls, rm, sleep, sort, tail, uniq, watch, wc, xargs.\nWords are joined by |, &&, || and ;, and > writes a file. kubectl help tells its verbs.\nTab completes, Escape leaves the terminal, Control A, E, U and K work as in a shell, Control C stops.\n')
      return { exit: 0 }
    default: return undefined
  }
}

/** What an editor is open with. */
export interface Opened {
  /** a file's or an object's */
  readonly name: string
  readonly text: string
  /** no file of this name was there */
  readonly fresh?: boolean
  /** of an object, and how it was */
  readonly kind?: Kind
  readonly original?: string
  readonly namespace?: string
}

/** What an editor is open with: a file, or an object as text. Undefined where none is. */
export function editorOf(waiting: Waiting | undefined): Opened | undefined {
  const inner = waiting?.follow === 'line' ? (waiting.data as unknown as Line).waiting : waiting
  return inner?.follow === 'file' || inner?.follow === 'edit' ? inner.data as unknown as Opened : undefined
}

function watch(words: readonly string[], io: Io, depth: number): Step {
  let every = 2
  let at = 0
  for (; words[at]?.startsWith('-'); at++) {
    const glued = /^(?:-n|--interval=)([\d.]+)$/.exec(words[at]!)
    if (glued)
      every = Number(glued[1])
    else if (words[at] === '-n')
      every = Number(words[++at])
  }
  const command = words.slice(at)
  if (!command.length || !(every > 0)) {
    io.warn('Usage:\n watch [options] command\n')
    return { exit: 1 }
  }
  return tick({ command, every: Math.max(0.1, every) }, io, depth)
}

function tick(data: { command: readonly string[], every: number }, io: Io, depth: number): Step {
  const line = data.command.join(' ')
  io.clear()
  io.print(`Every ${data.every.toFixed(1)}s: ${line}\n\n`)
  // what is given as one word is a line by itself; words stay what they are
  if (data.command.length > 1) {
    runProgram({ words: data.command }, io, depth + 1)
  }
  else {
    const inner = start(line, io.session, io, depth + 1)
    inner.chunks.forEach(chunk => io.print(chunk.text.replaceAll('\f', '')))
    io.session = inner.session
  }
  return { waiting: { follow: 'watch', data: data as unknown as Plain, after: data.every * 1000 } }
}

function xargs(words: readonly string[], io: Io, depth: number): Step {
  const each = words[0] === '-n1' || (words[0] === '-n' && words[1] === '1')
  const command = words.slice(each ? words[0] === '-n1' ? 1 : 2 : 0)
  const items = (io.stdin ?? '').split(/\s+/).filter(Boolean)
  const calls = each ? items.map(item => [item]) : [items]
  if (command[0] === undefined) {
    io.print(`${items.join(' ')}\n`)
    return { exit: 0 }
  }
  let last: Step = { exit: 0 }
  for (const call of calls.slice(0, 200)) {
    last = runProgram({ words: [...command, ...call] }, io, depth + 1)
    if ('waiting' in last && calls.length > 1)
      last = { exit: 0 }
  }
  return last
}

function runProgram(program: Program, io: Io, depth: number): Step {
  if (depth > DEEPEST) {
    io.warn('bash: this goes too deep\n')
    return { exit: 1 }
  }
  const [name = ''] = program.words
  if (Object.hasOwn(FILTERS, name))
    return runFilter(program, io)
  const step = simple(program, io, depth)
  if (step)
    return step
  io.warn(`bash: ${name}: command not found\n`)
  return { exit: 127 }
}

/** Where a pipeline waits: at which program, what that has printed, and how much of what comes out at the end is shown. */
interface Held { readonly place: number, readonly waiting: Waiting, readonly text: string, readonly shown: number }

/** Sends text through the programs from a place on. */
function through({ programs }: Pipeline, from: number, text: string, io: Io, depth: number): Step {
  let step: Step = { exit: 0 }
  let now = text
  for (let place = from; place < programs.length; place++) {
    const inner = capture(io, now)
    step = runProgram(programs[place]!, inner, depth)
    now = inner.text()
    if ('waiting' in step)
      return hold(programs, { place, waiting: step.waiting, text: now, shown: 0 }, io, depth)
  }
  write(programs.at(-1)!, io, now)
  return step
}

/** Shows what a program that waits has printed, as far as those after it let it through. */
function hold(programs: readonly Program[], held: Held, io: Io, depth: number): Step {
  const after = programs.slice(held.place + 1)
  let { shown } = held
  if (after.every(({ words }) => FILTERS[words[0]!]?.streams) && !programs.at(-1)!.to) {
    let text = held.text
    for (const program of after) {
      const inner = capture(io, text.slice(0, text.lastIndexOf('\n') + 1))
      runProgram(program, inner, depth)
      text = inner.text()
    }
    io.print(text.slice(shown))
    shown = text.length
    // head has enough
    const enough = after.find(({ words }) => words[0] === 'head')
    if (enough) {
      const wanted = Number(/\d+/.exec(enough.words.slice(1).join(' '))?.[0] ?? 10)
      if (text.split('\n').length - 1 >= wanted)
        return { exit: 0 }
    }
  }
  return { waiting: { follow: 'pipe', after: held.waiting.after, data: { ...held, shown } as unknown as Plain } }
}

function runPipeline(pipeline: Pipeline, io: Io, depth: number): Step {
  const [first, ...more] = pipeline.programs
  const input = first!.here ?? (first!.from === undefined ? io.stdin : io.session.files[first!.from.replace(/^\.\//, '')])
  if (first!.from !== undefined && input === undefined) {
    io.warn(`bash: ${first!.from}: No such file or directory\n`)
    return { exit: 1 }
  }
  if (!more.length && !first!.to) {
    const inner = input === undefined ? io : Object.create(io, { stdin: { value: input }, session: { get: () => io.session, set: (session: Session) => { io.session = session } } }) as Io
    return runProgram(first!, inner, depth)
  }
  return through(pipeline, 0, input ?? '', io, depth)
}

function goOnPipeline(pipeline: Pipeline, waiting: Waiting, io: Io, depth: number): Step {
  if (waiting.follow === 'sleep')
    return { exit: 0 }
  if (waiting.follow === 'watch')
    return tick(waiting.data as unknown as { command: string[], every: number }, io, depth)
  if (waiting.follow === 'file') {
    if (io.answer === undefined)
      return { waiting }
    io.session = { ...io.session, files: { ...io.session.files, [(waiting.data as { name: string }).name]: io.answer } }
    return { exit: 0 }
  }
  if (waiting.follow !== 'pipe')
    return goOn(waiting, io)
  const held = waiting.data as unknown as Held
  const inner = capture(io, undefined)
  const step = goOnPipeline(pipeline, held.waiting, inner, depth)
  const text = (held.text + inner.text()).slice(0, MOST_OUTPUT)
  if ('waiting' in step)
    return hold(pipeline.programs, { ...held, waiting: step.waiting, text }, io, depth)
  const rest = capture(io, undefined)
  const last = through(pipeline, held.place + 1, text, rest, depth)
  io.print(rest.text().slice(held.shown))
  return 'waiting' in last ? last : held.place === pipeline.programs.length - 1 ? step : last
}

/** What a line waits with. */
interface Line { readonly line: string, readonly place: number, readonly waiting: Waiting }

function goThrough(pipelines: readonly Pipeline[], line: string, from: number, first: Step | undefined, io: Io, depth: number): Step {
  let step: Step = first ?? { exit: 0 }
  for (let place = from; ; place++) {
    if ('waiting' in step)
      return { waiting: { follow: 'line', after: step.waiting.after, data: { line, place: place - 1, waiting: step.waiting } satisfies Line as unknown as Plain } }
    const next = pipelines[place]
    if (!next)
      return step
    const { exit } = step
    if (next.when === 'always' || (next.when === 'success') === (exit === 0))
      step = runPipeline(next, io, depth)
  }
}

function outcome(io: Io & { chunks: Chunk[] }, step: Step): Outcome {
  const text = (to: Chunk['to']) => io.chunks.filter(chunk => chunk.to === to).map(chunk => chunk.text).join('')
  return { chunks: io.chunks, stdout: text('stdout'), stderr: text('stderr'), session: io.session, ...step }
}

/** Whatever goes wrong in a command is told, never thrown. */
function safely(io: Io, go: () => Step): Step {
  try {
    return go()
  }
  catch (error) {
    io.warn(`${error instanceof Error ? error.message : String(error)}\n`)
    return { exit: 2 }
  }
}

function start(line: string, session: Session, env: Env, depth: number): Outcome {
  const io = openIo(env, session)
  return outcome(io, safely(io, () => {
    if (line.length > LONGEST)
      throw new Error(`bash: this line is too long: ${line.length} letters`)
    let pipelines: Pipeline[]
    try {
      pipelines = parseLine(line)
      const control = pipelines.flatMap(each => each.programs).find(({ words: [first = ''] }) => CONTROL.has(first))?.words[0]
      if (control)
        throw new Error(`${control}: loops and conditions are not there in this shell: type each command by itself`)
    }
    catch (error) {
      throw new Error(`bash: ${(error as Error).message}`)
    }
    return goThrough(pipelines, line, 0, undefined, io, depth)
  }))
}

/** Runs a line. Never throws, and takes no time of the cluster: what has to wait says when to ask again. */
export function run(line: string, session: Session, env: Env): Outcome {
  return start(line, session, env, 0)
}

/** Asks a line that waits again. Never throws. */
export function resume(waiting: Waiting, session: Session, env: Env): Outcome {
  const io = openIo(env, session)
  return outcome(io, safely(io, () => {
    const { line, place, waiting: inner } = waiting.data as unknown as Line
    const pipelines = parseLine(line)
    return goThrough(pipelines, line, place + 1, goOnPipeline(pipelines[place]!, inner, io, 0), io, 0)
  }))
}
