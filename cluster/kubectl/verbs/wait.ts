// kubectl wait. upstream: kubectl pkg/cmd/wait
import { RESOURCES } from '../../api/objects.ts'
import type { AnyObject, Kind } from '../../api/objects.ts'
import { refused } from '../../api/errors.ts'
import { evaluate, isRelaxed, parsePath, UNEXPECTED_PATH, valueText } from '../../printers/jsonpath.ts'
import type { Call, Command } from '../command.ts'
import { Failure, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { manifestsOf } from '../manifests.ts'
import { askedFor, gather, listOf } from '../resources.ts'

interface For { readonly what: 'delete' | 'create' | 'condition' | 'jsonpath', readonly name?: string, readonly value?: string }
interface Target { readonly kind: Kind, readonly namespace: string, readonly name: string, readonly uid?: string }
interface State { readonly targets: readonly Target[], readonly wanted: For, readonly until: number, /** it looks once */ readonly once?: boolean }

/** ms between looks. */
const LOOK = 100
/** upstream: a negative timeout is a week */
const WEEK = 7 * 86_400_000

/** @throws Failure on a condition that nobody knows */
function parseFor(text: string): For {
  const lower = text.toLowerCase()
  if (lower === 'delete' || lower === 'create')
    return { what: lower }
  if (text.startsWith('condition=')) {
    const [name = '', value = 'true', ...more] = text.slice(10).split('=')
    if (!name || more.length)
      throw new Failure(`unrecognized condition: "${text}"`)
    return { what: 'condition', name, value }
  }
  if (text.startsWith('jsonpath=')) {
    const rest = text.slice(9)
    const close = rest.startsWith('{') ? rest.lastIndexOf('}') + 1 : rest.lastIndexOf('=')
    const [path, after] = close > 0 ? [rest.slice(0, close), rest.slice(close)] : [rest, '']
    const value = after.replace(/^=+/, '').replace(/^(["'])(.*)\1$/s, '$2')
    if (!path)
      throw new Failure('jsonpath expression cannot be empty')
    if (!isRelaxed(path))
      throw new Failure(UNEXPECTED_PATH)
    if (after.startsWith('=') && !value)
      throw new Failure('jsonpath wait has to have a value after equal sign, like --for=jsonpath=\'{.status.readyReplicas}\'=3')
    const inner = path.replace(/^\{(.*)\}$/s, '$1')
    try {
      parsePath(inner)
    }
    catch (error) {
      throw new Failure(`error parsing jsonpath ${path}, ${(error as Error).message}`)
    }
    return { what: 'jsonpath', name: inner, value }
  }
  throw new Failure(`unrecognized condition: "${text}"`)
}

interface Condition { type: string, status: string, observedGeneration?: number }

function met(object: AnyObject, { what, name = '', value = '' }: For): boolean {
  if (what === 'condition') {
    const { conditions = [], observedGeneration } = (object as { status?: { conditions?: Condition[], observedGeneration?: number } }).status ?? {}
    const found = conditions.find(each => each.type.toLowerCase() === name.toLowerCase())
    const seen = found?.observedGeneration ?? observedGeneration
    // what was said of an older generation does not count
    if (!found || (seen !== undefined && object.metadata.generation !== undefined && seen < object.metadata.generation))
      return false
    return found.status.toLowerCase() === value.toLowerCase()
  }
  const values = (() => {
    try {
      return evaluate(parsePath(name.startsWith('.') || name.startsWith('[') || name.startsWith('$') ? name : `.${name}`), object)
    }
    catch {
      return []
    }
  })()
  if (values.length > 1)
    throw new Failure('given jsonpath expression matches more than one value')
  if (value !== '' && typeof values[0] === 'object' && values[0] !== null)
    throw new Failure('jsonpath leads to a nested object or list which is not supported')
  return values.length === 1 && (value === '' || valueText(values[0]).trim() === value.trim())
}

const nameOf = ({ kind, name }: { kind: Kind, name: string }) => `${RESOURCES[kind].singular}${RESOURCES[kind].group ? `.${RESOURCES[kind].group}` : ''}/${name}`

function run(call: Call): Waiting | undefined {
  const { io, flags, words, namespace, enforced } = call
  const wanted = parseFor(flags.text('for'))
  const timeout = flags.ms('timeout')
  const files = flags.list('filename')
  const fromFiles = () => {
    const named = manifestsOf(io, files, namespace, enforced).map(({ kind, object }) => ({ kind, name: object.metadata.name ?? '' }))
    return { kinds: [...new Set(named.map(each => each.kind))], named, several: false }
  }
  const asked = files.length ? fromFiles() : askedFor(words)
  const which = { namespace, everywhere: flags.on('all-namespaces'), labels: flags.text('selector'), fields: flags.text('field-selector') }
  if (!asked.named && !which.labels && !which.fields && !flags.on('all'))
    throw new Failure('resource(s) were provided, but no name was specified')
  if (wanted.what === 'create') {
    if (!asked.named)
      throw new Failure('resource name must be provided')
    return goOn(io, { targets: asked.named.map(({ kind, name }) => ({ kind, namespace: RESOURCES[kind].namespaced ? namespace : '', name })), wanted, until: io.now + (timeout < 0 ? WEEK : timeout) })
  }
  const { objects, errors } = flags.on('all') && !asked.named ? { objects: asked.kinds.flatMap(kind => [...listOf(io, kind, which)]), errors: [] as unknown[] } : gather(io, asked, which)
  const missed = wanted.what === 'delete' ? errors.filter(error => !refused(error, 'NotFound')) : errors
  throwAll(missed)
  if (!objects.length) {
    if (wanted.what === 'delete')
      return undefined
    throw new Failure('no matching resources found')
  }
  const targets = objects.map(({ kind, metadata }) => ({ kind, namespace: metadata.namespace ?? '', name: metadata.name, uid: metadata.uid }))
  return goOn(io, { targets, wanted, until: io.now + (timeout < 0 ? WEEK : timeout), once: timeout === 0 })
}

/** One after the other, as kubectl does. */
function goOn(io: Io, state: State): Waiting | undefined {
  const { wanted, until } = state
  let left = state.targets
  for (const target of state.targets) {
    const { kind, namespace, name, uid } = target
    const object = io.api.get(kind, namespace, name)
    const is = wanted.what === 'delete' ? !object || object.metadata.uid !== uid : wanted.what === 'create' ? !!object : !!object && met(object, wanted)
    if (!is)
      break
    io.print(`${nameOf(target)} condition met\n`)
    left = left.slice(1)
  }
  if (!left.length)
    return undefined
  if (io.now >= until) {
    throwAll(left.map(({ kind, name }) => new Failure(`${state.once ? 'condition not met for' : 'timed out waiting for the condition on'} ${RESOURCES[kind].plural}/${name}`)))
  }
  return { follow: 'wait', after: LOOK, data: { targets: left, wanted, until } as unknown as Plain }
}

export const goOnWaiting = (data: Plain, io: Io): Waiting | undefined => goOn(io, data as unknown as State)

export const waitCommand: Command = {
  name: 'wait',
  suggestFor: ['list', 'ps'],
  about: 'Wait for a specific condition on one or many resources',
  usage: '([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath=\'{}\'[=value]] [options]',
  examples: '  # Wait for the pod "busybox1" to contain the status condition of type "Ready"\n  kubectl wait --for=condition=Ready pod/busybox1\n\n  # Wait for the pod "busybox1" to be deleted, with a timeout of 60s\n  kubectl wait --for=delete pod/busybox1 --timeout=60s',
  flags: flagSet('for:s timeout:d=30s all all-namespaces,A selector,l:s field-selector:s filename,f:l recursive,R local output,o:s template:s show-managed-fields allow-missing-template-keys:b=true'),
  takes: 'kinds',
  run,
}
