// How a container ends: told to, by itself, with its machine. upstream: pkg/kubelet/kuberuntime
import type { Container, LifecycleHandler } from 'kubernetes-types/core/v1'
import { comesAgain } from './again.ts'
import { outOfMemoryAt } from './load.ts'
import type { Exit, Machine, PodProcess, Process } from './machine.ts'
import { containersOf, ended, running } from './process.ts'
import type { Env } from './process.ts'

/** What SIGTERM is given at least before SIGKILL, ms. upstream: minimumGracePeriodInSeconds */
const LEAST_GRACE = 2000
/** What a hook takes that is no sleep, ms. */
const HOOK = 100

/** The kubelet sees that a container has started, and forgets what it said of the one before. upstream: plegRelistPeriod */
export function see(process: Process) {
  if (process.exit) {
    process.last = process.exit
    process.restarts++
  }
  Object.assign(process, { seen: true, exit: undefined, reason: undefined, message: undefined })
}

/** How often a kubelet looks which of its containers have ended, ms. upstream: pleg.genericPlegRelistPeriod */
const RELIST = 1000

/** When a kubelet looks next: each at a time of its own, since machines were not all switched on at one instant. @param now virtual ms, which is that time itself where it is one */
export const nextRelist = ({ index }: Machine, now: number): number => now + ((index * 618 + 500 - now) % RELIST + RELIST) % RELIST

/** How a container ends now. */
export const exitOf = ({ since, id, image, given }: Process, now: number, code: number, reason: string): Exit => Object.freeze({ code, reason, started: since, ended: now, id, image, ...given && { given } })

/** The container has ended and nobody has told it to: its kubelet takes it for running until it looks again. upstream: GenericPLEG.Relist */
export function die(machine: Machine, process: Process, now: number, code: number, reason: string): void {
  Object.assign(process, { stage: 'dead', died: exitOf(process, now, code, reason), due: nextRelist(machine, now), load: undefined, probes: {} })
}

/** The container has ended, which the kubelet knows and reports at its next sync. @param after ms until it may start the container again */
export function end(process: Process, now: number, exit: Exit, after: number): void {
  if (!process.seen)
    see(process)
  process.exit = exit
  Object.assign(process, { stage: 'exited', died: undefined, since: exit.ended, due: now + after, started: false, ready: false, load: undefined, probes: {}, term: Infinity, kill: Infinity })
}

/**
 * The power goes: nothing runs any more, no address is left. What had begun begins anew when the machine is back, and so do the init containers of a Pod that is not done.
 * upstream: computePodActions with a changed sandbox
 */
export function lose(pod: PodProcess, now: number): void {
  const specs = containersOf(pod.pod)
  for (const process of pod.containers) {
    if (running(process))
      end(process, now, process.died ?? exitOf(process, now, 255, 'Unknown'), 0)
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
export function hook(handler: LifecycleHandler | undefined): number {
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
export function ending({ since, due, term, kill, load }: Process): { at: number, code: number, reason: string } {
  const { program } = load!
  const oom = outOfMemoryAt(load!)
  const byItself = oom <= since + program.runs ? { at: due, code: 137, reason: 'OOMKilled' } : { at: due, code: program.code, reason: program.code ? 'Error' : 'Completed' }
  const stopped = term + program.stop
  const told = stopped <= kill ? { at: stopped, code: program.stopCode, reason: program.stopCode ? 'Error' : 'Completed' } : { at: kill, code: 137, reason: 'Error' }
  return told.at < byItself.at ? told : byItself
}
