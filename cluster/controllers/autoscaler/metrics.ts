// What the metrics API says of Pods, for the autoscaler. upstream: podautoscaler/metrics/client.go
import type { World } from '../../timeline/state.ts'
import type { Samples } from './calculator.ts'

/** One Pod's measurement. upstream: metrics.k8s.io/v1beta1 PodMetrics */
export interface PodMetrics {
  readonly name: string
  /** when the measuring ended, virtual ms */
  readonly at: number
  /** how long it took, ms */
  readonly window: number
  /** by resource, in thousandths: millicores of CPU, thousandths of a byte of memory */
  readonly containers: readonly { readonly name: string, readonly usage: Readonly<Record<string, number>> }[]
}

/** Asks the world for measurements of the Pods with these names; those not measured are left out. */
export type MetricsSource = (world: World, namespace: string, pods: readonly string[]) => readonly PodMetrics[]

/** A resource's use by Pod, of one container or of all. @throws Error where nothing was measured. upstream: GetResourceMetric */
export function podSamples(metrics: readonly PodMetrics[], resource: string, container?: string): Samples {
  const unable = (why: string) => new Error(`unable to get metrics for resource ${resource}: ${why}`)
  if (!metrics.length)
    throw unable('no metrics returned from resource metrics API')
  const samples: Samples = new Map()
  for (const { name, at, window, containers } of metrics) {
    const asked = container === undefined ? containers : containers.filter(each => each.name === container)
    if (container !== undefined && !asked.length)
      throw unable(`failed to get container metrics: container ${container} not present in metrics for pod ${name}`)
    // a Pod of which one container was not measured counts as not measured
    if (asked.length && asked.every(each => each.usage[resource] !== undefined))
      samples.set(name, { value: asked.reduce((sum, each) => sum + each.usage[resource]!, 0), at, window })
  }
  return samples
}
