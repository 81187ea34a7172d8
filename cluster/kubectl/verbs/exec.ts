// kubectl exec: a few small programs, run in a container. upstream: kubectl pkg/cmd/exec
import { ApiError, badRequest } from '../../api/errors.ts'
import type { Pod } from '../../api/objects.ts'
import { containersOf } from '../../node/process.ts'
import { digest } from '../../node/status.ts'
import type { Call, Command } from '../command.ts'
import { Failure, misused } from '../errors.ts'
import { flagSet } from '../flags.ts'
import { defaultContainer, podOrNamed, podsBehind } from '../inside/behind.ts'
import { goOnEnding, over } from '../inside/attached.ts'
import type { Attached } from '../inside/attached.ts'
import { commandsOf, runPipeline, runProgram } from '../inside/shell.ts'
import { processOf, unreachable } from '../inside/where.ts'
import type { Said, Where } from '../inside/where.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import type { Pipeline } from '../words.ts'

/** What is being run in a container: what is left of it, and what is said when the time of the present program is over. Plain data. */
interface Job { readonly namespace: string, readonly pod: string, readonly container: string, readonly id: string, readonly left: readonly Pipeline[], readonly exit: number, readonly said?: Said, readonly attached?: Attached }

function finish(io: Io, exit: number): undefined {
  if (!exit)
    return undefined
  io.warn(`command terminated with exit code ${exit}\n`)
  throw new Failure('', { exit, raw: true })
}

/** Runs one command after the other, until one takes its time. */
function proceed(where: Where, job: Job): Waiting | undefined {
  const { io } = where
  const done = (code: number) => job.attached ? over(where, job.attached, code) : finish(io, code)
  let { left, exit, said } = job
  for (;;) {
    if (said) {
      io.print(said.out ?? '')
      io.warn(said.error ?? '')
      exit = said.exit
      if (said.ends)
        return done(exit)
    }
    const [next, ...others] = left
    if (!next)
      return done(exit)
    left = others
    said = undefined
    if (next.when === 'success' ? exit !== 0 : next.when === 'failure' ? exit === 0 : false)
      continue
    said = runPipeline(where, next)
    if (said.after)
      return { follow: 'exec', after: said.after, data: { ...job, left, exit, said } as unknown as Plain }
  }
}

/** The time of a program is over. */
export function goOnInside(data: Plain, io: Io): Waiting | undefined {
  const job = data as unknown as Job
  const pod = io.api.get('Pod', job.namespace, job.pod)
  const where = pod && { io, pod, container: job.container }
  // it ended with its container
  if (!where || processOf(where)?.id !== job.id || processOf(where)?.stage !== 'running')
    return job.attached ? goOnEnding(job.attached as unknown as Plain, io) : finish(io, 137)
  return proceed(where, job)
}

/** What its runtime calls an attempt to run something in a container; the same words there are always called the same. upstream: containerd execInContainer, GenerateID */
const execId = ({ pod, container }: Where, words: readonly string[]): string => digest(`${pod.metadata.uid} ${container} ${words.join(' ')}`)

/** Begins to run something in a container. @param attached where it is the container's own command, run by who is joined to it */
export function begin(where: Where, words: readonly string[], attached?: Attached): Waiting | undefined {
  const { pod, container } = where
  const job = (left: readonly Pipeline[], said?: Said): Job => ({ namespace: pod.metadata.namespace, pod: pod.metadata.name, container, id: processOf(where)?.id ?? '', left, exit: 0, said, attached })
  const [path = ''] = words
  if (['sh', 'bash', 'ash'].includes(path.slice(path.lastIndexOf('/') + 1))) {
    if (words[1] !== '-c' || words[2] === undefined)
      return proceed(where, job([], { error: 'a shell to type into is not there in this kubectl: give it a command, as in sh -c "hostname"\n', exit: 1 }))
    const commands = (() => {
      try {
        return commandsOf(where, words[2])
      }
      catch (error) {
        return `sh: ${(error as Error).message}\n`
      }
    })()
    return proceed(where, typeof commands === 'string' ? job([], { error: commands, exit: 2 }) : job(commands))
  }
  const said = path === 'exit' ? undefined : runProgram(where, words)
  if (!said)
    throw new Failure(`Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${execId(where, words)}": OCI runtime exec failed: exec failed: unable to start container process: exec: "${path}": executable file not found in $PATH: unknown`)
  return said.after ? { follow: 'exec', after: said.after, data: job([], said) as unknown as Plain } : proceed(where, job([], said))
}

function exec({ io, flags, words, rest, namespace, path }: Call): Waiting | undefined {
  const [target, ...more] = words
  if (target === undefined)
    throw new Failure('pod, type/name or --filename must be specified')
  if (more.length)
    throw misused(path, 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead')
  if (!rest.length)
    throw new Failure('you must specify at least one command for the container')
  const found = podOrNamed(io, target, namespace)
  const [pod] = podsBehind(io, found, 'fewer', 'attach to') as [Pod]
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed')
    throw new Failure(`cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`)
  const container = flags.text('container') || defaultContainer(io, pod, flags.on('quiet'))
  // what is named is looked for by the API server. upstream: registry/core/pod streamLocation
  if (!containersOf(pod).some(({ name: each }) => each === container))
    throw badRequest(`container ${container} is not valid for pod ${pod.metadata.name}`)
  if (!pod.spec.nodeName)
    throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`)
  const lost = unreachable(io, pod)
  if (lost)
    throw new ApiError(500, '', `error dialing backend: ${lost.why}`)
  if (!pod.status.containerStatuses?.find(each => each.name === container)?.state?.running)
    throw new Failure(`Internal error occurred: unable to upgrade connection: container not found ("${container}")`)
  const where = { io, pod, container }
  // its kubelet has not noticed yet that it has ended
  if (processOf(where)?.stage === 'dead')
    throw new Failure(`Internal error occurred: error executing command in container: failed to exec in container: failed to create exec "${execId(where, rest)}": cannot exec in a stopped state: unknown`)
  return begin(where, rest)
}

export const execCommand: Command = {
  name: 'exec',
  about: 'Execute a command in a container',
  usage: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...] [options]',
  examples: '  # Get output from running the \'date\' command from pod mypod, using the first container by default\n  kubectl exec mypod -- date',
  flags: flagSet('container,c:s stdin,i tty,t quiet,q filename,f:l pod-running-timeout:d=1m'),
  takes: 'pods',
  run: exec,
}
