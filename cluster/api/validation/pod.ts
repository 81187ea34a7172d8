// Rules for Pods and templates. upstream: pkg/apis/core/validation/validation.go
import type { Affinity, NodeSelectorTerm, PodAffinityTerm, Toleration, TopologySpreadConstraint, Volume } from 'kubernetes-types/core/v1'
import type { Draft } from '../draft.ts'
import { same } from '../objects.ts'
import type { PodSpec, PodTemplate } from '../objects.ts'
import { checkContainer } from './container.ts'
import { each, oneOf, unique } from './field.ts'
import type { Errors } from './field.ts'
import { checkLabels, checkSelector } from './meta.ts'
import { dnsLabel, dnsSubdomain, labelValue, qualifiedName } from './names.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** upstream: ValidateTolerations */
function checkTolerations(errors: Errors, field: string, tolerations: Draft<Toleration[]> = []) {
  tolerations.forEach((toleration, i) => {
    const { key, operator, value, effect, tolerationSeconds } = toleration
    const path = `${field}[${i}]`
    if (key)
      each(errors, `${path}.key`, key, qualifiedName(key))
    else if (operator !== 'Exists')
      errors.invalid(`${path}.operator`, operator ?? '', 'operator must be Exists when `key` is empty, which means "match all values and all keys"')
    if (tolerationSeconds !== undefined && effect !== 'NoExecute')
      errors.invalid(`${path}.effect`, effect ?? '', 'effect must be \'NoExecute\' when `tolerationSeconds` is set')
    if (!operator || operator === 'Equal') {
      const wrong = labelValue(value ?? '')
      if (wrong.length)
        errors.invalid(`${path}.operator`, value, wrong.join(';'))
    }
    else if (operator === 'Exists') {
      if (value)
        errors.invalid(`${path}.operator`, toleration, 'value must be empty when `operator` is \'Exists\'')
    }
    else {
      errors.unsupported(`${path}.operator`, operator, ['Equal', 'Exists'])
    }
    if (effect && !EFFECTS.includes(effect))
      errors.unsupported(`${path}.effect`, effect, EFFECTS)
  })
}

/** A taint on a node. upstream: validateNodeTaints */
export function checkTaints(errors: Errors, field: string, taints: Draft<{ key: string, value?: string, effect: string }[]> = []): void {
  const seen = new Set<string>()
  taints.forEach(({ key, value, effect }, i) => {
    const path = `${field}[${i}]`
    each(errors, `${path}.key`, key ?? '', qualifiedName(key ?? ''))
    const wrong = labelValue(value ?? '')
    if (wrong.length)
      errors.invalid(`${path}.value`, value, wrong.join(';'))
    if (!effect)
      errors.required(`${path}.effect`)
    else if (!EFFECTS.includes(effect))
      errors.unsupported(`${path}.effect`, effect, EFFECTS)
    const id = `${key} ${effect}`
    if (seen.has(id))
      errors.duplicate(`${path}.effect`, { key, effect })
    seen.add(id)
  })
}

const NODE_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']

/** upstream: ValidateNodeSelectorTerm */
function checkNodeTerm(errors: Errors, field: string, { matchExpressions = [] }: Draft<NodeSelectorTerm>) {
  matchExpressions.forEach(({ key, operator, values }, i) => {
    const path = `${field}.matchExpressions[${i}]`
    if (operator === 'In' || operator === 'NotIn') {
      if (!values?.length)
        errors.required(`${path}.values`, 'must be specified when `operator` is \'In\' or \'NotIn\'')
    }
    else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values?.length)
        errors.forbidden(`${path}.values`, 'may not be specified when `operator` is \'Exists\' or \'DoesNotExist\'')
    }
    else if (NODE_OPERATORS.includes(operator ?? '')) {
      if (values?.length !== 1)
        errors.required(`${path}.values`, 'must be specified single value when `operator` is \'Lt\' or \'Gt\'')
    }
    else {
      errors.invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator')
    }
    each(errors, `${path}.key`, key ?? '', qualifiedName(key ?? ''))
  })
}

