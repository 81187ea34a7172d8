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

  it('go by the last list that a node got, where no node hears of a newer one', () => {
    const kernel = cluster({ web: [{}, {}] })
    traffic(kernel, 'web', 10)
    for (const node of ['node-1', 'node-2'])
      kernel.operate({ op: 'cutMachine', node })
    kernel.operate({ op: 'slice', name: 'web', pods: [] })
    kernel.runUntil(30_000)
    const { ok, ...bad } = outcomes(kernel)
    expect(bad).toEqual({})
    expect(ok).toBeGreaterThan(95)
    // one that hears again knows that the list is empty, and that is where clients come in
    kernel.operate({ op: 'joinMachine', node: 'node-1' })
    kernel.runUntil(40_000)
    expect(outcomes(kernel).ok! - ok!).toBeLessThan(5)
    expect(outcomes(kernel).refused).toBeGreaterThan(95)
  })

  it('go by the newest list as long as one node hears, but for those of Pods on a node that does not', () => {
    const kernel = cluster({ web: [{}], api: [{ image: 'api:1' }], db: [{ image: 'db:1' }] })
    kernel.operate({ op: 'traffic', name: 't', service: 'api', rps: 10 })
    kernel.operate({ op: 'traffic', name: 'direct', service: 'db', rps: 10 })
    kernel.operate({ op: 'cutMachine', node: 'node-1' })
    kernel.operate({ op: 'slice', name: 'db', pods: [] })
    kernel.runUntil(20_500)
    const before = outcomes(kernel).ok ?? 0
    kernel.runUntil(30_000)
    // api runs on node-1, and still finds the database that others are told nothing of
    expect(outcomes(kernel).ok! - before).toBeGreaterThan(90)
    expect(outcomes(kernel).error).toBeUndefined()
    expect(totals(networkOf(kernel.state.world), 'direct').refused).toBeGreaterThan(90)
  })

  it('find no rules on a machine that was switched on without hearing anything', () => {
    const kernel = cluster({ web: [{}, {}] })
    traffic(kernel, 'web', 10)
    for (const node of ['node-1', 'node-2'])
      kernel.operate({ op: 'cutMachine', node })
    kernel.operate({ op: 'stopMachine', node: 'node-1' })
    kernel.operate({ op: 'stopMachine', node: 'node-2' })
    kernel.runUntil(30_000)
    kernel.operate({ op: 'startMachine', node: 'node-1' })
    kernel.runUntil(60_000)
    const { ok } = outcomes(kernel)
    kernel.runUntil(70_000)
    expect(outcomes(kernel).ok).toBe(ok)
    expect(outcomes(kernel).unknown).toBeGreaterThan(90)
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
