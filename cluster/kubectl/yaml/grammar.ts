// What Go's parser of YAML refuses, in its words and with its lines: it reads the first document of a text, and no further. upstream: go-yaml v2 parserc.go, decode.go
import { scannerOf, YamlError } from './scanner.ts'
import type { Scanner, Token, TokenType } from './scanner.ts'

/** Collections within each other, at most: beyond, the text is refused in Go's words, which takes more. */
const DEEPEST = 1000

/** The tokens before which a node is left out, by where it stands. */
const NO_ENTRY: readonly TokenType[] = ['block entry', 'block end']
const NO_LOOSE_ENTRY: readonly TokenType[] = ['block entry', 'key', 'value', 'block end']
const NO_KEY_OR_VALUE: readonly TokenType[] = ['key', 'value', 'block end']
const NO_FLOW_KEY: readonly TokenType[] = ['value', 'flow entry', '}']
const NO_FLOW_VALUE: readonly TokenType[] = ['flow entry', '}']
const NO_PAIR_KEY: readonly TokenType[] = ['value', 'flow entry', ']']
const NO_PAIR_VALUE: readonly TokenType[] = ['flow entry', ']']

/** Reads a text to the end of its first document. @param line as which its first is counted @returns what stricter parsers trip over @throws YamlError */
export function checkYaml(text: string, line = 0): Pick<Scanner, 'lines' | 'names'> {
  const { peek, skip, lines, names } = scannerOf(text, line)
  /** by name: whether the node that it stands before has not ended */
  const anchors = new Map<string, boolean>()
  const handles = new Set<string>()
  let depth = 0
  let circle: Token | undefined

  const is = (...types: readonly TokenType[]) => types.includes(peek().type)
  /** Passes over a token of a type, if that is the next. */
  const took = (type: TokenType): boolean => {
    const found = peek().type === type
    if (found)
      skip()
    return found
  }
  /** The parser tells lines one too early, and none for the first, where what it is in may have one. */
  const fail = (what: string, { at, line }: Token, context?: Token): never => {
    throw new YamlError(what, at, line || context?.line)
  }
  /** A node, or nothing before these tokens. */
  function nodeUnless(types: readonly TokenType[], inBlock: boolean, loose = false): void {
    if (!is(...types))
      node(inBlock, loose)
  }

  /** The anchor and the tag of a node. */
  function properties(begin: Token): readonly Token[] {
    const found: Token[] = []
    for (let token = peek(); (token.type === 'anchor' || token.type === 'tag') && !found.some(({ type }) => type === token.type); token = peek()) {
      found.push(token)
      skip()
    }
    for (const token of found) {
      if (token.type === 'anchor')
        anchors.set(token.text!, true)
      else if (token.text && !/^!!?$/.test(token.text) && !handles.has(token.text))
        fail('found undefined tag handle', token, begin)
    }
    return found
  }

  /** @param loose whether dashes may stand in the column of the key that they belong to */
  function node(inBlock: boolean, loose: boolean): void {
    const begin = peek()
    if (begin.type === 'alias') {
      if (!anchors.has(begin.text!))
        throw new YamlError(`unknown anchor '${begin.text}' referenced`, begin.at)
      if (anchors.get(begin.text!))
        circle ??= begin
      return skip()
    }
    const has = properties(begin)
    const token = peek()
    if (++depth > DEEPEST)
      throw new YamlError('exceeded max depth of 10000', token.at)
    if (loose && token.type === 'block entry')
      looseSequence()
    else if (token.type === 'scalar')
      skip()
    else if (token.type === '[')
      flowSequence()
    else if (token.type === '{')
      flowMapping()
    else if (inBlock && token.type === 'block sequence')
      blockSequence()
    else if (inBlock && token.type === 'block mapping')
      blockMapping()
    else if (!has.length)
      fail('did not find expected node content', token, begin)
    depth--
    for (const { type, text } of has) {
      if (type === 'anchor')
        anchors.set(text!, false)
    }
  }

  function looseSequence(): void {
    while (took('block entry'))
      nodeUnless(NO_LOOSE_ENTRY, true)
  }
  function blockSequence(): void {
    const begin = peek()
    skip()
    while (took('block entry'))
      nodeUnless(NO_ENTRY, true)
    if (!took('block end'))
      fail('did not find expected \'-\' indicator', peek(), begin)
  }
  function blockMapping(): void {
    const begin = peek()
    skip()
    while (!took('block end')) {
      if (!took('key'))
        fail('did not find expected key', peek(), begin)
      nodeUnless(NO_KEY_OR_VALUE, true, true)
      if (took('value'))
        nodeUnless(NO_KEY_OR_VALUE, true, true)
    }
  }

  /** What stands between brackets or braces, parted by commas. */
  function parted(end: ']' | '}', each: () => void): void {
    const begin = peek()
    skip()
    for (let first = true; !is(end); first = false) {
      if (!first && !took('flow entry'))
        fail(`did not find expected ',' or '${end}'`, peek(), begin)
      if (!is(end))
        each()
    }
    skip()
  }
  const flowMapping = () => parted('}', () => {
    if (!took('key'))
      return node(false, false)
    nodeUnless(NO_FLOW_KEY, false)
    if (took('value'))
      nodeUnless(NO_FLOW_VALUE, false)
  })
  const flowSequence = () => parted(']', () => {
    if (!took('key'))
      return node(false, false)
    if (is(...NO_PAIR_KEY))
      skip()
    else
      node(false, false)
    if (took('value'))
      nodeUnless(NO_PAIR_VALUE, false)
  })

  function directives(): void {
    let version = false
    for (let token = peek(); token.type === 'version' || token.type === 'tag directive'; token = peek()) {
      if (token.type === 'tag directive') {
        if (handles.has(token.text!))
          fail('found duplicate %TAG directive', token)
        handles.add(token.text!)
      }
      else {
        if (version)
          fail('found duplicate %YAML directive', token)
        if (token.text !== '1.1')
          fail('found incompatible YAML document', token)
        version = true
      }
      skip()
    }
  }

  if (is('version', 'tag directive', 'document start')) {
    directives()
    if (!took('document start'))
      fail('did not find expected <document start>', peek())
    nodeUnless(['version', 'tag directive', 'document start', 'document end', 'stream end'], true)
  }
  else if (!is('stream end')) {
    node(true, false)
  }
  // the end of a document is looked for, whatever stands there
  peek()
  if (circle)
    throw new YamlError(`anchor '${circle.text}' value contains itself`, circle.at)
  return { lines, names }
}
