// kubectl run, expose and autoscale: one object from a few words. upstream: kubectl pkg/cmd/run, expose, autoscale
import { ApiError } from '../../api/errors.ts'
import { formatQuantity, parseQuantity } from '../../api/quantity.ts'
import { RESOURCES } from '../../api/objects.ts'
import type { AnyObject, Service } from '../../api/objects.ts'
import { fromLabelSelector, selectorText } from '../../api/labels.ts'
import type { Call, Command } from '../command.ts'
import { Failure, misused, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Parsed } from '../flags.ts'
import { labelsOf, wholeNumber } from '../made.ts'
import type { Made } from '../made.ts'
import { dryRunOf, isDryRun, WRITES } from '../output.ts'
import { askedFor, gather, find } from '../resources.ts'
import { manifestsOf } from '../manifests.ts'
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

/** The container's port; undefined where none is asked for. upstream: generate/versioned updatePodPorts. @throws Failure */
function portOf(text: string): number | undefined {
  if (!text)
    return undefined
  const port = wholeNumber(text)
  if (typeof port !== 'bigint')
    throw new Failure(`strconv.Atoi: parsing ${JSON.stringify(text)}: ${port}`)
  return Number(BigInt.asIntN(32, port))
}

function run(call: Call): undefined {
  const { flags, words, rest } = call
  checkRun(call)
  const [name = '', ...more] = words
  const image = flags.text('image')
  if (flags.on('stdin') || attaches(flags))
    throw new Failure(`a terminal within a Pod is not there in this kubectl: ${rest.length ? `ask from a Pod that runs: kubectl exec POD -- ${rest.join(' ')}` : 'run the Pod, then use kubectl logs, or kubectl exec with a command'}`)
  const args = [...more, ...rest]
  const env = flags.list('env').map((pair) => {
    const equals = pair.indexOf('=')
    if (equals < 1)
      throw new Failure(`invalid env: ${pair}`)
    return { name: pair.slice(0, equals), value: pair.slice(equals + 1) }
  })
  const labels = flags.has('labels') ? labelsOf(flags.list('labels').join()) : { run: name }
  const annotations = Object.fromEntries(flags.list('annotations').map(pair => [pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1)]))
  const port = portOf(flags.text('port'))
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

/** The labels by which a Service finds the Pods of an object. upstream: MapBasedSelectorForObject */
function selectorFor(object: AnyObject): Record<string, string> {
  switch (object.kind) {
    case 'Pod': {
      const labels = object.metadata.labels as Record<string, string> | undefined
      if (!labels || !Object.keys(labels).length)
        throw new Failure('couldn\'t retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed')
      return labels
    }
    case 'Service': {
      const selector = object.spec.selector as Record<string, string> | undefined
      if (!selector)
        throw new Failure('couldn\'t retrieve selectors via --selector flag or introspection: the service has no pod selector set')
      return selector
    }
    case 'Deployment': case 'ReplicaSet': {
      const { matchLabels, matchExpressions } = object.spec.selector
      if (matchExpressions?.length)
        throw new Failure(`couldn't retrieve selectors via --selector flag or introspection: couldn't convert expressions - "${selectorText(fromLabelSelector(object.spec.selector) ?? [])}" to map-based selector format`)
      return matchLabels as Record<string, string>
    }
    default: throw new Failure(`cannot expose a ${object.kind}`)
  }
}

/** Letters of a Service's name at most. upstream: validation.DNS1035LabelMaxLength */
const LONGEST_LABEL = 63

interface Ported { port: number, protocol: string, targetPort?: number | string }

function portsOf(object: AnyObject): Ported[] {
  if (object.kind === 'Service')
    return ((object as Service).spec.ports ?? []).map(({ port, protocol = 'TCP' }) => ({ port, protocol }))
  const spec = object.kind === 'Pod' ? object.spec : object.kind === 'Deployment' || object.kind === 'ReplicaSet' ? object.spec.template.spec : undefined
  return (spec?.containers ?? []).flatMap(container => (container.ports ?? []).map(({ containerPort, protocol = 'TCP' }) => ({ port: containerPort, protocol })))
}

