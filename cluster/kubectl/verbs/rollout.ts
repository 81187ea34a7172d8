// kubectl rollout: how far an update is, what came before, back to it, hold it, go on. upstream: kubectl pkg/cmd/rollout, polymorphichelpers
import { HASH_LABEL, revisionOf, sameTemplate } from '../../controllers/deployment/sets.ts'
import type { AnyObject, Deployment, ReplicaSet } from '../../api/objects.ts'
import { qualified } from '../../api/objects.ts'
import { rolloutHistory, rolloutStatus } from '../../printers/rollout.ts'
import { templateText } from '../../printers/template.ts'
import { stamp } from '../../timeline/clock.ts'
import type { Call, Command } from '../command.ts'
import { Failure, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { manifestsOf } from '../manifests.ts'
import { checkOutput, done, dryRunOf, writing, WRITES } from '../output.ts'
import { askedFor, find, gather } from '../resources.ts'
import { groupKind } from '../visit.ts'
import { BY } from '../writes.ts'

const COMMON = 'filename,f:l recursive,R kustomize,k:s selector,l:s'

/** The objects that a rollout is asked of. @throws Failure */
function targets({ io, flags, words, namespace, enforced }: Call): { objects: AnyObject[], errors: unknown[] } {
  const files = flags.list('filename')
  if (!words.length && !files.length)
    throw new Failure('required resource not specified')
  if (files.length)
    return { objects: manifestsOf(io, files, namespace, enforced).map(({ kind, object }) => find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? '')), errors: [] }
  return gather(io, askedFor(words), { namespace, labels: flags.text('selector') })
}

const setsOf = (io: Io, { metadata }: Deployment): readonly ReplicaSet[] => io.api.list('ReplicaSet', { owner: metadata.uid })

