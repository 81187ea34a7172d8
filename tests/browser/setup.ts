// Builds and prints the deck where the sources have changed, and serves it while the browser tests run.
import process from 'node:process'
import { ensureBuilt, ensureExported } from '../../scripts/lib/fresh.ts'
import { at } from '../../scripts/lib/paths.ts'
import { serve } from '../../scripts/lib/serve.ts'

export default async function setup(): Promise<() => Promise<void>> {
  await ensureBuilt()
  await ensureExported()
  const site = await serve(at('dist'))
  process.env.SITE = site.url
  return site.close
}