function expose(call: Call): undefined {
  const { io, flags, words, namespace, enforced } = call
  const files = flags.list('filename')
  const { objects, errors } = files.length
    ? { objects: manifestsOf(io, files, namespace, enforced).map(({ kind, object }) => find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? '')), errors: [] as unknown[] }
    : gather(io, askedFor(words), { namespace, labels: words.length > 1 || words[0]?.includes('/') ? '' : flags.text('selector') })
  for (const object of objects) {
    try {
      if (!['Pod', 'Service', 'Deployment', 'ReplicaSet'].includes(object.kind))
        throw new Failure(`cannot expose a ${[object.kind, RESOURCES[object.kind].group].filter(Boolean).join('.')}`)
      const selector = flags.text('selector') ? labelsOf(flags.text('selector')) : selectorFor(object)
      const wanted = flags.text('port')
      const found = wanted ? wanted.split(',').map(text => ({ port: Number(text), protocol: flags.text('protocol') || portsOf(object).find(each => each.port === Number(text))?.protocol || 'TCP' })) : portsOf(object)
      // a name that leads to the Pods' own addresses needs none
      if (!found.length && flags.text('cluster-ip') !== 'None')
        throw new Failure('couldn\'t find port via --port flag or introspection')
      const bad = wanted.split(',').find(text => text && !/^\d+$/.test(text))
      if (bad !== undefined)
        throw new Failure(`strconv.Atoi: parsing "${bad}": invalid syntax`)
      const target = flags.text('target-port')
      const name = flags.text('name') || object.metadata.name.slice(0, LONGEST_LABEL)
      const labels = flags.text('labels') ? labelsOf(flags.text('labels')) : object.metadata.labels as Record<string, string> | undefined
      const made: Made = {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { ...(labels && Object.keys(labels).length && { labels }), name },
        spec: {
          ...(flags.has('cluster-ip') && { clusterIP: flags.text('cluster-ip') }),
          ...(flags.text('external-ip') && { externalIPs: [flags.text('external-ip')] }),
          ...(flags.text('load-balancer-ip') && { loadBalancerIP: flags.text('load-balancer-ip') }),
          ...(found.length && { ports: found.map(({ port, protocol }, i) => ({ ...(found.length > 1 && { name: `port-${i + 1}` }), port, protocol, targetPort: target ? /^\d+$/.test(target) ? Number(target) : target : port })) }),
          selector,
          ...(flags.text('session-affinity') && { sessionAffinity: flags.text('session-affinity') }),
          ...(flags.text('type') && { type: flags.text('type') }),
        },
        status: { loadBalancer: {} },
      }
      send(call, made, 'exposed')
    }
    catch (error) {
      errors.push(error)
    }
  }
  throwAll(errors)
  return undefined
}

type Measured = 'cpu' | 'memory'

const FLOAT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

/** A number as Go's %g writes it. */
function goFloat(value: number): string {
  const [digits, exponent] = value.toExponential().split('e') as [string, string]
  return Number(exponent) < -4 || Number(exponent) >= 6 ? `${digits}e${exponent.replace(/^([+-])(\d)$/, '$10$2')}` : String(value)
}

/** A target of an autoscaler: a share of what is asked for, or an amount; without a unit it is in thousandths of a processor or in mebibytes. upstream: parseResourceInput. @throws Failure */
function targetOf(name: Measured, given: string): { averageUtilization: number, type: 'Utilization' } | { averageValue: string, type: 'AverageValue' } {
  const text = given.trim()
  if (!text)
    throw new Failure('empty input')
  if (text.endsWith('%')) {
    const share = text.slice(0, -1)
    const value = wholeNumber(share)
    if (typeof value !== 'bigint' || value < 0n || value > 2_147_483_647n)
      throw new Failure(`invalid percentage value: ${share}`)
    return { averageUtilization: Number(value), type: 'Utilization' }
  }
  const bare = FLOAT.test(text) && Number.isFinite(Number(text))
  try {
    const amount = parseQuantity(bare ? `${goFloat(Number(text))}${name === 'cpu' ? 'm' : 'Mi'}` : text)
    return { averageValue: formatQuantity(amount), type: 'AverageValue' }
  }
  catch (error) {
    throw new Failure(bare ? (error as Error).message : `invalid resource ${name} value: ${text}`)
  }
}

