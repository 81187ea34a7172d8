// The Deployment controller: from one template to the next, a few Pods at a time. upstream: pkg/controller/deployment/deployment_controller.go
import { fromLabelSelector, labelSelectorMatches } from '../../api/labels.ts'
import { controllerOf, same } from '../../api/objects.ts'
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../api/objects.ts'
import type { Actor, Context } from '../../timeline/kernel.ts'
import { claim, noteOrphan, orphansIn } from '../owners.ts'
import type { Orphans } from '../owners.ts'
import { isPodTerminal } from '../pods.ts'
import { attempt, newRetries } from '../workqueue.ts'
import type { Retries } from '../workqueue.ts'
import { setsToDelete } from './history.ts'
import { NAME, findSets } from './newset.ts'
import type { Found, Sync } from './newset.ts'
import { growNewSet, reconcileOldSets } from './rolling.ts'
import type { Resize } from './rolling.ts'
import { scaleSets, scalingEvent } from './scaling.ts'
import { active, sizeAnnotations, sum } from './sets.ts'
import { condition, conditionOf, deploymentStatus, hasDeadline, isComplete, rolloutStatus, setCondition, untilDeadline } from './status.ts'

/** A key is given up after so many failures in a row. upstream: maxRetries */
const MAX_RETRIES = 15

interface Memory { readonly orphans: Orphans, readonly retries: Retries }
type Ctx = Context<Memory>

const all = ({ current, old }: Found) => current ? [...old, current] : old

/** Writes sizes, one after the other; whether any changed. upstream: scaleReplicaSet */
function resize({ api, d }: Sync, changes: readonly Resize[]): boolean {
  let scaled = false
  for (const { rs: { metadata: { namespace, name } }, to } of changes) {
    const rs = api.get('ReplicaSet', namespace, name)!
    const from = rs.spec.replicas
    const annotations = { ...rs.metadata.annotations, ...sizeAnnotations(d) }
    if (from === to && same(annotations, rs.metadata.annotations))
      continue
    api.update('ReplicaSet', { ...rs, metadata: { ...rs.metadata, annotations }, spec: { ...rs.spec, replicas: to } }, NAME)
    if (from !== to) {
      scaled = true
      api.event(d, 'Normal', 'ScalingReplicaSet', `Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`, NAME)
    }
  }
  return scaled
}

function writeStatus({ api, d }: Sync, status: DeploymentStatus): boolean {
  if (same(status, d.status))
    return false
  api.updateStatus('Deployment', { ...d, status }, NAME)
  return true
}

function cleanUp({ api, d }: Sync, old: readonly ReplicaSet[]) {
  for (const { metadata: { namespace, name } } of setsToDelete(d, old))
    api.delete('ReplicaSet', namespace, name, {}, NAME)
}

/** Sizes without an update: the Deployment was scaled, or is paused. upstream: sync */
function scale(sync: Sync) {
  const found = findSets(sync, false)
  resize(sync, scaleSets(sync.d, found.current, found.old))
  if (sync.d.spec.paused)
    cleanUp(sync, found.old)
  writeStatus(sync, deploymentStatus(sync.d, all(found), found.current, sync.now))
}

/** A set that has been asked to shrink may still report more than it was asked for: what it is to lose no longer counts. Stricter than upstream, which believes the status. */
const settled = (rs: ReplicaSet): ReplicaSet =>
  (rs.status.availableReplicas ?? 0) > rs.spec.replicas ? { ...rs, status: { ...rs.status, availableReplicas: rs.spec.replicas } } : rs

/** upstream: rolloutRolling */
function roll(sync: Sync): Found {
  const found = findSets(sync, true)
  const current = found.current!
  if (resize(sync, growNewSet(sync.d, all(found), current)) || resize(sync, reconcileOldSets(sync.d, all(found).map(settled), active(found.old).map(settled), settled(current))))
    return found
  if (isComplete(sync.d, sync.d.status))
    cleanUp(sync, found.old)
  return found
}

/** Whether Pods of the old sets are still there. upstream: oldPodsRunning */
function oldPodsRunning({ api, sets }: Sync, { current, old }: Found): boolean {
  return sum(old, rs => rs.status.replicas) > 0
    || sets.some(rs => rs.metadata.uid !== current?.metadata.uid && api.list('Pod', { owner: rs.metadata.uid }).some(pod => !isPodTerminal(pod)))
}

