// What an autoscaler reports. upstream: podautoscaler/horizontal.go setCondition, setStatus
import type { HorizontalPodAutoscalerCondition, MetricStatus } from 'kubernetes-types/autoscaling/v2'
import { stamp } from '../../timeline/clock.ts'
import { MILLI, formatQuantity, quantityOf } from '../../api/quantity.ts'

type Condition = HorizontalPodAutoscalerCondition

/** A condition put in its place, or behind the others; the time of transition stays while the status does. @param now virtual ms */
export function withCondition(conditions: readonly Condition[] = [], type: string, status: boolean, reason: string, message: string, now: number): Condition[] {
  const old = conditions.find(each => each.type === type)
  const text = status ? 'True' : 'False'
  const next = { type, status: text, reason, message, lastTransitionTime: old?.status === text ? old.lastTransitionTime : stamp(now) }
  return old ? conditions.map(each => each === old ? next : each) : [...conditions, next]
}

/** A resource's present use. @param raw average in thousandths */
export function resourceStatus(name: string, container: string | undefined, raw: number, percent: number | undefined): MetricStatus {
  const current = { averageValue: formatQuantity(quantityOf(raw, 'DecimalSI', MILLI)), ...(percent !== undefined && { averageUtilization: percent }) }
  return container === undefined ? { type: 'Resource', resource: { name, current } } : { type: 'ContainerResource', containerResource: { name, container, current } }
}
