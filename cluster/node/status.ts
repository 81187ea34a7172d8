// What the kubelet reports of a Pod: phase, conditions, its containers. upstream: pkg/kubelet/kubelet_pods.go, pkg/kubelet/status/generate.go
import type { Container, ContainerState, ContainerStatus } from 'kubernetes-types/core/v1'
import type { Pod, PodCondition, PodStatus } from '../api/objects.ts'
import { stamp } from '../timeline/clock.ts'
import type { Exit, PodProcess, Process } from './machine.ts'
import { containersOf, isSidecar, running as isRunning } from './process.ts'
import { fullName } from './programs/program.ts'

const hashes = new Int32Array(8)
const HEX = Array.from('0123456789abcdef', digit => digit.charCodeAt(0))
const letters = Array.from<number>({ length: 64 }).fill(0)

/** A name of 64 hexadecimal digits, as runtimes give them: eight hashes side by side. */
export function digest(text: string): string {
  for (let part = 0; part < 8; part++)
    hashes[part] = Math.imul(part + 1, 0x9E3779B1)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    for (let part = 0; part < 8; part++)
      hashes[part] = Math.imul(hashes[part]! ^ code, 0x01000193)
  }
  for (let i = 0; i < letters.length; i++) {
    const hash = hashes[i >> 3]!
    letters[i] = HEX[((hash ^ (hash >>> 15)) >>> (28 - 4 * (i & 7))) & 15]!
  }
  return String.fromCharCode(...letters)
}

const containerId = (id: string) => `containerd://${digest(id)}`

/** What never ran began at the zero of Unix. */
const NEVER_STARTED = '1970-01-01T00:00:00Z'

function terminated({ code, reason, message, started, ended, id }: Exit): ContainerState {
  return { terminated: { containerID: containerId(id), exitCode: code, finishedAt: stamp(ended), ...message !== undefined && { message }, reason, startedAt: message === undefined ? stamp(started) : NEVER_STARTED } }
}

/** Whether the kubelet knows that a container runs. */
const running = (process: Process) => isRunning(process) && process.seen

function stateOf(process: Process, fallback: string): ContainerState {
  const { since, exit, reason, message } = process
  if (running(process))
    return { running: { startedAt: stamp(since) } }
  if (exit && !reason)
    return terminated(exit)
  return { waiting: { ...(message && { message }), reason: reason ?? fallback } }
}

const NEVER: ContainerState = Object.freeze({})

/** Names and digests are the same every time an image is reported. */
const known = new Map<string, { image: string, imageID: string }>()
function pulledImage(image: string): { image: string, imageID: string } {
  let names = known.get(image)
  if (!names) {
    const full = fullName(image)
    known.set(image, names = { image: full, imageID: `${full.slice(0, full.lastIndexOf(':'))}@sha256:${digest(image)}` })
  }
  return names
}

function containerStatus(process: Process, spec: Container, fallback: string): ContainerStatus & { resources?: object, allocatedResources?: object } {
  const { image = '', resources } = spec
  const { name, stage, exit, last, restarts, started, ready, init, image: own } = process
  const runs = running(process)
  const made = runs || exit
  const id = runs ? process.id : exit?.id ?? ''
  const before = exit && process.reason ? exit : last
  return {
    ...(made ? { containerID: containerId(id), ...pulledImage(runs ? own : exit!.image), resources: resources ?? NEVER } : { image, imageID: '' }),
    ...(made && resources?.requests && { allocatedResources: resources.requests }),
    lastState: before ? terminated(before) : NEVER,
    name,
    // an init container is ready when it is done, and not before. upstream: prober manager.UpdatePodStatus
    ready: init && !isSidecar(spec) ? stage === 'exited' && exit!.code === 0 : ready,
    restartCount: restarts,
    started,
    state: stateOf(process, fallback),
  }
}

/** upstream: getPhase */
function phaseOf({ pod, containers, deadline }: PodProcess, specs: readonly Container[]): PodStatus['phase'] {
  const { restartPolicy = 'Always' } = pod.spec
  let pending = false
  let waiting = 0
  let up = 0
  let stopped = 0
  let succeeded = 0
  for (const [i, process] of containers.entries()) {
    const { init, stage, exit } = process
    if (init && isSidecar(specs[i]!))
      continue
    if (init) {
      if (exit && exit.code && restartPolicy === 'Never')
        return 'Failed'
      pending ||= !(stage === 'exited' && exit?.code === 0)
    }
    // what has just been started again is not yet reported; but a Pod that is told to go has not ended while it runs
    else if (running(process) || (deadline < Infinity && isRunning(process))) {
      up++
    }
    else if (exit) {
      stopped++
      if (stage === 'exited' && exit.code === 0)
        succeeded++
    }
    else {
      waiting++
    }
  }
  if (pending || waiting)
    return deadline < Infinity && !up && (pending || stopped) ? 'Failed' : 'Pending'
  if (up)
    return 'Running'
  if (deadline < Infinity)
    return stopped === succeeded ? 'Succeeded' : 'Failed'
  if (restartPolicy === 'Always')
    return 'Running'
  return stopped === succeeded ? 'Succeeded' : restartPolicy === 'Never' ? 'Failed' : 'Running'
}

