import { describe, expect, it } from 'vitest'
import { byKey } from './scalars.ts'
import { jsonText, yamlText } from './yaml.ts'

/** As `kubectl label --local -o yaml` prints the value of a ConfigMap's key. */
const VALUES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'texts that need nothing': [['a-b', 'a-b'], ['a:b', 'a:b'], ['=', '='], ['<<', '<<'], ['-a', '-a'], [':a', ':a'], ['a#', 'a#'], ['é ü 漢', 'é ü 漢'], ['e5', 'e5'], ['0o8', '0o8'], ['1e400', '1e400'], ['0x', '0x'], ['tRue', 'tRue']],
  'what would be read as something else': [['', '""'], ['null', '"null"'], ['y', '"y"'], ['No', '"No"'], ['~', '"~"'], ['08', '"08"'], ['1_000', '"1_000"'], ['0x1F', '"0x1F"'], ['0b-1', '"0b-1"'], ['.2_0', '".2_0"'], ['+.inf', '"+.inf"'], ['12:30', '"12:30"'], ['12:60', '12:60'], ['18446744073709551615', '"18446744073709551615"'], ['0xfffffffffffffffff', '0xfffffffffffffffff'], ['-0x8000000000000001', '-0x8000000000000001']],
  'dates, if there is such a day': [['2024-02-29', '"2024-02-29"'], ['2023-02-29', '2023-02-29'], ['2024-1-2t1:2:3,5+01:00', '"2024-1-2t1:2:3,5+01:00"'], ['2024-01-02   1:2:3.5', '"2024-01-02   1:2:3.5"'], ['2024-01-02 24:00:00', '2024-01-02 24:00:00'], ['2024-01-02T10:00:00', '2024-01-02T10:00:00']],
  'signs at the beginning': [['#a', '\'#a\''], ['- a', '\'- a\''], ['-', '\'-\''], ['---', '\'---\''], ['a: b', '\'a: b\''], ['a #b', '\'a #b\''], [' it\'s', '\' it\'\'s\'']],
  'letters that cannot be printed': [['a\tb', '"a\\tb"'], ['\x07', '"\\a"'], ['\x01', '"\\x01"'], ['é \u{1F600}', '"é \\U0001F600"'], ['a\uFEFFb', '"a\\uFEFFb"'], ['\uFEFFé ', '"\\uFEFF\\xE9\\x20"'], ['a\rb', '"a\\rb"'], ['a \x85 b', 'a b']],
  'lines': [['a\nb', '|-\n    a\n    b'], ['a\n\nb\n', '|\n    a\n\n    b'], ['x\n\n', '|+\n    x\n'], ['  x\ny', '|2-\n      x\n    y'], ['\nx', '|2-\n\n    x'], ['\n', '|2+\n'], ['server {\n\tlisten 80;\n}\n', '"server {\\n\\tlisten 80;\\n}\\n"'], ['line one \nline two\n', '"line one \\nline two\\n"'], ['a\u2028b', '\'a\u2028    b\'']],
}

describe('a text in YAML', () => {
  it.each(Object.entries(VALUES))('is written as kubectl does: %s', (_, values) => {
    for (const [text, written] of values)
      expect(yamlText({ data: { k: text } }), JSON.stringify(text)).toBe(`data:\n  k: ${written}\n`)
  })

  it('goes on in the next line after eighty letters, at a blank', () => {
    const words = 'word '.repeat(20)
    expect(yamlText({ k: `${words}x` })).toBe(`k: ${'word '.repeat(16).trimEnd()}\n  ${'word '.repeat(4)}x\n`)
    expect(yamlText({ k: `\t${'word  '.repeat(16)}x` })).toBe(`k: "\\t${'word  '.repeat(12)}word\n  \\ ${'word  '.repeat(3)}x"\n`)
    expect(yamlText({ k: `${words}x\n` })).toBe(`k: |\n  ${words}x\n`)
  })
})

describe('an object in YAML', () => {
  it('has its keys by number and other signs before letters', () => {
    expect(['aB', 'a10', 'a_b', 'a2', '01', '1', 'a.b', 'a', 'a100', 'a11'].sort(byKey)).toEqual(['1', '01', 'a', 'a.b', 'a_b', 'a2', 'a10', 'a11', 'a100', 'aB'])
    expect(yamlText({ 10: 'a', 2: 'b', y: 'c' })).toBe('"2": b\n"10": a\n"y": c\n')
  })

  it('has a long key behind a question mark', () => {
    const [short, long] = ['k'.repeat(128), 'k'.repeat(129)]
    expect(yamlText({ [short]: 'a', [long]: { b: [1] } })).toBe(`${short}: a\n? ${long}\n: b:\n  - 1\n`)
  })

  it('has lists below their key, and lists in lists', () => {
    expect(yamlText({ a: [[1, [2]], {}, [], { b: null, c: true }], d: undefined, e: 0.5, f: 1_234_567.5 })).toBe('a:\n- - 1\n  - - 2\n- {}\n- []\n- b: null\n  c: true\ne: 0.5\nf: 1.2345675e+06\n')
    expect(yamlText([])).toBe('[]\n')
  })
})

describe('an object in JSON', () => {
  it('has codes for what would be read in a page, and its keys by their letters', () => {
    expect(jsonText({ b: '<a> & \u2028\u2029', 10: [], 2: {}, c: undefined })).toBe('{\n    "10": [],\n    "2": {},\n    "b": "\\u003ca\\u003e \\u0026 \\u2028\\u2029"\n}\n')
  })
})
