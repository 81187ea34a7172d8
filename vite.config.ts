// What the dev server keeps for all browsers that open the deck: the logs of the diagrams and questions (composables/windows.ts).
import { defineConfig } from 'vite'

export default defineConfig({
  slidev: { serverRef: { state: { mirror: {} } } },
})
