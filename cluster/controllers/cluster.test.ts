// The controllers beside each other: nodes that die, owners that go, Services, autoscalers, namespaces.
import { describe, expect, it } from 'vitest'
import { selectorFromSet } from '../api/labels.ts'
import type { Event, HorizontalPodAutoscaler, Node } from '../api/objects.ts'
import { scheduler } from '../scheduler/scheduler.ts'
import type { Kernel } from '../timeline/kernel.ts'
import type { MetricsSource } from './autoscaler/metrics.ts'
import { isPodActive } from './pods.ts'
import { controllers, deploymentOf, toyKernel } from './toy.ts'

function start(nodes: readonly string[] = ['node-1', 'node-2', 'node-3'], measure: MetricsSource = () => undefined): Kernel {
  const kernel = toyKernel([...controllers(measure), scheduler], nodes)
  kernel.runUntil(6000)
  return kernel
}
const run = (kernel: Kernel, seconds: number) => kernel.runUntil(kernel.state.now + seconds * 1000)
const stop = (kernel: Kernel, ...nodes: string[]) => nodes.forEach(node => kernel.operate({ op: 'stop', node }))
const wake = (kernel: Kernel) => stop(kernel, '')
function create(kernel: Kernel, kind: 'Deployment' | 'Service' | 'HorizontalPodAutoscaler' | 'Namespace' | 'ConfigMap', manifest: object) {
  kernel.api.create(kind, manifest, 'user')
  wake(kernel)
}
const messages = (kernel: Kernel, reason: string) => (kernel.api.list('Event') as Event[]).filter(event => event.reason === reason).map(event => event.message!)
const taints = ({ spec }: Node) => (spec.taints ?? []).map(each => `${each.key.split('/')[1]}:${each.effect}`).sort()
const driven = (kernel: Kernel) => kernel.api.list('Node').filter(node => taints(node).includes('unreachable:NoExecute')).map(node => node.metadata.name)
const names = (count: number, from = 1) => Array.from({ length: count }, (_, i) => `node-${String(i + from).padStart(3, '0')}`)

