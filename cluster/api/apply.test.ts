import { describe, expect, it } from 'vitest'
import { fillAsJson, fillTemplate, parseTemplate } from '../printers/jsonpath.ts'
import { annotated, LAST_APPLIED, patchFor } from './apply.ts'
import type { ObjectOf } from './objects.ts'

const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { k: '<a> & b', 10: 'x', 2: 'y' } }

describe('json as Go writes it', () => {
  const applied = annotated('ConfigMap', manifest)

  it('is what an apply keeps of a manifest', () => {
    expect((applied.metadata.annotations as Record<string, string>)[LAST_APPLIED]).toBe('{"apiVersion":"v1","data":{"10":"x","2":"y","k":"\\u003ca\\u003e \\u0026 b"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"c","namespace":"default"}}\n')
  })

  it('is read back for the next apply', () => {
    expect(patchFor('ConfigMap', applied, applied as unknown as ObjectOf<'ConfigMap'>)).toEqual({})
  })

  it('is what a path leads to, but for a text alone', () => {
    const nodes = parseTemplate('{.data} {.data.k}')
    expect(fillTemplate(nodes, { data: { k: '<&>' } })).toBe('{"k":"\\u003c\\u0026\\u003e"} <&>')
    expect(fillAsJson(parseTemplate('{.data.k}'), { data: { k: '<&>' } })).toBe('[\n    "\\u003c\\u0026\\u003e"\n]\n')
  })
})
