// The ReplicaSet of a Deployment's present template: found, kept in step, or made. upstream: deployment/sync.go getNewReplicaSet
import { ApiError } from '../../api/errors.ts'
import { controllerOf, same } from '../../api/objects.ts'
import type { Deployment, ReplicaSet } from '../../api/objects.ts'
import type { Server } from '../../api/server.ts'
import { controllerRef } from '../owners.ts'
import { newSetSize } from './rolling.ts'
import { HASH_LABEL, REVISION, newSet, newSetAnnotations, oldSets, revisionOf, sameTemplate, templateHash } from './sets.ts'
import { condition, conditionOf, hasDeadline, setCondition } from './status.ts'

export const NAME = 'deployment-controller'

/** One sync: the Deployment and its sets as they were when it began. */
export interface Sync { readonly api: Server, readonly now: number, readonly d: Deployment, readonly sets: readonly ReplicaSet[] }

export interface Found { readonly current: ReplicaSet | undefined, readonly old: readonly ReplicaSet[] }

/**
 * Writes the revision on the Deployment, and how it gets on. The Deployment at hand is out of date after that: what else this sync writes of it is
 * refused as a conflict and done by the next, as upstream.
 */
function note({ api, now, d }: Sync, revision: string | undefined, reason?: string, message = '') {
  const annotations = revision === undefined ? d.metadata.annotations : { ...d.metadata.annotations, [REVISION]: revision }
  const conditions = reason ? [...setCondition(d.status.conditions, condition('Progressing', reason === 'ReplicaSetCreateError' ? 'False' : 'True', reason, message, now))] : d.status.conditions
  if (!same(annotations, d.metadata.annotations) || !same(conditions, d.status.conditions))
    api.updateStatus('Deployment', { ...d, metadata: { ...d.metadata, annotations }, status: { ...d.status, conditions } }, NAME)
}

/** The new set and the old ones; makes the new one where it is asked to. upstream: getAllReplicaSetsAndSyncRevision */
export function findSets(sync: Sync, make: boolean): Found {
  const { api, d, sets } = sync
  const found = newSet(d, sets)
  const old = oldSets(sets, found)
  const revision = Math.max(0, ...old.map(revisionOf)) + 1
  if (!found)
    return { current: make ? makeSet(sync, old, revision) : undefined, old }
  const annotations = newSetAnnotations(d, found.metadata.annotations, revision, true)
  const minReadySeconds = d.spec.minReadySeconds
  if (!same(annotations, found.metadata.annotations ?? {}) || (minReadySeconds ?? 0) !== (found.spec.minReadySeconds ?? 0))
    return { current: api.update('ReplicaSet', { ...found, metadata: { ...found.metadata, annotations }, spec: { ...found.spec, minReadySeconds } }, NAME), old }
  const first = hasDeadline(d) && !conditionOf(d.status.conditions, 'Progressing')
  note(sync, annotations[REVISION], first ? 'FoundNewReplicaSet' : undefined, `Found new replica set "${found.metadata.name}"`)
  return { current: found, old }
}

function makeSet(sync: Sync, old: readonly ReplicaSet[], revision: number): ReplicaSet {
  const { api, d } = sync
  const { namespace } = d.metadata
  const { template, selector, minReadySeconds } = d.spec
  const hash = templateHash(template, d.status.collisionCount)
  const name = `${d.metadata.name}-${hash}`
  const labels = { ...template.metadata?.labels, [HASH_LABEL]: hash }
  const replicas = newSetSize(d, old, 0)
  const deadline = hasDeadline(d)
  let made: ReplicaSet
  try {
    made = api.create('ReplicaSet', {
      metadata: { name, namespace, labels, annotations: newSetAnnotations(d, undefined, revision, false), ownerReferences: [controllerRef(d)] },
      spec: { replicas, minReadySeconds, selector: { ...selector, matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash } }, template: { ...template, metadata: { ...template.metadata, labels } } },
    }, NAME)
  }
  catch (error) {
    if (!(error instanceof ApiError))
      throw error
    if (error.reason === 'AlreadyExists') {
      const there = api.get('ReplicaSet', namespace, name)!
      if (controllerOf(there)?.uid === d.metadata.uid && sameTemplate(there.spec.template, template)) {
        note(sync, String(revision))
        return there
      }
      // another template of the same name: the next try takes another name
      api.updateStatus('Deployment', { ...d, status: { ...d.status, collisionCount: (d.status.collisionCount ?? 0) + 1 } }, NAME)
      throw error
    }
    if (!api.get('Namespace', '', namespace)?.metadata.deletionTimestamp) {
      const message = `Failed to create new replica set "${name}": ${error.message}`
      note(sync, undefined, deadline ? 'ReplicaSetCreateError' : undefined, message)
      api.event(d, 'Warning', 'ReplicaSetCreateError', message, NAME)
    }
    throw error
  }
  if (replicas > 0)
    api.event(d, 'Normal', 'ScalingReplicaSet', `Scaled up replica set ${name} from 0 to ${replicas}`, NAME)
  note(sync, String(revision), deadline ? 'NewReplicaSetCreated' : undefined, `Created new replica set "${name}"`)
  return made
}
