// kubelet: on every machine, starts what Pods ask for, looks after it, and reports. upstream: pkg/kubelet
import { refused } from '../api/errors.ts'
import type { Pod } from '../api/objects.ts'
import type { WatchEvent } from '../api/store.ts'
import type { Actor, Context, Operation } from '../timeline/kernel.ts'
import { advance, end, newProcess, nextDue, stopped } from './containers.ts'
import type { Env } from './containers.ts'
import { addMachine, addressOf, machinesOf, nextPodIp } from './machine.ts'
import type { Machine, MachineSpec, PodProcess, Process } from './machine.ts'
import { HEARTBEAT, LEASE, firstLease, registerNode, renewLease, reportNode } from './node.ts'
import { podStatus } from './status.ts'

export const KUBELET = 'kubelet'
type Ctx = Context<null>

/** ms: a Pod's own address and cgroup; what is left to do when all has ended; a machine from power to kubelet. */
const SANDBOX = 100
const CLEAN_UP = 60
const BOOT = 15_000

const keyOf = (machine: Machine, uid: string) => `pod ${machine.spec.name} ${uid}`
const works = (machine: Machine | undefined): machine is Machine => !!machine?.on
const talks = (machine: Machine | undefined): machine is Machine => works(machine) && machine.connected

/** Takes in a Pod that is bound to a machine. */
function accept(ctx: Ctx, machine: Machine, pod: Pod): void {
  const { initContainers = [], containers } = pod.spec
  const process: PodProcess = {
    pod,
    accepted: ctx.now,
    ip: '',
    news: true,
    deadline: Infinity,
    containers: [...initContainers.map(each => newProcess(each, true)), ...containers.map(each => newProcess(each, false))],
  }
  for (const each of process.containers)
    each.due = ctx.now + SANDBOX
  machine.pods.set(pod.metadata.uid, process)
  report(ctx, machine, process)
  ctx.enqueue(keyOf(machine, pod.metadata.uid), SANDBOX)
}

const isDone = ({ status: { phase } }: Pod) => phase === 'Succeeded' || phase === 'Failed'

/** A Pod as the API server has it now: new, changed, asked to end, or gone. */
function heed(ctx: Ctx, machine: Machine, pod: Pod, gone: boolean): void {
  const { uid, deletionTimestamp } = pod.metadata
  let process = machine.pods.get(uid)
  if (!process) {
    if (gone || (isDone(pod) && !deletionTimestamp))
      return
    accept(ctx, machine, pod)
    if (!deletionTimestamp)
      return
    process = machine.pods.get(uid)!
  }
  // the time to end is counted from when the kubelet hears of it; a second request may only shorten it
  const { deletionGracePeriodSeconds: grace = pod.spec.terminationGracePeriodSeconds } = pod.metadata
  if ((gone || deletionTimestamp) && (process.deadline === Infinity || grace < (process.pod.metadata.deletionGracePeriodSeconds ?? Infinity)))
    process.deadline = Math.min(process.deadline, ctx.now + grace * 1000)
  process.pod = pod
  process.news = true
  ctx.enqueue(keyOf(machine, uid))
}

/** Writes what has become of a Pod, if anybody can hear it. */
function report({ api, now }: Ctx, machine: Machine, process: PodProcess): void {
  const { namespace, name, uid } = process.pod.metadata
  if (!process.news || !machine.connected)
    return
  process.news = false
  const stored = api.get('Pod', namespace, name)
  if (stored?.metadata.uid === uid)
    api.updateStatus('Pod', { ...stored, status: podStatus(process, stored, addressOf(machine), now) }, KUBELET)
}

/** Whether a container is not yet worth a word. */
const unseen = ({ stage, reason, exit }: Process) => !reason && !exit && stage !== 'running' && stage !== 'exited'

function sync(ctx: Ctx, machine: Machine, process: PodProcess): void {
  const { api, now, enqueue } = ctx
  const { namespace, name, uid } = process.pod.metadata
  const key = keyOf(machine, uid)
  if (!process.ip) {
    if (now < process.accepted + SANDBOX)
      return enqueue(key, process.accepted + SANDBOX - now)
    process.ip = nextPodIp(machine)
  }
  const began = process.containers.every(unseen)
  const env: Env = {
    now,
    machine,
    pod: process,
    tell(container, type, reason, message) {
      if (machine.connected)
        api.event(process.pod, type, reason, message, KUBELET, { host: machine.spec.name, fieldPath: `spec.${container.init ? 'initContainers' : 'containers'}{${container.name}}` })
    },
  }
  const ran = !stopped(process)
  // that it is being pulled or made looks the same to all others
  if (advance(env) && !(began && process.containers.every(unseen)))
    process.news = true
  report(ctx, machine, process)
  if (process.deadline < Infinity && stopped(process)) {
    if (ran)
      return enqueue(key, CLEAN_UP)
    remove(ctx, machine, process, namespace, name)
    return
  }
  const next = nextDue(process)
  if (next < Infinity)
    enqueue(key, next - now)
}

/** Everything has ended: the Pod may go. */
function remove({ api }: Ctx, machine: Machine, { pod }: PodProcess, namespace: string, name: string) {
  const { uid } = pod.metadata
  if (!machine.connected)
    return
  machine.pods.delete(uid)
  try {
    api.delete('Pod', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } }, KUBELET)
  }
  catch (error) {
    if (!refused(error))
      throw error
  }
}

