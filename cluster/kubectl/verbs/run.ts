// kubectl run: a Pod from a few words. upstream: kubectl pkg/cmd/run
import { envVarName } from '../../api/validation/names.ts'
import type { Call, Command } from '../command.ts'
import { Failure, misused } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Parsed } from '../flags.ts'
import { labelsOf, portNumberOf } from '../made.ts'
import type { Made } from '../made.ts'
import { isDryRun, WRITES } from '../output.ts'
import { send } from './create.ts'

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

function run(call: Call): undefined {
  const { flags, words, rest } = call
  checkRun(call)
  const [name = '', ...more] = words
  const image = flags.text('image')
  if (flags.on('stdin') || attaches(flags))
    throw new Failure(`a terminal within a Pod is not there in this kubectl: ${rest.length ? `ask from a Pod that runs: kubectl exec POD -- ${rest.join(' ')}` : 'run the Pod, then use kubectl logs, or kubectl exec with a command'}`)
  const args = [...more, ...rest]
  const env = pairsOf(flags.list('env'), variable => !envVarName(variable).length, 'invalid env').map(([variable, value]) => ({ name: variable, ...(value && { value }) }))
  const annotations = Object.fromEntries(pairsOf(flags.list('annotations'), () => true, 'invalid annotations format'))
  const labels = flags.text('labels') ? labelsOf(flags.text('labels')) : { run: name }
  const port = flags.text('port') ? portNumberOf(flags.text('port')) : undefined
  const container = {
    ...(args.length && (flags.on('command') ? { command: args } : { args })),
    ...(env.length && { env }),
    image,
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
