// The end of a Pod that a line is joined to: how it ended, and that it goes. upstream: kubectl pkg/cmd/run RunOptions.Run
import type { Pod } from '../../api/objects.ts'
import { leave } from '../../node/attached.ts'
import { machinesOf } from '../../node/machine.ts'
import { Failure } from '../errors.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { writing } from '../output.ts'
import { BY } from '../writes.ts'
import { processOf } from './where.ts'
import type { Where } from './where.ts'

/** A Pod that a line is joined to: its container has its name. Plain data. `until`: when its end has to be told, virtual ms. */
export interface Attached { readonly namespace: string, readonly pod: string, readonly uid: string, readonly policy: string, readonly rm: boolean, readonly quiet: boolean, readonly until?: number }

/** ms that a Pod may take to run, and to tell that it has ended. upstream: defaultPodAttachTimeout */
export const WITHIN = 60_000
const LOOK = 100

export function podOf({ namespace, pod, uid }: Attached, io: Pick<Io, 'api'>): Pod | undefined {
  const found = io.api.get('Pod', namespace, pod)
  return found?.metadata.uid === uid ? found : undefined
}

/** Takes the Pod away again, where that was asked for. upstream: removeCreatedObjects */
export function remove(attached: Attached, io: Io): void {
  const { namespace, pod, rm, quiet } = attached
  if (!rm || !podOf(attached, io))
    return
  writing(io, 'none', api => api.delete('Pod', namespace, pod, { propagationPolicy: 'Background' }, BY))
  if (!quiet)
    io.print(`pod "${pod}" deleted from ${namespace} namespace\n`)
}

/** The command has ended: so has its container. */
export function over(where: Where, attached: Attached, code: number): Waiting | undefined {
  const { io, pod } = where
  const process = processOf(where)
  if (process?.stage === 'running')
    leave(machinesOf(io.world).get(pod.spec.nodeName!)!, process, io.now, code)
  return goOnEnding({ ...attached, until: io.now + WITHIN } as unknown as Plain, io)
}

/** Waits until the Pod is told to have ended, if it ends, and gives its exit code. @throws Failure where that is not 0 */
export function goOnEnding(data: Plain, io: Io): Waiting | undefined {
  const attached = data as unknown as Attached
  const { namespace, pod: name, policy, until = io.now } = attached
  const pod = podOf(attached, io)
  const phase = pod?.status.phase
  const ended = phase === 'Succeeded' || (policy === 'Never' && phase === 'Failed')
  if (policy !== 'Always' && pod && !ended && io.now < until)
    return { follow: 'ending', after: LOOK, data }
  remove(attached, io)
  if (policy === 'Always' || phase === 'Succeeded')
    return undefined
  const terminated = ended ? pod?.status.containerStatuses?.[0]?.state?.terminated : undefined
  if (!terminated)
    throw new Failure(ended ? `pod ${namespace}/${name} failed with unknown exit code` : 'timed out waiting for the condition')
  const { exitCode, reason = '', message = '' } = terminated
  io.warn(`pod ${namespace}/${name} terminated (${reason})\n${message && `${message}\n`}`)
  throw new Failure('', { exit: exitCode, raw: true })
}
