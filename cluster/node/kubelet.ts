// kubelet: on every machine, starts what Pods ask for, looks after it, and reports. upstream: pkg/kubelet
import type { WatchEvent } from '../api/store.ts'
import type { Actor, Context, Operation } from '../timeline/kernel.ts'
import { die, lose } from './ending.ts'
import { addMachine, machinesOf, reachChanges } from './machine.ts'
import type { Machine, MachineSpec, PodProcess, Process } from './machine.ts'
import { HEARTBEAT, LEASE, firstLease, noticeSchedulable, registerNode, renewLease, reportNode, startNode } from './node.ts'
import { KUBELET, heed, sync } from './pods.ts'

type Ctx = Context<null>

/** ms: a machine from power to kubelet; the kubelet until its network is ready. */
const BOOT = 15_000
const NETWORK = 3000

const works = (machine: Machine | undefined): machine is Machine => !!machine?.up
const talks = (machine: Machine | undefined): machine is Machine => works(machine) && machine.connected

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
  for (const process of machine.pods.values()) {
    process.news = true
    if (machine.connected && process.containers.some(each => each.stage !== 'exited' || each.due < Infinity))
      ctx.api.event(process.pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.', KUBELET, { host: machine.spec.name })
    ctx.enqueue(process.key)
  }
  if (machine.connected)
    connect(ctx, machine)
}

/** Nothing runs on a machine without power; its disk remembers what has run, but not how often it failed. */
function powerOff(ctx: Ctx, machine: Machine): void {
  const { now, forget } = ctx
  const { name } = machine.spec
  machine.on = machine.up = machine.closed = false
  reachChanges(ctx.world)
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

interface Found { readonly machine: Machine, readonly pod: PodProcess, readonly process: Process }

/** A container that runs, by its Pod's name and its own: the first of the Pod where it is not named. @throws RangeError where there is none */
function runningContainer({ world }: Ctx, { namespace = 'default', pod, container }: Operation): Found {
  for (const machine of machinesOf(world).values()) {
    for (const each of machine.pods.values()) {
      const { metadata } = each.pod
      const process = each.containers.find(({ stage, name }) => stage === 'running' && (container === undefined || name === container))
      if (process && machine.on && metadata.name === pod && metadata.namespace === namespace)
        return { machine, pod: each, process }
    }
  }
  throw new RangeError(`nothing runs in the Pod "${String(pod)}"`)
}

function switchOn(ctx: Ctx, machine: Machine): void {
  machine.on = true
  machine.up = false
  reachChanges(ctx.world)
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
    // cut by hand: most of a cluster's tasks are these
    const space = key.indexOf(' ')
    const last = key.indexOf(' ', space + 1)
    const what = key.slice(0, space)
    const machine = machinesOf(ctx.world).get(key.slice(space + 1, last < 0 ? undefined : last))!
    if (what === 'pod') {
      const process = machine.pods.get(key.slice(last + 1))
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
      if (what === 'lease') {
        renewLease(ctx, machine)
        // it looks at its Node as often: nodeStatusUpdateFrequency is 10 s, too
        noticeSchedulable(ctx, machine)
      }
      else {
        reportNode(ctx, machine)
      }
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
      const machine = machineOf(ctx, operation)
      if (!machine.connected)
        throw new RangeError(`${machine.spec.name} is cut off already`)
      machine.connected = false
      reachChanges(ctx.world)
    },
    /** The way to the control plane is free again: { node } */
    joinMachine(operation, ctx) {
      const machine = machineOf(ctx, operation)
      if (machine.connected)
        throw new RangeError(`${machine.spec.name} is not cut off`)
      machine.connected = true
      reachChanges(ctx.world)
      if (works(machine))
        connect(ctx, machine)
    },
    /** A new machine, switched on: { name, cpu, memory, pods, zone, labels } as in MachineSpec; the next number of node-1, node-2 … where it has no name */
    addMachine({ op: _, at: __, ...spec }, ctx) {
      const { size } = machinesOf(ctx.world)
      switchOn(ctx, addMachine(ctx.world, { name: `node-${size + 1}`, ...spec } as MachineSpec))
    },
    /** Kills a container's process (SIGKILL from outside): { namespace, pod, container } */
    killContainer(operation, ctx) {
      const { machine, pod, process } = runningContainer(ctx, operation)
      die(machine, process, ctx.now, 137, 'Error')
      sync(ctx, machine, pod)
    },
    /** Its program answers everything with errors, probes too, until it is mended or started anew: { namespace, pod, container } */
    breakContainer(operation, ctx) {
      runningContainer(ctx, operation).process.load!.broken = true
    },
    /** It answers well again: { namespace, pod, container } */
    mendContainer(operation, ctx) {
      runningContainer(ctx, operation).process.load!.broken = undefined
    },
  },
}
