// The clusters that random runs are played on, by name, and a witness that every write is told to once and in order.
import { actors, createKernel, RESOURCES } from '../../cluster/index.ts'
import type { Actor, Kernel, Kind, MachineSpec, Run, Scenario } from '../../cluster/index.ts'
import type { ClusterState } from '../../cluster/timeline/state.ts'
import { gate } from '../../cluster/api/strict.ts'
import { machines, scenarioOn } from '../../scenarios/base.ts'

/** ms: a run, and the longest that is then waited for rest: a machine that is gone is given up after 350 s, only then does a rollout of six Pods go on, each stopped and started in up to 15 s; an autoscaler looks back 300 s. */
export const LENGTH = 32_000
export const REST = 600_000

export interface Witness { last: number, count: number, faults: number }

/** Sees everything, and keeps no more than whether it was in order. */
const witness: Actor<Witness> = {
  name: 'witness',
  watches: Object.keys(RESOURCES) as Kind[],
  start: () => ({ last: 0, count: 0, faults: 0 }),
  observe({ revision }, { memory }) {
    if (revision <= memory.last)
      memory.faults++
    memory.last = revision
    memory.count++
  },
  run: () => {},
}

const CLUSTERS: Readonly<Record<string, readonly MachineSpec[]>> = {
  roomy: machines(3),
  tight: machines(3, { cpu: '1', memory: '1Gi' }),
  few: machines(2, { cpu: '2', memory: '4Gi', pods: '6' }),
  zones: ['a', 'a', 'b', 'b'].map((zone, i) => ({ name: `node-${i + 1}`, cpu: i % 2 ? '1' : '2', memory: '2Gi', zone, labels: { disk: i % 3 ? 'hdd' : 'ssd' } })),
}

export const names = Object.keys(CLUSTERS)

/** What a test puts wrong: parts that act beside the real ones, a part that is left out. */
export interface Wrong { readonly more?: readonly Actor[], readonly without?: string }

export function scenarioOf({ scenario }: Pick<Run, 'scenario'>, { more = [], without }: Wrong = {}): Scenario {
  const specs = CLUSTERS[scenario]
  if (!specs)
    throw new RangeError(`there is no cluster "${scenario}"`)
  return scenarioOn(specs, { name: scenario, duration: REST, metrics: true, gate, actors: [...actors.filter(each => each.name !== without), witness as unknown as Actor, ...more] })
}

/** A cluster to play on: at its start, or in a state that it has come to. */
export function kernelOf(run: Pick<Run, 'scenario' | 'seed'>, wrong?: Wrong, state?: ClusterState): Kernel {
  const { actors, gate, world } = scenarioOf(run, wrong)
  return createKernel(actors, { seed: run.seed, gate, world, state })
}
