// Manifests that cannot be read, with what kubectl 1.33 says of each. upstream: go-yaml's scanner and parser, apimachinery's YAMLOrJSONDecoder
import { describe, expect, it } from 'vitest'
import { cluster, help, type } from '../../../tests/lib/typed.ts'
import { readYaml } from '../manifests.ts'

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
    expect(told('{"a": "b"}}\n')).toBe('error: error parsing x.yaml: json: offset 11: invalid character \'}\' looking for beginning of value\n')
  })
})

describe('what Go refuses', () => {
  it.each([
    ['a key that is indented further than its neighbours', 'a: b\n  c: d\n', 'line 2: mapping values are not allowed in this context'],
    ['a key that is indented less', 'a:\n  b: c\n d: e\n', 'line 2: did not find expected key'],
    ['a key between two columns', 'a:\n    b: c\n  d: e\n', 'line 2: did not find expected key'],
    ['a key without its colon', 'a: b\nc\nd: e\n', 'line 3: could not find expected \':\''],
    ['a key without its colon, at the end', 'a: b\nc\n', 'line 3: could not find expected \':\''],
    ['a key without its colon, with a value', 'a: b\nc d\ne: f\n', 'line 3: could not find expected \':\''],
    ['a colon without its blank', 'a: b\nc:d\ne: f\n', 'line 3: could not find expected \':\''],
    ['a colon too many', 'a: b: c\n', 'mapping values are not allowed in this context'],
    ['a colon too many, further down', 'a: b\nc: d: e\n', 'line 2: mapping values are not allowed in this context'],
    ['a list after a value', 'a: - b\n', 'block sequence entries are not allowed in this context'],
    ['a dash that is missing', 'a:\n- b: c\n  d: e\nf: g\n  h: i\n', 'line 5: mapping values are not allowed in this context'],
    ['a dash left of the others', 'a:\n  - b\n - c\n', 'line 2: did not find expected key'],
    ['a dash right of the others', 'a:\n- b: c\n  - d\n', 'line 2: did not find expected key'],
    ['a key among items', 'a:\n- b\nc: d\n- e\n', 'line 3: did not find expected key'],
    ['an item without its dash', 'a:\n  - b: c\n  d: e\n', 'line 2: did not find expected \'-\' indicator'],
    ['an item among keys', 'a: b\n- c\n', 'line 1: did not find expected key'],
    ['two items on a line', '- a: - b\n', 'block sequence entries are not allowed in this context'],
    ['a double quote that stays open', 'a: "b\nc: d\n', 'line 3: found unexpected end of stream'],
    ['a double quote that stays open, at the end', 'a: b\nc: "d\n', 'line 3: found unexpected end of stream'],
    ['a single quote that stays open', 'a: \'b\nc: d\n', 'line 3: found unexpected end of stream'],
    ['a quote that is closed by the next', 'a: "b\nc: "d"\n', 'line 1: did not find expected key'],
    ['text behind a quote', 'a: "b" c\nd: e\n', 'did not find expected key'],
    ['a key behind a quote that spans lines', 'a: b\n"c\nd": e\n', 'line 3: could not find expected \':\''],
    ['a bracket that stays open', 'a: [b, c\nd: e\n', 'line 1: did not find expected \',\' or \']\''],
    ['a bracket that stays open, at the end', 'a: b\nc: [d, e\n', 'line 2: did not find expected \',\' or \']\''],
    ['a brace that stays open', 'a: {b: c\nd: e\n', 'line 1: did not find expected \',\' or \'}\''],
    ['a brace that a bracket closes', 'a: {b: c]\nd: e\n', 'did not find expected \',\' or \'}\''],
    ['a bracket that closes nothing', 'a: b]\nc: ]\n', 'line 1: did not find expected node content'],
    ['a comma that is missing', 'a: b\nc: ["d" "e"]\n', 'line 1: did not find expected \',\' or \']\''],
    ['a comma too many', 'a: [b,, c]\n', 'did not find expected node content'],
    ['a list of dashes in brackets', 'a: [- b]\n', 'did not find expected node content'],
    ['a letter that begins nothing', 'a: @b\n', 'found character that cannot start any token'],
    ['a letter that begins nothing, further down', 'a: b\nc: `d`\n', 'line 2: found character that cannot start any token'],
    ['a percent sign', 'a: %b\n', 'found character that cannot start any token'],
    ['a percent sign at the left edge', 'a: b\n%c: d\n', 'line 2: found unexpected non-alphabetical character'],
    ['an alias of nothing', 'a: b\nc: *d\n', 'unknown anchor \'d\' referenced'],
    ['an alias of nothing before something worse', 'a: *b\nc: d: e\n', 'unknown anchor \'b\' referenced'],
    ['an alias without a name', 'a: *\nb: c\n', 'did not find expected alphabetic or numeric character'],
    ['an anchor without a name', 'a: & b\n', 'did not find expected alphabetic or numeric character'],
    ['an anchor with a letter that it cannot have', 'a: b\nc: &d* e\n', 'line 2: did not find expected alphabetic or numeric character'],
    ['a tag that nobody knows', 'a: b\nc: !x!y d\n', 'line 1: found undefined tag handle'],
    ['a tag without its blank', 'a: !b"c"\n', 'did not find expected whitespace or line break'],
    ['an escape that is none', 'a: b\nc: "\\q"\n', 'line 2: found unknown escape character'],
    ['an escape of too few digits', 'a: "\\x1"\n', 'did not find expected hexdecimal number'],
    ['text behind the sign of a block', 'a: b\nc: | d\n', 'line 2: did not find expected comment or line break'],
    ['a block that begins at no column', 'a: |0\n  b\n', 'found an indentation indicator equal to 0'],
    ['a tab where a block begins', 'a: b\nc: |\n\td\n', 'line 3: found a tab character where an indentation space is expected'],
    ['a block that ends too early', 'a:\n  b: |\n    c\n d\n', 'line 3: did not find expected key'],
    ['a question mark', 'a: b\nc: ? d\n', 'line 2: mapping keys are not allowed in this context'],
    ['a value without a key', 'a: b\n: c\n', 'line 1: did not find expected key'],
    ['a control letter', 'a: \x01\n', 'control characters are not allowed'],
    ['a control letter behind something worse, near', 'a: b: c\n\x01', 'control characters are not allowed'],
    ['a control letter behind something worse, far away', `a: b: c\n${'d: e\n'.repeat(200)}\x01`, 'mapping values are not allowed in this context'],
    ['a key that is indented further, below the sign of an encoding', '\uFEFFa: b\n  c: d\n', 'line 2: mapping values are not allowed in this context'],
    ['containers one blank too deep', 'spec:\n  a: b\n   containers:\n  - c\n', 'line 3: mapping values are not allowed in this context'],
    ['containers two blanks too deep', 'spec:\n  a: b\n    containers:\n  - c\n', 'line 3: mapping values are not allowed in this context'],
    ['a port one blank too shallow', 'spec:\n  ports:\n  - containerPort: 80\n - containerPort: 81\n', 'line 3: did not find expected key'],
    ['a bracket too many', 'a: b\nc: [d]]\n', 'line 1: did not find expected key'],
    ['a brace too many', 'a: b\nc: {d: e}}\n', 'line 1: did not find expected key'],
    ['a tab within the blanks of a block', 'a: |\n  b\n\tc\n', 'line 3: found a tab character where an indentation space is expected'],
    ['a block whose first line is deeper than the rest', 'a: |\n    b\n  c\nd: e\n', 'line 2: did not find expected key'],
    ['a quote before a key', 'a: b\n"c: d\ne: "f"\n', 'line 3: could not find expected \':\''],
    ['a tag that takes the brace behind it', 'a: b\nc: {d: !e}\n', 'line 2: did not find expected whitespace or line break'],
    ['brackets with nothing in them as a key', 'a: b\n[]: c\n', 'line 1: did not find expected key'],
    ['braces with nothing in them as a key', 'a: {{}: b}\n', 'did not find expected \',\' or \'}\''],
    ['something that stands for itself', 'a: &b {c: *b}\n', 'anchor \'b\' value contains itself'],
    ['something to merge that is no mapping', 'a: b\n<<: c\n', 'map merge requires map or sequence of maps as the value'],
    ['a version that nobody writes', '%YAML 1.111\n---\na: b\n', 'found extremely long version number'],
    ['a prefix of tags that is told twice', '%TAG !a! b\n%TAG !a! c\n---\nd: e\n', 'line 1: found duplicate %TAG directive'],
    ['a version that is not read', '%YAML 1.2\n', 'found incompatible YAML document'],
    ['a directive that nobody knows', '%FOO\n', 'found unknown directive name'],
    ['a list as a key', '[a, b]: c\n', 'invalid map key: []interface {}{"a", "b"}'],
    ['a mapping as a key', '? a: 1\n: c\n', 'invalid map key: map[interface {}]interface {}{"a":1}'],
    ['a document\'s end within quotes', 'a: "b\n...\nc"\n', 'line 2: found unexpected document indicator'],
    ['a key of more letters than fit', `a: b\n${'k'.repeat(1025)}: c\n`, 'line 2: could not find expected \':\''],
  ])('%s', (_, text, what) => {
    expect(told(text)).toBe(yaml(what))
  })

  it('is nothing as a key, too', () => {
    for (const key of ['null', '&a'])
      expect(told(`${key}: c\n`)).toBe('error: error parsing x.yaml: error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: "c"\n')
  })

  it('is what is deeper than anybody reads, before the reader is lost in it', () => {
    expect(told(`${'- '.repeat(50_000)}a\n`)).toBe(yaml('exceeded max depth of 10000'))
  })

  it('is told at once, however long the text', () => {
    const begun = performance.now()
    told(`a: "${'b\n'.repeat(60_000)}`)
    told(`${'a: b\n'.repeat(40_000)}c\n`)
    expect(performance.now() - begun).toBeLessThan(5000)
  })
})

