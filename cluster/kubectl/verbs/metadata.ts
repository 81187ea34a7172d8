// kubectl label, annotate and patch. upstream: kubectl pkg/cmd/label, annotate, patch
import { badRequest } from '../../api/errors.ts'
import { labelValue } from '../../api/validation/names.ts'
import { same } from '../../api/objects.ts'
import type { AnyObject } from '../../api/objects.ts'
import type { PatchType } from '../../api/server.ts'
import { CHANGE_CAUSE } from '../../printers/rollout.ts'
import type { Call, Command } from '../command.ts'
import { Failure, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import { goJson, JsonError } from '../gojson.ts'
import type { Io } from '../io.ts'
import { manifestsOf, placed, readFile, readManifests, readYaml } from '../manifests.ts'
import { checkOutput, done, dryRunOf, writing, WRITES } from '../output.ts'
import { filesAlone, parted } from '../pairs.ts'
import { askedFor, find, gather } from '../resources.ts'
import { BY } from '../writes.ts'

const COMMON = `${WRITES} overwrite list local all all-namespaces,A selector,l:s field-selector:s resource-version:s filename,f:l recursive,R kustomize,k:s`

/** upstream: cmdutil.GetResourcesAndPairs */
const isPair = (word: string) => word.indexOf('=') > 0 || /^[^-/].*-$/.test(word)

interface Wanted { readonly set: Readonly<Record<string, string>>, readonly remove: readonly string[] }

function wanted(pairs: readonly string[], what: 'label' | 'annotation'): Wanted {
  const set: Record<string, string> = {}
  const remove: string[] = []
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    if (equals < 0) {
      remove.push(pair.slice(0, -1))
      continue
    }
    const [key, value] = [pair.slice(0, equals), pair.slice(equals + 1)]
    if (!key || (what === 'label' && value.includes('=')))
      throw new Failure(what === 'label' ? `invalid label spec: ${pair}` : `invalid annotation format: ${pair}`)
    const wrong = what === 'label' ? labelValue(value) : []
    if (wrong.length)
      throw new Failure(`invalid label value: "${pair}": ${wrong.join(';')}`)
    set[key] = value
  }
  const both = remove.filter(key => Object.hasOwn(set, key))
  if (both.length)
    throw new Failure(what === 'label' ? 'can not both modify and remove a label in the same command' : `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`)
  return { set, remove }
}

type Noted = 'labels' | 'annotations'

