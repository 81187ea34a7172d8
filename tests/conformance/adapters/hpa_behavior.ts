// Cases of how fast an autoscaler may follow its metrics.
import type { ScalingRules } from '../../../cluster/api/objects.ts'
import { changeWithin, emptyPast, fullRules, limitByRules, limitWithRules, limitWithoutRules, stabilize, stabilizeByRules, storeScaleEvent } from '../../../cluster/controllers/autoscaler/behavior.ts'
import type { ScaleEvent } from '../../../cluster/controllers/autoscaler/behavior.ts'
import { equal, only, table } from '../run.ts'

const NOW = 10_000_000
const at = (ago: number) => NOW - ago * 1000

interface Change { change: number, ago: number }
const events = (given: Change[] = []): ScaleEvent[] => given.map(each => ({ change: only(each, 'change ago').change, at: at(each.ago), outdated: false }))

interface Recommended { replicas: number, ago: number }
const past = (recommendations: Recommended[]) => ({ ...emptyPast(), recommendations: recommendations.map(each => ({ replicas: only(each, 'replicas ago').replicas, at: at(each.ago) })) })

const rules = (direction: 'up' | 'down', given: ScalingRules | undefined) => fullRules(direction, given && only(given, 'stabilizationWindowSeconds selectPolicy policies'))

interface Sized { name: string, current: number, desired: number, min: number, max: number, expect: { replicas: number, condition: string } }
interface Ruled extends Sized { scaleUp?: ScalingRules, scaleDown?: ScalingRules, upEvents?: Change[], downEvents?: Change[] }
interface Stabilized { name: string, recommendations: Recommended[], current: number, desired: number, upWindow: number, downWindow: number, expect: number, stored?: number[], logLength: number }
interface Stored { name: string, change: number, prev: Change[], new: { change: number, outdated: boolean }[], changePerPeriod: number, rules?: ScalingRules }

export const tables = {
  withRules: table<Ruled>('name min max current desired scaleUp scaleDown upEvents downEvents expect', ({ min, max, current, desired, scaleUp, scaleDown, upEvents, downEvents, expect }) => {
    const { replicas, reason } = limitWithRules({ recommendations: [], up: events(upEvents), down: events(downEvents) }, current, desired, min, max, rules('up', scaleUp), rules('down', scaleDown), NOW)
    equal({ replicas, condition: reason }, expect)
  }),
  withoutBehavior: table<Sized>('name current desired min max expect', ({ current, desired, min, max, expect }) => {
    const { replicas, reason } = limitWithoutRules(current, desired, min, max)
    equal({ replicas, condition: reason }, expect)
  }),
  limits: table<{ direction: 'up' | 'down', current: number, rules: ScalingRules, limit: number }>('direction current rules limit', ({ direction, current, rules: given, limit }) =>
    equal(limitByRules(direction, emptyPast(), current, rules(direction, given), NOW), limit)),
  stabilize: table<Stabilized>('name recommendations desired expect logLength', ({ recommendations, desired, expect, logLength }) => {
    const memory = past(recommendations)
    equal(stabilize(memory, desired, NOW), expect)
    equal(memory.recommendations.length, logLength)
  }),
  stabilizeWithBehavior: table<Stabilized>('name recommendations current desired upWindow downWindow expect stored', ({ recommendations, current, desired, upWindow, downWindow, expect, stored }) => {
    const memory = past(recommendations)
    equal(stabilizeByRules(memory, current, desired, rules('up', { stabilizationWindowSeconds: upWindow }), rules('down', { stabilizationWindowSeconds: downWindow }), NOW), expect)
    if (stored)
      equal(memory.recommendations.map(each => each.replicas), stored)
  }),
  storeScaleEvents: table<Stored>('name change prev new changePerPeriod rules', ({ change, prev, new: next, changePerPeriod, rules: given }) => {
    equal(changeWithin(events(prev), 60, NOW), changePerPeriod)
    for (const direction of ['up', 'down'] as const) {
      const memory = { ...emptyPast(), [direction]: events(prev) }
      storeScaleEvent(memory, 100, direction === 'up' ? 100 + change : 100 - change, given && { up: rules('up', given), down: rules('down', given) }, NOW)
      equal(memory[direction].map(each => ({ change: each.change, outdated: each.outdated })), next)
    }
  }),
}
