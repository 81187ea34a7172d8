// The life of a container: waiting, pulled, made, running, ended, and again. upstream: pkg/kubelet/kuberuntime
import type { Container, LifecycleHandler } from 'kubernetes-types/core/v1'
import { backoffDelay, inBackoffSince, nextBackoff } from '../controllers/backoff.ts'
import { goDuration, pull, pulled } from './images.ts'
import { outOfMemoryAt, programFor, startLoad } from './load.ts'
import type { Machine, PodProcess, Process } from './machine.ts'
import { PROBES, answered, ask, nextBeat, probeOf, startProbe } from './probes.ts'

/** What the steps of a container's life may use. */
export interface Env {
  /** virtual ms */
  readonly now: number
  readonly machine: Machine
  readonly pod: PodProcess
  /** Tells an event about a container. */
  readonly tell: (process: Process, type: 'Normal' | 'Warning', reason: string, message: string) => void
}

/** Until the kubelet sees that a container runs; how long a state is shown before it goes on from it; between tries of what cannot be retried sooner: ms. upstream: plegRelistPeriod, backOffPeriod */
const NOTICED = 200
export const SHOWN = 1000
export const RETRY = 10_000
/** What SIGTERM is given at least before SIGKILL, ms. upstream: minimumGracePeriodInSeconds */
const LEAST_GRACE = 2000
/** What a hook takes that is no sleep, ms. */
const HOOK = 100

/** A Pod's containers in the order of their start. */
export const containersOf = ({ spec }: PodProcess['pod']): Container[] => [...spec.initContainers ?? [], ...spec.containers]

/** An init container that keeps running. */
export const isSidecar = ({ restartPolicy }: Container) => restartPolicy === 'Always'

/** With all its fields from the beginning, so that all processes have one shape. */
export function newProcess({ name }: Container, init: boolean): Process {
  return {
    name, init, stage: 'waiting', since: 0, due: 0, turn: 0, reason: undefined, message: undefined, exit: undefined, last: undefined, restarts: 0, id: '', image: '', seen: false,
    term: Infinity, kill: Infinity, probes: {}, started: false, ready: false, load: undefined,
  }
}

const running = ({ stage }: Process) => stage === 'running'
const ended = ({ stage, exit }: Process) => stage === 'exited' && !!exit

/** Whether all before it have come so far that a container may start. upstream: computeInitContainerActions, SyncPod */
function mayStart({ pod: { containers } }: Env, specs: readonly Container[], place: number): boolean {
  for (let i = 0; i < place; i++) {
    const before = containers[i]!
    if (before.init ? isSidecar(specs[i]!) ? !(running(before) && before.started) : !(ended(before) && before.exit!.code === 0) : !running(before) && !ended(before) && !before.reason)
      return false
  }
  return true
}

/** Whether a container was made of another image than its Pod asks for by now. upstream: containerChanged, which compares names and images */
export const outdated = ({ image }: Process, spec: Container) => image !== '' && image !== spec.image

/** A container as it was when it was begun to be made: what has been changed since is heeded when it runs. */
const asBegun = (process: Process, spec: Container): Container => outdated(process, spec) ? { ...spec, image: process.image } : spec

/** Makes the container of an image that is there. */
export function make({ now, pod }: Env, process: Process): void {
  const spec = asBegun(process, containersOf(pod.pod)[pod.containers.indexOf(process)]!)
  process.stage = 'creating'
  process.since = now
  process.due = now + programFor(spec).create + hook(spec.lifecycle?.postStart)
}

/** The container runs. */
function run({ now, pod, tell }: Env, process: Process, spec: Container) {
  tell(process, 'Normal', 'Created', 'Container created')
  tell(process, 'Normal', 'Started', 'Container started')
  const load = startLoad(spec, now)
  Object.assign(process, { stage: 'running', since: now, seen: false, term: Infinity, kill: Infinity, load, probes: {}, due: Math.min(now + load.program.runs, outOfMemoryAt(load)), id: `${pod.pod.metadata.uid} ${process.name} ${process.restarts + (process.exit ? 1 : 0)}` })
  for (const kind of PROBES) {
    const probe = probeOf(spec, kind)
    if (probe)
      process.probes[kind] = startProbe(probe, kind, now + NOTICED, pod.accepted)
  }
}

/** The kubelet sees that a container has started, and forgets what it said of the one before. upstream: plegRelistPeriod */
function see(process: Process) {
  if (process.exit) {
    process.last = process.exit
    process.restarts++
  }
  Object.assign(process, { seen: true, exit: undefined, reason: undefined, message: undefined })
}

/** What the probes say together. */
function settle(process: Process) {
  const { startup, readiness } = process.probes
  process.started = startup?.result ?? true
  process.ready = process.started && (readiness?.result ?? true)
}

