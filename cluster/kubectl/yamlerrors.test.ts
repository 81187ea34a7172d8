// Manifests that cannot be read, with what kubectl 1.33 says of each. upstream: go-yaml's scanner and parser, apimachinery's YAMLOrJSONDecoder
import { describe, expect, it } from 'vitest'
import { cluster, help, type } from '../../tests/lib/typed.ts'

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n'
const told = (text: string) => type(cluster({ 'x.yaml': text }), 'kubectl apply --dry-run=client --validate=false -f x.yaml').err
const yaml = (what: string) => `error: error parsing x.yaml: error converting YAML to JSON: yaml: ${what}\n`

const TAB = 'found a tab character that violates indentation'
const TOKEN = 'found character that cannot start any token'

describe('a tab', () => {
  it.each([
    ['behind a text that might go on', `${head}  k: v\n\tl: w\n`, `line 7: ${TAB}`],
    ['behind some of the blanks', `${head}  k: v\n  \tl: w\n`, `line 7: ${TAB}`],
    ['on a line with nothing else', 'a:\n  b: c\n\t\n  d: e\n', `line 3: ${TAB}`],
    ['before a comment', 'a: b\n\t# c\nd: e\n', `line 2: ${TAB}`],
    ['behind a text that a comment has ended', `${head}  k: v # c\n\tl: w\n`, `line 7: ${TOKEN}`],
    ['behind a text in quotes', `${head}  k: "v"\n\tl: w\n`, `line 7: ${TOKEN}`],
    ['where a value begins', 'a:\n\tb: c\n', `line 2: ${TOKEN}`],
    ['behind a dash', 'a:\n-\tb\n', `line 2: ${TOKEN}`],
  ])('%s', (_, text, what) => {
    expect(told(text)).toBe(yaml(what))
  })

  it('within a line is a blank like others, and so is one in a block of text', () => {
    expect(told(`${head}  k:\tv\n`)).toBe('')
    expect(told(`${head}  k: |\n    v\n    \tw\n`)).toBe('')
    expect(told(`${head}  k: "v"\t\n  l: w\n`)).toBe('')
  })

  it('is named in the line of ours', () => {
    expect(help(cluster({ 'x.yaml': `${head}  k: v\n\tl: w\n` }), 'kubectl apply -f x.yaml')).toMatch(/tab/i)
  })
})

describe('a list', () => {
  it.each([
    ['whose item stands left of the others', 'a:\n  - b\n- c\n', 'line 2: did not find expected key'],
    ['whose item stands left of the others, within a mapping', 'spec:\n  ports:\n   - x: 1\n  - y: 2\n', 'line 3: did not find expected key'],
  ])('%s', (_, text, what) => {
    expect(told(text)).toBe(yaml(what))
  })

  it('may stand below its key, at the same column, with deeper lines within', () => {
    expect(told('apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: b\n')).toBe('')
  })
})

describe('what begins with a brace', () => {
  it('is YAML where it is no JSON', () => {
    expect(told('{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"},}\n')).toBe('')
    expect(told('{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n')).toBe('')
  })

  it('and is neither is told as JSON', () => {
    expect(told('{"a": "b"\n')).toBe('error: error parsing x.yaml: unexpected EOF\n')
    expect(told('{"a" "b"}\n')).toBe('error: error parsing x.yaml: json: offset 6: invalid character \'"\' after object key\n')
  })
})
