// The manifests on the slides are the ones that learners download, and Kubernetes would take them.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { manifest, promises, serviceManifest, servicePromises } from './UseManifestLines.ts'

it.each([
  ['public/exercise/app.yaml', manifest],
  ['public/exercise/service.yaml', serviceManifest],
])('is the file %s of the exercise, word for word', (file, text) => {
  expect(readFileSync(file, 'utf8')).toBe(text)
})

it.each([
  ['Deployment', manifest, promises],
  ['Service', serviceManifest, servicePromises],
])('of the %s is explained by lines that it has, in order', (_, text, told) => {
  const count = text.trimEnd().split('\n').length
  expect(told.flatMap(p => p.lines).every(n => n >= 1 && n <= count)).toBe(true)
  expect(told.map(p => p.lines[0])).toEqual([...told.map(p => p.lines[0])].sort((a, b) => a - b))
})
