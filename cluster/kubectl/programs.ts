// The few programs beside kubectl: they read text and print text. upstream: GNU coreutils, grep
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

/** Options and words: letters, those with a value, and the rest. */
function options(words: readonly string[], valued: string): { on: Set<string>, values: Record<string, string>, rest: string[], unknown?: string } {
  const on = new Set<string>()
  const values: Record<string, string> = {}
  const rest: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') {
      rest.push(...words.slice(i + 1))
      break
    }
    if (word.startsWith('--')) {
      const [name = '', value] = word.slice(2).split(/=(.*)/s)
      const letter = { 'lines': 'n', 'ignore-case': 'i', 'invert-match': 'v', 'count': 'c', 'line-number': 'n', 'extended-regexp': 'E', 'reverse': 'r', 'numeric-sort': 'n', 'key': 'k', 'unique': 'u', 'word-regexp': 'w', 'only-matching': 'o', 'quiet': 'q', 'fixed-strings': 'F', 'bytes': 'c', 'words': 'w', 'color': '', 'follow': 'f', 'no-headers': '' }[name]
      if (letter === undefined)
        return { on, values, rest, unknown: word }
      if (value !== undefined && letter)
        values[letter] = value
      on.add(letter)
    }
    else if (/^-\d+$/.test(word)) {
      values.n = word.slice(1)
    }
    else if (word.length > 1 && word.startsWith('-')) {
      for (let letters = word.slice(1); letters; letters = letters.slice(1)) {
        const letter = letters[0]!
        if (valued.includes(letter)) {
          values[letter] = letters.slice(1) || words[++i] || ''
          break
        }
        on.add(letter)
      }
    }
    else {
      rest.push(word)
    }
  }
  return { on, values, rest }
}

const GREP = 'eABCm'

const grep: Filter = {
  streams: true,
  files: words => options(words, GREP).rest.slice(options(words, GREP).values.e === undefined ? 1 : 0),
  run(words, text) {
    const { on, values, rest, unknown } = options(words, GREP)
    const pattern = values.e ?? rest[0]
    if (unknown)
      return bad(`grep: unrecognized option '${unknown}'`)
    if (pattern === undefined)
      return bad('Usage: grep [OPTION]... PATTERNS [FILE]...\nTry \'grep --help\' for more information.')
    let match: (line: string, from?: number) => readonly [number, number] | undefined
    try {
      const fixed = on.has('F') || !/[\\^$.[\]*+?(){}|]/.test(pattern)
      const fold = on.has('i')
      const inner = fixed
        ? (line: string, from = 0) => {
            const at = fold ? line.toLowerCase().indexOf(pattern.toLowerCase(), from) : line.indexOf(pattern, from)
            return at < 0 ? undefined : [at, at + pattern.length] as const
          }
        : compile(pattern, { extended: on.has('E'), fold })
      match = on.has('w') ? (line, from = 0) => whole(inner, line, from) : inner
    }
    catch (error) {
      return bad(`grep: ${(error as Error).message}`)
    }
    const lines = linesOf(text)
    const hits = lines.map(line => !!match(line.slice(0, 4000)) !== on.has('v'))
    const count = hits.filter(Boolean).length
    const exit = count ? 0 : 1
    if (on.has('q'))
      return { out: '', exit }
    if (on.has('c'))
      return { out: `${count}\n`, exit }
    if (on.has('o'))
      return { out: join(lines.filter((_, i) => hits[i]).flatMap(line => parts(match, line))), exit }
    const around = (letter: string) => Math.min(10_000, Number(values[letter] ?? values.C ?? 0) || 0)
    const [before, after] = [around('B'), around('A')]
    const most = values.m === undefined ? Infinity : Number(values.m)
    const out: string[] = []
    let until = -1
    let seen = 0
    lines.forEach((line, i) => {
      if (hits[i] && ++seen <= most) {
        for (let j = Math.max(until + 1, i - before); j < i; j++)
          out.push(on.has('n') ? `${j + 1}-${lines[j]}` : lines[j]!)
        out.push(on.has('n') ? `${i + 1}:${line}` : line)
        until = i + after > until ? i : until
      }
      else if (seen > 0 && seen <= most && i > until && after && hits.slice(Math.max(0, i - after), i).some(Boolean)) {
        out.push(on.has('n') ? `${i + 1}-${line}` : line)
        until = i
      }
      if (hits[i])
        until = Math.max(until, i)
    })
    return { out: join(out), exit }
  },
}

type Match = (line: string, from?: number) => readonly [number, number] | undefined

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

