// What holds of every run: it is played straight, by seeking and by forking, and then left alone. Each fault is a sentence.
import { createCluster, encodeRun } from '../../cluster/index.ts'
import type { AnyObject, Kernel, Kind, ObjectOf, Operation, Run } from '../../cluster/index.ts'
import type { OwnerReference } from '../../cluster/api/objects.ts'
import { keyOf, logEntry, logLength } from '../../cluster/api/store.ts'
import { isPodReady, isPodTerminal } from '../../cluster/controllers/pods.ts'
import { machinesOf } from '../../cluster/node/machine.ts'
import { hashState } from '../../cluster/timeline/hash.ts'
import { copyState } from '../../cluster/timeline/state.ts'
import type { ClusterState } from '../../cluster/timeline/state.ts'
import { LENGTH, REST, kernelOf, scenarioOf } from './clusters.ts'
import type { Witness, Wrong } from './clusters.ts'
import { faultsOfHistory, missing, repels } from './history.ts'
import type { Plan } from './plans.ts'
import { play } from './play.ts'

type Pod = ObjectOf<'Pod'>

/** ms: between looks at what is there; how long what fits may wait (a back-off takes 10 s); how long what is owned by nobody may stay. */
const LOOK = 5000
const WAITS = 20_000
const LOST = 10_000
/** ms: how long nothing may happen at the end. */
const STILL = 60_000
/** ms: when rest is to be expected where no machine is missing and nothing is scaled by itself. */
const SOON = 200_000

/** What a look at a time says, as long as it says it. */
class Spells {
  private since = new Map<string, number>()
  private said = new Set<string>()
  /** Those that have been true for longer than `limit` ms, once each. */
  over(now: number, limit: number, what: readonly string[]): string[] {
    this.since = new Map(what.map(each => [each, this.since.get(each) ?? now]))
    const out = what.filter(each => now - this.since.get(each)! > limit && !this.said.has(each))
    out.forEach(each => this.said.add(each))
    return out
  }
}

/** Pods that wait although a node would take them. */
function fitting({ api }: Kernel): string[] {
  const pods = api.list('Pod')
  const waiting = pods.filter(pod => !pod.spec.nodeName && !pod.metadata.deletionTimestamp)
  if (!waiting.length)
    return []
  const bound = pods.filter(each => each.spec.nodeName && !isPodTerminal(each))
  const takes = (node: ObjectOf<'Node'>, pod: Pod) => !node.spec.unschedulable && !repels(node, pod)
    && Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => node.metadata.labels?.[key] === value)
    && !missing(node, [...bound.filter(each => each.spec.nodeName === node.metadata.name), pod])
  return waiting.filter(pod => api.list('Node').some(node => takes(node, pod)))
    .map(pod => `Pod ${pod.metadata.name} waits though it fits`)
}

/** What is owned by what is not there, and is not on its way out. */
function lost({ state }: Kernel): string[] {
  const { objects } = state.store
  const isThere = ({ kind, name, uid }: OwnerReference, namespace = '') => objects[kind as Kind].get(keyOf(namespace, name))?.metadata.uid === uid || objects[kind as Kind].get(keyOf('', name))?.metadata.uid === uid
  const out: string[] = []
  for (const each of Object.values(objects)) {
    for (const { kind, metadata: { name, namespace, deletionTimestamp, ownerReferences } } of each.values()) {
      if (!deletionTimestamp && ownerReferences?.length && !ownerReferences.some(reference => isThere(reference, namespace)))
        out.push(`${kind} ${name} stays though its owner is gone`)
    }
  }
  return out
}

/** What is: on machines, whatever the store believes. */
function faultsOfWorld({ state, api }: Kernel): string[] {
  const faults: string[] = []
  const where = new Map<string, string>()
  const addresses = new Map<string, string>()
  for (const machine of machinesOf(state.world).values()) {
    const running = [...machine.pods.values()].filter(each => each.containers.some(({ stage }) => stage === 'running'))
    for (const { pod, ip } of machine.pods.values()) {
      const { uid, name } = pod.metadata
      const stored = api.get('Pod', pod.metadata.namespace, name)
      if (stored?.metadata.uid === uid && isPodTerminal(stored) && machine.connected && running.some(each => each.pod.metadata.uid === uid))
        faults.push(`Pod ${name} is ${stored.status.phase} and runs on ${machine.spec.name}`)
      if (where.has(uid))
        faults.push(`Pod ${name} is on ${where.get(uid)} and on ${machine.spec.name}`)
      where.set(uid, machine.spec.name)
      if (ip && addresses.has(ip))
        faults.push(`Pods ${name} and ${addresses.get(ip)} both run at ${ip}`)
      if (ip)
        addresses.set(ip, name)
    }
    const node = api.get('Node', '', machine.spec.name)
    const lacking = node && missing(node, running.filter(each => !each.gone).map(each => each.pod))
    if (lacking)
      faults.push(`more runs on ${machine.spec.name} than it has room for: ${lacking}`)
  }
  return faults
}