describe('what Go reads', () => {
  it.each([
    ['a list in the column of its key', 'a:\n- b\n-\n  - c\nd: e\n'],
    ['text that goes on further in', 'a: b\n  c\n d\ne: f\n'],
    ['text that goes on in quotes, at any column', 'a: "b\nc"\n'],
    ['brackets that end anywhere', 'a: [b,\nc: d,\n]\n'],
    ['blocks of text', 'a: |2-\n    b\n\nc: >+ # d\n  e\n\n'],
    ['whatever stands behind the end of a document', 'a: b\n...\nc: d: e\n'],
    ['colons and dashes within words', 'a: b:c -d e-\nf: http://g\n'],
    ['keys that are announced', '? a\n: b\n? c\n'],
    ['anchors, and what stands for them', 'a: &b\n  c: d\ne: *b\n'],
  ])('%s', (_, text) => {
    expect(told(text)).not.toContain('error parsing')
  })

  it.each([
    ['in quotes', 'a:\n  b: "c\n d"\n  e: \'f\n\n\tg\'\n', { a: { b: 'c d', e: 'f\ng' } }],
    ['in brackets', 'a:\n  b: [c,\n  d]\n  e: {\nf: g,\n\th: i\n}\nj: k\n', { a: { b: ['c', 'd'], e: { f: 'g', h: 'i' } }, j: 'k' }],
  ])('further left than what is around it, %s', (_, text, value) => {
    expect(readYaml(text)).toEqual(value)
  })

  it('is what stands for something, as a key', () => {
    expect(readYaml('a: &b c\n*b: d\n')).toEqual({ a: 'c', c: 'd' })
  })

  it('are numbers by eights, of both kinds', () => {
    expect(readYaml('[0644, 0o644, -0o7, 0o8]\n')).toEqual([420, 420, -7, '0o8'])
  })
})

