// The ReplicaSet controller: as many Pods as are wanted, no more and no fewer. upstream: pkg/controller/replicaset/replica_set.go
import { ApiError, refused } from '../../api/errors.ts'
import { fromLabelSelector, labelSelectorMatches } from '../../api/labels.ts'
import { controllerOf, same } from '../../api/objects.ts'
import type { Pod, ReplicaSet } from '../../api/objects.ts'
import type { Actor, Context } from '../../timeline/kernel.ts'
import { claim, controllerRef, noteOrphan, orphansIn } from '../owners.ts'
import type { Orphans } from '../owners.ts'
import { isPodActive, podCondition, untilAvailable } from '../pods.ts'
import { attempt, newRetries } from '../workqueue.ts'
import type { Retries } from '../workqueue.ts'
import { ACTIVE, SELECTED, TERMINATING, allMarked, countMarked, lookAt } from './look.ts'
import { podsToDelete } from './ranking.ts'
import { slowStart } from './slowstart.ts'
import { replicaSetStatus } from './status.ts'

const NAME = 'replicaset-controller'
/** Pods made or deleted in one go. upstream: BurstReplicas */
const BURST = 500
/** A look takes time in proportion to the set's size, ms a Pod: while its Pods report, a large set is looked at less often. */
const POD_TIME = 1 / 20

interface Memory { readonly orphans: Orphans, readonly retries: Retries }
type Ctx = Context<Memory>

const keyOf = ({ metadata }: ReplicaSet) => `${metadata.namespace}/${metadata.name}`

/** Whether a Pod's change means nothing to its ReplicaSet. */
function unmoved(a: Pod, b: Pod): boolean {
  return a.status.phase === b.status.phase && a.metadata.deletionTimestamp === b.metadata.deletionTimestamp
    && same(podCondition(a, 'Ready'), podCondition(b, 'Ready')) && same(a.metadata.labels, b.metadata.labels) && same(a.metadata.ownerReferences, b.metadata.ownerReferences)
}

function observePod({ api, memory, enqueue }: Ctx, type: string, pod: Pod, old: Pod | undefined) {
  noteOrphan(memory.orphans, pod, type === 'DELETED')
  if (type === 'MODIFIED' && old && unmoved(pod, old))
    return
  const { namespace } = pod.metadata
  const owner = controllerOf(pod)
  const former = old && controllerOf(old)
  for (const { kind, name } of [owner, former?.uid === owner?.uid ? undefined : former].filter(each => each !== undefined)) {
    if (kind === 'ReplicaSet') {
      const size = api.get('ReplicaSet', namespace, name)?.spec.replicas ?? 0
      enqueue(`${namespace}/${name}`, type === 'MODIFIED' ? Math.floor(size * POD_TIME) : 0)
    }
  }
  if (!owner && type !== 'DELETED') {
    for (const rs of api.list('ReplicaSet', { namespace })) {
      if (labelSelectorMatches(rs.spec.selector, pod.metadata.labels))
        enqueue(keyOf(rs))
    }
  }
}

/** Sets of the same owner that are to shrink do so before another grows, as they mostly would with workers side by side: so a rollout keeps to its surge. Stricter than upstream, whose workers wait for nobody. */
function shrinkSiblings(ctx: Ctx, rs: ReplicaSet) {
  const owner = controllerOf(rs)
  for (const each of owner ? ctx.api.list('ReplicaSet', { owner: owner.uid }) : []) {
    if (each.metadata.uid !== rs.metadata.uid && ctx.api.list('Pod', { owner: each.metadata.uid }).filter(isPodActive).length > each.spec.replicas)
      sync(ctx, keyOf(each))
  }
}

