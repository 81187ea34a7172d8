// kubectl top and events: what is used, what happened. upstream: kubectl pkg/cmd/top, events, metricsutil
import { ApiError } from '../../api/errors.ts'
import type { Event, Node, Pod } from '../../api/objects.ts'
import { byteValue, milliValue } from '../../api/quantity.ts'
import { kubeletLost } from '../inside/where.ts'
import { podMetrics } from '../../node/metrics.ts'
import { byTime, interval } from '../../printers/describe/index.ts'
import { tableText } from '../../printers/table.ts'
import { jsonText, yamlText } from '../../printers/yaml.ts'
import type { Call, Command } from '../command.ts'
import { Failure, misused } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { find, kindOf, listOf } from '../resources.ts'

const MiB = 1024 * 1024

interface Use { cpu: number, memory: number }
const cells = ({ cpu, memory }: Use) => [`${Math.round(cpu)}m`, `${Math.round(memory / MiB)}Mi`]

function available(io: Io): void {
  if (!io.world.metrics)
    throw new Failure('Metrics API not available')
}

const useOf = (io: Io, pod: Pod) => podMetrics(io.world, io.now, pod.spec.nodeName, pod.metadata.uid)
const total = (uses: readonly Use[]): Use => uses.reduce((sum, each) => ({ cpu: sum.cpu + each.cpu, memory: sum.memory + each.memory }), { cpu: 0, memory: 0 })

const USE = '[NAME | -l label]'

/** What is asked for, before anybody is asked. upstream: TopPodOptions.Complete, Validate. @throws Failure */
function checkTop({ flags, words, path }: Call): void {
  if (words.length > 1)
    throw misused(path, `${path.split(' ').at(-1)} ${USE}`)
  if (!['', 'cpu', 'memory'].includes(flags.text('sort-by')))
    throw new Failure('--sort-by accepts only cpu or memory')
  if (words.length && (flags.text('selector') || flags.text('field-selector')))
    throw new Failure('only one of NAME or selector can be provided')
}

function sorted<T extends { use: Use, name: string }>(rows: T[], by: string): T[] {
  return by ? [...rows].sort((a, b) => b.use[by as 'cpu'] - a.use[by as 'cpu']) : rows
}

