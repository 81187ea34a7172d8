// Cases of the Deployment controller's pure steps.
import { stamp } from '../../../cluster/timeline/clock.ts'
import type { IntOrString } from '../../../cluster/api/intstr.ts'
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../../cluster/api/objects.ts'
import { setsToDelete } from '../../../cluster/controllers/deployment/history.ts'
import { maxUnavailable, minAvailable, resolveFenceposts } from '../../../cluster/controllers/deployment/limits.ts'
import { cleanUnhealthy, growNewSet, newSetSize, reconcileOldSets, shrinkOldSets } from '../../../cluster/controllers/deployment/rolling.ts'
import type { Resize } from '../../../cluster/controllers/deployment/rolling.ts'
import { scaleSets, setFraction } from '../../../cluster/controllers/deployment/scaling.ts'
import { sizeAnnotations } from '../../../cluster/controllers/deployment/sets.ts'
import { condition, hasTimedOut, isComplete, isProgressing } from '../../../cluster/controllers/deployment/status.ts'
import { equal, only, refuses, table } from '../run.ts'

type Amount = IntOrString | null | undefined

interface Given { replicas?: number | null, strategy?: string, maxSurge?: Amount, maxUnavailable?: Amount, status?: DeploymentStatus, spec?: object }

function deployment({ replicas, strategy = 'RollingUpdate', maxSurge, maxUnavailable, status = {}, spec = {} }: Given): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'foo', namespace: 'default', uid: 'd', resourceVersion: '1', creationTimestamp: stamp(0) },
    spec: {
      replicas: replicas ?? 0,
      selector: { matchLabels: { foo: 'bar' } },
      strategy: { type: strategy as 'Recreate', ...(strategy === 'RollingUpdate' && { rollingUpdate: { maxSurge: maxSurge ?? undefined, maxUnavailable: maxUnavailable ?? undefined } }) },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      template: { spec: { containers: [], restartPolicy: 'Always', terminationGracePeriodSeconds: 30 } },
      ...spec,
    },
    status,
  }
}

interface GivenSet { name?: string, replicas: number, available?: number, actual?: number, created?: string, annotations?: Record<string, string>, deleted?: boolean }

function replicaSet({ name = 'rs', replicas, available = 0, actual, created = stamp(0), annotations = {}, deleted }: GivenSet): ReplicaSet {
  const { spec, metadata } = deployment({})
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { ...metadata, name, uid: name, creationTimestamp: created, annotations, ...(deleted && { deletionTimestamp: stamp(0) }) },
    spec: { replicas, selector: spec.selector, template: spec.template },
    status: { replicas: actual ?? replicas, availableReplicas: available },
  }
}

/** The sizes of sets after changes made one after the other. */
const after = (sets: readonly ReplicaSet[], changes: readonly Resize[]) =>
  Object.fromEntries([...sets.map(rs => [rs.metadata.name, rs.spec.replicas] as const), ...changes.map(({ rs, to }) => [rs.metadata.name, to] as const)])

interface Rolled { deploymentReplicas: number, maxSurge?: Amount, maxUnavailable?: Amount, oldReplicas: number, newReplicas: number, readyPods: number, readyPodsFromOldRS: number, readyPodsFromNewRS: number, scaleExpected: boolean, expectedNewReplicas?: number, expectedOldReplicas?: number }

const rolled = (given: Rolled) => deployment({ replicas: given.deploymentReplicas, maxSurge: given.maxSurge ?? 0, maxUnavailable: given.maxUnavailable ?? 0 })

interface Sized { replicas: number, maxSurge: Amount, maxUnavailable: Amount, templateChanged?: boolean }
interface ScaledSet { name: string, replicas: number, created: string, available?: number }
interface Scaled { name: string, deployment: Sized, oldDeployment: Sized, newRS: ScaledSet | null, oldRSs: ScaledSet[], expect: Record<string, number>, ignoreUpdates?: string[], desiredAnnotation?: Record<string, number> }

