// Maps and lists in braces and brackets, as in JSON: where a place is in them. And whether a place is in such a one, in a text, or in neither.
import { bare, ITEM } from './lines.ts'
import type { Place } from './place.ts'

type Flow = Pick<Place, 'path' | 'at' | 'key' | 'from' | 'to' | 'taken' | 'whole'>

/**
 * What a place in a document is inside of: a flow that begins at `from`, a text or comment, or neither.
 * @param end in letters of the document
 */
export function scan(text: string, end: number): { inside: 'block' | 'flow' | 'text', from: number } {
  let depth = 0
  let from = 0
  let quote = ''
  /** a text of several lines goes on in lines that are indented further than this */
  let block = -1
  /** a value may begin here */
  let begins = true
  let at = 0
  while (at < end) {
    const letter = text[at]!
    const lineBegins = at === 0 || text[at - 1] === '\n'
    if (lineBegins && !quote && !depth) {
      begins = true
      if (block >= 0) {
        const next = text.indexOf('\n', at)
        const line = text.slice(at, next < 0 ? undefined : next)
        const indent = line.length - line.trimStart().length
        if (!line.trim() || indent > block) {
          if (next < 0 || next >= end)
            return { inside: indent > block || end - at > block ? 'text' : 'block', from }
          at = next + 1
          continue
        }
        block = -1
      }
    }
    if (quote) {
      if (letter === '\\' && quote === '"')
        at++
      else if (letter === quote)
        quote = ''
    }
    else if ((letter === '"' || letter === '\'') && (begins || depth)) {
      quote = letter
      begins = false
    }
    else if (letter === '#' && (lineBegins || /\s/.test(text[at - 1]!))) {
      const next = text.indexOf('\n', at)
      if (next < 0 || next >= end)
        return { inside: 'text', from }
      at = next
      continue
    }
    else if ((letter === '{' || letter === '[') && (begins || depth)) {
      if (!depth++)
        from = at
    }
    else if ((letter === '}' || letter === ']') && depth) {
      depth--
    }
    else if ((letter === '|' || letter === '>') && begins && !depth) {
      const start = text.lastIndexOf('\n', at) + 1
      block = /^\s*/.exec(text.slice(start, at))![0].length
      begins = false
    }
    else if (letter !== '\n' && !depth && !/\s/.test(letter)) {
      begins = (letter === ':' || letter === '-') && /\s/.test(text[at + 1] ?? ' ')
    }
    at++
  }
  return { inside: depth ? 'flow' : quote ? 'text' : 'block', from }
}

interface Level { readonly list: boolean, keys: string[], key?: string, word: string, from: number }

/** Letters after the cursor that are read for the keys that follow. */
const AHEAD = 5000

/** Where the cursor is in a flow that begins at `begin`; the path counts from there. */
export function flowPlace(text: string, begin: number, cursor: number): Flow | undefined {
  const levels: Level[] = []
  let found: { path: string[], level: Level, from: number, at: 'key' | 'value', to: number, key?: string, whole: boolean } | undefined
  let own = 0
  const stop = Math.min(text.length, cursor + AHEAD)
  const endWord = (level: Level, at: number) => {
    if (found?.level === level && found.to < 0)
      found.to = Math.max(cursor, found.from + text.slice(found.from, at).trimEnd().length)
  }
  for (let at = begin; at <= stop; at++) {
    const level = levels.at(-1)
    if (at === cursor && level) {
      const from = level.word ? level.from : cursor
      own = levels.length
      found = { path: levels.flatMap((each, i) => each.list ? [ITEM] : i < levels.length - 1 && each.key !== undefined ? [each.key] : []), level, from, to: -1, at: level.list || level.key === undefined ? 'key' : 'value', key: level.key, whole: false }
    }
    if (found && levels.length < own)
      break
    const letter = text[at]
    if (letter === undefined || at === stop)
      break
    // what is only half written does not reach into the next line
    if (letter === '\n' && found && found.level === level && found.to < 0)
      endWord(level, at)
    if (letter === '{' || letter === '[') {
      levels.push({ list: letter === '[', keys: [], word: '', from: at + 1 })
    }
    else if (letter === '}' || letter === ']') {
      if (level)
        endWord(level, at)
      levels.pop()
      if (!levels.length)
        break
    }
    else if (level && letter === ',') {
      endWord(level, at)
      level.key = undefined
      level.word = ''
    }
    else if (level && letter === ':' && level.key === undefined && !level.list && (/[\s,}\]]/.test(text[at + 1] ?? ' ') || /["']$/.test(level.word.trimEnd()))) {
      level.key = bare(level.word.trim())
      if (found?.level === level && found.at === 'key' && found.to < 0) {
        endWord(level, at)
        found.key = level.key
        found.whole = true
      }
      else { level.keys.push(level.key) }
      level.word = ''
    }
    else if (level && (letter === '"' || letter === '\'')) {
      if (!level.word)
        level.from = at
      const close = closing(text, at, stop)
      if (at < cursor && close >= cursor && !found) {
        // within quotes: the word is what is between them
        found = { path: levels.flatMap((each, i) => each.list ? [ITEM] : i < levels.length - 1 && each.key !== undefined ? [each.key] : []), level, from: at, to: close + 1, at: level.list || level.key === undefined ? 'key' : 'value', key: level.key, whole: level.key === undefined && /^\s*:/.test(text.slice(close + 1, close + 20)) }
        own = levels.length
        if (found.at === 'key')
          found.key = bare(text.slice(at, close + 1))
      }
      level.word += text.slice(at, close + 1)
      at = close
    }
    else if (level && (level.word || !/\s/.test(letter))) {
      if (!level.word)
        level.from = at
      level.word += letter
    }
  }
  if (!found)
    return undefined
  const { level, path, from, at, key, whole } = found
  const to = found.to < 0 ? cursor : found.to
  const word = bare(text.slice(from, to))
  return { path, at, from, to, whole, ...((at === 'value' || whole ? key : word) && { key: at === 'value' || whole ? key : word }), taken: new Set(level.keys.filter(name => at === 'value' || name !== key)) }
}

/** The place of the quote that ends what begins at one. */
function closing(text: string, from: number, stop: number): number {
  for (let i = from + 1; i < stop; i++) {
    if (text[i] === '\\' && text[from] === '"')
      i++
    else if (text[i] === text[from])
      return i
  }
  return stop - 1
}
