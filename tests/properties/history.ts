// What holds of every write of a history, whatever was done: each fault is a sentence.
import type { AnyObject, ObjectOf, WatchEvent } from '../../cluster/index.ts'
import { maxSurge, minAvailable } from '../../cluster/controllers/deployment/limits.ts'
import { isPodActive, isPodReady, isPodTerminal } from '../../cluster/controllers/pods.ts'
import { byteValue, milliValue } from '../../cluster/api/amounts.ts'

type Pod = ObjectOf<'Pod'>
type Deployment = ObjectOf<'Deployment'>

/** ms: what a component may not have seen yet; what a controller may not have answered yet. */
const SEEN = 50
const ANSWERED = 2000

const controllerOf = ({ metadata }: AnyObject) => metadata.ownerReferences?.find(each => each.controller)?.uid
const isEmpty = (amounts: unknown) => amounts === undefined

/** What the Pods of this test ask for: millicores, bytes. */
export function asks({ spec }: Pod): { cpu: number, memory: number } {
  const sum = { cpu: 0, memory: 0 }
  for (const { resources } of spec.containers) {
    sum.cpu += milliValue(resources?.requests?.cpu as string | undefined)
    sum.memory += byteValue(resources?.requests?.memory as string | undefined)
  }
  return sum
}

/** What is missing on a node for these Pods; '' where there is room. */
export function missing({ status }: ObjectOf<'Node'>, pods: readonly Pod[]): string {
  const { allocatable } = status
  if (isEmpty(allocatable))
    return 'everything'
  const used = pods.map(asks)
  if (pods.length > Number(allocatable!.pods))
    return 'pods'
  if (used.reduce((sum, each) => sum + each.cpu, 0) > milliValue(allocatable!.cpu))
    return 'cpu'
  return used.reduce((sum, each) => sum + each.memory, 0) > byteValue(allocatable!.memory) ? 'memory' : ''
}

/** Whether a taint of a node keeps a Pod off. */
export const repels = ({ spec: { taints = [] } }: ObjectOf<'Node'>, { spec: { tolerations = [] } }: Pod) => taints.find(({ key, effect }) => effect !== 'PreferNoSchedule'
  && !tolerations.some(each => (each.key === undefined || each.key === key) && (!each.effect || each.effect === effect)))

/** A limit of a Deployment, and from when on it held. */
interface Limits { readonly at: number, readonly wanted: number, readonly most: number, readonly least: number }

