// What the command of a container does, as far as it follows from its words alone: it waits, says something, ends. upstream: busybox sh
import { unroll } from './loops.ts'

/** Something that a command says: a program and its words, or a shell's text of them. */
export interface Said {
  /** ms after the start */
  readonly after: number
  readonly words?: readonly string[]
  readonly text?: string
}

export interface Script {
  readonly said: readonly Said[]
  /** what is said again and again: from when on, and how long a turn takes, ms */
  readonly round?: { readonly from: number, readonly every: number, readonly said: readonly Said[] }
  /** ms until it ends; Infinity: it goes on */
  readonly runs: number
  readonly code: number
  /** the first program or word of a shell of which nothing is known: what it does is not worked out */
  readonly unknown?: string
}

/** Programs that say something and end. */
const BRIEF: readonly string[] = ['date', 'echo', 'env', 'hostname', 'id', 'printenv', 'printf', 'ps', 'pwd', 'seq', 'uname', 'whoami']
const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:ash|bash|dash|sh)$/
const SECONDS: Readonly<Record<string, number>> = { '': 1, 's': 1, 'm': 60, 'h': 3600, 'd': 86_400 }
const FOREVER = /(?:^|[;\n&|])\s*(?:while\s+(?:true|:)|until\s+false)[\t\v\f\r \xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF]*(?:\n|(?:\n\s*)?;)\s*do\s/

/** A shell's words: quotes hold what is in them together, and are taken away; a redirection and what follows it is left out. */
export function shellWords(text: string): { words: string[], redirected: boolean } {
  const raw = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []
  const end = raw.findIndex(each => /^\d?>/.test(each))
  return { words: raw.slice(0, end < 0 ? raw.length : end).map(each => each.replace(/"([^"]*)"|'([^']*)'/g, (_, a?: string, b?: string) => a ?? b ?? '')), redirected: end >= 0 }
}

interface Part { readonly text: string, readonly by: string }

/** Commands and what stands before each: `;`, `&&`, `||`, or `|`. Quotes hold together. */
function partsOf(text: string): Part[] {
  const parts: { text: string, by: string }[] = [{ text: '', by: ';' }]
  for (const [piece] of text.matchAll(/"[^"]*"|'[^']*'|&&|\|\||[\s\S]/g)) {
    if (['&&', '||', '|', ';', '\n'].includes(piece))
      parts.push({ text: '', by: piece === '\n' ? ';' : piece })
    else
      parts.at(-1)!.text += piece
  }
  return parts.map(({ text, by }) => ({ text: text.trim(), by })).filter(each => each.text)
}

interface Step { readonly takes: number, readonly code: number, readonly ends?: true, readonly says?: true }

/** What one program does; undefined where nothing is known of it. */
function stepOf([name = '', ...words]: readonly string[]): Step | undefined {
  if (BRIEF.includes(name))
    return { takes: 0, code: 0, says: true }
  switch (name) {
    case '': case 'true': case ':': return { takes: 0, code: 0 }
    case 'false': return { takes: 0, code: 1 }
    case 'exit': return { takes: 0, code: Number(words[0] ?? 0) & 255, ends: true }
    case 'sleep': {
      const [, number, unit = ''] = /^(\d+(?:\.\d+)?|inf(?:inity)?)([smhd]?)$/.exec(words[0] ?? '') ?? []
      return number === undefined ? { takes: 0, code: 1 } : { takes: number.startsWith('inf') ? Infinity : Number(number) * SECONDS[unit]! * 1000, code: 0 }
    }
    case 'tail': return words.some(word => /^-\w*f/i.test(word)) ? { takes: Infinity, code: 0 } : undefined
    default: return undefined
  }
}

/** Commands one after the other, from a time on. */
function sequence(text: string, from: number): Script {
  const said: Said[] = []
  let now = from
  let code = 0
  const parts = partsOf(text)
  for (const [i, { text: part, by }] of parts.entries()) {
    if ((by === '&&' && code !== 0) || (by === '||' && code === 0))
      continue
    const { words, redirected } = shellWords(part.replace(/^exec\s+/, ''))
    const step = by === '|' ? undefined : stepOf(words)
    if (!step)
      return { said, runs: Infinity, code: 0, unknown: by === '|' ? '|' : words[0] ?? part }
    if (step.says && !redirected && parts[i + 1]?.by !== '|')
      said.push({ after: now, text: part })
    now += step.takes
    if (now === Infinity) {
      return { said, runs: Infinity, code: 0 }
}({ code } = step)
    if (step.ends)
      break
  }
  return { said, runs: now, code }
}

/**
 * What a container's command and arguments do. Loops over words are written out, loops for ever go round; what hangs on a condition, on files or on the network is `unknown`.
 * @param argv as `command` and `args` have them
 */
export function scriptOf(argv: readonly string[]): Script {
  const [first = '', flag, text = ''] = argv
  if (!SHELL.test(first)) {
    const step = stepOf(argv)
    return step ? { said: step.says ? [{ after: 0, words: argv }] : [], runs: step.takes, code: step.code } : { said: [], runs: Infinity, code: 0, unknown: first }
  }
  // a shell by itself has nothing to read
  if (!/^-\w*c$/.test(flag ?? ''))
    return { said: [], runs: 0, code: 0, ...flag !== undefined && { runs: Infinity, unknown: flag } }
  const script = unroll(text)
  const head = FOREVER.exec(script)
  if (!head)
    return sequence(script, 0)
  const before = sequence(script.slice(0, head.index), 0)
  if (before.unknown !== undefined || before.runs === Infinity)
    return before
  const body = script.slice(head.index + head[0].length).replace(/[;\s]*\bdone\b[\s\S]*$/, '')
  const turn = sequence(body, 0)
  return { said: before.said, round: { from: before.runs, every: turn.runs, said: turn.said }, runs: Infinity, code: 0, ...turn.unknown !== undefined && { unknown: turn.unknown } }
}
