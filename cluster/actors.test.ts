// The groups of what acts: each enough for what it promises, together everything.
import { describe, expect, it } from 'vitest'
import { actors, addMachine, autoscaling, createCluster, housekeeping, machineCare, services, workloads } from './index.ts'
import type { Intervention } from './index.ts'

const labels = { app: 'web' }
const manifest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 4, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'app:1' }] } } } }

describe('what acts in a cluster', () => {
  it('stands in one group each, and all of it in the whole', () => {
    const grouped = [...workloads, ...services, ...machineCare, ...autoscaling, ...housekeeping]
    expect(new Set(grouped).size).toBe(grouped.length)
    expect(new Set(grouped)).toEqual(new Set(actors))
  })

  it('rolls a Deployment out with workloads alone', () => {
    const script = [{ at: 0, op: 'create', manifest }, { at: 20_000, op: 'image', name: 'web', image: 'app:2' }] as unknown as Intervention[]
    const timeline = createCluster({ name: 'small', duration: 60_000, actors: workloads, world: world => void addMachine(world, { name: 'node-1' }), script })
    const images = (t: number) => timeline.look(t, ({ api }) => api.list('Pod').map(pod => [pod.spec.containers[0]!.image, pod.status.phase].join(' ')))
    expect(images(15_000)).toEqual(Array.from({ length: 4 }).fill('app:1 Running'))
    expect(images(60_000)).toEqual(Array.from({ length: 4 }).fill('app:2 Running'))
  })
})
