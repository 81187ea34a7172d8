// kubectl apply: what files say becomes so. upstream: kubectl pkg/cmd/apply
import { ApiError } from '../../api/errors.ts'
import { RESOURCES } from '../../api/objects.ts'
import type { AnyObject } from '../../api/objects.ts'
import type { Server } from '../../api/server.ts'
import type { JsonObject } from '../../api/patch.ts'
import { annotated, LAST_APPLIED, patchFor, sortedJson } from '../../api/apply.ts'
import { yamlText } from '../../printers/yaml.ts'
import type { Call, Command } from '../command.ts'
import { Failure, misused, throwAll, whileDoing } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Io } from '../io.ts'
import { checked, placed, readManifests, validationOf } from '../manifests.ts'
import type { Manifest } from '../manifests.ts'
import { checkOutput, done, dryRunOf, writing, WRITES } from '../output.ts'
import { askedFor, gather } from '../resources.ts'
import { BY } from '../writes.ts'

const FLAGS = flagSet(WRITES, 'filename,f:l recursive,R kustomize,k:s selector,l:s all overwrite:b=true openapi-patch:b=true server-side force-conflicts force grace-period:i=-1 timeout:d=0 wait prune prune-allowlist:a cascade:s=background?background subresource:s')

/** Where a patch was refused. upstream: patcher.patchSimple and its caller */
function refusedPatch(error: ApiError, { kind, object, source }: Manifest, before: AnyObject, modified: JsonObject): ApiError {
  if (error.reason === 'Invalid')
    return error
  const { group, plural, apiVersion } = RESOURCES[kind]
  const what = `error when applying patch:\n${sortedJson(patchFor(kind, modified, before))}\nto:\nResource: "${group ? apiVersion : '/v1'}, Resource=${plural}", GroupVersionKind: "${group ? apiVersion : '/v1'}, Kind=${kind}"\nName: "${object.metadata.name}", Namespace: "${object.metadata.namespace ?? ''}"\nfor: "${source}": error when patching "${source}": ${error.message}`
  return new ApiError(error.code, error.reason, what, error.details)
}

function applyOne(io: Io, { flags }: Call, manifest: Manifest, api: Server, dry: ReturnType<typeof dryRunOf>): AnyObject {
  const { kind, object, source } = manifest
  const { name, namespace = '' } = object.metadata
  const { group, plural, apiVersion } = RESOURCES[kind]
  if (typeof name !== 'string' || !name) {
    if (object.metadata.generateName)
      throw new Failure(`from ${source}: cannot use generate name with apply`)
    throw new Failure(`error when retrieving current configuration of:\nResource: "${group ? apiVersion : '/v1'}, Resource=${plural}", GroupVersionKind: "${group ? apiVersion : '/v1'}, Kind=${kind}"\nName: "", Namespace: "${namespace}"\nfrom server for: "${source}": resource name may not be empty`)
  }
  const before = api.get(kind, namespace, name)
  try {
    if (dry === 'client') {
      const tried = before && api.dryRun(trial => trial.apply(kind, object, BY))
      done(io, flags, (tried?.object ?? annotated(kind, object)) as AnyObject, before ? 'configured' : 'created', dry)
      return object as unknown as AnyObject
    }
    const { object: after, outcome, unannotated } = api.apply(kind, object, BY)
    if (unannotated)
      io.warn(`Warning: resource ${plural}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`)
    done(io, flags, after as AnyObject, outcome, dry)
    return after as AnyObject
  }
  catch (error) {
    if (!(error instanceof ApiError))
      throw error
    throw before ? refusedPatch(error, manifest, before, annotated(kind, object)) : whileDoing('creating', source, error)
  }
}

function apply(call: Call): undefined {
  const { io, flags, words, namespace, enforced, path } = call
  if (words.length)
    throw misused(path, `Unexpected args: [${words.join(' ')}]`)
  if (flags.on('server-side'))
    throw new Failure('--server-side is not there in this kubectl: this API server keeps no managed fields')
  if (flags.on('prune'))
    throw new Failure('--prune is not there in this kubectl: delete what is no longer wanted by its name')
  if (flags.text('kustomize'))
    throw new Failure('kustomizations are not there in this kubectl: use -f')
  if (!flags.list('filename').length)
    throw new Failure('must specify one of -f and -k')
  checkOutput(flags)
  const dry = dryRunOf(io, flags)
  const { manifests, errors } = readManifests(io, flags.list('filename'), 'apply', validationOf(flags) !== 'ignore')
  writing(io, dry, (api) => {
    for (const manifest of manifests) {
      try {
        applyOne(io, call, checked(io, flags, placed(manifest, namespace, enforced)), api, dry)
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

function lastApplied({ io, flags, words, namespace }: Call): undefined {
  const output = flags.text('output') || 'yaml'
  if (output !== 'yaml' && output !== 'json')
    throw new Failure(`Unexpected -o output mode: ${output}. We currently support 'json' and 'yaml'`)
  const { objects, errors } = gather(io, askedFor(words, false, !!flags.text('selector')), { namespace, labels: flags.text('selector') })
  for (const { metadata } of objects) {
    const text = metadata.annotations?.[LAST_APPLIED]
    if (text === undefined)
      errors.push(new Failure(`no last-applied-configuration annotation found on resource: ${metadata.name}`))
    else
      io.print(output === 'yaml' ? yamlText(JSON.parse(text)) : `${sortedJson(JSON.parse(text), 2)}\n`)
  }
  throwAll(errors)
  return undefined
}

export const applyCommand: Command = {
  name: 'apply',
  about: 'Apply a configuration to a resource by file name or stdin',
  usage: '(-f FILENAME | -k DIRECTORY) [options]',
  examples: '  # Apply the configuration in pod.json to a pod\n  kubectl apply -f ./pod.json\n\n  # Apply the JSON passed into stdin to a pod\n  cat pod.json | kubectl apply -f -',
  flags: FLAGS,
  takes: 'none',
  run: apply,
  subs: [{ name: 'view-last-applied', about: 'View the latest last-applied-configuration annotations of a resource/object', usage: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME) [options]', flags: flagSet('output,o:s selector,l:s all filename,f:l recursive,R kustomize,k:s'), takes: 'kinds', run: lastApplied }],
}
