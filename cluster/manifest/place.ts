// Where the cursor is in a manifest: in which map, at a key or a value. It holds for text that is only half written, which no parser takes.
import { partsOf } from '../kubectl/manifests.ts'
import { flowPlace, scan } from './flow.ts'
import { ITEM, linesOf } from './lines.ts'
import type { Line } from './lines.ts'

export interface Place {
  /** what the document says its kind is; '' where it does not */
  readonly kind: string
  /** from the object to the map or list that the cursor is in */
  readonly path: readonly string[]
  readonly at: 'key' | 'value'
  /** the key that is there already; of a value, the key that it is of */
  readonly key?: string
  /** the key or value as written, in letters of the file */
  readonly from: number
  readonly to: number
  /** the other keys of this map */
  readonly taken: ReadonlySet<string>
  /** column at which the keys of this map stand */
  readonly column: number
  /** a key stands there with its colon */
  readonly whole: boolean
  /** within braces or brackets */
  readonly flow: boolean
  /** the line has a dash before it */
  readonly dashed: boolean
}

interface Token { readonly column: number, readonly dash: boolean, readonly name: string }

/** Dashes and the key of a line, from right to left. */
function tokens({ dashes, key }: Line): Token[] {
  return [...(key ? [{ column: key.column, dash: false, name: key.name }] : []), ...dashes.map(column => ({ column, dash: true, name: ITEM })).reverse()]
}

/** The steps to the map whose keys stand at a column, and its other keys, read from a line upwards. */
function upwards(lines: readonly Line[], n: number, column: number): { path: string[], taken: Set<string> } {
  const path: string[] = []
  const taken = new Set<string>()
  const above = lines.slice(0, n).filter(({ blank }) => !blank).reverse().flatMap(tokens)
  let inner = { column, dash: false }
  for (const token of [...tokens(lines[n]!).filter(each => each.column < column), ...above]) {
    // a list may stand as far left as the key that it belongs to
    if (token.column < inner.column || (inner.dash && !token.dash && token.column === inner.column)) {
      path.unshift(token.name)
      inner = token
    }
    else if (!path.length && !token.dash && token.column === column) {
      taken.add(token.name)
    }
  }
  return { path, taken }
}

/** The keys of the same map below a line. */
function downwards(lines: readonly Line[], n: number, column: number, taken: Set<string>): void {
  for (const line of lines.slice(n + 1)) {
    if (line.blank)
      continue
    const first = line.dashes[0] ?? line.column
    if (first < column)
      return
    if (!line.dashes.length && line.key?.column === column)
      taken.add(line.key.name)
  }
}

/** What a document says of itself at its left edge; '' where it says nothing. */
function said(lines: readonly Line[], name: string): string {
  const line = lines.find(({ key, dashes }) => key?.name === name && key.column === 0 && !dashes.length)
  return line ? /^\s*["']?([\w./-]*)/.exec(line.text.slice(line.key!.colon + 1))![1]! : ''
}

/** @param offset in letters of the file. Undefined in comments, texts of several lines, and the lines between documents */
export function placeAt(text: string, offset: number): Place | undefined {
  const part = partsOf(text).findLast(({ from }) => from <= offset)
  if (!part || offset > part.from + part.text.length)
    return undefined
  const lines = linesOf(part.text, part.from)
  const n = lines.findLastIndex(({ from }) => from <= offset)
  // the rest of a line between documents
  if (n === 0 && part.from > 0)
    return undefined
  const { inside, from: begin } = scan(part.text, offset - part.from)
  if (inside === 'text')
    return undefined
  const kind = said(lines, 'kind')
  if (inside === 'flow') {
    const at = lines.findLastIndex(({ from }) => from <= begin + part.from)
    const line = lines[at]!
    const column = line.key?.column ?? line.column
    const { path } = upwards(lines, at, column)
    const found = flowPlace(part.text, begin, offset - part.from)
    return found && {
      ...found,
      kind: kind || /"kind"\s*:\s*"(\w+)"/.exec(part.text.slice(0, 2000))?.[1] || '',
      path: [...path, ...(line.key ? [line.key.name] : []), ...found.path],
      from: found.from + part.from,
      to: found.to + part.from,
      flow: true,
      dashed: false,
      column: 0,
    }
  }
  return blockPlace(lines, n, offset, kind)
}

function blockPlace(lines: readonly Line[], n: number, offset: number, kind: string): Place | undefined {
  const line = lines[n]!
  const cursor = offset - line.from
  const { key, dashes } = line
  const dashed = dashes.length > 0
  if (line.text[line.column] === '#' && cursor > line.column)
    return undefined
  // left of what is written: nothing stands there
  if (!line.blank && cursor < line.column && !(dashed && cursor > dashes.at(-1)!))
    return undefined
  const common = { kind, flow: false, dashed }
  if (key && cursor >= key.column) {
    const { path, taken } = upwards(lines, n, key.column)
    downwards(lines, n, key.column, taken)
    if (cursor <= key.end)
      return { ...common, path, taken, at: 'key', key: key.name, from: line.from + key.column, to: line.from + key.end, column: key.column, whole: true }
    if (cursor <= key.colon)
      return undefined
    const rest = line.text.slice(key.colon + 1).replace(/(?:^|\s)#.*$/, '')
    const value = rest.trim()
    const begins = value ? key.colon + 1 + rest.indexOf(value) : cursor
    if (cursor > begins + value.length)
      return undefined
    return { ...common, path, taken, at: 'value', key: key.name, from: line.from + Math.min(begins, cursor), to: line.from + begins + value.length, column: key.column, whole: true }
  }
  // on an empty line the cursor tells how far it is indented
  const word = line.blank || key ? '' : line.text.slice(line.column).replace(/\s#.*$/, '').trimEnd()
  const column = word ? line.column : cursor
  if (word && cursor > line.column + word.length)
    return undefined
  const { path, taken } = upwards(lines, n, column)
  downwards(lines, n, column, taken)
  return { ...common, path, taken, at: 'key', ...(word && { key: word }), from: line.from + column, to: line.from + column + word.length, column, whole: false }
}
