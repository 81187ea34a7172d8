// The view of a cluster: what is beside what the store believes, against the store and the world themselves.
import type { Glance, Intervention } from '../cluster/index.ts'
import { describe, expect, it } from 'vitest'
import { createCluster, gate } from '../cluster/index.ts'
import { machines, scenarioOn } from './base.ts'
import { grouped, losses, viewOf } from './view.ts'

const labels = { app: 'web' }
const deployment = (image: string, replicas = 6) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'main', image, ports: [{ containerPort: 80 }], readinessProbe: { httpGet: { port: 80 }, periodSeconds: 2 } }] } } },
})
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: labels, ports: [{ port: 80 }] } }
const start = [{ at: 0, op: 'apply', manifest: deployment('web:1') }, { at: 0, op: 'apply', manifest: service }, { at: 0, op: 'traffic', service: 'web', points: [{ at: 20_000, rps: 0 }, { at: 20_001, rps: 20 }] }]
const history = (...steps: object[]) => createCluster(scenarioOn(machines(3), { gate, duration: 600_000, script: [...start, ...steps] as unknown as Intervention[] }))
const view = (glance: Glance) => viewOf(glance)
const times = (until: number) => Array.from({ length: 60 }, (_, i) => Math.round(until * i / 59))

describe('the view of a cluster', () => {
  const timeline = history({ at: 30_000, op: 'image', name: 'web', image: 'web:2' }, { at: 90_000, op: 'image', name: 'web', image: 'crash:3' }, { at: 150_000, op: 'undo', name: 'web' })

  it('counts as the controllers count, once they have caught up', () => {
    for (const t of [29_999, 89_999, 149_999, 300_000]) {
      const [d] = timeline.look(t, view).deployments
      const { status } = timeline.look(t, ({ api }) => api.get('Deployment', 'default', 'web')!)
      expect([t, d!.inAll, d!.ready]).toEqual([t, status.replicas, status.readyReplicas])
    }
  })

  it('numbers versions as they came, and undo brings the old number back', () => {
    expect([29_999, 89_999, 149_999, 300_000].map(t => timeline.look(t, view).deployments[0]!.version)).toEqual([1, 2, 3, 2])
    expect([29_999, 89_999, 300_000].map(t => timeline.look(t, view).deployments[0]!.complete)).toEqual([true, true, true])
    expect(timeline.look(149_999, view).deployments[0]!.complete).toBe(false)
  })

  it('keeps Pods on a node in the order in which they came: who comes is the last there', () => {
    let before = new Map<string, readonly string[]>()
    for (const t of times(200_000)) {
      const { pods } = timeline.look(t, view)
      const now = new Map<string, readonly string[]>()
      for (const { node, uid } of pods.filter(pod => pod.node))
        now.set(node, [...now.get(node) ?? [], uid])
      for (const [node, here] of now) {
        const stayed = (before.get(node) ?? []).filter(uid => here.includes(uid))
        expect(here.slice(0, stayed.length)).toEqual(stayed)
      }
      before = now
    }
  })

  it('says of a Pod what kubectl says: ready, starting, told to end, crashed and how often', () => {
    const seen = new Set(times(200_000).flatMap(t => timeline.look(t, view).pods.map(({ state }) => state)))
    expect([...seen].sort()).toEqual(['crashed', 'pending', 'ready', 'starting', 'terminating'])
    const crashed = timeline.look(149_999, view).pods.filter(({ state }) => state === 'crashed')
    expect(crashed.length).toBeGreaterThan(0)
    expect(crashed.every(({ reason, restarts, version }) => /CrashLoopBackOff|Error/.test(reason) && restarts > 0 && version === 3)).toBe(true)
  })

  it('lists a Service’s endpoints, and adds up what users noticed', () => {
    const { services, traffic, pods } = timeline.look(300_000, view)
    expect(services[0]!.endpoints.map(({ pod }) => pod).sort()).toEqual(pods.map(({ name }) => name).sort())
    const [web] = traffic
    expect(web!.seconds.reduce((sum, { served }) => sum + served, 0)).toBe(web!.served)
    expect(web!.served + web!.lost).toBeGreaterThan(5000)
  })
})

describe('what is and what is believed', () => {
  it('differ after a machine has lost its power, until the control plane notices', () => {
    const timeline = history({ at: 30_000, op: 'stopMachine', node: 'node-2' })
    const just = timeline.look(31_000, view)
    expect(just.machines.map(({ name, on, ready }) => [name, on, ready])).toEqual([['node-1', true, 'True'], ['node-2', false, 'True'], ['node-3', true, 'True']])
    expect(just.pods.filter(({ node }) => node === 'node-2').map(({ state, reality }) => [state, reality])).toEqual([['ready', 'lost'], ['ready', 'lost']])
    const later = timeline.look(100_000, view)
    expect(later.machines[1]).toMatchObject({ on: false, ready: 'Unknown', taints: expect.arrayContaining(['node.kubernetes.io/unreachable:NoExecute']) as unknown })
    expect(later.pods.filter(({ node, ready }) => node === 'node-2' && ready)).toEqual([])
  })

  it('differ on a machine that is cut off: its Pods go on serving, told to end or not', () => {
    const timeline = history({ at: 30_000, op: 'cutMachine', node: 'node-1' })
    const later = timeline.look(500_000, view)
    expect(later.machines[0]).toMatchObject({ on: true, cut: true, ready: 'Unknown' })
    const there = later.pods.filter(({ node }) => node === 'node-1')
    expect(there.map(({ state, reality }) => [state, reality])).toEqual([['terminating', 'serving'], ['terminating', 'serving']])
  })
})

describe('what users lose', () => {
  const second = (at: number, lost = 0) => ({ at, served: 10, lost })

  it('goes on through the seconds between two losses, and is over when none came for a while', () => {
    const seconds = [second(1), second(2, 1), second(3), second(4, 1), second(5), second(6), second(7), second(8), second(9)]
    expect(seconds.map((_, i) => losses(seconds.slice(0, i + 1), 2)[0])).toEqual(['safe', ...Array.from({ length: 7 }).fill('losing'), 'safe'])
  })

  it('is counted in words that count', () => {
    expect(losses([second(9)], 1)[1]).toBe('No request is lost any more; 1 was.')
    expect(losses([second(9)], 9166)[1]).toBe('No request is lost any more; 9,166 were.')
    expect([0, 999, 1000, 1_234_567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567'])
  })
})
