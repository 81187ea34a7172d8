// What a write says, as a sentence: the settled changes that somebody who cannot see the picture wants to hear of.
import type { Deployment, HorizontalPodAutoscaler, Node, Pod, ReplicaSet } from '../api/objects.ts'
import { BOOTSTRAP } from '../api/bootstrap.ts'
import type { WatchEvent } from '../api/store.ts'

export interface Sentence { readonly text: string, readonly major?: boolean }

const conditionOf = (object: { status: { conditions?: readonly { type: string, status: string }[] } } | undefined, type: string) => object?.status.conditions?.find(each => each.type === type)?.status
const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

/** Why a container waits, or what ended it, in the words of the API. */
function trouble(pod: Pod | undefined): string | undefined {
  for (const { state, lastState } of pod?.status.containerStatuses ?? []) {
    if (state?.waiting?.reason && !['ContainerCreating', 'PodInitializing'].includes(state.waiting.reason))
      return state.waiting.reason
    const ended = state?.terminated ?? lastState?.terminated
    if (state?.terminated && ended && ended.exitCode !== 0)
      return ended.reason
  }
  return undefined
}

function tellPod({ type, object, old }: WatchEvent): Sentence | undefined {
  const pod = object as Pod
  const before = old as Pod | undefined
  const name = `Pod ${pod.metadata.name}`
  const changed = <T>(of: (pod: Pod) => T) => of(pod) !== (before && of(before))
  if (type === 'ADDED')
    return { text: `${name} is asked for` }
  if (type === 'DELETED')
    return { text: `${name} is gone` }
  if (changed(each => each.metadata.deletionTimestamp))
    return before?.metadata.deletionTimestamp ? undefined : { text: `${name} is told to stop` }
  if (changed(each => each.spec.nodeName))
    return { text: `${name} goes to ${pod.spec.nodeName}` }
  const why = trouble(pod)
  if (why && why !== trouble(before))
    return { text: `${name}: ${why}`, major: true }
  if (changed(each => each.status.phase) && (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded'))
    return { text: `${name} has ${pod.status.phase === 'Failed' ? 'failed' : 'finished'}` }
  const ready = conditionOf(pod, 'Ready')
  if (ready !== conditionOf(before, 'Ready') && (ready === 'True' || conditionOf(before, 'Ready') === 'True'))
    return { text: `${name} is ${ready === 'True' ? 'ready' : 'not ready any more'}` }
  return undefined
}

function tellNode({ type, object, old }: WatchEvent): Sentence | undefined {
  const node = object as Node
  const before = old as Node | undefined
  const name = `Node ${node.metadata.name}`
  if (type !== 'MODIFIED')
    return { text: `${name} ${type === 'ADDED' ? 'joins' : 'is removed'}`, major: true }
  const ready = conditionOf(node, 'Ready')
  if (ready !== conditionOf(before, 'Ready') && ready !== undefined)
    return { text: `${name} ${ready === 'True' ? 'is ready' : ready === 'Unknown' ? 'has not been heard of for too long' : 'is not ready'}`, major: true }
  if (!!node.spec.unschedulable !== !!before?.spec.unschedulable)
    return { text: `${name} takes ${node.spec.unschedulable ? 'no new Pods' : 'Pods again'}` }
  return undefined
}

function tellReplicas({ type, object, old }: WatchEvent): Sentence | undefined {
  const now = object as ReplicaSet | Deployment
  const before = old as ReplicaSet | Deployment | undefined
  const name = `${now.kind} ${now.metadata.name}`
  if (type !== 'MODIFIED')
    return { text: type === 'ADDED' ? `${name} wants ${count(now.spec.replicas, 'Pod')}` : `${name} is gone`, major: now.kind === 'Deployment' }
  if (before && now.spec.replicas !== before.spec.replicas)
    return { text: `${name} wants ${count(now.spec.replicas, 'Pod')} instead of ${before.spec.replicas}`, major: now.kind === 'Deployment' }
  if (now.kind === 'Deployment' && before && now.spec.template !== before.spec.template)
    return { text: `${name} is to run another version`, major: true }
  return undefined
}

const TELL: Readonly<Partial<Record<string, (event: WatchEvent) => Sentence | undefined>>> = {
  Pod: tellPod,
  Node: tellNode,
  ReplicaSet: tellReplicas,
  Deployment: tellReplicas,
  Service: ({ type, object: { metadata } }) => type === 'MODIFIED' ? undefined : { text: `Service ${metadata.name} ${type === 'ADDED' ? 'has an address' : 'is gone'}` },
  HorizontalPodAutoscaler({ object, old }) {
    const { metadata, status } = object as HorizontalPodAutoscaler
    const before = (old as HorizontalPodAutoscaler | undefined)?.status.desiredReplicas
    return before && status.desiredReplicas && status.desiredReplicas !== before ? { text: `Autoscaler ${metadata.name} asks for ${count(status.desiredReplicas, 'Pod')} instead of ${before}`, major: true } : undefined
  },
}

/** A write as a sentence; undefined for what nobody needs to hear of. */
export const tell = (event: WatchEvent): Sentence | undefined => event.by === BOOTSTRAP ? undefined : TELL[event.kind]?.(event)
