// What a terminal shows, and what Tab does.
import type { Entry } from '../../scenarios/terminal.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLine } from '../../cluster/kubectl/words.ts'
import { change, COLUMNS, completed, controlled, history, joined, offered, opens, quoted, rows, screen, unjoined, unnumbered, widthOf } from './lines.ts'

const entry = (line: string, ...texts: string[]): Entry => ({ line, at: 0, chunks: texts.map(text => ({ to: 'stdout', text })), exit: 0 })
const shown = (entries: Entry[]) => screen(entries).map(({ line, pieces }) => [line, pieces.map(({ text }) => text).join('')])

describe('the screen', () => {
  it('has what was typed and printed, in order', () => expect(shown([entry('a', '1\n'), entry('b', '2\n', '3\n')])).toEqual([['a', '1\n'], ['b', '2\n3\n']]))
  it('begins after the last clearing', () => expect(shown([entry('a', '1'), entry('clear', '\f'), entry('b', '2')])).toEqual([[undefined, ''], ['b', '2']]))
  it('has of a line that clears again and again the last screen alone', () => expect(shown([entry('watch', '\fone', '\ftwo', ' more')])).toEqual([[undefined, 'two more']]))
  it('knows a table by its heading, and what explain has set in lines', () => {
    const tables = (...texts: string[]) => screen([entry('x', ...texts)])[0]!.table
    expect(tables('NAME    READY   UP-TO-DATE   AGE\nweb   1/1   1   3s\n', 'web   2/2\n')).toBe(true)
    expect(tables('NAME          CPU(cores)   CPU(%)\n')).toBe(true)
    expect(tables('KIND:       Pod\nVERSION:    v1\n\nDESCRIPTION:\n')).toBe(true)
    for (const text of ['Name:   web\nNamespace:   default\n', 'deployment.apps/web created\n', '', 'GET / 200\n'])
      expect(tables(text)).toBe(false)
  })
  it('knows what nobody typed: a file that is open again after kubectl had it', () => {
    const again = (...lines: string[]) => screen(lines.map(line => entry(line))).map(block => block.again)
    expect(again('edit web.yaml', 'kubectl diff -f web.yaml', 'edit web.yaml', 'kubectl apply -f \'a b\'', 'edit \'a b\'')).toEqual([false, false, true, false, true])
    expect(again('kubectl apply -f web.yaml', 'edit other.yaml')).toEqual([false, false])
  })
  it('keeps the newest of what is too much', () => {
    const all = screen([entry('a', 'x'.repeat(50_000)), entry('b', 'y'.repeat(50_000))])
    expect(all.flatMap(({ pieces }) => pieces).reduce((sum, { text }) => sum + text.length, 0)).toBe(60_000)
    expect(all.at(-1)!.pieces[0]!.text).toBe('y'.repeat(50_000))
  })
})

describe('what the arrow keys go through', () => {
  it('has each line once in a row, and none that is empty', () => expect(history([{ line: 'a' }, { line: 'a' }, { line: ' ' }, { line: 'b' }, { line: 'a' }])).toEqual(['a', 'b', 'a']))
})

describe('a completion', () => {
  it('of one word is put in, with a blank', () => expect(completed('kubectl ge', { from: 8, to: 10, words: ['get'] })).toEqual({ line: 'kubectl get ', cursor: 12 }))
  it('of several goes as far as they are alike', () => expect(completed('k get po', { from: 6, to: 8, words: ['pods', 'pod'] })).toEqual({ line: 'k get pod', cursor: 9 }))
  it('leaves what stands behind the cursor', () => expect(completed('k ge pods', { from: 2, to: 4, words: ['get'] })).toEqual({ line: 'k get pods', cursor: 5 }))
  it('that ends with = or / waits for more', () => expect(completed('k --out', { from: 2, to: 7, words: ['--output='] })).toEqual({ line: 'k --output=', cursor: 11 }))
  it('of nothing changes nothing', () => expect(completed('k zzz', { from: 2, to: 5, words: [] })).toEqual({ line: 'k zzz', cursor: 5 }))
})

describe('a file\'s name in a line', () => {
  it('is read as one word, whatever is in it', () => fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 20 }).filter(name => !/[\n\r]/.test(name)), (name) => {
    expect(parseLine(`edit ${quoted(name)}`)[0]!.programs[0]!.words).toEqual(['edit', name])
  })))
})

describe('lines that open an editor', () => {
  it.each(['edit web.yaml', 'kubectl edit deploy web', 'k edit svc web', 'ls; vi a', 'true && edit a'])('are known: %s', line => expect(opens(line)).toBe(true))
  it.each(['kubectl get pods', 'cat edit.txt', 'edit', 'kubectl apply -f edit', 'credit x'])('are not others: %s', line => expect(opens(line)).toBe(false))
})

describe('what is told of a line', () => {
  it('has one number of it', () => expect(unnumbered('yaml: line 7: did not find expected key')).toBe('did not find expected key'))
  it('is else as it is', () => expect(unnumbered('spec.line 2: yaml: line 3: x')).toBe('spec.line 2: yaml: line 3: x'))
})

