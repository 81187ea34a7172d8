// How fast an autoscaler may follow its metrics: stabilisation, limits, rules. upstream: podautoscaler/horizontal.go
import type { HPAScalingPolicy } from 'kubernetes-types/autoscaling/v2'
import type { ScalingRules } from '../../api/objects.ts'

interface Stamped {
  /** virtual ms */
  at: number
}
export interface Recommendation extends Stamped { replicas: number }
export interface ScaleEvent extends Stamped { change: number, outdated: boolean }

/** What an autoscaler remembers. Plain data. */
export interface Past {
  recommendations: Recommendation[]
  up: ScaleEvent[]
  down: ScaleEvent[]
}
export const emptyPast = (): Past => ({ recommendations: [], up: [], down: [] })

/** How long shrinking waits where nothing else is said, s. Fact F11. upstream: HorizontalPodAutoscalerDownscaleStabilizationWindow */
const DOWN_WINDOW = 300

type Rules = Required<Pick<ScalingRules, 'policies' | 'selectPolicy' | 'stabilizationWindowSeconds'>>
const PERCENT: HPAScalingPolicy = { type: 'Percent', value: 100, periodSeconds: 15 }

/** Rules with what they leave open filled in. upstream: autoscaling/v2 defaults.go GenerateHPAScaleUpRules, GenerateHPAScaleDownRules */
export function fullRules(direction: 'up' | 'down', given: ScalingRules = {}): Rules {
  const policies = direction === 'up' ? [{ type: 'Pods', value: 4, periodSeconds: 15 }, PERCENT] : [PERCENT]
  return { policies: given.policies ?? policies, selectPolicy: given.selectPolicy ?? 'Max', stabilizationWindowSeconds: given.stabilizationWindowSeconds ?? (direction === 'up' ? 0 : DOWN_WINDOW) }
}

/** A number of replicas and why it is that. */
export interface Limited { readonly replicas: number, readonly reason: string, readonly message: string }

const REASONS: Readonly<Record<string, string>> = {
  DesiredWithinRange: 'the desired count is within the acceptable range',
  TooFewReplicas: 'the desired replica count is less than the minimum replica count',
  TooManyReplicas: 'the desired replica count is more than the maximum replica count',
  ScaleUpLimit: 'the desired replica count is increasing faster than the maximum scale rate',
  ScaleDownLimit: 'the desired replica count is decreasing faster than the maximum scale rate',
}
const limited = (replicas: number, reason: string): Limited => ({ replicas, reason, message: REASONS[reason]! })

/** Keeps a recommendation in the place of the last one that no window holds any more, or behind all. */
function record<T>(list: T[], outdated: (entry: T) => boolean, entry: T) {
  const place = list.findLastIndex(outdated)
  list[place < 0 ? list.length : place] = entry
}

/** The highest recommendation of the last five minutes; the new one is recorded. @param now virtual ms. upstream: stabilizeRecommendation */
export function stabilize(past: Past, desired: number, now: number): number {
  const cutoff = now - DOWN_WINDOW * 1000
  const highest = Math.max(desired, ...past.recommendations.filter(each => each.at >= cutoff).map(each => each.replicas))
  record(past.recommendations, each => each.at < cutoff, { replicas: desired, at: now })
  return highest
}

/** The same with windows both ways, of the rules. upstream: stabilizeRecommendationWithBehaviors */
export function stabilizeByRules(past: Past, current: number, desired: number, up: Rules, down: Rules, now: number): number {
  const upCutoff = now - up.stabilizationWindowSeconds * 1000
  const downCutoff = now - down.stabilizationWindowSeconds * 1000
  const recent = (cutoff: number) => past.recommendations.filter(each => each.at > cutoff).map(each => each.replicas)
  const least = Math.min(desired, ...recent(upCutoff))
  const most = Math.max(desired, ...recent(downCutoff))
  record(past.recommendations, each => each.at < upCutoff && each.at < downCutoff, { replicas: desired, at: now })
  return Math.min(Math.max(current, least), most)
}

/** How many replicas came or went within a period. @param period seconds. upstream: getReplicasChangePerPeriod */
export function changeWithin(events: readonly ScaleEvent[], period: number, now: number): number {
  return events.reduce((sum, event) => event.at > now - period * 1000 ? sum + event.change : sum, 0)
}

/** How far the rules let the size go in a direction. upstream: calculateScaleUpLimitWithScalingRules, calculateScaleDownLimitWithBehaviors */
export function limitByRules(direction: 'up' | 'down', past: Past, current: number, { policies, selectPolicy }: Rules, now: number): number {
  if (selectPolicy === 'Disabled')
    return current
  const up = direction === 'up'
  const proposals = policies.map(({ type, value, periodSeconds }) => {
    const start = current - changeWithin(past.up, periodSeconds, now) + changeWithin(past.down, periodSeconds, now)
    if (type === 'Pods')
      return up ? start + value : start - value
    return up ? Math.ceil(start * (1 + value / 100)) : Math.trunc(start * (1 - value / 100))
  })
  return up === (selectPolicy === 'Min') ? Math.min(...proposals) : Math.max(...proposals)
}

/** What the rules make of a wanted size. upstream: convertDesiredReplicasWithBehaviorRate */
export function limitWithRules(past: Past, current: number, desired: number, min: number, max: number, up: Rules, down: Rules, now: number): Limited {
  if (desired > current) {
    const limit = Math.max(current, limitByRules('up', past, current, up, now))
    const most = Math.min(max, limit)
    if (desired > most)
      return limited(most, max > limit ? 'ScaleUpLimit' : 'TooManyReplicas')
  }
  else if (desired < current) {
    const limit = Math.min(current, limitByRules('down', past, current, down, now))
    const least = Math.max(min, limit)
    if (desired < least)
      return limited(least, min < limit ? 'ScaleDownLimit' : 'TooFewReplicas')
  }
  return limited(desired, 'DesiredWithinRange')
}

/** What becomes of a wanted size without rules: at most twice the present one, or 4. upstream: convertDesiredReplicasWithRules */
export function limitWithoutRules(current: number, desired: number, min: number, max: number): Limited {
  const limit = Math.max(2 * current, 4)
  if (desired < min)
    return limited(min, 'TooFewReplicas')
  if (desired > Math.min(max, limit))
    return limited(Math.min(max, limit), max > limit ? 'ScaleUpLimit' : 'TooManyReplicas')
  return limited(desired, 'DesiredWithinRange')
}

/** Remembers a change of size for the rules that count changes. upstream: storeScaleEvent */
export function storeScaleEvent(past: Past, before: number, after: number, rules: { up: Rules, down: Rules } | undefined, now: number): void {
  if (!rules || before === after)
    return
  const direction = after > before ? 'up' : 'down'
  const events = past[direction]
  const longest = Math.max(0, ...rules[direction].policies.map(policy => policy.periodSeconds))
  for (const event of events)
    event.outdated ||= event.at < now - longest * 1000
  record(events, event => event.outdated, { change: Math.abs(after - before), at: now, outdated: false })
}
