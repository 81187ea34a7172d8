// What is: machines, what runs on them, whether they can be reached. The store knows only what is reported of it.
import type { Pod } from '../api/objects.ts'
import type { Backoff } from '../controllers/backoff.ts'
import { newBackoff } from '../controllers/backoff.ts'
import type { Amounts } from '../scheduler/requests.ts'
import { copiers, copy } from '../timeline/state.ts'
import type { World } from '../timeline/state.ts'
import type { Given } from './environment.ts'
import type { Load } from './load.ts'
import type { ProbeKind, ProbeState } from './probes.ts'

declare module '../timeline/state.ts' {
  interface World {
    /** by name, in the order in which they came */
    machines?: Map<string, Machine>
    /** whether a metrics server runs */
    metrics?: boolean
  }
}

export interface MachineSpec {
  readonly name: string
  /** quantities; 4 cores, 8Gi and 110 Pods where absent */
  readonly cpu?: string
  readonly memory?: string
  readonly pods?: string
  readonly zone?: string
  readonly labels?: Readonly<Record<string, string>>
  /** the images that it can pull, by their names without registry and tag; any where absent */
  readonly images?: readonly string[]
}

/** How a container ended. */
export interface Exit {
  readonly code: number
  /** Completed, Error, OOMKilled, Unknown, StartError */
  readonly reason: string
  /** what its runtime said, where it could not be started */
  readonly message?: string
  /** virtual ms */
  readonly started: number
  readonly ended: number
  /** the runtime's id of the container that ended, and its image */
  readonly id: string
  readonly image: string
  /** what it was given from ConfigMaps, if it was */
  readonly given?: Given
}

/** A container of a Pod on its machine. Times are virtual ms; Infinity: never, as things stand. */
export interface Process {
  readonly name: string
  /** its place among the init containers, then the others */
  readonly init: boolean
  /** waits (for others, for a delay), is pulled, is made, runs, has ended unnoticed (`dead`: for its kubelet it still runs), has ended */
  stage: 'waiting' | 'pulling' | 'creating' | 'running' | 'dead' | 'exited'
  /** when the stage began, and when it ends by itself */
  since: number
  due: number
  /** when its image's turn came to be pulled; one is pulled at a time */
  turn: number
  /** why it waits: ErrImagePull, CrashLoopBackOff … */
  reason?: string
  message?: string
  exit?: Exit
  /** how it ended, while its kubelet has not noticed it */
  died?: Exit
  /** how the one before ended */
  last?: Exit
  restarts: number
  id: string
  /** of the container that is there or in the making: the Pod's may have been changed since. '' before the first */
  image: string
  /** what that was given from ConfigMaps, if it was */
  given?: Given
  /** the kubelet has seen that it runs; until then it reports what was before */
  seen: boolean
  /** told to end (SIGTERM, after its preStop hook), and killed if it has not (SIGKILL) */
  term: number
  kill: number
  /** somebody is joined to it, and says when it has ended */
  attached: boolean
  probes: Partial<Record<ProbeKind, ProbeState>>
  /** the startup probe has passed, the readiness probe passes */
  started: boolean
  ready: boolean
  load?: Load
}

/** A Pod on its machine, as the kubelet works on it. */
export interface PodProcess {
  /** as the kubelet saw it last */
  pod: Pod
  /** of its tasks */
  readonly key: string
  /** virtual ms */
  readonly accepted: number
  /** ms from then until it has its address */
  readonly sandbox: number
  /** what it asks for: millicores, bytes */
  readonly asks: Readonly<Amounts>
  /** '' while it has none */
  ip: string
  /** the API server knows it no more */
  gone: boolean
  /** something is to be reported */
  news: boolean
  /** when everything that runs must have ended; Infinity while nobody asked for that */
  deadline: number
  /** the order of start: init containers, then the others */
  readonly containers: Process[]
}

export interface Machine {
  readonly spec: MachineSpec
  /** counts machines: addresses follow from it */
  readonly index: number
  on: boolean
  /** can reach the control plane */
  connected: boolean
  /** its kubelet works: not while it is off, nor while it starts */
  up: boolean
  /** how often it was switched on */
  boots: number
  /** its kubelet has told last that its Node is closed for new Pods */
  closed: boolean
  /** the last part of the last address given out */
  lastIp: number
  /** images on its disk, and since when (virtual ms); those that are being pulled will be there then */
  readonly images: Map<string, number>
  /** when all pulls asked for so far are done */
  pulling: number
  /** by UID; put and taken away by `putPod` and `dropPod` */
  readonly pods: Map<string, PodProcess>
  /** what all of them ask for, those that are over as well: millicores, bytes */
  asked: { cpu: number, memory: number }
  readonly crashes: Backoff
  readonly pulls: Backoff
}

