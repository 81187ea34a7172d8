// What is wrong with YAML, in the words of the parser that kubectl uses. upstream: go-yaml over libyaml
import type { YAMLError } from 'yaml'

/** The line of a place in a text, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1))
    line++
  return line
}

/** Go's message for what this parser found. Places are told as Go tells them: a parser's are one line early. */
export function goYamlMessage(text: string, { code, message, pos }: YAMLError): string {
  const line = lineAt(text, pos[0])
  const at = (n: number, what: string) => `yaml: ${n > 0 ? `line ${n}: ` : ''}${what}`
  switch (code) {
    case 'DUPLICATE_KEY': {
      const key = /^[^:\n]*/.exec(text.slice(pos[0], pos[0] + 200))![0].trim()
      return `yaml: unmarshal errors:\n  line ${line}: key ${JSON.stringify(key)} already set in map`
    }
    case 'TAB_AS_INDENT': return at(line, 'found character that cannot start any token')
    case 'BLOCK_AS_IMPLICIT_KEY': return at(line, 'mapping values are not allowed in this context')
    case 'MULTILINE_IMPLICIT_KEY': return at(line + 1, 'could not find expected \':\'')
    case 'KEY_OVER_1024_CHARS': return at(line, 'could not find expected \':\'')
    case 'BAD_INDENT': return at(line - 1, /sequence|flow/i.test(message) ? 'did not find expected \'-\' indicator' : 'did not find expected key')
    case 'BLOCK_IN_FLOW': return at(line - 1, 'did not find expected \',\' or \'}\'')
    case 'BAD_ALIAS': return `yaml: unknown anchor '${/\*(\S+)/.exec(text.slice(pos[0] - 1, pos[0] + 100))?.[1] ?? ''}' referenced`
    case 'MULTIPLE_TAGS': case 'TAG_RESOLVE_FAILED': return at(line, 'cannot decode this tag')
    case 'BAD_DQ_ESCAPE': return at(line, 'found unknown escape character')
    case 'MULTIPLE_DOCS': return at(line - 1, 'did not find expected <document start>')
    case 'MISSING_CHAR': {
      if (/quote/i.test(message))
        return at(line, 'found unexpected end of stream')
      if (/indicator|implicit|map/i.test(message))
        return at(line + 1, 'could not find expected \':\'')
      return at(line - 1, /\]|sequence/.test(message) ? 'did not find expected \',\' or \']\'' : 'did not find expected \',\' or \'}\'')
    }
    case 'UNEXPECTED_TOKEN': case 'IMPOSSIBLE': default:
      return at(line - 1, /flow-map|flow-seq/.test(message) ? 'did not find expected node content' : 'did not find expected key')
  }
}