describe('a node that falls silent', () => {
  it('counts as down after 50 s, and its Pods leave 300 s later', () => {
    const kernel = start()
    create(kernel, 'Deployment', deploymentOf('web', 'app:1', 6))
    run(kernel, 4)
    stop(kernel, 'node-1')
    run(kernel, 39)
    expect(taints(kernel.api.get('Node', '', 'node-1')!)).toEqual([])
    run(kernel, 17)
    const node = kernel.api.get('Node', '', 'node-1')!
    expect(node.status.conditions!.find(each => each.type === 'Ready')).toMatchObject({ status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' })
    expect(taints(node)).toEqual(['unreachable:NoExecute', 'unreachable:NoSchedule'])
    expect(messages(kernel, 'NodeNotReady')).toEqual(expect.arrayContaining(['Node node-1 status is now: NodeNotReady', 'Node is not ready']))
    run(kernel, 290)
    expect(kernel.api.list('Pod', { node: 'node-1' }).filter(isPodActive)).toHaveLength(2)
    run(kernel, 20)
    expect(kernel.api.list('Pod', { node: 'node-1' }).filter(isPodActive)).toHaveLength(0)
    expect(messages(kernel, 'TaintManagerEviction')[0]).toMatch(/^Marking for deletion Pod default\/web-/)
    expect(kernel.api.get('Deployment', 'default', 'web')!.status.availableReplicas).toBe(6)
  })

  it('keeps its Pods if it is back in time', () => {
    const kernel = start()
    create(kernel, 'Deployment', deploymentOf('web', 'app:1', 6))
    run(kernel, 4)
    stop(kernel, 'node-1')
    run(kernel, 120)
    expect(driven(kernel)).toEqual(['node-1'])
    kernel.operate({ op: 'resume', node: 'node-1' })
    run(kernel, 6)
    expect(taints(kernel.api.get('Node', '', 'node-1')!)).toEqual([])
    expect(messages(kernel, 'TaintManagerEviction').filter(text => text.startsWith('Cancelling deletion of Pod default/web-'))).toHaveLength(2)
    run(kernel, 400)
    expect(kernel.api.list('Pod', { node: 'node-1' })).toHaveLength(2)
  })

  it('is one of few: one is driven empty every 10 s', () => {
    const kernel = start(names(20))
    stop(kernel, ...names(4))
    run(kernel, 57)
    expect(driven(kernel)).toHaveLength(1)
    run(kernel, 10)
    expect(driven(kernel)).toHaveLength(2)
    run(kernel, 20)
    expect(driven(kernel)).toHaveLength(4)
  })

  it('is one of most of a small cluster: none is driven empty any more', () => {
    const kernel = start(names(10))
    stop(kernel, ...names(6))
    run(kernel, 300)
    expect(driven(kernel).length).toBeLessThanOrEqual(1)
  })

  it('is one of most of a large cluster: one is driven empty every 100 s', () => {
    const kernel = start(names(60))
    stop(kernel, ...names(40))
    run(kernel, 57)
    const first = driven(kernel).length
    run(kernel, 400)
    expect(driven(kernel).length - first).toBe(4)
  })

  it('is one of all: nobody is driven off, since it may be the network', () => {
    const kernel = start(names(3))
    create(kernel, 'Deployment', deploymentOf('web', 'app:1', 3))
    run(kernel, 3)
    stop(kernel, ...names(3))
    run(kernel, 1000)
    expect(driven(kernel)).toEqual([])
    expect(kernel.api.list('Pod').filter(isPodActive)).toHaveLength(3)
  })

  it('is drained of Pods when it is taken out of the cluster', () => {
    const kernel = start()
    create(kernel, 'Deployment', deploymentOf('web', 'app:1', 3))
    run(kernel, 3)
    stop(kernel, 'node-1')
    kernel.api.delete('Node', '', 'node-1', {}, 'user')
    wake(kernel)
    run(kernel, 100)
    expect(kernel.api.get('Lease', 'kube-node-lease', 'node-1')).toBeUndefined()
    expect(kernel.api.list('Pod', { node: 'node-1' })).toEqual([])
    expect(kernel.api.list('Pod').filter(isPodActive)).toHaveLength(3)
    expect(messages(kernel, 'RemovingNode')).toEqual(['Node node-1 event: Removing Node node-1 from Controller'])
  })
})

describe('what is owned', () => {
  const owned = (kernel: Kernel) => [kernel.api.list('Deployment').length, kernel.api.list('ReplicaSet').length, kernel.api.list('Pod').length]
  function started() {
    const kernel = start()
    create(kernel, 'Deployment', deploymentOf('web', 'app:1', 3))
    run(kernel, 3)
    expect(owned(kernel)).toEqual([1, 1, 3])
    return kernel
  }
  const remove = (kernel: Kernel, propagationPolicy?: 'Background' | 'Foreground' | 'Orphan') => {
    kernel.api.delete('Deployment', 'default', 'web', { propagationPolicy }, 'user')
    wake(kernel)
  }

  it('goes after its owner', () => {
    const kernel = started()
    remove(kernel, 'Background')
    expect(owned(kernel)).toEqual([0, 1, 3])
    run(kernel, 3)
    expect(owned(kernel)).toEqual([0, 0, 0])
  })

  it('goes before its owner where that waits for it', () => {
    const kernel = started()
    remove(kernel, 'Foreground')
    run(kernel, 0.3)
    expect(owned(kernel)).toEqual([1, 1, 3])
    run(kernel, 3)
    expect(owned(kernel)).toEqual([0, 0, 0])
  })

  it('stays where it is let go', () => {
    const kernel = started()
    remove(kernel, 'Orphan')
    run(kernel, 3)
    expect(owned(kernel)).toEqual([0, 1, 3])
    expect(kernel.api.list('ReplicaSet')[0]!.metadata.ownerReferences).toBeUndefined()
    create(kernel, 'Deployment', deploymentOf('web', 'app:1', 3))
    run(kernel, 3)
    expect(owned(kernel)).toEqual([1, 1, 3])
  })

  it('is collected where its owner never was', () => {
    const kernel = start()
    create(kernel, 'ConfigMap', { metadata: { name: 'lost', ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'nobody', uid: 'none' }] }, data: {} })
    run(kernel, 1)
    expect(kernel.api.get('ConfigMap', 'default', 'lost')).toBeUndefined()
  })

  it('goes with its namespace', () => {
    const kernel = start()
    create(kernel, 'Namespace', { metadata: { name: 'shop' } })
    create(kernel, 'Deployment', { ...deploymentOf('web', 'app:1', 3), metadata: { name: 'web', namespace: 'shop' } })
    run(kernel, 3)
    kernel.api.delete('Namespace', '', 'shop', {}, 'user')
    wake(kernel)
    run(kernel, 10)
    expect(kernel.api.get('Namespace', '', 'shop')).toBeUndefined()
    expect(owned(kernel)).toEqual([0, 0, 0])
  })
})