/** What may not be asked for together, before anything is looked up. upstream: LabelOptions.Validate, AnnotateOptions.Validate */
function checkNoting({ flags }: Call, field: Noted, resources: readonly string[], changes: number): void {
  for (const name of ['selector', 'field-selector'] as const) {
    if (flags.on('all') && flags.text(name))
      throw new Failure(`cannot set --all and --${name} at the same time`)
  }
  const files = flags.list('filename').length > 0
  const file = field === 'labels' ? 'pod' : 'rsrc'
  if (flags.on('local') && flags.text('dry-run') === 'server')
    throw new Failure('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
  if (flags.on('local') && resources.length)
    throw new Failure(`can only use local files by -f ${file}.yaml or --filename=${file}.json when --local=true is set`)
  if (flags.on('local') && !files)
    throw new Failure(`one or more files must be specified as -f ${file}.yaml or --filename=${file}.json`)
  if (!resources.length && !files)
    throw new Failure('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (!changes && !flags.on('list'))
    throw new Failure(`at least one ${field === 'labels' ? 'label' : 'annotation'} update is required`)
}

/** @returns one whether the words name one object, however many are found */
function targets({ io, flags, namespace, enforced }: Call, resources: readonly string[]): { objects: AnyObject[], errors: unknown[], one: boolean } {
  const files = flags.list('filename')
  filesAlone(files, resources)
  // what only the file says stays as it stands there: no namespace is added
  if (flags.on('local')) {
    const { manifests, errors } = readManifests(io, files)
    throwAll(errors)
    manifests.forEach(each => placed(each, namespace, enforced))
    return { objects: manifests.map(({ object }) => object as unknown as AnyObject), errors: [], one: files.length === 1 && manifests.length === 1 }
  }
  if (files.length) {
    const manifests = manifestsOf(io, files, namespace, enforced)
    return { objects: manifests.map(({ kind, object }) => find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? '')), errors: [], one: files.length === 1 && manifests.length === 1 }
  }
  const asked = askedFor(resources)
  const which = { namespace, everywhere: flags.on('all-namespaces'), labels: flags.text('selector'), fields: flags.text('field-selector') }
  if (!asked.named && !which.labels && !which.fields && !flags.on('all'))
    throw new Failure('resource(s) were provided, but no name was specified')
  return { ...gather(io, asked, which), one: asked.named?.length === 1 }
}

/** What labels that were so and are so now are said to be: it is their length that tells. upstream: updateDataChangeMsg */
function saidOf(before: unknown, after: unknown, overwrite: boolean): string {
  const [old, now] = [before, after].map(labels => labels === undefined ? '' : JSON.stringify(labels)) as [string, string]
  return same(before, after) ? 'not labeled' : !overwrite && now.length < old.length ? 'unlabeled' : 'labeled'
}

function change(call: Call, field: Noted): undefined {
  const { io, flags, words } = call
  const what = field === 'labels' ? 'label' : 'annotation'
  const { resources, pairs } = parted(words, isPair, what)
  const { set, remove } = wanted(pairs, what)
  if (flags.on('list') && flags.text('output'))
    throw new Failure('--list and --output may not be specified together')
  checkNoting(call, field, resources, pairs.length)
  checkOutput(flags)
  const dry = dryRunOf(io, flags)
  const { objects, errors, one } = targets(call, resources)
  const unwritten = dry === 'client' || flags.on('local') || flags.on('list')
  writing(io, dry, (api) => {
    for (const object of objects) {
      try {
        const before = (object.metadata[field] ?? {}) as Readonly<Record<string, string>>
        if (field === 'labels' && !unwritten)
          remove.filter(key => !Object.hasOwn(before, key)).forEach(key => io.print(`label "${key}" not found.\n`))
        const taken = flags.on('overwrite') ? [] : Object.keys(set).filter(key => Object.hasOwn(before, key) && before[key] !== set[key] && key !== (field === 'annotations' ? CHANGE_CAUSE : ''))
        if (taken.length) {
          const found = taken.map(key => `'${key}' already has a value (${before[key]})`)
          throw new Failure(field === 'labels' ? found.map(text => `${text}, and --overwrite is false`).join('\n') : `--overwrite is false but found the following declared annotation(s): ${found.join('; ')}`)
        }
        const after = Object.fromEntries(Object.entries({ ...before, ...set }).filter(([key]) => !remove.includes(key)))
        if (flags.on('list')) {
          io.print(one ? '' : `Listing ${field} for ${object.kind}.${object.apiVersion.split('/').at(-2) ?? ''}/${object.metadata.name}:\n`)
          io.print(Object.keys(after).sort().map(key => `${one ? '' : ' '}${key}=${after[key]}\n`).join(''))
          continue
        }
        const changed = { ...object, metadata: { ...object.metadata, [field]: after } } as AnyObject
        const said = field === 'annotations' ? 'annotated' : saidOf(object.metadata.labels, after, flags.on('overwrite'))
        const written = unwritten || same(before, after) ? changed : api.update(object.kind, changed as never, BY)
        done(io, flags, written, said, dry, field === 'labels')
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

/** What Go calls a value of JSON. */
const goKind = (value: unknown) => Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : value === null ? 'null' : typeof value

/** @throws Failure as Go tells of a file that cannot be opened. upstream: PatchOptions.RunPatch */
function patchFile(io: Io, file: string): string {
  if (file !== '-' && !Object.hasOwn(io.session.files, file.replace(/^\.\//, '')))
    throw new Failure(`unable to read patch file: open ${file}: no such file or directory`)
  return readFile(io, file)
}

function patch(call: Call): undefined {
  const { io, flags, words, namespace, enforced } = call
  const file = flags.text('patch-file')
  if (file && flags.text('patch'))
    throw new Failure('cannot specify --patch and --patch-file together')
  const given = flags.text('patch') || (file ? patchFile(io, file) : '')
  if (!given)
    throw new Failure('must specify --patch or --patch-file containing the contents of the patch')
  const type = flags.text('type').toLowerCase() || 'strategic'
  if (!['json', 'merge', 'strategic'].includes(type))
    throw new Failure(`--type must be one of [json merge strategic], not "${flags.text('type')}"`)
  const value = (() => {
    try {
      // what begins as JSON is sent as it is, and read by the API server. upstream: yaml.ToJSON
      return /^\s*[{[]/.test(given) ? goJson(given) : readYaml(given)
    }
    catch (error) {
      // upstream: applyJSPatch; a strategic patch is read elsewhere, and without these words
      if (error instanceof JsonError)
        throw badRequest(`${type === 'strategic' ? '' : 'error decoding patch: '}${error.message}`)
      throw new Failure(`unable to parse "${given}": ${(error as Error).message}`)
    }
  })()
  // the client sends what is JSON, whatever it is; the API server wants a list of steps, or an object
  if (type === 'json' ? !Array.isArray(value) : typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest(`${type === 'strategic' ? '' : 'error decoding patch: '}json: cannot unmarshal ${goKind(value)} into Go value of type ${type === 'json' ? '[]interface {}' : 'map[string]interface {}'}`)
  checkOutput(flags)
  const subresource = flags.text('subresource')
  if (subresource && subresource !== 'status')
    throw new Failure(`--subresource=${subresource} is not there in this kubectl: a patch goes to the object or to its status`)
  const dry = dryRunOf(io, flags)
  const files = flags.list('filename')
  // on the client alone it is the manifest that is changed, and only printed: here that would ask for a second set of rules
  if (flags.on('local'))
    throw new Failure('--local is not there in this kubectl: --dry-run=server prints what a patch would make, and writes nothing')
  const { objects, errors } = files.length
    ? { objects: manifestsOf(io, files, namespace, enforced).map(({ kind, object }) => find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? '')), errors: [] as unknown[] }
    : gather(io, askedFor(words), { namespace })
  const attempt = (api: typeof io.api) => {
    for (const object of objects) {
      const { kind, metadata } = object
      try {
        const patched = api.patch(kind, metadata.namespace ?? '', metadata.name, value, { type: type as PatchType, warn: text => io.warn(`Warning: ${text}\n`), ...(subresource === 'status' && { subresource }) }, BY)
        done(io, flags, patched, patched.metadata.resourceVersion === metadata.resourceVersion ? 'patched (no change)' : 'patched', dry, true)
      }
      catch (error) {
        errors.push(error)
      }
    }
  }
  // what a patch makes is known only to the API server: the client's trial is the server's, unwritten
  if (dry === 'client')
    io.api.dryRun(attempt)
  else
    writing(io, dry, attempt)
  throwAll(errors)
  return undefined
}

export const labelCommand: Command = {
  name: 'label',
  about: 'Update the labels on a resource',
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version] [options]',
  examples: '  # Update pod \'foo\' with the label \'unhealthy\' and the value \'true\'\n  kubectl label pods foo unhealthy=true\n\n  # Update pod \'foo\' by removing a label named \'bar\' if it exists\n  kubectl label pods foo bar-',
  flags: flagSet(COMMON),
  takes: 'kinds',
  run: call => change(call, 'labels'),
}

export const annotateCommand: Command = {
  name: 'annotate',
  about: 'Update the annotations on a resource',
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version] [options]',
  flags: flagSet(COMMON),
  takes: 'kinds',
  run: call => change(call, 'annotations'),
}

export const patchCommand: Command = {
  name: 'patch',
  about: 'Update fields of a resource',
  usage: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE] [options]',
  examples: '  # Partially update a node using a strategic merge patch, specifying the patch as JSON\n  kubectl patch node k8s-node-1 -p \'{"spec":{"unschedulable":true}}\'',
  flags: flagSet(WRITES, 'patch,p:s patch-file:s type:s=strategic subresource:s local filename,f:l recursive,R kustomize,k:s'),
  takes: 'kinds',
  run: patch,
}
