// The tests that need a browser: against the built deck, served on loopback.
import { defineConfig } from '@playwright/test'
import { chromiumArgs, findChromium } from './scripts/lib/chromium.ts'

export default defineConfig({
  testDir: 'tests/browser',
  globalSetup: './tests/browser/setup.ts',
  outputDir: 'node_modules/.cache/helmsman/browser',
  fullyParallel: true,
  workers: 2,
  timeout: 240_000,
  // what passes does not wait for it; a busy machine takes ten seconds to load a page
  expect: { timeout: 30_000 },
  // what only a busy machine made fail passes when it is tried again, and is named: scripts/lib/tally.ts
  retries: 1,
  reporter: [['list']],
  use: {
    viewport: { width: 980, height: 552 },
    // a test that is about motion asks for it
    reducedMotion: 'reduce',
    launchOptions: { executablePath: await findChromium(), args: [...chromiumArgs] },
  },
})
