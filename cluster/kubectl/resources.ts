// Words as kinds and objects: `pods`, `po`, `deploy/web`, `deployments.apps`, `rs,svc`. upstream: cli-runtime resource.Builder
import { ApiError, notFound } from '../api/errors.ts'
import { KINDS, RESOURCES } from '../api/objects.ts'
import type { AnyObject, Kind, Resource } from '../api/objects.ts'
import { EMPTY, emptyOf } from './empty.ts'
import type { EmptyResource } from './empty.ts'
import { DEPRECATED, ENDPOINTS, getEndpoints, isEndpoints, listEndpoints, READ_ONLY, resourceOf } from './endpoints.ts'
import { Failure } from './errors.ts'
import type { Io } from './io.ts'

/** What `all` means. upstream: the category of these resources */
export const ALL: readonly Kind[] = ['Pod', 'Service', 'Deployment', 'ReplicaSet', 'HorizontalPodAutoscaler']

const VERSIONS = /^v\d+(?:(?:alpha|beta)\d+)?$/

/** All words that name a kind; what only reads may name Endpoints, too. */
export const kindWords = (reads = false): string[] => [...new Set((reads ? [...KINDS, ENDPOINTS] : KINDS).map(resourceOf).flatMap(({ plural, singular, short }) => [plural, singular, ...short]))]

/** The first of the resources that a word names, if any. */
function named<R extends EmptyResource | Resource>(resources: readonly R[], word: string): R | undefined {
  const [name = '', ...rest] = word.toLowerCase().split('.')
  const group = (VERSIONS.test(rest[0] ?? '') ? rest.slice(1) : rest).join('.')
  return resources.find(({ plural, singular, short, group: own }) => (name === plural || name === singular || short.includes(name)) && (!group || group === own))
}

const KEPT = KINDS.map(kind => RESOURCES[kind])

/** The kind that a word names, if any. */
export const kindNamed = (word: string): Kind | undefined => named(KEPT, word)?.kind

/** The kind that a word names, if any, of those that hold nothing. */
export const emptyNamed = (word: string): EmptyResource | undefined => kindNamed(word) === undefined ? named(EMPTY, word) : undefined

/** @param reads Endpoints can be read, and not written. @throws Failure where the API has no such thing */
export function kindOf(word: string, reads = false): Kind {
  if (isEndpoints(word)) {
    if (!reads)
      throw new Failure(READ_ONLY)
    return ENDPOINTS
  }
  const kind = kindNamed(word)
  if (!kind)
    throw new Failure(`the server doesn't have a resource type "${word.split('.')[0]}"`)
  return kind
}

/** The kind that a word asks for: those that hold nothing can be asked for, too. @throws Failure where the API has no such thing */
const kindAsked = (word: string, reads: boolean): Kind => emptyNamed(word)?.kind as Kind | undefined ?? kindOf(word, reads)

/** Kinds parted by commas, `all` among them. */
export function kindsOf(text: string, reads = false): Kind[] {
  return [...new Set(text.split(',').filter(Boolean).flatMap(word => word === 'all' ? ALL : [kindAsked(word, reads)]))]
}

/** `deployment.apps/web`: how messages name an object. */
export function fullName({ kind, metadata }: { kind: string, metadata: { name: string } }): string {
  const group = RESOURCES[kind as Kind]?.group
  return `${kind.toLowerCase()}${group ? `.${group}` : ''}/${metadata.name}`
}

/** Which objects words ask for. */
export interface Asked {
  readonly kinds: readonly Kind[]
  /** where objects are named: each by kind and name, in the order given */
  readonly named?: readonly { readonly kind: Kind, readonly name: string }[]
  /** whether more than one kind was asked for: names then say of what kind they are */
  readonly several: boolean
  /** whether they are named as `pod/web` */
  readonly slashed?: boolean
}

