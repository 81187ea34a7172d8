// kubelet: on every machine, starts what Pods ask for, looks after it, and reports. upstream: pkg/kubelet
import { refused } from '../api/errors.ts'
import type { Pod } from '../api/objects.ts'
import type { WatchEvent } from '../api/store.ts'
import { stamp } from '../timeline/clock.ts'
import type { Actor, Context, Operation } from '../timeline/kernel.ts'
import { asksOf, lacks } from './admission.ts'
import type { Lack } from './admission.ts'
import { advance, end, lose, newProcess, nextDue, stopped } from './containers.ts'
import type { Env } from './containers.ts'
import { addMachine, addressOf, machinesOf, nextPodIp } from './machine.ts'
import type { Machine, MachineSpec, PodProcess, Process } from './machine.ts'
import { HEARTBEAT, LEASE, firstLease, registerNode, renewLease, reportNode, startNode } from './node.ts'
import { podStatus } from './status.ts'

export const KUBELET = 'kubelet'
type Ctx = Context<null>

/** ms: a Pod's own address and cgroup; what is left to do when all has ended; a machine from power to kubelet; the kubelet until its network is ready. */
const SANDBOX = 100
const CLEAN_UP = 60
const BOOT = 15_000
const NETWORK = 3000

const keyOf = (machine: Machine, uid: string) => `pod ${machine.spec.name} ${uid}`
const works = (machine: Machine | undefined): machine is Machine => !!machine?.up
const talks = (machine: Machine | undefined): machine is Machine => works(machine) && machine.connected

