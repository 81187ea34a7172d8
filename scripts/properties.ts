// Random runs held to what must be true of every run: `npm run properties`. PROPERTIES is how many (10,000), PROPERTIES_SEED where they begin (1).
// With the text of a run instead of nothing, that run alone is played and what is wrong with it is said.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import process from 'node:process'
import fc from 'fast-check'
import { decodeRun } from '../cluster/index.ts'
import { check, checkPlan, replay } from '../tests/properties/check.ts'
import { plans } from '../tests/properties/plans.ts'
import { took } from './lib/run.ts'

const [text, ...rest] = process.argv.slice(2)

function one(run: string): number {
  const { faults, hash } = check(decodeRun(run))
  console.log(JSON.stringify(decodeRun(run), null, 1))
  console.log(faults.length ? faults.join('\n') : `holds; ${hash}`)
  return faults.length ? 1 : 0
}

/** So many runs from a seed on; the first that fails is made small, and told. */
function some(seed: number, numRuns: number): number {
  const found = fc.check(fc.property(plans, (plan) => {
    const { run, faults } = checkPlan(plan)
    if (faults.length)
      throw new Error(`${faults.slice(0, 5).join('\n')}\n  ${replay(run)}`)
  }), { seed, numRuns, endOnFailure: false })
  if (!found.failed)
    return 0
  console.log(`seed ${seed}, after ${found.numRuns} runs and ${found.numShrinks} steps to a smaller one:\n${String(found.errorInstance instanceof Error ? found.errorInstance.message : found.errorInstance)}`)
  return 1
}

/** MB for what is young: what a run writes lives as long as the run, and would be copied again and again in less. */
const YOUNG = 32

function child(seed: number, count: number): Promise<number> {
  return new Promise(resolve => spawn(process.execPath, [`--max-semi-space-size=${YOUNG}`, import.meta.filename, 'part', String(seed), String(count)], { stdio: 'inherit' }).on('close', code => resolve(code ?? 1)))
}

async function all(): Promise<number> {
  const count = Math.max(1, Number(process.env.PROPERTIES ?? 10_000))
  const seed = Number(process.env.PROPERTIES_SEED ?? 1)
  const parts = Math.min(count, availableParallelism())
  const since = performance.now()
  const codes = await Promise.all(Array.from({ length: parts }, (_, i) => child(seed + i, Math.ceil(count / parts))))
  const failed = codes.filter(code => code !== 0).length
  console.log(failed ? `${failed} of ${parts} parts found a run that fails` : `${count.toLocaleString('en')} runs hold, ${took(since)}`)
  return failed
}

process.exitCode = text === 'part' ? some(Number(rest[0]), Number(rest[1])) : text ? one(text) : await all()
