// Probes: when the kubelet asks a container how it is, and what it makes of the answers. upstream: pkg/kubelet/prober
import type { Container, Probe } from 'kubernetes-types/core/v1'
import { fails, servesFrom } from './load.ts'
import type { Load } from './load.ts'

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
}

export const probeOf = (container: Container, kind: ProbeKind): Probe | undefined => container[`${kind}Probe`]

/** A probe of a container that has just started. A container is alive, but neither started nor ready, until it says otherwise. */
export function startProbe({ initialDelaySeconds = 0 }: Probe, kind: ProbeKind, now: number): ProbeState {
  return { next: now + initialDelaySeconds * 1000, run: 0, result: kind === 'liveness' }
}

/** An answer: good, or what is said of a bad one. */
export type Answer = { readonly ok: true } | { readonly ok: false, readonly message: string }

const OK: Answer = { ok: true }

/** The port that a probe names, by the container's ports. */
const portOf = (container: Container, port: number | string) => typeof port === 'number' ? port : container.ports?.find(each => each.name === port)?.containerPort ?? Number(port)

/** How a program answers a probe. A busy one answers when it has come to the end of its queue. @param now virtual ms */
export function ask(container: Container, probe: Probe, load: Load, ip: string, now: number): Answer {
  const { httpGet, tcpSocket, exec, timeoutSeconds = 1 } = probe
  const bad = (message: string): Answer => ({ ok: false, message })
  const listens = now >= servesFrom(load) && load.program.runs === Infinity
  const late = Math.max(0, load.busyUntil - now) + load.program.cpu / load.cores + load.program.wait > timeoutSeconds * 1000
  if (exec)
    return !listens ? bad('') : late ? bad(`command timed out: "${(exec.command ?? []).join(' ')}" timed out after ${timeoutSeconds}s`) : fails(load, now) ? bad('') : OK
  const port = portOf(container, httpGet?.port ?? tcpSocket?.port ?? probe.grpc?.port ?? 0)
  const refused = `dial tcp ${ip}:${port}: connect: connection refused`
  if (!httpGet)
    return listens ? OK : bad(refused)
  const url = `${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${ip}:${port}${httpGet.path ?? '/'}`
  if (!listens)
    return bad(`Get "${url}": ${refused}`)
  if (late)
    return bad(`Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`)
  return fails(load, now) ? bad('HTTP probe failed with statuscode: 500') : OK
}

/** Takes in an answer; true where it changes what counts, or where a failure that counts comes again. upstream: worker.doProbe */
export function answered(state: ProbeState, { successThreshold = 1, failureThreshold = 3, periodSeconds = 10 }: Probe, ok: boolean, now: number): boolean {
  state.run = state.last === ok ? state.run + 1 : 1
  state.last = ok
  state.next = now + periodSeconds * 1000
  if (state.run < (ok ? successThreshold : failureThreshold))
    return false
  const changed = state.result !== ok
  state.result = ok
  return changed
}
