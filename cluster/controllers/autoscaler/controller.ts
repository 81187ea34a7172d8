// The horizontal Pod autoscaler: every 15 s, as many replicas as the metrics ask for. upstream: podautoscaler/horizontal.go
import type { MetricSpec, MetricStatus } from 'kubernetes-types/autoscaling/v2'
import { ApiError, notFound } from '../../api/errors.ts'
import { same } from '../../api/objects.ts'
import type { HorizontalPodAutoscaler } from '../../api/objects.ts'
import { milliValue, parseQuantity, quantityToFloat } from '../../api/quantity.ts'
import type { Scale, ScaledKind } from '../../api/server.ts'
import { stamp } from '../../timeline/clock.ts'
import type { Actor, Context } from '../../timeline/kernel.ts'
import { emptyPast, fullRules, limitWithRules, limitWithoutRules, stabilize, stabilizeByRules, storeScaleEvent } from './behavior.ts'
import type { Limited, Past } from './behavior.ts'
import { TOLERANCE, replicasForAverage, replicasForUtilization } from './calculator.ts'
import type { Tolerances } from './calculator.ts'
import { podSamples } from './metrics.ts'
import type { MetricsSource, PodMetrics } from './metrics.ts'
import { resourceStatus, withCondition } from './status.ts'

const NAME = 'horizontal-pod-autoscaler'
/** upstream: --horizontal-pod-autoscaler-sync-period. Fact F10 */
const PERIOD = 15_000

interface Memory { readonly past: Map<string, Past> }
type Ctx = Context<Memory>
type Status = HorizontalPodAutoscaler['status']

/** One look: the status as it becomes, piece by piece. */
interface Look { readonly ctx: Ctx, readonly hpa: HorizontalPodAutoscaler, readonly scale: Scale, readonly measure: MetricsSource, status: Status }

/** What a metric proposes, and how it stands. */
interface Proposal { readonly replicas: number, readonly name: string, readonly status: MetricStatus }

function say(look: Pick<Look, 'ctx' | 'status'>, type: string, status: boolean, reason: string, message: string) {
  look.status = { ...look.status, conditions: withCondition(look.status.conditions, type, status, reason, message, look.ctx.now) }
}

const warn = ({ ctx, hpa }: Pick<Look, 'ctx' | 'hpa'>, reason: string, message: string) => ctx.api.event(hpa, 'Warning', reason, message, NAME)

function tolerancesOf({ spec: { behavior } }: HorizontalPodAutoscaler): Tolerances {
  const own = (text: string | undefined, otherwise: number) => text === undefined ? otherwise : quantityToFloat(parseQuantity(text))
  return { up: own(behavior?.scaleUp?.tolerance, TOLERANCE.up), down: own(behavior?.scaleDown?.tolerance, TOLERANCE.down) }
}

/** What one metric proposes. @throws Error with upstream's words. upstream: computeStatusForResourceMetricGeneric */
function propose({ ctx: { api, world, now }, hpa, scale, measure }: Look, { type, resource, containerResource }: MetricSpec): Proposal {
  const source = containerResource ?? resource
  if (!source)
    throw new Error(`unable to get metric: the server has no metrics of type ${type}`)
  const { name, target } = source
  const container = containerResource?.container
  const pods = api.list('Pod', { namespace: hpa.metadata.namespace, labels: scale.status.selector })
  const metrics = new Map<string, PodMetrics>()
  for (const pod of pods) {
    const found = measure(world, now, pod.spec.nodeName, pod.metadata.uid)
    if (found)
      metrics.set(pod.metadata.name, found)
  }
  const title = `${name} ${container === undefined ? '' : 'container '}resource`
  const measured = () => ({ pods, samples: podSamples(metrics, name, container), current: scale.spec.replicas, now, tolerances: tolerancesOf(hpa) })
  if (target.averageValue !== undefined) {
    const { replicas, use } = replicasForAverage(measured(), name, milliValue(target.averageValue))
    return { replicas, name: title, status: resourceStatus(name, container, use, undefined) }
  }
  const { replicas, use, raw } = replicasForUtilization(measured(), name, target.averageUtilization ?? 0, container)
  return { replicas, name: `${title} utilization (percentage of request)`, status: resourceStatus(name, container, raw, use) }
}

