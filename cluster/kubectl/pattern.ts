// Regular expressions that take no longer than pattern times text, whatever is typed: `grep` uses them. After Thompson's construction.

type Node =
  | { readonly is: 'letter', readonly test: (letter: string) => boolean }
  | { readonly is: 'start' | 'end' | 'edge' | 'nothing' }
  | { readonly is: 'many', readonly of: Node, readonly least: number, readonly most: number }
  | { readonly is: 'chain' | 'either', readonly of: readonly Node[] }

/** States of the machine: after a letter, or at once. */
interface State { test?: (letter: string) => boolean, at?: 'start' | 'end' | 'edge', next: number[] }

/** More states than this and nobody means it. */
const MOST_STATES = 5000
const isWord = (letter: string | undefined) => letter !== undefined && /\w/.test(letter)
const CLASSES: Readonly<Record<string, RegExp>> = { w: /\w/, W: /\W/, d: /\d/, D: /\D/, s: /\s/, S: /\S/ }
const NAMED: Readonly<Record<string, RegExp>> = { alpha: /[a-z]/i, digit: /\d/, alnum: /[a-z0-9]/i, space: /\s/, upper: /[A-Z]/, lower: /[a-z]/, punct: /[^\w\s]|_/ }

/** @param extended whether + ? | ( ) { mean something without a backslash. @throws Error */
function parse(pattern: string, extended: boolean, fold: boolean): Node {
  let at = 0
  let depth = 0
  const one = (letter: string): Node => ({ is: 'letter', test: fold ? given => given.toLowerCase() === letter.toLowerCase() : given => given === letter })
  /** An operator at this place: as such in extended patterns, with a backslash in basic ones. */
  const operator = (letter: string) => extended ? pattern[at] === letter : pattern.startsWith(`\\${letter}`, at)
  const skip = () => void (at += extended ? 1 : 2)

  function either(): Node {
    const of = [chain()]
    while (operator('|')) {
      skip()
      of.push(chain())
    }
    return of.length === 1 ? of[0]! : { is: 'either', of }
  }
  function chain(): Node {
    const of: Node[] = []
    const closed = () => depth > 0 && operator(')')
    while (at < pattern.length && !operator('|') && !closed())
      of.push(repeated())
    return { is: 'chain', of }
  }
  function repeated(): Node {
    let node = atom()
    for (;;) {
      if (pattern[at] === '*') {
        at++
        node = { is: 'many', of: node, least: 0, most: Infinity }
      }
      else if (operator('+') || operator('?')) {
        const plus = pattern[extended ? at : at + 1] === '+'
        skip()
        node = { is: 'many', of: node, least: plus ? 1 : 0, most: plus ? Infinity : 1 }
      }
      else {
        const braces = operator('{') ? /^\\?\{(\d{1,3})(,(\d{1,3})?)?\\?\}/.exec(pattern.slice(at, at + 20)) : undefined
        if (!braces)
          return node
        at += braces[0].length
        node = { is: 'many', of: node, least: Number(braces[1]), most: braces[2] ? braces[3] ? Number(braces[3]) : Infinity : Number(braces[1]) }
      }
    }
  }
  function atom(): Node {
    if (operator('(')) {
      skip()
      if (++depth > 100)
        throw new Error('Regular expression too big')
      const inside = either()
      if (!operator(')'))
        throw new Error('Unmatched ( or \\(')
      skip()
      depth--
      return inside
    }
    const letter = pattern[at++]!
    if (letter === '.')
      return { is: 'letter', test: () => true }
    if (letter === '^' || letter === '$')
      return { is: letter === '^' ? 'start' : 'end' }
    if (letter === '[')
      return set()
    if (letter !== '\\')
      return one(letter)
    const next = pattern[at++]
    if (next === undefined)
      throw new Error('Trailing backslash')
    if (next === 'b')
      return { is: 'edge' }
    const known = CLASSES[next]
    return known ? { is: 'letter', test: given => known.test(given) } : one(next)
  }
  function set(): Node {
    const not = pattern[at] === '^'
    if (not)
      at++
    const tests: ((letter: string) => boolean)[] = []
    for (let first = true; first || pattern[at] !== ']'; first = false) {
      const named = /^\[:(\w+):\]/.exec(pattern.slice(at, at + 12))
      if (named && NAMED[named[1]!]) {
        at += named[0].length
        tests.push(given => NAMED[named[1]!]!.test(given))
        continue
      }
      const from = pattern[at++]
      if (from === undefined)
        throw new Error('Unmatched [, [^, [:, [., or [=')
      const to = pattern[at] === '-' && pattern[at + 1] !== ']' && pattern[at + 1] !== undefined ? pattern[(at += 2) - 1]! : from
      tests.push(given => given >= from && given <= to)
    }
    at++
    const test = (given: string) => tests.some(each => each(given)) || (fold && tests.some(each => each(given.toLowerCase()) || each(given.toUpperCase())))
    return { is: 'letter', test: given => test(given) !== not }
  }
  const whole = either()
  if (at < pattern.length)
    throw new Error('Unmatched ) or \\)')
  return whole
}