/** @param reads nothing is written @param chosen whether a selector chooses among what is asked for. @throws Failure in the builder's words */
export function askedFor(words: readonly string[], reads = false, chosen = false): Asked {
  const [first, ...names] = words
  // upstream: Builder.visitBySelector
  if (first === undefined && chosen)
    throw new Failure('at least one resource must be specified to use a selector')
  if (first === undefined)
    throw new Failure('You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   \'-f rsrc.yaml\'\n   \'--filename=rsrc.json\'\n   \'<resource> <name>\'\n   \'<resource>\'')
  if (words.some(word => word.includes('/'))) {
    const named = words.map((word) => {
      const parts = word.split('/')
      if (parts.length === 1)
        throw new Failure('there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. \'kubectl get resource/<resource_name>\' instead of \'kubectl get resource resource/<resource_name>\'')
      const [kind = '', name = ''] = parts
      if (parts.length !== 2 || !kind || !name)
        throw new Failure(parts.length > 2 ? 'arguments in resource/name form may not have more than one slash' : 'arguments in resource/name form must have a single resource and name')
      return kind.split(',').map(each => ({ kind: kindAsked(each, reads), name }))
    }).flat()
    const kinds = [...new Set(named.map(each => each.kind))]
    return { kinds, named, several: kinds.length > 1, slashed: true }
  }
  const kinds = kindsOf(first, reads)
  const several = first.split(',').filter(Boolean).length > 1 || first.split(',').includes('all')
  if (!names.length) {
    // where others are asked for, those that hold nothing say nothing
    const kept = kinds.filter(kind => !emptyOf(kind))
    return { kinds: kept.length ? kept : kinds, several }
  }
  return { kinds, named: kinds.flatMap(kind => [...new Set(names)].map(name => ({ kind, name }))), several }
}

/** An object by name. @throws ApiError where it is not there */
export function find(io: Io, kind: Kind, namespace: string, name: string): AnyObject {
  const empty = emptyOf(kind)
  if (empty)
    throw new ApiError(404, 'NotFound', `${empty.plural}${empty.group && `.${empty.group}`} "${name}" not found`, { kind: empty.plural, name })
  const found = kind === ENDPOINTS ? getEndpoints(io.api, namespace, name) : io.api.get(kind, RESOURCES[kind].namespaced ? namespace : '', name)
  if (!found)
    throw kind === ENDPOINTS ? new ApiError(404, 'NotFound', `endpoints "${name}" not found`) : notFound(kind, name)
  return found
}

export interface Which {
  readonly namespace: string
  /** whatever there is of the kinds */
  readonly all?: boolean
  /** all namespaces */
  readonly everywhere?: boolean
  readonly labels?: string
  readonly fields?: string
}

/** Objects of a kind by selectors. @throws ApiError in the words that kubectl has for a selector that cannot be read */
export function listOf(io: Io, kind: Kind, { namespace, everywhere, labels, fields }: Which): readonly AnyObject[] {
  if (emptyOf(kind))
    return []
  const { namespaced, group, plural, apiVersion } = resourceOf(kind)
  try {
    const options = { ...(namespaced && !everywhere && { namespace }), ...(labels && { labels }), ...(fields && { fields }) }
    return kind === ENDPOINTS ? listEndpoints(io.api, options) : io.api.list(kind, options)
  }
  catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 400) {
      const version = apiVersion.slice(group ? group.length + 1 : 0)
      error.message = `Unable to find "${group}/${version}, Resource=${plural}" that match label selector "${labels ?? ''}", field selector "${fields ?? ''}": ${error.message}`
    }
    throw error
  }
}

/** What was found, and what was not. */
export interface Found { readonly objects: AnyObject[], readonly errors: unknown[] }

/** @throws Failure where objects are named and chosen by what they have, too */
export function checkWhich({ named, slashed }: Asked, { all, everywhere, fields, labels }: Which): void {
  if (named && (labels || fields || all))
    throw new Failure(slashed ? 'selectors and the all flag cannot be used when passing resource/name arguments' : 'name cannot be provided when a selector is specified')
  if (named && everywhere)
    throw new Failure('a resource cannot be retrieved by name across all namespaces')
}

/** All objects that are asked for. Those that are missing are gathered. */
export function gather(io: Io, asked: Asked, which: Which, ignoreMissing = false): Found {
  checkWhich(asked, which)
  if (asked.kinds.includes(ENDPOINTS))
    io.warn(DEPRECATED)
  if (!asked.named)
    return { objects: asked.kinds.flatMap(kind => [...listOf(io, kind, which)]), errors: [] }
  const objects: AnyObject[] = []
  const errors: unknown[] = []
  for (const { kind, name } of asked.named) {
    try {
      objects.push(find(io, kind, which.namespace, name))
    }
    catch (error) {
      if (!ignoreMissing)
        errors.push(error)
    }
  }
  return { objects, errors }
}