/** What is asked for of an autoscaler. upstream: AutoscaleOptions.Validate. @throws Failure */
function checkAutoscale({ flags }: Call): void {
  const [min, max] = [flags.number('min'), flags.number('max')]
  if (max < 1)
    throw new Failure(`--max=MAXPODS is required and must be at least 1, max: ${max}`)
  if (max < min)
    throw new Failure(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`)
  if (flags.number('cpu-percent') > 0 && flags.text('cpu'))
    throw new Failure('--cpu-percent and --cpu are mutually exclusive')
  for (const name of ['cpu', 'memory'] as const) {
    if (flags.text(name))
      targetOf(name, flags.text(name))
  }
}

const measure = (name: Measured, target: object) => ({ resource: { name, target }, type: 'Resource' })

/** An autoscaler for an object, with these metrics. upstream: createHorizontalPodAutoscalerV2 */
function scalerMade({ flags }: Call, { kind, apiVersion, metadata }: AnyObject, metrics: readonly object[]): Made {
  const min = flags.number('min')
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: flags.text('name') || metadata.name },
    spec: { maxReplicas: flags.number('max'), ...(metrics.length && { metrics }), ...(min > 0 && { minReplicas: min }), scaleTargetRef: { apiVersion, kind, name: metadata.name } },
    status: { currentMetrics: null, desiredReplicas: 0 },
  }
}

/** Why the first version of the API cannot say what is asked for; undefined where it can. Go writes a cause that is not there as `%!w(<nil>)`. upstream: canCreateHPAV1 */
function beyondV1({ flags }: Call): string | undefined {
  const [cpu, memory] = [flags.text('cpu'), flags.text('memory')]
  if (!cpu)
    return 'empty input'
  return !memory && (flags.number('cpu-percent') >= 0 || targetOf('cpu', cpu).type === 'Utilization') ? undefined : '%!w(<nil>)'
}

/** Makes an autoscaler; where the API server refuses it, whatever for, it is asked again by the first version of the API. upstream: AutoscaleOptions.Run */
function scalerSent(call: Call, object: AnyObject): void {
  const { flags } = call
  const percent = flags.number('cpu-percent')
  const metrics = [
    ...(percent > 0 ? [measure('cpu', { averageUtilization: percent, type: 'Utilization' })] : []),
    ...(['cpu', 'memory'] as const).filter(name => flags.text(name)).map(name => measure(name, targetOf(name, flags.text(name)))),
  ]
  const what = dryRunOf({ warn: () => {} }, flags) === 'client' ? 'created' : 'autoscaled'
  try {
    send(call, scalerMade(call, object, metrics), what)
  }
  catch (error) {
    if (!(error instanceof ApiError))
      throw error
    const why = beyondV1(call)
    if (why)
      throw new Failure(`failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${why}`)
    // the first version is told of no share but that of --cpu-percent
    send(call, scalerMade(call, object, percent >= 0 ? [measure('cpu', { averageUtilization: percent, type: 'Utilization' })] : []), what)
  }
}

/** A resource as Go prints it: `/v1, Resource=services`. upstream: GroupVersionResource.String */
function scaledAs({ kind, apiVersion }: AnyObject): string {
  const { group, plural } = RESOURCES[kind]
  return `${group}/${apiVersion.split('/').at(-1)}, Resource=${plural}`
}

function autoscale(call: Call): undefined {
  const { io, flags, words, namespace } = call
  if (flags.has('cpu-percent'))
    io.warn('Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., \'70%\' for utilization or \'500m\' for milliCPU).\n')
  checkAutoscale(call)
  const files = flags.list('filename')
  const { objects, errors } = files.length
    ? { objects: manifestsOf(io, files, namespace, call.enforced).map(({ kind, object }) => find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? '')), errors: [] as unknown[] }
    : gather(io, askedFor(words), { namespace })
  for (const object of objects) {
    try {
      if (object.kind !== 'Deployment' && object.kind !== 'ReplicaSet')
        throw new Failure(`cannot autoscale a ${object.kind}: could not find scale subresource for ${scaledAs(object)} in discovery information`)
      scalerSent(call, object)
    }
    catch (error) {
      errors.push(error)
    }
  }
  throwAll(errors)
  return undefined
}

export const runCommand: Command = {
  name: 'run',
  about: 'Run a particular image on the cluster',
  usage: 'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...] [options]',
  examples: '  # Start a nginx pod\n  kubectl run nginx --image=nginx\n\n  # Start a hazelcast pod and set labels "app=hazelcast" and "env=prod" in the container\n  kubectl run hazelcast --image=hazelcast/hazelcast --labels="app=hazelcast,env=prod"',
  flags: flagSet(WRITES, 'image:s port:s labels,l:l env:a annotations:a restart:s=Always command expose stdin,i tty,t rm attach overrides:s image-pull-policy:s quiet,q privileged save-config filename,f:l kustomize,k:s recursive,R grace-period:i=-1 force cascade:s=background?background wait timeout:d pod-running-timeout:d=1m leave-stdin-open override-type:s'),
  required: ['image'],
  takes: 'none',
  run,
}

export const exposeCommand: Command = {
  name: 'expose',
  about: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  usage: '(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type] [options]',
  examples: '  # Create a service for an nginx deployment, which serves on port 80 and connects to the containers on port 8000\n  kubectl expose deployment nginx --port=80 --target-port=8000',
  flags: flagSet(WRITES, 'port:s protocol:s target-port:s name:s type:s selector:s labels,l:s external-ip:s load-balancer-ip:s session-affinity:s cluster-ip:s filename,f:l recursive,R kustomize,k:s save-config overrides:s override-type:s'),
  takes: 'kinds',
  run: expose,
}

export const autoscaleCommand: Command = {
  name: 'autoscale',
  about: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  usage: '(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY] [options]',
  examples: '  # Auto scale a deployment "foo", with the number of pods between 2 and 10, no target CPU utilization specified so a default autoscaling policy will be used\n  kubectl autoscale deployment foo --min=2 --max=10',
  flags: flagSet(WRITES, 'min:i=-1 max:i=-1 cpu:s memory:s cpu-percent:i=-1 name:s filename,f:l recursive,R kustomize,k:s save-config'),
  required: ['max'],
  takes: 'kinds',
  run: autoscale,
}
