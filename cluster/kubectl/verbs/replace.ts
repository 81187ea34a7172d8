// kubectl replace: what files say takes the place of what is there. upstream: kubectl pkg/cmd/replace
import { ApiError } from '../../api/errors.ts'
import { annotated, LAST_APPLIED } from '../../api/apply.ts'
import type { AnyObject, Kind } from '../../api/objects.ts'
import type { Server } from '../../api/server.ts'
import type { Call, Command } from '../command.ts'
import { Failure, throwAll, whileDoing } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Parsed } from '../flags.ts'
import { checked, placed, readManifests, validationOf } from '../manifests.ts'
import type { Manifest } from '../manifests.ts'
import { checkOutput, done, dryRunOf, writing, WRITES } from '../output.ts'
import { BY } from '../writes.ts'

const FLAGS = flagSet(WRITES, 'filename,f:l recursive,R kustomize,k:s cascade:s=background?background force grace-period:i=-1 timeout:d=0 wait save-config raw:s subresource:s')

/** Kinds of which a write makes what is not there. upstream: AllowCreateOnUpdate of their strategies */
const MADE: readonly Kind[] = ['Event', 'Lease', 'Service']

/** What is sent: with its own text in the annotation of `apply` where that is asked for, or where the file has one. upstream: util.CreateOrUpdateAnnotation */
function sent(flags: Parsed, { kind, object }: Manifest): Record<string, unknown> {
  const annotations = object.metadata.annotations as Readonly<Record<string, unknown>> | undefined
  return flags.on('save-config') || annotations?.[LAST_APPLIED] !== undefined ? annotated(kind, object) : object
}

/** Writes over what is there, whatever its version, where the file names none. upstream: resource.Helper.Replace */
function overwrite(api: Server, manifest: Manifest, object: Record<string, unknown>): AnyObject {
  const { kind, object: { metadata: { name, namespace = '' } } } = manifest
  if (!name)
    throw new Failure(`error when replacing "${manifest.source}": resource name may not be empty`)
  const before = api.get(kind, namespace, name)
  if (!before && MADE.includes(kind))
    return api.create(kind, object, BY)
  // what a namespace waits for is not written with it. upstream: namespaceStrategy.PrepareForUpdate
  if (before?.kind === 'Namespace')
    return api.update(kind, { ...object, spec: before.spec } as unknown as AnyObject, BY)
  return api.update(kind, object as unknown as AnyObject, BY)
}

function replace(call: Call): undefined {
  const { io, flags, namespace, enforced } = call
  const validation = validationOf(flags)
  const dry = dryRunOf(io, flags)
  checkOutput(flags)
  if (!flags.list('filename').length)
    throw new Failure('must specify one of -f and -k')
  if (!flags.on('force') && flags.number('grace-period') >= 0)
    throw new Failure('--grace-period must have --force specified')
  if (!flags.on('force') && flags.ms('timeout') !== 0)
    throw new Failure('--timeout must have --force specified')
  if (flags.on('force') && dry !== 'none')
    throw new Failure('--dry-run can not be used when --force is set')
  if (flags.on('force'))
    throw new Failure('--force is not there in this kubectl: delete the object, then create it')
  // a file that says nothing is no failure here
  const { manifests, errors } = readManifests(io, flags.list('filename'), '', validation !== 'ignore')
  writing(io, dry, (api) => {
    for (const each of manifests) {
      try {
        const manifest = checked(io, flags, placed(each, namespace, enforced))
        const object = sent(flags, manifest)
        const after = dry === 'client' ? object as unknown as AnyObject : overwrite(api, manifest, object)
        done(io, flags, after, 'replaced', dry)
      }
      catch (error) {
        errors.push(error instanceof ApiError ? whileDoing('replacing', each.source, error) : error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

export const replaceCommand: Command = {
  name: 'replace',
  about: 'Replace a resource by file name or stdin',
  usage: '-f FILENAME [options]',
  examples: '  # Replace a pod using the data in pod.json\n  kubectl replace -f ./pod.json\n\n  # Replace a pod based on the JSON passed into stdin\n'
    + '  cat pod.json | kubectl replace -f -',
  flags: FLAGS,
  takes: 'none',
  run: replace,
}