/** The container has ended. @param after ms until the kubelet notices */
export function end(process: Process, now: number, code: number, reason: string, after: number): void {
  if (!process.seen)
    see(process)
  process.exit = Object.freeze({ code, reason, started: process.since, ended: now, id: process.id, image: process.image })
  Object.assign(process, { stage: 'exited', since: now, due: now + after, started: false, ready: false, load: undefined, probes: {}, term: Infinity, kill: Infinity })
}

/**
 * The power goes: nothing runs any more, no address is left. What had begun begins anew when the machine is back, and so do the init containers of a Pod that is not done.
 * upstream: computePodActions with a changed sandbox
 */
export function lose(pod: PodProcess, now: number): void {
  const specs = containersOf(pod.pod)
  for (const process of pod.containers) {
    if (process.stage === 'running')
      end(process, now, 255, 'Unknown', 0)
    else if (process.stage !== 'exited')
      Object.assign(process, { stage: 'waiting', due: now, reason: undefined, message: undefined })
  }
  pod.ip = ''
  if (pod.containers.some((each, i) => !each.init && (!ended(each) || comesAgain(pod, each, specs[i]!)))) {
    for (const each of pod.containers) {
      if (each.init)
        Object.assign(each, { stage: 'waiting', due: now, reason: undefined, message: undefined })
    }
  }
}

/** What a hook takes, ms. */
function hook(handler: LifecycleHandler | undefined): number {
  const { sleep, exec } = (handler ?? {}) as { sleep?: { seconds: number }, exec?: { command?: string[] } }
  const seconds = sleep?.seconds ?? Number(/\bsleep (\d+)/.exec((exec?.command ?? []).join(' '))?.[1] ?? Number.NaN)
  return !handler ? 0 : Number.isNaN(seconds) ? HOOK : seconds * 1000
}

/** Asks a container to end: its preStop hook, then SIGTERM, and SIGKILL when its time is over. upstream: killContainer */
export function stop({ now, tell }: Env, process: Process, spec: Container, deadline: number, message = `Stopping container ${process.name}`): void {
  if (process.term === Infinity) {
    tell(process, 'Normal', 'Killing', message)
    process.term = now + hook(spec.lifecycle?.preStop)
  }
  // a hook that takes all the time there is is cut short, and leaves two seconds
  process.term = Math.min(process.term, Math.max(now, deadline))
  process.kill = Math.min(process.kill, Math.max(deadline, process.term + LEAST_GRACE))
}

/** When a running container ends, and how. */
function ending({ since, due, term, kill, load }: Process): { at: number, code: number, reason: string } {
  const { program } = load!
  const oom = outOfMemoryAt(load!)
  const byItself = oom <= since + program.runs ? { at: due, code: 137, reason: 'OOMKilled' } : { at: due, code: program.code, reason: program.code ? 'Error' : 'Completed' }
  const stopped = term + program.stop
  const told = stopped <= kill ? { at: stopped, code: program.stopCode, reason: program.stopCode ? 'Error' : 'Completed' } : { at: kill, code: 137, reason: 'Error' }
  return told.at < byItself.at ? told : byItself
}

