// What a write says, in words that follow the name of who wrote: the changes that somebody who cannot see the picture wants to hear of.
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

/** What a kubelet reports of a Pod that does not run, in words that follow its name. */
function tellTrouble(name: string, why: string): string {
  if (why === 'ErrImagePull' || why === 'InvalidImageName')
    return `cannot get the image of ${name} (${why})`
  if (why === 'ImagePullBackOff')
    return `waits (${why}) before it tries the image of ${name} again`
  if (why === 'CrashLoopBackOff')
    return `waits (${why}) before it starts ${name} again`
  if (why === 'OOMKilled')
    return `finds ${name} killed: it held more memory than its limit (${why})`
  return why === 'Error' ? `finds ${name} crashed` : `reports ${why} of ${name}`
}

function tellPod({ type, object, old, by }: WatchEvent): Sentence | undefined {
  const pod = object as Pod
  const before = old as Pod | undefined
  const name = `Pod ${pod.metadata.name}`
  const changed = <T>(of: (pod: Pod) => T) => of(pod) !== (before && of(before))
  if (type === 'ADDED')
    return { text: `creates ${name}` }
  if (type === 'DELETED')
    return { text: by === 'kubelet' ? `has stopped ${name}: it is gone` : `removes ${name}` }
  if (changed(each => each.metadata.deletionTimestamp))
    return before?.metadata.deletionTimestamp ? undefined : { text: `tells ${name} to stop` }
  if (changed(each => each.spec.nodeName))
    return { text: `puts ${name} on ${pod.spec.nodeName}` }
  // what ends because it was told to is no trouble
  const why = pod.metadata.deletionTimestamp ? undefined : trouble(pod)
  if (why && why !== trouble(before))
    return { text: tellTrouble(name, why), major: true }
  if (!pod.metadata.deletionTimestamp && changed(each => each.status.phase) && (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded'))
    return { text: `finds ${name} ${pod.status.phase === 'Failed' ? 'failed' : 'finished'}` }
  const ready = conditionOf(pod, 'Ready')
  const was = conditionOf(before, 'Ready')
  if (pod.metadata.deletionTimestamp || ready === was)
    return undefined
  if (ready === 'True')
    return { text: `finds ${name} ready` }
  return was === 'True' ? { text: by === 'kubelet' ? `finds ${name} not ready any more` : `counts ${name} as not ready` } : undefined
}

function tellNode({ type, object, old, by }: WatchEvent): Sentence | undefined {
  const node = object as Node
  const before = old as Node | undefined
  const name = node.metadata.name
  if (type !== 'MODIFIED')
    return { text: type === 'ADDED' ? `registers ${name}` : `removes ${name}`, major: true }
  const ready = conditionOf(node, 'Ready')
  if (ready !== conditionOf(before, 'Ready') && ready !== undefined)
    return { text: ready === 'True' ? `reports ${name} ready` : by === 'kubelet' ? `reports ${name} not ready` : `has not heard of ${name} for too long, and marks it ${ready}`, major: true }
  if (!!node.spec.unschedulable !== !!before?.spec.unschedulable)
    return { text: node.spec.unschedulable ? `lets no new Pods onto ${name}` : `lets new Pods onto ${name} again` }
  return undefined
}

function tellReplicas({ type, object, old }: WatchEvent): Sentence | undefined {
  const now = object as ReplicaSet | Deployment
  const before = old as ReplicaSet | Deployment | undefined
  const name = `${now.kind} ${now.metadata.name}`
  const major = now.kind === 'Deployment'
  if (type !== 'MODIFIED')
    return { text: type === 'ADDED' ? `creates ${name}, for ${count(now.spec.replicas, 'Pod')}` : `removes ${name}`, major }
  if (before && now.spec.replicas !== before.spec.replicas)
    return { text: `${now.spec.replicas > before.spec.replicas ? 'grows' : 'shrinks'} ${name} from ${before.spec.replicas} to ${count(now.spec.replicas, 'Pod')}`, major }
  if (now.kind === 'Deployment' && before && now.spec.template !== before.spec.template)
    return { text: `writes another version into ${name}`, major: true }
  return undefined
}

const TELL: Readonly<Partial<Record<string, (event: WatchEvent) => Sentence | undefined>>> = {
  Pod: tellPod,
  Node: tellNode,
  ReplicaSet: tellReplicas,
  Deployment: tellReplicas,
  Service: ({ type, object: { metadata } }) => type === 'MODIFIED' ? undefined : { text: `${type === 'ADDED' ? 'creates' : 'removes'} Service ${metadata.name}` },
  HorizontalPodAutoscaler({ object, old }) {
    const { metadata, status } = object as HorizontalPodAutoscaler
    const before = (old as HorizontalPodAutoscaler | undefined)?.status.desiredReplicas
    return before && status.desiredReplicas && status.desiredReplicas !== before ? { text: `asks for ${count(status.desiredReplicas, 'Pod')} of ${metadata.name} instead of ${before}`, major: true } : undefined
  },
}

/** A write in words that follow the name of who wrote (`by`); undefined for what nobody needs to hear of. */
export const tell = (event: WatchEvent): Sentence | undefined => event.by === BOOTSTRAP ? undefined : TELL[event.kind]?.(event)
