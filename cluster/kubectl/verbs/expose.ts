// kubectl expose: a Service for what Pods are found by. upstream: kubectl pkg/cmd/expose, polymorphichelpers
import type { LabelSelector } from 'kubernetes-types/meta/v1'
import type { AnyObject } from '../../api/objects.ts'
import type { Call, Command } from '../command.ts'
import { Failure } from '../errors.ts'
import { flagSet } from '../flags.ts'
import { labelsOf, portNumberOf, wholeNumber } from '../made.ts'
import type { Made } from '../made.ts'
import { checkOutput, dryRunOf, WRITES } from '../output.ts'
import { eachNamed, groupKind } from '../visit.ts'
import { send } from './create.ts'

/** Letters of a Service's name at most. upstream: validation.DNS1035LabelMaxLength */
const LONGEST_LABEL = 63

type Labels = Readonly<Record<string, string>>

const isEmpty = (labels: object | undefined): boolean => !labels || !Object.keys(labels).length

/** Expressions of a selector as Go prints them. upstream: fmt's %+v */
const expressionsText = ({ matchExpressions = [] }: LabelSelector) => `[${matchExpressions.map(({ key, operator, values = [] }) => `{Key:${key} Operator:${operator} Values:[${values.join(' ')}]}`).join(' ')}]`

/** The labels by which the Pods of an object are found; else why there are none. upstream: MapBasedSelectorForObject */
function selectorFor(object: AnyObject): Labels | string {
  switch (object.kind) {
    case 'Pod': return isEmpty(object.metadata.labels) ? 'the pod has no labels and cannot be exposed' : object.metadata.labels as Labels
    case 'Service': return isEmpty(object.spec.selector) ? 'the service has no pod selector set' : object.spec.selector as Labels
    case 'Deployment': case 'ReplicaSet': {
      const { selector } = object.spec
      if (isEmpty(selector.matchLabels))
        return `invalid ${object.kind.toLowerCase()}: no selectors, therefore cannot be exposed`
      return selector.matchExpressions?.length ? `couldn't convert expressions - "${expressionsText(selector)}" to map-based selector format` : selector.matchLabels as Labels
    }
    default: throw new Failure(`cannot expose a ${groupKind(object)}`)
  }
}

/** The ports that an object has, each with its protocols. upstream: PortsForObject, MultiProtocolsForObject */
function portsOf(object: AnyObject): Map<string, string[]> {
  const spec = object.kind === 'Pod' ? object.spec : object.kind === 'Deployment' || object.kind === 'ReplicaSet' ? object.spec.template.spec : undefined
  const all: readonly { port: number, protocol?: string }[] = object.kind === 'Service' ? object.spec.ports ?? [] : (spec?.containers ?? []).flatMap(({ ports = [] }) => ports.map(({ containerPort, protocol }) => ({ port: containerPort, ...(protocol && { protocol }) })))
  const found = new Map<string, string[]>()
  for (const { port, protocol = 'TCP' } of all)
    found.set(String(port), [...found.get(String(port)) ?? [], protocol])
  return found
}

/** What has been asked for, or else found at the first object that had it: the next ones are exposed by the same. upstream: ExposeServiceOptions */
interface Wanted { selector?: Labels, labels?: Labels, port: string, ports: string }

/** What a Service is made of is filled in from the object that it exposes, where it is not asked for. @throws Failure */
function fillIn(wanted: Wanted, object: AnyObject, headless: boolean): void {
  if (!wanted.selector) {
    const found = selectorFor(object)
    if (typeof found === 'string')
      throw new Failure(`couldn't retrieve selectors via --selector flag or introspection: ${found}`)
    wanted.selector = found
  }
  if (!wanted.port) {
    const ports = [...portsOf(object).keys()]
    // a name that leads to the Pods' own addresses needs none
    if (!ports.length && !headless)
      throw new Failure('couldn\'t find port via --port flag or introspection')
    if (ports.length > 1)
      wanted.ports = ports.join()
    else
      wanted.port = ports[0] ?? ''
  }
  if (isEmpty(wanted.labels) && !isEmpty(object.metadata.labels))
    wanted.labels = object.metadata.labels as Labels
}

/** The ports of a Service; a port that is heard by several protocols is there once for each. @param protocol the one that is asked for; empty where each port has its own. @throws Failure */
function portsMade(text: string, protocol: string, known: ReadonlyMap<string, readonly string[]>) {
  const each = text.split(',')
  return text === '' ? [] : each.flatMap((given, i) => {
    const port = portNumberOf(given)
    const protocols = protocol ? [protocol] : known.get(given) ?? ['TCP']
    return protocols.map(one => ({ ...(each.length > 1 && { name: `port-${i + 1}` }), ...(protocols.length > 1 && { name: `port-${i + 1}-${one.toLowerCase()}` }), port, protocol: one }))
  })
}

/** upstream: intstr.Parse */
function targetOf(text: string): number | string {
  const number = wholeNumber(text)
  return typeof number === 'bigint' ? Number(BigInt.asIntN(32, number)) : text
}

/** A Service for an object. upstream: ExposeServiceOptions.createService. @throws Failure */
function serviceFor({ flags }: Call, object: AnyObject, { selector = {}, labels = {}, port, ports }: Wanted): Made {
  const [affinity, type, target] = [flags.text('session-affinity'), flags.text('type'), flags.text('target-port')]
  const made = portsMade(ports || port, flags.text('protocol'), portsOf(object))
  if (!['', 'None', 'ClientIP'].includes(affinity))
    throw new Failure(`unknown session affinity: ${affinity}`)
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...(!isEmpty(labels) && { labels }), name: flags.text('name') || object.metadata.name.slice(0, LONGEST_LABEL) },
    spec: {
      ...(flags.text('cluster-ip') && { clusterIP: flags.text('cluster-ip') }),
      ...(flags.text('external-ip') && { externalIPs: [flags.text('external-ip')] }),
      ...(type === 'LoadBalancer' && flags.text('load-balancer-ip') && { loadBalancerIP: flags.text('load-balancer-ip') }),
      ...(made.length && { ports: made.map(each => ({ ...each, targetPort: target ? targetOf(target) : each.port })) }),
      selector,
      ...(affinity && { sessionAffinity: affinity }),
      ...(type && { type }),
    },
    status: { loadBalancer: {} },
  }
}

function expose(call: Call): undefined {
  const { flags } = call
  checkOutput(flags)
  dryRunOf({ warn: () => {} }, flags)
  const [selector, labels] = [flags.text('selector'), flags.text('labels')]
  const wanted: Wanted = { port: flags.text('port'), ports: '' }
  eachNamed(call, (object) => {
    if (!['Pod', 'Service', 'Deployment', 'ReplicaSet'].includes(object.kind))
      throw new Failure(`cannot expose a ${groupKind(object)}`)
    if (selector)
      wanted.selector = labelsOf(selector)
    if (labels)
      wanted.labels = labelsOf(labels)
    fillIn(wanted, object, flags.text('cluster-ip') === 'None')
    send(call, serviceFor(call, object, wanted), 'exposed')
  })
  return undefined
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
