// Reads how many tests passed and failed from what the test runners write down.

export interface Counts { passed: number, failed: number }

/** A report, parsed; undefined where it is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return undefined
  }
}

const number = (value: unknown) => typeof value === 'number' ? value : 0

/** Counts of Vitest's JSON report; a missing report counts as nothing. */
export function vitestCounts(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = (report ?? {}) as Record<string, unknown>
  const failed = number(numFailedTests)
  // a file that cannot be loaded has no tests, and is a failure all the same
  const broken = Array.isArray(testResults) ? testResults.filter(file => file.status === 'failed' && !file.assertionResults?.length).length : 0
  return { passed: number(numPassedTests), failed: failed + broken || (number(numFailedTestSuites) ? 1 : 0) }
}

/** Counts of Playwright's JSON report; a test that passed only when tried again is a failure. */
export function playwrightCounts(report: unknown): Counts {
  const { stats = {}, errors = [] } = (report ?? {}) as { stats?: Record<string, unknown>, errors?: unknown[] }
  return { passed: number(stats.expected), failed: number(stats.unexpected) + number(stats.flaky) + errors.length }
}

/** Counts of the conformance runner's last line; what is not required may fail without harm, so that its exit code decides. */
export function conformanceCounts(output: string, code: number): Counts {
  const [, passed = '0', failed = '0'] = output.match(/(\d+) passed, (\d+) failed, \d+ not attempted\s*$/) ?? []
  return { passed: Number(passed), failed: code === 0 ? 0 : Math.max(1, Number(failed)) }
}
