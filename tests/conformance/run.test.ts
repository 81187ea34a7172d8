// The runner notices what is wrong, and every table's check depends on what was recorded.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { equal, loadAdapters, report, runFolder, table } from './run.ts'
import type { Adapters } from './run.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const made: string[] = []
afterAll(() => made.forEach(folder => rmSync(folder, { recursive: true })))

function folderOf(parts: Record<string, Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  made.push(folder)
  for (const [part, files] of Object.entries(parts)) {
    mkdirSync(join(folder, part))
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(folder, part, name), JSON.stringify(content))
  }
  return folder
}

const cases = { 'sums.json': { tables: { add: { cases: [{ a: 1, b: 2, sum: 3 }, { a: 2, b: 2, sum: 4 }] } } } }
const adding = (add: (a: number, b: number) => number): Adapters => ({ areas: { sums: { add: table<{ a: number, b: number, sum: number }>('a b sum', ({ a, b, sum }) => equal(add(a, b), sum)) } } })

describe('the runner', () => {
  it('passes a right implementation and fails a wrong one', () => {
    const folder = folderOf({ cases })
    expect(report(runFolder(folder, adding((a, b) => a + b)), ['sums/add'])).toMatchObject({ ok: true, lines: ['sums/add 2/2', '2 passed, 0 failed, 0 not attempted'] })
    const wrong = report(runFolder(folder, adding((a, b) => a * b)), ['sums/add'])
    expect(wrong.ok).toBe(false)
    expect(wrong.lines[0]).toBe('sums/add 1/2')
    expect(wrong.lines.at(-1)).toBe('1 passed, 1 failed, 0 not attempted')
    expect(wrong.failures[0]).toContain('sums/add [0]: it is 2, not 3')
  })

  it('fails a case with a field whose meaning nobody knows', () => {
    const folder = folderOf({ cases: { 'sums.json': { tables: { add: { cases: [{ a: 1, b: 2, sum: 3, modulo: 2 }] } } } } })
    expect(runFolder(folder, adding((a, b) => a + b))[0]!.failures[0]).toContain('nobody knows the field "modulo"')
  })

  it('does not attempt what has no adapter, and misses it only where it is required', () => {
    const folder = folderOf({ cases, traces: { 'traces.json': { traces: [{ name: 'roll' }] } } })
    const results = runFolder(folder, { areas: {} })
    expect(report(results, [])).toMatchObject({ ok: true, lines: ['sums/add not attempted', 'traces/roll not attempted', '0 passed, 0 failed, 3 not attempted'] })
    expect(report(results, ['sums/add']).ok).toBe(false)
    expect(report(results, ['other/table']).ok).toBe(false)
    expect(report(results, ['other/table'], false).ok).toBe(true)
  })

  it('counts apart what is left out on purpose', () => {
    const folder = folderOf({ cases })
    const results = runFolder(folder, adding((a, b) => a * b), [{ name: 'sums/add', case: 0, reason: 'no sums' }])
    expect(report(results, ['sums/add'])).toMatchObject({ ok: true, lines: ['sums/add 1/1', '1 left out on purpose', '1 passed, 0 failed, 0 not attempted'] })
    expect(runFolder(folder, adding((a, b) => a * b), [{ name: 'sums/add', uses: '"a":1', reason: 'no ones' }], false)[0]).toMatchObject({ passed: 1, leftOut: 1 })
    expect(runFolder(folder, adding((a, b) => a * b), [{ name: 'sums/add', case: 0, reason: 'no sums' }], false)[0]).toMatchObject({ passed: 1, total: 2 })
  })

  it('counts the compared steps of a session, and a trace as one', () => {
    const steps = [{ cmd: 'a', compare: 'exact' }, { settle: true }, { cmd: 'b', compare: 'none' }, { cmd: 'c', compare: 'last-line' }]
    const folder = folderOf({ traces: { 't.json': { traces: [{ name: 'roll' }, { name: 'stop' }] } }, transcripts: { 's.json': { sessions: [{ name: 'first', steps }] } } })
    const adapters: Adapters = {
      areas: {},
      trace: ({ name }) => equal(name, 'roll'),
      session: () => [undefined, undefined, 'not compared', 'other words'],
    }
    expect(report(runFolder(folder, adapters), []).lines).toEqual(['traces/roll 1/1', 'traces/stop 0/1', 'transcripts/first 1/2', '2 passed, 2 failed, 0 not attempted'])
  })
})

/** The same value with one leaf altered, for every leaf. */
function* altered(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    yield [...value, value.at(-1) ?? 'more']
    for (let i = 0; i < value.length; i++) {
      for (const other of altered(value[i]))
        yield value.with(i, other)
    }
  }
  else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      for (const other of altered(part))
        yield { ...value, [key]: other }
    }
  }
  else {
    yield typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}1`
    if (typeof value === 'number')
      yield value + 1000
    if (typeof value === 'string')
      yield* ['?', '1', 'x']
  }
}

describe('every table that is checked', async () => {
  const { areas } = await loadAdapters(join(here, 'adapters'))
  const leftOut = JSON.parse(readFileSync(join(here, 'left-out.json'), 'utf8')) as { name: string, case?: number }[]
  for (const [area, tables] of Object.entries(areas)) {
    const recorded = JSON.parse(readFileSync(join(here, 'cases', `${area}.json`), 'utf8')) as { tables: Record<string, { cases: Record<string, unknown>[] }> }
    for (const [name, { check }] of Object.entries(tables)) {
      it(`fails where a case of ${area}/${name} is recorded otherwise`, () => {
        const passes = (given: unknown) => {
          try {
            ;(check as (given: unknown) => void)(structuredClone(given))
            return true
          }
          catch {
            return false
          }
        }
        const deaf = recorded.tables[name]!.cases.filter((given, i) =>
          !leftOut.some(entry => entry.name === `${area}/${name}` && entry.case === i) && passes(given)
          && [...altered(given)].every(passes))
        expect(deaf).toEqual([])
      })
    }
  }

  it('is found under its name', () => {
    for (const area of Object.keys(areas)) {
      expect(readdirSync(join(here, 'cases'))).toContain(`${area}.json`)
      const { tables } = JSON.parse(readFileSync(join(here, 'cases', `${area}.json`), 'utf8')) as { tables: object }
      expect(Object.keys(tables)).toEqual(expect.arrayContaining(Object.keys(areas[area]!)))
    }
  })

  it('has every required name spelled as it is recorded', () => {
    const required = JSON.parse(readFileSync(join(here, 'required.json'), 'utf8')) as string[]
    const names = runFolder(here, { areas: {} }).map(result => result.name)
    expect(names).toEqual(expect.arrayContaining(required))
    expect(new Set(required).size).toBe(required.length)
  })
})
