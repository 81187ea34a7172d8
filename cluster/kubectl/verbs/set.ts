// kubectl set: images, environment, resources, selectors. upstream: kubectl pkg/cmd/set
import type { Container, EnvVar, EnvVarSource } from 'kubernetes-types/core/v1'
import { ApiError } from '../../api/errors.ts'
import { RESOURCES, same } from '../../api/objects.ts'
import { splitQuantity } from '../../api/quantity.ts'
import { envVarName } from '../../api/validation/names.ts'
import type { AnyObject, PodTemplate } from '../../api/objects.ts'
import { CHANGE_CAUSE } from '../../printers/rollout.ts'
import type { Call, Command } from '../command.ts'
import { Failure, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import { amountsOf, labelsOf } from '../made.ts'
import { manifestsOf } from '../manifests.ts'
import { checkOutput, done, dryRunOf, writing, WRITES } from '../output.ts'
import { filesAlone, parted } from '../pairs.ts'
import { askedFor, find, gather } from '../resources.ts'
import { BY } from '../writes.ts'

const COMMON = `${WRITES} filename,f:l recursive,R kustomize,k:s selector,l:s all local record`

function targets({ io, flags, namespace, enforced }: Call, resources: readonly string[]): { objects: AnyObject[], errors: unknown[] } {
  const files = flags.list('filename')
  // upstream: resource.LocalResourceError: nobody is asked
  if (flags.on('local') && (resources.length || !files.length))
    throw new Failure('error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   \'-f rsrc.yaml\'\n   \'--filename=rsrc.json\'')
  if (flags.on('local'))
    return { objects: manifestsOf(io, files, namespace, enforced).map(({ object }) => object as unknown as AnyObject), errors: [] }
  filesAlone(files, resources)
  if (files.length)
    return { objects: manifestsOf(io, files, namespace, enforced).map(({ kind, object }) => find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? '')), errors: [] }
  const asked = askedFor(resources)
  const labels = flags.text('selector')
  if (!asked.named && !labels && !flags.on('all'))
    throw new Failure('resource(s) were provided, but no name was specified')
  return gather(io, asked, { namespace, labels })
}

interface Spec { containers: Container[], initContainers?: Container[], [field: string]: unknown }

/** The Pod specification within an object, and the object with another one. */
function podSpec(object: AnyObject): { spec: Spec, put: (spec: Spec) => AnyObject } | undefined {
  if (object.kind === 'Pod')
    return { spec: object.spec as unknown as Spec, put: spec => ({ ...object, spec } as unknown as AnyObject) }
  if (object.kind !== 'Deployment' && object.kind !== 'ReplicaSet')
    return undefined
  const { template } = object.spec
  return { spec: template.spec as unknown as Spec, put: spec => ({ ...object, spec: { ...object.spec, template: { ...template, spec } as unknown as PodTemplate } } as AnyObject) }
}

/** What `set` says before what the API server refuses. upstream: SetImageOptions.Run, EnvOptions.RunEnv, SetResourcesOptions.Run */
const REFUSED = { image: 'image update to pod template:', env: 'env update to pod template:', resources: 'resources update to pod template' } as const
const DONE = { image: 'image updated', env: 'env updated', resources: 'resource requirements updated' } as const

/** What cannot be changed on an object: a failure that names it. upstream: Patch.Err */
const of = ({ kind, metadata }: AnyObject, why: string) => new Failure(`error: ${RESOURCES[kind].plural}/${metadata.name} ${why}\n`)

