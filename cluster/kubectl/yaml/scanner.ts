// YAML text as tokens, and where Go's scanner stops. Texts of scalars are passed over: only what is wrong is asked for. upstream: go-yaml v2 scannerc.go, after libyaml

export type TokenType
  = | 'alias' | 'anchor' | 'tag' | 'scalar' | 'key' | 'value' | 'version' | 'tag directive' | 'document start' | 'document end' | 'stream end'
    | 'block entry' | 'block sequence' | 'block mapping' | 'block end' | 'flow entry' | '[' | ']' | '{' | '}'

export interface Token {
  readonly type: TokenType
  /** where it begins: letters, and lines from 0 */
  readonly at: number
  readonly line: number
  /** an anchor's name, a tag's handle, a version */
  readonly text?: string
}

/** What Go says of a text that is no YAML. */
export class YamlError extends Error {
  /** where the parser stood, in letters */
  readonly at: number

  /** @param line as it is told; 0 where none is */
  constructor(what: string, at: number, line = 0) {
    super(`yaml: ${line ? `line ${line}: ` : ''}${what}`)
    this.at = at
  }
}

/** What may turn out to be a key, once a colon follows. */
interface Candidate {
  possible: boolean
  readonly required: boolean
  /** the number of the token that begins it */
  readonly token: number
  readonly at: number
  readonly line: number
  readonly column: number
}

/** Letters that are read at once. */
const READ = 512
/** Letters that a key may have with its colon. */
const LONGEST_KEY = 1024

const isBreak = (letter: string | undefined) => letter === '\n' || letter === '\r' || letter === '\u0085' || letter === '\u2028' || letter === '\u2029'
const isBlank = (letter: string | undefined) => letter === ' ' || letter === '\t'
/** a blank, a line's end, or the text's */
const isGap = (letter: string | undefined) => letter === undefined || isBlank(letter) || isBreak(letter)
const isWord = (letter: string | undefined) => letter !== undefined && /^[\w-]$/.test(letter)
const isDigit = (letter: string | undefined) => letter !== undefined && /^\d$/.test(letter)

/** letters behind a backslash, with the number of hexadecimal digits that follow */
const ESCAPES: Readonly<Record<string, number>> = { ...Object.fromEntries([...'0abt\tnvfre "\'\\N_LP'].map(letter => [letter, 0])), x: 2, u: 4, U: 8 }

// eslint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\0-\x08\v\f\x0E-\x1F\x7F\x80-\x84\x86-\x9F\uFFFE\uFFFF]/

/** Where blanks have to be put, and how many, for parsers that are stricter than Go's. */
export interface Gap { readonly at: number, readonly blanks: number }

export interface Scanner {
  /** The next token, which stays. @throws YamlError */
  readonly peek: () => Token
  readonly skip: () => void
  /** before lines within brackets or quotes: others want them further in than what is around them */
  readonly lines: readonly Gap[]
  /** behind names of anchors that a colon follows: to others it belongs to the name */
  readonly names: readonly Gap[]
}

