// A container of a Pod as its kubelet knows it: what it is, whether it runs, whether it is what the Pod asks for.
import type { Container } from 'kubernetes-types/core/v1'
import type { Given } from './environment.ts'
import type { Machine, PodProcess, Process } from './machine.ts'

/** What the steps of a container's life may use. */
export interface Env {
  /** virtual ms */
  readonly now: number
  readonly machine: Machine
  readonly pod: PodProcess
  /** What the ConfigMap of a name in the Pod's namespace holds; undefined where there is none. */
  readonly data: (name: string) => Given | undefined
  /** Tells an event about a container. */
  readonly tell: (process: Process, type: 'Normal' | 'Warning', reason: string, message: string) => void
}

/** A container waits, as it is told, until it is tried again. @param ms until then */
export function wait(process: Process, now: number, reason: string, message: string, ms: number): void {
  process.stage = 'waiting'
  process.since = now
  process.due = now + ms
  process.reason = reason
  process.message = message
}

/** Until the kubelet sees that a container runs; how long a state is shown before it goes on from it; between tries of what cannot be retried sooner: ms. upstream: plegRelistPeriod, backOffPeriod */
export const NOTICED = 200
export const SHOWN = 1000
export const RETRY = 10_000

/** A Pod's containers in the order of their start. */
export const containersOf = ({ spec }: PodProcess['pod']): Container[] => [...spec.initContainers ?? [], ...spec.containers]

/** An init container that keeps running. */
export const isSidecar = ({ restartPolicy }: Container) => restartPolicy === 'Always'

/** With all its fields from the beginning, so that all processes have one shape. */
export function newProcess({ name }: Container, init: boolean): Process {
  return {
    name, init, stage: 'waiting', since: 0, due: 0, turn: 0, reason: undefined, message: undefined, exit: undefined, died: undefined, last: undefined, restarts: 0, id: '', image: '', given: undefined, seen: false,
    term: Infinity, kill: Infinity, attached: false, probes: {}, started: false, ready: false, load: undefined,
  }
}

/** Whether a container runs, as far as its kubelet knows. */
export const running = ({ stage }: Process) => stage === 'running' || stage === 'dead'
export const ended = ({ stage, exit }: Process) => stage === 'exited' && !!exit

/** Whether a container was made of another image than its Pod asks for by now. upstream: containerChanged, which compares names and images */
export const outdated = ({ image }: Process, spec: Container) => image !== '' && image !== spec.image

/** A container as it was when it was begun to be made: what has been changed since is heeded when it runs. */
export const asBegun = (process: Process, spec: Container): Container => outdated(process, spec) ? { ...spec, image: process.image } : spec

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