function topPods(call: Call): undefined {
  const { io, flags, words, namespace } = call
  checkTop(call)
  available(io)
  const everywhere = flags.on('all-namespaces')
  const pods = (words.length ? words.map(name => find(io, 'Pod', namespace, name)) : [...listOf(io, 'Pod', { namespace, everywhere, labels: flags.text('selector'), fields: flags.text('field-selector') })]) as Pod[]
  const measured = pods.flatMap((pod) => {
    const metrics = useOf(io, pod)
    return metrics ? [{ pod, name: pod.metadata.name, containers: metrics.containers, use: total(Object.values(metrics.containers)) }] : []
  })
  const unknown = words.length ? pods.find(pod => !measured.some(each => each.pod === pod)) : undefined
  if (unknown)
    throw new ApiError(404, 'NotFound', `podmetrics.metrics.k8s.io "${namespace}/${unknown.metadata.name}" not found`)
  if (!measured.length) {
    if (pods.length)
      throw new Failure(`metrics not available yet`)
    io.warn(everywhere ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`)
    return undefined
  }
  const rows = sorted(measured, flags.text('sort-by'))
  const space = (pod: Pod) => everywhere ? [pod.metadata.namespace] : []
  const containers = flags.on('containers')
  const header = [...(everywhere ? ['NAMESPACE'] : []), ...(containers ? ['POD', 'NAME'] : ['NAME']), 'CPU(cores)', 'MEMORY(bytes)']
  const body = containers
    ? rows.flatMap(({ pod, containers: list }) => Object.entries(list).map(([name, use]) => [...space(pod), pod.metadata.name, name, ...cells(use)]))
    : rows.map(({ pod, use }) => [...space(pod), pod.metadata.name, ...cells(use)])
  const blank = header.slice(2).map(() => '')
  const sum = flags.on('sum') ? [[...blank, '________', '________'], [...blank, ...cells(total(rows.map(each => each.use)))]] : []
  io.print(tableText([...(flags.on('no-headers') ? [] : [header]), ...body, ...sum]))
  return undefined
}

function topNodes(call: Call): undefined {
  const { io, flags, words } = call
  checkTop(call)
  available(io)
  const nodes = (words.length ? words.map(name => find(io, 'Node', '', name)) : [...listOf(io, 'Node', { namespace: '', labels: flags.text('selector') })]) as Node[]
  const seen = ({ metadata: { name } }: Node) => !kubeletLost(io, name)
  const unknown = nodes.filter(node => !seen(node))
  if (words.length && unknown[0])
    throw new ApiError(404, 'NotFound', `nodemetrics.metrics.k8s.io "${unknown[0].metadata.name}" not found`)
  const rows = sorted(nodes.filter(seen).map((node) => {
    const use = total(io.api.list('Pod', { node: node.metadata.name }).flatMap(pod => Object.values(useOf(io, pod)?.containers ?? {})))
    const room = (name: 'cpu' | 'memory') => node.status.allocatable?.[name] ?? '0'
    const share = (part: number, all: number) => `${all ? Math.floor(part / all * 100) : 0}%`
    const [cpu, memory] = cells(use)
    return { name: node.metadata.name, use, cells: [node.metadata.name, cpu!, share(use.cpu, Number(milliValue(room('cpu')))), memory!, share(use.memory, Number(byteValue(room('memory'))))] }
  }), flags.text('sort-by'))
  io.print(tableText([...(flags.on('no-headers') ? [] : [['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)']]), ...rows.map(each => each.cells), ...unknown.map(({ metadata: { name } }) => [name, ...Array.from<string>({ length: 4 }).fill('<unknown>')])]))
  return undefined
}

export const topCommand: Command = {
  name: 'top',
  about: 'Display resource (CPU/memory) usage',
  subs: [
    { name: 'node', aliases: ['nodes', 'no'], about: 'Display resource (CPU/memory) usage of nodes', usage: `${USE} [options]`, flags: flagSet('selector,l:s sort-by:s no-headers show-capacity show-swap use-protocol-buffers:b=true'), takes: 'nodes', run: topNodes },
    { name: 'pod', aliases: ['pods', 'po'], about: 'Display resource (CPU/memory) usage of pods', usage: `${USE} [options]`, flags: flagSet('selector,l:s field-selector:s sort-by:s containers all-namespaces,A no-headers sum show-swap use-protocol-buffers:b=true'), takes: 'pods', run: topPods },
  ],
}

interface Asked { readonly namespace?: string, readonly kind?: string, readonly name?: string, readonly types: readonly string[], readonly headers: boolean }

function chosen(io: Io, { namespace, kind, name, types }: Asked): Event[] {
  return io.api.list('Event', namespace === undefined ? {} : { namespace })
    .filter(({ involvedObject: about, type }) => (!kind || (about.kind === kind && about.name === name)) && (!types.length || types.includes((type ?? '').toLowerCase())))
    .sort(byTime)
}

function rows(events: readonly Event[], now: number, { namespace }: Asked): string[][] {
  return events.map(event => [...(namespace === undefined ? [event.metadata.namespace] : []), interval(event, now), event.type ?? '', event.reason ?? '', `${event.involvedObject.kind}/${event.involvedObject.name}`, (event.message ?? '').trim()])
}

/** upstream: PrintFlags.AllowedFormats */
const FORMATS = ['go-template', 'go-template-file', 'json', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file', 'name', 'template', 'templatefile', 'yaml']
const HEADER = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']

function events({ io, flags, namespace }: Call): Waiting | undefined {
  const about = flags.text('for')
  const [type, name] = about ? about.split('/') as [string, string?] : []
  if (about && (!type || !name))
    throw new Failure('--for must be in resource/name form')
  const types = flags.list('types').map(each => each.toLowerCase())
  const bad = flags.list('types').find(each => !['normal', 'warning'].includes(each.toLowerCase()))
  if (bad !== undefined)
    throw new Failure(`valid --types are Normal or Warning`)
  const asked: Asked = { ...(!flags.on('all-namespaces') && { namespace }), ...(type && { kind: kindOf(type), name }), types, headers: !flags.on('no-headers') }
  const output = flags.text('output')
  if (output && !FORMATS.includes(output.split('=')[0]!))
    throw new Failure(`unable to match a printer suitable for the output format "${output}", allowed formats are: ${FORMATS.join(',')}`)
  const found = chosen(io, asked)
  if (output === 'yaml' || output === 'json') {
    const list = { apiVersion: 'v1', items: found, kind: 'List', metadata: { resourceVersion: '' } }
    io.print(output === 'yaml' ? yamlText(list) : jsonText(list))
    return undefined
  }
  if (found.length)
    io.print(tableText([...(asked.headers ? [[...(asked.namespace === undefined ? ['NAMESPACE'] : []), ...HEADER]] : []), ...rows(found, io.now, asked)]))
  else if (!flags.on('watch'))
    io.warn(asked.namespace === undefined ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`)
  return flags.on('watch') ? { follow: 'events', after: 200, data: { asked, since: io.api.revision() } as unknown as Plain } : undefined
}

export function goOnListening(data: Plain, io: Io): Waiting | undefined {
  const { asked, since } = data as unknown as { asked: Asked, since: number }
  const told = new Set(io.api.watch('Event', since, asked.namespace === undefined ? {} : { namespace: asked.namespace }).filter(event => event.type !== 'DELETED').map(event => event.object.metadata.uid))
  const found = chosen(io, asked).filter(event => told.has(event.metadata.uid))
  io.print(tableText(rows(found, io.now, asked)))
  return { follow: 'events', after: 200, data: { asked, since: io.api.revision() } as unknown as Plain }
}

export const eventsCommand: Command = {
  name: 'events',
  about: 'List events',
  usage: '[(-o|--output=)json|yaml|name] [--for TYPE/NAME] [--watch] [--types=Normal,Warning] [options]',
  flags: flagSet('all-namespaces,A for:s types:l watch,w no-headers output,o:s chunk-size:i=500 template:s show-managed-fields allow-missing-template-keys:b=true'),
  takes: 'none',
  run: events,
}
