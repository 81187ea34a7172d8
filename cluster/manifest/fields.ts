// What may stand at a place of a manifest: the fields that `explain` knows there and the API server takes, and the values that it knows.
import { KINDS, RESOURCES } from '../api/objects.ts'
import type { Kind } from '../api/objects.ts'
import { fieldsOf } from '../api/schema.ts'
import type { Field } from '../api/schema.ts'
import type { FieldDoc, FieldDocs } from '../kubectl/fielddocs.ts'
import { ITEM } from './lines.ts'

/** What stands at a path. */
export interface Spot {
  /** the type of its fields; undefined where it has none of its own */
  readonly of?: string
  /** the same in the API server's table; undefined where that takes anything */
  readonly type?: string
  /** a list whose item is still to be begun */
  readonly list: boolean
  readonly field?: FieldDoc
}

export const isKind = (name: string): name is Kind => Object.hasOwn(RESOURCES, name)

/** All that is known of a type of the API's own descriptions, by name. */
const docsOf = (docs: FieldDocs, type: string | undefined): Readonly<Record<string, FieldDoc>> => type !== undefined && Object.hasOwn(docs, type) ? docs[type]!.fields : {}

/** The fields at a place, by name, in the order of the descriptions. */
export function fieldsAt(docs: FieldDocs, { of, type }: Spot): [string, FieldDoc][] {
  const table = type === undefined ? undefined : fieldsOf(type)
  return Object.entries(docsOf(docs, of)).filter(([name]) => !table || table.has(name))
}

/** What stands at a path of an object of a kind; undefined where nothing may. */
export function spotAt(docs: FieldDocs, kind: Kind, path: readonly string[]): Spot | undefined {
  let spot: Spot = { of: kind, type: kind, list: false }
  for (const step of path) {
    if (step === ITEM) {
      if (!spot.list)
        return undefined
      spot = { ...spot, list: false }
      continue
    }
    const field: FieldDoc | undefined = spot.list ? undefined : fieldsAt(docs, spot).find(([name]) => name === step)?.[1]
    if (!field)
      return undefined
    const own: Field | undefined = spot.type === undefined ? undefined : fieldsOf(spot.type).get(step)
    spot = { of: field.of, type: own?.object ? own.type : undefined, list: field.type.startsWith('[]'), field }
  }
  return spot
}

/** What rules of several fields take, beside what stands in the table. By type and name. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'DeploymentStrategy.type': ['RollingUpdate', 'Recreate'],
  'Toleration.operator': ['Equal', 'Exists'],
  'Toleration.effect': ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
  'LabelSelectorRequirement.operator': ['In', 'NotIn', 'Exists', 'DoesNotExist'],
  'NodeSelectorRequirement.operator': ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
}

/** All values that a field may have, where they can be listed. @param spot the map that the field is in, at `path` */
export function valuesOf({ of, type }: Spot, path: readonly string[], name: string, field: FieldDoc): readonly string[] {
  // what a controller makes runs for ever
  if (of === 'PodSpec' && name === 'restartPolicy' && path.includes('template'))
    return ['Always']
  const own = type === undefined ? undefined : fieldsOf(type).get(name)
  return own?.options ?? VALUES[`${of}.${name}`] ?? field.options ?? (field.type === 'boolean' ? ['true', 'false'] : [])
}

/** The kinds and versions that a manifest may name. */
export const kinds = KINDS
export const versionOf = (kind: Kind) => RESOURCES[kind].apiVersion
export const versions = [...new Set(KINDS.map(versionOf))]
