// A plan becomes a run: it is played, and each step is done to what is there by then.
import type { Intervention, Kernel, ObjectOf, Operation, Run } from '../../cluster/index.ts'
import { machinesOf } from '../../cluster/node/machine.ts'
import { LENGTH, kernelOf } from './clusters.ts'
import type { Plan, Step } from './plans.ts'

const GOOD = ['app:1', 'app:2', 'web:1', 'slow', 'web:2']
const BAD = ['crash', 'app:nope', 'web:3', 'leak', 'batch', 'stuck']
const TAINTS = ['NoSchedule', 'NoExecute', 'PreferNoSchedule'] as const

/** The most that each Deployment may have. */
const MOST = 6

/** What a step does, if there is something that it can be done to. */
function operationOf({ api, state }: Kernel, { what, pick, amount }: Step): Operation | undefined {
  const chosen = <T>(list: readonly T[]): T | undefined => list[pick % Math.max(1, list.length)]
  const deployment = chosen(api.list('Deployment'))
  const pod = chosen(api.list('Pod').filter(each => !each.metadata.deletionTimestamp))
  const machines = [...machinesOf(state.world).values()]
  const node = chosen(api.list('Node'))
  const patchNode = (spec: object): Operation | undefined => node && { op: 'patch', kind: 'Node', name: node.metadata.name, patch: { spec } }
  const image = (images: readonly string[]) => deployment && { op: 'image', name: deployment.metadata.name, image: images[amount % images.length]! }
  const machine = (op: string, fits: (each: typeof machines[number]) => boolean) => {
    const found = chosen(machines.filter(fits))
    return found && { op, node: found.spec.name }
  }
  switch (what) {
    case 'scale': return deployment && { op: 'scale', name: deployment.metadata.name, replicas: amount % (MOST + 1) }
    case 'image': return image(GOOD)
    case 'badImage': return image(BAD)
    case 'pause': return deployment && { op: 'patch', kind: 'Deployment', name: deployment.metadata.name, patch: { spec: { paused: deployment.spec.paused ? null : true } } }
    case 'deletePod': return pod && { op: 'delete', kind: 'Pod', name: pod.metadata.name, ...(amount % 3 === 0 && { grace: amount % 2 }) }
    case 'deleteDeployment': return deployment && { op: 'delete', name: deployment.metadata.name, cascade: ['Background', 'Foreground', 'Orphan'][amount % 3]! }
    case 'stop': return machine('stopMachine', each => each.on)
    case 'start': return machine('startMachine', each => !each.on)
    case 'cut': return machine('cutMachine', each => each.connected)
    case 'join': return machine('joinMachine', each => !each.connected)
    case 'addMachine': return machines.length < 6 ? { op: 'addMachine', cpu: '1', memory: '2Gi' } : undefined
    case 'kill': {
      const running = machines.filter(each => each.on).flatMap(each => [...each.pods.values()]).filter(each => each.containers.some(({ stage }) => stage === 'running'))
      const found = chosen(running)?.pod.metadata
      return found && { op: 'killContainer', namespace: found.namespace, pod: found.name }
    }
    case 'label': return pod && { op: 'patch', kind: 'Pod', name: pod.metadata.name, patch: { metadata: { labels: { app: ['a', 'b', 'none'][amount % 3]! } } } }
    case 'cordon': return patchNode({ unschedulable: true })
    case 'uncordon': return patchNode({ unschedulable: null })
    case 'taint': return node?.spec.taints?.some(each => each.key === 'only') ? undefined : patchNode({ taints: [...taintsOf(node), { key: 'only', value: 'x', effect: TAINTS[amount % 3] }] })
    case 'untaint': return patchNode({ taints: taintsOf(node).filter(each => each.key !== 'only') })
  }
}

const taintsOf = (node: ObjectOf<'Node'> | undefined) => node?.spec.taints ?? []

/**
 * Plays a plan, and gives the run that it became: everything is asked for within its first second, and all is done 8 s before its end.
 * @param kernel at the start; it has played the run when this is done
 * @param runUntil brings it to a time (virtual ms)
 */
export function play({ scenario, seed, manifests, rps, steps }: Plan, kernel: Kernel, runUntil: (time: number) => unknown): Run {
  const interventions: Intervention[] = []
  let at = 0
  function does(operation: Operation) {
    runUntil(at)
    kernel.operate(operation)
    interventions.push({ ...operation, at } as Intervention)
  }
  for (const manifest of manifests) {
    at += 50
    does({ op: 'create', manifest })
  }
  if (rps && manifests.some(each => (each as { kind: string }).kind === 'Service'))
    does({ op: 'traffic', service: 'a', points: [{ at: 5000, rps: 0 }, { at: 10_000, rps }, { at: 22_000, rps }, { at: 25_000, rps: 0 }] })
  for (const step of steps) {
    at += step.after
    if (at > LENGTH - 8000)
      break
    runUntil(at)
    const operation = operationOf(kernel, step)
    if (operation)
      does(operation)
  }
  return { scenario, seed, interventions }
}

/** The run of a plan. */
export function runOf(plan: Plan): Run {
  const kernel = kernelOf(plan)
  return play(plan, kernel, kernel.runUntil)
}
