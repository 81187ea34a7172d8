// A line of a manifest as the editor reads it: its dashes, its key, what follows. It holds for text that is only half written.

/** A step into a list; all other steps are names of fields. */
export const ITEM = '[]'

export interface Line {
  readonly text: string
  /** where it begins, in letters of the file */
  readonly from: number
  /** columns of the dashes that begin items */
  readonly dashes: readonly number[]
  /** column of what follows the blanks and dashes */
  readonly column: number
  readonly key?: Key
  /** nothing but blanks, or a comment */
  readonly blank: boolean
}

export interface Key {
  readonly name: string
  /** columns in the line: of its first letter, after its last one, and of its colon */
  readonly column: number
  readonly end: number
  readonly colon: number
}

const isBlank = (letter: string | undefined) => letter === undefined || letter === ' ' || letter === '\t' || letter === '\r'

/** The column of the colon that ends a key which begins at `from`; −1 where there is none. */
function colonOf(text: string, from: number): number {
  let i = from
  const quote = text[i]
  if (quote === '"' || quote === '\'') {
    for (i++; i < text.length && text[i] !== quote; i++) {
      if (text[i] === '\\' && quote === '"')
        i++
    }
    for (i++; text[i] === ' '; i++);
    return text[i] === ':' && isBlank(text[i + 1]) ? i : -1
  }
  for (; i < text.length; i++) {
    if (text[i] === ':' && isBlank(text[i + 1]))
      return i
    if (text[i] === '#' && i > from && isBlank(text[i - 1]))
      return -1
  }
  return -1
}

/** A name without its quotes. */
export const bare = (text: string) => /^(?:"[^"]*"|'[^']*')$/.test(text) ? text.slice(1, -1) : text

function skip(text: string, from: number): number {
  let at = from
  while (at < text.length && isBlank(text[at]))
    at++
  return at
}

/** Reads a line. @param from where it begins in the file */
export function readLine(text: string, from = 0): Line {
  let at = skip(text, 0)
  const blank = at === text.length || text[at] === '#'
  const dashes: number[] = []
  while (text[at] === '-' && isBlank(text[at + 1])) {
    dashes.push(at)
    at = skip(text, at + 1)
  }
  const colon = blank || text[at] === '{' || text[at] === '[' ? -1 : colonOf(text, at)
  if (colon < 0)
    return { text, from, dashes, column: at, blank }
  const name = text.slice(at, colon).trimEnd()
  return { text, from, dashes, column: at, blank, key: { name: bare(name), column: at, end: at + name.length, colon } }
}

/** The lines of a document. @param from where it begins in the file */
export function linesOf(text: string, from = 0): Line[] {
  let at = from
  return text.split('\n').map((line) => {
    const read = readLine(line, at)
    at += line.length + 1
    return read
  })
}
