// How objects go: with grace, after their finalizers, or at once. upstream: registry/generic/registry/store.go, rest.BeforeDelete
import { parseStamp, stamp } from '../timeline/clock.ts'
import { badRequest, conflict, forbidden } from './errors.ts'
import type { AnyObject, ObjectMeta, ObjectOf, Pod, Kind } from './objects.ts'

export type Propagation = 'Background' | 'Foreground' | 'Orphan'

export interface DeleteOptions {
  gracePeriodSeconds?: number
  propagationPolicy?: Propagation
  preconditions?: { uid?: string, resourceVersion?: string }
}

/** What can be written, of what can only be read. */
export type Loose<T> = { -readonly [K in keyof T]: T[K] }

/** The grace that a first request for deletion gives a Pod, in seconds. upstream: podStrategy.CheckGracefulDelete */
function firstGrace(pod: Pod, asked: number | undefined): number {
  if (!pod.spec.nodeName || pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded')
    return 0
  const period = asked ?? pod.spec.terminationGracePeriodSeconds
  return period < 0 ? 1 : period
}

const OWN: Readonly<Record<Propagation, string>> = { Background: '', Foreground: 'foregroundDeletion', Orphan: 'orphan' }

/** The finalizers that a way of deleting asks for. upstream: deletionFinalizersForGarbageCollection */
function finalizersFor(finalizers: readonly string[] | undefined, policy: Propagation | undefined): string[] {
  if (!policy)
    return [...finalizers ?? []]
  const others = (finalizers ?? []).filter(name => name !== OWN.Orphan && name !== OWN.Foreground)
  return OWN[policy] ? [...others, OWN[policy]] : others
}

/** Refuses where the object is not the one that was meant. */
export function checkPreconditions<K extends Kind>(kind: K, { metadata }: ObjectOf<K>, { uid, resourceVersion }: { uid?: string, resourceVersion?: string } = {}): void {
  const refuse = (what: string, wanted: string, have: string) => conflict(kind, metadata.name, `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${have}`)
  if (uid !== undefined && uid !== metadata.uid)
    throw refuse('UID', uid, metadata.uid)
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    throw refuse('ResourceVersion', resourceVersion, metadata.resourceVersion)
}

/** Refuses what would have another name, or another namespace, than it was asked for by. upstream: apiserver handlers checkName */
export function checkName({ metadata }: AnyObject, name: string, namespace: string): void {
  if (metadata.name !== name)
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`)
  if (namespace && metadata.namespace && metadata.namespace !== namespace)
    throw badRequest(`the namespace of the object (${metadata.namespace}) does not match the namespace on the request (${namespace})`)
}

const IMMORTAL = ['default', 'kube-system', 'kube-public', 'kube-node-lease']

/** What a request for deletion makes of an object: its metadata then, and whether it stays for now. @param now virtual ms */
export function deletion<K extends Kind>(kind: K, old: ObjectOf<K>, options: DeleteOptions, now: number): { metadata: Loose<ObjectMeta>, stays: boolean } {
  checkPreconditions(kind, old, options.preconditions)
  if (old.kind === 'Namespace' && IMMORTAL.includes(old.metadata.name))
    throw forbidden('Namespace', old.metadata.name, 'this namespace may not be deleted')
  const metadata: Loose<ObjectMeta> = { ...old.metadata }
  const { deletionTimestamp, deletionGracePeriodSeconds: left = 0, generation } = old.metadata
  const finalizers = finalizersFor(old.metadata.finalizers, options.propagationPolicy)
  if (finalizers.length)
    metadata.finalizers = finalizers
  else
    delete metadata.finalizers
  const asked = options.gracePeriodSeconds
  const grace = old.kind !== 'Pod' ? 0 : deletionTimestamp ? Math.min(left, asked ?? left) : firstGrace(old, asked)
  const held = finalizers.length > 0 || (old.kind === 'Namespace' && !!old.spec.finalizers?.length)
  const stays = grace > 0 || held
  // a second request may only shorten the time that is left
  if (deletionTimestamp ? grace < left : stays || old.kind === 'Pod') {
    const from = deletionTimestamp ? parseStamp(deletionTimestamp) - left * 1000 : now
    metadata.deletionTimestamp = stamp(from + grace * 1000)
    metadata.deletionGracePeriodSeconds = grace
    if (!deletionTimestamp && generation)
      metadata.generation = generation + 1
  }
  return { metadata, stays }
}
