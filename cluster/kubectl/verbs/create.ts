// kubectl create: from files, or from words. upstream: kubectl pkg/cmd/create
import { ApiError } from '../../api/errors.ts'
import type { AnyObject } from '../../api/objects.ts'
import { annotated } from '../../api/apply.ts'
import { configKey, dnsSubdomain, envVarName } from '../../api/validation/names.ts'
import type { Call, Command } from '../command.ts'
import { notThere } from '../empty.ts'
import { Failure, misused, throwAll, whileDoing } from '../errors.ts'
import { flagSet } from '../flags.ts'
import { deploymentMade, portMade, serviceMade } from '../made.ts'
import type { Made } from '../made.ts'
import { checked, placed, readFile, readManifests, validationOf } from '../manifests.ts'
import { checkOutput, done, dryRunOf, unsent, writing, WRITES } from '../output.ts'
import { BY } from '../writes.ts'

const MAKES = `${WRITES} save-config`

/** Exactly one name. upstream: NameFromCommandArgs */
export function oneName(words: readonly string[], path: string): string {
  if (words.length !== 1)
    throw misused(path, `exactly one NAME is required, got ${words.length}`)
  return words[0]!
}

/** Sends what was made, or prints what would be sent. @param failing how a refusal is told: `failed to create deployment` @param alone as `done` has it */
export function send(call: Call, made: Made, what: string, { failing, alone }: { failing?: string, alone?: boolean } = {}): undefined {
  const { io, flags, namespace, enforced } = call
  checkOutput(flags)
  const dry = dryRunOf(io, flags)
  const placedHere = unsent(made, namespace, enforced || dry !== 'client')
  const object = flags.on('save-config') ? annotated(made.kind, placedHere) as unknown as Made : placedHere
  if (dry === 'client') {
    done(io, flags, object, what, dry, alone)
    return undefined
  }
  try {
    done(io, flags, writing(io, dry, api => api.create(made.kind, object, BY)), what, dry, alone)
  }
  catch (error) {
    throw failing && error instanceof ApiError ? new Failure(`${failing}: ${error.message}`) : error
  }
  return undefined
}

