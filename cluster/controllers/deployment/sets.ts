// A Deployment's ReplicaSets: which is the new one, their order, what is written on them. upstream: deployment/util/deployment_util.go
import type { Deployment, Meta, PodTemplate, ReplicaSet } from '../../api/objects.ts'
import { byCreation } from '../owners.ts'
import { maxSurge } from './limits.ts'

const PREFIX = 'deployment.kubernetes.io/'
export const REVISION = `${PREFIX}revision`
const HISTORY = `${PREFIX}revision-history`
const DESIRED = `${PREFIX}desired-replicas`
const MAX = `${PREFIX}max-replicas`
export const HASH_LABEL = 'pod-template-hash'
/** The revision-history annotation grows no longer, in characters. upstream: maxRevHistoryLengthInChars */
const HISTORY_LENGTH = 2000
/** What stays on the Deployment. upstream: annotationsToSkip */
const OWN = [REVISION, HISTORY, DESIRED, MAX, 'kubectl.kubernetes.io/last-applied-configuration', 'deprecated.deployment.rollback.to']

type Sets = readonly ReplicaSet[]

const integer = (text: string | undefined) => text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined

/** The number in an annotation; undefined where there is none. */
const annotated = ({ metadata }: { metadata: Meta }, name: string) => integer(metadata.annotations?.[name])

/** The revision, 0 where none is written. upstream: util.Revision */
export const revisionOf = (object: { metadata: Meta }): number => annotated(object, REVISION) ?? 0
/** For how large a Deployment the set was sized last. upstream: util.GetDesiredReplicasAnnotation */
export const desiredReplicas = (rs: ReplicaSet): number | undefined => annotated(rs, DESIRED)
/** How many Pods the Deployment could have at most when the set was sized last. upstream: util.getMaxReplicasAnnotation */
export const maxReplicas = (rs: ReplicaSet): number | undefined => annotated(rs, MAX)

export const active = (sets: Sets): ReplicaSet[] => sets.filter(rs => rs.spec.replicas > 0)
export const sum = (sets: Sets, of: (rs: ReplicaSet) => number | undefined): number => sets.reduce((total, rs) => total + (of(rs) ?? 0), 0)
/** Wanted Pods. upstream: util.GetReplicaCountForReplicaSets */
export const wanted = (sets: Sets): number => sum(sets, rs => rs.spec.replicas)
export const available = (sets: Sets): number => sum(sets, rs => rs.status.availableReplicas)

/** a revision that is written and is none */
const garbled = (rs: ReplicaSet) => rs.metadata.annotations?.[REVISION] !== undefined && annotated(rs, REVISION) === undefined

/** By revision, the oldest first; by creation where one cannot be read. upstream: util.ReplicaSetsByRevision */
export const byRevision = (a: ReplicaSet, b: ReplicaSet): number => garbled(a) || garbled(b) ? byCreation(a, b) : revisionOf(a) - revisionOf(b) || byCreation(a, b)

const known = new WeakMap<object, string>()

/** A value's text with its keys in order; what is empty counts as absent, and the hash label does not count: values that say the same have one text. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null)
    return JSON.stringify(value ?? undefined) ?? ''
  let text = known.get(value)
  if (text === undefined) {
    const object = value as Record<string, unknown>
    const parts = Object.keys(object).filter(key => key !== HASH_LABEL).sort().flatMap((key) => {
      const part = canonical(object[key])
      return part ? `${key}:${part}` : []
    })
    text = parts.length ? `{${parts.join()}}` : ''
    if (Object.isFrozen(value))
      known.set(value, text)
  }
  return text
}

/** upstream: util.EqualIgnoreHash */
export const sameTemplate = (a: PodTemplate, b: PodTemplate): boolean => canonical(a) === canonical(b)

/** The set whose template is the Deployment's: the oldest, should there be two. upstream: util.FindNewReplicaSet */
export function newSet({ spec }: Deployment, sets: Sets): ReplicaSet | undefined {
  return [...sets].sort(byCreation).find(rs => sameTemplate(rs.spec.template, spec.template))
}

/** upstream: util.FindOldReplicaSets */
export function oldSets(sets: Sets, current: ReplicaSet | undefined): ReplicaSet[] {
  return sets.filter(rs => rs.metadata.uid !== current?.metadata.uid)
}

/** The annotations that tell a set's sizes. upstream: util.SetReplicasAnnotations */
export function sizeAnnotations(d: Deployment): Record<string, string> {
  return { [DESIRED]: String(d.spec.replicas), [MAX]: String(d.spec.replicas + maxSurge(d)) }
}

/**
 * A set's annotations, as they ought to be on the new set of a Deployment.
 * @param revision the number that comes next
 * @param exists a set that is there already keeps what tells its sizes. upstream: util.SetNewReplicaSetAnnotations
 */
export function newSetAnnotations(d: Deployment, annotations: Readonly<Record<string, string>> | undefined, revision: number, exists: boolean): Record<string, string> {
  const out = { ...annotations }
  for (const [key, value] of Object.entries(d.metadata.annotations ?? {})) {
    if (!OWN.includes(key))
      out[key] = value
  }
  const before = out[REVISION]
  const old = before === undefined || before === '' ? 0 : integer(before)
  if (old === undefined)
    return out
  if (old < revision) {
    out[REVISION] = String(revision)
    if (before !== undefined) {
      const past = out[HISTORY] ? out[HISTORY].split(',') : []
      past.push(before)
      while (past.length > 1 && past.join(',').length > HISTORY_LENGTH)
        past.shift()
      out[HISTORY] = past.join(',')
    }
  }
  return exists ? out : { ...out, ...sizeAnnotations(d) }
}

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/**
 * A name for a template, of letters that make no word; another one after a collision. Like the real one it is FNV-1a over all that
 * the template says, but of our own text, so that the letters differ. upstream: controller.ComputeHash, rand.SafeEncodeString
 */
export function templateHash(template: PodTemplate, collisions: number | undefined): string {
  let hash = 0x811C9DC5
  for (const letter of canonical(template) + (collisions === undefined ? '' : `#${collisions}`))
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0
  return [...String(hash)].map(digit => LETTERS[digit.codePointAt(0)! % LETTERS.length]).join('')
}
