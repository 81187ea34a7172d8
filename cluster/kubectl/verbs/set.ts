// kubectl set: images, environment, resources, selectors. upstream: kubectl pkg/cmd/set
import type { Container, EnvVar } from 'kubernetes-types/core/v1'
import { ApiError } from '../../api/errors.ts'
import { RESOURCES, same } from '../../api/objects.ts'
import { splitQuantity } from '../../api/quantity.ts'
import type { AnyObject, PodTemplate } from '../../api/objects.ts'
import type { Call, Command } from '../command.ts'
import { Failure, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Io } from '../io.ts'
import { amountsOf, labelsOf } from '../made.ts'
import { manifestsOf } from '../manifests.ts'
import { checkOutput, done, dryRunOf, writing, WRITES } from '../output.ts'
import { parted } from '../pairs.ts'
import { askedFor, find, gather, listOf } from '../resources.ts'
import { BY } from '../writes.ts'

const COMMON = `${WRITES} filename,f:l recursive,R kustomize,k:s selector,l:s all local record`
const CHANGE_CAUSE = 'kubernetes.io/change-cause'

function targets({ io, flags, namespace, enforced }: Call, resources: readonly string[]): { objects: AnyObject[], errors: unknown[] } {
  const files = flags.list('filename')
  // upstream: resource.LocalResourceError: nobody is asked
  if (flags.on('local') && (resources.length || !files.length))
    throw new Failure('error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   \'-f rsrc.yaml\'\n   \'--filename=rsrc.json\'')
  if (flags.on('local'))
    return { objects: manifestsOf(io, files, namespace, enforced).map(({ object }) => object as unknown as AnyObject), errors: [] }
  if (files.length)
    return { objects: manifestsOf(io, files, namespace, enforced).map(({ kind, object }) => find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? '')), errors: [] }
  const asked = askedFor(resources)
  const labels = flags.text('selector')
  if (asked.named || labels)
    return gather(io, asked, { namespace, labels })
  if (!flags.on('all'))
    throw new Failure('resource(s) were provided, but no name was specified')
  return { objects: asked.kinds.flatMap(kind => [...listOf(io, kind, { namespace })]), errors: [] }
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
const of = ({ kind, metadata }: AnyObject, why: string) => new Failure(`${RESOURCES[kind].plural}/${metadata.name} ${why}`)

/** Changes the containers of all objects; what does not change is not written, nor told. */
function each(call: Call, resources: readonly string[], what: keyof typeof DONE, change: (spec: Spec, object: AnyObject) => Spec): undefined {
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
        const spec = change(found.spec, object)
        if (same(spec, found.spec) && !flags.on('local'))
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
  return each(call, resources, 'image', (spec) => {
    const all = [...spec.initContainers ?? [], ...spec.containers]
    for (const [name] of images) {
      if (name !== '*' && !all.some(container => container.name === name))
        throw new Failure(`unable to find container named "${name}"`)
    }
    const put = (list: Container[]) => list.map(container => images.reduce((now, [name, to]) => name === '*' || name === container.name ? { ...now, image: to } : now, container))
    return { ...spec, containers: put(spec.containers), ...(spec.initContainers && { initContainers: put(spec.initContainers) }) }
  })
}

function listEnv(io: Io, objects: readonly AnyObject[]): void {
  for (const object of objects) {
    const found = podSpec(object)
    for (const { name, env = [] } of found?.spec.containers ?? []) {
      io.print(`# ${object.kind} ${object.metadata.name}, container ${name}\n`)
      for (const { name: variable, value = '', valueFrom } of env)
        io.print(valueFrom?.configMapKeyRef ? `# ${variable} from configmap ${valueFrom.configMapKeyRef.name}, key ${valueFrom.configMapKeyRef.key}\n` : valueFrom?.fieldRef ? `# ${variable} from field path ${valueFrom.fieldRef.fieldPath}\n` : valueFrom ? `# ${variable} from another source\n` : `${variable}=${value}\n`)
    }
  }
}

function env(call: Call): undefined {
  const { io, flags, namespace } = call
  const { resources, pairs } = parted(call.words, (word, i) => word.includes('=') || (i > 0 && /^[A-Z_]\w*-$/i.test(word)), 'environment')
  if (!resources.length && !flags.list('filename').length)
    throw new Failure('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  const wanted = flags.text('containers')
  if (flags.on('list')) {
    const { objects, errors } = targets(call, resources)
    listEnv(io, objects)
    throwAll(errors)
    return undefined
  }
  const from = flags.text('from')
  const given = [...pairs, ...flags.list('env')]
  if (!given.length && !from) {
    askedFor(resources)
    throw new Failure('at least one environment variable must be provided')
  }
  const set: EnvVar[] = given.filter(pair => pair.includes('=')).map(pair => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }))
  const remove = given.filter(pair => !pair.includes('=')).map(pair => pair.slice(0, -1))
  if (from) {
    const [kind = '', name = ''] = from.split('/')
    if (!['configmap', 'configmaps', 'cm'].includes(kind))
      throw new Failure(`unsupported resource specified in --from`)
    const map = find(io, 'ConfigMap', namespace, name) as { data?: Record<string, string> }
    for (const key of Object.keys(map.data ?? {}).sort()) {
      if (!flags.list('keys').length || flags.list('keys').includes(key))
        set.push({ name: `${flags.text('prefix')}${key.toUpperCase().replace(/\W/g, '_')}`, valueFrom: { configMapKeyRef: { key, name } } })
    }
  }
  return each(call, resources, 'env', (spec, object) => {
    if (!spec.containers.some(({ name }) => pick(name, wanted))) {
      io.warn(`Warning: ${object.kind}/${object.metadata.name} does not have any containers matching "${wanted}"\n`)
      return spec
    }
    const containers = spec.containers.map((container) => {
      if (!pick(container.name, wanted))
        return container
      const before = container.env ?? []
      const kept = before.filter(({ name }) => !remove.includes(name)).map((each) => {
        const now = set.findLast(({ name }) => name === each.name)
        if (now && !flags.on('overwrite') && now.value !== each.value)
          throw of(object, `'${each.name}' already has a value (${each.value ?? ''}), and --overwrite is false`)
        return now ?? each
      })
      const more = set.filter(({ name }, i) => !before.some(each => each.name === name) && set.findLastIndex(each => each.name === name) === i)
      const after = [...kept, ...more]
      const { env: _, ...rest } = container
      return after.length ? { ...rest, env: after } : rest
    })
    return { ...spec, containers }
  })
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
  return each(call, words, 'resources', (spec) => {
    if (!spec.containers.some(({ name }) => pick(name, wanted)))
      throw new Failure(`unable to find container named ${wanted}`)
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