/** Nothing that a history tells has failed in it: no machine, no container, no person who deletes. */
function isCalm({ interventions }: Run, log: readonly { object: AnyObject }[]): boolean {
  return interventions.every(({ op, kind }) => ['create', 'scale', 'image', 'addMachine', 'traffic'].includes(op) || (op === 'patch' && kind === 'Node'))
    && log.every(({ object }) => (object.kind !== 'Node' || !object.spec.taints?.some(each => each.effect === 'NoExecute'))
      && (object.kind !== 'Pod' || !object.status.containerStatuses?.some(each => each.restartCount || each.state?.terminated?.exitCode)))
}

/** Writes that go on for ever where nothing changes: life signs, and what is told. */
const EVERLASTING: readonly Kind[] = ['Lease', 'Node', 'Event']

/** What still happens although nothing is done any more. */
function unrest(log: readonly { at: number, kind: Kind, type: string, object: AnyObject, old?: AnyObject }[]): string[] {
  const crashing = log.some(({ object }) => object.kind === 'Pod' && object.status.containerStatuses?.some(each => each.restartCount || each.state?.waiting?.reason === 'ImagePullBackOff'))
  const said = new Set<string>()
  for (const { kind, type, object, old } of log) {
    if (EVERLASTING.includes(kind))
      continue
    // a container that crashes or is not to be had again and again is reported, and so are those who count it
    const reported = type === 'MODIFIED' && crashing && (kind === 'EndpointSlice' || JSON.stringify((old as Pod).spec) === JSON.stringify((object as Pod).spec))
    if (!reported)
      said.add(`${kind} ${object.metadata.name} is still ${type} when all should be at rest`)
  }
  return [...said]
}

const writes = ({ state: { store: { log } } }: Kernel, from = 0) => Array.from({ length: logLength(log) - from }, (_, i) => logEntry(log, from + i)!)

/** Two times that hang on the run, in an order that hangs on it as well. @param asked how much is asked for in it, which is known before it is played */
function timesOf(seed: number, asked: number): number[] {
  let n = (seed >>> 0) + 1 + asked * 7919
  return Array.from({ length: 2 }, () => (n = n * 48_271 % 2_147_483_647) % LENGTH)
}

export interface Checked { readonly faults: string[], readonly hash: string }

/** Plays a run as it stands. */
function replayed(run: Run, kernel: Kernel, runUntil: (time: number) => unknown): Run {
  for (const step of run.interventions) {
    runUntil(step.at)
    kernel.operate(step)
  }
  return run
}

/**
 * Plays a run and says what is wrong with it.
 * @param wrong for tests of this
 */
export function check(run: Run, wrong: Wrong = {}): Checked {
  const asked = run.interventions.filter(each => each.op === 'create').length
  const { faults, hash } = checked(kernelOf(run, wrong), timesOf(run.seed, asked), wrong, (kernel, runUntil) => replayed(run, kernel, runUntil))
  return { faults, hash }
}

/** Makes the run of a plan and says what is wrong with it: the play that makes it is the one that is looked at. */
export function checkPlan(plan: Plan): Checked & { readonly run: Run } {
  return checked(kernelOf(plan), timesOf(plan.seed, plan.manifests.length), {}, (kernel, runUntil) => play(plan, kernel, runUntil))
}

