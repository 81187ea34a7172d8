import { describe, expect, it } from 'vitest'
import { kubelet } from '../node/kubelet.ts'
import { addMachine } from '../node/machine.ts'
import { podMetrics } from '../node/metrics.ts'
import { createKernel } from '../timeline/kernel.ts'
import type { Actor, Kernel } from '../timeline/kernel.ts'
import { proxy } from './proxy.ts'
import { networkOf, totals } from './requests.ts'

const user: Actor<null> = {
  name: 'user',
  watches: [],
  start: () => null,
  observe: () => {},
  run: () => {},
  operations: {
    pod: ({ name, nodeName, app, container }, { api }) => void api.create('Pod', { metadata: { name, labels: { app } }, spec: { nodeName, containers: [{ name: 'c', image: 'web:1', ...container as object }] } }, 'user'),
    service: ({ name }, { api }) => void api.create('Service', { metadata: { name }, spec: { selector: { app: name }, ports: [{ port: 80 }] } }, 'user'),
    /** says which Pods are ready, as its controller would */
    slice({ name, pods }, { api }) {
      const endpoints = (pods as string[]).map(pod => api.get('Pod', 'default', pod)!).map(({ metadata, spec, status }) => ({ addresses: [status.podIP!], conditions: { ready: true }, nodeName: spec.nodeName, targetRef: { kind: 'Pod', name: metadata.name, namespace: 'default', uid: metadata.uid } }))
      const old = api.get('EndpointSlice', 'default', String(name))
      if (old)
        api.update('EndpointSlice', { ...old, endpoints }, 'user')
      else
        api.create('EndpointSlice', { metadata: { name, labels: { 'kubernetes.io/service-name': name } }, addressType: 'IPv4', ports: [{ port: 80 }], endpoints }, 'user')
    },
    remove: ({ name }, { api }) => void api.delete('Pod', 'default', String(name), {}, 'user'),
  },
}

/** Two machines; Pods of a Service on them in turn, all of them ready after 20 s. */
function cluster(apps: Record<string, object[]>): Kernel {
  const kernel = createKernel([kubelet as Actor, proxy as Actor, user as Actor], {
    seed: 7,
    world(world) {
      world.metrics = true
      addMachine(world, { name: 'node-1' })
      addMachine(world, { name: 'node-2' })
    },
  })
  for (const [app, containers] of Object.entries(apps)) {
    kernel.operate({ op: 'service', name: app })
    containers.forEach((container, i) => kernel.operate({ op: 'pod', name: `${app}-${i + 1}`, app, nodeName: `node-${i % 2 + 1}`, container }))
  }
  kernel.runUntil(19_000)
  for (const [app, containers] of Object.entries(apps))
    kernel.operate({ op: 'slice', name: app, pods: containers.map((_, i) => `${app}-${i + 1}`) })
  kernel.runUntil(20_000)
  return kernel
}
const traffic = (kernel: Kernel, service: string, rps: number) => kernel.operate({ op: 'traffic', name: 't', service, rps })
const outcomes = (kernel: Kernel) => Object.fromEntries(Object.entries(totals(networkOf(kernel.state.world), 't')).filter(([, count]) => count))
const cpu = (kernel: Kernel, name: string) => podMetrics(kernel.state.world, kernel.state.now, kernel.api.get('Pod', 'default', name)!.spec.nodeName, kernel.api.get('Pod', 'default', name)!.metadata.uid)?.containers.c?.cpu

