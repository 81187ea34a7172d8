// A Pod as a row of a table. upstream: printers/internalversion.printPod
import type { Container, ContainerStatus } from 'kubernetes-types/core/v1'
import type { Pod } from '../api/objects.ts'
import { humanDuration } from '../api/duration.ts'
import { parseStamp } from '../timeline/clock.ts'

/** Cells in the order of the columns; numbers stand in columns of numbers. */
export interface Row {
  readonly cells: readonly (string | number)[]
  /** the phase of a Pod that is done */
  readonly completed?: 'Succeeded' | 'Failed'
}

/** How long ago a stamp was; `<unknown>` where there is none. @param now virtual ms */
export function age(text: string | undefined | null, now: number): string {
  return text ? humanDuration(now - parseStamp(text)) : '<unknown>'
}

export const orNone = (text: string | undefined) => text || '<none>'

/** Restarts, and the last time that something restarted ended. */
interface Restarts { count: number, last?: string }
function add(restarts: Restarts, { restartCount = 0, lastState }: ContainerStatus) {
  restarts.count += restartCount
  const finished = lastState?.terminated?.finishedAt
  if (finished && !(parseStamp(restarts.last) >= parseStamp(finished)))
    restarts.last = finished
}

/** How a container ended: by the reason given, else by signal or exit code. */
function ending({ reason, signal, exitCode }: { reason?: string, signal?: number, exitCode: number }): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`)
}

const isTrue = (pod: Pod, type: string) => !!pod.status.conditions?.some(each => each.type === type && each.status === 'True')

interface Summary { status: string, ready: number, all: number, restarts: Restarts }

/** What the columns READY, STATUS and RESTARTS tell of a Pod. */
export function podSummary(pod: Pod): Summary {
  const { spec, status, metadata } = pod
  const inits = spec.initContainers ?? []
  const sidecar = (name: string) => inits.some((each: Container) => each.name === name && each.restartPolicy === 'Always')
  let text: string = status.reason || status.phase
  if (status.conditions?.some(each => each.type === 'PodScheduled' && each.reason === 'SchedulingGated'))
    text = 'SchedulingGated'
  let ready = 0
  let restarts: Restarts = { count: 0 }
  const sidecars: Restarts = { count: 0 }
  let initializing = false
  for (const [i, container] of (status.initContainerStatuses ?? []).entries()) {
    const { state, name } = container
    add(restarts, container)
    if (sidecar(name))
      add(sidecars, container)
    if (state?.terminated && !state.terminated.exitCode)
      continue
    if (sidecar(name) && container.started) {
      ready += container.ready ? 1 : 0
      continue
    }
    const waiting = state?.waiting?.reason
    text = `Init:${state?.terminated ? ending(state.terminated) : waiting && waiting !== 'PodInitializing' ? waiting : `${i}/${inits.length}`}`
    initializing = true
    break
  }
  if (!initializing || isTrue(pod, 'Initialized')) {
    restarts = sidecars
    let running = false
    for (const container of [...status.containerStatuses ?? []].reverse()) {
      add(restarts, container)
      const { state } = container
      if (state?.waiting?.reason) {
        text = state.waiting.reason
      }
      else if (state?.terminated) {
        text = ending(state.terminated)
      }
      else if (container.ready && state?.running) {
        running = true
        ready++
      }
    }
    if (text === 'Completed' && running)
      text = isTrue(pod, 'Ready') ? 'Running' : 'NotReady'
  }
  if (metadata.deletionTimestamp && status.reason === 'NodeLost')
    text = 'Unknown'
  else if (metadata.deletionTimestamp && status.phase !== 'Succeeded' && status.phase !== 'Failed')
    text = 'Terminating'
  return { status: text, ready, all: spec.containers.length + inits.filter(each => sidecar(each.name)).length, restarts }
}

/** @param now virtual ms */
export function podRow(pod: Pod, now: number, wide: boolean): Row {
  const { metadata, spec, status } = pod
  const { ready, all, status: text, restarts } = podSummary(pod)
  const cells = [metadata.name, `${ready}/${all}`, text, restarts.count && restarts.last ? `${restarts.count} (${age(restarts.last, now)} ago)` : String(restarts.count), age(metadata.creationTimestamp, now)]
  if (wide) {
    const gates = spec.readinessGates ?? []
    cells.push(orNone(status.podIPs?.[0]?.ip ?? status.podIP), orNone(spec.nodeName), orNone(status.nominatedNodeName), gates.length ? `${gates.filter(gate => isTrue(pod, gate.conditionType)).length}/${gates.length}` : '<none>')
  }
  return { cells, ...((status.phase === 'Succeeded' || status.phase === 'Failed') && { completed: status.phase }) }
}
