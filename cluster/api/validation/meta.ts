// Rules for metadata and for selectors. upstream: apimachinery api/validation/objectmeta.go, apis/meta/v1/validation
import type { LabelSelector } from 'kubernetes-types/meta/v1'
import type { Draft } from '../draft.ts'
import { same } from '../objects.ts'
import type { ObjectMeta } from '../objects.ts'
import { each, nonNegative } from './field.ts'
import type { Errors } from './field.ts'
import { labelValue, qualifiedName } from './names.ts'

type Meta = Draft<ObjectMeta>
const ANNOTATIONS = 256 * 1024

/** upstream: ValidateLabels */
export function checkLabels(errors: Errors, field: string, labels: Record<string, string> | undefined): void {
  for (const key in labels) {
    each(errors, field, key, qualifiedName(key))
    each(errors, field, labels[key], labelValue(labels[key]!))
  }
}

function checkAnnotations(errors: Errors, field: string, annotations: Record<string, string> | undefined): void {
  let size = 0
  for (const key in annotations) {
    each(errors, field, key, qualifiedName(key.toLowerCase()))
    size += key.length + annotations[key]!.length
  }
  if (size > ANNOTATIONS)
    errors.tooLong(field, ANNOTATIONS)
}

/** @param naming the rule for names of this kind. upstream: ValidateObjectMeta */
export function checkMeta(errors: Errors, meta: Meta, naming: (name: string) => string[], field = 'metadata'): void {
  // a prefix may end with a dash: what follows it is a letter
  if (meta.generateName)
    each(errors, `${field}.generateName`, meta.generateName, naming(meta.generateName.replace(/-$/, 'a')))
  if (!meta.name)
    errors.required(`${field}.name`, 'name or generateName is required')
  else
    each(errors, `${field}.name`, meta.name, naming(meta.name))
  nonNegative(errors, `${field}.generation`, meta.generation)
  checkLabels(errors, `${field}.labels`, meta.labels)
  checkAnnotations(errors, `${field}.annotations`, meta.annotations)
  checkOwners(errors, `${field}.ownerReferences`, meta)
  meta.finalizers?.forEach((name, i) => {
    const path = `${field}.finalizers[${i}]`
    each(errors, path, name, qualifiedName(name))
    if (!name.includes('/') && !['orphan', 'foregroundDeletion', 'kubernetes'].includes(name))
      errors.invalid(path, name, 'name is neither a standard finalizer name nor is it fully qualified')
  })
}

/** upstream: ValidateOwnerReferences */
function checkOwners(errors: Errors, field: string, { ownerReferences }: Meta) {
  let controller: string | undefined
  ownerReferences?.forEach((owner, i) => {
    const path = `${field}[${i}]`
    if (!owner.apiVersion)
      errors.invalid(`${path}.apiVersion`, '', 'version must not be empty')
    for (const name of ['kind', 'name', 'uid'] as const) {
      if (!owner[name])
        errors.invalid(`${path}.${name}`, '', 'must not be empty')
    }
    if (owner.controller && controller !== undefined)
      errors.invalid(field, ownerReferences, `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${owner.name}`)
    else if (owner.controller)
      controller = owner.name
  })
}

/** A field that may not change. upstream: ValidateImmutableField */
export function immutable(errors: Errors, field: string, value: unknown, before: unknown): void {
  if (!same(value, before))
    errors.invalid(field, value, 'field is immutable')
}

/** upstream: ValidateLabelSelector */
export function checkSelector(errors: Errors, field: string, selector: Draft<LabelSelector> | undefined): void {
  checkLabels(errors, `${field}.matchLabels`, selector?.matchLabels as Record<string, string> | undefined)
  selector?.matchExpressions?.forEach(({ key, operator, values = [] }, i) => {
    const path = `${field}.matchExpressions[${i}]`
    if (operator === 'In' || operator === 'NotIn') {
      if (!values.length)
        errors.required(`${path}.values`, 'must be specified when `operator` is \'In\' or \'NotIn\'')
    }
    else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length)
        errors.forbidden(`${path}.values`, 'may not be specified when `operator` is \'Exists\' or \'DoesNotExist\'')
    }
    else {
      errors.invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator')
    }
    each(errors, `${path}.key`, key ?? '', qualifiedName(key ?? ''))
    values.forEach((value, j) => each(errors, `${path}.values[${j}]`, value, labelValue(value)))
  })
}
