// kubectl run: a Pod from a few words. upstream: kubectl pkg/cmd/run
import type { Container } from 'kubernetes-types/core/v1'
import { notFound } from '../../api/errors.ts'
import { envVarName } from '../../api/validation/names.ts'
import { attach } from '../../node/attached.ts'
import { unroll } from '../../node/programs/loops.ts'
import { startError } from '../../node/programs/missing.ts'
import { scriptOf } from '../../node/programs/script.ts'
import type { Call, Command } from '../command.ts'
import { Failure, misused } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Parsed } from '../flags.ts'
import { labelsOf, portNumberOf } from '../made.ts'
import type { Made } from '../made.ts'
import { WITHIN, goOnEnding, podOf, remove } from '../inside/attached.ts'
import type { Attached } from '../inside/attached.ts'
import { RUNNABLE } from '../inside/shell.ts'
import { processOf } from '../inside/where.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { WRITES, isDryRun, unsent, writing } from '../output.ts'
import { BY } from '../writes.ts'
import { send } from './create.ts'
import { begin } from './exec.ts'
import { linesOf } from './logs.ts'

const IMAGE = /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/

/** What may not be asked for together. upstream: RunOptions.Validate. @throws Failure */
function checkRun({ flags, words, path }: Call): void {
  const image = flags.text('image')
  if (!words[0])
    throw misused(path, 'NAME is required for run')
  if (!image)
    throw new Failure('--image is required')
  if (!IMAGE.test(image.slice(0, 400)))
    throw new Failure(`Invalid image name "${image}": invalid reference format`)
  if (flags.on('tty') && !flags.on('stdin'))
    throw misused(path, '-i/--stdin is required for containers with -t/--tty=true')
  if (flags.on('expose') && !flags.text('port'))
    throw misused(path, '--port must be set when exposing a service')
  const [restart, pull] = [flags.text('restart'), flags.text('image-pull-policy')]
  if (!['', 'Always', 'OnFailure', 'Never'].includes(restart))
    throw misused(path, `invalid restart policy: ${restart}`)
  if (flags.on('rm') && !attaches(flags))
    throw misused(path, '--rm should only be used for attached containers')
  if (attaches(flags) && isDryRun(flags))
    throw misused(path, '--dry-run=[server|client] can\'t be used with attached containers options (--attach, --stdin, or --tty)')
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pull))
    throw misused(path, `invalid image pull policy: ${pull}`)
}

/** Whether the terminal would be joined to the container: asked for, or else where its input is kept open. */
const attaches = (flags: Parsed): boolean => flags.has('attach') ? flags.on('attach') : flags.on('stdin')

/** Pairs such as `A=1`, each in a flag of its own. @throws Failure where one is none */
const pairsOf = (given: readonly string[], isName: (name: string) => boolean, wrong: string): [string, string][] => given.filter(Boolean).map((pair) => {
  const equals = pair.indexOf('=')
  if (equals < 1 || !isName(pair.slice(0, equals)))
    throw new Failure(`${wrong}: ${pair}`)
  return [pair.slice(0, equals), pair.slice(equals + 1)]
})

/** Whether what a container is to run can be run by who is joined to it: what reads what is typed cannot, and neither can what no program here does. */
function canRun(container: Container): boolean {
  const { command = [], args = [] } = container
  const words = [...command, ...args]
  const [path = '', option = '', text = ''] = words
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (['ash', 'bash', 'dash', 'sh'].includes(name) && option !== '-c')
    return false
  if (!words.length)
    return false
  return scriptOf(words).unknown === undefined || startError(container) !== undefined || (option === '-c' ? !/\b(?:case|for|if|until|while)\b/.test(unroll(text)) : RUNNABLE.includes(name))
}

/** ms between looks: less than a kubelet needs to see that a container runs. */
const LOOK = 50

/** What has ended before its Pod is told to run is only read from the log, ms. */
const SHORT = 1000

/** upstream: AttachOptions.Run */
const notice = ({ quiet }: Attached, io: Io): void => quiet ? undefined : io.warn('All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don\'t see a command prompt, try pressing enter.\n')

/** What the Pod's own command needs to be run in it: plain data. */
interface Start { readonly attached: Attached, readonly until: number, readonly seen: number }

