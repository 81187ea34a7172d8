// The step of a container's life between its image and its run. upstream: pkg/kubelet/kuberuntime
import { hook } from './ending.ts'
import { programFor } from './load.ts'
import type { Process } from './machine.ts'
import { asBegun, containersOf } from './process.ts'
import type { Env } from './process.ts'

/** Makes the container of an image that is there. */
export function make({ now, pod }: Env, process: Process): void {
  const spec = asBegun(process, containersOf(pod.pod)[pod.containers.indexOf(process)]!)
  process.stage = 'creating'
  process.since = now
  process.due = now + programFor(spec).create + hook(spec.lifecycle?.postStart)
}
