// Rules for ReplicaSets, Deployments and autoscalers. upstream: pkg/apis/{apps,autoscaling}/validation
import type { MetricSpec, MetricTarget } from 'kubernetes-types/autoscaling/v2'
import { fromLabelSelector, selectorMatches } from '../labels.ts'
import { byteValue, milliValue } from '../quantity.ts'
import type { Draft, DraftOf } from '../draft.ts'
import type { DeploymentStrategy, ScalingRules } from '../objects.ts'
import { nonNegative, oneOf } from './field.ts'
import type { Errors } from './field.ts'
import { checkSelector } from './meta.ts'
import { checkTemplate } from './pod.ts'

/** upstream: ValidateReplicaSetSpec, and the first half of ValidateDeploymentSpec */
function checkReplicas(errors: Errors, spec: NonNullable<DraftOf<'ReplicaSet' | 'Deployment'>['spec']>, early: boolean) {
  nonNegative(errors, 'spec.replicas', spec.replicas)
  if (early)
    nonNegative(errors, 'spec.minReadySeconds', spec.minReadySeconds)
  const { selector, template } = spec
  if (!selector) {
    errors.required('spec.selector')
  }
  else {
    checkSelector(errors, 'spec.selector', selector)
    if (!Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length)
      errors.invalid('spec.selector', selector, 'empty selector is invalid for deployment')
  }
  try {
    const requirements = fromLabelSelector(selector as Parameters<typeof fromLabelSelector>[0])
    const labels = template?.metadata?.labels as Record<string, string> | undefined
    if (requirements?.length !== 0 && !(requirements && selectorMatches(requirements, labels)))
      errors.invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')
    checkTemplate(errors, 'spec.template', template ?? {})
    if (template?.spec?.restartPolicy !== undefined && template.spec.restartPolicy !== 'Always')
      errors.unsupported('spec.template.spec.restartPolicy', template.spec.restartPolicy, ['Always'])
    if (template?.spec?.activeDeadlineSeconds !== undefined)
      errors.forbidden('spec.template.spec.activeDeadlineSeconds', 'activeDeadlineSeconds in ReplicaSet is not Supported')
  }
  catch (error) {
    if (!(error instanceof SyntaxError))
      throw error
    errors.invalid('spec.selector', selector, 'invalid label selector')
  }
}

export function checkReplicaSet(errors: Errors, { spec = {} }: DraftOf<'ReplicaSet'>): void {
  checkReplicas(errors, spec, true)
}

const PERCENT = /^\d+%$/
/** The number in a percentage or a count; 0 where it is neither. upstream: getIntOrPercentValue */
const amount = (value: number | string | undefined) => typeof value === 'string' ? PERCENT.test(value) ? Number(value.slice(0, -1)) : 0 : value ?? 0

/** upstream: ValidateDeploymentStrategy */
function checkStrategy(errors: Errors, { type, rollingUpdate }: Draft<DeploymentStrategy> = {}) {
  if (type === 'Recreate') {
    if (rollingUpdate)
      errors.forbidden('spec.strategy.rollingUpdate', 'may not be specified when strategy `type` is \'Recreate\'')
    return
  }
  if (type !== 'RollingUpdate')
    return errors.unsupported('spec.strategy.type', type ?? '', ['Recreate', 'RollingUpdate'])
  const { maxUnavailable, maxSurge } = rollingUpdate ?? {}
  for (const [name, value] of [['maxUnavailable', maxUnavailable], ['maxSurge', maxSurge]] as const) {
    const path = `spec.strategy.rollingUpdate.${name}`
    if (typeof value !== 'string')
      nonNegative(errors, path, value)
    else if (!PERCENT.test(value))
      errors.invalid(path, value, 'a valid percent string must be a numeric string followed by an ending \'%\' (e.g. \'1%\',  or \'93%\', regex used for validation is \'[0-9]+%\')')
  }
  if (amount(maxUnavailable) === 0 && amount(maxSurge) === 0)
    errors.invalid('spec.strategy.rollingUpdate.maxUnavailable', maxUnavailable, 'may not be 0 when `maxSurge` is 0')
  if (typeof maxUnavailable === 'string' && amount(maxUnavailable) > 100)
    errors.invalid('spec.strategy.rollingUpdate.maxUnavailable', maxUnavailable, 'must not be greater than 100%')
}

export function checkDeployment(errors: Errors, { spec = {} }: DraftOf<'Deployment'>): void {
  checkReplicas(errors, spec, false)
  checkStrategy(errors, spec.strategy)
  nonNegative(errors, 'spec.minReadySeconds', spec.minReadySeconds)
  nonNegative(errors, 'spec.revisionHistoryLimit', spec.revisionHistoryLimit)
  const deadline = spec.progressDeadlineSeconds
  nonNegative(errors, 'spec.progressDeadlineSeconds', deadline)
  if (deadline !== undefined && deadline <= (spec.minReadySeconds ?? 0))
    errors.invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')
}