describe('what changes between two texts', () => {
  it('makes one of the other', () => fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '\n') }), fc.string({ unit: fc.constantFrom('a', 'b', '\n') }), (from, to) => {
    const { from: begin, to: end, insert } = change(from, to)
    expect(begin <= end).toBe(true)
    expect(from.slice(0, begin) + insert + from.slice(end)).toBe(to)
  })))
  it('leaves alone what is alike', () => expect(change('replicas: 3\nname: web\n', 'replicas: 30\nname: web\n')).toEqual({ from: 11, to: 11, insert: '0' }))
})

describe('words that complete a line', () => {
  it('stand in so many whole lines, and what does not fit is counted', () => {
    expect(offered(['pod', 'pods'], 20, 1)).toBe('pod  pods')
    expect(offered(['aaaa', 'bbbb', 'cccc', 'dddd'], 10, 1)).toBe('… 4 more')
    expect(offered(['aaaa', 'bbbb', 'cccc', 'dddd'], 10, 2)).toBe('aaaa  bbbb  cccc  dddd')
    expect(offered(['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee'], 10, 2)).toBe('aaaa  bbbb  … 3 more')
  })
  it('are lost by none', () => fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 60 }), (words) => {
    const shown = offered(words, 24, 3)
    const [, more = '0'] = /… (\d+) more$/.exec(shown) ?? []
    const kept = shown.replace(/(?: {2})?… \d+ more$/, '')
    expect((kept ? kept.split('  ').length : 0) + Number(more)).toBe(words.length)
    expect(shown.length).toBeLessThanOrEqual(24 * 3 + 6)
  })))
})

describe('what does not fit beside the cluster', () => {
  const describes = 'Name:         lookout\nLabels:       app=web\nEvents:\n  Type     Reason            Age   From               Message\n  ----     ------            ----  ----               -------\n  Warning  FailedScheduling  59s   default-scheduler  0/3 nodes are available: 3 Insufficient memory.\n'

  it('goes on below the beginning of its value, or of its column', () => {
    const all = rows(describes)!
    expect(all.map(({ text }) => text).join('')).toBe(describes)
    const at = (word: string) => all.find(({ text }) => text.includes(word))!
    for (const [line, begin] of [['lookout', 'lookout'], ['FailedScheduling', '0/3 nodes']] as const)
      expect(at(line).hang).toBe(at(line).text.indexOf(begin))
    // where a message stands below its line, it is whole, and so is the line
    for (const word of ['Message', 'FailedScheduling'])
      expect(at(word).text.slice(at(word).cut)).toMatch(/^(?:Message|0\/3 nodes)/)
    expect(at('lookout').cut).toBeUndefined()
    expect(rows('pod/web created\n')).toBeUndefined()
  })

  it('is a table, also one within a description, and never plain words', () => {
    const width = (text: string) => widthOf(screen([entry('x', text)])[0]!)
    // the messages of a description stand below their lines
    expect(width(describes)).toBeLessThanOrEqual(COLUMNS)
    expect(width(`Conditions:\n  Type   Status\n  ----   ------\n  Ready  ${'x'.repeat(60)}\n`)).toBeGreaterThan(COLUMNS)
    expect(width(`NAME   READY   ${'IP'.padEnd(60)}NODE\na      1/1     ${'10.0.0.1'.padEnd(60)}node-1\n`)).toBeGreaterThan(COLUMNS)
    expect(width('NAME   READY   STATUS    RESTARTS   AGE\na      1/1     Running   0          3s\n')).toBeLessThanOrEqual(COLUMNS)
    expect(width(`error: ${'word '.repeat(60)}\n`)).toBe(0)
  })
})

it('is changed by Control and a letter as in a shell', () => {
  expect(['a', 'e', 'u', 'k', 'w'].map(key => controlled(key, 'get pods', 3))).toEqual([{ line: 'get pods', cursor: 0 }, { line: 'get pods', cursor: 8 }, { line: ' pods', cursor: 0 }, { line: 'get', cursor: 3 }, undefined])
})

it('takes what is pasted over several lines: a command as one, commands one after the other', () => {
  const whole = 'kubectl set resources deployment web --requests=cpu=1 --limits=memory=128Mi'
  expect(joined('kubectl set resources deployment web \\\n    --requests=cpu=1 \\\r\n    --limits=memory=128Mi\n')).toBe(whole)
  expect(joined(`${whole}\n`)).toBe(whole)
  expect(joined('kubectl get pods\nkubectl get nodes\n')).toBe('kubectl get pods↵kubectl get nodes')
  expect(joined('echo "a\\b"')).toBe('echo "a\\b"')
  const file = 'cat <<EOF | kubectl apply -f -\nkind: Service\nspec:\n  ports: []\nEOF'
  expect(unjoined(joined(`${file}\n`))).toBe(file)
})