/** Makes what is missing, deletes what is too much; gives what went wrong. upstream: manageReplicas */
function manage(ctx: Ctx, rs: ReplicaSet, active: readonly Pod[]): ApiError | undefined {
  const { api, now } = ctx
  const { namespace, name } = rs.metadata
  const over = active.length - rs.spec.replicas
  const refusal = (go: () => void, verb: string): ApiError | undefined => {
    try {
      go()
    }
    catch (error) {
      if (!(error instanceof ApiError))
        throw error
      api.event(rs, 'Warning', verb === 'creating' ? 'FailedCreate' : 'FailedDelete', `Error ${verb}: ${error.message}`, NAME)
      return error
    }
  }
  if (over < 0)
    shrinkSiblings(ctx, rs)
  if (over < 0 && !api.get('Namespace', '', namespace)?.metadata.deletionTimestamp) {
    const { metadata: { labels, annotations, finalizers } = {}, spec } = rs.spec.template
    const pod = { metadata: { generateName: `${name}-`, namespace, labels, annotations, finalizers, ownerReferences: [controllerRef(rs)] }, spec }
    return slowStart(Math.min(-over, BURST), () => refusal(() => {
      const made = api.create('Pod', pod, NAME)
      api.event(rs, 'Normal', 'SuccessfulCreate', `Created pod: ${made.metadata.name}`, NAME)
    }, 'creating')).error
  }
  if (over <= 0)
    return undefined
  const owner = controllerOf(rs)
  const related = owner ? api.list('ReplicaSet', { owner: owner.uid }).flatMap(each => api.list('Pod', { owner: each.metadata.uid })) : []
  let failed: ApiError | undefined
  for (const pod of podsToDelete(active, related, Math.min(over, BURST), now)) {
    failed = refusal(() => {
      try {
        api.delete('Pod', namespace, pod.metadata.name, {}, NAME)
      }
      catch (error) {
        if (!refused(error, 'NotFound'))
          throw error
        return
      }
      api.event(rs, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`, NAME)
    }, 'deleting') ?? failed
  }
  return failed
}

/** upstream: syncReplicaSet */
function sync(ctx: Ctx, key: string) {
  const { api, memory, now } = ctx
  const [namespace, name] = key.split('/') as [string, string]
  const rs = api.get('ReplicaSet', namespace, name)
  if (!rs)
    return
  const owned = api.list('Pod', { owner: rs.metadata.uid })
  const orphans = memory.orphans.size ? orphansIn(api, 'Pod', memory.orphans, namespace) : []
  const marks = lookAt(rs.spec, owned)
  // most often all of them count, and nobody else's do
  const settled = !orphans.length && allMarked(marks, ACTIVE | SELECTED)
  const active = settled ? owned : claim(api, 'Pod', rs, fromLabelSelector(rs.spec.selector) ?? [], owned.filter(isPodActive), orphans.filter(isPodActive), NAME)
  const terminating = settled ? 0 : countMarked(marks, TERMINATING | SELECTED)
  const failure = rs.metadata.deletionTimestamp ? undefined : manage(ctx, rs, active)
  const status = replicaSetStatus(rs, active, terminating, failure?.message, now)
  if (!same(status, rs.status))
    api.updateStatus('ReplicaSet', { ...rs, status }, NAME)
  if (failure)
    throw failure
  const minReady = rs.spec.minReadySeconds ?? 0
  if (minReady && status.readyReplicas !== status.availableReplicas) {
    const waits = active.map(pod => untilAvailable(pod, minReady, now)).filter(wait => wait !== undefined && wait > 0) as number[]
    if (waits.length)
      ctx.enqueue(key, Math.min(...waits))
  }
}

export const replicaSetController: Actor<Memory> = {
  name: NAME,
  watches: ['ReplicaSet', 'Pod'],
  start: () => ({ orphans: new Set(), retries: newRetries() }),
  observe({ kind, type, object, old }, ctx) {
    if (kind === 'Pod')
      observePod(ctx, type, object as Pod, old as Pod | undefined)
    else
      ctx.enqueue(keyOf(object as ReplicaSet))
  },
  run: (key, ctx) => attempt(key, ctx.memory.retries, ctx, () => sync(ctx, key)),
}
