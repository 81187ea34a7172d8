// What an answer means to who looks at it: nothing that was found, and what is wrong with what was.
import { controllerOf, RESOURCES } from '../../api/objects.ts'
import type { AnyObject, Kind, ObjectOf } from '../../api/objects.ts'
import { selectorMatches } from '../../api/labels.ts'
import { parseSelector } from '../../api/selectors.ts'
import { isEndpoints } from '../endpoints.ts'
import { scriptOf } from '../../node/programs/script.ts'
import type { Session } from '../io.ts'
import { readWords } from '../kubectl.ts'
import { nearest } from '../nearest.ts'
import { isDryRun } from '../output.ts'
import { emptyNamed, kindNamed } from '../resources.ts'
import type { Outcome } from '../shell.ts'
import { forPods, forSelector } from '../unwell.ts'
import { forEmpty } from './command.ts'
import type { Eyes } from './eyes.ts'

/** Programs that ask the network or read files, and end. */
const ASKS = /^(?:cat|curl|ls|nslookup|wget)$/

/** Nothing was found: because of a selector, or because it is elsewhere. */
function forNothing(api: Eyes, kind: Kind, { namespace, given, fields }: { namespace?: string, given?: string, fields: boolean }): string | undefined {
  const all = api.list(kind, RESOURCES[kind].namespaced && namespace ? { namespace } : {})
  if (!all.length) {
    const spaces = api.list('Namespace').map(({ metadata }) => metadata.name)
    if (namespace && !spaces.includes(namespace)) {
      const meant = nearest(namespace, spaces)
      return `There is no namespace ${namespace} here${meant ? `: \`${meant}\` was meant?` : ': `kubectl get namespaces` tells which there are.'}`
    }
    const elsewhere = RESOURCES[kind].namespaced ? [...new Set(api.list(kind).map(({ metadata }) => metadata.namespace))].slice(0, 3) : []
    return elsewhere.length ? `There are some in ${elsewhere.join(', ')}: add \`-n ${elsewhere[0]}\`, or \`-A\` for all.` : undefined
  }
  if (fields)
    return `There ${all.length === 1 ? 'is one' : `are ${all.length}`}, and none is as the field selector wants.`
  // of one label it can be said what was meant; of what is joined or denied it cannot
  if (!given || !/^[^!=,()\s]+==?[^!=,()\s]*$/.test(given))
    return given ? 'The selector leaves nothing over: `--show-labels` tells what there is.' : undefined
  const labels = [...new Set(all.flatMap(({ metadata }) => Object.entries(metadata.labels ?? {}).filter(([key]) => key !== 'pod-template-hash').map(([key, value]) => `${key}=${value}`)))]
  const near = nearest(given, labels)
  return `Nothing has these labels.${near ? ` Did you mean ${near}?` : labels.length ? ` There is ${labels.slice(0, 4).join(', ')}.` : ''}`
}

/** An autoscaler has its own mind about a number that was just written, unless there are to be none, or it can measure nothing and the number is within its limits. */
function forScaled(api: Eyes, { kind, namespace, name }: { kind: Kind, namespace: string, name?: string }, replicas: number): string | undefined {
  const scaler = api.list('HorizontalPodAutoscaler', { namespace }).find(({ spec: { scaleTargetRef } }) => scaleTargetRef.kind === kind && (name === undefined || scaleTargetRef.name === name))
  if (!scaler) {
    const owner = kind === 'ReplicaSet' && name !== undefined ? controllerOf(api.get('ReplicaSet', namespace, name)!) : undefined
    return owner && `The ${owner.kind} ${owner.name} decides on this number, and sets it back: \`kubectl scale deployment ${owner.name}\``
  }
  const { spec: { minReplicas, maxReplicas }, status, metadata } = scaler
  if (replicas === 0 && minReplicas > 0)
    return `An autoscaler decides on this number. Where none are wanted it rests, until you want some again: \`kubectl get hpa ${metadata.name}\``
  const active = status.conditions?.find(({ type }) => type === 'ScalingActive')
  const blind = active?.status === 'False' && active.reason !== 'ScalingDisabled'
  return blind && replicas >= minReplicas && replicas <= maxReplicas ? undefined : `An autoscaler decides on this number, and sets it anew: at its next look, or, where that means fewer, within five minutes: \`kubectl get hpa ${metadata.name}\``
}

/** The Pods that a look at Pods, or at what makes them, is about. @param given the selector of what was asked for */
function podsOf(api: Eyes, kind: 'Pod' | 'Deployment' | 'ReplicaSet', namespace: string | undefined, named: string | undefined, given: string): ObjectOf<'Pod'>[] {
  const asked = api.list(kind, namespace === undefined ? {} : { namespace }).filter(each => (!named || each.metadata.name === named) && (!given || matches(each, given)))
  const madeBy = <K extends 'Pod' | 'ReplicaSet'>(made: K, owners: readonly AnyObject[]) => {
    const uids = new Set(owners.map(({ metadata }) => metadata.uid))
    return api.list(made, namespace === undefined ? {} : { namespace }).filter(each => uids.has(controllerOf(each)?.uid ?? ''))
  }
  return kind === 'Pod' ? asked as ObjectOf<'Pod'>[] : madeBy('Pod', kind === 'Deployment' ? madeBy('ReplicaSet', asked) : asked)
}

