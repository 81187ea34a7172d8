// What flows between programs: text that is caught, filtered, written to files.
import { MOST_OUTPUT } from './io.ts'
import type { Io, Session } from './io.ts'
import type { Step } from './kubectl.ts'
import { FILTERS } from './programs.ts'
import type { Program } from './words.ts'

/** Runs a program that reads text: from its files, else from the pipe. */
export function runFilter(program: Program, io: Io): Step {
  const [name = '', ...words] = program.words
  const filter = FILTERS[name]!
  const files = filter.files(words)
  let text = io.stdin ?? ''
  if (files.length) {
    const known = files.map(file => file.replace(/^\.\//, '')).filter(file => Object.hasOwn(io.session.files, file))
    const missing = files.filter(file => !known.includes(file.replace(/^\.\//, '')))
    missing.forEach(file => io.warn(`${name}: ${file}: No such file or directory\n`))
    if (missing.length && !known.length)
      return { exit: name === 'grep' ? 2 : 1 }
    text = known.map(file => io.session.files[file]).join('')
  }
  const { out, error, exit } = filter.run(words, text, files)
  io.print(out)
  if (error)
    io.warn(error)
  return { exit }
}

/** An io whose print goes into a text; what is said aside passes through. */
export function capture(io: Io, stdin: string | undefined): Io & { text: () => string } {
  let text = ''
  return Object.create(io, {
    print: { value: (more: string) => { text = text.length < MOST_OUTPUT ? text + more : text } },
    clear: { value: () => {} },
    stdin: { value: stdin },
    session: { get: () => io.session, set: (session: Session) => { io.session = session } },
    text: { value: () => text },
  }) as Io & { text: () => string }
}

/** Prints what a pipeline ends with, or writes it to the file that it names. */
export function write(program: Program, io: Io, text: string): void {
  if (!program.to)
    return io.print(text)
  const { file, add } = program.to
  if (file === '/dev/null')
    return
  io.session = { ...io.session, files: { ...io.session.files, [file.replace(/^\.\//, '')]: (add ? io.session.files[file] ?? '' : '') + text } }
}
