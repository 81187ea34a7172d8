// What other scenarios start from: three machines of 4 CPU and 8 GiB, and everything that acts in a cluster.
import { actors, addMachine } from '../cluster/index.ts'
import type { MachineSpec, Scenario } from '../cluster/index.ts'

/** node-1, node-2 … of one size. */
export const machines = (count: number, size: Omit<MachineSpec, 'name'> = { cpu: '4', memory: '8Gi' }): MachineSpec[] => Array.from({ length: count }, (_, i) => ({ ...size, name: `node-${i + 1}` }))

/** A scenario on these machines, with nothing on them. @param metrics whether a metrics server runs, as an autoscaler needs it */
export function scenarioOn(specs: readonly MachineSpec[], { metrics = false, ...more }: Partial<Scenario> & { metrics?: boolean } = {}): Scenario {
  return {
    name: 'base',
    duration: 600_000,
    actors,
    world(world) {
      world.metrics = metrics
      for (const spec of specs)
        addMachine(world, spec)
    },
    ...more,
  }
}

/** An empty cluster of three machines. */
export const base = scenarioOn(machines(3))
