// All tests in turn: types, lint, unit and data, conformance, properties, build, export, browser. `--quick` stops before the build, plays fewer random runs, and looks only at types and style of what has changed since it was last run.
import type { Ran } from './lib/run.ts'
import type { Counts } from './lib/tally.ts'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import process from 'node:process'
import { at } from './lib/paths.ts'
import { run, took } from './lib/run.ts'
import { conformanceCounts, jsonOf, passedAgain, playwrightCounts, vitestCounts } from './lib/tally.ts'

const quick = process.argv.includes('--quick')
const reports = 'node_modules/.cache/helmsman/reports'
const report = (name: string) => at(reports, `${name}.json`)
let passed = 0
let failed = 0

/** A step that counts as one, or as many as its report says. A step that ends badly without a failure counts as one. */
async function step(name: string, go: () => Promise<Ran>, count?: (ran: Ran) => Counts): Promise<boolean> {
  console.log(`\n── ${name}`)
  const since = performance.now()
  const ran = await go()
  const { code } = ran
  const counts = count ? count(ran) : { passed: code === 0 ? 1 : 0, failed: 0 }
  const bad = Math.max(counts.failed, code === 0 ? 0 : 1)
  passed += counts.passed
  failed += bad
  console.log(`── ${name}: ${counts.passed} passed, ${bad} failed, ${took(since)}`)
  return code === 0
}

function read(name: string): unknown {
  return existsSync(report(name)) ? jsonOf(readFileSync(report(name), 'utf8')) : undefined
}

rmSync(at(reports), { recursive: true, force: true })
mkdirSync(at(reports), { recursive: true })
const begun = performance.now()

await step('types', () => run('vue-tsc', ['--noEmit', ...quick ? ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/helmsman/types.tsbuildinfo'] : []]))
await step('lint', () => run('eslint', ['.', ...quick ? ['--cache', '--cache-location', 'node_modules/.cache/helmsman/eslint'] : []]))
await step('unit and data', () => run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report('unit')}`]), () => vitestCounts(read('unit')))
await step('conformance', () => run('node', [at('scripts/conformance.ts')]), ran => conformanceCounts(ran.output, ran.code))
await step('properties', () => run('node', [at('scripts/properties.ts')], quick ? { env: { PROPERTIES: process.env.PROPERTIES ?? '300' } } : {}))
if (!quick) {
  const built = await step('build', () => run('node', [at('scripts/build.ts')]))
  const printed = built && await step('export', () => run('node', [at('scripts/export.ts')]))
  if (printed)
    await step('browser', () => run('playwright', ['test', '--reporter=list,json'], { env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('browser') } }), () => playwrightCounts(read('browser')))
}

const again = passedAgain(read('browser'))
if (again.length)
  console.log(`\nat the second try:\n${again.map(title => `  ${title}`).join('\n')}`)
console.log(`\n${took(begun)} in all`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
