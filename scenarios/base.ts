// What other scenarios start from: three machines of 4 CPU and 8 GiB, and everything that acts in a cluster.
import { actors, addMachine } from '../cluster/index.ts'
import type { Intervention as Step, MachineSpec, Scenario } from '../cluster/index.ts'

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

/**
 * What stands before a story of users begins: a Deployment and a Service `web`, and requests to it by the name of `users`.
 * @param image its program
 * @param replicas how many are wanted
 * @param rps requests a second
 * @param from virtual ms: when the first request is sent
 */
export function webWithUsers({ image, replicas, rps, from }: { image: string, replicas: number, rps: number, from: number }): Step[] {
  const labels = { app: 'web' }
  const containers = [{ name: 'web', image, ports: [{ containerPort: 80 }], resources: { requests: { cpu: '500m' } }, readinessProbe: { httpGet: { port: 80 }, periodSeconds: 2 } }]
  return [
    { at: 0, op: 'apply', manifest: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: labels, ports: [{ port: 80 }] } } },
    { at: 0, op: 'apply', manifest: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } } } },
    { at: from, op: 'traffic', name: USERS, service: 'web', rps },
  ] as unknown as Step[]
}

/** The name of the requests of `webWithUsers`. */
export const USERS = 'users'