/** upstream: validatePodAffinityTerm */
function checkPodTerm(errors: Errors, field: string, { topologyKey, labelSelector }: Draft<PodAffinityTerm>) {
  checkSelector(errors, `${field}.labelSelector`, labelSelector)
  if (!topologyKey)
    errors.required(`${field}.topologyKey`, 'can not be empty')
  else
    each(errors, `${field}.topologyKey`, topologyKey, qualifiedName(topologyKey))
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'

/** upstream: validateAffinity */
function checkAffinity(errors: Errors, field: string, { nodeAffinity, podAffinity, podAntiAffinity }: Draft<Affinity> = {}) {
  const weight = (path: string, value: number | undefined) => {
    if (!value || value < 0 || value > 100)
      errors.invalid(`${path}.weight`, value ?? 0, 'must be in the range 1-100')
  }
  const must = nodeAffinity?.[REQUIRED]
  if (must) {
    const path = `${field}.nodeAffinity.${REQUIRED}.nodeSelectorTerms`
    if (!must.nodeSelectorTerms?.length)
      errors.required(path, 'must have at least one node selector term')
    must.nodeSelectorTerms?.forEach((term, i) => checkNodeTerm(errors, `${path}[${i}]`, term))
  }
  nodeAffinity?.[PREFERRED]?.forEach((term, i) => {
    const path = `${field}.nodeAffinity.${PREFERRED}[${i}]`
    weight(path, term.weight)
    checkNodeTerm(errors, `${path}.preference`, term.preference ?? {})
  })
  for (const [name, affinity] of [['podAffinity', podAffinity], ['podAntiAffinity', podAntiAffinity]] as const) {
    affinity?.[REQUIRED]?.forEach((term, i) => checkPodTerm(errors, `${field}.${name}.${REQUIRED}[${i}]`, term))
    affinity?.[PREFERRED]?.forEach((term, i) => {
      const path = `${field}.${name}.${PREFERRED}[${i}]`
      weight(path, term.weight)
      checkPodTerm(errors, `${path}.podAffinityTerm`, term.podAffinityTerm ?? {})
    })
  }
}

/** upstream: validateTopologySpreadConstraints */
function checkSpread(errors: Errors, field: string, constraints: Draft<TopologySpreadConstraint[]> = []) {
  const seen = new Set<string>()
  constraints.forEach(({ maxSkew = 0, topologyKey, whenUnsatisfiable, minDomains, labelSelector }, i) => {
    const path = `${field}[${i}]`
    if (maxSkew <= 0)
      errors.invalid(`${path}.maxSkew`, maxSkew, 'must be greater than zero')
    if (!topologyKey)
      errors.required(`${path}.topologyKey`, 'can not be empty')
    else
      each(errors, `${path}.topologyKey`, topologyKey, qualifiedName(topologyKey))
    if (!['DoNotSchedule', 'ScheduleAnyway'].includes(whenUnsatisfiable ?? ''))
      errors.unsupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable ?? '', ['DoNotSchedule', 'ScheduleAnyway'])
    const pair = `{${topologyKey}, ${whenUnsatisfiable}}`
    if (seen.has(pair))
      errors.duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, pair)
    seen.add(pair)
    if (minDomains !== undefined && minDomains <= 0)
      errors.invalid(`${path}.minDomains`, minDomains, 'must be greater than zero')
    checkSelector(errors, `${path}.labelSelector`, labelSelector)
  })
}

/** upstream: ValidateVolumes: names alone; what they hold is not modelled */
function checkVolumes(errors: Errors, field: string, volumes: Draft<Volume[]> = []): Set<string> {
  const once = unique(errors)
  volumes.forEach((volume, i) => {
    const path = `${field}[${i}]`
    const { name } = volume
    const sources = Object.keys(volume).filter(key => key !== 'name')
    sources.slice(1).forEach(source => errors.forbidden(`${path}.${source}`, 'may not specify more than 1 volume type'))
    if (!name)
      errors.required(`${path}.name`)
    else
      each(errors, `${path}.name`, name, dnsLabel(name))
    once(`${path}.name`, name)
  })
  return new Set(volumes.map(volume => volume.name ?? ''))
}