describe('a Service', () => {
  const service = { metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } }
  const slices = (kernel: Kernel) => kernel.api.list('EndpointSlice', { namespace: 'default', labels: selectorFromSet({ 'kubernetes.io/service-name': 'web' }) })

  it('knows its Pods, ready or not, and those that end', () => {
    const kernel = start()
    create(kernel, 'Service', service)
    run(kernel, 1)
    expect(slices(kernel)).toHaveLength(1)
    expect(slices(kernel)[0]!.endpoints).toEqual([])
    create(kernel, 'Deployment', deploymentOf('web', 'app:1', 3))
    run(kernel, 3)
    const [slice] = slices(kernel)
    expect(slice!.metadata.name).toMatch(/^web-[a-z0-9]{5}$/)
    expect(slice!.ports).toEqual([{ name: '', port: 8080, protocol: 'TCP' }])
    expect(slice!.endpoints.map(each => each.conditions)).toEqual(Array.from({ length: 3 }, () => ({ ready: true, serving: true, terminating: false })))
    const gone = kernel.api.list('Pod')[0]!.metadata.name
    kernel.api.delete('Pod', 'default', gone, {}, 'user')
    wake(kernel)
    run(kernel, 0.3)
    expect(slices(kernel)[0]!.endpoints.find(each => each.targetRef!.name === gone)!.conditions).toEqual({ ready: false, serving: true, terminating: true })
    run(kernel, 3)
    expect(slices(kernel)[0]!.endpoints).toHaveLength(3)
    stop(kernel, 'node-1')
    run(kernel, 60)
    const ready = slices(kernel)[0]!.endpoints.filter(each => each.conditions!.ready)
    expect(ready.every(each => each.nodeName !== 'node-1')).toBe(true)
    expect(ready.length).toBeLessThan(3)
    kernel.api.delete('Service', 'default', 'web', {}, 'user')
    wake(kernel)
    run(kernel, 1)
    expect(slices(kernel)).toEqual([])
  })

  it('shares many Pods among slices of at most 100', () => {
    const kernel = start()
    create(kernel, 'Service', service)
    create(kernel, 'Deployment', deploymentOf('web', 'app:1', 230))
    run(kernel, 5)
    const sizes = slices(kernel).map(each => each.endpoints.length)
    expect(sizes.reduce((sum, each) => sum + each)).toBe(230)
    expect(sizes).toHaveLength(3)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100)
  })
})

