// The few programs beside kubectl: they read text and print text. upstream: GNU coreutils, grep
import { take } from './options.ts'
import type { Options } from './options.ts'
import { compile } from './pattern.ts'

/** What a program makes of its words and of what it reads. */
export interface Made { readonly out: string, readonly error?: string, readonly exit: number }

export interface Filter {
  /** the files that it reads, in its words; none: what comes through the pipe */
  readonly files: (words: readonly string[]) => readonly string[]
  readonly run: (words: readonly string[], text: string, names: readonly string[]) => Made
  /** prints as it reads: of more text, it prints what it printed before and more */
  readonly streams: boolean
}

/** Text as lines, without the break at its end. */
const linesOf = (text: string) => text === '' ? [] : text.replace(/\n$/, '').split('\n')
const join = (lines: readonly string[]) => lines.map(line => `${line}\n`).join('')
const ok = (out: string): Made => ({ out, exit: 0 })
const bad = (error: string, exit = 2): Made => ({ out: '', error: `${error}\n`, exit })

/** What a program takes; letters that it has not are let pass. */
const read = (words: readonly string[], known: Options) => take(words, known, true)

const GREP: Options = {
  'regexp': ['e', true], 'after-context': ['A', true], 'before-context': ['B', true], 'context': ['C', true], 'max-count': ['m', true],
  'ignore-case': ['i'], 'invert-match': ['v'], 'count': ['c'], 'line-number': ['n'], 'extended-regexp': ['E'], 'fixed-strings': ['F'], 'word-regexp': ['w'],
  'only-matching': ['o'], 'quiet': ['q'], 'color': [''],
}

const grep: Filter = {
  streams: true,
  files(words) {
    const { on, words: rest } = read(words, GREP)
    return on.has('regexp') ? rest : rest.slice(1)
  },
  run(words, text) {
    const { on, all, words: [first], unknown } = read(words, GREP)
    const patterns = all.get('regexp') ?? (first === undefined ? [] : [first])
    if (unknown)
      return bad(`grep: unrecognized option '${unknown}'`)
    if (!patterns.length)
      return bad('Usage: grep [OPTION]... PATTERNS [FILE]...\nTry \'grep --help\' for more information.')
    let match: Match
    try {
      const inner = anyOf(patterns.map(pattern => matchOf(pattern, { fixed: on.has('fixed-strings'), extended: on.has('extended-regexp'), fold: on.has('ignore-case') })))
      match = on.has('word-regexp') ? (line, from = 0) => whole(inner, line, from) : inner
    }
    catch (error) {
      return bad(`grep: ${(error as Error).message}`)
    }
    const lines = linesOf(text)
    const hits = lines.map(line => !!match(line.slice(0, 4000)) !== on.has('invert-match'))
    const count = hits.filter(Boolean).length
    const exit = count ? 0 : 1
    if (on.has('quiet'))
      return { out: '', exit }
    if (on.has('count'))
      return { out: `${count}\n`, exit }
    if (on.has('only-matching'))
      return { out: join(lines.filter((_, i) => hits[i]).flatMap(line => parts(match, line))), exit }
    const around = (side: string) => Math.min(10_000, Number(on.get(side) ?? on.get('context') ?? 0) || 0)
    const [before, after] = [around('before-context'), around('after-context')]
    const most = Number(on.get('max-count') ?? Infinity)
    const out: string[] = []
    let until = -1
    let seen = 0
    lines.forEach((line, i) => {
      if (hits[i] && ++seen <= most) {
        for (let j = Math.max(until + 1, i - before); j < i; j++)
          out.push(on.has('line-number') ? `${j + 1}-${lines[j]}` : lines[j]!)
        out.push(on.has('line-number') ? `${i + 1}:${line}` : line)
        until = i + after > until ? i : until
      }
      else if (seen > 0 && seen <= most && i > until && after && hits.slice(Math.max(0, i - after), i).some(Boolean)) {
        out.push(on.has('line-number') ? `${i + 1}-${line}` : line)
        until = i
      }
      if (hits[i])
        until = Math.max(until, i)
    })
    return { out: join(out), exit }
  },
}

type Match = (line: string, from?: number) => readonly [number, number] | undefined

/** Where a pattern is found in a line. @throws Error where it cannot be read */
function matchOf(pattern: string, { fixed, extended, fold }: { fixed: boolean, extended: boolean, fold: boolean }): Match {
  if (!fixed && /[\\^$.[\]*+?(){}|]/.test(pattern))
    return compile(pattern, { extended, fold })
  const [sought, text] = fold ? [pattern.toLowerCase(), (line: string) => line.toLowerCase()] : [pattern, (line: string) => line]
  return (line, from = 0) => {
    const at = text(line).indexOf(sought, from)
    return at < 0 ? undefined : [at, at + pattern.length]
  }
}

/** The first that one of them finds; of those that begin there, the longest. */
const anyOf = (matches: readonly Match[]): Match => (line, from) => matches.map(match => match(line, from)).filter(found => found !== undefined).sort(([a, endA], [b, endB]) => a - b || endB - endA)[0]

function whole(match: Match, line: string, from: number): readonly [number, number] | undefined {
  for (let found = match(line, from); found; found = match(line, found[0] + 1)) {
    if (!/\w/.test(line[found[0] - 1] ?? ' ') && !/\w/.test(line[found[1]] ?? ' '))
      return found
  }
  return undefined
}

function parts(match: Match, line: string): string[] {
  const out: string[] = []
  const short = line.slice(0, 1000)
  for (let found = match(short); found; found = found[1] < short.length ? match(short, Math.max(found[1], found[0] + 1)) : undefined) {
    if (found[1] > found[0])
      out.push(short.slice(...found))
  }
  return out
}

