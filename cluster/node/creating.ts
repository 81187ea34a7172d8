// The step of a container's life between its image and its run. upstream: pkg/kubelet/kuberuntime
import { hook } from './ending.ts'
import { givenTo } from './environment.ts'
import { programFor } from './load.ts'
import type { Process } from './machine.ts'
import { RETRY, asBegun, containersOf, wait } from './process.ts'
import type { Env } from './process.ts'

/** Makes the container of an image that is there, with the environment as it is now. upstream: startContainer */
export function make({ now, machine, pod, data, tell }: Env, process: Process): void {
  const spec = asBegun(process, containersOf(pod.pod)[pod.containers.indexOf(process)]!)
  // a kubelet that hears nobody keeps what it was told last
  if (machine.connected || !process.given) {
    const { given, missing } = givenTo(spec, pod.pod.metadata.namespace, data)
    if (missing !== undefined) {
      tell(process, 'Warning', 'Failed', `Error: ${missing}`)
      return wait(process, now, 'CreateContainerConfigError', missing, RETRY)
    }
    process.given = given
  }
  process.stage = 'creating'
  process.since = now
  process.due = now + programFor(spec).create + hook(spec.lifecycle?.postStart)
}
