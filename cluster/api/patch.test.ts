import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference, goText, jsonPatch, mergePatch, strategicPatch, threeWayPatch } from './patch.ts'

const pod = { metadata: { name: 'a', labels: { app: 'web' }, finalizers: ['x/y'] }, spec: { containers: [{ name: 'c', image: 'app:1', env: [{ name: 'A', value: '1' }] }, { name: 'd', image: 'log:1' }], tolerations: [{ key: 'a' }] } }

describe('a merge patch', () => {
  it('replaces, adds and, with null, removes', () => {
    expect(mergePatch({ a: 1, b: { c: 2, d: 3 } }, { a: null, b: { c: 4 }, e: [1] })).toEqual({ b: { c: 4, d: 3 }, e: [1] })
  })

  it('is what makes one object of another', () => {
    const object = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.string(), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer()), fc.array(fc.integer())))
    fc.assert(fc.property(object, object, (before, after) => {
      expect(mergePatch(before, difference(before, after))).toEqual(after)
    }))
  })
})

describe('a JSON patch', () => {
  it('does each of its operations', () => {
    expect(jsonPatch({ a: [1, 2], b: { 'c/d': 1 }, e: 5 }, [
      { op: 'test', path: '/e', value: 5 },
      { op: 'add', path: '/a/1', value: 9 },
      { op: 'add', path: '/a/-', value: 7 },
      { op: 'remove', path: '/a/0' },
      { op: 'replace', path: '/b/c~1d', value: 2 },
      { op: 'move', from: '/e', path: '/f' },
      { op: 'copy', from: '/b', path: '/g' },
    ])).toEqual({ a: [9, 2, 7], b: { 'c/d': 2 }, f: 5, g: { 'c/d': 2 } })
  })

  it('is refused as a whole where a part of it cannot be done', () => {
    for (const patch of [[{ op: 'remove', path: '/nope' }], [{ op: 'test', path: '/a', value: 2 }], [{ op: 'add', path: '/a/b/c', value: 1 }], [{ op: 'dance', path: '/a' }], [{ op: 'replace', path: '/x', value: 1 }]])
      expect(() => jsonPatch({ a: 1 }, patch)).toThrow('the server rejected our request')
  })
})

describe('a strategic merge patch', () => {
  const patched = (patch: object) => strategicPatch('Pod', pod as never, patch as never) as unknown as typeof pod

  it('merges lists by the keys of their items', () => {
    expect(patched({ spec: { containers: [{ name: 'd', image: 'log:2' }, { name: 'e', image: 'new:1' }] } }).spec.containers.map(each => `${each.name} ${each.image}`)).toEqual(['c app:1', 'd log:2', 'e new:1'])
    expect(patched({ spec: { containers: [{ name: 'c', env: [{ name: 'B', value: '2' }] }] } }).spec.containers[0]!.env!.map(each => each.name)).toEqual(['B', 'A'])
  })

  it('keeps the order of the patch; what only the server has goes before what it stands before there', () => {
    const order = (names: string[], directive: object = {}) => patched({ spec: { containers: names.map(name => ({ name, image: 'x' })), ...directive } }).spec.containers.map(each => each.name).join('')
    expect(order(['e'])).toBe('ecd')
    expect(order(['d', 'c'])).toBe('dc')
    expect(order(['e', 'd'])).toBe('ecd')
    expect(order(['d', 'e'])).toBe('cde')
    expect(order(['e'], { '$setElementOrder/containers': [{ name: 'c' }, { name: 'e' }] })).toBe('ced')
  })

  it('replaces lists that have no key', () => {
    expect(patched({ spec: { tolerations: [{ key: 'b' }] } }).spec.tolerations).toEqual([{ key: 'b' }])
  })

  it('obeys its directives', () => {
    expect(patched({ spec: { containers: [{ name: 'c', $patch: 'delete' }] } }).spec.containers.map(each => each.name)).toEqual(['d'])
    expect(patched({ spec: { containers: [{ name: 'z', image: 'z' }, { $patch: 'replace' }] } }).spec.containers).toEqual([{ name: 'z', image: 'z' }])
    expect(patched({ metadata: { '$deleteFromPrimitiveList/finalizers': ['x/y'] } }).metadata.finalizers).toEqual([])
    expect(patched({ metadata: { labels: { $patch: 'replace', tier: 'a' } } }).metadata.labels).toEqual({ tier: 'a' })
    expect(patched({ spec: { '$setElementOrder/containers': [{ name: 'd' }, { name: 'c' }] } }).spec.containers.map(each => each.name)).toEqual(['d', 'c'])
    expect(strategicPatch('DeploymentSpec', { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } }, { strategy: { $retainKeys: ['type'], type: 'Recreate' } })).toEqual({ strategy: { type: 'Recreate' } })
  })

  it('adds to lists of plain items', () => {
    expect(patched({ metadata: { finalizers: ['z/z'] } }).metadata.finalizers).toEqual(['z/z', 'x/y'])
  })
})

