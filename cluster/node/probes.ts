// Probes: when the kubelet asks a container how it is, and what it makes of the answers. upstream: pkg/kubelet/prober
import type { Container, Probe } from 'kubernetes-types/core/v1'
import { fails, servesFrom } from './load.ts'
import type { Load } from './load.ts'
import { catFails } from './programs/files.ts'
import { commandOf, hasPage } from './programs/program.ts'

export type ProbeKind = 'startup' | 'readiness' | 'liveness'
export const PROBES = ['startup', 'readiness', 'liveness'] as const

/** The answers so far. Plain data. */
export interface ProbeState {
  /** when it asks next, virtual ms */
  next: number
  /** the last answer, and how often in a row it came */
  last?: boolean
  run: number
  /** what counts: an answer that came often enough */
  result: boolean
  /** what will be said of an answer that is being waited for in vain */
  late?: string
}

export const probeOf = (container: Container, kind: ProbeKind): Probe | undefined => container[`${kind}Probe`]

/** When a probe's worker asks next, after a time: once a period, counted from when the kubelet took the Pod in. All virtual ms. upstream: worker.run */
export function nextBeat({ periodSeconds = 10 }: Probe, accepted: number, after: number): number {
  const period = periodSeconds * 1000
  return accepted + (Math.floor((after - accepted) / period) + 1) * period
}

/**
 * A probe of a container that has just started. A container is alive, but neither started nor ready, until it says otherwise.
 * Readiness is asked at once, as the kubelet asks where it sees a container run that is not ready; the others at their worker's next beat. upstream: prober.UpdatePodStatus
 */
export function startProbe(probe: Probe, kind: ProbeKind, now: number, accepted: number): ProbeState {
  const delay = (probe.initialDelaySeconds ?? 0) * 1000
  return { next: kind === 'readiness' && !delay ? now : nextBeat(probe, accepted, now + delay - 1), last: undefined, run: 0, result: kind === 'liveness', late: undefined }
}

/** An answer: good, or what is said of a bad one, perhaps only when waiting for it is over. */
export type Answer = { readonly ok: true } | { readonly ok: false, readonly message: string, readonly late?: boolean }

const OK: Answer = { ok: true }

/** The port that a probe names, by the container's ports. */
const portOf = (container: Container, port: number | string) => typeof port === 'number' ? port : container.ports?.find(each => each.name === port)?.containerPort ?? Number(port)

/** Whether a container's program listens on a port: on its own, whatever the container names; where that is not known, on those that the container names, or on any. */
export function listensOn({ ports }: Container, { listens }: Load['program'], port: number | undefined): boolean {
  if (port === undefined)
    return listens !== 0
  if (listens)
    return listens === port
  return ports?.length ? ports.some(each => each.containerPort === port) : listens === undefined
}

/** How a program answers a probe. A busy one answers when it has come to the end of its queue. @param now virtual ms */
export function ask(container: Container, probe: Probe, load: Load, ip: string, now: number): Answer {
  const { httpGet, tcpSocket, exec, timeoutSeconds = 1 } = probe
  const bad = (message: string, late = false): Answer => ({ ok: false, message, late })
  const serves = now >= servesFrom(load) && load.program.runs === Infinity
  const late = Math.max(0, load.busyUntil - now) + load.program.cpu / load.cores + load.program.wait > timeoutSeconds * 1000
  if (exec) {
    const own = commandOf(exec.command ?? [])
    if (own ? own.runs > timeoutSeconds * 1000 : serves && late)
      return bad(`command timed out: "${(exec.command ?? []).join(' ')}" timed out after ${timeoutSeconds}s`, true)
    const missing = serves && catFails(container, exec.command ?? [])
    if (missing)
      return bad(missing)
    return (own ? own.code === 0 : serves && !fails(load, now)) ? OK : bad('')
  }
  const port = portOf(container, httpGet?.port ?? tcpSocket?.port ?? probe.grpc?.port ?? 0)
  const listens = serves && listensOn(container, load.program, port)
  const missing = httpGet && !hasPage(load.program, httpGet.path ?? '/')
  const fine = listens && (!httpGet || (!late && !missing && !fails(load, now)))
  if (fine)
    return OK
  const refused = `dial tcp ${ip}:${port}: connect: connection refused`
  if (!httpGet)
    return bad(refused)
  const url = `${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${ip}:${port}${httpGet.path ?? '/'}`
  if (!listens)
    return bad(`Get "${url}": ${refused}`)
  if (late)
    return bad(`Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`, true)
  return bad(`HTTP probe failed with statuscode: ${fails(load, now) ? 500 : 404}`)
}

/** Takes in an answer; true where it is one that counts. upstream: worker.doProbe */
export function answered(state: ProbeState, { successThreshold = 1, failureThreshold = 3 }: Probe, ok: boolean): boolean {
  state.run = state.last === ok ? state.run + 1 : 1
  state.last = ok
  const counts = state.run >= (ok ? successThreshold : failureThreshold)
  if (counts)
    state.result = ok
  return counts
}
