// What the subcommands of kubectl set share: the objects they are about, and the containers in them. upstream: kubectl pkg/cmd/set
import type { Container } from 'kubernetes-types/core/v1'
import { ApiError } from '../../../api/errors.ts'
import { RESOURCES, same } from '../../../api/objects.ts'
import type { AnyObject, PodTemplate } from '../../../api/objects.ts'
import { CHANGE_CAUSE } from '../../../printers/rollout.ts'
import type { Call } from '../../command.ts'
import { Failure, throwAll } from '../../errors.ts'
import { manifestsOf, readManifests } from '../../manifests.ts'
import { checkOutput, done, dryRunOf, writing, WRITES } from '../../output.ts'
import { filesAlone } from '../../pairs.ts'
import { askedFor, find, gather } from '../../resources.ts'
import { BY } from '../../writes.ts'

export const COMMON = `${WRITES} filename,f:l recursive,R kustomize,k:s selector,l:s all local record`

/** What words or files name. @throws Failure where nothing is named */
export function targets({ io, flags, namespace, enforced, path }: Call, resources: readonly string[]): { objects: AnyObject[], errors: unknown[] } {
  const files = flags.list('filename')
  // upstream: resource.LocalResourceError: nobody is asked; EnvOptions.RunEnv lets words pass
  if (flags.on('local') && path === 'set env' && !files.length)
    askedFor([])
  if (flags.on('local') && path !== 'set env' && (resources.length || !files.length))
    throw new Failure('error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   \'-f rsrc.yaml\'\n   \'--filename=rsrc.json\'')
  if (flags.on('local')) {
    const { manifests, errors } = readManifests(io, files, '')
    return { objects: manifests.map(({ object }) => asTyped(object as unknown as AnyObject)), errors }
  }
  filesAlone(files, resources)
  if (files.length)
    return { objects: manifestsOf(io, files, namespace, enforced).map(({ kind, object }) => find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? '')), errors: [] }
  const asked = askedFor(resources)
  const labels = flags.text('selector')
  if (!asked.named && !labels && !flags.on('all'))
    throw new Failure('resource(s) were provided, but no name was specified')
  return gather(io, asked, { namespace, labels })
}

export interface Spec { containers: Container[], initContainers?: Container[], [field: string]: unknown }

/** The Pod specification within an object, and the object with another one. */
export function podSpec(object: AnyObject): { spec: Spec, put: (spec: Spec) => AnyObject } | undefined {
  if (object.kind === 'Pod')
    return { spec: object.spec as unknown as Spec, put: spec => ({ ...object, spec } as unknown as AnyObject) }
  if (object.kind !== 'Deployment' && object.kind !== 'ReplicaSet')
    return undefined
  const { template } = object.spec
  return { spec: template.spec as unknown as Spec, put: spec => ({ ...object, spec: { ...object.spec, template: { ...template, spec } as unknown as PodTemplate } } as AnyObject) }
}

/** A manifest as Go's types print it: what has fields is there, though nothing is in it. upstream: k8s.io/api json tags without omitempty */
function asTyped(object: AnyObject): AnyObject {
  const found = podSpec(object)
  if (!found)
    return object
  const filled = (list: readonly Container[]) => list.map(container => ({ ...container, resources: container.resources ?? {} }))
  const { initContainers } = found.spec
  const typed = found.put({ ...found.spec, containers: filled(found.spec.containers), ...(initContainers && { initContainers: filled(initContainers) }) })
  const { status } = typed as { status?: object }
  const whole = { ...typed, status: status ?? (typed.kind === 'ReplicaSet' ? { replicas: 0 } : {}) } as AnyObject
  return whole.kind === 'Deployment' ? { ...whole, spec: { ...whole.spec, strategy: whole.spec.strategy ?? {} } } : whole
}

/** What `set` says before what the API server refuses. upstream: SetImageOptions.Run, EnvOptions.RunEnv, SetResourcesOptions.Run */
const REFUSED = { image: 'image update to pod template:', env: 'env update to pod template:', resources: 'resources update to pod template' } as const
const DONE = { image: 'image updated', env: 'env updated', resources: 'resource requirements updated' } as const

/** What cannot be changed on an object: a failure that names it. upstream: Patch.Err */
export const of = ({ kind, metadata }: AnyObject, why: string) => new Failure(`error: ${RESOURCES[kind].plural}/${metadata.name} ${why}\n`)

/** Changes the containers of all objects; what does not change is not written, nor told. @param change may gather what fails of an object that is changed all the same */
export function each(call: Call, resources: readonly string[], what: keyof typeof DONE, change: (spec: Spec, object: AnyObject, errors: unknown[]) => Spec): undefined {
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
export const pick = (name: string, wanted: string) => wanted === '*' || name === wanted || (wanted.includes('*') && wanted.split('*').every((part, i, all) => i === 0 ? name.startsWith(part) : i === all.length - 1 ? name.endsWith(part) : name.includes(part)))
