// What the metrics API says of Pods, for the autoscaler. upstream: podautoscaler/metrics/client.go
import type { World } from '../../timeline/state.ts'
import type { Samples } from './calculator.ts'

/** One Pod's measurement. upstream: metrics.k8s.io PodMetrics */
export interface PodMetrics {
  /** when the measuring ended, virtual ms */
  readonly at: number
  /** how long it took, ms */
  readonly window: number
  /** by container and resource: millicores of CPU, bytes of memory */
  readonly containers: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** Asks the world for a Pod's measurement; undefined where it was not measured. @param now virtual ms */
export type MetricsSource = (world: World, now: number, node: string | undefined, uid: string) => PodMetrics | undefined

/** In thousandths, as quantities are compared. */
const milli = (resource: string, value: number) => resource === 'cpu' ? value : value * 1000

/** A resource's use by Pod, of one container or of all. @param metrics by the Pod's name. @throws Error where nothing was measured. upstream: GetResourceMetric */
export function podSamples(metrics: ReadonlyMap<string, PodMetrics>, resource: string, container?: string): Samples {
  const unable = (why: string) => new Error(`unable to get metrics for resource ${resource}: ${why}`)
  if (!metrics.size)
    throw unable('no metrics returned from resource metrics API')
  const samples: Samples = new Map()
  for (const [name, { at, window, containers }] of metrics) {
    if (container !== undefined && !containers[container])
      throw unable(`failed to get container metrics: container ${container} not present in metrics for pod ${name}`)
    const uses = Object.entries(containers).filter(([each]) => container === undefined || each === container).map(([, usage]) => usage[resource])
    // a Pod of which one container was not measured counts as not measured
    if (uses.every(use => use !== undefined))
      samples.set(name, { value: uses.reduce((sum: number, use) => sum + milli(resource, use), 0), at, window })
  }
  return samples
}
