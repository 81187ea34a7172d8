// What may be written: the rules for new objects and for changes of every kind.
import { invalid } from '../errors.ts'
import type { Draft, DraftOf } from '../draft.ts'
import { same } from '../objects.ts'
import type { Kind, ObjectMeta, ObjectOf, PodSpec } from '../objects.ts'
import { gather } from './field.ts'
import type { Errors } from './field.ts'
import { dnsLabel, dnsSubdomain } from './names.ts'
import { check } from './walk.ts'
import type { Plain } from './walk.ts'

/** Specifications of Pods that were found right; a ReplicaSet's Pods share one. */
const right = new WeakSet<object>()

/** upstream: ValidateObjectMeta: what is the same for all kinds but the rule for their names */
function checkName(errors: Errors, { generateName, name }: Draft<ObjectMeta>, naming: (name: string) => string[]) {
  // what is given out ends with a letter, so that a prefix may end with a dash
  if (generateName)
    naming(generateName.replace(/-$/, 'a')).forEach(message => errors.invalid('metadata.generateName', generateName, message))
  if (!name)
    errors.required('metadata.name', 'name or generateName is required')
  else
    naming(name).forEach(message => errors.invalid('metadata.name', name, message))
}

/** A field that may not change. upstream: ValidateImmutableField */
function immutable(errors: Errors, field: string, value: unknown, before: unknown) {
  if (!same(value, before))
    errors.invalid(field, value, 'field is immutable')
}

const UPDATABLE = 'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'

/** What may change in a Pod that exists. The API server also prints how the specifications differ, in Go's notation; that is left out. upstream: ValidatePodUpdate, ValidateContainerUpdates */
function checkPodChange(errors: Errors, spec: Draft<PodSpec>, before: PodSpec) {
  for (const list of ['containers', 'initContainers'] as const) {
    if ((spec[list] ?? []).length !== (before[list] ?? []).length)
      return errors.forbidden(`spec.${list}`, 'pod updates may not add or remove containers')
    spec[list]?.forEach(({ image = '' }, i) => {
      if (image.trim().length !== image.length)
        errors.invalid(`spec.${list}[${i}].image`, image, 'must not have leading or trailing whitespace')
    })
  }
  const deadline = spec.activeDeadlineSeconds
  if (before.activeDeadlineSeconds && !deadline)
    errors.invalid('spec.activeDeadlineSeconds', null, 'must not update from a positive integer to nil value')
  else if (before.activeDeadlineSeconds && deadline && deadline > before.activeDeadlineSeconds)
    return errors.invalid('spec.activeDeadlineSeconds', deadline, 'must be less than or equal to previous value')
  const images = (list: Draft<PodSpec>['containers'], old: readonly { image?: string }[] | undefined) => list?.map((container, i) => ({ ...container, image: old?.[i]?.image }))
  const timeless = (toleration: object) => ({ ...toleration, tolerationSeconds: 0 })
  if (!(before.tolerations ?? []).every(kept => spec.tolerations?.some(now => same(timeless(now), timeless(kept)))))
    errors.forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')
  const { activeDeadlineSeconds, tolerations, schedulingGates, terminationGracePeriodSeconds: grace } = before
  const fewerGates = (spec.schedulingGates ?? []).every(gate => schedulingGates?.some(old => old.name === gate.name))
  const otherwise = {
    ...spec,
    containers: images(spec.containers, before.containers),
    initContainers: images(spec.initContainers, before.initContainers),
    activeDeadlineSeconds,
    tolerations,
    ...(fewerGates && { schedulingGates }),
    ...(grace < 0 && spec.terminationGracePeriodSeconds === 1 && { terminationGracePeriodSeconds: grace }),
  }
  if (!same(otherwise, before))
    errors.forbidden('spec', UPDATABLE)
}

/** What may change, by kind. */
function checkChange(errors: Errors, kind: Kind, draft: Plain, old: Plain) {
  const spec = draft.spec as Plain | undefined
  const before = old.spec as Plain | undefined
  if (kind === 'Deployment' || kind === 'ReplicaSet')
    immutable(errors, 'spec.selector', spec?.selector, before?.selector)
  if (kind === 'EndpointSlice')
    immutable(errors, 'addressType', draft.addressType, old.addressType)
  if (kind === 'Pod' && spec !== before)
    checkPodChange(errors, spec as Draft<PodSpec>, before as unknown as PodSpec)
  if (kind === 'Service' && before?.clusterIP && before.clusterIP !== 'None' && spec?.type !== 'ExternalName' && spec?.clusterIP !== before.clusterIP)
    errors.invalid('spec.clusterIPs[0]', [spec?.clusterIP ?? ''], 'may not change once set')
  if (kind === 'ConfigMap' && old.immutable) {
    for (const field of ['immutable', 'data', 'binaryData'])
      same(draft[field], old[field]) || errors.forbidden(field, 'field is immutable when `immutable` is set')
  }
}

/** Kinds of which is told first what may not change. upstream: ValidateServiceUpdate, ValidateConfigMapUpdate */
const CHANGE_FIRST: readonly Kind[] = ['Service', 'ConfigMap']

const DNS_LABEL: readonly Kind[] = ['Namespace', 'Service']

/** Refuses what breaks a rule, all of it at once. @throws ApiError Invalid */
export function validate<K extends Kind>(kind: K, draft: DraftOf<K>, old?: ObjectOf<K>): void {
  const errors = gather()
  const { metadata = {}, ...rest } = draft as { metadata?: Draft<ObjectMeta>, spec?: Plain }
  const { spec } = rest
  const known = kind === 'Pod' && (old || right.has(spec!))
  const changed = () => old && checkChange(errors, kind, draft as Plain, old as unknown as Plain)
  const first = CHANGE_FIRST.includes(kind)
  checkName(errors, metadata, DNS_LABEL.includes(kind) ? dnsLabel : dnsSubdomain)
  check(errors, 'ObjectMeta', metadata as Plain, 'metadata')
  if (first)
    changed()
  check(errors, kind, known ? { ...rest, spec: undefined } : rest)
  if (!first)
    changed()
  if (errors.causes.length)
    throw invalid(kind, metadata.name ?? '', errors.causes)
  if (kind === 'Pod' && !old)
    right.add(spec!)
}