/** The largest of the metrics' proposals; undefined, with the reason said, where they say too little. upstream: computeReplicasForMetrics */
function proposeAll(look: Look): Proposal | undefined {
  const { metrics } = look.hpa.spec
  const proposals: Proposal[] = []
  const failures: { reason: string, message: string, error: string }[] = []
  for (const metric of metrics) {
    const kind = metric.type === 'ContainerResource' ? 'container resource' : metric.type === 'Resource' ? 'resource' : metric.type.toLowerCase()
    const { name, target } = metric.containerResource ?? metric.resource ?? { name: metric.type }
    try {
      proposals.push(propose(look, metric))
    }
    catch (thrown) {
      const message = `failed to get ${name} ${target?.averageValue === undefined ? 'utilization' : 'usage'}: ${(thrown as Error).message}`
      const reason = `FailedGet${metric.type}Metric`
      warn(look, reason, message)
      failures.push({ reason, message, error: `failed to get ${name} ${kind} metric value: ${message}` })
    }
  }
  look.status = { ...look.status, currentMetrics: proposals.map(each => each.status) }
  const best = proposals.reduce<Proposal | undefined>((most, each) => !most || each.replicas > most.replicas ? each : most, undefined)
  const [first] = failures
  if (first && (!best || best.replicas < look.scale.spec.replicas)) {
    say(look, 'ScalingActive', false, first.reason, `the HPA was unable to compute the replica count: ${first.message}`)
    warn(look, 'FailedComputeMetricsReplicas', `invalid metrics (${failures.length} invalid out of ${metrics.length}), first error is: ${first.error}`)
    return undefined
  }
  say(look, 'ScalingActive', true, 'ValidMetricFound', `the HPA was able to successfully calculate a replica count from ${best!.name}`)
  return best
}

/** What stabilisation and limits leave of a proposal. upstream: normalizeDesiredReplicas, normalizeDesiredReplicasWithBehaviors */
function normalize(look: Look, past: Past, desired: number): number {
  const { ctx: { now }, hpa: { spec }, scale } = look
  const current = scale.spec.replicas
  const rules = rulesOf(look.hpa)
  const stable = rules ? stabilizeByRules(past, current, desired, rules.up, rules.down, now) : stabilize(past, desired, now)
  if (stable === desired)
    say(look, 'AbleToScale', true, 'ReadyForNewScale', 'recommended size matches current size')
  else if (rules && desired >= current)
    say(look, 'AbleToScale', true, 'ScaleUpStabilized', 'recent recommendations were lower than current one, applying the lowest recent recommendation')
  else
    say(look, 'AbleToScale', true, 'ScaleDownStabilized', 'recent recommendations were higher than current one, applying the highest recent recommendation')
  const limited: Limited = rules
    ? limitWithRules(past, current, stable, spec.minReplicas, spec.maxReplicas, rules.up, rules.down, now)
    : limitWithoutRules(current, stable, spec.minReplicas, spec.maxReplicas)
  say(look, 'ScalingLimited', limited.replicas !== stable, limited.reason, limited.message)
  return limited.replicas
}

const rulesOf = ({ spec: { behavior } }: HorizontalPodAutoscaler) =>
  behavior && { up: fullRules('up', behavior.scaleUp), down: fullRules('down', behavior.scaleDown) }

