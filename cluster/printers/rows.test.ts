import { describe, expect, it } from 'vitest'
import type { Kind, ObjectOf } from '../api/objects.ts'
import { stamp } from '../timeline/clock.ts'
import { columns, row } from './rows.ts'

const NOW = 600_000
const cells = (kind: Kind, object: object, wide = false) => row({ kind, ...object } as unknown as ObjectOf<Kind>, NOW, wide).cells
const metadata = { name: 'web', creationTimestamp: stamp(NOW - 90_000) }

describe('rows', () => {
  it('have a cell for every column', () => {
    const template = { spec: { containers: [{ name: 'c', image: 'nginx:1.27' }] } }
    const objects: Partial<Record<Kind, object>> = {
      ReplicaSet: { metadata, spec: { replicas: 3, template, selector: { matchLabels: { app: 'web' } } }, status: { replicas: 2 } },
      ConfigMap: { metadata, data: { a: '1', b: '2' } },
      Namespace: { metadata, status: { phase: 'Active' } },
      Event: { metadata, involvedObject: { kind: 'Pod', name: 'web-1' }, type: 'Normal', reason: 'Pulled', message: 'ok\n', lastTimestamp: stamp(NOW - 5000), firstTimestamp: stamp(NOW - 65_000), count: 3 },
    }
    expect(cells('ReplicaSet', objects.ReplicaSet!, true)).toEqual(['web', 3, 2, 0, '90s', 'c', 'nginx:1.27', 'app=web'])
    expect(cells('ConfigMap', objects.ConfigMap!)).toEqual(['web', '2', '90s'])
    expect(cells('Namespace', objects.Namespace!)).toEqual(['web', 'Active', '90s'])
    expect(cells('Event', objects.Event!)).toEqual(['5s', 'Normal', 'Pulled', 'pod/web-1', 'ok'])
    for (const [kind, object] of Object.entries(objects)) {
      for (const wide of [false, true])
        expect(cells(kind as Kind, object, wide)).toHaveLength(columns(kind as Kind, wide).length)
    }
  })

  it('name the first three endpoints', () => {
    const endpoints = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'].map(address => ({ addresses: [address] }))
    expect(cells('EndpointSlice', { metadata, addressType: 'IPv4', ports: [{ port: 80 }], endpoints })).toEqual(['web', 'IPv4', '80', '10.0.0.1,10.0.0.2,10.0.0.3 + 2 more...', '90s'])
    expect(cells('EndpointSlice', { metadata, addressType: 'IPv4', ports: [], endpoints: [] }).slice(2, 4)).toEqual(['<unset>', '<unset>'])
  })
})
