// How many replicas a metric asks for. upstream: podautoscaler/replica_calculator.go, podautoscaler/metrics/utilization.go
import { parseStamp } from '../../timeline/clock.ts'
import { milliValue } from '../../api/amounts.ts'
import type { Pod } from '../../api/objects.ts'
import { isPodReady, podCondition } from '../pods.ts'

/** What was measured of a Pod. */
export interface Sample {
  /** thousandths: millicores of CPU */
  readonly value: number
  /** when the measuring ended, virtual ms */
  readonly at: number
  /** how long it took, ms */
  readonly window: number
}
/** By the Pod's name. */
export type Samples = Map<string, Sample>

/** How far a ratio may be from 1 before anything is done: above it, below it. */
export interface Tolerances { readonly up: number, readonly down: number }
export const TOLERANCE: Tolerances = { up: 0.1, down: 0.1 }

/** How long a Pod counts as starting, ms. Fact F12. */
export interface Periods {
  /** CPU is looked at with care for so long after the start. upstream: cpuInitializationPeriod */
  readonly initialization: number
  /** a Pod that became unready within this time of its start was never ready. upstream: delayOfInitialReadinessStatus */
  readonly readiness: number
}
export const PERIODS: Periods = { initialization: 300_000, readiness: 30_000 }

/** The Pods that a metric is about, and what was measured. */
export interface Measured {
  readonly pods: readonly Pod[]
  /** changed by the calculation */
  readonly samples: Samples
  /** as the target's scale says */
  readonly current: number
  /** virtual ms */
  readonly now: number
  readonly tolerances?: Tolerances
  readonly periods?: Periods
}

export interface Groups { readonly ready: number, readonly unready: Set<string>, readonly missing: Set<string>, readonly ignored: Set<string> }

/** Which Pods count, which are not ready, which were not measured, which are left out. upstream: groupPods */
export function groupPods(pods: readonly Pod[], samples: Samples, resource: string, now: number, periods = PERIODS): Groups {
  const unready = new Set<string>()
  const missing = new Set<string>()
  const ignored = new Set<string>()
  let ready = 0
  for (const pod of pods) {
    const { name, deletionTimestamp } = pod.metadata
    const sample = samples.get(name)
    if (deletionTimestamp || pod.status.phase === 'Failed')
      ignored.add(name)
    else if (pod.status.phase === 'Pending')
      unready.add(name)
    else if (!sample)
      missing.add(name)
    else if (resource === 'cpu' && tooEarly(pod, sample, now, periods))
      unready.add(name)
    else
      ready++
  }
  return { ready, unready, missing, ignored }
}

function tooEarly(pod: Pod, sample: Sample, now: number, { initialization, readiness }: Periods): boolean {
  const condition = podCondition(pod, 'Ready')
  if (!condition || !pod.status.startTime)
    return true
  const start = parseStamp(pod.status.startTime)
  const changed = parseStamp(condition.lastTransitionTime)
  const down = condition.status === 'False'
  return start + initialization > now ? down || sample.at < changed + sample.window : down && start + readiness > changed
}

const within = ({ up, down }: Tolerances, ratio: number) => 1 - down <= ratio && ratio <= 1 + up

/** The Pods' requests in thousandths, by name: what is asked for a Pod as a whole counts before what its containers ask. @throws Error where a container has none. upstream: calculatePodRequests */
function podRequests(pods: readonly Pod[], resource: string, container?: string): Map<string, number> {
  return new Map(pods.map((pod) => {
    const { containers, initContainers = [] } = pod.spec
    const whole = (pod.spec as { resources?: { requests?: Record<string, string> } }).resources?.requests?.[resource]
    if (whole !== undefined && container === undefined)
      return [pod.metadata.name, milliValue(whole)]
    const sidecars = initContainers.filter(each => (each as { restartPolicy?: string }).restartPolicy === 'Always')
    let total = 0
    for (const each of [...containers, ...sidecars]) {
      if (container !== undefined && each.name !== container)
        continue
      const request = (each.resources?.requests as Record<string, string> | undefined)?.[resource]
      if (request === undefined)
        throw new Error(`missing request for ${resource} in container ${each.name} of Pod ${pod.metadata.name}`)
      total += milliValue(request)
    }
    return [pod.metadata.name, total]
  }))
}

/** A ratio of use and target, and what it was made of. */
interface Use { readonly ratio: number, readonly use: number, readonly raw: number }