describe('an autoscaler', () => {
  const hpa = (spec: object = {}) => ({ metadata: { name: 'web' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 10, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }], ...spec } })
  /** Every Pod uses its share of this many millicores. */
  function scaled(load: (now: number) => number, spec: object = {}) {
    let kernel: Kernel | undefined
    const measure: MetricsSource = (_, now) => ({ at: now - 1000, window: 15_000, containers: { main: { cpu: Math.round(load(now) / kernel!.api.list('Pod').filter(isPodActive).length), memory: 0 } } })
    kernel = start(undefined, measure)
    create(kernel, 'Deployment', deploymentOf('web', 'app:1', 2, {}, { resources: { requests: { cpu: '100m' } } }))
    run(kernel, 60)
    create(kernel, 'HorizontalPodAutoscaler', hpa(spec))
    return kernel
  }
  const size = (kernel: Kernel) => kernel.api.get('Deployment', 'default', 'web')!.spec.replicas
  const status = (kernel: Kernel) => kernel.api.get('HorizontalPodAutoscaler', 'default', 'web')!.status
  const condition = ({ conditions }: HorizontalPodAutoscaler['status'], type: string) => conditions!.find(each => each.type === type)!

  it('stands still where another looks at the same Pods, as the other does, until it is alone', () => {
    const kernel = scaled(() => 400)
    kernel.api.create('HorizontalPodAutoscaler', { ...hpa({}), metadata: { name: 'web2', namespace: 'default' } }, 'user')
    wake(kernel)
    run(kernel, 60)
    const before = size(kernel)
    run(kernel, 120)
    expect(size(kernel)).toBe(before)
    const message = 'pods by selector app=web are controlled by multiple HPAs: [default/web default/web2]'
    for (const name of ['web', 'web2'])
      expect(condition(kernel.api.get('HorizontalPodAutoscaler', 'default', name)!.status, 'ScalingActive')).toMatchObject({ status: 'False', reason: 'AmbiguousSelector', message })
    expect(messages(kernel, 'AmbiguousSelector')).toContain(message)
    expect(messages(kernel, 'FailedComputeMetricsReplicas')).toContain(message)
    kernel.api.delete('HorizontalPodAutoscaler', 'default', 'web2', {}, 'user')
    run(kernel, 60)
    expect(size(kernel)).toBeGreaterThan(before)
    expect(condition(status(kernel), 'ScalingActive')).toMatchObject({ status: 'True' })
  })

  it('looks every 15 s, grows at once and shrinks after five minutes', () => {
    let load = 100
    const kernel = scaled(() => load)
    run(kernel, 14)
    expect(status(kernel).conditions).toBeUndefined()
    run(kernel, 2)
    expect(status(kernel)).toMatchObject({ currentReplicas: 2, desiredReplicas: 2, currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 50, averageValue: '50m' } } }] })
    expect(condition(status(kernel), 'ScalingActive')).toMatchObject({ status: 'True', message: 'the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)' })
    load = 400
    run(kernel, 15)
    expect(size(kernel)).toBe(4)
    expect(condition(status(kernel), 'ScalingLimited')).toMatchObject({ status: 'True', reason: 'ScaleUpLimit' })
    run(kernel, 60)
    expect(size(kernel)).toBe(8)
    expect(messages(kernel, 'SuccessfulRescale')).toContain('New size: 4; reason: cpu resource utilization (percentage of request) above target')
    load = 20
    run(kernel, 280)
    expect(size(kernel)).toBe(8)
    expect(condition(status(kernel), 'AbleToScale').reason).toBe('ScaleDownStabilized')
    run(kernel, 60)
    expect(size(kernel)).toBe(2)
    expect(messages(kernel, 'SuccessfulRescale')).toContain('New size: 2; reason: All metrics below target')
  })

  it('keeps to its rules', () => {
    const kernel = scaled(() => 400, { behavior: { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } } })
    run(kernel, 16)
    expect(size(kernel)).toBe(3)
    run(kernel, 55)
    expect(size(kernel)).toBe(3)
    run(kernel, 10)
    expect(size(kernel)).toBe(4)
  })

  it('says what it cannot know', () => {
    const kernel = start()
    create(kernel, 'HorizontalPodAutoscaler', hpa())
    run(kernel, 16)
    expect(status(kernel).currentMetrics).toBeNull()
    expect(condition(status(kernel), 'AbleToScale')).toMatchObject({ status: 'False', reason: 'FailedGetScale', message: 'the HPA controller was unable to get the target\'s current scale: deployments.apps "web" not found' })
    create(kernel, 'Deployment', deploymentOf('web', 'app:1', 2, {}, { resources: { requests: { cpu: '100m' } } }))
    run(kernel, 30)
    expect(condition(status(kernel), 'ScalingActive')).toMatchObject({ status: 'False', reason: 'FailedGetResourceMetric', message: 'the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API' })
    expect(messages(kernel, 'FailedComputeMetricsReplicas')[0]).toBe('invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API')
    // what cannot be read keeps its place
    expect(status(kernel).currentMetrics).toEqual([{ type: '' }])
    // where there is no metrics server, nobody has the resource
    kernel.state.world.metrics = false
    run(kernel, 30)
    expect(condition(status(kernel), 'ScalingActive').message).toBe('the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)')
  })
})