/** How many there ought to be, and why; undefined where nobody can say. upstream: reconcileAutoscaler */
function decide(look: Look, past: Past): { replicas: number, reason: string } | undefined {
  const { hpa: { spec: { minReplicas: min, maxReplicas: max } }, scale: { spec: { replicas: current } } } = look
  if (current === 0 && min !== 0) {
    say(look, 'ScalingActive', false, 'ScalingDisabled', 'scaling is disabled since the replica count of the target is zero')
    return { replicas: 0, reason: '' }
  }
  if (current > max)
    return { replicas: max, reason: 'Current number of replicas above Spec.MaxReplicas' }
  if (current < min)
    return { replicas: min, reason: 'Current number of replicas below Spec.MinReplicas' }
  const best = proposeAll(look)
  if (!best)
    return undefined
  // where the metrics ask for no change but stabilisation does, there is no reason to tell
  const reason = best.replicas > current ? `${best.name} above target` : best.replicas < current ? 'All metrics below target' : ''
  return { replicas: normalize(look, past, best.replicas), reason }
}

function reconcile(ctx: Ctx, hpa: HorizontalPodAutoscaler, key: string, measure: MetricsSource) {
  const { api, memory, now } = ctx
  const { namespace } = hpa.metadata
  const { kind, name: target } = hpa.spec.scaleTargetRef
  const write = (status: Status) => {
    if (!same(status, hpa.status))
      api.updateStatus('HorizontalPodAutoscaler', { ...hpa, status }, NAME)
  }
  const scale = kind === 'Deployment' || kind === 'ReplicaSet' ? api.getScale(kind, namespace, target) : undefined
  if (!scale) {
    const { message } = kind === 'Deployment' || kind === 'ReplicaSet' ? notFound(kind, target) : new Error(`no matches for kind "${kind}" in group "${hpa.spec.scaleTargetRef.apiVersion?.split('/')[0] ?? ''}"`)
    const failed = { ctx, status: hpa.status }
    warn({ ctx, hpa }, 'FailedGetScale', message)
    say(failed, 'AbleToScale', false, 'FailedGetScale', `the HPA controller was unable to get the target's current scale: ${message}`)
    return write(failed.status)
  }
  const look: Look = { ctx, hpa, scale, measure, status: hpa.status }
  say(look, 'AbleToScale', true, 'SucceededGetScale', 'the HPA controller was able to get the target\'s current scale')
  const current = scale.spec.replicas
  const past = memory.past.get(key) ?? { ...emptyPast(), recommendations: [{ replicas: current, at: now }] }
  memory.past.set(key, past)
  const wanted = decide(look, past)
  look.status = { ...look.status, currentReplicas: current || undefined }
  if (wanted && wanted.replicas !== current) {
    try {
      api.updateScale(kind as ScaledKind, namespace, target, wanted.replicas, NAME)
    }
    catch (error) {
      if (!(error instanceof ApiError))
        throw error
      warn(look, 'FailedRescale', `New size: ${wanted.replicas}; reason: ${wanted.reason}; error: ${error.message}`)
      say(look, 'AbleToScale', false, 'FailedUpdateScale', `the HPA controller was unable to update the target scale: ${error.message}`)
      return write(look.status)
    }
    say(look, 'AbleToScale', true, 'SucceededRescale', `the HPA controller was able to update the target scale to ${wanted.replicas}`)
    api.event(hpa, 'Normal', 'SuccessfulRescale', `New size: ${wanted.replicas}; reason: ${wanted.reason}`, NAME)
    storeScaleEvent(past, current, wanted.replicas, rulesOf(hpa), now)
    look.status = { ...look.status, lastScaleTime: stamp(now) }
  }
  if (wanted)
    look.status = { ...look.status, desiredReplicas: wanted.replicas }
  write(look.status)
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
      const [namespace, name] = key.split('/') as [string, string]
      const hpa = ctx.api.get('HorizontalPodAutoscaler', namespace, name)
      if (!hpa) {
        ctx.memory.past.delete(key)
        return
      }
      ctx.enqueue(key, PERIOD)
      reconcile(ctx, hpa, key, measure)
    },
  }
}