/** upstream: metrics.GetResourceUtilizationRatio */
function utilization(samples: Samples, requests: ReadonlyMap<string, number>, target: number): Use {
  let used = 0
  let requested = 0
  let count = 0
  for (const [name, { value }] of samples) {
    const request = requests.get(name)
    if (request !== undefined) {
      used += value
      requested += request
      count++
    }
  }
  if (!requested)
    throw new Error('no metrics returned matched known pods')
  const use = Math.trunc(used * 100 / requested)
  return { ratio: use / target, use, raw: Math.trunc(used / count) }
}

/** upstream: metrics.GetMetricUsageRatio */
function averageUse(samples: Samples, target: number): Use {
  let total = 0
  for (const { value } of samples.values())
    total += value
  const use = Math.trunc(total / samples.size)
  return { ratio: use / target, use, raw: use }
}

/** The rule that both kinds of metrics share. `missing`: what a Pod that was not measured is taken to use where there is too much. */
function calculate({ pods, samples, current, now, tolerances = TOLERANCE, periods }: Measured, resource: string, useOf: () => (samples: Samples) => Use, missingUse: (pod: string) => number): { replicas: number, use: number, raw: number } {
  if (!pods.length)
    throw new Error('no pods returned by selector while calculating replica count')
  const { ready, unready, missing, ignored } = groupPods(pods, samples, resource, now, periods)
  for (const name of [...ignored, ...unready])
    samples.delete(name)
  const measure = useOf()
  if (!samples.size)
    throw new Error('did not receive metrics for targeted pods (pods might be unready)')
  const { ratio, use, raw } = measure(samples)
  const startingUp = unready.size > 0 && ratio > 1
  if (!startingUp && !missing.size)
    return { replicas: within(tolerances, ratio) ? current : Math.ceil(ratio * ready), use, raw }
  const suppose = (name: string, value: number) => samples.set(name, { value, at: now, window: 0 })
  // both ways the doubt speaks against a change: too much is supposed where it would shrink, nothing where it would grow
  if (ratio !== 1)
    missing.forEach(name => suppose(name, ratio < 1 ? missingUse(name) : 0))
  if (startingUp)
    unready.forEach(name => suppose(name, 0))
  const again = measure(samples).ratio
  if (within(tolerances, again) || (ratio < 1 && again > 1) || (ratio > 1 && again < 1))
    return { replicas: current, use, raw }
  const replicas = Math.ceil(again * samples.size)
  return { replicas: (again < 1 && replicas > current) || (again > 1 && replicas < current) ? current : replicas, use, raw }
}

/**
 * Replicas for a target in per cent of what the Pods request.
 * @returns `use` in per cent, `raw` in thousandths on average
 * @throws Error where nothing can be said. upstream: GetResourceReplicas
 */
export function replicasForUtilization(measured: Measured, resource: string, target: number, container?: string): { replicas: number, use: number, raw: number } {
  let requests = new Map<string, number>()
  return calculate(measured, resource, () => {
    requests = podRequests(measured.pods, resource, container)
    return samples => utilization(samples, requests, target)
  }, name => Math.trunc((requests.get(name) ?? 0) * Math.max(100, target) / 100))
}

/** Replicas for a target in thousandths for each Pod, on average. @param resource '' for a metric that is none. @throws Error. upstream: calcPlainMetricReplicas */
export function replicasForAverage(measured: Measured, resource: string, target: number): { replicas: number, use: number, raw: number } {
  return calculate(measured, resource, () => samples => averageUse(samples, target), () => target)
}

/** Replicas for a metric of the whole against a target, in thousandths. @throws Error. upstream: getUsageRatioReplicaCount */
export function replicasForTotal(pods: readonly Pod[], current: number, value: number, target: number, tolerances = TOLERANCE): number {
  const ratio = value / target
  if (!current)
    return Math.ceil(ratio)
  if (within(tolerances, ratio))
    return current
  if (!pods.length)
    throw new Error('unable to calculate ready pods: no pods returned by selector while calculating replica count')
  return Math.ceil(ratio * pods.filter(pod => pod.status.phase === 'Running' && isPodReady(pod)).length)
}

/** Replicas for a metric of the whole against a target for each Pod, in thousandths. upstream: GetExternalPerPodMetricReplicas */
export function replicasForShare(current: number, value: number, target: number, tolerances = TOLERANCE): { replicas: number, use: number } {
  return { replicas: within(tolerances, value / (target * current)) ? current : Math.ceil(value / target), use: Math.ceil(value / current) }
}
