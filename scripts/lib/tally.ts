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

/** So many tests of the browser may need a second try: on a busy machine a wait is now and then too short. More is a fault of the deck. */
const MOST_AGAIN = 2

interface Suite { title?: string, suites?: Suite[], specs?: { title: string, tests: { status: string }[] }[] }

/** The titles of Playwright's tests that passed only when they were tried again. */
export function passedAgain(report: unknown): string[] {
  const within = ({ suites = [], specs = [] }: Suite): string[] => [...specs.filter(spec => spec.tests.some(test => test.status === 'flaky')).map(spec => spec.title), ...suites.flatMap(within)]
  return within((report ?? {}) as Suite)
}

/** Counts of Playwright's JSON report. Tests that passed only when tried again pass, unless they are more than two: then all of them are failures. */
export function playwrightCounts(report: unknown): Counts {
  const { stats = {}, errors = [] } = (report ?? {}) as { stats?: Record<string, unknown>, errors?: unknown[] }
  const again = number(stats.flaky)
  const few = again <= MOST_AGAIN
  return { passed: number(stats.expected) + (few ? again : 0), failed: number(stats.unexpected) + (few ? 0 : again) + errors.length }
}

/** Counts of the conformance runner's last line; what is not required may fail without harm, so that its exit code decides. */
export function conformanceCounts(output: string, code: number): Counts {
  const [, passed = '0', failed = '0'] = output.match(/(\d+) passed, (\d+) failed, \d+ not attempted\s*$/) ?? []
  return { passed: Number(passed), failed: code === 0 ? 0 : Math.max(1, Number(failed)) }
}