describe('three sides', () => {
  const last = { spec: { containers: [{ name: 'c', image: 'app:1' }, { name: 'old', image: 'old:1' }] } }
  const live = { spec: { containers: [{ name: 'injected', image: 'proxy:1' }, { name: 'c', image: 'app:1', imagePullPolicy: 'Always' }, { name: 'old', image: 'old:1' }] } }
  const sent = (type: string, original: object, modified: object, current: object) => threeWayPatch(type, original as never, modified as never, current as never)

  it('give nothing to send where nothing is to change', () => {
    expect(sent('Pod', pod, pod, pod)).toEqual({})
  })

  it('leave what others added in its place', () => {
    const now = { spec: { containers: [{ name: 'c', image: 'app:2' }, { name: 'new', image: 'new:1' }] } }
    const patch = sent('Pod', last, now, live)
    expect(patch).toEqual({ spec: { '$setElementOrder/containers': [{ name: 'c' }, { name: 'new' }], 'containers': [{ name: 'c', image: 'app:2' }, { name: 'new', image: 'new:1' }, { $patch: 'delete', name: 'old' }] } })
    expect(strategicPatch('Pod', live as never, patch)).toEqual({ spec: { containers: [{ name: 'injected', image: 'proxy:1' }, { name: 'c', image: 'app:2', imagePullPolicy: 'Always' }, { name: 'new', image: 'new:1' }] } })
  })

  it('tell of what is new as a whole, of what is there what differs, and of what is no longer applied that it goes', () => {
    expect(sent('Pod', {}, { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: 1 }] }] } }, live)).toEqual({ spec: { '$setElementOrder/containers': [{ name: 'c' }], 'containers': [{ name: 'c', env: [{ name: 'A', value: 1 }] }] } })
    expect(sent('ConfigMap', { data: { a: '1', b: '2' } }, { data: { a: 1 } }, { data: { a: '1', b: '2', c: '3' } })).toEqual({ data: { a: 1, b: null } })
    expect(sent('Pod', { metadata: { finalizers: ['x/y'] } }, { metadata: { finalizers: ['a/b'] } }, pod)).toEqual({ metadata: { '$setElementOrder/finalizers': ['a/b'], '$deleteFromPrimitiveList/finalizers': ['x/y'], 'finalizers': ['a/b'] } })
    expect(sent('DeploymentSpec', {}, { strategy: { type: 'Recreate' } }, { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } })).toEqual({ strategy: { $retainKeys: ['type'], type: 'Recreate' } })
    // another order alone is sent as one
    expect(sent('Pod', pod, { ...pod, spec: { ...pod.spec, containers: [...pod.spec.containers].reverse() } }, pod)).toEqual({ spec: { '$setElementOrder/containers': [{ name: 'd' }, { name: 'c' }] } })
  })
})

it('go prints maps and lists in brackets', () => {
  expect(goText({ spec: { replica: 3, list: ['a', null] }, a: true })).toBe('map[a:true spec:map[list:[a <nil>] replica:3]]')
})
