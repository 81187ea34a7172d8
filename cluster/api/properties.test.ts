// What holds of the API server for any requests: property tests.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiError } from './errors.ts'
import { bootstrap } from './bootstrap.ts'
import type { Kind } from './objects.ts'
import { createServer } from './server.ts'
import type { Gate, Server } from './server.ts'
import { emptyStore, logLength, openStore } from './store.ts'
import { gate } from './strict.ts'

function made(through: Gate | undefined) {
  const store = openStore(emptyStore())
  let chance = 1
  const clock = { now: 0 }
  const api = createServer({ gate: through, store: () => store, now: () => clock.now, random: () => (chance = chance * 48_271 % 2_147_483_647) / 2_147_483_647 })
  bootstrap(api)
  return { api, store, clock }
}

const name = fc.constantFrom('a', 'b', 'c')
const labels = fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('web', 'db', ''))
const container = fc.record({ name: fc.constantFrom('c', 'd'), image: fc.constantFrom('app:1', 'app', 'x/y@sha256:0'), resources: fc.constantFrom({}, { requests: { cpu: '100m' } }, { limits: { cpu: '1', memory: '1Gi' } }) })
const template = fc.record({ labels, containers: fc.tuple(container) }).map(({ labels, containers }) => ({ metadata: { labels: { ...labels, app: 'web' } }, spec: { containers } }))
const right = fc.oneof(
  fc.record({ name, labels, containers: fc.tuple(container) }).map(({ name, labels, containers }) => ({ kind: 'Pod' as Kind, object: { metadata: { name, labels }, spec: { containers } } })),
  fc.record({ name, template, replicas: fc.option(fc.nat(9), { nil: undefined }) }).map(({ name, template, replicas }) => ({ kind: 'Deployment' as Kind, object: { metadata: { name }, spec: { replicas, selector: { matchLabels: { app: 'web' } }, template } } })),
  fc.record({ name, type: fc.constantFrom('ClusterIP', 'NodePort') }).map(({ name, type }) => ({ kind: 'Service' as Kind, object: { metadata: { name }, spec: { type, selector: { app: 'web' }, ports: [{ port: 80 }] } } })),
  fc.record({ name, data: fc.dictionary(fc.constantFrom('k', 'l'), fc.string()) }).map(({ name, data }) => ({ kind: 'ConfigMap' as Kind, object: { metadata: { name }, data } })),
)

type Request = (api: Server) => void
const junk = fc.oneof(fc.constantFrom<unknown>(null, 3, 'x', [], {}, { metadata: { name: 'A_B' } }, { metadata: { name: 'a' }, spec: { nope: 1 } }, { metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 3 }] } }), fc.object())
const kinds: Kind[] = ['Pod', 'Deployment', 'Service', 'ConfigMap']
const requests: fc.Arbitrary<Request> = fc.oneof(
  right.map(({ kind, object }): Request => api => void api.create(kind, object, 'user')),
  fc.record({ kind: fc.constantFrom(...kinds), object: junk }).map(({ kind, object }): Request => api => void api.create(kind, object, 'user')),
  fc.record({ kind: fc.constantFrom(...kinds), name, patch: fc.oneof(fc.constant({ metadata: { labels: { x: 'y' } } }), fc.constant({ spec: { replicas: 5 } }), fc.constant({ spec: { replicas: -5 } }), junk.filter(each => typeof each === 'object' && each !== null && !Array.isArray(each))) }).map(({ kind, name, patch }): Request => api => void api.patch(kind, 'default', name, patch, {}, 'user')),
  right.map(({ kind, object }): Request => api => void api.apply(kind, { kind, ...object }, 'user')),
  fc.record({ kind: fc.constantFrom(...kinds), name }).map(({ kind, name }): Request => api => void api.delete(kind, 'default', name, {}, 'user')),
  name.map((name): Request => api => void api.bind('default', name, 'node-1', 'default-scheduler')),
)

/** Everything that an object holds is frozen. */
function frozen(value: unknown): boolean {
  return typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen))
}

describe('the API server, whatever it is asked', () => {
  it('refuses with ApiError or does it: a refused request changes nothing, a done one is in the log', () => {
    fc.assert(fc.property(fc.array(requests, { maxLength: 15 }), (asked) => {
      const { api, store } = made(gate)
      for (const request of asked) {
        const before = JSON.stringify([...store.state.objects.Pod, ...store.state.objects.Deployment, ...store.state.objects.Service, ...store.state.objects.ConfigMap])
        const at = api.revision()
        try {
          request(api)
        }
        catch (error) {
          expect(error).toBeInstanceOf(ApiError)
          expect(api.revision()).toBe(at)
          expect(JSON.stringify([...store.state.objects.Pod, ...store.state.objects.Deployment, ...store.state.objects.Service, ...store.state.objects.ConfigMap])).toBe(before)
        }
        expect(logLength(store.state.log)).toBe(api.revision())
      }
      for (const kind of kinds) {
        const listed = api.list(kind)
        expect(listed.every(frozen)).toBe(true)
        expect(listed).toEqual(openStore(store.state).all(kind))
        expect(new Set(listed.map(each => each.metadata.uid)).size).toBe(listed.length)
        // what can be written can be written again, and changes nothing
        for (const each of listed)
          expect(api.update(kind, structuredClone(each), 'user')).toBe(each)
      }
    }), { numRuns: 300 })
  })

  it('makes the same of a right object with the gate and without', () => {
    fc.assert(fc.property(fc.uniqueArray(right, { maxLength: 6, selector: ({ kind, object }) => `${kind} ${object.metadata.name}` }), (objects) => {
      const results = [gate, undefined].map((through) => {
        const { api } = made(through)
        return objects.map(({ kind, object }) => api.create(kind, object, 'user'))
      })
      const empty = (value: unknown) => value === '' || (typeof value === 'object' && value !== null && !Object.keys(value).length)
      // without the gate, what is empty stays as it was written
      const whole = (value: unknown): unknown => Array.isArray(value) ? value.map(whole) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, whole(part)] as const).filter(([, part]) => part !== undefined && !empty(part))) : value
      expect(whole(results[1])).toEqual(whole(results[0]))
    }), { numRuns: 100 })
  })
})