/** Asks what is due to be asked; true where that changes what is reported. */
function probe(env: Env, process: Process, spec: Container): boolean {
  const { now, pod, tell } = env
  const { started, ready } = process
  for (const kind of PROBES) {
    const state = process.probes[kind]
    // the others wait until the startup probe has passed; a passed one is not asked again
    if (!state || state.next > now || process.term < Infinity || (kind === 'startup') === process.started)
      continue
    const asked = probeOf(spec, kind)!
    const answer = state.late === undefined ? ask(spec, asked, process.load!, pod.ip, now) : { ok: false as const, message: state.late }
    if (!answer.ok && answer.late) {
      state.late = answer.message
      state.next = now + (asked.timeoutSeconds ?? 1) * 1000
      continue
    }
    state.late = undefined
    state.next = nextBeat(asked, pod.accepted, now)
    if (!answer.ok)
      tell(process, 'Warning', 'Unhealthy', `${kind[0]!.toUpperCase()}${kind.slice(1)} probe failed: ${answer.message}`)
    const failed = answered(state, asked, answer.ok) && !answer.ok
    settle(process)
    // readiness is asked as soon as the container has started, liveness at its worker's next beat
    if (kind === 'startup' && process.started && process.probes.liveness)
      process.probes.liveness.next = Math.max(process.probes.liveness.next, nextBeat(spec.livenessProbe!, pod.accepted, now))
    if (failed && kind !== 'readiness') {
      const grace = (asked.terminationGracePeriodSeconds ?? pod.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000
      stop(env, process, spec, now + grace, `Container ${process.name} failed ${kind} probe, will be restarted`)
    }
  }
  return process.started !== started || process.ready !== ready
}

/** Whether a container that has ended comes again. upstream: ShouldContainerBeRestarted */
function comesAgain(pod: PodProcess, { init, exit }: Process, container: Container): boolean {
  if (isSidecar(container))
    return !isOver(pod)
  const { restartPolicy = 'Always' } = pod.pod.spec
  return exit!.code ? restartPolicy !== 'Never' : !init && restartPolicy === 'Always'
}

/** upstream: doBackOff */
function again(env: Env, process: Process, spec: Container) {
  const { machine, now, pod, tell } = env
  const { name, namespace, uid } = pod.pod.metadata
  // another image is another container: how often the one before failed does not count. upstream: GetStableKey
  const key = `${uid} ${process.name} ${spec.image}`
  const { ended: at } = process.exit!
  const where = `${name}_${namespace}(${uid})`
  if (inBackoffSince(machine.crashes, key, at, now)) {
    tell(process, 'Warning', 'BackOff', `Back-off restarting failed container ${process.name} in pod ${where}`)
    const delay = backoffDelay(machine.crashes, key)
    Object.assign(process, { stage: 'waiting', reason: 'CrashLoopBackOff', message: `back-off ${goDuration(delay)} restarting failed container=${process.name} pod=${where}`, due: at + delay })
    return
  }
  nextBackoff(machine.crashes, key, now, at)
  pull(env, process, spec)
}

/** Does what is due for a container now; false where there is nothing to do. */
function step(env: Env, specs: readonly Container[], place: number): boolean {
  const { now, pod } = env
  const process = pod.containers[place]!
  const spec = specs[place]!
  const stopping = pod.deadline < Infinity
  if (process.stage === 'running') {
    // sidecars end after all others
    if (stopping && (!process.init || pod.containers.every(each => each.init || !running(each))))
      stop(env, process, spec, pod.deadline)
    else if (process.init && process.term === Infinity && isSidecar(spec) && isOver(pod))
      stop(env, process, spec, now + pod.pod.spec.terminationGracePeriodSeconds * 1000)
    else if (!stopping && process.seen && process.term === Infinity && outdated(process, spec) && (!process.init || isSidecar(spec)))
      stop(env, process, spec, now + pod.pod.spec.terminationGracePeriodSeconds * 1000, process.init ? `Init container ${process.name} definition changed` : `Container ${process.name} definition changed, will be restarted`)
    const { at, code, reason } = ending(process)
    if (at <= now) {
      const told = process.term < Infinity
      end(process, now, code, reason, told ? 0 : SHOWN)
      // one that was told to end since it is out of date begins anew, whatever the restart policy
      if (told && !stopping && outdated(process, spec) && !(process.init && isOver(pod)))
        pull(env, process, spec)
      return true
    }
    if (now < process.since + NOTICED)
      return false
    const { seen } = process
    if (!seen) {
      see(process)
      settle(process)
    }
    return probe(env, process, spec) || !seen
  }
  if (stopping || process.due > now)
    return false
  switch (process.stage) {
    case 'waiting':
      if (process.reason === undefined && !mayStart(env, specs, place))
        return false
      if (process.exit && process.reason === 'CrashLoopBackOff')
        again(env, process, spec)
      else
        pull(env, process, spec)
      return true
    case 'pulling':
      pulled(env, process, asBegun(process, spec))
      return true
    case 'creating':
      run(env, process, asBegun(process, spec))
      return true
    default:
      process.due = Infinity
      if (comesAgain(pod, process, spec))
        again(env, process, spec)
      return true
  }
}

/** Brings a Pod's containers to where they are now; false where they are there already. */
export function advance(env: Env): boolean {
  const specs = containersOf(env.pod.pod)
  let ever = false
  for (let moved = true; moved; ever ||= moved) {
    moved = false
    for (let i = 0; i < specs.length; i++)
      moved = step(env, specs, i) || moved
  }
  return ever
}

/** When something is due next; Infinity: nothing. */
export function nextDue({ containers, deadline }: PodProcess): number {
  let next = Infinity
  for (const process of containers) {
    if (process.stage === 'running') {
      next = Math.min(next, ending(process).at)
      if (!process.seen) {
        next = Math.min(next, process.since + NOTICED)
      }
      else if (process.term === Infinity) {
        for (const kind of PROBES) {
          const state = process.probes[kind]
          if (state && (kind === 'startup') !== process.started)
            next = Math.min(next, state.next)
        }
      }
    }
    else if (deadline === Infinity && (process.stage !== 'waiting' || process.reason !== undefined)) {
      next = Math.min(next, process.due)
    }
  }
  return next
}

/** Whether a container has ended for good. */
const forGood = ({ stage, due }: Process) => stage === 'exited' && due === Infinity

/** Whether what a Pod is for is over: its phase is Succeeded or Failed. */
export function isOver({ containers }: PodProcess): boolean {
  let left = false
  for (const each of containers) {
    const done = forGood(each)
    if (each.init && done && each.exit!.code !== 0)
      return true
    left ||= !each.init && !done
  }
  return !left
}

/** Whether nothing runs any more. */
export const stopped = ({ containers }: PodProcess) => !containers.some(running)