/** Takes in a Pod that is bound to a machine. */
function accept(ctx: Ctx, machine: Machine, pod: Pod): void {
  const { initContainers = [], containers } = pod.spec
  const asks = asksOf(pod)
  const lack = lacks(machine, asks)
  if (lack)
    return reject(ctx, machine, pod, lack)
  const process: PodProcess = {
    pod,
    accepted: ctx.now,
    asks,
    ip: '',
    gone: false,
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

/** A Pod that was bound by somebody who did not ask whether there is room. upstream: rejectPod */
function reject({ api, now }: Ctx, { spec: { name } }: Machine, pod: Pod, { resource, message }: Lack) {
  const reason = `OutOf${resource}`
  api.event(pod, 'Warning', reason, message, KUBELET, { host: name })
  const stored = api.get('Pod', pod.metadata.namespace, pod.metadata.name)!
  api.updateStatus('Pod', { ...stored, status: { ...stored.status, phase: 'Failed', reason, message: `Pod was rejected: ${message}`, startTime: stamp(now) } }, KUBELET)
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
    process = machine.pods.get(uid)
    if (!process || !deletionTimestamp)
      return
  }
  // the time to end is counted from when the kubelet hears of it; a second request may only shorten it
  const { deletionGracePeriodSeconds: grace = pod.spec.terminationGracePeriodSeconds } = pod.metadata
  if ((gone || deletionTimestamp) && (process.deadline === Infinity || grace < (process.pod.metadata.deletionGracePeriodSeconds ?? Infinity)))
    process.deadline = Math.min(process.deadline, ctx.now + grace * 1000)
  process.pod = pod
  process.gone ||= gone
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
const unseen = ({ stage, reason, exit, seen }: Process) => !reason && !exit && !(stage === 'running' && seen)

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

/** The kubelet can be heard, for the first time or again. */
function connect(ctx: Ctx, machine: Machine): void {
  const { name } = machine.spec
  registerNode(ctx, machine)
  ctx.enqueue(`lease ${name}`, LEASE)
  ctx.enqueue(`node ${name}`, HEARTBEAT)
  if (works(machine))
    relist(ctx, machine)
}

/** The machine's kubelet starts; a little later its network is ready, and it begins to work on Pods. */
function boot(ctx: Ctx, machine: Machine): void {
  machine.boots++
  if (machine.connected) {
    startNode(ctx, machine)
    connect(ctx, machine)
  }
  ctx.enqueue(`ready ${machine.spec.name}`, NETWORK)
}

function begin(ctx: Ctx, machine: Machine): void {
  machine.up = true
  for (const [uid, process] of machine.pods) {
    process.news = true
    if (machine.connected && process.containers.some(each => each.stage !== 'exited' || each.due < Infinity))
      ctx.api.event(process.pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.', KUBELET, { host: machine.spec.name })
    ctx.enqueue(keyOf(machine, uid))
  }
  if (machine.connected)
    connect(ctx, machine)
}

/** Nothing runs on a machine without power; its disk remembers what has run, but not how often it failed. */
function powerOff(ctx: Ctx, machine: Machine): void {
  const { now, forget } = ctx
  const { name } = machine.spec
  machine.on = machine.up = false
  machine.pulling = now
  for (const [image, at] of machine.images) {
    if (at > now)
      machine.images.delete(image)
  }
  machine.crashes.entries.clear()
  machine.pulls.entries.clear()
  for (const process of machine.pods.values())
    lose(process, now)
  for (const key of ['boot', 'ready', 'lease', 'node'])
    forget(`${key} ${name}`)
}

function machineOf(ctx: Ctx, { node }: Operation): Machine {
  const machine = machinesOf(ctx.world).get(String(node))
  if (!machine)
    throw new RangeError(`there is no machine "${String(node)}"`)
  return machine
}

function switchOn(ctx: Ctx, machine: Machine): void {
  machine.on = true
  machine.up = false
  ctx.enqueue(`boot ${machine.spec.name}`, BOOT)
}

export const kubelet: Actor<null> = {
  name: KUBELET,
  watches: ['Pod'],
  watchLatency: 10,
  start(ctx) {
    // what is there at the beginning has been there for a while
    for (const machine of machinesOf(ctx.world).values()) {
      registerNode(ctx, machine)
      ctx.enqueue(`lease ${machine.spec.name}`, firstLease(machine))
      ctx.enqueue(`node ${machine.spec.name}`, HEARTBEAT)
    }
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
    const machine = machinesOf(ctx.world).get(name!)!
    if (what === 'pod') {
      const process = machine.pods.get(uid!)
      if (process && works(machine))
        sync(ctx, machine, process)
    }
    else if (what === 'boot') {
      boot(ctx, machine)
    }
    else if (what === 'ready') {
      begin(ctx, machine)
    }
    else if (machine.connected) {
      if (what === 'lease')
        renewLease(ctx, machine)
      else
        reportNode(ctx, machine)
      ctx.enqueue(key, what === 'lease' ? LEASE : HEARTBEAT)
    }
  },
  operations: {
    /** Takes the power from a machine, and all that runs on it is over: { node } */
    stopMachine(operation, ctx) {
      const machine = machineOf(ctx, operation)
      if (!machine.on)
        throw new RangeError(`${machine.spec.name} is off already`)
      powerOff(ctx, machine)
    },
    /** Gives it back; the kubelet works a little later: { node } */
    startMachine(operation, ctx) {
      const machine = machineOf(ctx, operation)
      if (machine.on)
        throw new RangeError(`${machine.spec.name} is on already`)
      switchOn(ctx, machine)
    },
    /** Cuts a machine off from the control plane; what runs there goes on: { node } */
    cutMachine(operation, ctx) {
      machineOf(ctx, operation).connected = false
    },
    /** The way to the control plane is free again: { node } */
    joinMachine(operation, ctx) {
      const machine = machineOf(ctx, operation)
      machine.connected = true
      if (works(machine))
        connect(ctx, machine)
    },
    /** A new machine, switched on: { name, cpu, memory, pods, zone, labels } as in MachineSpec; the next number of node-1, node-2 … where it has no name */
    addMachine({ op: _, at: __, ...spec }, ctx) {
      const { size } = machinesOf(ctx.world)
      switchOn(ctx, addMachine(ctx.world, { name: `node-${size + 1}`, ...spec } as MachineSpec))
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
