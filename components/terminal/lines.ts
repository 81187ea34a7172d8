// What a terminal shows of its entries, and what keys do to the line that is being typed. No Vue, no browser.
import type { Completion, Entry } from '../../scenarios/terminal.ts'

export interface Piece { readonly to: 'stdout' | 'stderr', readonly text: string }

/** A line and what it printed, as far as it is on the screen. */
export interface Block {
  /** the same as long as it is the same entry */
  readonly key: string
  /** nothing where the screen was cleared since */
  readonly line: string | undefined
  readonly pieces: readonly Piece[]
  /** rows and columns, or text that kubectl has broken into lines itself: it is scrolled sideways, all else is wrapped */
  readonly table: boolean
  readonly entry: Entry
  /** the editor that was handed to kubectl is open again: nobody typed its line */
  readonly again: boolean
}

/** A time of the cluster, in s: "1:05". */
export const clockOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Letters of a file that is edited: a deed has to fit into a message to the other windows. */
export const MOST_TEXT = 60_000

/** What a status shows so that it is heard: words that are the same as those before are made others to the ear alone. */
export const anew = (before: string, words: string): string => before === words ? `${words}\u00A0` : words

/** Letters of a line beside the cluster: what is wider gets the whole width. */
export const COLUMNS = 60
/** The same where its letters are set closer: a list of Pods that are just being made hides no cluster. */
export const SNUG = 66
/** The same over the whole width. */
export const WIDE = 92

/** A file's name as one word of a line. */
export const quoted = (name: string) => /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll('\'', '\'\\\'\'')}'`

/** Whether a line opens an editor. */
export const opens = (line: string) => /(?:^|[;&|])\s*(?:edit|vim?|nano|(?:kubectl|k) edit)\s/.test(line)

/** Letters that are shown at most: what is further up is gone. */
const MOST = 60_000
const CLEAR = '\f'

/** kubectl's headings are written in capitals: NAME, CPU(cores), LAST SEEN */
const CELL = /^[A-Z][A-Z0-9]*(?:[ /-][A-Z0-9]+)*(?:\([A-Za-z%]+\))?$/
const isHeading = (line: string) => {
  const cells = line.trim().split(/ {2,}/)
  return cells.length > 1 && cells.every(cell => CELL.test(cell))
}

/** what `kubectl explain` begins with: it is set in lines of 80 letters */
const EXPLAINED = /^(?:GROUP|KIND): +\S/

/** below the heading of a table within a description: a line for each column */
const RULER = /^ *-{2,}(?: +-{2,})+ *$/
/** the name of a field and its value */
const FIELD = /^( *[A-Z][\w ./()-]*: +)\S/i

/** A line of a description, and the column (from 0) in which it goes on where it does not fit. Of a table of messages, `cut` is where the message begins: beside the cluster it stands below its line. */
export interface Row { readonly text: string, readonly hang: number, readonly cells: boolean, readonly cut?: number }

/** the heading of a table whose last column is sentences */
const MESSAGES = /^ *Type .* Message *$/

/** The lines of what `describe` prints: a long value or message goes on below its own beginning. Undefined for text that has no table in it. */
export function rows(text: string): Row[] | undefined {
  const lines = text.split('\n')
  if (!lines.some(line => RULER.test(line)))
    return undefined
  let column = 0
  let messages = false
  return lines.map((line, i) => {
    if (RULER.test(line)) {
      column = line.trimEnd().lastIndexOf(' ') + 1
      messages = MESSAGES.test(lines[i - 1] ?? '')
    }
    else if (!/^ +\S/.test(line)) {
      column = 0
    }
    const heads = RULER.test(lines[i + 1] ?? '')
    const cells = column > 0 || heads
    const cut = column > 0 && messages ? column : heads && MESSAGES.test(line) ? line.trimEnd().lastIndexOf(' ') + 1 : 0
    return { text: i < lines.length - 1 ? `${line}\n` : line, hang: column ? column + (/^ */.exec(line.slice(column))![0].length) : (FIELD.exec(line)?.[1]!.length ?? 0), cells, ...(cut && { cut }) }
  })
}

/** How many letters wide the tables of a block are, messages below their lines: 0 where it has none. */
export function widthOf({ pieces, table }: Pick<Block, 'pieces' | 'table'>): number {
  return pieces.reduce((most, { text }) => (table ? text.split('\n') : (rows(text) ?? []).filter(({ cells }) => cells).map(row => row.text.slice(0, row.cut))).reduce((max, line) => Math.max(max, line.trimEnd().length), most), 0)
}

/** Whether a line opens a file again that the line before compared or applied, as the editor's own buttons do. */
function opensAgain(before: string | undefined, line: string): boolean {
  const [, file] = /^kubectl (?:diff|apply) -f (.+)$/.exec(before ?? '') ?? []
  return file !== undefined && line === `edit ${file}`
}

