import { describe, expect, it } from 'vitest'
import { gate } from '../cluster/api/strict.ts'
import { createCluster } from '../cluster/index.ts'
import type { Intervention } from '../cluster/index.ts'
import { totals } from '../cluster/network/requests.ts'
import { base, machines, scenarioOn } from './base.ts'

const labels = { app: 'web' }
const deployment = (image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas: 5, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'main', image, ports: [{ containerPort: 80 }], readinessProbe: { httpGet: { port: 80 }, periodSeconds: 2 } }] } } },
})
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: labels, ports: [{ port: 80 }] } }

/** A little of everything: an update under traffic, a machine that dies and comes back, one that joins. */
const script: Intervention[] = [
  { at: 1000, op: 'apply', manifest: deployment('web:1') },
  { at: 1000, op: 'apply', manifest: service },
  { at: 5000, op: 'traffic', service: 'web', points: [{ at: 5000, rps: 0 }, { at: 20_000, rps: 40 }] },
  { at: 20_000, op: 'image', name: 'web', image: 'web:2' },
  { at: 40_000, op: 'stopMachine', node: 'node-2' },
  { at: 60_000, op: 'startMachine', node: 'node-2' },
  { at: 70_000, op: 'addMachine', cpu: '2' },
  { at: 80_000, op: 'cutMachine', node: 'node-1' },
  { at: 90_000, op: 'scale', name: 'web', replicas: 8 },
] as Intervention[]
const history = (seed: number) => createCluster({ ...base, duration: 180_000, gate, script }, seed)

describe('the base scenario', () => {
  it('is a cluster of three ready machines with nothing on them', () => {
    createCluster(base).look(600_000, ({ api }) => {
      expect(api.list('Node').map(({ metadata, status, spec }) => [metadata.name, status.allocatable?.cpu, status.allocatable?.memory, status.conditions?.at(-1)?.status, spec.taints])).toEqual(['node-1', 'node-2', 'node-3'].map(name => [name, '4', '8Gi', 'True', undefined]))
      expect(api.list('Pod')).toEqual([])
    })
  })

  it('may have other machines, and a metrics server', () => {
    createCluster(scenarioOn(machines(5, { cpu: '1' }), { metrics: true })).look(0, ({ api, world }) => {
      expect(api.list('Node').map(node => node.status.allocatable?.cpu)).toEqual(['1', '1', '1', '1', '1'])
      expect(world.metrics).toBe(true)
    })
  })
})

describe('an autoscaler', () => {
  it('follows the traffic up at once, and down when five minutes have passed', () => {
    const container = { name: 'main', image: 'web:1', resources: { requests: { cpu: '200m' } }, readinessProbe: { httpGet: { port: 80 }, periodSeconds: 2 } }
    const script = [
      { at: 0, op: 'apply', manifest: { ...deployment('web:1'), spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } } } },
      { at: 0, op: 'apply', manifest: service },
      { at: 0, op: 'apply', manifest: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 10, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }] } } },
      { at: 0, op: 'traffic', service: 'web', points: [{ at: 60_000, rps: 5 }, { at: 120_000, rps: 58 }, { at: 400_000, rps: 58 }, { at: 410_000, rps: 5 }] },
    ] as Intervention[]
    const timeline = createCluster(scenarioOn(machines(3), { metrics: true, duration: 900_000, gate, script }))
    const ready = (t: number) => timeline.look(t, ({ api }) => api.get('Deployment', 'default', 'web')!.status.readyReplicas)
    // a request takes 10 ms of CPU, so that 58 a second make six Pods at half of 200 millicores
    expect([60_000, 200_000, 400_000, 650_000, 850_000].map(ready)).toEqual([1, 6, 6, 6, 1])
  })
})

describe('a history', () => {
  it('is the same for the same seed, however it is looked at, and another for another', () => {
    const first = history(1)
    const hash = first.hash()
    expect(history(1).hash()).toBe(hash)
    const times = [90_000, 30_000, 61_000, 30_001, 5000, 179_000, 95_000]
    const straight = history(1)
    const wanted = new Map(times.toSorted((a, b) => a - b).map(t => [t, straight.hash(t)]))
    const other = history(1)
    for (const t of times)
      expect([t, other.hash(t)]).toEqual([t, wanted.get(t)])
    expect(other.hash()).toBe(hash)
    expect(history(2).hash()).not.toBe(hash)
  })

  it('goes on beneath its traffic: most requests are answered, those to a dead machine are lost', () => {
    history(1).look(180_000, ({ api, world }) => {
      const { ok, timeout, refused, error, reset, unknown } = totals(world.network!, 'web')
      expect(ok + timeout + refused + error + reset + unknown).toBeGreaterThan(6600)
      expect(ok).toBeGreaterThan(5000)
      expect(timeout).toBeGreaterThan(50)
      expect([error, unknown]).toEqual([0, 0])
      const pods = api.list('Pod').map(({ spec, status }) => ({ node: spec.nodeName, ready: status.conditions?.find(each => each.type === 'Ready')?.status }))
      expect(pods).toHaveLength(8)
      // what runs on the machine that is cut off is taken to be lost, and may not go before its five minutes are over; what was bound to it afterwards never began
      expect(pods.every(({ node, ready }) => (ready === 'True') === (node !== 'node-1'))).toBe(true)
    })
  })
})
