// kubectl get: objects as tables, or whole. upstream: kubectl pkg/cmd/get
import { controllerOf } from '../../api/objects.ts'
import { ApiError } from '../../api/errors.ts'
import type { AnyObject, Kind, ObjectOf } from '../../api/objects.ts'
import { evaluate, isRelaxed, parsePath, UNEXPECTED_PATH } from '../../printers/jsonpath.ts'
import { age } from '../../printers/pod.ts'
import { columns, row } from '../../printers/rows.ts'
import { tableText } from '../../printers/table.ts'
import type { Call, Command } from '../command.ts'
import { customColumns } from '../customcolumns.ts'
import { emptyOf } from '../empty.ts'
import { ENDPOINTS, resourceOf } from '../endpoints.ts'
import { Failure, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Parsed } from '../flags.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { manifestsOf } from '../manifests.ts'
import { filesAlone } from '../pairs.ts'
import { badFormat, objectPrinter } from '../output.ts'
import { askedFor, find, fullName, gather } from '../resources.ts'
import type { Asked } from '../resources.ts'
import { compareBy } from '../sorting.ts'

const FLAGS = flagSet('output,o:s selector,l:s label-columns,L:l field-selector:s show-labels sort-by:s all-namespaces,A watch,w watch-only no-headers ignore-not-found filename,f:l recursive,R kustomize,k:s chunk-size:i=500 raw:s show-kind show-managed-fields output-watch-events server-print:b=true subresource:s template:s allow-missing-template-keys:b=true')

/** How tables are set, as plain data: a watch waits with it. */
interface Style {
  readonly wide: boolean
  readonly headers: boolean
  readonly everywhere: boolean
  readonly kinds: boolean
  readonly labels: readonly string[]
  readonly showLabels: boolean
}

const styleOf = (flags: Parsed, several: boolean): Style => ({
  wide: flags.text('output') === 'wide',
  headers: !flags.on('no-headers'),
  everywhere: flags.on('all-namespaces'),
  kinds: several || flags.on('show-kind'),
  labels: flags.list('label-columns'),
  showLabels: flags.on('show-labels'),
})

function headerOf(kind: Kind, { wide, everywhere, labels, showLabels }: Style): string[] {
  return [
    ...(everywhere && resourceOf(kind).namespaced ? ['NAMESPACE'] : []),
    ...columns(kind, wide),
    ...labels.map(label => label.slice(label.lastIndexOf('/') + 1).toUpperCase()),
    ...(showLabels ? ['LABELS'] : []),
  ]
}

function cellsOf(object: AnyObject, now: number, { wide, everywhere, kinds, labels, showLabels }: Style): (string | number)[] {
  const { kind, metadata } = object
  const cells = [...row(object as ObjectOf<Kind>, now, wide).cells]
  const own = (metadata.labels ?? {}) as Readonly<Record<string, string>>
  if (kinds && kind !== 'Event')
    cells[0] = fullName(object)
  return [
    ...(everywhere && resourceOf(kind).namespaced ? [metadata.namespace!] : []),
    ...cells,
    ...labels.map(label => own[label] ?? ''),
    ...(showLabels ? [Object.keys(own).sort().map(key => `${key}=${own[key]}`).join() || '<none>'] : []),
  ]
}

/** A table for each kind that there is something of, an empty line between them. */
export function tables(objects: readonly AnyObject[], now: number, style: Style): string {
  const groups: AnyObject[][] = []
  for (const object of objects) {
    if (groups.at(-1)?.[0]!.kind === object.kind)
      groups.at(-1)!.push(object)
    else
      groups.push([object])
  }
  return groups.map(group => tableText([...(style.headers ? [headerOf(group[0]!.kind, style)] : []), ...group.map(object => cellsOf(object, now, style))])).join('\n')
}