const WC: Options = { lines: ['l'], words: ['w'], bytes: ['c'], chars: ['m'] }

const wc: Filter = {
  streams: false,
  files: words => read(words, WC).words,
  run(words, text, names) {
    const { on } = read(words, WC)
    const all = !Object.keys(WC).some(name => on.has(name))
    const counts = [
      ...(all || on.has('lines') ? [text.split('\n').length - 1] : []),
      ...(all || on.has('words') ? [text.match(/\S+/g)?.length ?? 0] : []),
      ...(all || on.has('bytes') ? [new TextEncoder().encode(text).length] : on.has('chars') ? [[...text].length] : []),
    ]
    const name = names[0] ? ` ${names[0]}` : ''
    return ok(`${counts.length === 1 ? counts[0] : counts.map(count => String(count).padStart(7)).join(' ')}${name}\n`)
  },
}

const count = (text: string | undefined, initial: number) => text === undefined ? initial : /^[-+]?\d+$/.test(text) ? Number(text) : undefined

const ENDS: Options = { lines: ['n', true], bytes: ['c', true], follow: ['f'] }
/** `-5` is an older way to write `-n 5`. */
const readEnds = (words: readonly string[]) => read(words.map(word => /^-\d+$/.test(word) ? `-n${word.slice(1)}` : word), ENDS)

const head: Filter = {
  streams: true,
  files: words => readEnds(words).words,
  run(words, text) {
    const { on } = readEnds(words)
    const lines = on.get('lines')
    const n = count(lines, 10)
    if (n === undefined)
      return bad(`head: invalid number of lines: ‘${lines}’`, 1)
    return ok(on.has('bytes') ? text.slice(0, Number(on.get('bytes')) || 0) : join(linesOf(text).slice(0, n)))
  },
}

const tail: Filter = {
  streams: false,
  files: words => readEnds(words).words,
  run(words, text) {
    const { on } = readEnds(words)
    const lines = on.get('lines')
    const n = count(lines, 10)
    if (n === undefined)
      return bad(`tail: invalid number of lines: ‘${lines}’`, 1)
    const all = linesOf(text)
    return ok(join(lines?.startsWith('+') ? all.slice(Math.max(0, n - 1)) : n ? all.slice(-Math.abs(n)) : []))
  },
}

const SORT: Options = { 'key': ['k', true], 'field-separator': ['t', true], 'numeric-sort': ['n'], 'reverse': ['r'], 'unique': ['u'] }

const sort: Filter = {
  streams: false,
  files: words => read(words, SORT).words,
  run(words, text) {
    const { on } = read(words, SORT)
    const key = on.get('key') ?? ''
    const by = on.get('field-separator')
    const field = Number.parseInt(key, 10) || 0
    const keyed = linesOf(text).map(line => ({ line, key: field ? (by ? line.split(by) : line.trim().split(/\s+/)).slice(field - 1).join(' ') : line }))
    const numeric = on.has('numeric-sort') || key.includes('n')
    const number = (text: string) => Number.parseFloat(text) || 0
    keyed.sort((a, b) => (numeric ? number(a.key) - number(b.key) : 0) || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.line < b.line ? -1 : 1))
    if (on.has('reverse') || key.includes('r'))
      keyed.reverse()
    const lines = keyed.map(each => each.line)
    return ok(join(on.has('unique') ? [...new Set(lines)] : lines))
  },
}

const UNIQ: Options = { count: ['c'] }

const uniq: Filter = {
  streams: false,
  files: words => read(words, UNIQ).words,
  run(words, text) {
    const { on } = read(words, UNIQ)
    const groups: { line: string, n: number }[] = []
    for (const line of linesOf(text)) {
      if (groups.at(-1)?.line === line)
        groups.at(-1)!.n++
      else
        groups.push({ line, n: 1 })
    }
    return ok(join(groups.map(({ line, n }) => on.has('count') ? `${String(n).padStart(7)} ${line}` : line)))
  },
}

const CUT: Options = { delimiter: ['d', true], fields: ['f', true], characters: ['c', true] }

const cut: Filter = {
  streams: true,
  files: words => read(words, CUT).words,
  run(words, text) {
    const { on } = read(words, CUT)
    const list = on.get('fields') ?? on.get('characters')
    if (!list)
      return bad('cut: you must specify a list of bytes, characters, or fields\nTry \'cut --help\' for more information.', 1)
    const wanted = (i: number) => list.split(',').some((part) => {
      const [from = '', to = from] = part.split('-')
      return i >= (Number(from) || 1) && i <= (part.includes('-') ? Number(to) || Infinity : Number(from))
    })
    const by = on.has('characters') ? '' : on.get('delimiter') ?? '\t'
    return ok(join(linesOf(text).map(line => by && !line.includes(by) ? line : line.split(by).filter((_, i) => wanted(i + 1)).join(by))))
  },
}

const CAT: Options = { number: ['n'] }
const cat: Filter = { streams: true, files: words => read(words, CAT).words, run: (words, text) => ok(read(words, CAT).on.has('number') ? join(linesOf(text).map((line, i) => `${String(i + 1).padStart(6)}\t${line}`)) : text) }

/** What reads text: through a pipe, or from files. */
export const FILTERS: Readonly<Record<string, Filter>> = { cat, grep, egrep: { ...grep, run: (words, text, names) => grep.run(['-E', ...words], text, names) }, wc, head, tail, sort, uniq, cut, less: cat, more: cat }
