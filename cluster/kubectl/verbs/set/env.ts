// kubectl set env. upstream: kubectl pkg/cmd/set/set_env.go, env
import type { Container, EnvVar, EnvVarSource } from 'kubernetes-types/core/v1'
import type { AnyObject } from '../../../api/objects.ts'
import { envVarName } from '../../../api/validation/names.ts'
import type { Call, Command } from '../../command.ts'
import { Failure, throwAll } from '../../errors.ts'
import { flagSet } from '../../flags.ts'
import { parted } from '../../pairs.ts'
import { askedFor, gather } from '../../resources.ts'
import { COMMON, each, of, pick, podSpec, targets } from './containers.ts'
import type { Spec } from './containers.ts'

/** Where a variable has its value from. upstream: envutil.GetEnvVarRefString */
function sourceOf({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: EnvVarSource): string {
  if (configMapKeyRef)
    return `configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`
  if (secretKeyRef)
    return `secret ${secretKeyRef.name}, key ${secretKeyRef.key}`
  if (fieldRef)
    return `field path ${fieldRef.fieldPath}`
  return resourceFieldRef ? `resource field ${resourceFieldRef.containerName ? `${resourceFieldRef.containerName}/` : ''}${resourceFieldRef.resource}` : 'invalid valueFrom'
}

/** Variables to set, and names of those to remove. upstream: envutil.ParseEnv */
function variables(given: readonly string[]): { set: EnvVar[], remove: string[] } {
  const set: EnvVar[] = []
  const remove: string[] = []
  for (const word of given) {
    const equals = word.indexOf('=')
    if (equals < 0 && !word.endsWith('-'))
      throw new Failure(`unknown environment variable: ${word}`)
    const name = word.slice(0, equals < 0 ? -1 : equals)
    const wrong = equals < 0 ? [] : envVarName(name)
    if (wrong.length)
      throw new Failure(`"${name}" is not a valid key name: ${wrong.join(';')}`)
    equals < 0 ? remove.push(name) : set.push({ name, value: word.slice(equals + 1) })
  }
  if (set.some(({ name }) => remove.includes(name)))
    throw new Failure('can not both modify and remove the same environment variable in the same command')
  return { set, remove }
}

/** A variable for each key of what is named, or of the keys that are asked for. */
function variablesFrom({ io, flags, namespace }: Call, from: string): EnvVar[] {
  const { objects, errors } = gather(io, askedFor([from]), { namespace })
  throwAll(errors)
  const keys = flags.list('keys')
  return objects.flatMap((object) => {
    if (object.kind !== 'ConfigMap')
      throw new Failure('unsupported resource specified in --from')
    const { data = {}, metadata: { name } } = object
    return Object.keys(data).sort().filter(key => !keys.length || keys.includes(key))
      .map(key => ({ name: key.toUpperCase().replace(/\W/g, '_'), valueFrom: { configMapKeyRef: { key, name } } }))
  })
}

/** upstream: updateEnv: of two of one name the first counts */
function withVariables(before: readonly EnvVar[], set: readonly EnvVar[], remove: readonly string[]): EnvVar[] {
  const first = set.filter(({ name }, i) => set.findIndex(each => each.name === name) === i)
  const kept = before.filter(({ name }) => !remove.includes(name)).map(each => first.find(({ name }) => name === each.name) ?? each)
  return [...kept, ...first.filter(({ name }) => !before.some(each => each.name === name))]
}

function run(call: Call): undefined {
  const { io, flags, words } = call
  const isVariable = (word: string) => word.includes('=') || word.endsWith('-')
  if (flags.on('all') && flags.text('selector'))
    throw new Failure('cannot set --all and --selector at the same time')
  const { resources, pairs } = parted(words, isVariable)
  if (!pairs.every(isVariable))
    throw new Failure(`all resources must be specified before environment changes: ${words.join(' ')}`)
  if (!resources.length && !flags.list('filename').length)
    throw new Failure('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (flags.on('list') && flags.text('output'))
    throw new Failure('--list and --output may not be specified together')
  const from = flags.text('from')
  if (flags.list('keys').length && !from)
    throw new Failure('when specifying --keys, a configmap or secret must be provided with --from')
  const { set: given, remove } = variables([...flags.list('env'), ...pairs])
  const set = [...given, ...from ? variablesFrom(call, from) : []].map(each => ({ ...each, name: `${flags.text('prefix')}${each.name}` }))
  const wanted = flags.text('containers')
  const changed = (object: AnyObject, container: Container): Container => {
    if (!pick(container.name, wanted))
      return container
    const { env: before = [], ...rest } = container
    for (const { name, value } of flags.on('overwrite') ? [] : set) {
      const now = before.find(each => each.name === name)
      if (now && (now.value ?? '') !== (value ?? ''))
        throw of(object, `'${name}' already has a value (${now.value ?? ''}), and --overwrite is false`)
    }
    const env = withVariables(before, set, remove)
    if (flags.on('list')) {
      io.print(`# ${object.kind} ${object.metadata.name}, container ${container.name}\n`)
      for (const { name, value = '', valueFrom } of env)
        io.print(valueFrom ? `# ${name} from ${sourceOf(valueFrom)}\n` : `${name}=${value}\n`)
    }
    return env.length ? { ...rest, env } : rest
  }
  const change = (spec: Spec, object: AnyObject): Spec => {
    if (![...spec.containers, ...spec.initContainers ?? []].some(({ name }) => pick(name, wanted)))
      io.warn(`Warning: ${object.kind}/${object.metadata.name} does not have any containers matching "${wanted}"\n`)
    const put = (list: Container[]) => list.map(container => changed(object, container))
    return { ...spec, containers: put(spec.containers), ...(spec.initContainers && { initContainers: put(spec.initContainers) }) }
  }
  if (!flags.on('list'))
    return each(call, resources, 'env', change)
  const { objects, errors } = targets(call, resources)
  throwAll(errors)
  for (const object of objects) {
    const found = podSpec(object)
    if (found)
      change(found.spec, object)
  }
  return undefined
}

export const setEnv: Command = { name: 'env', about: 'Update environment variables on a pod template', usage: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N [options]', flags: flagSet(COMMON, 'containers,c:s=* env,e:a from:s keys:l list overwrite:b=true prefix:s resolve'), takes: 'kinds', run }
