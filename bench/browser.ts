// What diagrams cost in a browser: script time of a frame while one is playing, and the page's memory after many visits. Called with a
// page and the slides to measure; who runs it serves the built deck.
import type { Browser, Page } from 'playwright'

/** Where a diagram stands: its `data-diagram` and the alias of its slide. */
export interface Placed { readonly id: string, readonly alias: string }

export interface FrameCost {
  /** ms of script in a frame */
  readonly median: number
  readonly p99: number
  readonly frames: number
}

interface TraceEvent { name: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number }

/** What counts as script: everything that runs JavaScript on the main thread, with the flushes that follow. */
const SCRIPT = new Set(['FireAnimationFrame', 'FunctionCall', 'EvaluateScript', 'RunMicrotasks', 'TimerFire', 'EventDispatch', 'v8.callFunction'])

/**
 * Script time of each frame in a trace, in ms of the thread's CPU (what else the machine does meanwhile does not count): of script events only
 * the outermost count, and belong to the frame they began in.
 * @param trace Chromium's trace, with the categories devtools.timeline and v8
 */
export function scriptPerFrame(trace: { traceEvents: readonly TraceEvent[] }): number[] {
  const events = trace.traceEvents.filter(event => event.ph === 'X' && SCRIPT.has(event.name)).sort((a, b) => a.ts - b.ts)
  const first = events.find(event => event.name === 'FireAnimationFrame')
  const frames: number[] = []
  let until = -Infinity
  let frame = -Infinity
  for (const event of events) {
    if (event.pid !== first!.pid || event.tid !== first!.tid)
      continue
    // callbacks of one frame follow each other closely
    if (event.name === 'FireAnimationFrame' && event.ts - frame > 8000 && event.ts >= until) {
      frame = event.ts
      frames.push(0)
    }
    if (event.ts < until)
      continue
    until = event.ts + (event.dur ?? 0)
    if (frames.length)
      frames[frames.length - 1]! += (event.tdur ?? event.dur ?? 0) / 1000
  }
  return frames
}

const rank = (sorted: readonly number[], share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!

/** Opens a slide by its alias in a deck that is open, or opens the deck. */
async function open(page: Page, deck: string, { id, alias }: Placed): Promise<void> {
  if (page.url().startsWith(deck))
    await page.evaluate(alias => location.hash = `#/${alias}`, alias)
  else
    await page.goto(`${deck}#/${alias}`)
  await page.locator(`.slidev-page:visible [data-diagram="${id}"]`).waitFor()
}

/**
 * Plays a diagram at 1× on a slowed CPU and takes the script time of every frame.
 * @param deck address of a served lecture, with a slash at its end
 * @param ms how long to look, on the wall
 * @param slower times slower than this machine
 */
export async function frameCost(browser: Browser, deck: string, placed: Placed, { ms = 5000, slower = 4 } = {}): Promise<FrameCost> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, reducedMotion: 'no-preference' })
  try {
    await open(page, deck, placed)
    // the other slides are loaded after three seconds: not while it is measured
    await page.waitForTimeout(5000)
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
    await page.locator(`.slidev-page:visible [data-diagram="${placed.id}"]`).getByRole('button', { name: 'Play', exact: true }).click()
    await page.waitForTimeout(500)
    await browser.startTracing(page, { categories: ['devtools.timeline', 'v8'] })
    await page.waitForTimeout(ms)
    const frames = scriptPerFrame(JSON.parse((await browser.stopTracing()).toString())).slice(1, -1).sort((a, b) => a - b)
    return { median: rank(frames, 0.5), p99: rank(frames, 0.99), frames: frames.length }
  }
  finally {
    await page.close()
  }
}

/**
 * Frames that are drawn by script in a second while no diagram is shown, after one was playing: 0 where nothing runs unseen.
 * @param elsewhere alias of a slide without a diagram
 */
export async function framesUnseen(browser: Browser, deck: string, placed: Placed, elsewhere: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 980, height: 552 }, reducedMotion: 'no-preference' })
  try {
    await page.addInitScript(() => {
      const request = window.requestAnimationFrame.bind(window)
      Object.assign(window, { framesAsked: 0 })
      window.requestAnimationFrame = (callback) => {
        (window as unknown as { framesAsked: number }).framesAsked++
        return request(callback)
      }
    })
    await open(page, deck, placed)
    await page.waitForTimeout(5000)
    await page.locator(`.slidev-page:visible [data-diagram="${placed.id}"]`).getByRole('button', { name: 'Play', exact: true }).click()
    await page.waitForTimeout(300)
    await page.evaluate(alias => location.hash = `#/${alias}`, elsewhere)
    await page.waitForTimeout(500)
    const before = await page.evaluate(() => (window as unknown as { framesAsked: number }).framesAsked)
    await page.waitForTimeout(1000)
    return await page.evaluate(() => (window as unknown as { framesAsked: number }).framesAsked) - before
  }
  finally {
    await page.close()
  }
}

/**
 * The page's memory after some and after many visits to diagrams, each played for a moment and left.
 * @param visits after how many visits to measure, ascending
 * @returns bytes of the JavaScript heap after garbage was collected, one for each
 */
export async function heapAfterVisits(browser: Browser, deck: string, list: readonly Placed[], visits: readonly number[] = [5, 50]): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 980, height: 552 }, reducedMotion: 'no-preference' })
  try {
    const cdp = await page.context().newCDPSession(page)
    await open(page, deck, list[0]!)
    await page.waitForTimeout(6000)
    const heaps: number[] = []
    for (let i = 1; i <= visits.at(-1)!; i++) {
      const placed = list[i % list.length]!
      await open(page, deck, placed)
      const root = page.locator(`.slidev-page:visible [data-diagram="${placed.id}"]`)
      await root.getByRole('button', { name: 'Play', exact: true }).click()
      await page.waitForTimeout(120)
      await page.evaluate(() => location.hash = '#/1')
      await page.waitForTimeout(80)
      if (visits.includes(i)) {
        await page.waitForTimeout(500)
        for (let n = 0; n < 3; n++)
          await cdp.send('HeapProfiler.collectGarbage')
        heaps.push((await cdp.send('Runtime.getHeapUsage')).usedSize)
      }
    }
    return heaps
  }
  finally {
    await page.close()
  }
}
