// What the diagrams of the cluster cost in a browser, as figures: script in a frame, frames while unseen, memory after many visits.
import { launch } from '../scripts/lib/chromium.ts'
import { ensureBuilt } from '../scripts/lib/fresh.ts'
import { at } from '../scripts/lib/paths.ts'
import { serve } from '../scripts/lib/serve.ts'
import { frameCost, framesUnseen, heapAfterVisits } from './browser.ts'
import type { Placed } from './browser.ts'
import { ms, round } from './figure.ts'
import type { Figure } from './figure.ts'

/** Those of the cluster: the others are light. */
const list: readonly Placed[] = [
  { id: 'loop', alias: 'loop' },
  { id: 'one-name', alias: 'service' },
  { id: 'breaks-pods', alias: 'healing' },
  { id: 'breaks-machines', alias: 'dead-node' },
  { id: 'rolling-update', alias: 'rolling-update' },
]
/** a slide without a diagram */
const ELSEWHERE = 'parts'
/** ms of script in a frame at 1x, on a CPU slowed four times: half of the frames, and 99 of 100 */
const HALF = 4
const NEARLY_ALL = 8
const VISITS = [5, 50] as const
const MB = 1_000_000

/** Builds the deck where it has changed, and measures it. */
export async function diagrams(): Promise<Figure[]> {
  await ensureBuilt()
  const site = await serve(at('dist'))
  const browser = await launch()
  const deck = `${site.url}long/`
  const figures: Figure[] = []
  try {
    for (const placed of list) {
      const { median, p99 } = await frameCost(browser, deck, placed)
      figures.push({
        name: `script in a frame while \`${placed.alias}\` plays, CPU slowed four times`,
        ours: `half within ${ms(median)}, 99 of 100 within ${ms(p99)}`,
        beside: `${HALF} ms, ${NEARLY_ALL} ms`,
        ratio: Math.max(median / HALF, p99 / NEARLY_ALL),
        atMost: 1,
        mayDouble: true,
        runs: 1,
      })
    }
    let unseen = 0
    for (const placed of list)
      unseen = Math.max(unseen, await framesUnseen(browser, deck, placed, ELSEWHERE))
    figures.push({ name: 'frames asked for in a second once the slide is left, at most', ours: String(unseen), beside: '0', ratio: unseen, atMost: 0 })
    const [few = 0, many = 0] = await heapAfterVisits(browser, deck, list, VISITS)
    figures.push({ name: `memory after ${VISITS[1]} visits to these slides`, ours: `${round(many / MB, 3)} MB`, beside: `after ${VISITS[0]}: ${round(few / MB, 3)} MB`, ratio: many / few, atMost: 1.05, runs: 1 })
  }
  finally {
    await browser.close()
    await site.close()
  }
  return figures
}