function create(call: Call): undefined {
  const { io, flags, words, namespace, enforced, path } = call
  const files = flags.list('filename')
  if (!files.length && !words.length)
    throw new Failure('must specify one of -f and -k')
  if (words.length)
    throw misused(path, `Unexpected args: [${words.join(' ')}]`)
  checkOutput(flags)
  const dry = dryRunOf(io, flags)
  const { manifests, errors } = readManifests(io, files, 'create', validationOf(flags) !== 'ignore')
  writing(io, dry, (api) => {
    for (const manifest of manifests) {
      try {
        const { kind, object, source } = checked(io, flags, placed(manifest, namespace, enforced))
        const given = flags.on('save-config') ? annotated(kind, object) : object
        try {
          const created = dry === 'client' ? given as unknown as AnyObject : api.create(kind, given, BY)
          done(io, flags, created as AnyObject, 'created', dry)
        }
        catch (error) {
          throw whileDoing('creating', source, error)
        }
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

function createDeployment(call: Call): undefined {
  const { io, flags, words, rest, path } = call
  const images = flags.list('image')
  const name = oneName(words, path)
  if (flags.number('replicas') < 0)
    throw new Failure('replicas must be greater than or equal to 0')
  if (images.length > 1 && rest.length)
    throw new Failure('cannot specify multiple --image options and command')
  return send(call, deploymentMade(name, images, flags.number('replicas'), { port: flags.has('port') ? flags.number('port') : undefined, command: rest, random: io.random }), 'created', { failing: 'failed to create deployment' })
}

/** A key and a file of `key=file`, or of a file alone. upstream: util.ParseFileSource */
function fileSource(source: string): { key?: string, file: string } {
  const [first = '', second, ...more] = source.split('=')
  if (more.length)
    throw new Failure('key names or file paths cannot contain \'=\'')
  if (second === undefined)
    return { file: source }
  if (!first)
    throw new Failure(`key name for file path ${second} missing`)
  if (!second)
    throw new Failure(`file path for key name ${first} missing`)
  return { key: first, file: second }
}

/** upstream: cmdutil.processEnvFileLine. @returns undefined for an empty line or a comment */
function variableOf(line: string): [string, string] | undefined {
  const text = line.replace(/\r$/, '').trimStart()
  if (!text || text.startsWith('#'))
    return undefined
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : text.slice(0, equals)
  const wrong = envVarName(name)
  if (wrong.length)
    throw new Failure(`${JSON.stringify(name)} is not a valid key name: ${wrong.join(';')}`)
  // without a sign the value is that of the environment, where there is none
  return [name, equals < 0 ? '' : text.slice(equals + 1)]
}

const isFolder = (path: string) => path === '.' || path === './'

/** Data of a ConfigMap from files, literals and files of variables. upstream: handleConfigMapFromFileSources, …FromLiteralSources, …FromEnvFileSources */
function dataOf({ io, flags, words }: Call): Record<string, string> {
  const data: Record<string, string> = {}
  const add = (key: string, value: string) => {
    const wrong = configKey(key)
    if (wrong.length)
      throw new Failure(`${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${wrong.join()}`)
    if (Object.hasOwn(data, key))
      throw new Failure(`cannot add key "${key}", another key by that name already exists in Data for ConfigMap "${words[0]}"`)
    data[key] = value
  }
  const read = (file: string) => {
    if (!Object.hasOwn(io.session.files, file.replace(/^\.\//, '')))
      throw new Failure(`error reading ${file}: no such file or directory`)
    return readFile(io, file)
  }
  for (const source of flags.list('from-file')) {
    const { key, file } = fileSource(source)
    if (isFolder(file) && key !== undefined)
      throw new Failure('cannot give a key name for a directory path')
    if (isFolder(file))
      Object.keys(io.session.files).sort().forEach(name => add(name, read(name)))
    else
      add(key ?? file.slice(file.lastIndexOf('/') + 1), read(file))
  }
  for (const literal of flags.list('from-literal')) {
    const equals = literal.indexOf('=')
    if (equals < 1)
      throw new Failure(`invalid literal source ${literal}, expected key=value`)
    add(literal.slice(0, equals), literal.slice(equals + 1))
  }
  for (const file of flags.list('from-env-file')) {
    if (isFolder(file))
      throw new Failure('env config file cannot be a directory')
    for (const line of read(file).split('\n')) {
      const variable = variableOf(line)
      if (variable)
        add(...variable)
    }
  }
  return data
}

function createConfigMap(call: Call): undefined {
  const name = oneName(call.words, call.path)
  if (!name)
    throw new Failure('name must be specified')
  if (call.flags.list('from-env-file').length && (call.flags.list('from-file').length || call.flags.list('from-literal').length))
    throw new Failure('from-env-file cannot be combined with from-file or from-literal')
  const data = dataOf(call)
  return send(call, { apiVersion: 'v1', ...(Object.keys(data).length && { data }), kind: 'ConfigMap', metadata: { name } }, 'created', { failing: 'failed to create configmap' })
}

function createNamespace(call: Call): undefined {
  const name = oneName(call.words, call.path)
  return send({ ...call, enforced: false }, { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {}, status: {} }, 'created')
}

function serviceCommand(name: string, type: string, about: string, more = ''): Command {
  return {
    name,
    about,
    usage: 'NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none] [options]',
    flags: flagSet(MAKES, 'tcp:l', more),
    takes: 'none',
    ...(type === 'ExternalName' && { required: ['external-name'] }),
    run(call) {
      const { flags, words, path } = call
      const given = oneName(words, path)
      const [ports, clusterIP, externalName] = [flags.list('tcp'), flags.text('clusterip'), flags.text('external-name')]
      if (!ports.length && clusterIP !== 'None' && type !== 'ExternalName')
        throw new Failure('at least one tcp port specifier must be provided')
      if (type === 'ExternalName' && dnsSubdomain(externalName).length)
        throw new Failure(`invalid service external name ${externalName}`)
      const made = serviceMade(given, type, ports.map(portMade), { ...(clusterIP && { clusterIP }), externalName, nodePort: flags.number('node-port') })
      return send(call, made, 'created', { failing: `failed to create ${type} service` })
    },
  }
}

/** A kind that the cluster has not: whatever flags it would have. */
const notHere = (name: string, kind: string, about: string, aliases: readonly string[] = []): Command => ({
  name,
  aliases,
  about,
  takes: 'none',
  flags: flagSet(MAKES, 'image:s from-literal:a from-file:l schedule:s class:s rule:a verb:l resource:l resource-name:l non-resource-url:l aggregation-rule:s serviceaccount:l clusterrole:s role:s user:a group:a', 'min-available:s max-unavailable:s selector:s hard:s scopes:s value:i global-default description:s preemption-policy:s audience:l duration:d bound-object-kind:s bound-object-name:s bound-object-uid:s'),
  run() {
    throw new Failure(notThere(kind))
  },
})

export const createCommand: Command = {
  name: 'create',
  about: 'Create a resource from a file or from stdin',
  usage: '-f FILENAME [options]',
  examples: '  # Create a pod using the data in pod.json\n  kubectl create -f ./pod.json\n\n  # Create a pod based on the JSON passed into stdin\n  cat pod.json | kubectl create -f -',
  flags: flagSet(MAKES, 'filename,f:l recursive,R kustomize,k:s selector,l:s edit raw:s windows-line-endings'),
  takes: 'none',
  run: create,
  subs: [
    { name: 'configmap', aliases: ['cm'], about: 'Create a config map from a local file, directory or literal value', usage: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none] [options]', flags: flagSet(MAKES, 'from-literal:a from-file:l from-env-file:l append-hash'), takes: 'none', run: createConfigMap },
    { name: 'deployment', aliases: ['deploy'], about: 'Create a deployment with the specified name', usage: 'NAME --image=image -- [COMMAND] [args...] [options]', examples: '  # Create a deployment named my-dep that runs the busybox image\n  kubectl create deployment my-dep --image=busybox\n\n  # Create a deployment named my-dep that runs the nginx image with 3 replicas\n  kubectl create deployment my-dep --image=nginx --replicas=3', flags: flagSet(MAKES, 'image:l port:i=-1 replicas,r:i=1'), required: ['image'], takes: 'none', run: createDeployment },
    { name: 'namespace', aliases: ['ns'], about: 'Create a namespace with the specified name', usage: 'NAME [--dry-run=server|client|none] [options]', flags: flagSet(MAKES), takes: 'none', run: createNamespace },
    {
      name: 'service',
      aliases: ['svc'],
      about: 'Create a service using a specified subcommand',
      subs: [
        serviceCommand('clusterip', 'ClusterIP', 'Create a ClusterIP service', 'clusterip:s'),
        serviceCommand('externalname', 'ExternalName', 'Create an ExternalName service', 'external-name:s'),
        serviceCommand('loadbalancer', 'LoadBalancer', 'Create a LoadBalancer service'),
        serviceCommand('nodeport', 'NodePort', 'Create a NodePort service', 'node-port:i'),
      ],
    },
    notHere('clusterrole', 'ClusterRole', 'Create a cluster role'),
    notHere('clusterrolebinding', 'ClusterRoleBinding', 'Create a cluster role binding for a particular cluster role'),
    notHere('cronjob', 'CronJob', 'Create a cron job with the specified name', ['cj']),
    notHere('ingress', 'Ingress', 'Create an ingress with the specified name', ['ing']),
    notHere('job', 'Job', 'Create a job with the specified name'),
    notHere('poddisruptionbudget', 'PodDisruptionBudget', 'Create a pod disruption budget with the specified name', ['pdb']),
    notHere('priorityclass', 'PriorityClass', 'Create a priority class with the specified name', ['pc']),
    notHere('quota', 'ResourceQuota', 'Create a quota with the specified name', ['resourcequota']),
    notHere('role', 'Role', 'Create a role with single rule'),
    notHere('rolebinding', 'RoleBinding', 'Create a role binding for a particular role or cluster role'),
    notHere('secret', 'Secret', 'Create a secret using a specified subcommand'),
    notHere('serviceaccount', 'ServiceAccount', 'Create a service account with the specified name', ['sa']),
    notHere('token', 'TokenRequest', 'Request a service account token'),
  ],
}