/** Compares what runs with what is bound here: after a start, and when the control plane can be reached again. */
function relist(ctx: Ctx, machine: Machine): void {
  const bound = new Map(ctx.api.list('Pod', { node: machine.spec.name }).map(pod => [pod.metadata.uid, pod]))
  for (const [uid, process] of machine.pods) {
    if (!bound.has(uid))
      heed(ctx, machine, process.pod, true)
  }
  for (const pod of bound.values())
    heed(ctx, machine, pod, false)
}

/** The kubelet begins to work, or to be heard again. */
function connect(ctx: Ctx, machine: Machine, started: boolean): void {
  renewLease(ctx, machine)
  reportNode(ctx, machine, started)
  relist(ctx, machine)
  ctx.enqueue(`lease ${machine.spec.name}`, LEASE)
  ctx.enqueue(`node ${machine.spec.name}`, HEARTBEAT)
}

/** Nothing runs on a machine without power; its disk remembers. */
function boot(ctx: Ctx, machine: Machine): void {
  const { now } = ctx
  for (const process of machine.pods.values()) {
    process.ip = ''
    process.news = true
    for (const container of process.containers) {
      if (container.stage === 'running')
        end(container, now, 255, 'Unknown', 0)
      else if (container.stage === 'pulling' || container.stage === 'creating')
        Object.assign(container, { stage: 'waiting', due: now })
    }
    if (machine.connected)
      ctx.api.event(process.pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.', KUBELET, { host: machine.spec.name })
  }
  machine.boots++
  if (machine.connected)
    connect(ctx, machine, true)
  for (const uid of machine.pods.keys())
    ctx.enqueue(keyOf(machine, uid))
}

function machineOf(ctx: Ctx, { node }: Operation): Machine {
  const machine = machinesOf(ctx.world).get(String(node))
  if (!machine)
    throw new RangeError(`there is no machine "${String(node)}"`)
  return machine
}

function join(ctx: Ctx, machine: Machine): void {
  registerNode(ctx, machine)
  ctx.enqueue(`lease ${machine.spec.name}`, firstLease(machine))
  ctx.enqueue(`node ${machine.spec.name}`, HEARTBEAT)
}

export const kubelet: Actor<null> = {
  name: KUBELET,
  watches: ['Pod'],
  watchLatency: 10,
  start(ctx) {
    for (const machine of machinesOf(ctx.world).values())
      join(ctx, machine)
    return null
  },
  observe(event, ctx) {
    const { object: pod, type, by } = event as WatchEvent<'Pod'>
    const { nodeName } = pod.spec
    // its own reports are no news
    if (!nodeName || (by === KUBELET && type === 'MODIFIED'))
      return
    const machine = machinesOf(ctx.world).get(nodeName)
    if (talks(machine))
      heed(ctx, machine, pod, type === 'DELETED')
  },
  run(key, ctx) {
    const [what, name, uid] = key.split(' ')
    const machine = machinesOf(ctx.world).get(name!)
    if (!works(machine))
      return
    if (what === 'pod') {
      const process = machine.pods.get(uid!)
      if (process)
        sync(ctx, machine, process)
    }
    else if (what === 'boot') {
      boot(ctx, machine)
    }
    else if (talks(machine)) {
      if (what === 'lease')
        renewLease(ctx, machine)
      else
        reportNode(ctx, machine, false)
      ctx.enqueue(key, what === 'lease' ? LEASE : HEARTBEAT)
    }
  },
  operations: {
    /** Takes the power from a machine: { node } */
    stopMachine(operation, ctx) {
      const machine = machineOf(ctx, operation)
      if (!machine.on)
        throw new RangeError(`${machine.spec.name} is off already`)
      machine.on = false
    },
    /** Gives it back; the kubelet works a little later: { node } */
    startMachine(operation, ctx) {
      const machine = machineOf(ctx, operation)
      if (machine.on)
        throw new RangeError(`${machine.spec.name} is on already`)
      machine.on = true
      ctx.enqueue(`boot ${machine.spec.name}`, BOOT)
    },
    /** Cuts a machine off from the control plane; what runs there goes on: { node } */
    cutMachine(operation, ctx) {
      machineOf(ctx, operation).connected = false
    },
    /** The way to the control plane is free again: { node } */
    joinMachine(operation, ctx) {
      const machine = machineOf(ctx, operation)
      machine.connected = true
      if (machine.on)
        connect(ctx, machine, false)
    },
    /** A new machine: { name, cpu, memory, pods, zone, labels } as in MachineSpec */
    addMachine({ op: _, ...spec }, ctx) {
      join(ctx, addMachine(ctx.world, spec as unknown as MachineSpec))
    },
    /** Kills a container's process (SIGKILL from outside): { namespace, pod, container } */
    killContainer({ namespace = 'default', pod, container }, ctx) {
      for (const machine of machinesOf(ctx.world).values()) {
        for (const process of machine.pods.values()) {
          const { metadata } = process.pod
          const found = process.containers.find(each => each.stage === 'running' && (container === undefined || each.name === container))
          if (found && machine.on && metadata.name === pod && metadata.namespace === namespace) {
            end(found, ctx.now, 137, 'Error', 1000)
            process.news = true
            return sync(ctx, machine, process)
          }
        }
      }
      throw new RangeError(`nothing runs in the Pod "${String(pod)}"`)
    },
  },
}