/** Changes the containers of all objects; what does not change is not written, nor told. @param change may gather what fails of an object that is changed all the same */
function each(call: Call, resources: readonly string[], what: keyof typeof DONE, change: (spec: Spec, object: AnyObject, errors: unknown[]) => Spec): undefined {
  const { io, flags } = call
  if (flags.has('record'))
    io.warn('Flag --record has been deprecated, --record will be removed in the future\n')
  // upstream: genericclioptions.RecordFlags, ChangeCauseRecorder
  const cause = flags.on('record') ? { [CHANGE_CAUSE]: ['kubectl', call.path, ...call.words, ...(call.enforced ? [`--namespace=${call.namespace}`] : []), '--record=true'].join(' ') } : undefined
  const recorded = (object: AnyObject) => cause ? { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...cause } } } as AnyObject : object
  checkOutput(flags)
  const dry = dryRunOf(io, flags)
  const { objects, errors } = targets(call, resources)
  writing(io, dry, (api) => {
    for (const object of objects) {
      try {
        const found = podSpec(object)
        if (!found)
          throw of(object, `the object is not a pod or does not have a pod template: *${object.apiVersion.split('/').at(-1)}.${object.kind}`)
        const spec = change(found.spec, object, errors)
        if (same(spec, found.spec))
          continue
        const changed = recorded(found.put(spec))
        done(io, flags, dry === 'client' || flags.on('local') ? changed : written(() => api.update(changed.kind, changed as never, BY), what), DONE[what], dry)
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

/** @throws Failure with what was being done, where the API server refuses it */
function written(write: () => AnyObject, what: keyof typeof DONE): AnyObject {
  try {
    return write()
  }
  catch (error) {
    throw error instanceof ApiError ? new Failure(`failed to patch ${REFUSED[what]} ${error.message}`) : error
  }
}

/** The containers of these names; `*` means all. */
const pick = (name: string, wanted: string) => wanted === '*' || name === wanted || (wanted.includes('*') && wanted.split('*').every((part, i, all) => i === 0 ? name.startsWith(part) : i === all.length - 1 ? name.endsWith(part) : name.includes(part)))

function image(call: Call): undefined {
  const { resources, pairs } = parted(call.words, word => word.indexOf('=') > 0, 'image')
  if (!resources.length && !call.flags.list('filename').length)
    askedFor([])
  if (!pairs.length) {
    // what is named is looked up first
    throwAll(targets(call, resources).errors)
    throw new Failure('at least one image update is required')
  }
  const images = pairs.map((pair) => {
    const equals = pair.indexOf('=')
    if (equals < 1)
      throw new Failure(`invalid image pairs: ${pair}`)
    return [pair.slice(0, equals), pair.slice(equals + 1)] as const
  })
  if (images.length > 1 && images.some(([name]) => name === '*'))
    throw new Failure('all containers are already specified by *, but saw more than one container_name=container_image pairs')
  return each(call, resources, 'image', (spec, _, errors) => {
    const all = [...spec.initContainers ?? [], ...spec.containers]
    for (const [name] of images) {
      // the others are changed all the same
      if (name !== '*' && !all.some(container => container.name === name))
        errors.push(new Failure(`error: unable to find container named "${name}"`))
    }
    const put = (list: Container[]) => list.map(container => images.reduce((now, [name, to]) => name === '*' || name === container.name ? { ...now, image: to } : now, container))
    return { ...spec, containers: put(spec.containers), ...(spec.initContainers && { initContainers: put(spec.initContainers) }) }
  })
}

/** Where a variable has its value from. upstream: envutil.GetEnvVarRefString */
function sourceOf({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: EnvVarSource): string {
  if (configMapKeyRef)
    return `configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`
  if (secretKeyRef)
    return `secret ${secretKeyRef.name}, key ${secretKeyRef.key}`
  if (fieldRef)
    return `field path ${fieldRef.fieldPath}`
  return resourceFieldRef ? `resource field ${resourceFieldRef.containerName ? `${resourceFieldRef.containerName}/` : ''}${resourceFieldRef.resource}` : 'invalid valueFrom'
}

/** Variables to set, and names of those to remove. upstream: envutil.ParseEnv */
function variables(given: readonly string[]): { set: EnvVar[], remove: string[] } {
  const set: EnvVar[] = []
  const remove: string[] = []
  for (const word of given) {
    const equals = word.indexOf('=')
    if (equals < 0 && !word.endsWith('-'))
      throw new Failure(`unknown environment variable: ${word}`)
    const name = word.slice(0, equals < 0 ? -1 : equals)
    const wrong = equals < 0 ? [] : envVarName(name)
    if (wrong.length)
      throw new Failure(`"${name}" is not a valid key name: ${wrong.join(';')}`)
    equals < 0 ? remove.push(name) : set.push({ name, value: word.slice(equals + 1) })
  }
  if (set.some(({ name }) => remove.includes(name)))
    throw new Failure('can not both modify and remove the same environment variable in the same command')
  return { set, remove }
}

/** A variable for each key of what is named, or of the keys that are asked for. */
function variablesFrom({ io, flags, namespace }: Call, from: string): EnvVar[] {
  const { objects, errors } = gather(io, askedFor([from]), { namespace })
  throwAll(errors)
  const keys = flags.list('keys')
  return objects.flatMap((object) => {
    if (object.kind !== 'ConfigMap')
      throw new Failure('unsupported resource specified in --from')
    const { data = {}, metadata: { name } } = object
    return Object.keys(data).sort().filter(key => !keys.length || keys.includes(key))
      .map(key => ({ name: key.toUpperCase().replace(/\W/g, '_'), valueFrom: { configMapKeyRef: { key, name } } }))
  })
}

/** upstream: updateEnv: of two of one name the first counts */
function withVariables(before: readonly EnvVar[], set: readonly EnvVar[], remove: readonly string[]): EnvVar[] {
  const first = set.filter(({ name }, i) => set.findIndex(each => each.name === name) === i)
  const kept = before.filter(({ name }) => !remove.includes(name)).map(each => first.find(({ name }) => name === each.name) ?? each)
  return [...kept, ...first.filter(({ name }) => !before.some(each => each.name === name))]
}

function env(call: Call): undefined {
  const { io, flags, words } = call
  const isVariable = (word: string) => word.includes('=') || word.endsWith('-')
  if (flags.on('all') && flags.text('selector'))
    throw new Failure('cannot set --all and --selector at the same time')
  const { resources, pairs } = parted(words, isVariable)
  if (!pairs.every(isVariable))
    throw new Failure(`all resources must be specified before environment changes: ${words.join(' ')}`)
  if (!resources.length && !flags.list('filename').length)
    throw new Failure('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (flags.on('list') && flags.text('output'))
    throw new Failure('--list and --output may not be specified together')
  const from = flags.text('from')
  if (flags.list('keys').length && !from)
    throw new Failure('when specifying --keys, a configmap or secret must be provided with --from')
  const { set: given, remove } = variables([...flags.list('env'), ...pairs])
  const set = [...given, ...from ? variablesFrom(call, from) : []].map(each => ({ ...each, name: `${flags.text('prefix')}${each.name}` }))
  const wanted = flags.text('containers')
  const changed = (object: AnyObject, container: Container): Container => {
    if (!pick(container.name, wanted))
      return container
    const { env: before = [], ...rest } = container
    for (const { name, value } of flags.on('overwrite') ? [] : set) {
      const now = before.find(each => each.name === name)
      if (now && (now.value ?? '') !== (value ?? ''))
        throw of(object, `'${name}' already has a value (${now.value ?? ''}), and --overwrite is false`)
    }
    const env = withVariables(before, set, remove)
    if (flags.on('list')) {
      io.print(`# ${object.kind} ${object.metadata.name}, container ${container.name}\n`)
      for (const { name, value = '', valueFrom } of env)
        io.print(valueFrom ? `# ${name} from ${sourceOf(valueFrom)}\n` : `${name}=${value}\n`)
    }
    return env.length ? { ...rest, env } : rest
  }
  const change = (spec: Spec, object: AnyObject): Spec => {
    if (![...spec.containers, ...spec.initContainers ?? []].some(({ name }) => pick(name, wanted)))
      io.warn(`Warning: ${object.kind}/${object.metadata.name} does not have any containers matching "${wanted}"\n`)
    const put = (list: Container[]) => list.map(container => changed(object, container))
    return { ...spec, containers: put(spec.containers), ...(spec.initContainers && { initContainers: put(spec.initContainers) }) }
  }
  if (!flags.on('list'))
    return each(call, resources, 'env', change)
  const { objects, errors } = targets(call, resources)
  throwAll(errors)
  for (const object of objects) {
    const found = podSpec(object)
    if (found)
      change(found.spec, object)
  }
  return undefined
}

function resources(call: Call): undefined {
  const { flags, words } = call
  const limits = flags.text('limits')
  const requests = flags.text('requests')
  if (!words.length && !flags.list('filename').length)
    askedFor([])
  if (!limits && !requests) {
    throwAll(targets(call, words).errors)
    throw new Failure('you must specify an update to requests or limits (in the form of --requests/--limits)')
  }
  const wanted = flags.text('containers')
  return each(call, words, 'resources', (spec, _, errors) => {
    if (!spec.containers.some(({ name }) => pick(name, wanted)))
      errors.push(new Failure(`error: unable to find container named ${wanted}`))
    // an amount of 0 is written as such, and means none
    const merge = (before: unknown, text: string) => {
      const amounts = amountsOf(text)
      Object.values(amounts).forEach((amount) => {
        try {
          splitQuantity(amount)
        }
        catch (error) {
          throw new Failure((error as Error).message)
        }
      })
      return { ...before as Record<string, string>, ...amounts }
    }
    const containers = spec.containers.map(container => pick(container.name, wanted)
      ? { ...container, resources: { ...container.resources, ...(limits && { limits: merge(container.resources?.limits, limits) }), ...(requests && { requests: merge(container.resources?.requests, requests) }) } }
      : container) as Container[]
    return { ...spec, containers }
  })
}

function selector(call: Call): undefined {
  const { io, flags, words, namespace } = call
  const { resources: named, pairs } = parted(words, word => word.includes('='))
  if (pairs.length !== 1)
    throw new Failure('one selector is required')
  const dry = dryRunOf(io, flags)
  const { objects, errors } = gather(io, askedFor(named), { namespace })
  writing(io, dry, (api) => {
    for (const object of objects) {
      try {
        if (object.kind !== 'Service')
          throw new Failure('setting a selector is only supported for Services')
        const changed = { ...object, spec: { ...object.spec, selector: labelsOf(pairs[0]!) } }
        done(io, flags, dry === 'client' ? changed : api.update('Service', changed, BY), 'selector updated', dry)
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

export const setCommand: Command = {
  name: 'set',
  about: 'Set specific features on objects',
  usage: 'SUBCOMMAND [options]',
  subs: [
    { name: 'env', about: 'Update environment variables on a pod template', usage: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N [options]', flags: flagSet(COMMON, 'containers,c:s=* env,e:a from:s keys:l list overwrite:b=true prefix:s resolve'), takes: 'kinds', run: env },
    { name: 'image', about: 'Update the image of a pod template', usage: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N [options]', examples: '  # Set a deployment\'s nginx container image to \'nginx:1.9.1\'\n  kubectl set image deployment/nginx nginx=nginx:1.9.1', flags: flagSet(COMMON), takes: 'kinds', run: image },
    { name: 'resources', about: 'Update resource requests/limits on objects with pod templates', usage: '(-f FILENAME | TYPE NAME) ([--limits=LIMITS & --requests=REQUESTS] [options]', flags: flagSet(COMMON, 'containers,c:s=* limits:s requests:s'), takes: 'kinds', run: resources },
    { name: 'selector', about: 'Set the selector on a resource', usage: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version] [options]', flags: flagSet(COMMON, 'resource-version:s'), takes: 'kinds', run: selector },
  ],
}