/** Follows a Pod until its command has ended. What the machine works out is read from the log, the rest is run here. upstream: handleAttachPod */
export function goOnRunning(data: Plain, io: Io): Waiting | undefined {
  const start = data as unknown as Start
  const { attached } = start
  const pod = podOf(attached, io)
  if (!pod)
    throw notFound('Pod', attached.pod)
  const where = { io, pod, container: attached.pod }
  const process = processOf(where)
  const [spec] = pod.spec.containers as [Container]
  const words = [...spec.command ?? [], ...spec.args ?? []]
  const over = process?.stage === 'running' ? undefined : process?.died ?? process?.exit
  const runs = process?.stage === 'running'
  if (runs && scriptOf(words).unknown !== undefined) {
    attach(process)
    const waiting = begin(where, words, attached)
    if (waiting?.follow === 'exec' && waiting.after >= SHORT)
      notice(attached, io)
    return waiting
  }
  if (runs || over) {
    const lines = linesOf(where, spec, over?.started ?? process!.since, io.now, over && { at: over.ended, code: over.code }).filter(({ at }) => at > start.seen)
    io.print(lines.map(({ text }) => `${text}\n`).join(''))
  }
  if (runs && start.seen < 0 && scriptOf(words).runs >= SHORT)
    notice(attached, io)
  if (over && (attached.policy !== 'Always' || over.message === undefined))
    return goOnEnding({ ...attached, until: io.now + WITHIN } as unknown as Plain, io)
  if (!runs && io.now >= start.until) {
    remove(attached, io)
    throw new Failure('timed out waiting for the condition')
  }
  return { follow: 'run', after: LOOK, data: { ...start, seen: runs ? io.now : start.seen } as unknown as Plain }
}

function run(call: Call): Waiting | undefined {
  const { flags, words, rest } = call
  checkRun(call)
  const [name = '', ...more] = words
  const image = flags.text('image')
  const joined = flags.on('stdin') || attaches(flags)
  const refuse = () => new Failure(`a terminal within a Pod is not there in this kubectl: ${rest.length ? `ask from a Pod that runs: kubectl exec POD -- ${rest.join(' ')}` : 'run the Pod, then use kubectl logs, or kubectl exec with a command'}`)
  const args = [...more, ...rest]
  const env = pairsOf(flags.list('env'), variable => !envVarName(variable).length, 'invalid env').map(([variable, value]) => ({ name: variable, ...(value && { value }) }))
  const annotations = Object.fromEntries(pairsOf(flags.list('annotations'), () => true, 'invalid annotations format'))
  const labels = flags.text('labels') ? labelsOf(flags.text('labels')) : { run: name }
  const port = flags.text('port') ? portNumberOf(flags.text('port')) : undefined
  const container = {
    ...(args.length && (flags.on('command') ? { command: args } : { args })),
    ...(env.length && { env }),
    image,
    ...(flags.on('stdin') && { stdin: true, stdinOnce: true }),
    ...(flags.on('tty') && { tty: true }),
    ...(flags.text('image-pull-policy') && { imagePullPolicy: flags.text('image-pull-policy') }),
    name,
    ...(port !== undefined && { ports: [{ containerPort: port }] }),
    resources: {},
  }
  const pod: Made = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...(Object.keys(annotations).length && { annotations }), labels, name },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: flags.text('restart') || 'Always' },
    status: {},
  }
  if (joined) {
    if (!attaches(flags) || flags.on('expose') || !canRun(container))
      throw refuse()
    const { metadata: { namespace, uid } } = writing(call.io, 'none', api => api.create('Pod', unsent(pod, call.namespace, true) as never, BY))
    const attached: Attached = { namespace, pod: name, uid, policy: flags.text('restart') || 'Always', rm: flags.on('rm'), quiet: flags.on('quiet') }
    return goOnRunning({ attached, until: call.io.now + WITHIN, seen: -1 } as unknown as Plain, call.io)
  }
  if (flags.on('expose')) {
    send(call, { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labels }, status: { loadBalancer: {} } }, 'created')
    if (call.flags.text('output') === 'yaml')
      call.io.print('---\n')
  }
  return send(call, pod, 'created')
}

export const runCommand: Command = {
  name: 'run',
  about: 'Run a particular image on the cluster',
  usage: 'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...] [options]',
  examples: '  # Start a nginx pod\n  kubectl run nginx --image=nginx\n\n  # Start a hazelcast pod and set labels "app=hazelcast" and "env=prod" in the container\n  kubectl run hazelcast --image=hazelcast/hazelcast --labels="app=hazelcast,env=prod"',
  flags: flagSet(WRITES, 'image:s port:s labels,l:s env:a annotations:a restart:s=Always command expose stdin,i tty,t rm attach overrides:s image-pull-policy:s quiet,q privileged save-config filename,f:l kustomize,k:s recursive,R grace-period:i=-1 force cascade:s=background?background wait timeout:d pod-running-timeout:d=1m leave-stdin-open override-type:s'),
  required: ['image'],
  takes: 'none',
  run,
}
