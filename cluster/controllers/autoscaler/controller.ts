// The horizontal Pod autoscaler: every 15 s, as many replicas as the metrics ask for. upstream: podautoscaler/horizontal.go
import type { MetricSpec, MetricStatus } from 'kubernetes-types/autoscaling/v2'
import type { LabelSelector } from 'kubernetes-types/meta/v1'
import { amountOf, milliText, milliValue } from '../../api/amounts.ts'
import { notFound, refused } from '../../api/errors.ts'
import { fromLabelSelector, selectorText } from '../../api/labels.ts'
import { same } from '../../api/objects.ts'
import type { HorizontalPodAutoscaler } from '../../api/objects.ts'
import type { Scale, ScaledKind } from '../../api/server.ts'
import { stamp } from '../../timeline/clock.ts'
import type { Actor, Context } from '../../timeline/kernel.ts'
import { emptyPast, fullRules, limitWithRules, limitWithoutRules, stabilize, stabilizeByRules, storeScaleEvent } from './behavior.ts'
import type { Past } from './behavior.ts'
import { TOLERANCE, replicasForAverage, replicasForUtilization } from './calculator.ts'
import { podSamples } from './metrics.ts'
import type { MetricsSource, PodMetrics } from './metrics.ts'

const NAME = 'horizontal-pod-autoscaler'
/** upstream: --horizontal-pod-autoscaler-sync-period. Fact F10 */
const PERIOD = 15_000

/** by namespace and name: those that were looked at */
interface Memory { readonly past: Map<string, Past> }
type Ctx = Context<Memory>
type Status = HorizontalPodAutoscaler['status']

/** One look: the status as it becomes, piece by piece. */
interface Look { readonly ctx: Ctx, readonly hpa: HorizontalPodAutoscaler, readonly past: Past, readonly rules: ReturnType<typeof rulesOf>, readonly measure: MetricsSource, status: Status }

/** What a metric proposes, and how it stands. */
interface Proposal { readonly replicas: number, readonly name: string, readonly status: MetricStatus }

const rulesOf = ({ spec: { behavior } }: HorizontalPodAutoscaler) => behavior && { up: fullRules('up', behavior.scaleUp), down: fullRules('down', behavior.scaleDown) }

/** Puts a condition in its place, or behind the others; the time of transition stays while the status does. upstream: setCondition */
function say(look: Look, type: string, good: boolean, reason: string, message: string) {
  const { conditions = [] } = look.status
  const old = conditions.find(each => each.type === type)
  const status = good ? 'True' : 'False'
  const next = { type, status, reason, message, lastTransitionTime: old?.status === status ? old.lastTransitionTime : stamp(look.ctx.now) }
  look.status = { ...look.status, conditions: old ? conditions.map(each => each === old ? next : each) : [...conditions, next] }
}

const tell = ({ ctx, hpa }: Look, reason: string, message: string, type: 'Normal' | 'Warning' = 'Warning') => ctx.api.event(hpa, type, reason, message, NAME)

/** What one metric proposes. @throws Error with upstream's words. upstream: computeStatusForResourceMetricGeneric */
function propose({ ctx: { api, world, now }, hpa: { metadata, spec: { behavior, scaleTargetRef } }, measure }: Look, { resource, type }: MetricSpec, { spec }: Scale): Proposal {
  if (!resource)
    throw new Error(`the server has no metrics of type ${type}`)
  const { name, target: { averageValue, averageUtilization = 0 } } = resource
  // asked of all Pods at once, so that it fails without any as well
  if (world.metrics === false)
    throw new Error(`unable to get metrics for resource ${name}: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)`)
  const target = api.get(scaleTargetRef.kind as ScaledKind, metadata.namespace, scaleTargetRef.name)
  const pods = api.list('Pod', { namespace: metadata.namespace, labels: fromLabelSelector(target?.spec.selector) ?? [] })
  const metrics = new Map<string, PodMetrics>()
  for (const pod of pods) {
    const found = measure(world, now, pod.spec.nodeName, pod.metadata.uid)
    if (found)
      metrics.set(pod.metadata.name, found)
  }
  const tolerance = (text: string | undefined, otherwise: number) => text === undefined ? otherwise : amountOf(text)
  const tolerances = { up: tolerance(behavior?.scaleUp?.tolerance, TOLERANCE.up), down: tolerance(behavior?.scaleDown?.tolerance, TOLERANCE.down) }
  const measured = { pods, samples: podSamples(metrics, name), current: spec.replicas, now, tolerances }
  const byAverage = averageValue !== undefined
  const { replicas, use, raw } = byAverage ? replicasForAverage(measured, name, milliValue(averageValue)) : replicasForUtilization(measured, name, averageUtilization)
  return {
    replicas,
    name: `${name} resource${byAverage ? '' : ' utilization (percentage of request)'}`,
    status: { type, resource: { name, current: { averageValue: milliText(raw), averageUtilization: byAverage ? undefined : use } } },
  }
}

