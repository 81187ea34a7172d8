import { describe, expect, it } from 'vitest'
import { timeToLeave } from './tainteviction.ts'
import { evictionRate, judgeZones, zoneState } from './zones.ts'
import type { Zone } from './zones.ts'

describe('a zone', () => {
  it('is partly disrupted where at least three nodes and 55 % are down, wholly where all are', () => {
    expect(zoneState(9, 1)).toBe('Normal')
    expect(zoneState(1, 2)).toBe('Normal')
    expect(zoneState(2, 3)).toBe('PartialDisruption')
    expect(zoneState(5, 6)).toBe('Normal')
    expect(zoneState(9, 11)).toBe('PartialDisruption')
    expect(zoneState(0, 1)).toBe('FullDisruption')
    expect(zoneState(0, 0)).toBe('Normal')
  })

  it('gives up nodes more slowly where it is disrupted, and none where it is small', () => {
    expect([evictionRate('Normal', 10), evictionRate('FullDisruption', 10), evictionRate('PartialDisruption', 50), evictionRate('PartialDisruption', 51)]).toEqual([0.1, 0.1, 0, 0.01])
  })

  it('stands still with all others, and wakes up with the first', () => {
    const zones = new Map<string, Zone>()
    const judge = (a: [number, number], b: [number, number], now: number) => judgeZones(zones, new Map([['a', { ready: a[0], notReady: a[1] }], ['b', { ready: b[0], notReady: b[1] }]]), now)
    expect(judge([2, 0], [2, 0], 0)).toEqual({ standStill: false, wakeUp: false })
    expect(judge([0, 2], [2, 0], 5000)).toEqual({ standStill: false, wakeUp: false })
    expect(zones.get('a')).toMatchObject({ state: 'FullDisruption', limiter: { qps: 0.1 } })
    expect(judge([0, 2], [0, 2], 10_000)).toEqual({ standStill: true, wakeUp: false })
    expect([...zones.values()].map(zone => zone.limiter.qps)).toEqual([0, 0])
    expect(judge([0, 2], [0, 2], 15_000)).toEqual({ standStill: false, wakeUp: false })
    expect(judge([0, 2], [1, 1], 20_000)).toEqual({ standStill: false, wakeUp: true })
    expect([...zones.values()].map(zone => zone.limiter.qps)).toEqual([0.1, 0.1])
  })
})

describe('the time that a Pod stays', () => {
  const taint = (key: string) => ({ key, effect: 'NoExecute' })
  const tolerance = (key: string, tolerationSeconds?: number) => ({ key, operator: 'Exists', effect: 'NoExecute', ...(tolerationSeconds !== undefined && { tolerationSeconds }) })

  it('is the shortest that its tolerations grant', () => {
    expect(timeToLeave([], [])).toBe(Number.POSITIVE_INFINITY)
    expect(timeToLeave([taint('a')], [])).toBe(0)
    expect(timeToLeave([taint('a')], [tolerance('a')])).toBe(Number.POSITIVE_INFINITY)
    expect(timeToLeave([taint('a'), taint('b')], [tolerance('a', 300), tolerance('b', 60)])).toBe(60_000)
    expect(timeToLeave([taint('a'), taint('b')], [tolerance('a', 300)])).toBe(0)
    expect(timeToLeave([taint('a')], [tolerance('a', -5)])).toBe(0)
  })
})