const last = (text: string) => text.slice(text.lastIndexOf(CLEAR) + 1)

/** The blocks on the screen: from the last clearing on, and no more than can be drawn. */
export function screen(entries: readonly Entry[]): Block[] {
  const blocks: Block[] = []
  let left = MOST
  for (let i = entries.length - 1; i >= 0 && left > 0; i--) {
    const entry = entries[i]!
    const cleared = entry.chunks.findLastIndex(({ text }) => text.includes(CLEAR))
    const pieces: Piece[] = []
    for (let n = entry.chunks.length - 1; n >= Math.max(0, cleared) && left > 0; n--) {
      const { to, text } = entry.chunks[n]!
      const shown = (n === cleared ? last(text) : text).slice(-left)
      left -= shown.length
      if (shown)
        pieces.unshift({ to, text: shown })
    }
    blocks.unshift({ key: `${entry.at} ${i}`, line: cleared < 0 ? entry.line : undefined, pieces, table: EXPLAINED.test(pieces[0]?.text ?? '') || (pieces[0]?.text ?? '').split('\n', 4).some(isHeading), entry, again: opensAgain(entries[i - 1]?.line, entry.line) })
    if (cleared >= 0)
      break
  }
  return blocks
}

/** The lines that were typed, each once in a row: what the arrow keys go through. */
export function history(entries: readonly Pick<Entry, 'line'>[]): string[] {
  return entries.map(({ line }) => line).filter((line, i, all) => line.trim() && line !== all[i - 1])
}

/** A line with a completion in it: the one word there is, or what all of them begin with. */
export function completed(line: string, { from, to, words }: Completion): { line: string, cursor: number } {
  const [first = '', ...more] = words
  if (!words.length)
    return { line, cursor: to }
  const common = more.reduce((same, word) => {
    let n = 0
    while (n < same.length && same[n] === word[n])
      n++
    return same.slice(0, n)
  }, first)
  const typed = line.slice(from, to)
  const put = common.length > typed.length ? common : typed
  const end = !more.length && !/[=/]$/.test(put) && line[to] !== ' ' ? ' ' : ''
  return { line: line.slice(0, from) + put + end + line.slice(to), cursor: from + put.length + end.length }
}

/** A message for those who see its line beside it: the parser's own number, which may be another, is left out. */
export const unnumbered = (message: string): string => message.replace(/^yaml: line \d+: /, '')

/** A sentence with commands in `backticks`, for the ear. */
export const unspelled = (text: string): string => text.replaceAll('`', '')

/** What a shell does to its line at Control and a letter: to the beginning, to the end, away with what is before the cursor or behind it. Undefined for other letters. */
export function controlled(key: string, line: string, cursor: number): { line: string, cursor: number } | undefined {
  switch (key) {
    case 'a': return { line, cursor: 0 }
    case 'e': return { line, cursor: line.length }
    case 'u': return { line: line.slice(cursor), cursor: 0 }
    case 'k': return { line: line.slice(0, cursor), cursor }
    default: return undefined
  }
}

/** Words in so many lines of so many letters, two blanks apart; how many more there are is told in their place. */
export function offered(words: readonly string[], columns: number, lines: number): string {
  /** letters of the lines, where each word goes on, or begins the next line */
  const end = (many: readonly string[]) => many.reduce((at, word) => {
    const left = at % columns
    return left && left + 2 + word.length > columns ? at - left + columns + word.length : at + (left ? 2 : 0) + word.length
  }, 0)
  for (let count = words.length; count > 0; count--) {
    const shown = [...words.slice(0, count), ...count < words.length ? [`… ${words.length - count} more`] : []]
    if (end(shown) <= columns * lines)
      return shown.join('  ')
  }
  return `… ${words.length} more`
}

/** What has to change for one text to become another: between what they begin and end with alike. */
export function change(from: string, to: string): { from: number, to: number, insert: string } {
  let begin = 0
  while (begin < Math.min(from.length, to.length) && from[begin] === to[begin])
    begin++
  let end = 0
  while (end < Math.min(from.length, to.length) - begin && from.at(-1 - end) === to.at(-1 - end))
    end++
  return { from: begin, to: from.length - end, insert: to.slice(begin, to.length - end) }
}

/** stands for the end of a line in a prompt, which has one line: the shell reads it as that */
const RETURN = '↵'

/** Several lines in the one of a prompt: a backslash at a line's end goes on with the next, as in a shell; where a line ends stands a sign. */
export function joined(text: string): string {
  return text.replace(/[ \t]*\\\r?\n[ \t]*/g, ' ').trim().replace(/[ \t]*\r?\n/g, RETURN)
}
/** What the shell reads of a prompt's line. */
export const unjoined = (line: string): string => line.replaceAll(RETURN, '\n')