/** ms. upstream: MaxContainerBackOff and its like; facts F18 */
const BACK_OFF = 10_000
const MAX_BACK_OFF = 300_000

export const machinesOf = (world: World): Map<string, Machine> => world.machines ??= new Map()

const copyProcess = (process: Process): Process => ({ ...process, probes: copyProbes(process.probes), load: process.load && { ...process.load, used: new Map(process.load.used) } })

function copyProbes(probes: Process['probes']): Process['probes'] {
  const out = { ...probes }
  for (const kind in out)
    out[kind as ProbeKind] = { ...out[kind as ProbeKind]! }
  return out
}

/** Every object of one shape is copied in one place, which is what makes it fast. */
copiers.machines = (machines, count) => {
  const out = new Map<string, Machine>()
  for (const [name, machine] of machines) {
    const pods = new Map<string, PodProcess>()
    for (const [uid, process] of machine.pods) {
      pods.set(uid, { ...process, containers: process.containers.map(copyProcess) })
      count(2 + 5 * process.containers.length)
    }
    out.set(name, { ...machine, asked: { ...machine.asked }, images: new Map(machine.images), pods, crashes: copy(machine.crashes), pulls: copy(machine.pulls) })
  }
  return out
}

/** Puts a machine into the world, on and working. @throws RangeError on a name that is taken */
export function addMachine(world: World, spec: MachineSpec): Machine {
  const machines = machinesOf(world)
  if (machines.has(spec.name))
    throw new RangeError(`there is a machine "${spec.name}" already`)
  const machine: Machine = {
    spec: Object.freeze(spec),
    index: machines.size,
    on: true,
    connected: true,
    up: true,
    boots: 1,
    closed: false,
    lastIp: 1,
    images: new Map(),
    pulling: 0,
    pods: new Map(),
    asked: { cpu: 0, memory: 0 },
    crashes: newBackoff(BACK_OFF, MAX_BACK_OFF),
    pulls: newBackoff(BACK_OFF, MAX_BACK_OFF),
  }
  machines.set(spec.name, machine)
  reachChanges(world)
  return machine
}

/** Worlds of which somebody knows which machines have power and can be reached; a copy of one is not among them. */
const settled = new WeakSet<World>()

/** Whether machines may have come, or lost or got back their power or their cable, since this was asked last. */
export function reachMayDiffer(world: World): boolean {
  if (settled.has(world))
    return false
  settled.add(world)
  return true
}

/** A machine comes, or its power or its cable goes or comes: to be said by whoever does that. */
export const reachChanges = (world: World): void => void settled.delete(world)

function count({ asked }: Machine, { asks }: PodProcess, sign: 1 | -1): void {
  asked.cpu += sign * (asks.cpu ?? 0)
  asked.memory += sign * (asks.memory ?? 0)
}

export function putPod(machine: Machine, process: PodProcess): void {
  machine.pods.set(process.pod.metadata.uid, process)
  count(machine, process, 1)
}

export function dropPod(machine: Machine, process: PodProcess): void {
  if (machine.pods.delete(process.pod.metadata.uid))
    count(machine, process, -1)
}

/** The address of a machine; the one before the first is the API server's. */
export const addressOf = ({ index }: Machine) => `172.18.${index + 3 >> 8}.${index + 3 & 255}`

/** Whether a Pod on a machine has an address. */
function taken({ pods }: Machine, ip: string): boolean {
  for (const process of pods.values()) {
    if (process.ip === ip)
      return true
  }
  return false
}

/** An address for a Pod that no other on the machine has. */
export function nextPodIp(machine: Machine): string {
  const { index, pods } = machine
  for (;;) {
    machine.lastIp = machine.lastIp >= 254 ? 2 : machine.lastIp + 1
    const ip = `10.${244 - (index >> 8)}.${index & 255}.${machine.lastIp}`
    if (pods.size > 250 || !taken(machine, ip))
      return ip
  }
}
