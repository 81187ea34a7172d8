// kubectl delete, which waits until what was deleted is gone. upstream: kubectl pkg/cmd/delete
import { RESOURCES } from '../../api/objects.ts'
import type { AnyObject, Kind } from '../../api/objects.ts'
import type { Propagation } from '../../api/server.ts'
import type { Call, Command } from '../command.ts'
import { Failure, throwAll, whileDoing } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { placed, readManifests } from '../manifests.ts'
import { dryRunOf, writing } from '../output.ts'
import { filesAlone } from '../pairs.ts'
import { askedFor, find, fullName, gather } from '../resources.ts'
import { BY } from '../writes.ts'

const FLAGS = flagSet('selector,l:s all all-namespaces,A field-selector:s filename,f:l recursive,R kustomize,k:s cascade:s=background?background now force grace-period:i=-1 ignore-not-found wait:b=true timeout:d=0 output,o:s dry-run:s=none?unchanged raw:s interactive,i')

const CASCADE: Readonly<Record<string, Propagation>> = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan', true: 'Background', false: 'Orphan' }

/** ms between looks at whether it is gone. */
const LOOK = 100

interface Gone { readonly kind: Kind, readonly namespace: string, readonly name: string, readonly uid: string }

function graceOf(io: Io, call: Call): number | undefined {
  const { flags } = call
  const given = flags.number('grace-period')
  if (flags.on('now') && given >= 0)
    throw new Failure('--now and --grace-period cannot be specified together')
  if (flags.on('force') && given > 0)
    throw new Failure('--force and --grace-period greater than 0 cannot be specified together')
  if (flags.on('force') && flags.on('now'))
    return 1
  if (flags.on('now'))
    return 1
  if (flags.on('force') || given === 0) {
    if (flags.on('force'))
      io.warn('Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n')
    return flags.on('force') ? 0 : 1
  }
  return given > 0 ? given : undefined
}

/** What is to go, and whether nothing was named. */
function chosen({ io, flags, words, namespace, enforced }: Call): { objects: AnyObject[], errors: unknown[], unnamed: boolean } {
  const files = flags.list('filename')
  filesAlone(files, words)
  const labels = flags.text('selector')
  const fields = flags.text('field-selector')
  const all = flags.on('all')
  if (all && (labels || fields))
    throw new Failure('setting \'all\' parameter but found a non empty selector. ')
  if (files.length) {
    const { manifests, errors } = readManifests(io, files, '')
    const objects: AnyObject[] = []
    for (const manifest of manifests) {
      try {
        const { kind, object } = placed(manifest, namespace, enforced)
        objects.push(find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? ''))
      }
      catch (error) {
        if (!flags.on('ignore-not-found'))
          errors.push(whileDoing('deleting', manifest.source, error))
      }
    }
    return { objects, errors, unnamed: !manifests.length }
  }
  const asked = askedFor(words, false, !!labels || !!fields || all)
  if (!asked.named && !labels && !fields && !all)
    throw new Failure('resource(s) were provided, but no name was specified')
  const which = { namespace, everywhere: flags.on('all-namespaces'), labels, fields, all }
  return { ...gather(io, asked, which, flags.on('ignore-not-found')), unnamed: !asked.named }
}

function del(call: Call): Waiting | undefined {
  const { io, flags } = call
  const policy = CASCADE[flags.text('cascade')]
  if (!policy)
    throw new Failure(`invalid cascade value (${flags.text('cascade')}). Must be "background", "foreground", or "orphan"`)
  // upstream: cmdutil.GetCascadingStrategy
  if (['true', 'false'].includes(flags.text('cascade')))
    io.warn(`warning: --cascade=${flags.text('cascade')} is deprecated (boolean value) and can be replaced with --cascade=${flags.text('cascade') === 'true' ? 'background' : 'orphan'}.\n`)
  const output = flags.text('output')
  if (output && output !== 'name')
    throw new Failure(`unexpected -o output mode: ${output}. We only support '-o name'`)
  const dry = dryRunOf(io, flags)
  const grace = graceOf(io, call)
  const { objects, errors, unnamed } = chosen(call)
  if (call.enforced && objects.some(({ kind }) => !RESOURCES[kind].namespaced))
    io.warn('warning: deleting cluster-scoped resources, not scoped to the provided namespace\n')
  if (!objects.length && !errors.length) {
    // what is named is asked to go before it is known whether it is there. upstream: DeleteResult
    if (unnamed)
      io.print('No resources found\n')
    return undefined
  }
  const gone: Gone[] = []
  writing(io, dry, (api) => {
    for (const object of objects) {
      const { kind, metadata: { name, namespace = '', uid } } = object
      const { group, namespaced } = RESOURCES[kind]
      try {
        if (dry !== 'client')
          api.delete(kind, namespace, name, { propagationPolicy: policy, ...(grace !== undefined && { gracePeriodSeconds: grace }) }, BY)
        const how = dry === 'client' ? ' (dry run)' : dry === 'server' ? ' (server dry run)' : ''
        io.print(output === 'name' ? `${fullName(object)}\n` : `${kind.toLowerCase()}${group ? `.${group}` : ''} "${name}" ${grace === 0 ? 'force deleted' : 'deleted'}${namespaced ? ` from ${namespace} namespace` : ''}${how}\n`)
        gone.push({ kind, namespace, name, uid })
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  if (dry !== 'none' || !flags.on('wait'))
    return undefined
  // upstream: a wait without a limit is one of a week
  return waitUntilGone(io, gone, flags.ms('timeout') > 0 ? io.now + flags.ms('timeout') : undefined)
}

/** Whether all are gone, or what still waits for that. */
function waitUntilGone(io: Io, gone: readonly Gone[], until: number | undefined): Waiting | undefined {
  const left = gone.filter(({ kind, namespace, name, uid }) => io.api.get(kind, namespace, name)?.metadata.uid === uid)
  if (!left.length)
    return undefined
  if (until !== undefined && io.now >= until)
    throw new Failure(`timed out waiting for the condition on ${RESOURCES[left[0]!.kind].plural}/${left[0]!.name}`)
  return { follow: 'delete', after: LOOK, data: { gone: left, ...(until !== undefined && { until }) } as unknown as Plain }
}

export function goOnDeleting(data: Plain, io: Io): Waiting | undefined {
  const { gone, until } = data as unknown as { gone: Gone[], until?: number }
  return waitUntilGone(io, gone, until)
}

export const deleteCommand: Command = {
  name: 'delete',
  suggestFor: ['rm'],
  about: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  usage: '([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)]) [options]',
  examples: '  # Delete a pod using the type and name specified in pod.json\n  kubectl delete -f ./pod.json\n\n  # Delete pods and services with label name=myLabel\n  kubectl delete pods,services -l name=myLabel\n\n  # Delete a pod with minimal delay\n  kubectl delete pod foo --now',
  flags: FLAGS,
  takes: 'kinds',
  run: del,
}
