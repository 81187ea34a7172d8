import { describe, expect, it } from 'vitest'
import { createKernel } from '../index.ts'
import { base } from '../../scenarios/base.ts'

const cluster = () => createKernel(base.actors, { seed: 1, world: base.world })

describe('the API server by itself', () => {
  it('forgets events an hour after they were told last', () => {
    const kernel = cluster()
    kernel.runUntil(60_000)
    const registered = () => kernel.api.list('Event').filter(event => event.reason === 'RegisteredNode').length
    expect(registered()).toBe(3)
    kernel.api.event({ kind: 'Node', metadata: { name: 'node-1' } }, 'Normal', 'Again', 'once more', 'test')
    kernel.runUntil(3_599_000)
    expect(registered()).toBe(3)
    kernel.runUntil(3_630_000)
    expect(registered()).toBe(0)
    expect(kernel.api.list('Event').map(event => event.reason)).toEqual(['Again'])
    kernel.runUntil(3_670_000)
    expect(kernel.api.list('Event')).toEqual([])
  })

  it('makes the Service in front of it again when somebody deletes it', () => {
    const kernel = cluster()
    kernel.runUntil(12_000)
    kernel.api.delete('Service', 'default', 'kubernetes', {}, 'test')
    kernel.runUntil(19_000)
    expect(kernel.api.get('Service', 'default', 'kubernetes')).toBeUndefined()
    kernel.runUntil(21_000)
    expect(kernel.api.get('Service', 'default', 'kubernetes')?.spec.clusterIP).toBe('10.96.0.1')
  })
})
