// The lines of the rollout stay apart, and so do their labels.
import { expect, it } from 'vitest'
import { corridor, rollout } from './HowRolloutSteps.ts'
import { endLabels, momentX, tracks, valueY } from './HowRolloutTracks.ts'

const chart = { left: 0, top: 0, bottom: 280, segment: 60, unit: 20 }
const { at, end } = rollout(10, 25, 25)
const moments = [-1, 0, 2, 10, end]
const pieces = (d: string) => {
  let x = 0
  let y = 0
  const level: { y: number, from: number, to: number }[] = []
  const upright: { x: number, from: number, to: number }[] = []
  for (const [, op, a, b] of d.matchAll(/([MHV])([\d.-]+)(?: ([\d.-]+))?/g)) {
    if (op === 'M') {
      x = Number(a)
      y = Number(b)
    }
    else if (op === 'H') {
      level.push({ y, from: x, to: Number(a) })
      x = Number(a)
    }
    else {
      upright.push({ x, from: Math.min(y, Number(a)), to: Math.max(y, Number(a)) })
      y = Number(a)
    }
  }
  return { level, upright }
}

it('lays no line on another, whatever the moment', () => {
  moments.forEach((_, step) => {
    const lines = Object.values(tracks(at, moments, step, chart)).map(pieces)
    lines.forEach((a, i) => lines.slice(i + 1).forEach((b) => {
      for (const p of a.level) {
        for (const q of b.level)
          expect(Math.min(p.to, q.to) - Math.max(p.from, q.from) > 5 && Math.abs(p.y - q.y) < 4).toBe(false)
}
      for (const p of a.upright) {
        for (const q of b.upright)
          expect(Math.min(p.to, q.to) - Math.max(p.from, q.from) > 5 && Math.abs(p.x - q.x) < 4).toBe(false)
}
    }))
  })
})

it('leaves the mark of now free', () => {
  moments.forEach((_, step) => {
    for (const d of Object.values(tracks(at, moments, step, chart))) {
      expect(pieces(d).upright.every(u => momentX(chart, step) - u.x >= 4)).toBe(true)
      expect(d.endsWith(`H${momentX(chart, step)}`)).toBe(true)
    }
  })
})

it('gives one label to equal ends, and keeps all of them off the corridor and off each other', () => {
  const limits = corridor(10, 25, 25)
  for (const t of moments) {
    const labels = endLabels(at(t), chart, limits, 22, 10)
    expect(labels.flatMap(l => l.keys)).toHaveLength(4)
    expect(new Set(labels.map(l => l.value)).size).toBe(labels.length)
    labels.forEach((l, i) => {
      for (const line of [limits.most, limits.least].map(n => valueY(chart, n)))
        expect(l.top >= line + 9.9 || l.top + l.height <= line - 9.9).toBe(true)
      expect(l.top).toBeGreaterThanOrEqual(i ? labels[i - 1]!.top + labels[i - 1]!.height + 4 : 0)
    })
  }
  expect(endLabels(at(end), chart, limits, 22, 10)[0]!.keys).toEqual(['total', 'ready', 'fresh'])
})
