// For tests of controllers alone, a kubelet: every Pod ready 1 s after it is bound (`slow`: 6 s, `nope`: never), gone 0.7 s after deletion.
import { microStamp, stamp } from '../timeline/clock.ts'
import type { Lease, Pod } from '../api/objects.ts'
import { createKernel } from '../timeline/kernel.ts'
import type { Actor, Context, Kernel } from '../timeline/kernel.ts'
import { horizontalPodAutoscaler } from './autoscaler/controller.ts'
import type { MetricsSource } from './autoscaler/metrics.ts'
import { deploymentController } from './deployment/controller.ts'
import { endpointSliceController } from './endpointslice/controller.ts'
import { garbageCollector } from './garbagecollector/controller.ts'
import { namespaceController } from './namespace/controller.ts'
import { nodeLifecycleController } from './nodelifecycle/controller.ts'
import { taintEvictionController } from './nodelifecycle/tainteviction.ts'
import { podGarbageCollector } from './podgc/controller.ts'
import { replicaSetController } from './replicaset/controller.ts'

const NAME = 'toy-kubelet'
const LEASES = 'kube-node-lease'

export interface ToyMemory { readonly stopped: Set<string>, addresses: number }

/** A node with the heartbeat of its kubelet. */
export function addNode({ api, now, enqueue }: Context<ToyMemory>, name: string, labels: Record<string, string> = {}): void {
  const capacity = { cpu: '4', memory: '8Gi', pods: '110' }
  const healthy = (type: string, status: string, reason: string) => ({ type, status, reason, lastHeartbeatTime: stamp(now), lastTransitionTime: stamp(now), message: '' })
  const made = api.create('Node', { metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } } }, NAME)
  api.updateStatus('Node', { ...made, status: { capacity, allocatable: capacity, conditions: [healthy('MemoryPressure', 'False', 'KubeletHasSufficientMemory'), healthy('Ready', 'True', 'KubeletReady')] } }, NAME)
  const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name, uid: made.metadata.uid }]
  api.create('Lease', { metadata: { name, namespace: LEASES, ownerReferences }, spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: microStamp(now) } }, NAME)
  enqueue(`lease ${name}`, 10_000)
}

function report(ctx: Context<ToyMemory>, pod: Pod) {
  const { api, now, memory } = ctx
  const at = stamp(now)
  const ip = `10.244.0.${++memory.addresses}`
  const conditions = [...(pod.status.conditions ?? []).filter(each => each.type === 'PodScheduled'), ...['Initialized', 'ContainersReady', 'Ready'].map(type => ({ type, status: 'True', lastTransitionTime: at }))]
  api.updateStatus('Pod', { ...pod, status: { ...pod.status, phase: 'Running', startTime: at, podIP: ip, podIPs: [{ ip }], conditions } }, NAME)
}

export function toyKubelet(nodes: readonly string[]): Actor<ToyMemory> {
  return {
    name: NAME,
    watches: ['Pod'],
    start(ctx) {
      const made = { ...ctx, memory: { stopped: new Set<string>(), addresses: 0 }, enqueue: ctx.enqueue, now: 0 }
      for (const name of nodes)
        addNode(made, name)
      return made.memory
    },
    observe({ type, object, old }, { enqueue }) {
      const pod = object as Pod
      const key = `${pod.metadata.namespace}/${pod.metadata.name}`
      if (type === 'DELETED' || !pod.spec.nodeName)
        return
      const image = pod.spec.containers[0]!.image!
      if (pod.metadata.deletionTimestamp)
        enqueue(`gone ${key}`, 700)
      else if (!(old as Pod | undefined)?.spec.nodeName && !image.includes('nope'))
        enqueue(`ready ${key}`, image.startsWith('slow') ? 5900 : 900)
    },
    run(key, ctx) {
      const { api, memory, enqueue, now } = ctx
      const [what, name] = key.split(' ') as [string, string]
      if (what === 'lease') {
        const lease = api.get('Lease', LEASES, name)
        if (lease && !memory.stopped.has(name)) {
          api.update('Lease', { ...lease, spec: { ...lease.spec, renewTime: microStamp(now) } } as Lease, NAME)
          enqueue(key, 10_000)
        }
        return
      }
      const [namespace, podName] = name.split('/') as [string, string]
      const pod = api.get('Pod', namespace, podName)
      if (!pod || memory.stopped.has(pod.spec.nodeName ?? ''))
        return
      if (what === 'gone')
        api.delete('Pod', namespace, podName, { gracePeriodSeconds: 0 }, NAME)
      else if (!pod.metadata.deletionTimestamp)
        report(ctx, pod)
    },
    operations: {
      stop: ({ node }, { memory }) => void memory.stopped.add(node as string),
      resume({ node }, { memory, enqueue, api, now }) {
        memory.stopped.delete(node as string)
        enqueue(`lease ${String(node)}`, 0)
        const found = api.get('Node', '', node as string)!
        api.updateStatus('Node', { ...found, status: { ...found.status, conditions: found.status.conditions?.map(each => each.type === 'Ready' ? { ...each, status: 'True', reason: 'KubeletReady', lastHeartbeatTime: stamp(now), lastTransitionTime: stamp(now) } : { ...each, status: 'False' }) } }, NAME)
      },
      addNode: ({ node, labels }, ctx) => addNode(ctx, node as string, labels as Record<string, string>),
    },
  }
}

/** A kernel with a toy kubelet on some nodes beside these actors. */
export function toyKernel(actors: readonly unknown[], nodes: readonly string[] = ['node-1', 'node-2', 'node-3'], seed = 1): Kernel {
  return createKernel([toyKubelet(nodes), ...actors] as Actor[], { seed })
}

/** A Deployment's manifest. */
export function deploymentOf(name: string, image: string, replicas: number, spec: object = {}, container: object = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image, ...container }] } }, ...spec },
  }
}

/** What kube-controller-manager runs. @param measure where the autoscaler's measurements come from */
export function controllers(measure: MetricsSource): Actor[] {
  return [
    deploymentController,
    replicaSetController,
    endpointSliceController,
    horizontalPodAutoscaler(measure),
    nodeLifecycleController,
    taintEvictionController,
    garbageCollector,
    podGarbageCollector,
    namespaceController,
  ] as Actor[]
}
