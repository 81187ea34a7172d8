// What can be written at a place of a manifest: fields that are not there yet, and the values of those that have few.
import type { FieldDoc, FieldDocs } from '../kubectl/fielddocs.ts'
import { MOST_MANIFEST } from '../kubectl/manifests.ts'
import { fieldsAt, isKind, kinds, spotAt, valuesOf, versionOf, versions } from './fields.ts'
import { placeAt } from './place.ts'
import type { Place } from './place.ts'

export interface Offer {
  readonly label: string
  /** as `explain` writes a field's type */
  readonly type: string
  readonly text: string
  readonly required?: boolean
  /** what is written for it; the cursor stands at its end */
  readonly insert: string
  /** more is offered there at once */
  readonly again: boolean
}

export interface Offers {
  /** what is replaced, in letters of the file */
  readonly from: number
  readonly to: number
  /** the likeliest first */
  readonly offers: readonly Offer[]
}

/** Fields that manifests have often, the likeliest first. */
const COMMON = ['apiVersion', 'kind', 'metadata', 'name', 'image', 'namespace', 'labels', 'spec', 'replicas', 'selector', 'matchLabels', 'template', 'containers', 'ports', 'port', 'targetPort', 'containerPort', 'type', 'resources', 'requests', 'limits', 'env', 'value', 'command', 'args', 'readinessProbe', 'livenessProbe', 'startupProbe', 'httpGet', 'path', 'periodSeconds', 'initialDelaySeconds', 'failureThreshold', 'imagePullPolicy', 'strategy', 'rollingUpdate', 'maxSurge', 'maxUnavailable', 'restartPolicy', 'nodeSelector', 'tolerations', 'affinity', 'scaleTargetRef', 'minReplicas', 'maxReplicas', 'metrics', 'data', 'protocol', 'annotations']
/** Fields that the cluster writes, not people. */
const LAST = ['status', 'managedFields', 'uid', 'selfLink', 'resourceVersion', 'generation', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'ownerReferences']

function rank(name: string, { required }: FieldDoc): number {
  const common = COMMON.indexOf(name)
  return (required ? 0 : LAST.includes(name) ? 1000 : 100) + (common < 0 ? 99 : common)
}

/** What a key brings with it: a map goes on in the next line, a list with a dash. */
function insertion(name: string, field: FieldDoc, { column, whole, flow, dashed }: Place, item: boolean): string {
  if (whole)
    return name
  const before = item && !dashed && !flow ? '- ' : ''
  if (flow)
    return `${name}: `
  const at = column + before.length
  if (field.type.startsWith('[]'))
    return `${before}${name}:\n${' '.repeat(at)}- `
  return field.of !== undefined || field.type.startsWith('map[') ? `${before}${name}:\n${' '.repeat(at + 2)}` : `${before}${name}: `
}

function keys(docs: FieldDocs, place: Place): Offer[] {
  const top = place.path.length === 0
  if (!isKind(place.kind)) {
    // of what kind it is has to be said first
    return top ? fieldsAt(docs, { of: 'ConfigMap', list: false }).filter(([name]) => ['apiVersion', 'kind', 'metadata'].includes(name)).map(offer(docs, place, { list: false }, false)) : []
  }
  const spot = spotAt(docs, place.kind, place.path)
  return spot ? fieldsAt(docs, spot).map(offer(docs, place, spot, spot.list)) : []
}

const offer = (docs: FieldDocs, place: Place, spot: { of?: string, type?: string, list: boolean }, item: boolean) => ([name, field]: [string, FieldDoc]): Offer & { readonly rank: number } => ({
  label: name,
  type: field.type,
  text: field.text,
  ...(field.required && { required: true }),
  insert: insertion(name, field, place, item),
  again: !place.whole && ((field.of !== undefined && Object.keys(docs[field.of]?.fields ?? {}).length > 0) || valuesOf(spot, place.path, name, field).length > 0 || (place.path.length === 0 && (name === 'kind' || name === 'apiVersion'))),
  rank: rank(name, field),
})

function values(docs: FieldDocs, place: Place): Offer[] {
  const { path, key = '', kind } = place
  const plain = (text: string) => (label: string): Offer => ({ label, type: '', text, insert: label, again: false })
  if (!path.length && key === 'kind')
    return kinds.map(each => ({ ...plain(docs[each]?.text ?? '')(each), type: versionOf(each) }))
  if (!path.length && key === 'apiVersion')
    return (isKind(kind) ? [versionOf(kind)] : versions).map(plain(''))
  const spot = isKind(kind) ? spotAt(docs, kind, path) : undefined
  const field = spot && fieldsAt(docs, spot).find(([name]) => name === key)?.[1]
  return field && spot && !spot.list ? valuesOf(spot, path, key, field).map(plain('')) : []
}

/** What can be written where the cursor is. @param offset in letters of the file. Undefined where nothing is offered */
export function offersAt(docs: FieldDocs, text: string, offset: number): Offers | undefined {
  if (text.length > MOST_MANIFEST)
    return undefined
  const place = placeAt(text, offset)
  if (!place)
    return undefined
  if (place.at === 'value') {
    // after the colon comes a blank
    const blank = text[place.from - 1] === ':' ? ' ' : ''
    const offers = values(docs, place).map(each => ({ ...each, insert: blank + each.insert }))
    return offers.length ? { from: place.from, to: place.to, offers } : undefined
  }
  const offers = (keys(docs, place) as (Offer & { rank: number })[])
    .filter(({ label }) => !place.taken.has(label))
    .sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1))
    .map(({ rank: _, ...each }) => each)
  return offers.length ? { from: place.from, to: place.to, offers } : undefined
}