/** All autoscalers, in order, that look at Pods which this one looks at too. upstream: hpasControllingPodsUnderSelector */
function rivals({ ctx: { api, memory }, hpa: { metadata: { namespace } } }: Look, selector: LabelSelector | undefined): string[] {
  if (memory.past.size < 2)
    return []
  const podsOf = (wanted: LabelSelector | undefined) => api.list('Pod', { namespace, labels: fromLabelSelector(wanted) ?? [] })
  const own = new Set(podsOf(selector).map(({ metadata }) => metadata.uid))
  return api.list('HorizontalPodAutoscaler', { namespace })
    .map(({ metadata, spec: { scaleTargetRef: { kind, name } } }) => ({ key: `${namespace}/${metadata.name}`, target: api.get(kind as ScaledKind, namespace, name) }))
    .filter(({ key, target }) => memory.past.has(key) && target && podsOf(target.spec.selector).some(({ metadata }) => own.has(metadata.uid)))
    .map(({ key }) => key)
}

/** The largest of the metrics' proposals; undefined, with the reason said, where they say too little. upstream: computeReplicasForMetrics */
function proposeAll(look: Look, scale: Scale): Proposal | undefined {
  const { metadata: { namespace }, spec: { metrics, scaleTargetRef } } = look.hpa
  const { selector } = look.ctx.api.get(scaleTargetRef.kind as ScaledKind, namespace, scaleTargetRef.name)?.spec ?? {}
  const several = rivals(look, selector)
  if (several.length > 1) {
    const message = `pods by selector ${selectorText(fromLabelSelector(selector) ?? [])} are controlled by multiple HPAs: [${several.join(' ')}]`
    tell(look, 'AmbiguousSelector', message)
    say(look, 'ScalingActive', false, 'AmbiguousSelector', message)
    tell(look, 'FailedComputeMetricsReplicas', message)
    return undefined
  }
  const proposals: Proposal[] = []
  // a metric that cannot be read keeps its place, and says nothing
  const statuses: MetricStatus[] = []
  const failures: { reason: string, message: string, error: string }[] = []
  for (const metric of metrics) {
    try {
      const proposal = propose(look, metric, scale)
      proposals.push(proposal)
      statuses.push(proposal.status)
    }
    catch (thrown) {
      const { type, resource } = metric
      const message = `failed to get ${resource?.name} ${resource?.target.averageValue === undefined ? 'utilization' : 'usage'}: ${(thrown as Error).message}`
      const reason = `FailedGet${type}Metric`
      tell(look, reason, message)
      statuses.push({ type: '' })
      failures.push({ reason, message, error: `failed to get ${resource?.name} ${type.toLowerCase()} metric value: ${message}` })
    }
  }
  look.status = { ...look.status, currentMetrics: statuses }
  const [best] = proposals.sort((a, b) => b.replicas - a.replicas)
  const [first] = failures
  if (first && !(best && best.replicas >= scale.spec.replicas)) {
    say(look, 'ScalingActive', false, first.reason, `the HPA was unable to compute the replica count: ${first.message}`)
    tell(look, 'FailedComputeMetricsReplicas', `invalid metrics (${failures.length} invalid out of ${metrics.length}), first error is: ${first.error}`)
    return undefined
  }
  say(look, 'ScalingActive', true, 'ValidMetricFound', `the HPA was able to successfully calculate a replica count from ${best!.name}`)
  return best
}

/** What stabilisation and limits leave of a proposal. upstream: normalizeDesiredReplicas, normalizeDesiredReplicasWithBehaviors */
function normalize(look: Look, current: number, desired: number): number {
  const { ctx: { now }, past, rules, hpa: { spec: { minReplicas: min, maxReplicas: max } } } = look
  const stable = rules ? stabilizeByRules(past, current, desired, rules.up, rules.down, now) : stabilize(past, desired, now)
  const [way, were, extreme] = rules && desired >= current ? ['Up', 'lower', 'lowest'] : ['Down', 'higher', 'highest']
  if (stable === desired)
    say(look, 'AbleToScale', true, 'ReadyForNewScale', 'recommended size matches current size')
  else
    say(look, 'AbleToScale', true, `Scale${way}Stabilized`, `recent recommendations were ${were} than current one, applying the ${extreme} recent recommendation`)
  const { replicas, reason, message } = rules ? limitWithRules(past, current, stable, min, max, rules.up, rules.down, now) : limitWithoutRules(current, stable, min, max)
  say(look, 'ScalingLimited', replicas !== stable, reason, message)
  return replicas
}