/** Does something to each Deployment; others are refused. @param verb `pausing`: what is not supported of others */
function each(call: Call, verb: string, what: string, change: (deployment: Deployment) => Deployment): undefined {
  const { io, flags } = call
  checkOutput(flags)
  const dry = dryRunOf(io, flags)
  const { objects, errors } = targets(call)
  writing(io, dry, (api) => {
    for (const object of objects) {
      try {
        if (object.kind !== 'Deployment')
          throw new Failure(`${qualified(object.kind)} "${object.metadata.name}" ${verb} is not supported`)
        const changed = change(object)
        done(io, flags, dry === 'client' ? changed : api.update('Deployment', changed, BY), what, dry)
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

const refuse = (deployment: Deployment, why: string) => new Failure(`${qualified('Deployment')} "${deployment.metadata.name}" ${why}`)
const paused = (deployment: Deployment, is: boolean): Deployment => ({ ...deployment, spec: { ...deployment.spec, paused: is } } as Deployment)

const pause = (call: Call) => each(call, 'pausing', 'paused', (deployment) => {
  if ((deployment.spec as { paused?: boolean }).paused)
    throw refuse(deployment, 'is already paused')
  return paused(deployment, true)
})

const resume = (call: Call) => each(call, 'resuming', 'resumed', (deployment) => {
  if (!(deployment.spec as { paused?: boolean }).paused)
    throw refuse(deployment, 'is not paused')
  return paused(deployment, false)
})

const RESTARTED = 'kubectl.kubernetes.io/restartedAt'

/** upstream: RestartOptions.RunRestart, polymorphichelpers.defaultObjectRestarter */
const restart = (call: Call) => each(call, 'restarting', 'restarted', (deployment) => {
  if ((deployment.spec as { paused?: boolean }).paused)
    throw refuse(deployment, 'can\'t restart paused deployment (run rollout resume first)')
  const { template } = deployment.spec
  const annotations = { ...template.metadata?.annotations, [RESTARTED]: stamp(call.io.now) }
  // stamps have whole seconds: nothing would change
  if (annotations[RESTARTED] === template.metadata?.annotations?.[RESTARTED])
    throw new Failure(`failed to create patch for ${deployment.metadata.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`)
  return { ...deployment, spec: { ...deployment.spec, template: { ...template, metadata: { ...template.metadata, annotations } } } }
})

/** What stays on the Deployment when it goes back. upstream: annotationsToSkip */
const KEPT = ['kubectl.kubernetes.io/last-applied-configuration', 'deployment.kubernetes.io/revision', 'deployment.kubernetes.io/revision-history', 'deployment.kubernetes.io/desired-replicas', 'deployment.kubernetes.io/max-replicas', 'deprecated.deployment.rollback.to']

/** The set of a revision, or the one before the last. upstream: deploymentRevision */
function earlier(deployment: Deployment, sets: readonly ReplicaSet[], revision: number): ReplicaSet {
  const known = sets.filter(set => revisionOf(set) > 0).sort((a, b) => revisionOf(b) - revisionOf(a))
  const found = revision > 0 ? known.find(set => revisionOf(set) === revision) : known[1]
  if (!found)
    throw new Failure(revision > 0 ? `unable to find specified revision ${revision} in history` : `no rollout history found for deployment "${deployment.metadata.name}"`)
  return found
}

function undo(call: Call): undefined {
  const { io, flags } = call
  checkOutput(flags)
  const dry = dryRunOf(io, flags)
  const { objects, errors } = targets(call)
  const revision = flags.number('to-revision')
  if (revision < 0)
    throw new Failure('--to-revision must be greater than or equal to 0')
  writing(io, dry, (api) => {
    for (const object of objects) {
      try {
        if (object.kind !== 'Deployment')
          throw new Failure(`no rollbacker has been implemented for "${groupKind(object)}"`)
        const set = earlier(object, setsOf(io, object), revision)
        const labels = { ...set.spec.template.metadata?.labels }
        delete labels[HASH_LABEL]
        const template = { ...set.spec.template, metadata: { ...set.spec.template.metadata, labels } }
        if ((object.spec as { paused?: boolean }).paused)
          throw new Failure('you cannot rollback a paused deployment; resume it first with \'kubectl rollout resume\' and try again')
        if (dry === 'client') {
          done(io, flags, object, templateText(set.spec.template), 'client')
          continue
        }
        if (sameTemplate(template, object.spec.template)) {
          done(io, flags, object, `skipped rollback (current template already matches revision ${revisionOf(set)})`, dry)
          continue
        }
        const own = (from: Readonly<Record<string, string>> | undefined, kept: boolean) => Object.entries(from ?? {}).filter(([key]) => KEPT.includes(key) === kept)
        const annotations = Object.fromEntries([...own(set.metadata.annotations, false), ...own(object.metadata.annotations, true)])
        done(io, flags, api.update('Deployment', { ...object, metadata: { ...object.metadata, annotations }, spec: { ...object.spec, template } }, BY), 'rolled back', dry)
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

function history(call: Call): undefined {
  const { io, flags } = call
  const revision = flags.number('revision')
  if (revision < 0)
    throw new Failure(`revision must be a positive integer: ${revision}`)
  const { objects, errors } = targets(call)
  for (const object of objects) {
    try {
      if (object.kind !== 'Deployment')
        throw new Failure(`no history viewer has been implemented for "${groupKind(object)}"`)
      done(io, flags, object, `${revision ? `with revision #${revision}` : ''}\n${rolloutHistory(setsOf(io, object), revision)}`)
    }
    catch (error) {
      errors.push(error)
    }
  }
  throwAll(errors)
  return undefined
}

interface Following { readonly namespace: string, readonly name: string, readonly uid: string, readonly since: number, readonly revision: number, readonly until?: number }

/** ms between looks at what was written. */
const LOOK = 50

function tell(io: Io, deployment: Deployment, revision: number): boolean {
  const { message, done: through } = rolloutStatus(deployment, revision)
  io.print(message)
  return through
}

function status(call: Call): Waiting | undefined {
  const { io, flags } = call
  const revision = flags.number('revision')
  if (revision < 0)
    throw new Failure(`revision must be a positive integer: ${revision}`)
  const { objects, errors } = targets(call)
  throwAll(errors)
  if (objects.length > 1 && flags.on('watch') && objects.some(object => object.kind === 'Deployment' && !rolloutStatus(object, revision).done))
    return follow(io, objects[0]!, flags.ms('timeout'), revision, objects.slice(1).map(object => object.metadata.name))
  for (const object of objects) {
    if (object.kind !== 'Deployment')
      throw new Failure(`no status viewer has been implemented for ${groupKind(object)}`)
    if (!tell(io, object, revision) && flags.on('watch'))
      return followed(io, object, flags.ms('timeout'), revision)
  }
  return undefined
}

const followed = (io: Io, { metadata: { namespace, name, uid } }: Deployment, timeout: number, revision: number): Waiting => ({ follow: 'rollout', after: LOOK, data: { namespace, name, uid, since: io.api.revision(), revision, ...(timeout > 0 && { until: io.now + timeout }) } })

function follow(io: Io, object: AnyObject, timeout: number, revision: number, rest: readonly string[]): Waiting | undefined {
  if (object.kind !== 'Deployment')
    throw new Failure(`no status viewer has been implemented for ${groupKind(object)}`)
  const through = tell(io, object, revision)
  if (!through) {
    const waiting = followed(io, object, timeout, revision)
    return { ...waiting, data: { ...waiting.data as object, rest } as Plain }
  }
  const next = rest.length ? io.api.get('Deployment', object.metadata.namespace, rest[0]!) : undefined
  return next && follow(io, next, timeout, revision, rest.slice(1))
}

/** What became of a Deployment since the last look; every write of it is told. */
export function goOnRollout(data: Plain, io: Io): Waiting | undefined {
  const { namespace, name, uid, since, revision, until, rest = [] } = data as unknown as Following & { rest?: string[] }
  for (const event of io.api.watch('Deployment', since, { namespace })) {
    if (event.object.metadata.uid !== uid)
      continue
    if (event.type === 'DELETED')
      throw new Failure('object has been deleted')
    if (tell(io, event.object, revision)) {
      const next = rest.length ? io.api.get('Deployment', namespace, rest[0]!) : undefined
      return next && follow(io, next, until === undefined ? 0 : until - io.now, revision, rest.slice(1))
    }
  }
  if (!io.api.get('Deployment', namespace, name))
    throw new Failure('object has been deleted')
  if (until !== undefined && io.now >= until)
    throw new Failure('timed out waiting for the condition')
  return { follow: 'rollout', after: LOOK, data: { ...data as object, since: io.api.revision() } as Plain }
}

const sub = (name: string, about: string, run: Command['run'], flags = '', usage = '(TYPE NAME | TYPE/NAME) [flags] [options]'): Command => ({ name, about, usage, flags: flagSet(WRITES, COMMON, flags), takes: 'kinds', run })

export const rolloutCommand: Command = {
  name: 'rollout',
  about: 'Manage the rollout of one or many resources',
  usage: 'SUBCOMMAND [options]',
  examples: '  # Rollback to the previous deployment\n  kubectl rollout undo deployment/abc\n\n  # Check the rollout status of a deployment\n  kubectl rollout status deployment/foo\n\n  # Restart a deployment\n  kubectl rollout restart deployment/abc',
  subs: [
    sub('history', 'View rollout history', history, 'revision:i'),
    sub('pause', 'Mark the provided resource as paused', pause, '', 'RESOURCE [options]'),
    sub('restart', 'Restart a resource', restart, '', 'RESOURCE [options]'),
    sub('resume', 'Resume a paused resource', resume, '', 'RESOURCE [options]'),
    sub('status', 'Show the status of the rollout', status, 'watch,w:b=true timeout:d=0 revision:i'),
    sub('undo', 'Undo a previous rollout', undo, 'to-revision:i'),
  ],
}
