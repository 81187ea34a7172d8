// Cases of the ReplicaSet controller: which Pods go first, and how carefully Pods are made.
import { stamp } from '../../../cluster/timeline/clock.ts'
import type { Pod } from '../../../cluster/api/objects.ts'
import { compareForDeletion, podsToDelete } from '../../../cluster/controllers/replicaset/ranking.ts'
import { slowStart } from '../../../cluster/controllers/replicaset/slowstart.ts'
import { equal, only, table } from '../run.ts'

const DAY = 86_400
/** Late enough for Pods of a month ago, virtual ms. */
const NOW = 100 * DAY * 1000

type Ago = number | '-1 month' | null | undefined
interface Given { name?: string, nodeName: string, phase: string, ready: boolean | null, readySince?: Ago, created?: Ago, restarts?: number, sideRestarts?: number, deletionCost?: string }

const when = (ago: Ago) => ago === null || ago === undefined ? undefined : stamp(NOW + (ago === '-1 month' ? -30 * DAY : ago) * 1000)

function pod(given: Given): Pod {
  const { name = '', nodeName, phase, ready, readySince, created, restarts = 0, sideRestarts = 0, deletionCost } = only(given, 'name nodeName phase ready readySince created restarts sideRestarts deletionCost')
  if (!['Pending', 'Unknown', 'Running'].includes(phase))
    throw new Error(`no active Pod is in the phase "${phase}"`)
  const status = (of: string, restartCount: number) => ({ name: of, restartCount, image: '', imageID: '', ready: true })
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid: '', resourceVersion: '1', creationTimestamp: when(created) as string, ...(deletionCost !== undefined && { annotations: { 'controller.kubernetes.io/pod-deletion-cost': deletionCost } }) },
    spec: { nodeName, containers: [{ name: 'main' }], initContainers: [{ name: 'side', ...{ restartPolicy: 'Always' } }], restartPolicy: 'Always', terminationGracePeriodSeconds: 30 },
    status: {
      phase: phase as 'Running',
      ...(ready !== null && { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: when(readySince) }] }),
      containerStatuses: [status('main', restarts)],
      initContainerStatuses: [status('side', sideRestarts)],
    },
  }
}

/** The Pods that the cases of podsToDelete name. */
const NAMED: Readonly<Record<string, Given>> = {
  'unscheduled-pending-pod': { nodeName: '', phase: 'Pending', ready: null },
  'scheduled-pending-pod': { nodeName: 'fake-node', phase: 'Pending', ready: null },
  'scheduled-running-not-ready-pod': { nodeName: 'fake-node', phase: 'Running', ready: false },
  'scheduled-running-ready-pod-on-node-1': { nodeName: 'fake-node-1', phase: 'Running', ready: true },
  'scheduled-running-ready-pod-on-node-2': { nodeName: 'fake-node-2', phase: 'Running', ready: true },
}
function named(name: string): Pod {
  const given = NAMED[name]
  if (!given)
    throw new Error(`nobody knows the Pod "${name}"`)
  return pod({ ...given, name })
}

export const tables = {
  equal: table<{ a: Given, b: Given }>('a b', ({ a, b }) => equal(compareForDeletion(pod(a), 1, pod(b), 1, NOW), 0)),
  less: table<{ lesser: Given, lesserRank: number, greater: Given, greaterRank: number }>('lesser lesserRank greater greaterRank', ({ lesser, lesserRank, greater, greaterRank }) => {
    equal(compareForDeletion(pod(lesser), lesserRank, pod(greater), greaterRank, NOW) < 0, true)
    equal(compareForDeletion(pod(greater), greaterRank, pod(lesser), lesserRank, NOW) > 0, true)
  }),
  slowStartBatch: table<{ name: string, count: number, callLimit: number, successes: number, err: boolean, calls: number }>('name count callLimit successes err calls', ({ count, callLimit, err, ...expected }) => {
    let made = 0
    const { error, ...counts } = slowStart(count, () => ++made > callLimit ? 'no more' : undefined)
    equal({ ...counts, err: error !== undefined, name: expected.name }, { ...expected, err })
  }),
  podsToDelete: table<{ name: string, pods: string[], related?: string[], diff: number, delete: string[] }>('name pods related diff delete', ({ pods, related = pods, diff, delete: expected }) =>
    equal(podsToDelete(pods.map(named), related.map(named), diff, NOW).map(each => each.metadata.name), expected)),
}
