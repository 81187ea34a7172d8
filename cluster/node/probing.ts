// Probes of a running container as time goes on: who is asked when, and what follows from the answers. upstream: pkg/kubelet/prober
import type { Container } from 'kubernetes-types/core/v1'
import { stop } from './ending.ts'
import type { Process } from './machine.ts'
import { PROBES, answered, ask, nextBeat, probeOf } from './probes.ts'
import type { Env } from './process.ts'

/** What the probes say together. */
export function settle(process: Process) {
  const { startup, readiness } = process.probes
  process.started = startup?.result ?? true
  process.ready = process.started && (readiness?.result ?? true)
}

/** Asks what is due to be asked; true where that changes what is reported. */
export function probe(env: Env, process: Process, spec: Container): boolean {
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
