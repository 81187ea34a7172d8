// kubectl api-resources, version, cluster-info, config, help and the like: what there is to be asked.
import { API_SERVER } from '../../api/bootstrap.ts'
import { KINDS, RESOURCES } from '../../api/objects.ts'
import { tableText } from '../../printers/table.ts'
import { yamlText } from '../../printers/yaml.ts'
import { KUBECTL, KUBERNETES } from '../../version.ts'
import type { Call, Command } from '../command.ts'
import { EMPTY } from '../empty.ts'
import { ENDPOINTS, resourceOf } from '../endpoints.ts'
import { Failure, misused, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import { helpFor } from '../help.ts'
import { badFormat, objectPrinter } from '../output.ts'
import { ALL } from '../resources.ts'

const CONTEXT = 'helmsman'
const USER = 'student'

/** What can be asked of a kind, as its server tells it; Endpoints are read alone. */
const verbsOf = (kind: string) => kind === ENDPOINTS ? 'get,list' : `create,delete,${kind === 'Namespace' ? '' : 'deletecollection,'}get,list,patch,update,watch`

function apiResources({ io, flags, words, path }: Call): undefined {
  if (words.length)
    throw misused(path, `unexpected arguments: [${words.join(' ')}]`)
  const output = flags.text('output')
  if (!['', 'wide', 'name'].includes(output))
    throw new Failure(`--output ${output} is not available`)
  const group = flags.has('api-group') ? flags.text('api-group') : undefined
  const by = flags.text('sort-by')
  if (by && by !== 'name' && by !== 'kind')
    throw new Failure(`--sort-by accepts only name or kind`)
  const list = [...[...KINDS, ENDPOINTS].map(kind => ({ ...resourceOf(kind), categories: ALL.includes(kind) ? ['all'] : [] })), ...EMPTY]
    .filter(each => (group === undefined || each.group === group) && (!flags.has('namespaced') || flags.on('namespaced') === each.namespaced))
    .sort((a, b) => by === 'name' ? (a.plural < b.plural ? -1 : 1) : by === 'kind' ? (a.kind < b.kind ? -1 : 1) : a.group === b.group ? (a.plural < b.plural ? -1 : 1) : a.group < b.group ? -1 : 1)
  if (output === 'name')
    io.print(list.map(each => `${each.plural}${each.group ? `.${each.group}` : ''}\n`).join(''))
  else
    io.print(tableText([...(flags.on('no-headers') ? [] : [['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(output === 'wide' ? ['VERBS', 'CATEGORIES'] : [])]]), ...list.map(each => [each.plural, each.short.join(), each.apiVersion, String(each.namespaced), each.kind, ...(output === 'wide' ? [verbsOf(each.kind), each.categories.join()] : [])])]))
  return undefined
}

function apiVersions({ io, words, path }: Call): undefined {
  if (words.length)
    throw misused(path, `unexpected arguments: [${words.join(' ')}]`)
  io.print([...new Set([...KINDS.map(kind => RESOURCES[kind]), ...EMPTY].map(each => each.apiVersion))].sort().map(each => `${each}\n`).join(''))
  return undefined
}

function version({ io, flags, words }: Call): undefined {
  if (words.length)
    throw new Failure(`extra arguments: [${words.join(' ')}]`)
  const output = flags.text('output')
  // the order of the fields is that of its JSON. upstream: version.Info
  const info = (gitVersion: string) => ({ major: gitVersion.slice(1).split('.')[0], minor: gitVersion.split('.')[1], gitVersion, platform: 'linux/amd64' })
  const all = { clientVersion: info(KUBECTL), kustomizeVersion: 'v5.8.1', ...(!flags.on('client') && { serverVersion: info(KUBERNETES) }) }
  if (output === 'yaml' || output === 'json')
    io.print(output === 'yaml' ? yamlText(all) : `${JSON.stringify(all, null, 2)}\n`)
  else if (output)
    throw new Failure('--output must be \'yaml\' or \'json\'')
  else
    io.print(`Client Version: ${KUBECTL}\nKustomize Version: v5.8.1\n${flags.on('client') ? '' : `Server Version: ${KUBERNETES}\n`}`)
  return undefined
}

const server = `https://${API_SERVER.ip}:${API_SERVER.port}`

function clusterInfo({ io }: Call): undefined {
  io.print(`Kubernetes control plane is running at ${server}\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n`)
  return undefined
}

/** The order of the fields is that of its JSON. upstream: clientcmd api/v1 Config */
function view({ io, flags, words, path }: Call): undefined {
  if (words.length)
    throw misused(path, `unexpected arguments: [${words.join(' ')}]`)
  const { namespace } = io.session
  const output = flags.text('output')
  const config = {
    'kind': 'Config',
    'apiVersion': 'v1',
    'clusters': [{ name: CONTEXT, cluster: { server } }],
    'users': [{ name: USER, user: {} }],
    'contexts': [{ name: CONTEXT, context: { cluster: CONTEXT, user: USER, ...(namespace !== 'default' && { namespace }) } }],
    'current-context': CONTEXT,
  }
  // no metadata holds its name
  const own: Readonly<Record<string, string>> = { json: `${JSON.stringify(config, null, 4)}\n`, name: 'config/<unknown>\n' }
  const printer = Object.hasOwn(own, output) ? () => own[output]! : objectPrinter(output, flags.text('template'))
  if (!printer)
    throw badFormat(output, false)
  io.print(printer(config))
  return undefined
}

/** A list of one name under its heading. */
const names = (name: string) => ({ io }: Call): undefined => void io.print(`NAME\n${name}\n`)

/** Words that are too many or too few: the help, and what is wrong with them. upstream: kubectl pkg/cmd/config helpErrorf */
function unexpected({ io, words, path }: Call): Failure {
  io.print(helpFor(path.split(' ')))
  return new Failure(`Unexpected args: [${words.join(' ')}]`)
}

function setContext(call: Call): undefined {
  const { io, flags, words } = call
  if (words.length > 1)
    throw unexpected(call)
  if (!words[0] && !flags.on('current'))
    throw new Failure('you must specify a non-empty context name or --current')
  if (words[0] && flags.on('current'))
    throw new Failure('you cannot specify both a context name and --current')
  const name = words[0] || CONTEXT
  if (name !== CONTEXT)
    throw new Failure(`there is one context here, ${CONTEXT}`)
  if (flags.has('namespace'))
    io.session = { ...io.session, namespace: flags.text('namespace') || 'default' }
  io.print(`Context "${name}" modified.\n`)
  return undefined
}

/** The contexts that are named, or all. Those that are not there are told behind the others. upstream: config GetContextsOptions.RunGetContexts */
function contexts({ io, words }: Call): undefined {
  const shown = words.length ? words.filter(name => name === CONTEXT) : [CONTEXT]
  io.print(tableText([['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'], ...shown.map(name => ['*', name, CONTEXT, USER, io.session.namespace === 'default' ? '' : io.session.namespace])]))
  throwAll(words.filter(name => name !== CONTEXT).map(name => new Failure(`context ${name} not found`)))
  return undefined
}

export const apiResourcesCommand: Command = { name: 'api-resources', about: 'Print the supported API resources on the server', flags: flagSet('output,o:s no-headers namespaced api-group:s sort-by:s verbs:l categories:l cached'), takes: 'none', run: apiResources }
export const apiVersionsCommand: Command = { name: 'api-versions', about: 'Print the supported API versions on the server, in the form of "group/version"', takes: 'none', run: apiVersions }
export const versionCommand: Command = { name: 'version', about: 'Print the client and server version information', flags: flagSet('output,o:s client'), takes: 'none', run: version }
export const clusterInfoCommand: Command = { name: 'cluster-info', about: 'Display cluster information', takes: 'none', run: clusterInfo, subs: [
  { name: 'dump', about: 'Dump relevant information for debugging and diagnosis', takes: 'none', flags: flagSet('all-namespaces,A namespaces:l output,o:s=json output-directory:s pod-running-timeout:d=20s template:s show-managed-fields allow-missing-template-keys:b=true'), run: () => {
    throw new Failure('kubectl cluster-info dump is not there in this terminal: get -o yaml, describe and logs tell the same')
  } },
] }
export const configCommand: Command = {
  name: 'config',
  about: 'Modify kubeconfig files',
  usage: 'SUBCOMMAND [options]',
  subs: [
    { name: 'current-context', about: 'Display the current-context', takes: 'none', run: ({ io }) => void io.print(`${CONTEXT}\n`) },
    { name: 'get-clusters', about: 'Display clusters defined in the kubeconfig', takes: 'none', run: names(CONTEXT) },
    { name: 'get-contexts', about: 'Describe one or many contexts', takes: 'none', flags: flagSet('output,o:s no-headers'), run: contexts },
    { name: 'get-users', about: 'Display users defined in the kubeconfig', takes: 'none', run: names(USER) },
    { name: 'set-context', about: 'Set a context entry in kubeconfig', usage: '[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace] [options]', takes: 'none', flags: flagSet('current'), run: setContext },
    { name: 'use-context', aliases: ['use'], about: 'Set the current-context in a kubeconfig file', usage: 'CONTEXT_NAME [options]', takes: 'none', run: (call) => {
      const { io, words } = call
      if (words.length !== 1)
        throw unexpected(call)
      if (!words[0])
        throw new Failure('empty context names are not allowed')
      if (words[0] !== CONTEXT)
        throw new Failure(`no context exists with the name: "${words[0]}"`)
      io.print(`Switched to context "${CONTEXT}".\n`)
      return undefined
    } },
    { name: 'view', about: 'Display merged kubeconfig settings or a specified kubeconfig file', takes: 'none', flags: flagSet('minify raw flatten merge:b=true output,o:s=yaml template:s show-managed-fields allow-missing-template-keys:b=true'), run: view },
  ],
}
export const helpCommand: Command = { name: 'help', about: 'Help about any command', usage: '[command]', takes: 'none', run: ({ io, words }) => void io.print(helpFor(words)) }
export const optionsCommand: Command = { name: 'options', about: 'Print the list of flags inherited by all commands', takes: 'none', run: ({ io }) => void io.print('The following options can be passed to any command:\n\n    -n, --namespace=\'\':\n        If present, the namespace scope for this CLI request\n\n    -h, --help:\n        Help for the command\n') }

const needs = (what: string) => `it needs ${what}, and this cluster has none`

/** Verbs of the real kubectl that are not there, and why: said plainly. */
const ABSENT: readonly (readonly [string, string, string])[] = [
  ['attach', 'Attach to a running container', needs('terminals within containers')],
  ['auth', 'Inspect authorization', needs('users and roles')],
  ['certificate', 'Modify certificate resources', needs('certificates')],
  ['cp', 'Copy files and directories to and from containers', needs('files within containers')],
  ['debug', 'Create debugging sessions for troubleshooting workloads and nodes', needs('debugging containers')],
  ['kustomize', 'Build a kustomization target from a directory or URL', needs('kustomizations')],
  ['port-forward', 'Forward one or more local ports to a pod', needs('ports of your own machine')],
  ['proxy', 'Run a proxy to the Kubernetes API server', needs('networks outside the cluster')],
  ['completion', 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)', needs('shells of their own (Tab completes here)')],
  ['plugin', 'Provides utilities for interacting with plugins', needs('plugins')],
]

const ANY = 'filename,f:l output,o:s container,c:s stdin,i tty,t selector,l:s all-namespaces,A force image:s target:s address:l port,p:i'
/** By their names. */
export const absentCommands: Readonly<Record<string, Command>> = Object.fromEntries(ABSENT.map(([name, about, why]) => [name, {
  name,
  about,
  takes: 'none' as const,
  flags: flagSet(ANY),
  run: () => {
    throw new Failure(`kubectl ${name} is not there in this terminal: ${why}`)
  },
}]))
