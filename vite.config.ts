// What the dev server keeps for all browsers that open the deck: the logs of the diagrams and questions (composables/windows.ts). And what
// `kubectl explain` tells, read at build time from a dependency. And what is mended in Slidev.
import { defineConfig } from 'vite'
import { fieldDocs } from './scripts/lib/fielddocs.ts'
import { slidevMends } from './scripts/lib/slidevmends.ts'

const DOCS = 'virtual:field-docs'

export default defineConfig({
  plugins: [slidevMends(), {
    name: 'helmsman:field-docs',
    resolveId: id => id === DOCS ? `\0${DOCS}` : undefined,
    load: id => id === `\0${DOCS}` ? `export const docs = JSON.parse(${JSON.stringify(JSON.stringify(fieldDocs()))})` : undefined,
  }],
  // known from the start: found one by one, a first start would load parts of the page twice
  optimizeDeps: { include: ['@observablehq/plot', 'diff', 'pure-rand/generator/xoroshiro128plus', 'uqr', ...['autocomplete', 'commands', 'lang-yaml', 'language', 'lint', 'state', 'view'].map(part => `@codemirror/${part}`), '@lezer/highlight'] },
  slidev: { serverRef: { state: { mirror: {} } } },
})
