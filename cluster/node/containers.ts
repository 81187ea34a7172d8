// The life of a container: waiting, pulled, made, running, ended, and again. upstream: pkg/kubelet/kuberuntime
import type { Container } from 'kubernetes-types/core/v1'
import { again, comesAgain, heldBack } from './again.ts'
import { die, end, ending, exitOf, see, stop } from './ending.ts'
import { pull, pulled } from './images.ts'
import { outOfMemoryAt, startLoad } from './load.ts'
import { startError } from './programs/missing.ts'
import type { PodProcess, Process } from './machine.ts'
import { PROBES, probeOf, startProbe } from './probes.ts'
import { probe, settle } from './probing.ts'
import { NOTICED, SHOWN, asBegun, containersOf, ended, isOver, isSidecar, outdated, running } from './process.ts'
import type { Env } from './process.ts'

/** Whether all before it have come so far that a container may start. upstream: computeInitContainerActions, SyncPod */
function mayStart({ pod: { containers } }: Env, specs: readonly Container[], place: number): boolean {
  for (let i = 0; i < place; i++) {
    const before = containers[i]!
    if (before.init ? isSidecar(specs[i]!) ? !(running(before) && before.started) : !(ended(before) && before.exit!.code === 0) : !running(before) && !ended(before) && !before.reason)
      return false
  }
  return true
}

/** The id of the container that is being made. */
const idOf = ({ pod }: Env['pod'], { name, restarts, exit }: Process) => `${pod.metadata.uid} ${name} ${restarts + (exit ? 1 : 0)}`

/** The container runs, if its image has what it is to run. upstream: startContainer */
function run(env: Env, process: Process, spec: Container) {
  const { now, pod, tell } = env
  tell(process, 'Normal', 'Created', 'Container created')
  const message = startError(spec)
  if (message !== undefined)
    return notRun(env, process, spec, message)
  tell(process, 'Normal', 'Started', 'Container started')
  const load = startLoad(spec, now)
  Object.assign(process, { stage: 'running', since: now, seen: false, term: Infinity, kill: Infinity, attached: false, load, probes: {}, due: Math.min(now + load.program.runs, outOfMemoryAt(load)), id: idOf(pod, process) })
  for (const kind of PROBES) {
    const probe = probeOf(spec, kind)
    if (probe)
      process.probes[kind] = startProbe(probe, kind, now + NOTICED, pod.accepted)
  }
}

/** The container could not be started: it has ended without having run, and waits to be tried again where it is. upstream: ErrRunContainer, convertToAPIContainerStatuses */
function notRun({ now, pod, tell }: Env, process: Process, spec: Container, message: string) {
  tell(process, 'Warning', 'Failed', `Error: ${message}`)
  Object.assign(process, { since: now, seen: false, id: idOf(pod, process) })
  end(process, now, Object.freeze({ ...exitOf(process, now, 128, 'StartError'), message }), SHOWN)
  if (comesAgain(pod, process, spec))
    Object.assign(process, { reason: 'RunContainerError', message })
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
      // what ends by itself is noticed when the kubelet looks again
      if (process.term === Infinity) {
        die(env.machine, process, now, code, reason)
        return process.due <= now
      }
      end(process, now, exitOf(process, now, code, reason), 0)
      // one that was told to end since it is out of date begins anew, whatever the restart policy
      if (!stopping && outdated(process, spec) && !(process.init && isOver(pod)))
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
  if (process.stage === 'dead') {
    // who has to end it finds that it has ended
    if (!stopping && process.due > now)
      return false
    const { died } = process
    end(process, now, died!, heldBack(env, process, spec, died!.ended) ? SHOWN : 0)
    return true
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
    else if (process.stage === 'dead') {
      next = Math.min(next, process.due)
    }
    else if (deadline === Infinity && (process.stage !== 'waiting' || process.reason !== undefined)) {
      next = Math.min(next, process.due)
    }
  }
  return next
}