/** upstream: ValidatePodSpec */
export function checkPodSpec(errors: Errors, field: string, spec: Draft<PodSpec>): void {
  const volumes = checkVolumes(errors, `${field}.volumes`, spec.volumes)
  const grace = spec.terminationGracePeriodSeconds ?? 30
  const { containers = [], initContainers = [] } = spec
  if (!containers.length)
    errors.required(`${field}.containers`)
  const once = unique(errors)
  const hostPorts = unique(errors)
  containers.forEach((container, i) => {
    checkContainer(errors, `${field}.containers[${i}]`, container, volumes, grace)
    once(`${field}.containers[${i}].name`, container.name)
  })
  containers.forEach((container, i) => container.ports?.forEach(({ hostPort, protocol, hostIP }, j) =>
    hostPort && hostPorts(`${field}.containers[${i}].ports[${j}].hostPort`, `${protocol}/${hostIP ?? ''}/${hostPort}`)))
  initContainers.forEach((container, i) => {
    checkContainer(errors, `${field}.initContainers[${i}]`, container, volumes, grace, true)
    once(`${field}.initContainers[${i}].name`, container.name)
  })
  oneOf(errors, `${field}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never'])
  oneOf(errors, `${field}.dnsPolicy`, spec.dnsPolicy, ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'])
  checkLabels(errors, `${field}.nodeSelector`, spec.nodeSelector as Record<string, string> | undefined)
  if (spec.hostNetwork) {
    containers.forEach((container, i) => container.ports?.forEach(({ hostPort, containerPort }, j) => {
      if (hostPort !== containerPort)
        errors.invalid(`${field}.containers[${i}].ports[${j}].hostPort`, hostPort ?? 0, 'must match `containerPort` when `hostNetwork` is true')
    }))
  }
  checkAffinity(errors, `${field}.affinity`, spec.affinity)
  const gates = unique(errors)
  spec.schedulingGates?.forEach(({ name = '' }, i) => {
    each(errors, `${field}.schedulingGates[${i}]`, name, qualifiedName(name))
    gates(`${field}.schedulingGates[${i}]`, name)
  })
  checkSpread(errors, `${field}.topologySpreadConstraints`, spec.topologySpreadConstraints)
  if (spec.serviceAccountName)
    each(errors, `${field}.serviceAccountName`, spec.serviceAccountName, dnsSubdomain(spec.serviceAccountName))
  if (spec.nodeName)
    each(errors, `${field}.nodeName`, spec.nodeName, dnsSubdomain(spec.nodeName))
  const deadline = spec.activeDeadlineSeconds
  if (deadline !== undefined && (deadline < 1 || deadline > 0x7FFF_FFFF))
    errors.invalid(`${field}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive')
  if (spec.hostname)
    each(errors, `${field}.hostname`, spec.hostname, dnsLabel(spec.hostname))
  if (spec.subdomain)
    each(errors, `${field}.subdomain`, spec.subdomain, dnsLabel(spec.subdomain))
  checkTolerations(errors, `${field}.tolerations`, spec.tolerations)
}

/** upstream: ValidatePodTemplateSpec */
export function checkTemplate(errors: Errors, field: string, template: Draft<PodTemplate>): void {
  checkLabels(errors, `${field}.metadata.labels`, template.metadata?.labels as Record<string, string> | undefined)
  checkPodSpec(errors, `${field}.spec`, template.spec ?? {})
  if (template.spec?.ephemeralContainers?.length)
    errors.forbidden(`${field}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template')
}

const UPDATABLE = 'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'

/** What may change in a Pod that exists. upstream: ValidatePodUpdate */
export function checkPodChange(errors: Errors, spec: Draft<PodSpec>, before: PodSpec): void {
  const images = (list: Draft<PodSpec>['containers'], old: readonly { image?: string }[] | undefined) => list?.map((container, i) => ({ ...container, image: old?.[i]?.image }))
  const kept = before.tolerations ?? []
  const added = kept.every(toleration => spec.tolerations?.some(each => same({ ...each, tolerationSeconds: 0 }, { ...toleration, tolerationSeconds: 0 })))
  if (!added && !same(spec.tolerations, before.tolerations))
    errors.forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')
  const changed = {
    ...spec,
    containers: images(spec.containers, before.containers),
    ...(spec.initContainers && { initContainers: images(spec.initContainers, before.initContainers) }),
    activeDeadlineSeconds: before.activeDeadlineSeconds,
    tolerations: before.tolerations,
    schedulingGates: spec.schedulingGates?.every(gate => before.schedulingGates?.some(each => each.name === gate.name)) !== false ? before.schedulingGates : spec.schedulingGates,
    terminationGracePeriodSeconds: before.terminationGracePeriodSeconds < 0 && spec.terminationGracePeriodSeconds === 1 ? before.terminationGracePeriodSeconds : spec.terminationGracePeriodSeconds,
  }
  if (!same(changed, before))
    errors.forbidden('spec', UPDATABLE)
}
