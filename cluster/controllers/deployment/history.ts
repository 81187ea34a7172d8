// Which ReplicaSets a Deployment no longer needs. upstream: deployment/sync.go cleanupDeployment
import type { Deployment, ReplicaSet } from '../../api/objects.ts'
import { byRevision } from './sets.ts'
import { UNLIMITED } from './status.ts'

/** The old sets to delete: those without Pods, beyond the history to keep, the oldest revisions first. */
export function setsToDelete({ spec: { revisionHistoryLimit = UNLIMITED } }: Deployment, old: readonly ReplicaSet[]): ReplicaSet[] {
  if (revisionHistoryLimit === UNLIMITED)
    return []
  const alive = old.filter(rs => !rs.metadata.deletionTimestamp).sort(byRevision)
  return alive.slice(0, Math.max(0, alive.length - revisionHistoryLimit)).filter(({ metadata, spec, status }) =>
    !status.replicas && !spec.replicas && (metadata.generation ?? 0) <= (status.observedGeneration ?? 0))
}
