// What a page loads to play runs: the browser's side of tests/browser/properties.spec.ts.
import { decodeRun } from '../../cluster/index.ts'
import { check } from './check.ts'
import type { Checked } from './check.ts'

declare global { interface Window { checkRuns: (texts: readonly string[]) => Checked[] } }

window.checkRuns = texts => texts.map(text => check(decodeRun(text)))
