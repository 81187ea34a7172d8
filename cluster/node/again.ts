// A container that has ended comes again: whether, and after which back-off. upstream: pkg/kubelet/kuberuntime
import type { Container } from 'kubernetes-types/core/v1'
import { backoffDelay, inBackoffSince, nextBackoff } from '../controllers/backoff.ts'
import { goDuration, pull } from './images.ts'
import type { PodProcess, Process } from './machine.ts'
import { isOver, isSidecar } from './process.ts'
import type { Env } from './process.ts'

/** Whether a container that has ended comes again. upstream: ShouldContainerBeRestarted */
export function comesAgain(pod: PodProcess, { init, exit }: Process, container: Container): boolean {
  if (isSidecar(container))
    return !isOver(pod)
  const { restartPolicy = 'Always' } = pod.pod.spec
  return exit!.code ? restartPolicy !== 'Never' : !init && restartPolicy === 'Always'
}

/** Another image is another container: how often the one before failed does not count. upstream: GetStableKey */
const keyOf = ({ pod }: PodProcess, { name }: Process, { image }: Container) => `${pod.metadata.uid} ${name} ${image}`

/** Whether a container that has just ended has to wait before it comes again. @param at when it ended, virtual ms */
export const heldBack = ({ machine, pod, now }: Env, process: Process, spec: Container, at: number) => inBackoffSince(machine.crashes, keyOf(pod, process, spec), at, now)

/** upstream: doBackOff */
export function again(env: Env, process: Process, spec: Container) {
  const { machine, now, pod, tell } = env
  const { name, namespace, uid } = pod.pod.metadata
  const key = keyOf(pod, process, spec)
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