/** upstream: rolloutRecreate */
function recreate(sync: Sync): Found {
  const found = findSets(sync, false)
  if (resize(sync, active(found.old).map(rs => ({ rs, to: 0 }))) || oldPodsRunning(sync, found))
    return found
  const next = found.current ? found : findSets(sync, true)
  resize(sync, growNewSet(sync.d, all(next), next.current!))
  if (isComplete(sync.d, sync.d.status))
    cleanUp(sync, next.old)
  return next
}

/** Says that the Deployment is paused, or no longer; gives it as it is then. upstream: checkPausedConditions */
function notePause({ api, now, d }: Sync): Deployment {
  const progress = conditionOf(d.status.conditions, 'Progressing')
  const noted = progress?.reason === 'DeploymentPaused'
  if (!hasDeadline(d) || progress?.reason === 'ProgressDeadlineExceeded' || noted === !!d.spec.paused)
    return d
  const next = d.spec.paused ? condition('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused', now) : condition('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed', now)
  return api.updateStatus('Deployment', { ...d, status: { ...d.status, conditions: [...setCondition(d.status.conditions, next)] } }, NAME)
}

/** upstream: syncDeployment */
function syncDeployment(ctx: Ctx, key: string) {
  const { api, now, memory } = ctx
  const [namespace, name] = key.split('/') as [string, string]
  const d = api.get('Deployment', namespace, name)
  if (!d)
    return
  const sets = claim(api, 'ReplicaSet', d, fromLabelSelector(d.spec.selector) ?? [], api.list('ReplicaSet', { owner: d.metadata.uid }), orphansIn(api, 'ReplicaSet', memory.orphans, namespace), NAME)
  let sync: Sync = { api, now, d, sets }
  if (d.metadata.deletionTimestamp) {
    const found = findSets(sync, false)
    writeStatus(sync, deploymentStatus(d, all(found), found.current, now))
    return
  }
  sync = { ...sync, d: notePause(sync) }
  if (sync.d.spec.paused || scalingEvent(sync.d, all(findSets(sync, false))))
    return scale(sync)
  const found = sync.d.spec.strategy.type === 'Recreate' ? recreate(sync) : roll(sync)
  const status = rolloutStatus(sync.d, all(found), found.current, now)
  if (writeStatus(sync, status))
    return
  const wait = untilDeadline(sync.d, status, now)
  if (wait !== undefined)
    ctx.enqueue(key, wait)
}

function observeSet({ api, memory, enqueue }: Ctx, type: string, rs: ReplicaSet, old: ReplicaSet | undefined) {
  noteOrphan(memory.orphans, rs, type === 'DELETED')
  const { namespace } = rs.metadata
  const owner = controllerOf(rs)
  for (const each of [owner, old && controllerOf(old)]) {
    if (each?.kind === 'Deployment')
      enqueue(`${namespace}/${each.name}`)
  }
  if (!owner && type !== 'DELETED') {
    for (const d of api.list('Deployment', { namespace })) {
      if (labelSelectorMatches(d.spec.selector, rs.metadata.labels))
        enqueue(`${namespace}/${d.metadata.name}`)
    }
  }
}

export const deploymentController: Actor<Memory> = {
  name: NAME,
  watches: ['Deployment', 'ReplicaSet', 'Pod'],
  start: () => ({ orphans: new Set(), retries: newRetries() }),
  observe({ kind, type, object, old }, ctx) {
    const { namespace, name } = object.metadata
    if (kind === 'Deployment') {
      ctx.enqueue(`${namespace}/${name}`)
    }
    else if (kind === 'ReplicaSet') {
      observeSet(ctx, type, object as ReplicaSet, old as ReplicaSet | undefined)
    }
    else if (type === 'DELETED') {
      // one that recreates waits for the last of its old Pods
      const owner = controllerOf(object)
      const rs = owner?.kind === 'ReplicaSet' ? ctx.api.get('ReplicaSet', namespace!, owner.name) : undefined
      const above = rs && controllerOf(rs)
      if (above && ctx.api.get('Deployment', namespace!, above.name)?.spec.strategy.type === 'Recreate')
        ctx.enqueue(`${namespace}/${above.name}`)
    }
  },
  run: (key, ctx) => attempt(key, ctx.memory.retries, ctx, () => syncDeployment(ctx, key), MAX_RETRIES),
}
