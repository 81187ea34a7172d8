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
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 980, height: 552 },
    // a test that is about motion asks for it
    reducedMotion: 'reduce',
    launchOptions: { executablePath: await findChromium(), args: [...chromiumArgs] },
  },
})
