// The counts in the closing line of the tests.
import { describe, expect, it } from 'vitest'
import { conformanceCounts, jsonOf, passedAgain, playwrightCounts, vitestCounts } from './tally.ts'

describe('counting tests', () => {
  it('takes Vitest at its word, and a file that cannot be loaded for a failure', () => {
    expect(vitestCounts({ numPassedTests: 5, numFailedTests: 2, testResults: [{ status: 'failed', assertionResults: [] }] })).toEqual({ passed: 5, failed: 3 })
    expect(vitestCounts(undefined)).toEqual({ passed: 0, failed: 0 })
  })

  it('lets two browser tests pass at their second try, and no more', () => {
    expect(playwrightCounts({ stats: { expected: 7, unexpected: 1, flaky: 0, skipped: 2 }, errors: [] })).toEqual({ passed: 7, failed: 1 })
    expect(playwrightCounts({ stats: { expected: 7, unexpected: 0, flaky: 2 }, errors: [{}] })).toEqual({ passed: 9, failed: 1 })
    expect(playwrightCounts({ stats: { expected: 7, unexpected: 1, flaky: 3 }, errors: [] })).toEqual({ passed: 7, failed: 4 })
    expect(playwrightCounts(jsonOf('broken'))).toEqual({ passed: 0, failed: 0 })
  })

  it('names the browser tests that passed when they were tried again', () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] })
    expect(passedAgain({ suites: [{ specs: [spec('a', 'expected'), spec('b', 'flaky')], suites: [{ specs: [spec('c', 'flaky'), spec('d', 'unexpected')] }] }] })).toEqual(['b', 'c'])
    expect(passedAgain(undefined)).toEqual([])
  })

  it('lets the conformance runner’s exit code decide: what is not required may fail', () => {
    expect(conformanceCounts('a 3/4\n7 passed, 1 failed, 2 not attempted\n', 0)).toEqual({ passed: 7, failed: 0 })
    expect(conformanceCounts('7 passed, 1 failed, 2 not attempted\n', 1)).toEqual({ passed: 7, failed: 1 })
    expect(conformanceCounts('it broke\n', 1)).toEqual({ passed: 0, failed: 1 })
  })
})
