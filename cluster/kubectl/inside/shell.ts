// What can be run in a container: a few programs, one after the other as a shell runs them. upstream: busybox
import { MOST, fillIn, unroll } from '../../node/programs/loops.ts'
import { noFile } from '../../node/programs/files.ts'
import { stamp } from '../../timeline/clock.ts'
import { take } from '../options.ts'
import { FILTERS } from '../programs.ts'
import { parseLine } from '../words.ts'
import type { Pipeline } from '../words.ts'
import { curl, wget } from './http.ts'
import { environment, listDirectory, readFile, resolveName } from './where.ts'
import type { Said, Where } from './where.ts'

const said = (out: string): Said => ({ out, exit: 0 })

/** The options that change nothing where nothing is hidden, and a name stands on a line of its own. upstream: busybox ls */
const LS = { all: ['a'], almost: ['A'], one: ['1'] } as const

/** Files first, then directories, each under its name where there are several. */
function ls(where: Where, words: readonly string[]): Said {
  const { words: paths, unknown } = take(words, LS)
  if (unknown)
    return { error: `ls: unrecognized option: ${unknown.replace(/^-+/, '')}\n`, exit: 1 }
  const asked = paths.length ? paths : ['.']
  const files = asked.filter(path => readFile(where, path) !== undefined)
  const directories = asked.filter(path => listDirectory(path))
  const missing = asked.filter(path => !files.includes(path) && !directories.includes(path))
  const lines = (names: readonly string[]) => names.map(name => `${name}\n`).join('')
  return {
    out: [...files.length ? [lines(files)] : [], ...directories.map(path => `${asked.length > 1 ? `${path}:\n` : ''}${lines(listDirectory(path)!)}`)].join('\n'),
    error: missing.map(path => `ls: ${path}: No such file or directory\n`).join(''),
    exit: missing.length ? 1 : 0,
  }
}

/** The names that `runProgram` knows. */
export const RUNNABLE: readonly string[] = ['cat', 'curl', 'date', 'echo', 'env', 'false', 'hostname', 'id', 'ls', 'nslookup', 'printenv', 'printf', 'ps', 'pwd', 'seq', 'sleep', 'true', 'uname', 'wget', 'whoami']

/** One program of a container; undefined where it has none of this name. */
export function runProgram(where: Where, [path = '', ...words]: readonly string[]): Said | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  switch (name) {
    case 'hostname': return said(`${where.pod.metadata.name}\n`)
    case 'env': case 'printenv': {
      const env = environment(where)
      if (name === 'printenv' && words[0])
        return Object.hasOwn(env, words[0]) ? said(`${env[words[0]]}\n`) : { exit: 1 }
      return said(Object.entries(env).map(([key, value]) => `${key}=${value}\n`).join(''))
    }
    case 'date': return said(`${stamp(where.io.now)}\n`)
    case 'echo': return said(words[0] === '-n' ? words.slice(1).join(' ') : `${words.join(' ')}\n`)
    case 'whoami': return said('root\n')
    case 'id': return said('uid=0(root) gid=0(root) groups=0(root)\n')
    case 'pwd': return said('/\n')
    case 'uname': return said('Linux\n')
    case 'printf': return said((words[0] ?? '').replace(/\\n/g, '\n').replace(/%[sd]/g, () => words.splice(1, 1)[0] ?? ''))
    case 'true': return said('')
    case 'false': return { exit: 1 }
    case 'sleep': return /^\d+(?:\.\d+)?s?$/.test(words[0] ?? '') ? { exit: 0, after: Math.min(3_600_000, Number.parseFloat(words[0]!) * 1000) } : { error: `sleep: invalid number '${words[0] ?? ''}'\n`, exit: 1 }
    case 'seq': {
      const [from, to] = words.length > 1 ? [Number(words[0]), Number(words[1])] : [1, Number(words[0])]
      return said(Array.from({ length: Math.max(0, Math.min(MOST, to - from + 1)) || 0 }, (_, i) => `${from + i}\n`).join(''))
    }
    case 'ls': return ls(where, words)
    case 'ps': return said(`PID   USER     COMMAND\n    1 root     ${where.pod.spec.containers.find(each => each.name === where.container)?.command?.join(' ') ?? where.container}\n   17 root     ${[name, ...words].join(' ')}\n`)
    case 'cat': {
      const texts = words.map(file => [file, readFile(where, file)] as const)
      const missing = texts.filter(([, text]) => text === undefined)
      return { out: texts.map(([, text]) => text ?? '').join(''), error: missing.map(([file]) => listDirectory(file) ? 'cat: read error: Is a directory\n' : noFile(file)).join(''), exit: missing.length ? 1 : 0 }
    }
    case 'curl': return curl(where, words)
    case 'wget': return wget(where, words)
    case 'nslookup': return resolveName(where, words[0])
    case 'exit': return { exit: Number(words[0] ?? 0) & 255, ends: true }
    default: return undefined
  }
}

const WORDS_OF_SHELLS = ['for', 'while', 'until', 'if', 'case', 'do', 'done', 'then', 'fi', 'function', '{', '(', '[', 'test', 'set', 'export', 'cd', 'trap', 'read', 'eval', 'exec']

/** A shell's text as commands. @throws Error in the shell's words */
export function commandsOf(where: Where, text: string): Pipeline[] {
  const pipelines = parseLine(fillIn(unroll(text), environment(where)))
  for (const { programs } of pipelines) {
    const word = programs[0]!.words[0]!
    if (WORDS_OF_SHELLS.includes(word))
      throw new Error(`${word}: not in this shell`)
  }
  return pipelines.slice(0, MOST)
}

/** Programs joined by pipes. What one says into the pipe, the next reads. */
export function runPipeline(where: Where, { programs: [first, ...others] }: Pipeline): Said {
  const missing = (name: string): Said => ({ error: `sh: ${name}: not found\n`, exit: 127 })
  let now = runProgram(where, first!.words) ?? missing(first!.words[0]!)
  if (first!.to)
    now = { ...now, out: '' }
  for (const { words: [name = '', ...words], to } of others) {
    const next = Object.hasOwn(FILTERS, name) ? FILTERS[name]!.run(words, now.out ?? '', []) : runProgram(where, [name, ...words]) ?? missing(name)
    now = { ...next, out: to ? '' : next.out, error: (now.error ?? '') + (next.error ?? ''), after: now.after }
  }
  return now
}
