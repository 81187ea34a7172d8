// The rollout of the figure keeps to Kubernetes' rule.
import { expect, it } from 'vitest'
import { corridor, rollout } from './HowRolloutSteps.ts'

it('rounds surge up and unavailable down', () => {
  expect(corridor(10, 25, 25)).toEqual({ surge: 3, unavailable: 2, most: 13, least: 8 })
  expect(corridor(3, 25, 25)).toMatchObject({ most: 4, least: 3 })
  expect(corridor(4, 25, 25)).toMatchObject({ most: 5, least: 3 })
})

it('never leaves the corridor and ends with ten of the new version', () => {
  const { at, end } = rollout(10, 25, 25)
  for (let t = -2; t <= end; t += 0.5) {
    const view = at(t)
    expect(view.total).toBeLessThanOrEqual(13)
    expect(view.ready).toBeGreaterThanOrEqual(8)
  }
  expect(at(end)).toMatchObject({ old: 0, fresh: 10, ready: 10 })
})