/** @param line as which the first is counted */
export function scannerOf(text: string, line = 0): Scanner {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let column = 0
  /** how many brackets and braces are open */
  let flow = 0
  /** the column of the innermost collection without brackets, and those around it */
  let indent = -1
  const indents: number[] = []
  /** a key may begin here */
  let allowed = true
  const queue: Token[] = []
  let taken = 0
  const candidate = (possible: boolean, required: boolean): Candidate => ({ possible, required, token: taken + queue.length, at, line, column })
  /** one for each bracket that is open, and one outside */
  const candidates = [candidate(false, false)]
  /** by the number of the token that begins each: how many brackets it stands in */
  const waiting = new Map<number, number>()
  const lines: Gap[] = []
  const names: Gap[] = []

  const control = text.search(CONTROL)
  /** As Go, which sees a letter that may not be there once it reads the part that it is in, and what is wrong further up before. */
  function checkControl(): void {
    if (control >= 0 && at >= control - control % READ)
      throw new YamlError('control characters are not allowed', control)
  }
  const fail = (what: string): never => {
    checkControl()
    throw new YamlError(what, at, line && line + 1)
  }
  const letter = (ahead = 0): string | undefined => text[at + ahead]
  function skip(count = 1): void {
    at += count
    column += count
  }
  /** @param inside within brackets or quotes */
  function skipLine(inside = flow > 0): void {
    at += letter() === '\r' && letter(1) === '\n' ? 2 : 1
    column = 0
    line++
    if (inside)
      lines.push({ at, blanks: indent + 1 })
  }
  function skipWhile(test: (letter: string | undefined) => boolean): void {
    while (test(letter()))
      skip()
  }
  /** the word behind a sign of one letter; empty where there is none */
  function wordBehind(): string {
    skip()
    const from = at
    skipWhile(isWord)
    return text.slice(from, at)
  }
  const add = (type: TokenType, content?: string): void => void queue.push({ type, at, line, ...(content !== undefined && { text: content }) })
  /** a token of one letter, or as many */
  function take(type: TokenType, letters = 1): void {
    add(type)
    skip(letters)
  }

  // keys that are not known to be such before their colon

  function rule(found: Candidate): void {
    if (found.possible && found.required)
      fail('could not find expected \':\'')
    found.possible = false
  }
  function mayBeKey(found: Candidate | undefined): boolean {
    if (found?.possible && (found.line < line || found.at + LONGEST_KEY < at))
      rule(found)
    return found?.possible ?? false
  }
  /** What stands innermost is no key. */
  function forget(): void {
    const found = candidates[flow]!
    if (found.possible)
      waiting.delete(found.token)
    rule(found)
  }
  function remember(): void {
    if (!allowed)
      return
    const found = candidate(true, !flow && indent === column)
    forget()
    candidates[flow] = found
    waiting.set(found.token, flow)
  }

  // columns as collections

  /** @param before behind the last, where that has been taken */
  function insert(type: TokenType, before: number, { at, line }: { readonly at: number, readonly line: number }): void {
    queue.splice(before < 0 ? queue.length : before, 0, { type, at, line })
  }
  function indentTo(target: number, type: TokenType, before = queue.length, mark: { readonly at: number, readonly line: number } = { at, line }): void {
    if (flow || indent >= target)
      return
    indents.push(indent)
    indent = target
    insert(type, before, mark)
  }
  function unindentTo(target: number): void {
    if (flow)
      return
    while (indent > target) {
      add('block end')
      indent = indents.pop()!
    }
  }

  function toNextToken(): void {
    for (;;) {
      // where a key may begin, tabs do not indent
      skipWhile(each => each === ' ' || (each === '\t' && (flow > 0 || !allowed)))
      if (letter() === '#')
        skipWhile(each => each !== undefined && !isBreak(each))
      if (!isBreak(letter()))
        return
      skipLine()
      if (!flow)
        allowed = true
    }
  }

  /** A line may end here, with a comment or without. */
  function toLineEnd(): void {
    skipWhile(isBlank)
    if (letter() === '#')
      skipWhile(each => each !== undefined && !isBreak(each))
    if (letter() !== undefined && !isBreak(letter()))
      fail('did not find expected comment or line break')
    if (letter() !== undefined)
      skipLine()
  }

  function number(): string {
    const from = at
    skipWhile(isDigit)
    if (at === from)
      fail('did not find expected version number')
    if (at - from > 2)
      fail('found extremely long version number')
    return text.slice(from, at)
  }

  function directive(): void {
    unindentTo(-1)
    forget()
    allowed = false
    const mark = { at, line }
    const name = wordBehind()
    if (!name)
      fail('could not find expected directive name')
    if (!isGap(letter()))
      fail('found unexpected non-alphabetical character')
    skipWhile(isBlank)
    if (name === 'YAML') {
      const major = number()
      if (letter() !== '.')
        fail('did not find expected digit or \'.\' character')
      skip()
      queue.push({ type: 'version', ...mark, text: `${major}.${number()}` })
    }
    else if (name === 'TAG') {
      const handle = tagHandle(true)
      if (!isBlank(letter()))
        fail('did not find expected whitespace')
      skipWhile(isBlank)
      tagUri(false)
      if (!isGap(letter()))
        fail('did not find expected whitespace or line break')
      queue.push({ type: 'tag directive', ...mark, text: handle })
    }
    else {
      fail('found unknown directive name')
    }
    toLineEnd()
  }

  const isDocumentMark = () => column === 0 && /^(?:---|\.\.\.)$/.test(text.slice(at, at + 3)) && isGap(letter(3))

  function tagHandle(inDirective: boolean): string {
    const from = at
    if (letter() !== '!')
      fail('did not find expected \'!\'')
    skip()
    skipWhile(isWord)
    if (letter() === '!')
      skip()
    else if (inDirective && at - from > 1)
      fail('did not find expected \'!\'')
    return text.slice(from, at)
  }
  function tagUri(begun: boolean): void {
    const from = at
    for (let each = letter(); each !== undefined && /^[\w\-;/?:@&=+$,.!~*'()[\]%]$/.test(each); each = letter()) {
      if (each === '%' && !/^%[0-9A-F]{2}$/i.test(text.slice(at, at + 3)))
        fail('did not find URI escaped octet')
      skip(each === '%' ? 3 : 1)
    }
    if (at === from && !begun)
      fail('did not find expected tag URI')
  }
  function tag(): void {
    remember()
    allowed = false
    const mark = { at, line }
    let handle = '!'
    if (letter(1) === '<') {
      skip(2)
      handle = ''
      tagUri(false)
      if (letter() !== '>')
        fail('did not find the expected \'>\'')
      skip()
    }
    else {
      const found = tagHandle(false)
      const named = found.length > 1 && found.endsWith('!')
      if (named)
        handle = found
      tagUri(!named)
    }
    if (!isGap(letter()))
      fail('did not find expected whitespace or line break')
    queue.push({ type: 'tag', ...mark, text: handle })
  }

  function anchor(type: 'anchor' | 'alias'): void {
    remember()
    allowed = false
    const mark = { at, line }
    const name = wordBehind()
    if (!name || !(isGap(letter()) || '?:,]}%@`'.includes(letter()!)))
      fail('did not find expected alphabetic or numeric character')
    if (letter() === ':')
      names.push({ at, blanks: 1 })
    queue.push({ type, ...mark, text: name })
  }

  /** Blank lines of a block, and how far the first that is not blank stands in. @param known the block's column; 0 where it is yet to be found, and returned */
  function blockBreaks(known: number): number {
    const mayIndent = () => !known || column < known
    let deepest = 0
    for (;;) {
      while (mayIndent() && letter() === ' ')
        skip()
      deepest = Math.max(deepest, column)
      if (mayIndent() && letter() === '\t')
        fail('found a tab character where an indentation space is expected')
      if (!isBreak(letter()))
        return known || Math.max(deepest, indent + 1, 1)
      skipLine()
    }
  }
  function block(): void {
    forget()
    allowed = true
    add('scalar')
    skip()
    const [written = '', digit] = /^[+-]?(\d)?[+-]?/.exec(text.slice(at, at + 2))!
    if (digit === '0')
      fail('found an indentation indicator equal to 0')
    skip(digit === undefined ? Math.min(written.length, 1) : written.length)
    toLineEnd()
    const inner = blockBreaks(digit === undefined ? 0 : Math.max(indent, 0) + Number(digit))
    while (column === inner && letter() !== undefined) {
      skipWhile(each => each !== undefined && !isBreak(each))
      if (letter() !== undefined)
        skipLine()
      blockBreaks(inner)
    }
  }

  function escape(): void {
    const digits = ESCAPES[letter(1) ?? '']
    if (digits === undefined)
      fail('found unknown escape character')
    skip(2)
    const code = text.slice(at, at + digits!)
    if (!/^[0-9A-F]*$/i.test(code) || code.length < digits!)
      fail('did not find expected hexdecimal number')
    const value = Number.parseInt(code || '0', 16)
    if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF)
      fail('found invalid Unicode character escape code')
    skip(digits)
  }
  function quoted(quote: string): void {
    remember()
    allowed = false
    add('scalar')
    skip()
    const isEnd = () => letter() === quote && !(quote === '\'' && letter(1) === quote)
    for (;;) {
      if (isDocumentMark())
        fail('found unexpected document indicator')
      if (letter() === undefined)
        fail('found unexpected end of stream')
      while (!isGap(letter()) && !isEnd()) {
        if (letter() === quote)
          skip(2)
        else if (quote === '\'' || letter() !== '\\')
          skip()
        else if (isBreak(letter(1)))
          break
        else
          escape()
      }
      if (letter() === quote)
        return skip()
      if (letter() === '\\') {
        skip()
        skipLine(true)
      }
      while (isBlank(letter()) || isBreak(letter())) {
        if (isBreak(letter()))
          skipLine(true)
        else
          skip()
      }
    }
  }

  const endsPlain = () => letter() === ':' ? isGap(letter(1)) : flow > 0 && ',?[]{}'.includes(letter()!)
  function plain(): void {
    remember()
    allowed = false
    add('scalar')
    let broken = false
    while (!isDocumentMark() && letter() !== '#') {
      while (!isGap(letter()) && !endsPlain()) {
        broken = false
        skip()
      }
      if (!isBlank(letter()) && !isBreak(letter()))
        break
      while (isBlank(letter()) || isBreak(letter())) {
        if (broken && column <= indent && letter() === '\t')
          fail('found a tab character that violates indentation')
        if (isBreak(letter())) {
          skipLine()
          broken = true
        }
        else {
          skip()
        }
      }
      if (!flow && column <= indent)
        break
    }
    if (broken)
      allowed = true
  }

  function value(): void {
    const found = candidates[flow]!
    if (mayBeKey(found)) {
      insert('key', found.token - taken, found)
      indentTo(found.column, 'block mapping', found.token - taken, found)
      found.possible = false
      waiting.delete(found.token)
      allowed = false
    }
    else {
      if (!flow) {
        if (!allowed)
          fail('mapping values are not allowed in this context')
        indentTo(column, 'block mapping')
      }
      allowed = !flow
    }
    take('value')
  }

  /** What stands at the beginning of a block's line: a dash, or a question mark. */
  function mark(type: 'block entry' | 'key', collection: TokenType, what: string): void {
    if (!flow) {
      if (!allowed)
        fail(`${what} are not allowed in this context`)
      indentTo(column, collection)
    }
    forget()
    allowed = type === 'block entry' || !flow
    take(type)
  }
  function open(type: '[' | '{'): void {
    remember()
    candidates.push(candidate(false, false))
    flow++
    allowed = true
    take(type)
  }
  function close(type: ']' | '}'): void {
    forget()
    if (flow) {
      // as Go: before brackets with nothing in them, this is the number of the bracket, and nobody waits for its colon any more
      waiting.delete(candidates.pop()!.token)
      flow--
    }
    allowed = false
    take(type)
  }

  function scanNext(): void {
    toNextToken()
    checkControl()
    unindentTo(column)
    const first = letter()
    const apart = isGap(letter(1))
    if (first === undefined) {
      if (column) {
        column = 0
        line++
      }
      unindentTo(-1)
      forget()
      allowed = false
      add('stream end')
    }
    else if (column === 0 && first === '%') {
      directive()
    }
    else if (isDocumentMark()) {
      unindentTo(-1)
      forget()
      allowed = false
      take(first === '-' ? 'document start' : 'document end', 3)
    }
    else if (first === '[' || first === '{') {
      open(first)
    }
    else if (first === ']' || first === '}') {
      close(first)
    }
    else if (first === ',') {
      forget()
      allowed = true
      take('flow entry')
    }
    else if (first === '-' && apart) {
      mark('block entry', 'block sequence', 'block sequence entries')
    }
    else if (first === '?' && (flow || apart)) {
      mark('key', 'block mapping', 'mapping keys')
    }
    else if (first === ':' && (flow || apart)) {
      value()
    }
    else if (first === '*' || first === '&') {
      anchor(first === '*' ? 'alias' : 'anchor')
    }
    else if (first === '!') {
      tag()
    }
    else if ((first === '|' || first === '>') && !flow) {
      block()
    }
    else if (first === '"' || first === '\'') {
      quoted(first)
    }
    else if ((!isGap(first) && !'-?:,[]{}#&*!|>\'"%@`'.includes(first)) || (first === '-' && !isBlank(letter(1))) || (!flow && '?:'.includes(first) && !apart)) {
      plain()
    }
    else {
      fail('found character that cannot start any token')
    }
  }

  return {
    lines,
    names,
    peek() {
      // a token that may turn out to be a key waits for what follows
      while (!queue.length || mayBeKey(candidates[waiting.get(taken) ?? -1]))
        scanNext()
      return queue[0]!
    },
    skip() {
      queue.shift()
      taken++
    },
  }
}
