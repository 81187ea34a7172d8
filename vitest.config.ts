// The tests that need no browser: beside pure code, and in tests/.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{cluster,scenarios,models,composables,components,data,scripts,tests}/**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', 'tests/browser/**'],
    setupFiles: ['tests/seed.ts'],
    testTimeout: 30_000,
    maxWorkers: 2,
  },
})