/** @param plays what plays a run up to its last step, and gives it */
function checked(kernel: Kernel, seeks: readonly number[], wrong: Wrong, plays: (kernel: Kernel, runUntil: (time: number) => void) => Run): Checked & { readonly run: Run } {
  const faults: string[] = []
  const spells = [new Spells(), new Spells()] as const
  const straight = new Map<number, string>()
  /** what there is where a fork will begin */
  let parting: ClusterState | undefined

  function look(now: number) {
    faults.push(...faultsOfWorld(kernel), ...spells[0].over(now, WAITS, fitting(kernel)), ...spells[1].over(now, LOST, lost(kernel)))
  }
  const looks = Array.from({ length: LENGTH / LOOK }, (_, i) => (i + 1) * LOOK)
  const stops = [...looks.map(at => ({ at, go: () => look(at) })), ...seeks.map((at, i) => ({
    at,
    go: () => {
      straight.set(at, hashState(kernel.state))
      if (i === 0)
        parting = copyState(kernel.state)
    },
  }))]
    .sort((a, b) => a.at - b.at)
  // what is done at the time of a stop is done before it
  function runUntil(time: number) {
    while (stops[0] && stops[0].at < time) {
      const { at, go } = stops.shift()!
      kernel.runUntil(at)
      go()
    }
    kernel.runUntil(time)
  }
  const run = plays(kernel, runUntil)
  runUntil(LENGTH)
  const hash = hashState(kernel.state)
  const log = writes(kernel)
  faults.push(...faultsOfHistory(log, isCalm(run, log)))

  const { count, faults: disorder } = kernel.state.actors.witness as Witness
  const old = log.filter(each => each.at + 5 <= LENGTH).length
  if (count !== old || disorder)
    faults.push(`a watcher was told of ${count} of ${old} writes, ${disorder} of them out of order`)

  faults.push(...faultsOfTime(run, wrong, seeks, straight, parting!, hash), ...faultsOfRest(kernel, look))
  return { run, faults: [...new Set(faults)], hash }
}

/** How the straight play ends where its last step is another: up to there it is the same, and need not be played again. */
function ending(run: Run, wrong: Wrong, parting: ClusterState): string {
  const kernel = kernelOf(run, wrong, parting)
  kernel.operate(run.interventions.at(-1)!)
  kernel.runUntil(LENGTH)
  return hashState(kernel.state)
}

/** Seeks give what a straight run gives, and a fork leaves its parent as it was. */
function faultsOfTime(run: Run, wrong: Wrong, seeks: readonly number[], straight: ReadonlyMap<number, string>, parting: ClusterState, hash: string): string[] {
  const faults: string[] = []
  const scenario = scenarioOf(run, wrong)
  const timeline = createCluster(scenario, run.seed, run.interventions)
  for (const at of seeks) {
    if (timeline.hash(at) !== straight.get(at))
      faults.push(`a seek to ${at} ms gives another state than a straight run`)
  }
  const [t] = seeks
  const name = timeline.look(t!, ({ api }) => api.list('Deployment')[0]?.metadata.name)
  const operation: Operation = name ? { op: 'scale', name, replicas: run.seed & 3 } : { op: 'addMachine', name: 'another' }
  const child = timeline.fork(t!, operation)
  const future = child.hash(LENGTH)
  if (timeline.hash(LENGTH) !== hash)
    faults.push('a run that was sought through and forked ends in another state than a straight one')
  if (ending(child.run, wrong, parting) !== future)
    faults.push(`a fork at ${t} ms ends in another state than a straight run with its step`)
  return faults
}

/** Left alone, the cluster comes to rest: what is wanted is there, as far as it can be, and nobody writes any more. */
function faultsOfRest(kernel: Kernel, look: (now: number) => void): string[] {
  const { state, api } = kernel
  const slow = [...machinesOf(state.world).values()].some(each => !each.on || !each.connected) || api.list('HorizontalPodAutoscaler').length > 0
  const end = slow ? REST : SOON
  for (let now = LENGTH; now < end - STILL; now += LOOK * 2) {
    kernel.runUntil(now)
    look(now)
  }
  kernel.runUntil(end - STILL)
  const from = logLength(kernel.state.store.log)
  kernel.runUntil(end)
  look(end)
  const log = writes(kernel, from)
  const faults = unrest(log)
  if (!log.every(each => EVERLASTING.includes(each.kind)))
    return faults
  // nothing moves: then every Deployment whose Pods are all well has as many as it wants
  for (const { metadata, spec, status } of api.list('Deployment')) {
    const sets = api.list('ReplicaSet', { owner: metadata.uid })
    const all = sets.flatMap(each => api.list('Pod', { owner: each.metadata.uid }))
    const pods = all.filter(each => !each.metadata.deletionTimestamp && !isPodTerminal(each))
    // Recreate waits for Pods that a machine without power cannot let go of, as does what is deleted in the foreground
    const held = spec.strategy.type === 'Recreate' && all.length > pods.length
    if (!metadata.deletionTimestamp && !spec.paused && !held && pods.every(isPodReady) && (pods.length !== spec.replicas || (status.replicas ?? 0) !== spec.replicas || (status.availableReplicas ?? 0) !== spec.replicas))
      faults.push(`Deployment ${metadata.name} rests with ${pods.length} Pods, ${status.availableReplicas ?? 0} available, though it wants ${spec.replicas}`)
  }
  return faults
}

/** How to play a run again. */
export const replay = (run: Run) => `npm run properties -- ${encodeRun(run)}`