const wc: Filter = {
  streams: false,
  files: words => options(words, '').rest,
  run(words, text, names) {
    const { on } = options(words, '')
    const all = !['l', 'w', 'c', 'm'].some(letter => on.has(letter))
    const counts = [
      ...(all || on.has('l') ? [text.split('\n').length - 1] : []),
      ...(all || on.has('w') ? [text.match(/\S+/g)?.length ?? 0] : []),
      ...(all || on.has('c') ? [new TextEncoder().encode(text).length] : on.has('m') ? [[...text].length] : []),
    ]
    const name = names[0] ? ` ${names[0]}` : ''
    return ok(`${counts.length === 1 ? counts[0] : counts.map(count => String(count).padStart(7)).join(' ')}${name}\n`)
  },
}

const count = (text: string | undefined, initial: number) => text === undefined ? initial : /^[-+]?\d+$/.test(text) ? Number(text) : undefined

const head: Filter = {
  streams: true,
  files: words => options(words, 'nc').rest,
  run(words, text) {
    const { values } = options(words, 'nc')
    const n = count(values.n, 10)
    if (n === undefined)
      return bad(`head: invalid number of lines: ‘${values.n}’`, 1)
    return ok(values.c !== undefined ? text.slice(0, Number(values.c) || 0) : join(linesOf(text).slice(0, n)))
  },
}

const tail: Filter = {
  streams: false,
  files: words => options(words, 'nc').rest,
  run(words, text) {
    const { values } = options(words, 'nc')
    const n = count(values.n, 10)
    if (n === undefined)
      return bad(`tail: invalid number of lines: ‘${values.n}’`, 1)
    const lines = linesOf(text)
    return ok(join(values.n?.startsWith('+') ? lines.slice(Math.max(0, n - 1)) : n ? lines.slice(-Math.abs(n)) : []))
  },
}

const sort: Filter = {
  streams: false,
  files: words => options(words, 'kt').rest,
  run(words, text) {
    const { on, values } = options(words, 'kt')
    const field = Number.parseInt(values.k ?? '0', 10) || 0
    const keyed = linesOf(text).map(line => ({ line, key: field ? (values.t ? line.split(values.t) : line.trim().split(/\s+/)).slice(field - 1).join(' ') : line }))
    const numeric = on.has('n') || /n/.test(values.k ?? '')
    const number = (key: string) => Number.parseFloat(key) || 0
    keyed.sort((a, b) => (numeric ? number(a.key) - number(b.key) : 0) || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.line < b.line ? -1 : 1))
    if (on.has('r') || /r/.test(values.k ?? ''))
      keyed.reverse()
    const lines = keyed.map(each => each.line)
    return ok(join(on.has('u') ? [...new Set(lines)] : lines))
  },
}

const uniq: Filter = {
  streams: false,
  files: words => options(words, '').rest,
  run(words, text) {
    const { on } = options(words, '')
    const groups: { line: string, n: number }[] = []
    for (const line of linesOf(text)) {
      if (groups.at(-1)?.line === line)
        groups.at(-1)!.n++
      else
        groups.push({ line, n: 1 })
    }
    return ok(join(groups.map(({ line, n }) => on.has('c') ? `${String(n).padStart(7)} ${line}` : line)))
  },
}

const cut: Filter = {
  streams: true,
  files: words => options(words, 'dfc').rest,
  run(words, text) {
    const { values } = options(words, 'dfc')
    const list = values.f ?? values.c
    if (!list)
      return bad('cut: you must specify a list of bytes, characters, or fields\nTry \'cut --help\' for more information.', 1)
    const wanted = (i: number) => list.split(',').some((part) => {
      const [from = '', to = from] = part.split('-')
      return i >= (Number(from) || 1) && i <= (part.includes('-') ? Number(to) || Infinity : Number(from))
    })
    const by = values.c === undefined ? values.d ?? '\t' : ''
    return ok(join(linesOf(text).map(line => by && !line.includes(by) ? line : line.split(by).filter((_, i) => wanted(i + 1)).join(by))))
  },
}

const cat: Filter = { streams: true, files: words => options(words, '').rest, run: (words, text) => ok(options(words, '').on.has('n') ? join(linesOf(text).map((line, i) => `${String(i + 1).padStart(6)}\t${line}`)) : text) }

/** What reads text: through a pipe, or from files. */
export const FILTERS: Readonly<Record<string, Filter>> = { cat, grep, egrep: { ...grep, run: (words, text, names) => grep.run(['-E', ...words], text, names) }, wc, head, tail, sort, uniq, cut, less: cat, more: cat }
