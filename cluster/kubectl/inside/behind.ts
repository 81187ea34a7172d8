// The Pods that a name such as deploy/web or svc/web stands for, the best to ask first. upstream: polymorphichelpers.GetFirstPod, podutils.ActivePods, podutils.ByLogging
import type { AnyObject, Pod } from '../../api/objects.ts'
import type { Selector } from '../../api/labels.ts'
import { fromLabelSelector } from '../../api/labels.ts'
import { parseStamp } from '../../timeline/clock.ts'
import { containersOf } from '../../node/process.ts'
import { Failure, goType, whatFails } from '../errors.ts'
import type { Io } from '../io.ts'
import { askedFor, find } from '../resources.ts'

/** By which labels an object knows its Pods. upstream: polymorphichelpers.SelectorsForObject. @throws Failure where it has none */
function selectorOf(object: AnyObject): Selector {
  if (object.kind === 'Deployment' || object.kind === 'ReplicaSet')
    return fromLabelSelector(object.spec.selector)!
  if (object.kind !== 'Service')
    throw new Failure(`selector for ${goType(object)} not implemented`)
  const { selector = {} } = object.spec
  if (!Object.keys(selector).length)
    throw new Failure(`invalid service '${object.metadata.name}': Service is defined without a selector`)
  return fromLabelSelector({ matchLabels: selector as Record<string, string> })!
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

/** The object that a word such as deploy/web names; a name alone is that of a Pod. upstream: Builder.ResourceNames. @throws ApiError where it is not there, Failure where the word names several */
export function podOrNamed(io: Io, word: string, namespace: string): AnyObject {
  const { named = [] } = askedFor([word.includes('/') ? word : `pods/${word}`])
  if (named.length !== 1)
    throw new Failure('expected a resource')
  const [{ kind, name }] = named as [NonNullable<typeof named[0]>]
  return find(io, kind, namespace, name)
}

/**
 * The Pods that an object stands for, itself if it is one, in the order in which they are chosen.
 * @param restarts which of two that are ready alike is chosen: `logs` takes the one that was restarted more, `exec` the other
 * @param verb what cannot be done to what has no Pods by its nature: 'attach to'. @throws Failure where there are none
 */
export function podsBehind(io: Pick<Io, 'api'>, object: AnyObject, restarts: 'fewer' | 'more', verb: string): Pod[] {
  if (object.kind === 'Pod')
    return [object]
  const labels = whatFails(`cannot ${verb} ${goType(object)}`, () => selectorOf(object))
  const pods = io.api.list('Pod', { namespace: object.metadata.namespace, labels })
  if (!pods.length)
    throw new Failure('timed out waiting for the condition')
  return [...pods].sort((a, b) => compare(a, b, restarts))
}

/** The names of all containers, as they are offered where one has to be chosen. upstream: podcmd.AllContainerNames */
export const containerNames = ({ spec }: Pod): string => [...spec.containers.map(({ name }) => name), ...(spec.initContainers ?? []).map(({ name }) => `${name} (init)`)].join(', ')

/** The container that is meant where none is named, and what is said of that. upstream: podcmd.FindOrDefaultContainerByName */
export function defaultContainer(io: Pick<Io, 'warn'>, pod: Pod, quiet = false): string {
  const { spec, metadata } = pod
  const noted = metadata.annotations?.['kubectl.kubernetes.io/default-container']
  if (noted && containersOf(pod).some(({ name }) => name === noted))
    return noted
  const first = spec.containers[0]!.name
  if (!quiet && containersOf(pod).length > 1)
    io.warn(`Defaulted container "${first}" out of: ${containerNames(pod)}\n`)
  return first
}
