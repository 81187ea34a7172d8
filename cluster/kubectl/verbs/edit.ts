// kubectl edit and diff: an object as text, changed by hand, and what a file would change. upstream: kubectl pkg/cmd/edit, diff
import { createTwoFilesPatch } from 'diff'
import { refused } from '../../api/errors.ts'
import { qualified, RESOURCES, same } from '../../api/objects.ts'
import type { AnyObject, Kind } from '../../api/objects.ts'
import { strategicDifference } from '../../api/patch.ts'
import type { JsonObject } from '../../api/patch.ts'
import { LAST_APPLIED } from '../../api/apply.ts'
import { yamlText } from '../../printers/yaml.ts'
import { microStamp } from '../../timeline/clock.ts'
import type { Call, Command } from '../command.ts'
import { errorText, Failure, misused, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { placed, readManifests, readYaml, validationOf } from '../manifests.ts'
import type { Validation } from '../manifests.ts'
import { fullName, askedFor, gather } from '../resources.ts'
import { BY } from '../writes.ts'

/** An editor is open: with the object that it shows, as it was (`original`) and the text in it; `refused` is the text that was refused last. */
export interface Editing { readonly kind: Kind, readonly namespace: string, readonly name: string, readonly version: string, readonly text: string, readonly original: string, readonly refused?: string, readonly validate: Validation, readonly rest: readonly { readonly kind: Kind, readonly namespace: string, readonly name: string }[] }

const NOTE = '# Please edit the object below. Lines beginning with a \'#\' will be ignored,\n# and an empty file will abort the edit. If an error occurs while saving this file will be\n# reopened with the relevant failures.\n#\n'
/** An editor may stay open for so long before it is asked again: ms. */
const OPEN = 3_600_000

const clean = (text: string) => text.split('\n').filter(line => !line.startsWith('#')).join('\n')

const waitFor = (editing: Editing): Waiting => ({ follow: 'edit', after: OPEN, data: editing as unknown as Plain })

function open(object: AnyObject, validate: Validation, rest: Editing['rest']): Waiting {
  const { kind, metadata: { namespace = '', name, resourceVersion } } = object
  const original = yamlText(object)
  return waitFor({ kind, namespace, name, version: resourceVersion, text: NOTE + original, original, validate, rest })
}

/** The editor opens again, with what is wrong above. upstream: editHeader.writeTo */
function again(editing: Editing, head: string, others: readonly string[], body: string): Waiting {
  const hashed = (text: string) => text.replace(/\n(?!#)(?=.)/gs, '\n# ')
  const told = `# ${hashed(head)}${others.length ? ':' : ''}\n${others.map(each => `# * ${hashed(each)}\n`).join('')}#\n`
  return waitFor({ ...editing, text: `${NOTE}${told}${body}`, refused: body })
}

function edit({ io, flags, words, namespace }: Call): Waiting | undefined {
  const validate = validationOf(flags)
  const { objects, errors } = gather(io, askedFor(words), { namespace, labels: flags.text('selector') })
  throwAll(errors)
  const [first, ...rest] = objects
  if (!first)
    throw new Failure('edit cancelled, no objects found')
  return open(first, validate, rest.map(({ kind, metadata }) => ({ kind, namespace: metadata.namespace ?? '', name: metadata.name })))
}

/** Takes the text that the editor was closed with, if it was. upstream: EditOptions.Run, visitToPatch, addError */
export function goOnEditing(data: Plain, io: Io): Waiting | undefined {
  const editing = data as unknown as Editing
  const { kind, namespace, name, original, refused: last, validate, rest } = editing
  if (io.answer === undefined)
    return { follow: 'edit', after: OPEN, data }
  const next = () => {
    const [first, ...others] = rest
    const found = first && io.api.get(first.kind, first.namespace, first.name)
    return found && open(found, validate, others)
  }
  const body = clean(io.answer)
  const file = () => `"/tmp/kubectl-edit-${Math.floor(io.random() * 4_000_000_000)}.yaml"`
  const give = (message: string) => {
    io.warn(`A copy of your changes has been stored to ${file()}\n`)
    throw new Failure(message)
  }
  if (last !== undefined && body.trim() === last.trim())
    give('Edit cancelled, no valid changes were saved.')
  if (!body.trim()) {
    io.warn('Edit cancelled, saved file was empty.\n')
    return next()
  }
  const before = readYaml(original) as JsonObject
  let after: JsonObject
  try {
    after = readYaml(body) as JsonObject
    if (typeof after !== 'object' || after === null || Array.isArray(after))
      throw new Failure('couldn\'t get version/kind; json parse error: json: cannot unmarshal into Go value of type struct { APIVersion string; Kind string }')
  }
  catch (error) {
    return again(editing, `The edited file had a syntax error: error parsing edited-file: ${(error as Error).message}`, [], body)
  }
  if (same(before, after)) {
    io.warn('Edit cancelled, no changes made.\n')
    return next()
  }
  const { namespace: space = namespace, name: given } = (after.metadata ?? {}) as { namespace?: string, name?: string }
  if (namespace && space !== namespace)
    give(`the namespace from the provided object "${space}" does not match the namespace "${namespace}". You must pass '--namespace=${space}' to perform this operation.`)
  if (after.apiVersion !== before.apiVersion || after.kind !== before.kind || given !== name)
    give('At least one of apiVersion, kind and name was changed')
  const what = `${qualified(kind)} "${name}"`
  try {
    const patched = io.api.patch(kind, namespace, name, strategicDifference(kind, before, after), validate === 'strict' ? {} : { warn: text => validate === 'warn' && io.warn(`Warning: ${text}\n`) }, BY)
    io.print(`${fullName(patched)} edited\n`)
    return next()
  }
  catch (error) {
    if (refused(error, 'Invalid')) {
      io.warn(`error: ${what} is invalid\n`)
      return again(editing, `${what} was not valid`, (error.details.causes ?? []).map(({ field, message }) => `${field}: ${message}`), body)
    }
    io.warn(refused(error, 'NotFound')
      ? `error: ${what} could not be found on the server\nThe edits you made on deleted resources have been saved to ${file()}\n`
      : `error: ${what} could not be patched: ${(error as Error).message}\nYou can run \`kubectl replace -f ${file().slice(1, -1)}\` to try this update again.\n`)
    throw new Failure('', { raw: true })
  }
}

/** The fields of an object as `diff` writes them to its files. */
const written = (object: object | undefined) => object ? yamlText(object) : ''

function diff({ io, flags, words, namespace, enforced, path }: Call): undefined {
  if (words.length)
    throw misused(path, `Unexpected args: [${words.join(' ')}]`)
  if (!flags.list('filename').length)
    throw new Failure('must specify one of -f and -k')
  const { manifests, errors } = readManifests(io, flags.list('filename'))
  throwAll(errors)
  const number = () => String(Math.floor(io.random() * 4_000_000_000))
  const [live, merged] = [`/tmp/LIVE-${number()}`, `/tmp/MERGED-${number()}`]
  let differs = false
  for (const manifest of manifests) {
    const { kind, object } = placed(manifest, namespace, enforced)
    const { apiVersion } = RESOURCES[kind]
    const { name = '', namespace: space = '' } = object.metadata
    const before = io.api.get(kind, space, name)
    const after = (() => {
      try {
        const { metadata, ...rest } = io.api.dryRun(api => api.apply(kind, object, BY).object) as AnyObject
        // neither the annotation of apply nor the version is part of the question
        const { [LAST_APPLIED]: _, ...annotations } = { ...metadata.annotations }
        const was = before?.metadata.annotations?.[LAST_APPLIED]
        const all = { ...annotations, ...(was !== undefined && { [LAST_APPLIED]: was }) }
        // nor is the generation that rises with that annotation alone
        const { [LAST_APPLIED]: __, ...others } = { ...before?.metadata.annotations }
        const risen = before && !(same(others, annotations) && same((rest as { spec?: unknown }).spec, (before as { spec?: unknown }).spec))
        return { ...rest, metadata: { ...metadata, annotations: Object.keys(all).length ? all : undefined, ...(before && { resourceVersion: before.metadata.resourceVersion }), ...(before && !risen && { generation: before.metadata.generation }) } } as AnyObject
      }
      catch (error) {
        throw refused(error, 'Invalid') || refused(error) ? error : new Failure(errorText(error))
      }
    })()
    if (before && same(before, after))
      continue
    differs = true
    const file = `${apiVersion.replace('/', '.')}.${kind}.${space}.${name}`
    io.print(`diff -u -N ${live}/${file} ${merged}/${file}\n`)
    const stampOf = `${microStamp(io.now).replace('T', ' ').replace('Z', '000')} +0000`
    io.print(createTwoFilesPatch(`${live}/${file}`, `${merged}/${file}`, written(before), written(after), stampOf, stampOf, { context: 3 }).replace(/^=+\n/, ''))
  }
  if (differs)
    throw new Failure('', { exit: 1, raw: true })
  return undefined
}

export const editCommand: Command = {
  name: 'edit',
  about: 'Edit a resource on the server',
  usage: '(RESOURCE/NAME | -f FILENAME) [options]',
  examples: '  # Edit the service named \'registry\'\n  kubectl edit svc/registry',
  flags: flagSet('selector,l:s output,o:s filename,f:l recursive,R save-config subresource:s validate:s=strict?strict windows-line-endings output-patch kustomize,k:s field-manager:s template:s show-managed-fields allow-missing-template-keys:b=true'),
  takes: 'kinds',
  run: edit,
}

export const diffCommand: Command = {
  name: 'diff',
  about: 'Diff the live version against a would-be applied version',
  usage: '-f FILENAME [options]',
  examples: '  # Diff resources included in pod.json\n  kubectl diff -f pod.json',
  flags: flagSet('filename,f:l recursive,R kustomize,k:s selector,l:s server-side force-conflicts field-manager:s prune prune-allowlist:a concurrency:i=1 show-managed-fields'),
  takes: 'none',
  flagError: (path, message) => new Failure(misused(path, message).message, { exit: 2 }),
  // 1 says that something differs: what goes wrong is more. upstream: CheckDiffErr
  run(call) {
    try {
      return diff(call)
    }
    catch (error) {
      throw error instanceof Failure && error.raw ? error : new Failure(errorText(error), { exit: 2, raw: true })
    }
  },
}
