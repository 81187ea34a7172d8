// What controllers ask of a Pod. upstream: pkg/api/v1/pod/util.go, pkg/controller/controller_utils.go
import { parseStamp } from '../timeline/clock.ts'
import type { Pod, PodCondition } from '../api/objects.ts'

const NONE: readonly PodCondition[] = []

/** A condition of a Pod, by type. */
export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  const { conditions = NONE } = pod.status
  // by place: an iterator over a frozen list costs more than the look
  for (let i = 0; i < conditions.length; i++) {
    const each = conditions[i]!
    if (each.type === type)
      return each
  }
  return undefined
}

/** upstream: podutil.IsPodReady */
export const isPodReady = (pod: Pod): boolean => podCondition(pod, 'Ready')?.status === 'True'

/** Done, well or badly. upstream: podutil.IsPodTerminal */
export const isPodTerminal = ({ status: { phase } }: Pod): boolean => phase === 'Failed' || phase === 'Succeeded'

/** Neither done nor asked to end. upstream: controller.IsPodActive */
export const isPodActive = (pod: Pod): boolean => !isPodTerminal(pod) && !pod.metadata.deletionTimestamp

/** Asked to end and not done. upstream: controller.IsPodTerminating */
export const isPodTerminating = (pod: Pod): boolean => !isPodTerminal(pod) && !!pod.metadata.deletionTimestamp

/**
 * How long a Pod has still to be ready before it counts as available: 0 where it does, undefined where it is not ready.
 * @param minReadySeconds seconds
 * @param now virtual ms. upstream: podutil.IsPodAvailable
 */
export function untilAvailable(pod: Pod, minReadySeconds: number, now: number): number | undefined {
  const ready = podCondition(pod, 'Ready')
  if (ready?.status !== 'True')
    return undefined
  if (!minReadySeconds)
    return 0
  const since = parseStamp(ready.lastTransitionTime)
  if (Number.isNaN(since))
    return undefined
  const left = since + minReadySeconds * 1000 - now
  // a moment later than the full time, as upstream's Before asks
  return left < 0 ? 0 : left + 1
}
