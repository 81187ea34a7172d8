// kubectl autoscale: an autoscaler for what can be scaled. upstream: kubectl pkg/cmd/autoscale
import { ApiError } from '../../api/errors.ts'
import type { AnyObject } from '../../api/objects.ts'
import { formatQuantity, parseQuantity } from '../../api/quantity.ts'
import type { Call, Command } from '../command.ts'
import { Failure } from '../errors.ts'
import { flagSet } from '../flags.ts'
import { wholeNumber } from '../made.ts'
import type { Made } from '../made.ts'
import { dryRunOf, WRITES } from '../output.ts'
import { eachNamed, groupVersionResource } from '../visit.ts'
import { send } from './create.ts'

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
    send(call, scalerMade(call, object, metrics), what, { alone: true })
  }
  catch (error) {
    if (!(error instanceof ApiError))
      throw error
    const why = beyondV1(call)
    if (why)
      throw new Failure(`failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${why}`)
    // the first version is told of no share but that of --cpu-percent
    send(call, scalerMade(call, object, percent >= 0 ? [measure('cpu', { averageUtilization: percent, type: 'Utilization' })] : []), what, { alone: true })
  }
}

function autoscale(call: Call): undefined {
  if (call.flags.has('cpu-percent'))
    call.io.warn('Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., \'70%\' for utilization or \'500m\' for milliCPU).\n')
  checkAutoscale(call)
  const count = eachNamed(call, (object) => {
    if (object.kind !== 'Deployment' && object.kind !== 'ReplicaSet')
      throw new Failure(`cannot autoscale a ${object.kind}: could not find scale subresource for ${groupVersionResource(object)} in discovery information`)
    scalerSent(call, object)
  })
  if (!count)
    throw new Failure('no objects passed to autoscale')
  return undefined
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