/** upstream: validateMetricTarget and its callers. @param utilization whether a percentage may be asked for, @param value whether a plain value */
function checkTarget(errors: Errors, field: string, target: Draft<MetricTarget> | undefined, { utilization = false, value = false }) {
  const { type, averageUtilization: percent, averageValue, value: plain } = target ?? {}
  oneOf(errors, `${field}.type`, type, ['Utilization', 'Value', 'AverageValue'])
  if (plain !== undefined && milliValue(plain) <= 0)
    errors.invalid(`${field}.value`, plain, 'must be positive')
  if (averageValue !== undefined && milliValue(averageValue) <= 0)
    errors.invalid(`${field}.averageValue`, averageValue, 'must be positive')
  if (percent !== undefined && percent < 1)
    errors.invalid(`${field}.averageUtilization`, percent, 'must be greater than 0')
  if (utilization) {
    if (percent !== undefined && averageValue !== undefined)
      errors.forbidden(`${field}.averageValue`, 'may not set both a target raw value and a target utilization')
    else if (percent === undefined && averageValue === undefined)
      errors.required(`${field}.averageUtilization`, 'must set either a target raw value or a target utilization')
  }
  else if (value) {
    if (plain === undefined && averageValue === undefined)
      errors.required(`${field}.averageValue`, 'must set either a target value for metric or a per-pod target')
  }
  else if (averageValue === undefined) {
    errors.required(`${field}.averageValue`, 'must specify a positive target averageValue')
  }
}

const SOURCES: Readonly<Record<string, 'containerResource' | 'external' | 'object' | 'pods' | 'resource'>> = { ContainerResource: 'containerResource', External: 'external', Object: 'object', Pods: 'pods', Resource: 'resource' }

/** upstream: validateMetricSpec */
function checkMetric(errors: Errors, field: string, metric: Draft<MetricSpec>) {
  const { type } = metric
  oneOf(errors, `${field}.type`, type, Object.keys(SOURCES))
  const source = type && SOURCES[type]
  if (!source)
    return
  if (!metric[source])
    errors.required(`${field}.${source}`, 'must populate information for the given metric source')
  for (const other of Object.values(SOURCES)) {
    if (other !== source && metric[other])
      errors.forbidden(`${field}.${other}`, 'must populate the given metric source only')
  }
  if (metric.resource && !metric.resource.name)
    errors.required(`${field}.resource.name`, 'must specify a resource name')
  const target = metric[source]?.target
  if (metric[source])
    checkTarget(errors, `${field}.${source}.target`, target, { utilization: source === 'resource' || source === 'containerResource', value: source === 'object' || source === 'external' })
}

/** upstream: validateScalingRules */
function checkRules(errors: Errors, field: string, rules: Draft<ScalingRules> | undefined) {
  if (!rules)
    return
  const { stabilizationWindowSeconds: window, selectPolicy, policies, tolerance } = rules
  if (window !== undefined && window < 0)
    errors.invalid(`${field}.stabilizationWindowSeconds`, window, 'must be greater than or equal to zero')
  if (window !== undefined && window > 3600)
    errors.invalid(`${field}.stabilizationWindowSeconds`, window, 'must be less than or equal to 3600')
  if (selectPolicy !== undefined && !['Disabled', 'Max', 'Min'].includes(selectPolicy))
    errors.unsupported(`${field}.selectPolicy`, selectPolicy, ['Disabled', 'Max', 'Min'])
  if (!policies?.length)
    errors.required(`${field}.policies`, 'must specify at least one Policy')
  policies?.forEach(({ type, value = 0, periodSeconds = 0 }, i) => {
    const path = `${field}.policies[${i}]`
    if (type !== 'Pods' && type !== 'Percent')
      errors.unsupported(`${path}.type`, type ?? '', ['Percent', 'Pods'])
    if (value <= 0)
      errors.invalid(`${path}.value`, value, 'must be greater than zero')
    if (periodSeconds <= 0)
      errors.invalid(`${path}.periodSeconds`, periodSeconds, 'must be greater than zero')
    if (periodSeconds > 1800)
      errors.invalid(`${path}.periodSeconds`, periodSeconds, 'must be less than or equal to 1800')
  })
  if (tolerance !== undefined && byteValue(tolerance) < 0)
    errors.invalid(`${field}.tolerance`, tolerance, 'must be greater than or equal to 0')
}

/** upstream: validateHorizontalPodAutoscalerSpec */
export function checkAutoscaler(errors: Errors, { spec = {} }: DraftOf<'HorizontalPodAutoscaler'>): void {
  const { minReplicas = 1, maxReplicas = 0, scaleTargetRef, metrics, behavior } = spec
  if (minReplicas < 1)
    errors.invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')
  if (maxReplicas < 1)
    errors.invalid('spec.maxReplicas', maxReplicas, 'must be greater than 0')
  if (maxReplicas < minReplicas)
    errors.invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')
  for (const name of ['kind', 'name'] as const) {
    if (!scaleTargetRef?.[name])
      errors.required(`spec.scaleTargetRef.${name}`)
  }
  metrics?.forEach((metric, i) => checkMetric(errors, `spec.metrics[${i}]`, metric))
  checkRules(errors, 'spec.behavior.scaleUp', behavior?.scaleUp)
  checkRules(errors, 'spec.behavior.scaleDown', behavior?.scaleDown)
}