describe('a document whose first line is indented', () => {
  it('is a text, if the others are not', () => {
    expect(type(cluster({ 'x.yaml': ` ${head}` }), 'kubectl apply -f x.yaml').err).toContain('error validating "x.yaml": error validating data: ')
  })
})

describe('documents', () => {
  const one = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`
  const bad = 'c: d\n  e: f\n'
  const made = (text: string) => type(cluster({ 'x.yaml': text }), 'kubectl apply --dry-run=client --validate=false -f x.yaml')
  const at = (line: number) => yaml(`line ${line}: mapping values are not allowed in this context`)

  it('have lines of their own; dashes with nothing before them are the first of the next', () => {
    expect(told(`# c\n---\n${bad}`)).toBe(at(2))
    expect(told(`---\n${bad}`)).toBe(at(3))
    expect(told(`---\n---\n${bad}`)).toBe(at(2))
    expect(told(`${one('a')}---\n---\n${bad}`)).toBe(at(3))
    expect(told(`${one('a')}---\n# c\n---\n${bad}`)).toBe(at(2))
  })

  it('are read as far as one that cannot be', () => {
    expect(made(`${one('a')}---\n${bad}---\n${one('b')}`)).toEqual({ out: 'configmap/a created (dry run)\n', err: at(2), exit: 1 })
  })

  it('are parted by dashes and a comment, and nothing else', () => {
    for (const dashes of ['---', '---  ', '--- # c', '...\n---'])
      expect(made(`${one('a')}${dashes}\n${one('b')}`).out, dashes).toBe('configmap/a created (dry run)\nconfigmap/b created (dry run)\n')
    for (const [dashes, behind] of [['----', '-'], ['--- a', 'a'], ['---a: b', 'a: b']])
      expect(made(`${one('a')}${dashes}\n${one('b')}`), dashes).toEqual({ out: '', err: `error: error parsing x.yaml: invalid Yaml document separator: ${behind}\n`, exit: 1 })
  })
})
