// What a metrics server tells of Pods: CPU over the last whole window, memory at its end. upstream: metrics.k8s.io PodMetrics
import type { World } from '../timeline/state.ts'
import { WINDOW, memoryOf, usage } from './load.ts'
import { machinesOf } from './machine.ts'
import type { PodProcess } from './machine.ts'

export interface PodMetrics {
  /** the end of the window, virtual ms */
  readonly at: number
  /** ms */
  readonly window: number
  /** by container: millicores, bytes */
  readonly containers: Readonly<Record<string, { readonly cpu: number, readonly memory: number }>>
}

/** The Pod of this UID, wherever it runs. @param node the machine it is bound to */
export const processOf = (world: World, node: string | undefined, uid: string): PodProcess | undefined => machinesOf(world).get(node ?? '')?.pods.get(uid)

/**
 * Metrics of a Pod; undefined where there are none (yet): no metrics server, a machine that cannot be reached, a container that has not run through a whole window.
 * @param now virtual ms
 */
export function podMetrics(world: World, now: number, node: string | undefined, uid: string): PodMetrics | undefined {
  const machine = machinesOf(world).get(node ?? '')
  const pod = machine?.pods.get(uid)
  if (!world.metrics || !pod || !machine!.on || !machine!.connected)
    return undefined
  const window = Math.floor(now / WINDOW) - 1
  const at = (window + 1) * WINDOW
  const containers: Record<string, { cpu: number, memory: number }> = {}
  for (const { name, init, stage, load } of pod.containers) {
    if (init || stage !== 'running' || !load)
      continue
    const cpu = usage(load, window)
    if (cpu === undefined)
      return undefined
    containers[name] = { cpu: Math.ceil(cpu), memory: Math.round(memoryOf(load, at)) }
  }
  return Object.keys(containers).length ? { at, window: WINDOW, containers } : undefined
}
