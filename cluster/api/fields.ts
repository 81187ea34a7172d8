// Selectors of fields: the few that the API server can list by. upstream: apimachinery fields/selector.go
import { badRequest } from './errors.ts'
import type { AnyObject, Kind } from './objects.ts'

export interface FieldRequirement { readonly path: readonly string[], readonly not: boolean, readonly value: string }

const COMMON = 'metadata.name metadata.namespace'
const MORE: Partial<Record<Kind, string>> = {
  Pod: 'spec.nodeName spec.restartPolicy spec.schedulerName spec.serviceAccountName spec.hostNetwork status.phase status.podIP status.podIPs status.nominatedNodeName',
  Event: 'involvedObject.kind involvedObject.namespace involvedObject.name involvedObject.uid involvedObject.apiVersion involvedObject.resourceVersion involvedObject.fieldPath reason reportingComponent source type',
  Node: 'spec.unschedulable',
  Namespace: 'status.phase',
  ReplicaSet: 'status.replicas',
  Service: 'spec.clusterIP spec.type',
}

/** Requirements from a text such as `status.phase=Running,spec.nodeName!=node-1`. @throws ApiError BadRequest */
export function parseFieldSelector(kind: Kind, text: string): FieldRequirement[] {
  return text.split(',').filter(term => term !== '').map((term) => {
    const i = term.indexOf('=')
    const not = i > 0 && term[i - 1] === '!'
    const field = i < 0 ? '' : term.slice(0, not ? i - 1 : i)
    if (field === '')
      throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`)
    const more = MORE[kind]
    if (!COMMON.split(' ').includes(field) && !more?.split(' ').includes(field))
      throw badRequest(more ? `field label not supported: ${field}` : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`)
    return { path: (kind === 'Event' && field === 'source' ? 'source.component' : field).split('.'), not, value: term.slice(term[i + 1] === '=' ? i + 2 : i + 1) }
  })
}

/** What a field says; an absent one says '' (`false` where it is a flag). */
function fieldText(object: AnyObject, path: readonly string[]): string {
  let value: unknown = object
  for (const step of path)
    value = (value as Record<string, unknown> | undefined)?.[step]
  if (value === undefined || value === null)
    return path[1] === 'unschedulable' || path[1] === 'hostNetwork' ? 'false' : path[1] === 'replicas' ? '0' : ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
}

export function fieldsMatch(requirements: readonly FieldRequirement[], object: AnyObject): boolean {
  return requirements.every(({ path, not, value }) => (fieldText(object, path) === value) !== not)
}