/** Whether a Pod no longer has the labels that its ReplicaSet selects. */
function leaves(api: Eyes, pod: ObjectOf<'Pod'>): boolean {
  const owner = controllerOf(pod)
  const set = owner?.kind === 'ReplicaSet' ? api.get('ReplicaSet', pod.metadata.namespace, owner.name) : undefined
  return !!set && Object.entries(set.spec.selector.matchLabels ?? {}).some(([key, value]) => pod.metadata.labels?.[key] !== value)
}

/** What was taken away is made again by what wants it; where none of it gets ready, with the same fault. */
function forDeleted(api: Eyes, kind: 'Pod' | 'ReplicaSet', namespace: string): string | undefined {
  const faulty = api.list('ReplicaSet', { namespace }).find(({ metadata, spec, status }) => (spec.replicas ?? 0) > 0 && !status.readyReplicas && !metadata.deletionTimestamp && api.list('Pod', { namespace }).some(pod => controllerOf(pod)?.uid === metadata.uid && forPods(api, [pod], false, namespace)))
  if (!faulty)
    return undefined
  return kind === 'Pod' ? 'Their ReplicaSet makes the same again, from the same template, with the same fault.' : 'Its Deployment makes it anew, from the same template, with the same fault.'
}

export function forAnswer(words: readonly string[], result: Pick<Outcome, 'stdout' | 'stderr'>, session: Session, api: Eyes, tried: boolean): string | undefined {
  const { command, path, flags } = readWords(words)
  const [first = '', second] = flags.words
  const word = first.split(/[/,]/)[0]!
  const named = first.includes('/') ? first.split('/')[1] : second
  // what is listed first of all kinds
  const kind = isEndpoints(word) ? 'EndpointSlice' : kindNamed(command?.name === 'get' && word === 'all' ? 'pods' : word)
  const namespace = flags.text('namespace') || session.namespace
  const given = flags.text('selector')
  const everywhere = flags.on('all-namespaces')
  if (path[0] === 'set' && !result.stdout && !result.stderr && !flags.on('help'))
    return path[1] === 'env' && flags.words.every(each => !each.includes('=') && !each.endsWith('-')) && !flags.text('from') && !flags.list('env').length ? 'No variable is named: KEY=value at the end sets one, KEY- takes it away, and --list tells what there is.' : 'Nothing has changed: it is so already.'
  const unmodelled = command?.name === 'get' && kind === 'Pod' && !given && (everywhere || namespace === 'kube-system') ? 'The control plane\'s own Pods are not modelled here; on a real cluster they stand in kube-system.' : undefined
  const empty = result.stderr.includes('No resources found') && command?.name === 'get' ? emptyNamed(first ?? '') : undefined
  if (empty)
    return forEmpty(empty)
  if (result.stderr.includes('No resources found') && kind)
    return [forNothing(api, kind, { namespace: everywhere ? undefined : namespace, given, fields: flags.has('field-selector') }), unmodelled].filter(Boolean).join(' ') || undefined
  if (command?.name === 'scale' && kind && (named || flags.on('all')) && !flags.on('help') && !isDryRun(flags))
    return forScaled(api, { kind, namespace, name: named }, flags.number('replicas'))
  if (command?.name === 'run' && words.includes('--')) {
    const { unknown } = scriptOf(words.slice(words.indexOf('--') + 1))
    if (unknown && ASKS.test(unknown))
      return `What \`${unknown}\` comes to in a Pod of its own is not worked out here: it goes on. In a Pod that runs it is: \`kubectl exec POD -- ${words.slice(words.indexOf('--') + 1).join(' ').slice(0, 60)}\``
  }
  if (command?.name === 'label' && kind === 'Pod' && !isDryRun(flags)) {
    const gone = api.list('Pod', { namespace }).find(pod => (!named || pod.metadata.name === named) && leaves(api, pod))
    if (gone)
      return `${named ? `${named} has` : 'These Pods have'} another label than the ReplicaSet selects: it lets ${named ? 'it' : 'them'} go, and makes ${named ? 'another' : 'others'}.`
  }
  if (command?.name === 'delete' && (kind === 'Pod' || kind === 'ReplicaSet') && result.stdout && !isDryRun(flags))
    return forDeleted(api, kind, namespace)
  const logged = command?.name === 'logs' ? api.get('Pod', namespace, named ?? first) : undefined
  if (logged && logged.spec.nodeName === undefined)
    return `It is on no node yet: nothing has run, and nothing was said. \`kubectl describe pod ${logged.metadata.name}\` tells why it waits.`
  if (!command || !['get', 'describe', 'rollout', 'status'].includes(command.name) || !kind)
    return undefined
  const asked = command.name === 'describe'
  if (asked && !tried)
    return unmodelled
  if (kind === 'Pod' || kind === 'Deployment' || kind === 'ReplicaSet')
    // what its fields leave out was not listed
    return (flags.has('field-selector') ? undefined : forPods(api, podsOf(api, kind, everywhere ? undefined : namespace, named, given), asked, session.namespace)) ?? unmodelled
  if (kind === 'Service' || kind === 'EndpointSlice') {
    for (const service of api.list('Service', { namespace })) {
      const told = !named || service.metadata.name === named ? forSelector(api, service, asked) : undefined
      if (told)
        return told
    }
  }
  return undefined
}

function matches(object: AnyObject, selector: string): boolean {
  try {
    return selectorMatches(parseSelector(selector), object.metadata.labels as Record<string, string>)
  }
  catch {
    return true
  }
}
