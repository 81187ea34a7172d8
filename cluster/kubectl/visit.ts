// One object after the other, as words or files name them. upstream: resource.Builder with ContinueOnError, Result.Visit
import { RESOURCES } from '../api/objects.ts'
import type { AnyObject } from '../api/objects.ts'
import type { Call } from './command.ts'
import { Failure, throwAll } from './errors.ts'
import { placed, readManifests } from './manifests.ts'
import { filesAlone } from './pairs.ts'
import { askedFor, find } from './resources.ts'

/** How each of the objects that are named is looked up, and what else was wrong. @throws Failure where none is named */
function looksOf({ io, flags, words, namespace, enforced }: Call): { looks: (() => AnyObject)[], errors: unknown[] } {
  const files = flags.list('filename')
  if (!files.length) {
    const { named } = askedFor(words)
    if (!named)
      throw new Failure('resource(s) were provided, but no name was specified')
    return { looks: named.map(({ kind, name }) => () => find(io, kind, namespace, name)), errors: [] }
  }
  filesAlone(files, words)
  const { manifests, errors } = readManifests(io, files, '')
  return {
    looks: manifests.map(manifest => () => {
      const { kind, object: { metadata } } = placed(manifest, namespace, enforced)
      return find(io, kind, metadata.namespace ?? '', metadata.name ?? '')
    }),
    errors,
  }
}

/** Does something with each object that words or files name, in their order; what fails does not stop the others, and is thrown when all have had their turn. @returns how many there were */
export function eachNamed(call: Call, work: (object: AnyObject) => void): number {
  const { looks, errors } = looksOf(call)
  for (const look of looks) {
    try {
      work(look())
    }
    catch (error) {
      errors.push(error)
    }
  }
  throwAll(errors)
  return looks.length
}

/** A kind with its group: `HorizontalPodAutoscaler.autoscaling`. upstream: schema.GroupKind.String */
export const groupKind = ({ kind }: AnyObject): string => [kind, RESOURCES[kind].group].filter(Boolean).join('.')

/** A resource with its group and version: `/v1, Resource=services`. upstream: schema.GroupVersionResource.String */
export const groupVersionResource = ({ kind, apiVersion }: AnyObject): string => `${RESOURCES[kind].group}/${apiVersion.split('/').at(-1)}, Resource=${RESOURCES[kind].plural}`