/** How a pattern is looked for: where the first match begins and ends, the longest from there; undefined where there is none. @throws Error on a pattern that cannot be read */
export function compile(pattern: string, { extended = false, fold = false }: { extended?: boolean, fold?: boolean } = {}): (text: string, from?: number) => readonly [number, number] | undefined {
  const states: State[] = []
  const add = (state: State) => {
    if (states.length >= MOST_STATES)
      throw new Error('Regular expression too big')
    return states.push(state) - 1
  }
  /** Builds a node that goes on to a state, and gives where it begins. */
  function build(node: Node, next: number): number {
    switch (node.is) {
      case 'letter': return add({ test: node.test, next: [next] })
      case 'nothing': return next
      case 'start': case 'end': case 'edge': return add({ at: node.is, next: [next] })
      case 'chain': return node.of.reduceRight((after, each) => build(each, after), next)
      case 'either': return add({ next: node.of.map(each => build(each, next)) })
      case 'many': {
        let after = next
        if (node.most === Infinity) {
          const loop: State = { next: [next] }
          after = add(loop)
          loop.next.unshift(build(node.of, after))
        }
        else {
          for (let i = node.least; i < node.most; i++)
            after = add({ next: [build(node.of, after), next] })
        }
        for (let i = 0; i < node.least; i++)
          after = build(node.of, after)
        return after
      }
    }
  }
  const end = add({ next: [] })
  const begin = build(parse(pattern, extended, fold), end)

  function reach(set: Set<number>, from: number, text: string, i: number) {
    const stack = [from]
    for (let state = stack.pop(); state !== undefined; state = stack.pop()) {
      if (set.has(state))
        continue
      set.add(state)
      const { test, at, next } = states[state]!
      if (!test && (!at || (at === 'start' ? i === 0 : at === 'end' ? i === text.length : isWord(text[i - 1]) !== isWord(text[i]))))
        stack.push(...next)
    }
  }

  /** Where the longest match that begins at a place ends. */
  function longest(text: string, from: number): number | undefined {
    let now = new Set<number>()
    reach(now, begin, text, from)
    let found = now.has(end) ? from : undefined
    for (let i = from; i < text.length && now.size; i++) {
      const after = new Set<number>()
      for (const state of now) {
        const { test, next } = states[state]!
        if (test?.(text[i]!))
          next.forEach(each => reach(after, each, text, i + 1))
      }
      now = after
      if (now.has(end))
        found = i + 1
    }
    return found
  }

  /** Whether anything matches, wherever it begins: one walk through the text. */
  function any(text: string, from: number): boolean {
    let now = new Set<number>()
    for (let i = from; i <= text.length; i++) {
      reach(now, begin, text, i)
      if (now.has(end))
        return true
      const after = new Set<number>()
      for (const state of now) {
        if (i < text.length && states[state]!.test?.(text[i]!))
          states[state]!.next.forEach(each => reach(after, each, text, i + 1))
      }
      now = after
    }
    return false
  }

  return (text, from = 0) => {
    if (!any(text, from))
      return undefined
    for (let i = from; i <= text.length; i++) {
      const to = longest(text, i)
      if (to !== undefined)
        return [i, to]
    }
    return undefined
  }
}
