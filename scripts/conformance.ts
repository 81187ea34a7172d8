// The recorded Kubernetes against ours: `npm run conformance`. CONFORMANCE names another folder of cases, traces and transcripts; `--verbose` tells what differs.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import process from 'node:process'
import { loadAdapters, report, runFolder } from '../tests/conformance/run.ts'
import type { LeftOut } from '../tests/conformance/run.ts'
import { at } from './lib/paths.ts'

const home = at('tests/conformance')
const given = process.env.CONFORMANCE
const folder = given ? resolve(given) : home
if (!['cases', 'traces', 'transcripts'].some(part => existsSync(`${folder}/${part}`))) {
  console.error(`${folder} has neither cases nor traces nor transcripts`)
  process.exit(2)
}
const own = folder === home
const list = <T>(name: string) => JSON.parse(readFileSync(at('tests/conformance', name), 'utf8')) as T[]
const results = runFolder(folder, await loadAdapters(at('tests/conformance/adapters')), list<LeftOut>('left-out.json'), own)
const { lines, failures, ok } = report(results, list<string>('required.json'), own)
if (process.argv.includes('--verbose'))
  console.error(failures.join('\n'))
console.log(lines.join('\n'))
process.exitCode = ok ? 0 : 1
