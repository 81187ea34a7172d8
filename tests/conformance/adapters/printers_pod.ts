// Cases of Pods as rows.
import type { ContainerState, PodCondition } from 'kubernetes-types/core/v1'
import type { Pod } from '../../../cluster/api/objects.ts'
import { row } from '../../../cluster/printers/rows.ts'
import { stamp } from '../../../cluster/timeline/clock.ts'
import { equal, only, table } from '../run.ts'

interface GivenStatus { name?: string, ready?: boolean, restartCount?: number, state?: ContainerState, lastFinishedAgo?: number, started?: boolean }
type GivenContainers = number | (string | { name: string, restartPolicy?: string })[]
interface Given {
  name: string
  containers?: GivenContainers
  initContainers?: GivenContainers
  phase: string
  reason?: string
  containerStatuses?: GivenStatus[]
  initContainerStatuses?: GivenStatus[]
  conditions?: PodCondition[]
  deletedAgo?: number
  nodeName?: string
  podIPs?: string[]
  nominatedNodeName?: string
  readinessGates?: string[]
}

/** Twenty days after the cluster began: everything that a case says of the past lies behind it. */
const NOW = 20 * 86_400_000
const ago = (seconds: number) => stamp(NOW - seconds * 1000)

const containers = (given: GivenContainers = 0) => typeof given === 'number' ? Array.from({ length: given }, () => ({ name: '' })) : given.map(each => typeof each === 'string' ? { name: each } : only(each, 'name restartPolicy'))
const statuses = (given: GivenStatus[] = []) => given.map((each) => {
  const { lastFinishedAgo, name = '', ...rest } = only(each, 'name ready restartCount state lastFinishedAgo started')
  return { name, ready: false, restartCount: 0, ...rest, ...(lastFinishedAgo !== undefined && { lastState: { terminated: { finishedAt: ago(lastFinishedAgo) } } }) }
})

function podOf(given: Given): Pod {
  const { name, phase, reason, conditions, deletedAgo, nodeName, podIPs, nominatedNodeName, readinessGates } = only(given, 'name containers initContainers phase reason containerStatuses initContainerStatuses conditions deletedAgo nodeName podIPs nominatedNodeName readinessGates')
  return {
    kind: 'Pod',
    metadata: { name, ...(deletedAgo !== undefined && { deletionTimestamp: ago(deletedAgo) }) },
    spec: { containers: containers(given.containers), initContainers: containers(given.initContainers), nodeName, readinessGates: readinessGates?.map(conditionType => ({ conditionType })) },
    status: { phase, reason, conditions, nominatedNodeName, podIPs: podIPs?.map(ip => ({ ip })), containerStatuses: statuses(given.containerStatuses), initContainerStatuses: statuses(given.initContainerStatuses) },
  } as unknown as Pod
}

const cells = (wide: boolean) => table<{ pod: Given, cells: (string | number)[], rowCompleted?: string }>('comment pod cells rowCompleted', ({ pod, cells: expected, rowCompleted }) => {
  const { cells, completed } = row(podOf(pod), NOW, wide)
  equal(cells, expected)
  equal(completed, rowCompleted, 'completed')
})

/** Whether a row says that its Pod is done is compared where the table says so. */
const loose = (wide: boolean) => table<{ pod: Given, cells: (string | number)[] }>('comment pod cells rowCompleted', ({ pod, cells: expected }) => equal(row(podOf(pod), NOW, wide).cells, expected))

export const tables = { pod: cells(false), podSidecars: cells(false), podWide: loose(true), podConditions: cells(false) }
