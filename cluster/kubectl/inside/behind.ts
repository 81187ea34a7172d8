// The Pods that a name such as deploy/web or svc/web stands for, the best to ask first. upstream: polymorphichelpers.GetFirstPod, podutils.ActivePods, podutils.ByLogging
import type { AnyObject, Pod } from '../../api/objects.ts'
import type { Selector } from '../../api/labels.ts'
import { fromLabelSelector } from '../../api/labels.ts'
import { parseStamp } from '../../timeline/clock.ts'
import { Failure } from '../errors.ts'
import type { Io } from '../io.ts'

/** By which labels an object knows its Pods; undefined where it has none. */
function selectorOf(object: AnyObject): Selector | undefined {
  if (object.kind === 'Deployment' || object.kind === 'ReplicaSet')
    return fromLabelSelector(object.spec.selector)
  return object.kind === 'Service' ? fromLabelSelector({ matchLabels: object.spec.selector as Record<string, string> }) : undefined
}

const PHASES = ['Running', 'Unknown', 'Pending']
const readyOf = (pod: Pod) => pod.status.conditions?.find(({ type, status }) => type === 'Ready' && status === 'True')
const restartsOf = (pod: Pod) => Math.max(0, ...(pod.status.containerStatuses ?? []).map(({ restartCount }) => restartCount))
/** ms; what has no time comes last */
const time = (text: string | null | undefined) => parseStamp(text ?? undefined) || Infinity

/** What comes first is smaller: on a machine, running, ready, ready for longer, then by restarts, then the older. */
function compare(a: Pod, b: Pod, restarts: 'fewer' | 'more'): number {
  const by = (of: (pod: Pod) => number) => of(a) === of(b) ? 0 : of(a) < of(b) ? -1 : 1
  const phase = ({ status }: Pod) => PHASES.includes(status.phase ?? '') ? PHASES.indexOf(status.phase!) : PHASES.length
  return by(pod => pod.spec.nodeName ? 0 : 1) || by(phase) || by(pod => readyOf(pod) ? 0 : 1) || by(pod => readyOf(pod) ? time(readyOf(pod)!.lastTransitionTime) : 0)
    || by(pod => restartsOf(pod) * (restarts === 'fewer' ? 1 : -1)) || by(pod => time(pod.metadata.creationTimestamp))
}

/**
 * The Pods that an object stands for, itself if it is one, in the order in which they are chosen.
 * @param restarts which of two that are ready alike is chosen: `logs` takes the one that was restarted more, `exec` the other
 * @param verb begins the failure of what has no Pods by its nature. @throws Failure where there are none
 */
export function podsBehind(io: Pick<Io, 'api'>, object: AnyObject, restarts: 'fewer' | 'more', verb: string): Pod[] {
  if (object.kind === 'Pod')
    return [object]
  const labels = selectorOf(object)
  if (!labels)
    throw new Failure(`${verb}: selector for ${object.kind} ${restarts === 'more' ? 'is ' : ''}not implemented`)
  const pods = io.api.list('Pod', { namespace: object.metadata.namespace, labels })
  if (!pods.length)
    throw new Failure('timed out waiting for the condition')
  return [...pods].sort((a, b) => compare(a, b, restarts))
}
