// What is wrong with Pods and Services, for who looks at them: a list leads on to a description, and a description is explained.
import type { AnyObject } from '../api/objects.ts'
import type { Server } from '../api/server.ts'
import { scriptOf } from '../node/programs/script.ts'
import { parseStamp } from '../timeline/clock.ts'

/** A Service whose selector matches no Pod. @param asked it was described: then where to compare is told, and not yet what is wrong */
export function forSelector(api: Pick<Server, 'list'>, object: AnyObject, asked: boolean): string | undefined {
  if (object.kind !== 'Service')
    return undefined
  const selector = object.spec.selector as Record<string, string> | undefined
  if (!selector || !Object.keys(selector).length)
    return undefined
  const { namespace, name } = object.metadata
  const text = Object.entries(selector).map(([key, value]) => `${key}=${value}`).join()
  const pods = api.list('Pod', { namespace })
  if (!pods.length || pods.some(pod => Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value)))
    return undefined
  if (!asked)
    return `Is all well with ${name}? \`kubectl describe service ${name}\` tells more.`
  return `${name} selects ${text}: which Pods have that label? \`kubectl get pods --show-labels\` tells.`
}

/** A Pod as a line names it. */
const named = ({ metadata: { name, namespace } }: AnyObject, here: string) => namespace === here ? name : `${name} -n ${namespace}`

/**
 * Pods that cannot be pulled, are given what is not there, do not fit, keep crashing, or run and do not become ready. A look at a list is led on to what tells why; who has asked for that is told what it means.
 * @param asked they were described
 * @param here the namespace that a line means where it names none
 */
export function forPods(api: Pick<Server, 'list'>, pods: readonly AnyObject[], asked: boolean, here: string): string | undefined {
  for (const pod of pods) {
    if (pod.kind !== 'Pod')
      continue
    const told = forWaiting(pod) ?? forContainers(pod, asked, here) ?? forUnready(api, pod, asked, here)
    if (told)
      return told
    if (pod.status.phase === 'Pending' && !pod.spec.nodeName && pod.status.conditions?.some(each => each.type === 'PodScheduled' && each.status === 'False'))
      return asked ? 'It fits no node: the last of the events counts why, node by node.' : `${pod.metadata.name} waits for a node. \`kubectl describe pod ${named(pod, here)}\` tells why.`
  }
  return undefined
}

/** How long a readiness probe fails before something is said of it, ms: a program that takes its time to start is well. */
const PATIENCE = 15_000

/** A container that runs, and whose readiness probe has failed for a while. */
function forUnready(api: Pick<Server, 'list'>, pod: AnyObject & { kind: 'Pod' }, asked: boolean, here: string): string | undefined {
  const { name, namespace, uid, deletionTimestamp } = pod.metadata
  const container = !deletionTimestamp && pod.status.containerStatuses?.find(({ ready, state }) => !ready && state?.running)
  if (!container)
    return undefined
  const time = (text: string | null | undefined) => parseStamp(text ?? undefined) || 0
  const last = api.list('Event', { namespace })
    .filter(({ involvedObject, reason, message }) => involvedObject.uid === uid && involvedObject.fieldPath === `spec.containers{${container.name}}` && reason === 'Unhealthy' && message?.startsWith('Readiness probe failed'))
    .toSorted((a, b) => time(a.lastTimestamp) - time(b.lastTimestamp)).at(-1)
  const since = Math.max(time(container.state?.running?.startedAt), time(pod.status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime))
  if (!last || time(last.lastTimestamp) - since < PATIENCE)
    return undefined
  if (!asked)
    return `${name} runs and is not ready. \`kubectl describe pod ${named(pod, here)}\` tells why.`
  const [, code] = /statuscode: (\d+)/.exec(last.message ?? '') ?? []
  const why = last.message?.includes('connection refused')
    ? 'nothing listens on the port that it asks. Which port does the container name?'
    : code?.startsWith('4')
      ? `the program answers with ${code}. Does it have the path that is asked?`
      : code
        ? `the program answers with ${code}, an error of its own. Did the version before do better?`
        : 'the event Unhealthy has its last answer.'
  return `The readiness probe of the container ${container.name} fails: ${why}`
}

/** An init container that waits for what its words do not tell. */
function forWaiting(pod: AnyObject & { kind: 'Pod' }): string | undefined {
  for (const { name, command = [], args = [] } of pod.spec.initContainers ?? []) {
    const { unknown } = scriptOf([...command, ...args])
    if (unknown && command.length + args.length > 0 && pod.status.initContainerStatuses?.some(each => each.name === name && each.state?.running))
      return `The init container ${name} waits: what \`${unknown}\` comes to is not worked out here, so it goes on for ever. \`sleep 5\` instead would end.`
  }
  return undefined
}

function forContainers(pod: AnyObject & { kind: 'Pod' }, asked: boolean, here: string): string | undefined {
  for (const { name, state, lastState, image } of pod.status.containerStatuses ?? []) {
    const reason = state?.waiting?.reason
    const wanted = pod.spec.containers.find(each => each.name === name)?.image ?? image
    const end = state?.terminated ?? lastState?.terminated
    const pulls = reason === 'ErrImagePull' || reason === 'ImagePullBackOff'
    const absent = end?.reason === 'StartError'
    const given = reason === 'CreateContainerConfigError'
    // who ended in good order has said nothing of it
    if (!asked && (pulls || given || absent || end?.reason === 'OOMKilled' || (reason === 'CrashLoopBackOff' && end?.exitCode === 0)))
      return `${pod.metadata.name} ${pulls || given || absent ? 'does not start' : 'does not go on running'}. \`kubectl describe pod ${named(pod, here)}\` tells why.`
    if (given)
      return `The container ${name} is given what is not there: ${state?.waiting?.message ?? ''}. Once it is there, the container starts by itself.`
    if (absent)
      return `The container ${name} cannot start: its image has no such program as its command names. The message under ${state?.terminated ? 'State' : 'Last State'} tells which.`
    if (pulls)
      return `The image ${wanted} cannot be pulled: look at its name and tag.`
    if (end?.reason === 'OOMKilled')
      return `The container ${name} was killed: it used more memory than its limit. It stands under Last State.`
    const probe = pod.spec.containers.find(each => each.name === name)?.livenessProbe
    // who is told to end often does so in good order: its code says nothing of why
    if (reason === 'CrashLoopBackOff' && asked && probe && end && (end.exitCode === 0 || end.exitCode > 128))
      return `The container ${name} is ended when its liveness probe has failed: do the path and the port of the probe fit what the program answers? The events tell the last answer.`
    // nothing went wrong, and its log is empty
    if (reason === 'CrashLoopBackOff' && asked && end?.exitCode === 0)
      return `The container ${name} ends by itself, with exit code 0, and is started again: what is meant to go on needs a command that goes on, such as \`sleep 1h\`.`
    if (reason === 'CrashLoopBackOff')
      return `The container ${name} ends again and again. \`kubectl logs ${named(pod, here)} --previous\` tells its last words.`
  }
  return undefined
}
