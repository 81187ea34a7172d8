// The manifest on the slide is the one that learners download, and Kubernetes would take it.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { manifest, promises } from './UseManifestLines.ts'

it('is the file of the exercise, word for word', () => {
  expect(readFileSync('public/exercise/web.yaml', 'utf8')).toBe(manifest)
})

it('is explained by lines that it has, in order', () => {
  const count = manifest.trimEnd().split('\n').length
  expect(promises.flatMap(p => p.lines).every(n => n >= 1 && n <= count)).toBe(true)
  expect(promises.map(p => p.lines[0])).toEqual([...promises.map(p => p.lines[0])].sort((a, b) => a - b))
})
