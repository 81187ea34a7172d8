// The lines between the rooms bite: bad snippets are caught by the project's own lint.
import { ESLint } from 'eslint'
import { describe, expect, it, vi } from 'vitest'
import { root } from '../../scripts/lib/paths.ts'

// the first call reads the whole configuration: on a busy machine that takes a while
vi.setConfig({ testTimeout: 60_000 })
const eslint = new ESLint({ cwd: root })

async function rulesBroken(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: `${root}/${filePath}` })
  return result!.messages.map(m => m.ruleId)
}

const vue = (script: string) => `<!-- x -->\n<script setup lang="ts">\n${script}\n</script>\n\n<template>\n  <p />\n</template>\n`

describe('imports run one way', () => {
  it.each([
    ['cluster/api/store.ts', 'import { useSeat } from \'../../composables/slidev.ts\''],
    ['cluster/api/store.ts', 'import { shipStory } from \'../../models/ship.ts\''],
    ['cluster/api/store.ts', 'import { fact } from \'../../data/facts.ts\''],
    ['cluster/api/store.ts', 'import { ref } from \'vue\''],
    ['scenarios/healing.ts', 'import { useStory } from \'../composables/useStory.ts\''],
    ['models/ship.ts', 'import { ref } from \'vue\''],
    ['models/ship.ts', 'import Frame from \'../components/stage/StageFrame.vue\''],
    ['composables/useStory.ts', 'import Frame from \'../components/stage/StageFrame.vue\''],
    ['composables/useStory.ts', 'import { useNav } from \'@slidev/client\''],
    ['composables/useStory.ts', 'import { useNav } from \'@slidev/client/composables/useNav.ts\''],
    ['data/goals.ts', 'import { shipStory } from \'../models/ship.ts\''],
    ['scripts/x.ts', 'import { useNav } from \'@slidev/client\''],
  ])('%s may not say %s', async (file, line) => {
    expect(await rulesBroken(file, `// x\n${line}\n`)).toContain('no-restricted-imports')
  })

  it.each([
    ['components/stage/X.vue', 'import { useNav } from \'@slidev/client\''],
    ['components/stage/X.vue', 'import setup from \'../../setup/main.ts\''],
    ['layouts/x.vue', 'import { useNav } from \'@slidev/client\''],
  ])('%s may not say %s', async (file, line) => {
    expect(await rulesBroken(file, vue(line))).toContain('no-restricted-imports')
  })

  it.each([
    ['components/diagrams/X.ts', 'import { useSeat } from \'../../composables/slidev.ts\''],
    ['components/diagrams/X.ts', 'import { fact } from \'../../data/facts.ts\''],
    ['scenarios/x.ts', 'import { createCluster } from \'../cluster/index.ts\''],
    ['models/x.ts', 'import { fact } from \'../data/facts.ts\''],
    ['composables/slidev.ts', 'import { useNav } from \'@slidev/client\''],
    ['cluster/api/x.ts', 'import { clone } from \'../timeline/clock.ts\''],
  ])('%s may say %s', async (file, line) => {
    expect(await rulesBroken(file, `// x\n${line}\n`)).not.toContain('no-restricted-imports')
  })
})

describe('the model knows no wall clock, no browser and no chance', () => {
  const forbidden = [
    'Date.now()',
    'new Date()',
    'performance.now()',
    'Math.random()',
    'setTimeout(() => {}, 1)',
    'setInterval(() => {}, 1)',
    'requestAnimationFrame(() => {})',
    'window.name',
    'document.title',
    'globalThis.setTimeout(() => {}, 1)',
  ]
  it.each(['cluster/node/x.ts', 'scenarios/x.ts', 'models/x.ts'].flatMap(file => forbidden.map(code => [file, code] as const)))('%s may not say %s', async (file, code) => {
    const broken = await rulesBroken(file, `// x\nexport const x = () => ${code}\n`)
    expect(broken.filter(rule => rule === 'no-restricted-globals' || rule === 'no-restricted-properties')).not.toEqual([])
  })

  it('a component may', async () => {
    expect(await rulesBroken('components/stage/x.ts', '// x\nexport const x = () => performance.now()\n')).toEqual([])
  })
})
