// A Pod on its machine, from its binding to its end: what the kubelet does with it, and reports of it. upstream: pkg/kubelet/kubelet.go
import { refused } from '../api/errors.ts'
import type { Pod } from '../api/objects.ts'
import { stamp } from '../timeline/clock.ts'
import type { Context } from '../timeline/kernel.ts'
import { asksOf, lacks } from './admission.ts'
import type { Lack } from './admission.ts'
import { advance, nextDue } from './containers.ts'
import { nextRelist } from './ending.ts'
import { addressOf, dropPod, nextPodIp, putPod } from './machine.ts'
import type { Machine, PodProcess, Process } from './machine.ts'
import { containersOf, newProcess, outdated, running, stopped } from './process.ts'
import type { Env } from './process.ts'
import { podStatus } from './status.ts'

export const KUBELET = 'kubelet'
type Ctx = Context<null>

/** ms: a Pod's own address and cgroup; what is left to do when all has ended. */
const SANDBOX = 100
const CLEAN_UP = 60

/** The key of a Pod's task. */
const keyOf = (machine: Machine, uid: string) => `pod ${machine.spec.name} ${uid}`

/** ms until a Pod has its address: machines and Pods are not all ready at one instant. */
const sandbox = ({ index, pods }: Machine) => SANDBOX + (index * 37 + pods.size * 53) % 170

/** Takes in a Pod that is bound to a machine. */
function accept(ctx: Ctx, machine: Machine, pod: Pod): void {
  const { initContainers = [], containers } = pod.spec
  const asks = asksOf(pod)
  const lack = lacks(machine, asks)
  if (lack)
    return reject(ctx, machine, pod, lack)
  const key = keyOf(machine, pod.metadata.uid)
  const process: PodProcess = {
    pod,
    key,
    accepted: ctx.now,
    sandbox: sandbox(machine),
    asks,
    ip: '',
    gone: false,
    news: true,
    deadline: Infinity,
    containers: [...initContainers.map(each => newProcess(each, true)), ...containers.map(each => newProcess(each, false))],
  }
  for (const each of process.containers)
    each.due = ctx.now + process.sandbox
  putPod(machine, process)
  report(ctx, machine, process)
  ctx.enqueue(key, process.sandbox)
}

/** A Pod that was bound by somebody who did not ask whether there is room. upstream: rejectPod */
function reject({ api, now }: Ctx, { spec: { name } }: Machine, pod: Pod, { resource, message }: Lack) {
  const reason = `OutOf${resource}`
  api.event(pod, 'Warning', reason, message, KUBELET, { host: name })
  const stored = api.get('Pod', pod.metadata.namespace, pod.metadata.name)!
  api.updateStatus('Pod', { ...stored, status: { ...stored.status, phase: 'Failed', reason, message: `Pod was rejected: ${message}`, startTime: stamp(now) } }, KUBELET)
}

const isDone = ({ status: { phase } }: Pod) => phase === 'Succeeded' || phase === 'Failed'

/** A Pod as the API server has it now: new, changed, asked to end, or gone. */
export function heed(ctx: Ctx, machine: Machine, pod: Pod, gone: boolean): void {
  const { uid, deletionTimestamp } = pod.metadata
  let process = machine.pods.get(uid)
  if (!process) {
    if (gone || (isDone(pod) && !deletionTimestamp))
      return
    accept(ctx, machine, pod)
    process = machine.pods.get(uid)
    if (!process || !deletionTimestamp)
      return
  }
  // the time to end is counted from when the kubelet hears of it; a second request may only shorten it
  const { deletionGracePeriodSeconds: grace = pod.spec.terminationGracePeriodSeconds } = pod.metadata
  if ((gone || deletionTimestamp) && (process.deadline === Infinity || grace < (process.pod.metadata.deletionGracePeriodSeconds ?? Infinity)))
    process.deadline = Math.min(process.deadline, ctx.now + grace * 1000)
  process.pod = pod
  // what could not be pulled or made is tried again at once where it is to be another
  containersOf(pod).forEach((spec, i) => {
    const each = process.containers[i]!
    if (each.stage === 'waiting' && each.reason !== undefined && outdated(each, spec))
      each.due = ctx.now
  })
  process.gone ||= gone
  process.news = true
  ctx.enqueue(process.key)
}

/** Writes what has become of a Pod, if anybody can hear it. */
function report({ api, now }: Ctx, machine: Machine, process: PodProcess): void {
  const { namespace, name, uid } = process.pod.metadata
  if (!process.news || !machine.connected)
    return
  process.news = false
  const stored = api.get('Pod', namespace, name)
  if (stored?.metadata.uid === uid)
    api.updateStatus('Pod', { ...stored, status: podStatus(process, stored, addressOf(machine), now) }, KUBELET)
}

/** Whether a container is not yet worth a word. */
const unseen = (process: Process) => !process.reason && !process.exit && !(running(process) && process.seen)

/** The part of a Pod that an event is about; the same text for the same names, of which there are few. */
function partOf({ init, name }: Process): string {
  const known = init ? initContainers : containers
  let part = known.get(name)
  if (!part)
    known.set(name, part = `spec.${init ? 'initContainers' : 'containers'}{${name}}`)
  return part
}
const containers = new Map<string, string>()
const initContainers = new Map<string, string>()

/** Brings a Pod to where it is now, and reports it. */
export function sync(ctx: Ctx, machine: Machine, process: PodProcess): void {
  const { api, now, enqueue } = ctx
  const { namespace, name } = process.pod.metadata
  const { key } = process
  if (!process.ip) {
    if (now < process.accepted + process.sandbox)
      return enqueue(key, process.accepted + process.sandbox - now)
    process.ip = nextPodIp(machine)
  }
  const began = process.containers.every(unseen)
  const env: Env = {
    now,
    machine,
    pod: process,
    data(map) {
      const found = api.get('ConfigMap', namespace, map)
      return found && (found.data ?? {})
    },
    tell(container, type, reason, message) {
      if (machine.connected)
        api.event(process.pod, type, reason, message, KUBELET, { host: machine.spec.name, fieldPath: partOf(container) })
    },
  }
  const ran = !stopped(process)
  // that it is being pulled or made looks the same to all others
  if (advance(env) && !(began && process.containers.every(unseen)))
    process.news = true
  report(ctx, machine, process)
  if (process.deadline < Infinity && stopped(process)) {
    if (ran)
      return enqueue(key, CLEAN_UP)
    remove(ctx, machine, process, namespace, name)
    return
  }
  // who is joined to a container does not tell its kubelet when that has ended
  const next = Math.min(nextDue(process), process.containers.some(each => each.attached && running(each)) ? nextRelist(machine, now + 1) : Infinity)
  if (next < Infinity)
    enqueue(key, next - now)
}

/** Everything has ended: the Pod may go. */
function remove({ api }: Ctx, machine: Machine, process: PodProcess, namespace: string, name: string) {
  const { uid } = process.pod.metadata
  if (!machine.connected)
    return
  dropPod(machine, process)
  try {
    api.delete('Pod', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } }, KUBELET)
  }
  catch (error) {
    if (!refused(error))
      throw error
  }
}
