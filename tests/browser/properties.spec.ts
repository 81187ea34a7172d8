// Random runs in a browser: what holds of them in Node holds there, and the history is the same to the byte.
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { rolldown } from 'rolldown'
import { encodeRun } from '../../cluster/index.ts'
import { at } from '../../scripts/lib/paths.ts'
import { check, replay } from '../properties/check.ts'
import { plans } from '../properties/plans.ts'
import { runOf } from '../properties/play.ts'

const COUNT = Number(process.env.PROPERTIES_BROWSER ?? 200)
const SEED = Number(process.env.PROPERTIES_SEED ?? 1)

// many runs take longer than one diagram
test.setTimeout(600_000)

test('the same runs have the same history in a browser as in Node, and nothing is wrong with them', async ({ page }) => {
  const runs = fc.sample(plans, { seed: SEED, numRuns: COUNT }).map(runOf)
  const bundle = await rolldown({ input: at('tests/properties/page.ts'), platform: 'browser', logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'iife', minify: true })
  await bundle.close()
  await page.setContent('<!doctype html><title>runs</title>')
  await page.addScriptTag({ content: output[0].code })
  for (let i = 0; i < runs.length; i += 20) {
    const some = runs.slice(i, i + 20)
    const there = await page.evaluate(texts => window.checkRuns(texts), some.map(encodeRun))
    some.forEach((run, n) => expect(there[n], replay(run)).toEqual({ faults: [], hash: check(run).hash }))
  }
})
