// A line as a shell reads it: words, quotes, pipes, files to read from and write to, one command after the other.

export interface Program {
  readonly words: readonly string[]
  /** a text that it reads instead of a file: what stands between `<<EOF` and `EOF` */
  readonly here?: string
  readonly from?: string
  readonly to?: { readonly file: string, readonly add: boolean }
}

/** Programs joined by pipes, and what must have become of those before for them to run. */
export interface Pipeline {
  readonly programs: readonly Program[]
  readonly when: 'always' | 'success' | 'failure'
}

/** What a shell would put in place of a sign, and this one has not. @throws Error in a sentence of ours */
function refuseExpansion(text: string, at: number): void {
  if (text[at] === '`' || text.startsWith('$(', at))
    throw new Error('$( ) and backticks are not there in this shell: type that command by itself, or pipe what it prints into xargs')
  const [variable] = text[at] === '$' ? /^\$(?:\w+|\{[^}]*\}?|[?$!#@*])/.exec(text.slice(at, at + 100)) ?? [] : []
  if (variable)
    throw new Error(`${variable}: variables are not there in this shell: write the value out`)
}

/** @throws Error in the shell's words */
export function parseLine(text: string): Pipeline[] {
  const out: Pipeline[] = []
  let when: Pipeline['when'] = 'always'
  let programs: Program[] = []
  let words: string[] = []
  let more: Pick<Program, 'here' | 'from' | 'to'> = {}
  let word: string | undefined
  let target: 'from' | 'to' | 'add' | 'here' | undefined
  let at = 0
  /** where to go on at the end of a line after which texts stand that its programs read */
  let resume: number | undefined

  const unexpected = (token: string) => new Error(`syntax error near unexpected token \`${token}'`)

  function endWord() {
    if (word === undefined)
      return
    if (target === 'here') {
      const newline = text.indexOf('\n', at)
      const from = resume ?? (newline < 0 ? text.length : newline + 1)
      const lines = from < text.length ? text.slice(from).split('\n') : []
      const end = lines.findIndex(line => line.trim() === word)
      more = { ...more, here: lines.slice(0, end < 0 ? undefined : end).map(line => `${line}\n`).join('') }
      resume = end < 0 ? text.length : from + lines.slice(0, end + 1).join('\n').length + 1
    }
    else if (target) {
      more = { ...more, ...(target === 'from' ? { from: word } : { to: { file: word, add: target === 'add' } }) }
    }
    else {
      words.push(word)
    }
    word = target = undefined
  }
  function endProgram(token: string) {
    endWord()
    if (target)
      throw unexpected(token)
    if (!words.length && (token === '|' || programs.length || more.to))
      throw unexpected(token)
    if (words.length)
      programs.push({ words, ...more })
    words = []
    more = {}
  }
  function endPipeline(token: string, next: Pipeline['when']) {
    endProgram(token)
    if (!programs.length && token !== 'newline' && token !== ';')
      throw unexpected(token)
    if (programs.length)
      out.push({ programs, when })
    programs = []
    when = next
  }

  while (at < text.length) {
    const letter = text[at]!
    if (letter === '\'') {
      const end = text.indexOf('\'', at + 1)
      if (end < 0)
        throw new Error('unexpected EOF while looking for matching `\'\'')
      word = (word ?? '') + text.slice(at + 1, end)
      at = end + 1
    }
    else if (letter === '"') {
      let body = ''
      for (at++; text[at] !== '"'; at++) {
        if (at >= text.length)
          throw new Error('unexpected EOF while looking for matching `"\'')
        if (text[at] === '\\' && '"\\$`\n'.includes(text[at + 1] ?? ' '))
          at++
        else
          refuseExpansion(text, at)
        body += text[at]
      }
      word = (word ?? '') + body
      at++
    }
    else if (letter === '\\') {
      if (text[at + 1] !== '\n')
        word = (word ?? '') + (text[at + 1] ?? '')
      at += 2
    }
    else if (letter === '\n') {
      endPipeline('newline', 'always')
      at = resume ?? at + 1
      resume = undefined
    }
    else if (/\s/.test(letter)) {
      endWord()
      at++
    }
    else if (letter === '#' && word === undefined) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    }
    else if (text.startsWith('&&', at) || text.startsWith('||', at)) {
      endPipeline(letter.repeat(2), letter === '&' ? 'success' : 'failure')
      at += 2
    }
    else if (letter === '|' || letter === ';') {
      if (letter === '|')
        endProgram('|')
      else
        endPipeline(';', 'always')
      at++
    }
    else if (letter === '>' || letter === '<') {
      // 2>&1 and the like: what is said aside stays aside
      const aside = /^\d$/.test(word ?? '') ? /^[<>]&\d|^>\s*\/dev\/null/.exec(text.slice(at, at + 40)) : undefined
      if (aside) {
        word = undefined
        at += aside[0].length
        continue
      }
      endWord()
      if (target)
        throw unexpected(letter)
      const twice = text[at + 1] === letter
      target = letter === '>' ? twice ? 'add' : 'to' : twice ? 'here' : 'from'
      at += twice ? 2 : 1
      if (target === 'here' && text[at] === '-')
        at++
    }
    else {
      refuseExpansion(text, at)
      word = (word ?? '') + letter
      at++
    }
  }
  endPipeline('newline', 'always')
  return out
}
