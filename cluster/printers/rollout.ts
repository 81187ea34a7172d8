// How far an update has come, and what came before it, in kubectl's words. upstream: polymorphichelpers
import type { Deployment, ReplicaSet } from '../api/objects.ts'
import { templateText } from './template.ts'

export interface RolloutStatus { readonly message: string, readonly done: boolean }

/** Why a revision came about. upstream: polymorphichelpers.ChangeCauseAnnotation */
export const CHANGE_CAUSE = 'kubernetes.io/change-cause'
const REVISION = 'deployment.kubernetes.io/revision'
const revisionOf = (object: Deployment | ReplicaSet) => Number(object.metadata.annotations?.[REVISION])

/**
 * Whether a Deployment's update is through, and what it waits for. upstream: DeploymentStatusViewer.Status
 * @param revision the one that is waited for; 0: any
 * @throws Error where it ran out of time or another revision is under way
 */
export function rolloutStatus(deployment: Deployment, revision = 0): RolloutStatus {
  const { metadata, spec, status } = deployment
  const name = JSON.stringify(metadata.name)
  if (revision > 0 && revision !== revisionOf(deployment))
    throw new Error(`desired revision (${revision}) is different from the running revision (${revisionOf(deployment) || 0})`)
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0))
    return { message: 'Waiting for deployment spec update to be observed...\n', done: false }
  if (status.conditions?.find(each => each.type === 'Progressing')?.reason === 'ProgressDeadlineExceeded')
    throw new Error(`deployment ${name} exceeded its progress deadline`)
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status
  const wait = updatedReplicas < spec.replicas
    ? `${updatedReplicas} out of ${spec.replicas} new replicas have been updated`
    : replicas > updatedReplicas
      ? `${replicas - updatedReplicas} old replicas are pending termination`
      : availableReplicas < updatedReplicas ? `${availableReplicas} of ${updatedReplicas} updated replicas are available` : ''
  return wait
    ? { message: `Waiting for deployment ${name} rollout to finish: ${wait}...\n`, done: false }
    : { message: `deployment ${name} successfully rolled out\n`, done: true }
}

/** The revisions that ReplicaSets stand for, the oldest first. */
function revisions(sets: readonly ReplicaSet[]): Map<number, ReplicaSet> {
  return new Map(sets.map(set => [revisionOf(set), set] as const).filter(([revision]) => !Number.isNaN(revision)).sort(([a], [b]) => a - b))
}

/**
 * The history of a Deployment by its ReplicaSets: all revisions, or the template of one. upstream: DeploymentHistoryViewer.ViewHistory
 * @param revision 0: all
 * @throws Error where there is no such revision
 */
export function rolloutHistory(sets: readonly ReplicaSet[], revision = 0): string {
  const known = revisions(sets)
  if (!known.size)
    return 'No rollout history found.'
  const cause = (set: ReplicaSet) => set.metadata.annotations?.[CHANGE_CAUSE]
  if (revision > 0) {
    const set = known.get(revision)
    if (!set)
      throw new Error('unable to find the specified revision')
    const { metadata, spec } = set.spec.template
    const why = cause(set)
    return templateText({ metadata: { ...metadata, annotations: { ...metadata?.annotations, ...(why && { [CHANGE_CAUSE]: why }) } }, spec })
  }
  return [['REVISION', 'CHANGE-CAUSE'], ...[...known].map(([number, set]) => [String(number), cause(set) || '<none>'])].map(([number, why]) => `${number!.padEnd(Math.max(8, String([...known.keys()].pop()).length) + 2)}${why}\n`).join('')
}
