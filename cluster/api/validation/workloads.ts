// Rules of ReplicaSets, Deployments and autoscalers that hang on more than one field, by type. upstream: pkg/apis/{apps,autoscaling}/validation
import type { MetricSpec, MetricTarget } from 'kubernetes-types/autoscaling/v2'
import type { LabelSelector } from 'kubernetes-types/meta/v1'
import type { Draft, DraftOf } from '../draft.ts'
import { fromLabelSelector, selectorMatches } from '../labels.ts'
import { requirement } from '../selectors.ts'
import type { DeploymentStrategy, PodTemplate, ScalingRules } from '../objects.ts'
import { milliValue } from '../amounts.ts'
import type { Errors } from './field.ts'

type Check<T> = (errors: Errors, object: Draft<T>, path: string) => unknown

/** A selector that cannot be read ends it: the template is not looked at. upstream: ValidateReplicaSetSpec, ValidateDeploymentSpec, ValidatePodTemplateSpecForReplicaSet */
const selects: Check<{ selector?: LabelSelector, template: PodTemplate }> = (errors, { selector, template }, path) => {
  if (selector && !Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length)
    errors.invalid(`${path}.selector`, selector, 'empty selector is invalid for deployment')
  try {
    const requirements = fromLabelSelector(selector as LabelSelector | undefined, requirement)
    const labels = template?.metadata?.labels
    if (requirements?.length !== 0 && !(requirements && selectorMatches(requirements, labels)))
      errors.invalid(`${path}.template.metadata.labels`, labels, '`selector` does not match template `labels`')
  }
  catch {
    errors.invalid(`${path}.selector`, selector, 'invalid label selector')
    return false
  }
}

const PERCENT = /^\d+%$/
const number = (value: number | string | undefined) => typeof value === 'string' ? Number.parseInt(value) || 0 : value ?? 0

export const workloads = {
  ReplicaSetSpec_template: selects,
  DeploymentSpec_template: selects,
  /** upstream: ValidatePodTemplateSpecForReplicaSet */
  PodTemplateSpec(errors: Errors, { spec }: Draft<PodTemplate>, path: string) {
    const { restartPolicy = 'Always', activeDeadlineSeconds } = spec ?? {}
    if (restartPolicy !== 'Always')
      errors.unsupported(`${path}.spec.restartPolicy`, restartPolicy, ['Always'])
    if (activeDeadlineSeconds !== undefined)
      errors.forbidden(`${path}.spec.activeDeadlineSeconds`, 'activeDeadlineSeconds in ReplicaSet is not Supported')
  },
  DeploymentSpec(errors: Errors, { progressDeadlineSeconds: deadline = 0, minReadySeconds = 0 }: NonNullable<DraftOf<'Deployment'>['spec']>, path: string) {
    if (deadline <= minReadySeconds)
      errors.invalid(`${path}.progressDeadlineSeconds`, deadline, 'must be greater than minReadySeconds')
  },
  /** upstream: ValidateDeploymentStrategy, ValidateRollingUpdateDeployment */
  DeploymentStrategy(errors: Errors, { type, rollingUpdate }: Draft<DeploymentStrategy>, path: string) {
    const { maxUnavailable, maxSurge } = rollingUpdate ?? {}
    const at = `${path}.rollingUpdate`
    if (type === 'Recreate')
      return rollingUpdate && errors.forbidden(at, 'may not be specified when strategy `type` is \'Recreate\'')
    if (type !== 'RollingUpdate')
      return errors.unsupported(`${path}.type`, type ?? '', ['Recreate', 'RollingUpdate'])
    for (const [name, value] of [['maxUnavailable', maxUnavailable], ['maxSurge', maxSurge]] as const) {
      if (typeof value === 'string' ? !PERCENT.test(value) : value! < 0)
        errors.invalid(`${at}.${name}`, value, typeof value === 'string' ? 'a valid percent string must be a numeric string followed by an ending \'%\' (e.g. \'1%\',  or \'93%\', regex used for validation is \'[0-9]+%\')' : 'must be greater than or equal to 0')
    }
    if (number(maxUnavailable) === 0 && number(maxSurge) === 0)
      errors.invalid(`${at}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')
    if (typeof maxUnavailable === 'string' && number(maxUnavailable) > 100)
      errors.invalid(`${at}.maxUnavailable`, maxUnavailable, 'must not be greater than 100%')
  },

  /** upstream: validateHorizontalPodAutoscalerSpec */
  HorizontalPodAutoscalerSpec_scaleTargetRef(errors: Errors, { minReplicas = 1, maxReplicas = 0 }: NonNullable<DraftOf<'HorizontalPodAutoscaler'>['spec']>, path: string) {
    if (minReplicas < 1)
      errors.invalid(`${path}.minReplicas`, minReplicas, 'must be greater than or equal to 1')
    if (maxReplicas < 1)
      errors.invalid(`${path}.maxReplicas`, maxReplicas, 'must be greater than 0')
    if (maxReplicas < minReplicas)
      errors.invalid(`${path}.maxReplicas`, maxReplicas, 'must be greater than or equal to `minReplicas`')
  },
  /** upstream: validateMetricSpec */
  MetricSpec(errors: Errors, { type, resource }: Draft<MetricSpec>, path: string) {
    if (type === 'Resource' && !resource)
      errors.required(`${path}.resource`, 'must populate information for the given metric source')
  },
  /** upstream: validateMetricTarget, validateResourceSource */
  MetricTarget(errors: Errors, { averageValue, averageUtilization: percent }: Draft<MetricTarget>, path: string) {
    if (averageValue !== undefined && milliValue(averageValue) <= 0)
      errors.invalid(`${path}.averageValue`, averageValue, 'must be positive')
    if (percent !== undefined && percent < 1)
      errors.invalid(`${path}.averageUtilization`, percent, 'must be greater than 0')
    if (percent !== undefined && averageValue !== undefined)
      errors.forbidden(`${path}.averageValue`, 'may not set both a target raw value and a target utilization')
    if (percent === undefined && averageValue === undefined)
      errors.required(`${path}.averageUtilization`, 'must set either a target raw value or a target utilization')
  },
  /** upstream: validateScalingRules */
  HPAScalingRules_selectPolicy(errors: Errors, { stabilizationWindowSeconds: window = 0 }: Draft<ScalingRules>, path: string) {
    if (window < 0 || window > 3600)
      errors.invalid(`${path}.stabilizationWindowSeconds`, window, window < 0 ? 'must be greater than or equal to zero' : 'must be less than or equal to 3600')
  },
  HPAScalingRules(errors: Errors, { policies, tolerance }: Draft<ScalingRules>, path: string) {
    policies?.length || errors.required(`${path}.policies`, 'must specify at least one Policy')
    if (tolerance !== undefined && milliValue(tolerance) < 0)
      errors.invalid(`${path}.tolerance`, tolerance, 'must be greater than or equal to 0')
  },
  HPAScalingPolicy(errors: Errors, { value = 0, periodSeconds = 0 }: { value?: number, periodSeconds?: number }, path: string) {
    for (const [name, given] of [['value', value], ['periodSeconds', periodSeconds]] as const)
      given > 0 || errors.invalid(`${path}.${name}`, given, 'must be greater than zero')
    if (periodSeconds > 1800)
      errors.invalid(`${path}.periodSeconds`, periodSeconds, 'must be less than or equal to 1800')
  },
}
