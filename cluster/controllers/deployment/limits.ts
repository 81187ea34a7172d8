// How many Pods a Deployment may have and must have. upstream: deployment/util.ResolveFenceposts, MaxUnavailable, MinAvailable, MaxSurge
import { scaledIntOrPercent } from '../../api/intstr.ts'
import type { IntOrString } from '../../api/intstr.ts'
import type { Deployment } from '../../api/objects.ts'

/** Pods above the wanted number (rounded up) and missing from it (rounded down); where both were 0, one may miss. @throws SyntaxError on a text that is no percentage */
export function resolveFenceposts(surge: IntOrString | undefined, unavailable: IntOrString | undefined, desired: number): { surge: number, unavailable: number } {
  const above = scaledIntOrPercent(surge ?? 0, desired, true)
  const below = scaledIntOrPercent(unavailable ?? 0, desired, false)
  return { surge: above, unavailable: above || below ? below : 1 }
}

const rolling = ({ spec: { strategy, replicas } }: Deployment) =>
  strategy.type === 'RollingUpdate' ? resolveFenceposts(strategy.rollingUpdate?.maxSurge, strategy.rollingUpdate?.maxUnavailable, replicas) : undefined

export const maxSurge = (d: Deployment): number => rolling(d)?.surge ?? 0

export function maxUnavailable(d: Deployment): number {
  return d.spec.replicas ? Math.min(rolling(d)?.unavailable ?? 0, d.spec.replicas) : 0
}

/** 0 under Recreate. */
export const minAvailable = (d: Deployment): number => d.spec.strategy.type === 'RollingUpdate' ? d.spec.replicas - maxUnavailable(d) : 0
