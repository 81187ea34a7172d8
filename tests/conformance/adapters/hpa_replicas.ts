// Cases of how many replicas a metric asks for.
import { stamp } from '../../../cluster/timeline/clock.ts'
import type { Pod } from '../../../cluster/api/objects.ts'
import { groupPods, replicasForAverage, replicasForShare, replicasForTotal, replicasForUtilization } from '../../../cluster/controllers/autoscaler/calculator.ts'
import type { Measured, Samples, Tolerances } from '../../../cluster/controllers/autoscaler/calculator.ts'
import { podSamples } from '../../../cluster/controllers/autoscaler/metrics.ts'
import type { PodMetrics } from '../../../cluster/controllers/autoscaler/metrics.ts'
import { equal, only, table } from '../run.ts'

const NOW = 100 * 86_400_000
/** The periods of upstream's tests. */
const periods = { initialization: 120_000, readiness: 10_000 }
const CONTAINERS = ['container1', 'container2']

interface Workload { name: string, current: number, target: number, tolerance?: Tolerances, ready?: boolean[], phase?: string[], startedAgo?: number[], deleted?: boolean[], requests?: number[] }

const names = (count: number) => Array.from({ length: count }, (_, i) => `test-pod-${i}`)

function pod(name: string, status: Partial<Pod['status']>, request?: number, deleted = false): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'test', uid: name, resourceVersion: '1', creationTimestamp: stamp(0), ...(deleted && { deletionTimestamp: stamp(NOW) }) },
    spec: {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      containers: CONTAINERS.map(container => ({ name: container, ...(request !== undefined && { resources: { requests: { cpu: `${request}m` } } }) })),
    },
    status: { phase: 'Running', ...status },
  }
}

function pods({ current, ready = [], phase = [], startedAgo = [], deleted = [], requests = [] }: Workload): Pod[] {
  return names(Math.max(current, phase.length)).map((name, i) => pod(name, {
    phase: (phase[i] ?? 'Running') as 'Running',
    startTime: startedAgo[i] === undefined ? stamp(0) : stamp(NOW - startedAgo[i] * 1000),
    conditions: [{ type: 'Ready', status: ready[i] === false ? 'False' : 'True', lastTransitionTime: stamp(0) }],
  }, requests[i], deleted[i]))
}

const measured = (given: Workload, samples: Samples): Measured => ({ pods: pods(given), samples, current: given.current, now: NOW, periods, ...(given.tolerance && { tolerances: only(given.tolerance, 'up down') }) })

interface Resource extends Workload { levels: number[][], container?: string, podNames?: string[], expect?: { replicas: number, utilization: number, raw: number }, err?: string }

function resource(given: Resource) {
  const { levels, container, podNames = [], target, expect, err } = given
  const go = () => {
    const metrics = new Map<string, PodMetrics>(levels.map((uses, i) => [podNames[i] ?? `test-pod-${i}`, {
      at: 0,
      window: 60_000,
      containers: Object.fromEntries(uses.map((cpu, j) => [CONTAINERS[j]!, { cpu }])),
    }]))
    const { replicas, use, raw } = replicasForUtilization(measured(given, podSamples(metrics, 'cpu', container)), 'cpu', target, container)
    return { replicas, utilization: use, raw }
  }
  if (err === undefined)
    return equal(go(), expect)
  let message = 'no error'
  try {
    go()
  }
  catch (error) {
    message = (error as Error).message
  }
  equal(message.includes(err), true, `"${message}" with "${err}"`)
}

interface Custom extends Workload { type: string, levels: number[], expect: { replicas: number, usage: number } }

function custom(given: Custom) {
  const { type, levels, current, target, tolerance, expect } = given
  const value = levels[0]!
  if (type === 'pods') {
    const samples: Samples = new Map(levels.map((level, i) => [`test-pod-${i}`, { value: level, at: 0, window: 60_000 }]))
    const { replicas, use } = replicasForAverage(measured(given, samples), '', target)
    return equal({ replicas, usage: use }, expect)
  }
  if (type === 'object' || type === 'external')
    return equal({ replicas: replicasForTotal(pods(given), current, value, target, tolerance), usage: value }, expect)
  if (type !== 'objectPerPod' && type !== 'externalPerPod')
    throw new Error(`nobody knows the type "${type}"`)
  const { replicas, use } = replicasForShare(current, value, target, tolerance)
  equal({ replicas, usage: use }, expect)
}

interface GroupedPod { name: string, phase: string, startedAgo?: number, ready?: { status: string, transitionAgo: number }, deleted?: boolean }
interface Grouped { name: string, pods: GroupedPod[], metrics: Record<string, { timestampAgo?: number, window?: number }>, resource: string, expect: { ready: number, unready: string[], missing: string[], ignored: string[] } }

function grouped({ pods: given, metrics, resource: of, expect }: Grouped) {
  const made = given.map(each => pod(only(each, 'name phase startedAgo ready deleted').name, {
    phase: each.phase as 'Running',
    ...(each.startedAgo !== undefined && { startTime: stamp(NOW - each.startedAgo * 1000) }),
    ...(each.ready && { conditions: [{ type: 'Ready', status: only(each.ready, 'status transitionAgo').status, lastTransitionTime: stamp(NOW - each.ready.transitionAgo * 1000) }] }),
  }, undefined, each.deleted))
  const samples: Samples = new Map(Object.entries(metrics).map(([name, each]) => [name, { value: 1, at: only(each, 'timestampAgo window').timestampAgo === undefined ? 0 : NOW - each.timestampAgo! * 1000, window: (each.window ?? 0) * 1000 }]))
  const { ready, unready, missing, ignored } = groupPods(made, samples, of, NOW, periods)
  equal({ ready, unready: [...unready].sort(), missing: [...missing].sort(), ignored: [...ignored].sort() }, { ...expect, unready: [...expect.unready].sort(), missing: [...expect.missing].sort(), ignored: [...expect.ignored].sort() })
}

const WORKLOAD = 'name current target tolerance ready phase startedAgo deleted requests levels'

export const tables = {
  resourceScale: table<Resource>(`${WORKLOAD} container podNames expect err`, resource),
  resource: table<Resource>(`${WORKLOAD} container podNames expect err`, resource),
  metric: table<Custom>(`${WORKLOAD} type expect`, custom),
  groupPods: table<Grouped>('name pods metrics resource expect', grouped),
}