/** How many there ought to be, and why; undefined where nobody can say. upstream: reconcileAutoscaler */
function decide(look: Look, scale: Scale): [replicas: number, reason: string] | undefined {
  const { minReplicas: min, maxReplicas: max } = look.hpa.spec
  const current = scale.spec.replicas
  if (current === 0 && min !== 0) {
    say(look, 'ScalingActive', false, 'ScalingDisabled', 'scaling is disabled since the replica count of the target is zero')
    return [0, '']
  }
  if (current > max || current < min)
    return current > max ? [max, 'Current number of replicas above Spec.MaxReplicas'] : [min, 'Current number of replicas below Spec.MinReplicas']
  const best = proposeAll(look, scale)
  // where the metrics ask for no change but stabilisation does, there is no reason to tell
  return best && [normalize(look, current, best.replicas), best.replicas > current ? `${best.name} above target` : best.replicas < current ? 'All metrics below target' : '']
}

function reconcile(look: Look) {
  const { ctx: { api, now }, hpa, past, rules } = look
  const { kind, name } = hpa.spec.scaleTargetRef as { kind: ScaledKind, name: string }
  const { namespace } = hpa.metadata
  const scale = api.getScale(kind, namespace, name)
  if (!scale) {
    const { message } = notFound(kind, name)
    tell(look, 'FailedGetScale', message)
    return say(look, 'AbleToScale', false, 'FailedGetScale', `the HPA controller was unable to get the target's current scale: ${message}`)
  }
  say(look, 'AbleToScale', true, 'SucceededGetScale', 'the HPA controller was able to get the target\'s current scale')
  const current = scale.spec.replicas
  if (!past.recommendations.length)
    past.recommendations.push({ replicas: current, at: now })
  // where none is looked at, none is kept. upstream: setStatus
  look.status = { ...look.status, currentMetrics: null }
  const wanted = decide(look, scale)
  look.status = { ...look.status, currentReplicas: current || undefined }
  if (!wanted)
    return
  const [replicas, reason] = wanted
  if (replicas !== current) {
    const news = `New size: ${replicas}; reason: ${reason}`
    try {
      api.updateScale(kind, namespace, name, replicas, NAME)
    }
    catch (error) {
      if (!refused(error))
        throw error
      tell(look, 'FailedRescale', `${news}; error: ${error.message}`)
      return say(look, 'AbleToScale', false, 'FailedUpdateScale', `the HPA controller was unable to update the target scale: ${error.message}`)
    }
    say(look, 'AbleToScale', true, 'SucceededRescale', `the HPA controller was able to update the target scale to ${replicas}`)
    tell(look, 'SuccessfulRescale', news, 'Normal')
    storeScaleEvent(past, current, replicas, rules, now)
    look.status = { ...look.status, lastScaleTime: stamp(now) }
  }
  look.status = { ...look.status, desiredReplicas: replicas }
}

/** @param measure where its measurements come from */
export function horizontalPodAutoscaler(measure: MetricsSource): Actor<Memory> {
  return {
    name: NAME,
    watches: ['HorizontalPodAutoscaler'],
    start: () => ({ past: new Map() }),
    observe({ object: { metadata: { namespace, name } } }, { enqueue }) {
      // the first look, too, comes a whole period later
      enqueue(`${namespace}/${name}`, PERIOD)
    },
    run(key, ctx) {
      const { api, memory } = ctx
      const [namespace, name] = key.split('/') as [string, string]
      const hpa = api.get('HorizontalPodAutoscaler', namespace, name)
      const past = memory.past.get(key) ?? emptyPast()
      if (!hpa) {
        memory.past.delete(key)
        return
      }
      memory.past.set(key, past)
      ctx.enqueue(key, PERIOD)
      const look: Look = { ctx, hpa, past, rules: rulesOf(hpa), measure, status: hpa.status }
      reconcile(look)
      if (!same(look.status, hpa.status))
        api.updateStatus('HorizontalPodAutoscaler', { ...hpa, status: look.status }, NAME)
    },
  }
}