type Said = readonly [status: boolean, reason?: string, message?: string]
const TRUE: Said = [true]

const names = (processes: readonly Process[]) => processes.map(each => each.name).join(' ')

/** What keeps a Pod from being ready though its containers are. upstream: GeneratePodReadyCondition */
function closedGates({ spec, status }: Pod): Said | undefined {
  const said = spec.readinessGates?.flatMap(({ conditionType }) => {
    const known = status.conditions?.find(each => each.type === conditionType)
    return !known ? `corresponding condition of pod readiness gate "${conditionType}" does not exist.` : known.status === 'True' ? [] : `the status of pod readiness gate "${conditionType}" is not "True", but ${known.status}`
  })
  return said?.length ? [false, 'ReadinessGatesNotReady', said.join(', ')] : undefined
}

/** The kubelet's own conditions, in the order in which it reports them. */
const CONDITIONS = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'] as const

/** What the conditions say, in their order. upstream: GeneratePodInitializedCondition, GenerateContainersReadyCondition, GeneratePodReadyCondition */
function conditionsOf({ containers, ip }: PodProcess, specs: readonly Container[], phase: PodStatus['phase'], reported: Pod): readonly Said[] {
  const done = phase === 'Succeeded' || phase === 'Failed'
  const inits = containers.filter((each, i) => each.init && (isSidecar(specs[i]!) ? !each.started : !(each.stage === 'exited' && each.exit?.code === 0)))
  const unready = containers.filter((each, i) => !each.ready && (!each.init || isSidecar(specs[i]!)))
  const over: Said = [false, phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed']
  const ready: Said = done ? over : unready.length ? [false, 'ContainersNotReady', `containers with unready status: [${names(unready)}]`] : TRUE
  return [
    [ip !== '' && !done],
    inits.length && !containers.some(each => !each.init && (running(each) || each.exit)) && phase !== 'Succeeded' ? [false, 'ContainersNotInitialized', `containers with incomplete status: [${names(inits)}]`] : phase === 'Succeeded' ? [true, 'PodCompleted'] : TRUE,
    (ready[0] && closedGates(reported)) || ready,
    ready,
    TRUE,
  ]
}

/**
 * What is to be reported of a Pod. What others have written stays; a condition that stays as it was keeps its time.
 * @param reported the Pod as it is in the store
 * @param hostIp the machine's address
 * @param now virtual ms
 */
export function podStatus(process: PodProcess, reported: Pod, hostIp: string, now: number): PodStatus {
  const { containers, ip, accepted } = process
  const { status: old } = reported
  const { generation } = process.pod.metadata
  const specs = containersOf(process.pod)
  const phase = phaseOf(process, specs)
  const inits = process.pod.spec.initContainers?.length ?? 0
  const fallback = inits ? 'PodInitializing' : 'ContainerCreating'
  const statuses = containers.map((each, i) => containerStatus(each, specs[i]!, fallback))
  const reportedOnes = old.conditions ?? []
  const conditions = conditionsOf(process, specs, phase, reported).map(([holds, reason, message], i): PodCondition => {
    const type = CONDITIONS[i]!
    // almost always where it was put
    const before = reportedOnes[i]?.type === type ? reportedOnes[i] : reportedOnes.find(each => each.type === type)
    const status = holds ? 'True' : 'False'
    // what says the same is the same object, which is frozen already
    if (before?.status === status && before.reason === reason && before.message === message && before.observedGeneration === generation)
      return before
    return {
      ...(before && 'lastProbeTime' in before && { lastProbeTime: before.lastProbeTime }),
      lastTransitionTime: before?.status === status ? before.lastTransitionTime! : stamp(now),
      ...(message && { message }),
      observedGeneration: generation,
      ...(reason && { reason }),
      status,
      type,
    }
  })
  return {
    ...old,
    conditions: [...conditions, ...reportedOnes.filter(each => !(CONDITIONS as readonly string[]).includes(each.type))],
    containerStatuses: statuses.slice(inits),
    hostIP: hostIp,
    hostIPs: old.hostIP === hostIp ? old.hostIPs : [{ ip: hostIp }],
    ...(inits && { initContainerStatuses: statuses.slice(0, inits) }),
    observedGeneration: generation,
    phase,
    ...(ip && old.podIP !== ip && { podIP: ip, podIPs: [{ ip }] }),
    startTime: old.startTime ?? stamp(accepted),
  } as PodStatus
}