describe('requests', () => {
  it('go to the Pods of a Service by chance, about as many to each', () => {
    const kernel = cluster({ web: [{}, {}] })
    traffic(kernel, 'web', 40)
    kernel.runUntil(60_500)
    expect(outcomes(kernel)).toEqual({ ok: 1619 })
    const used = [cpu(kernel, 'web-1')!, cpu(kernel, 'web-2')!]
    // 40 requests a second of 10 ms each, and what both use at rest
    expect(used[0]! + used[1]!).toBeCloseTo(402, -1)
    expect(Math.min(...used)).toBeGreaterThan(150)
  })

  it('wait for each other, and their senders not for ever', () => {
    const kernel = cluster({ web: [{}] })
    traffic(kernel, 'web', 200)
    kernel.runUntil(60_000)
    const seconds = networkOf(kernel.state.world).seconds.get('t')!
    expect(seconds[1]!.longest).toBeLessThan(1200)
    expect(seconds.at(-2)!.counts).toEqual({ timeout: 200 })
    expect(cpu(kernel, 'web-1')).toBe(1000)
  })

  it('take longer where a limit slows their program down', () => {
    const kernel = cluster({ web: [{ resources: { limits: { cpu: '250m' } } }] })
    traffic(kernel, 'web', 1)
    kernel.runUntil(30_000)
    const { latency, counts } = networkOf(kernel.state.world).seconds.get('t')!.at(-1)!
    expect(latency / counts.ok!).toBe(52)
  })

  it('are refused where a Service has no endpoint, or there is no Service', () => {
    const kernel = cluster({ web: [] })
    traffic(kernel, 'web', 10)
    kernel.operate({ op: 'traffic', name: 'other', service: 'nobody', rps: 10 })
    kernel.runUntil(21_000)
    expect(outcomes(kernel)).toEqual({ refused: 10 })
    expect(totals(networkOf(kernel.state.world), 'other').unknown).toBe(10)
  })

  it('are lost on the way to a dead machine until its endpoints are gone', () => {
    const kernel = cluster({ web: [{}, {}] })
    traffic(kernel, 'web', 50)
    kernel.runUntil(30_000)
    kernel.operate({ op: 'stopMachine', node: 'node-2' })
    kernel.runUntil(40_000)
    const lost = outcomes(kernel).timeout!
    expect(lost).toBeGreaterThan(150)
    kernel.operate({ op: 'slice', name: 'web', pods: ['web-1'] })
    kernel.runUntil(43_000)
    const rest = outcomes(kernel).timeout!
    kernel.runUntil(60_000)
    expect(outcomes(kernel).timeout).toBe(rest)
  })

  it('are refused by a Pod that ends but is still asked', () => {
    const kernel = cluster({ web: [{}] })
    traffic(kernel, 'web', 50)
    kernel.runUntil(30_000)
    kernel.operate({ op: 'remove', name: 'web-1' })
    kernel.runUntil(35_000)
    expect(outcomes(kernel)).toEqual({ ok: 500, refused: 250 })
  })

  it('break when their container is killed', () => {
    const kernel = cluster({ web: [{}] })
    traffic(kernel, 'web', 150)
    kernel.runUntil(21_000)
    kernel.operate({ op: 'killContainer', pod: 'web-1' })
    kernel.runUntil(21_900)
    expect(outcomes(kernel).reset).toBeGreaterThan(20)
  })

  it('are answered with errors by a version that is broken', () => {
    const kernel = cluster({ web: [{ image: 'web:3' }] })
    traffic(kernel, 'web', 10)
    kernel.runUntil(21_050)
    expect(outcomes(kernel)).toEqual({ error: 10 })
  })

  it('go on to what their program asks, and fail with it', () => {
    const kernel = cluster({ api: [{ image: 'api:1' }], db: [{ image: 'db:1' }] })
    traffic(kernel, 'api', 10)
    kernel.runUntil(30_000)
    const { latency, counts } = networkOf(kernel.state.world).seconds.get('t')!.at(-1)!
    // 1 + 8 to the API, 1 + 2 + 4 + 1 to the database, 5 + 1 back
    expect(latency / counts.ok!).toBe(23)
    kernel.operate({ op: 'stopMachine', node: 'node-1' })
    kernel.runUntil(40_000)
    expect(outcomes(kernel)).toEqual({ ok: 99, timeout: 81 })
  })
})