function scaled({ deployment: now, oldDeployment: before, newRS, oldRSs, expect, ignoreUpdates = [], desiredAnnotation = {} }: Scaled) {
  for (const each of [now, before])
    only(each, 'replicas maxSurge maxUnavailable templateChanged')
  const made = (given: ScaledSet) => replicaSet({
    ...only(given, 'name replicas created available'),
    annotations: sizeAnnotations(deployment({ ...before, replicas: desiredAnnotation[given.name] ?? before.replicas })),
  })
  const current = newRS ? made(newRS) : undefined
  const old = oldRSs.map(made)
  const changes = scaleSets(deployment(now), current, old).filter(({ rs }) => !ignoreUpdates.includes(rs.metadata.name))
  equal(after(current ? [current, ...old] : old, changes), expect)
}

type Counts = readonly [replicas: number, updated: number, ready: number, available: number]
const counts = ([replicas, updatedReplicas, readyReplicas, availableReplicas]: Counts): DeploymentStatus => ({ replicas, updatedReplicas, readyReplicas, availableReplicas })

/** mm:ss as virtual ms. */
const clock = (text: string | null) => text === null ? undefined : Number(text.slice(0, 2)) * 60_000 + Number(text.slice(3)) * 1000

interface TimedOut { name: string, conditionStatus: 'True', reason: string, progressDeadlineSeconds: number | null, lastUpdate: string | null, now: string | null, expected: boolean }

