// kubectl wait. upstream: kubectl pkg/cmd/wait
import type { AnyObject, Kind } from '../../api/objects.ts'
import { ApiError } from '../../api/errors.ts'
import { evaluate, isRelaxed, parsePath, UNEXPECTED_PATH, valueText } from '../../printers/jsonpath.ts'
import type { Call, Command } from '../command.ts'
import { resourceOf } from '../endpoints.ts'
import { Failure, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { manifestsOf } from '../manifests.ts'
import { askedFor, checkWhich, find, listOf } from '../resources.ts'
import type { Asked, Which } from '../resources.ts'

interface For { readonly what: 'delete' | 'create' | 'condition' | 'jsonpath', readonly name?: string, readonly value?: string }
interface Target { readonly kind: Kind, readonly namespace: string, readonly name: string, /** that of the object that was there when its turn came */ readonly uid?: string }
interface State {
  readonly targets: readonly Target[]
  readonly wanted: For
  readonly until: number
  /** it looks once */
  readonly once?: boolean
  /** what has failed so far, and whether because nothing was there */
  readonly failed: readonly { readonly message: string, readonly absent?: boolean }[]
  /** kinds of which the first object has yet to appear, where none is named */
  readonly first?: { readonly kinds: readonly Kind[], readonly which: Which }
}

/** ms between looks; what is yet to be made is looked for less often. */
const LOOK = 100
const LOOK_FOR_NEW = 500
/** upstream: a negative timeout is a week */
const WEEK = 7 * 86_400_000

/** Parts a text at each single equals sign: two of them are part of it. upstream: splitJSONPathInput */
const atEquals = (text: string): string[] => text.replaceAll('==', '\0').split('=').map(part => part.replaceAll('\0', '=='))

/** A path and the value that it should lead to; empty where any will do. upstream: processJSONPathInput. @throws Failure */
function parsePathFor(text: string): For {
  const [path = '', given, ...more] = atEquals(text)
  if (more.length)
    throw new Failure('jsonpath wait format must be --for=jsonpath=\'{.status.readyReplicas}\'=3 or --for=jsonpath=\'{.status.readyReplicas}\'')
  if (path && !isRelaxed(path))
    throw new Failure(UNEXPECTED_PATH)
  const value = given?.replace(/^['"]+|['"]+$/g, '')
  if (value === '')
    throw new Failure('jsonpath wait has to have a value after equal sign, like --for=jsonpath=\'{.status.readyReplicas}\'=3')
  if (!path)
    throw new Failure('jsonpath expression cannot be empty')
  const inner = path.replace(/^\{(.*)\}$/s, '$1')
  try {
    parsePath(inner)
  }
  catch (error) {
    throw new Failure(`error parsing jsonpath ${path}, ${(error as Error).message}`)
  }
  return { what: 'jsonpath', name: inner, value: value ?? '' }
}

/** upstream: conditionFuncFor. @throws Failure on a condition that nobody knows */
function parseFor(text: string): For {
  const lower = text.toLowerCase()
  if (lower === 'delete' || lower === 'create')
    return { what: lower }
  if (text.startsWith('condition=')) {
    const given = text.slice('condition='.length)
    const equals = given.indexOf('=')
    return equals < 0 ? { what: 'condition', name: given, value: 'true' } : { what: 'condition', name: given.slice(0, equals), value: given.slice(equals + 1) }
  }
  if (text.startsWith('jsonpath='))
    return parsePathFor(text.slice('jsonpath='.length))
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

const nameOf = (kind: Kind, name: string) => `${resourceOf(kind).singular}${resourceOf(kind).group ? `.${resourceOf(kind).group}` : ''}/${name}`

/** Objects that words or files name, where they live. */
function targetsOf({ io, words, flags, namespace, enforced }: Call): { asked: Asked, targets: Target[] } {
  const files = flags.list('filename')
  if (!files.length) {
    const asked = askedFor(words, false, !!flags.text('selector') || !!flags.text('field-selector'))
    return { asked, targets: (asked.named ?? []).map(({ kind, name }) => ({ kind, namespace: resourceOf(kind).namespaced ? namespace : '', name })) }
  }
  const targets = manifestsOf(io, files, namespace, enforced).map(({ kind, object: { metadata } }) => ({ kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' }))
  return { asked: { kinds: [...new Set(targets.map(each => each.kind))], named: targets, several: false }, targets }
}

/** What is there of a target; else the API server's word that nothing is. */
function lookFor(io: Io, { kind, namespace, name }: Target): AnyObject | ApiError {
  try {
    return find(io, kind, namespace, name)
  }
  catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound')
      return error
    throw error
  }
}

function run(call: Call): Waiting | undefined {
  const { io, flags, namespace } = call
  const wanted = parseFor(flags.text('for'))
  const [timeout, all] = [flags.ms('timeout'), flags.on('all')]
  const { asked, targets } = targetsOf(call)
  const which = { namespace, everywhere: flags.on('all-namespaces'), labels: flags.text('selector'), fields: flags.text('field-selector') }
  if (!asked.named && !which.labels && !which.fields && !all)
    throw new Failure('resource(s) were provided, but no name was specified')
  checkWhich(asked, which)
  const state = { targets, wanted, until: io.now + (timeout < 0 ? WEEK : timeout), once: timeout === 0, failed: [] }
  if (wanted.what === 'create') {
    // what a file names is not waited for
    return appeared(io, asked.named ? state : { ...state, first: { kinds: asked.kinds, which } }, flags.list('filename').length > 0)
  }
  const chosen = asked.named ? targets : chosenBy(io, asked.kinds, which)
  if (!chosen.length && wanted.what !== 'delete')
    throw new Failure('no matching resources found')
  return goOn(io, { ...state, targets: chosen })
}

const chosenBy = (io: Io, kinds: readonly Kind[], which: Which): Target[] => kinds.flatMap(kind => listOf(io, kind, which)).map(({ kind, metadata }) => ({ kind, namespace: metadata.namespace ?? '', name: metadata.name, uid: metadata.uid }))

/** Waits until all are there: only where one alone is missing, since it fails at several. upstream: WaitOptions.RunWait */
function appeared(io: Io, state: State, impatient = false): Waiting | undefined {
  const { first, until } = state
  const targets = first ? chosenBy(io, first.kinds, first.which) : state.targets
  const absent = targets.map(target => lookFor(io, target)).filter(each => each instanceof ApiError)
  if (absent.length > 1 || impatient)
    throwAll(absent)
  if (targets.length && !absent.length) {
    io.print(targets.map(({ kind, name }) => `${nameOf(kind, name)} condition met\n`).join(''))
    return undefined
  }
  if (io.now >= until)
    throw new Failure('timed out waiting for the condition')
  return { follow: 'wait', after: LOOK_FOR_NEW, data: state as unknown as Plain }
}

/** Whether a target is as it should be. @throws Failure where that cannot be told */
const isMet = (object: AnyObject | undefined, uid: string | undefined, wanted: For): boolean => wanted.what === 'delete' ? object?.metadata.uid !== uid : !!object && met(object, wanted)

/** One after the other, as kubectl does: what fails does not stop the others, and the time is that of all together. */
function goOn(io: Io, state: State): Waiting | undefined {
  const { wanted, until, once } = state
  const failed = [...state.failed]
  for (const [i, target] of state.targets.entries()) {
    const { kind, name } = target
    const found = lookFor(io, target)
    if (found instanceof ApiError && target.uid === undefined) {
      if (wanted.what !== 'delete')
        failed.push({ message: found.message, absent: true })
      continue
    }
    const object = found instanceof ApiError ? undefined : found
    const uid = target.uid ?? object?.metadata.uid
    try {
      // those whose turn comes when the time is over are not looked at
      if ((i === 0 || once || io.now < until) && isMet(object, uid, wanted)) {
        io.print(`${nameOf(kind, name)} condition met\n`)
        continue
      }
      if (io.now < until)
        return { follow: 'wait', after: LOOK, data: { ...state, targets: [{ ...target, uid }, ...state.targets.slice(i + 1)], failed } as unknown as Plain }
      failed.push({ message: `${once ? 'condition not met for' : 'timed out waiting for the condition on'} ${resourceOf(kind).plural}/${name}` })
    }
    catch (error) {
      failed.push({ message: (error as Error).message })
    }
  }
  throwAll(failed.map(({ message, absent }) => absent ? new ApiError(404, 'NotFound', message) : new Failure(message)))
  return undefined
}

export const goOnWaiting = (data: Plain, io: Io): Waiting | undefined => ((data as unknown as State).wanted.what === 'create' ? appeared : goOn)(io, data as unknown as State)

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