/** @param calm whether nothing failed in it */
export function faultsOfHistory(log: readonly WatchEvent[], calm: boolean): string[] {
  const faults: string[] = []
  const live = new Map<string, AnyObject>()
  const gone = new Set<string>()
  const pods = new Map<string, Pod>()
  const nodes = new Map<string, { node: ObjectOf<'Node'>, before?: ObjectOf<'Node'>, since: number }>()
  const limits = new Map<string, Limits[]>()
  /** since when each ready Pod is so: what turned ready a moment ago may have been given up before that was seen */
  const since = new Map<string, number>()
  let at = 0
  let revision = 0

  const podsOf = (deployment: string) => [...pods.values()].filter((pod) => {
    const set = live.get(controllerOf(pod) ?? '')
    return set !== undefined && controllerOf(set) === deployment
  })
  /** What held at some time of the last while. */
  const recent = (uid: string) => {
    const all = limits.get(uid) ?? []
    return all.filter((_, i) => (all[i + 1]?.at ?? Infinity) > at - ANSWERED)
  }

  /** ms from ready to available; stamps have whole seconds */
  const settling = (uid: string) => ((live.get(uid) as Deployment | undefined)?.spec.minReadySeconds ?? -1) * 1000 + 1000

  function order({ type, kind, object, old }: WatchEvent, now: number) {
    const { uid, resourceVersion, name } = object.metadata
    const known = live.get(uid)
    if (now < at)
      faults.push(`${kind} ${name} is written at ${now} ms, after ${at} ms`)
    if (Number(resourceVersion) !== revision)
      faults.push(`${kind} ${name} carries the resourceVersion ${resourceVersion}, and is write ${revision}`)
    if (gone.has(uid) || (type === 'ADDED') !== !known)
      faults.push(`${kind} ${name} is ${type} though it ${gone.has(uid) ? 'is gone' : known ? 'is there' : 'is not there'}`)
    if (old?.metadata.resourceVersion !== known?.metadata.resourceVersion)
      faults.push(`${kind} ${name} replaces ${old?.metadata.resourceVersion}, and ${known?.metadata.resourceVersion} is what is there`)
  }

  function bound(pod: Pod) {
    const { name } = pod.metadata
    const seen = nodes.get(pod.spec.nodeName!)
    if (!seen)
      return faults.push(`Pod ${name} is bound to ${pod.spec.nodeName}, which is not there`)
    const { node, before, since } = seen
    const states = since > at - SEEN && before ? [node, before] : [node]
    const lacking = missing(node, [...pods.values()].filter(each => each.spec.nodeName === node.metadata.name && !isPodTerminal(each)))
    if (lacking)
      faults.push(`Pod ${name} is bound to ${node.metadata.name}, which has too little ${lacking} for it`)
    if (states.every(each => each.spec.unschedulable || repels(each, pod)))
      faults.push(`Pod ${name} is bound to ${node.metadata.name}, which takes none`)
    for (const key in pod.spec.nodeSelector) {
      if (node.metadata.labels?.[key] !== pod.spec.nodeSelector[key])
        faults.push(`Pod ${name} is bound to ${node.metadata.name}, which it did not select`)
    }
  }

  function addressed(pod: Pod) {
    const { podIP } = pod.status
    for (const other of pods.values()) {
      if (podIP && other.metadata.uid !== pod.metadata.uid && other.status.podIP === podIP && !isPodTerminal(other) && !isPodTerminal(pod))
        faults.push(`Pods ${pod.metadata.name} and ${other.metadata.name} both have the address ${podIP} at ${at} ms`)
    }
  }

  function ofPod(pod: Pod, old: Pod | undefined, isGone: boolean) {
    const { uid, name } = pod.metadata
    const deployment = controllerOf(live.get(controllerOf(pod) ?? '') ?? pod) ?? ''
    const ready = (each: Pod) => isPodActive(each) && isPodReady(each)
    if (isGone)
      pods.delete(uid)
    else
      pods.set(uid, pod)
    const turned = since.get(uid) ?? at
    if (!isGone && ready(pod))
      since.set(uid, turned)
    else
      since.delete(uid)
    if (old?.spec.nodeName && old.spec.nodeName !== pod.spec.nodeName)
      faults.push(`Pod ${name} moves from ${old.spec.nodeName} to ${pod.spec.nodeName}`)
    if (!isGone && pod.spec.nodeName && !old?.spec.nodeName)
      bound(pod)
    // the kubelet counts no Pod that the scheduler no longer counts
    if (!isGone && pod.status.reason?.startsWith('OutOf') && old?.status.reason !== pod.status.reason)
      faults.push(`Pod ${name} is turned away by ${pod.spec.nodeName}: ${pod.status.reason}`)
    if (!isGone && pod.status.podIP !== old?.status.podIP)
      addressed(pod)
    if (!limits.has(deployment))
      return
    if (!old) {
      const count = podsOf(deployment).filter(isPodActive).length
      const most = Math.max(...recent(deployment).map(each => each.most))
      if (count > most)
        faults.push(`Pod ${name} is one too many at ${at} ms: ${count}, and there may be ${most}`)
    }
    else if (calm && turned < at - SEEN - settling(deployment) && (isGone || !ready(pod))) {
      const count = podsOf(deployment).filter(ready).length
      const now = recent(deployment)
      const least = Math.min(...now.map(each => each.least))
      // what is scaled in the middle of a rollout is scaled in proportion, ready or not (upstream: DeploymentController.scale)
      const scaled = now.some(each => each.wanted !== now[0]!.wanted)
      if (count < least && !scaled && (live.get(deployment) as Deployment | undefined)?.metadata.deletionTimestamp === undefined)
        faults.push(`Pod ${name} is missing at ${at} ms: ${count} are ready, and ${least} have to be`)
    }
  }

  for (const event of log) {
    const { type, object, old } = event
    const { uid } = object.metadata
    if (event.revision !== ++revision)
      faults.push(`write ${event.revision} comes where ${revision} should`)
    order(event, event.at)
    at = event.at
    if (type === 'DELETED') {
      live.delete(uid)
      gone.add(uid)
    }
    else {
      live.set(uid, object)
    }
    if (object.kind === 'Node') {
      const before = nodes.get(object.metadata.name)?.node
      if (!before || JSON.stringify(before.spec) !== JSON.stringify(object.spec))
        nodes.set(object.metadata.name, { node: object, before, since: at })
      else
        nodes.get(object.metadata.name)!.node = object
    }
    else if (object.kind === 'Deployment') {
      const all = limits.get(uid) ?? []
      limits.set(uid, [...all, { at, wanted: object.spec.replicas, most: object.spec.replicas + maxSurge(object), least: minAvailable(object) }])
      if (type === 'DELETED')
        limits.delete(uid)
    }
    else if (object.kind === 'Pod') {
      ofPod(object, old as Pod | undefined, type === 'DELETED')
    }
  }
  return faults
}