export const tables = {
  reconcileNewReplicaSet: table<Rolled>('deploymentReplicas maxSurge oldReplicas newReplicas scaleExpected expectedNewReplicas', (given) => {
    const rs = replicaSet({ name: 'new', replicas: given.newReplicas })
    const changes = growNewSet(rolled(given), [rs, replicaSet({ name: 'old', replicas: given.oldReplicas })], rs)
    equal(changes.map(each => each.to), given.scaleExpected ? [given.expectedNewReplicas] : [])
  }),
  reconcileOldReplicaSets: table<Rolled>('deploymentReplicas maxUnavailable oldReplicas newReplicas readyPodsFromOldRS readyPodsFromNewRS scaleExpected expectedOldReplicas', (given) => {
    const rs = replicaSet({ name: 'new', replicas: given.newReplicas, available: given.readyPodsFromNewRS })
    const old = replicaSet({ name: 'old', replicas: given.oldReplicas, available: given.readyPodsFromOldRS })
    const changes = reconcileOldSets(rolled(given), [rs, old], [old], rs)
    equal(changes.length > 0, given.scaleExpected)
    equal(after([old], changes).old, given.scaleExpected ? given.expectedOldReplicas : given.oldReplicas)
  }),
  cleanupUnhealthyReplicas: table<{ oldReplicas: number, readyPods: number, unHealthyPods: number, maxCleanupCount: number, cleanupCountExpected: number }>('oldReplicas readyPods unHealthyPods maxCleanupCount cleanupCountExpected', ({ oldReplicas, readyPods, maxCleanupCount, cleanupCountExpected }) => {
    const changes = cleanUnhealthy([replicaSet({ replicas: oldReplicas, available: readyPods })], maxCleanupCount)
    equal(oldReplicas - (changes.at(-1)?.to ?? oldReplicas), cleanupCountExpected)
  }),
  scaleDownOldReplicaSetsForRollingUpdate: table<Rolled>('deploymentReplicas maxUnavailable readyPods oldReplicas scaleExpected expectedOldReplicas', (given) => {
    const old = replicaSet({ replicas: given.oldReplicas, available: given.readyPods })
    equal(shrinkOldSets(rolled(given), [old], [old]).map(each => each.to), given.scaleExpected ? [given.expectedOldReplicas] : [])
  }),
  scale: table<Scaled>('name deployment oldDeployment newRS oldRSs expect ignoreUpdates desiredAnnotation', scaled),
  resolveFenceposts: table<{ maxSurge: Amount, maxUnavailable: Amount, desired: number, surge: number, unavailable: number, err: boolean }>('maxSurge maxUnavailable desired surge unavailable err', ({ maxSurge, maxUnavailable, desired, surge, unavailable, err }) => {
    const resolve = () => resolveFenceposts(maxSurge ?? undefined, maxUnavailable ?? undefined, desired)
    if (err)
      refuses(resolve)
    else
      equal(resolve(), { surge, unavailable })
  }),
  newRSNewReplicas: table<{ name: string, strategy: string, replicas: number, newRSReplicas: number, maxSurge: Amount, expected: number }>('name strategy replicas newRSReplicas maxSurge expected', ({ newRSReplicas, expected, ...given }) =>
    equal(newSetSize(deployment({ ...given, maxUnavailable: 1 }), [replicaSet({ replicas: 5 })], newRSReplicas), expected)),
  deploymentComplete: table<{ name: string, desired: number, current: number, updated: number, available: number, maxUnavailable: Amount, maxSurge: Amount, expected: boolean }>('name desired current updated available maxUnavailable maxSurge expected', ({ desired, current, updated, available, expected, ...given }) =>
    equal(isComplete(deployment({ ...given, replicas: desired }), { replicas: current, updatedReplicas: updated, availableReplicas: available }), expected)),
  deploymentProgressing: table<{ name: string, old: Counts, new: Counts, expected: boolean }>('name old new expected', ({ old, new: next, expected }) => equal(isProgressing(counts(old), counts(next)), expected)),
  deploymentTimedOut: table<TimedOut>('name conditionStatus reason progressDeadlineSeconds lastUpdate now expected', ({ conditionStatus, reason, progressDeadlineSeconds, lastUpdate, now, expected }) => {
    const since = clock(lastUpdate)
    const progress = { ...condition('Progressing', conditionStatus, reason, '', since ?? 0), ...(since === undefined && { lastUpdateTime: undefined }) }
    equal(hasTimedOut(deployment({ spec: { progressDeadlineSeconds: progressDeadlineSeconds ?? undefined } }), { conditions: [progress] }, clock(now) ?? 0), expected)
  }),
  maxUnavailable: table<Given & { name: string, expected: number }>('name replicas maxUnavailable strategy expected', ({ expected, ...given }) => equal(maxUnavailable(deployment({ ...given, maxSurge: 1 })), expected)),
  minAvailable: table<Given & { name: string, expected: number }>('name replicas maxUnavailable strategy expected', ({ expected, ...given }) => equal(minAvailable(deployment({ ...given, maxSurge: 1 })), expected)),
  replicaSetFraction: table<{ name: string, replicas: number, statusReplicas: number, maxSurge: Amount, rsReplicas: number, maxReplicasAnnotation: string | null, expected: number }>('name replicas statusReplicas maxSurge rsReplicas maxReplicasAnnotation expected', ({ replicas, statusReplicas, maxSurge, rsReplicas, maxReplicasAnnotation, expected }) => {
    const annotations: Record<string, string> = maxReplicasAnnotation === null ? {} : { 'deployment.kubernetes.io/max-replicas': maxReplicasAnnotation }
    equal(setFraction(deployment({ replicas, maxSurge, maxUnavailable: 1, status: { replicas: statusReplicas } }), replicaSet({ replicas: rsReplicas, annotations })), expected)
  }),
  cleanupDeployment: table<{ oldRSs: [number, number][], deleted?: number[], revisionHistoryLimit: number, expectedDeletions: number }>('oldRSs deleted revisionHistoryLimit expectedDeletions', ({ oldRSs, deleted = [], revisionHistoryLimit, expectedDeletions }) =>
    equal(setsToDelete(deployment({ spec: { revisionHistoryLimit } }), oldRSs.map(([replicas, actual], i) => replicaSet({ name: `foo-${i}`, replicas, actual, deleted: deleted.includes(i) }))).length, expectedDeletions)),
  cleanupDeploymentOrder: table<{ oldRSs: { name: string, replicas: [number, number], revision: string | null, createdAfter: number }[], revisionHistoryLimit: number, expectedDeleted: string[] }>('oldRSs revisionHistoryLimit expectedDeleted', ({ oldRSs, revisionHistoryLimit, expectedDeleted }) => {
    const sets = oldRSs.map(given => replicaSet({
      name: only(given, 'name replicas revision createdAfter').name,
      replicas: given.replicas[0],
      actual: given.replicas[1],
      created: stamp(given.createdAfter * 1000),
      annotations: given.revision === null ? {} : { 'deployment.kubernetes.io/revision': given.revision },
    }))
    equal(setsToDelete(deployment({ spec: { revisionHistoryLimit } }), sets).map(rs => rs.metadata.name).sort(), [...expectedDeleted].sort())
  }),
}