function sortBy(objects: AnyObject[], path: string): AnyObject[] {
  if (!isRelaxed(path))
    throw new Failure(UNEXPECTED_PATH)
  const text = path.replace(/^\{(.*)\}$/s, '$1')
  const steps = (() => {
    try {
      return parsePath(/^[.[$]/.test(text) ? text : `.${text}`)
    }
    catch (error) {
      throw new Failure(`error parsing jsonpath ${path}, ${(error as Error).message}`)
    }
  })()
  const keys = new Map(objects.map(object => [object, evaluate(steps, object)[0]]))
  if (objects.length && ![...keys.values()].some(value => value !== undefined))
    throw new Failure(`couldn't find any field with path "{${/^[.[$]/.test(text) ? text : `.${text}`}}" in the list of objects`)
  return [...objects].sort((a, b) => compareBy(keys.get(a), keys.get(b)))
}

type Scale = NonNullable<ReturnType<Io['api']['getScale']>>

/** The scale of what can be scaled. @throws ApiError */
function scaleOf(io: Io, { kind, metadata }: AnyObject): Scale {
  const scale = kind === 'Deployment' || kind === 'ReplicaSet' ? io.api.getScale(kind, metadata.namespace, metadata.name) : undefined
  if (!scale)
    throw new ApiError(404, 'NotFound', 'the server could not find the requested resource')
  return scale
}

/** upstream: printersinternal, scaleColumnDefinitions */
const scales = (all: readonly Scale[], now: number, headers: boolean) => tableText([...headers ? [['NAME', 'DESIRED', 'AVAILABLE', 'AGE']] : [], ...all.map(({ metadata, spec, status }) => [metadata.name, String(spec.replicas ?? 0), String(status.replicas), age(metadata.creationTimestamp, now)])])

const isTable = (output: string) => output === '' || output === 'wide'

function nothingFound(io: Io, asked: Asked, namespace: string, everywhere: boolean): void {
  io.warn(asked.kinds.some(kind => !resourceOf(kind).namespaced) || everywhere ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`)
}

function get({ io, flags, words, namespace, enforced }: Call): Waiting | undefined {
  if (flags.text('raw'))
    throw new Failure('--raw is not there in this kubectl: there is no server to ask by paths')
  const output = flags.text('output')
  const files = flags.list('filename')
  if (!words.length && !files.length && !flags.on('watch') && !flags.on('watch-only')) {
    io.warn('You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n')
    throw new Failure('Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples')
  }
  const part = flags.text('subresource')
  if (part && !['status', 'scale', 'resize'].includes(part))
    throw new Failure(`invalid subresource value: "${part}". Must be one of [status scale resize]`)
  const columnsPrinter = output.startsWith('custom-columns') ? customColumns(output, !flags.on('no-headers'), io) : undefined
  const printer = isTable(output) || columnsPrinter ? undefined : objectPrinter(output, flags.text('template'))
  if (!isTable(output) && !printer && !columnsPrinter)
    throw badFormat(output, true)
  // upstream: GetOptions.Validate
  if (flags.on('show-labels') && !isTable(output))
    throw new Failure(`--show-labels option cannot be used with ${output} printer`)
  filesAlone(files, words)
  const asked = files.length ? fromFiles(io, files, namespace, enforced) : askedFor(words, true)
  const which = { namespace, everywhere: flags.on('all-namespaces'), labels: flags.text('selector'), fields: flags.text('field-selector') }
  const style = styleOf(flags, asked.several)
  if (flags.on('watch') || flags.on('watch-only'))
    return watch(io, flags, asked, which, style)

  if (part && !asked.named)
    throw new Failure('a resource cannot be retrieved by its subresource without its name')
  const { objects: found, errors } = gather(io, asked, which, flags.on('ignore-not-found'))
  const objects = part === 'scale' ? found.map(object => scaleOf(io, object)) as unknown as AnyObject[] : found
  const sorted = flags.text('sort-by') ? sortBy(objects, flags.text('sort-by')) : objects
  if (columnsPrinter) {
    io.print(columnsPrinter(sorted))
  }
  else if (printer) {
    // one object that is named stands alone; all others stand in a list
    const alone = asked.named?.length === 1
    if (output === 'name')
      sorted.forEach(object => io.print(printer(object)))
    else if (alone ? sorted.length : !errors.length || sorted.length)
      io.print(printer(alone ? sorted[0]! : { apiVersion: 'v1', items: sorted, kind: 'List', metadata: { resourceVersion: '' } }))
  }
  else if (sorted.length && part === 'scale') {
    io.print(scales(objects as unknown as Scale[], io.now, style.headers))
  }
  else if (sorted.length) {
    io.print(tables(sorted, io.now, style))
  }
  else if (!errors.length && !flags.on('ignore-not-found')) {
    nothingFound(io, asked, namespace, which.everywhere)
  }
  throwAll(errors)
  return undefined
}

function fromFiles(io: Io, files: readonly string[], namespace: string, enforced: boolean): Asked {
  const named = manifestsOf(io, files, namespace, enforced).map(({ kind, object }) => ({ kind, name: object.metadata.name ?? '' }))
  const kinds = [...new Set(named.map(each => each.kind))]
  return { kinds, named, several: kinds.length > 1 }
}

interface Watch { readonly kind: Kind, readonly name?: string, readonly since: number, readonly namespace?: string, readonly labels?: string, readonly fields?: string, readonly output: string, readonly style: Style, readonly widths: readonly number[] }

/** ms between looks at what was written. */
const LOOK = 100

function watch(io: Io, flags: Parsed, asked: Asked, { namespace, everywhere, labels, fields }: { namespace: string, everywhere: boolean, labels: string, fields: string }, style: Style): Waiting {
  const [kind] = asked.kinds
  if (asked.kinds.length !== 1 || (asked.named?.length ?? 0) > 1)
    throw new Failure('you may only specify a single resource type')
  if (kind === ENDPOINTS)
    throw new Failure('endpoints cannot be watched here: kubectl get endpointslices --watch tells the same')
  const output = flags.text('output')
  if (!isTable(output) && output !== 'name' && !/^(?:yaml|json)/.test(output))
    throw badFormat(output, true)
  const name = asked.named?.[0]?.name
  const objects = name ? [find(io, kind!, namespace, name)] : gather(io, asked, { namespace, everywhere, labels, fields }).objects
  if (emptyOf(kind!))
    return { follow: 'nothing', after: LOOK, data: null }
  const since = io.api.revision()
  const shown = flags.on('watch-only') ? [] : objects
  const widths = print(io, shown, { kind: kind!, output, style, widths: [], first: true })
  return { follow: 'get', after: LOOK, data: { kind: kind!, ...(name && { name }), since, ...(resourceOf(kind!).namespaced && !everywhere && { namespace }), labels, fields, output, style, widths } as unknown as Plain }
}

/** Prints objects below those before them, in one go: a column is as wide as what has been printed so far asks for. upstream: tabwriter.RememberWidths */
function print(io: Io, objects: readonly AnyObject[], { kind, output, style, widths, first }: { kind: Kind, output: string, style: Style, widths: readonly number[], first: boolean }): number[] {
  if (!isTable(output)) {
    objects.forEach(object => io.print(objectPrinter(output)!(object)))
    return []
  }
  if (!objects.length)
    return [...widths]
  const rows = [...(first && style.headers ? [headerOf(kind, style)] : []), ...objects.map(object => cellsOf(object, io.now, style))].map(cells => cells.map(String))
  const next = rows[0]!.map((_, i) => Math.max(widths[i] ?? 6, ...rows.map(cells => cells[i]!.length + 3)))
  io.print(rows.map(cells => `${cells.map((cell, i) => i < cells.length - 1 ? cell.padEnd(next[i]!) : cell).join('')}\n`).join(''))
  return next
}

/** What was written since the last look. */
export function goOnWatching(data: Plain, io: Io): Waiting {
  const { kind, name, since, namespace, labels, fields, output, style, widths } = data as unknown as Watch
  const events = io.api.watch(kind, since, { ...(namespace !== undefined && { namespace }), ...(labels && { labels }), ...(fields && { fields }) })
  const objects = events.filter(event => name === undefined || event.object.metadata.name === name).map(event => event.object)
  // each event is printed by itself: none makes room for one that is still to come
  const next = objects.reduce((were, object) => print(io, [object], { kind, output, style, widths: were, first: !were.length }), [...widths])
  return { follow: 'get', after: LOOK, data: { ...(data as object), since: io.api.revision(), widths: next } as Plain }
}

export const getCommand: Command = {
  name: 'get',
  suggestFor: ['list', 'ps'],
  about: 'Display one or many resources',
  usage: '[(-o|--output=)json|yaml|name|jsonpath|custom-columns|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags] [options]',
  examples: '  # List all pods in ps output format\n  kubectl get pods\n\n  # List all pods in ps output format with more information (such as node name)\n  kubectl get pods -o wide\n\n  # List a single pod in JSON output format\n  kubectl get -o json pod web-pod-13je7\n\n  # List all replication controllers and services together in ps output format\n  kubectl get rs,services',
  flags: FLAGS,
  takes: 'kinds',
  run: get,
}

/** Whether something is owned by a controller. */
export const isOwned = (object: AnyObject) => !!controllerOf(object)
