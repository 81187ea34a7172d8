// Flags of the real kubectl that do nothing here: those that would ask for something are refused in a sentence, and those that could show nothing are let pass. None is ignored without being listed.
import { Failure } from './errors.ts'
import type { FlagSet, Parsed } from './flags.ts'

const FIELDS = 'this API server keeps no managed fields'
const ONE = 'there is one cluster here, one context and one user'
const NAMES = 'name what is meant, or take it out of the file'
const LOCAL = 'this verb asks the cluster'

/** Why a flag is refused, by its name, or by its verb and its name. */
const REFUSED: Readonly<Record<string, string>> = {
  'as': ONE, 'as-group': ONE, 'as-uid': ONE, 'cluster': ONE, 'user': ONE, 'kubeconfig': ONE, 'server': ONE, 'token': ONE, 'username': ONE, 'password': ONE, 'certificate-authority': ONE, 'client-certificate': ONE, 'client-key': ONE, 'tls-server-name': ONE,
  'v': 'it logs nothing of itself', 'vmodule': 'it logs nothing of itself', 'profile': 'nothing is measured', 'profile-output': 'nothing is measured', 'warnings-as-errors': 'warnings stay warnings',
  'kustomize': 'there are no kustomizations: use -f', 'allow-missing-template-keys': 'what is missing is empty', 'windows-line-endings': 'lines end in one way',
  'server-print': 'tables are the server\'s', 'output-watch-events': 'a watch prints objects', 'overrides': 'write a manifest, and apply it', 'override-type': 'write a manifest, and apply it',
  'server-side': FIELDS, 'force-conflicts': FIELDS, 'prune-allowlist': 'nothing is pruned', 'interactive': 'nothing is asked back', 'raw': 'there is no server to ask by paths', 'subresource': 'only get reads subresources',
  'create edit': 'edit the file first: edit FILE', 'create selector': NAMES, 'create configmap append-hash': 'write the name out',
  'run filename': 'use kubectl apply', 'run leave-stdin-open': 'there is no terminal within a container', 'run privileged': 'no container has more rights than another',
  'set env resolve': 'set env --list names where a value comes from', 'set selector all': 'name the Service', 'set selector filename': 'name the Service', 'set selector local': LOCAL, 'set selector resource-version': 'the newest is changed',
  'explain api-version': 'each kind has one version', 'explain output': 'it is told as plain text',
  'edit field-manager': FIELDS, 'edit filename': 'a file is edited by itself: edit FILE', 'edit output': 'the editor shows YAML', 'edit output-patch': 'kubectl diff shows what changes', 'edit save-config': 'kubectl apply keeps what was applied', 'edit template': 'the editor shows YAML',
  'scale timeout': 'kubectl rollout status waits', 'top node show-capacity': 'shares are those of what is allocatable', 'drain skip-wait-for-delete-timeout': 'drain waits for each Pod',
  'logs ignore-errors': 'what fails is told', 'logs limit-bytes': '--tail cuts by lines', 'logs max-log-requests': 'as many are followed as are asked for',
  'exec filename': 'name the Pod', 'events template': 'events are told as table, YAML or JSON', 'diff prune': 'nothing is pruned', 'diff selector': NAMES,
  'apply all': 'it belongs to --prune', 'apply force': 'delete the object, then apply', 'apply openapi-patch': 'patches always know their kind', 'apply overwrite': 'the file has the last word', 'apply selector': NAMES,
  'apply view-last-applied all': 'name the object', 'apply view-last-applied filename': 'name the object',
  'wait local': LOCAL, 'wait output': 'it tells in words', 'wait template': 'it tells in words', 'label resource-version': 'the newest is changed', 'annotate resource-version': 'the newest is changed',
  'api-resources categories': 'grep finds them in -o wide', 'api-resources verbs': 'all kinds have all verbs but endpoints',
  'config get-contexts no-headers': ONE, 'config get-contexts output': ONE, 'config set-context cluster': ONE, 'config set-context user': ONE,
}

/** Why a flag that is given shows nothing: by its name, or by its verb and its name. */
const LET_PASS: Readonly<Record<string, string>> = {
  'field-manager': FIELDS, 'show-managed-fields': FIELDS, 'recursive': 'a folder holds files alone', 'chunk-size': 'lists come whole', 'use-protocol-buffers': 'nobody sees how it is sent',
  'cache-dir': 'nothing is cached', 'cached': 'nothing is cached', 'disable-compression': 'nobody sees how it is sent', 'insecure-skip-tls-verify': 'there is no TLS', 'log-flush-frequency': 'it logs nothing of itself', 'match-server-version': 'both are of one minor version', 'request-timeout': 'a request takes no time',
  'pod-running-timeout': 'a Pod is asked as it is', 'ignore-daemonsets': 'there are no DaemonSets', 'concurrency': 'nobody sees in what order', 'insecure-skip-tls-verify-backend': 'there is no TLS',
  'run cascade': 'it belongs to --rm', 'run force': 'it belongs to --rm', 'run grace-period': 'it belongs to --rm', 'run timeout': 'it belongs to --rm', 'run wait': 'it belongs to --rm', 'run quiet': 'it belongs to --attach',
  'apply cascade': 'it belongs to --force', 'apply grace-period': 'it belongs to --force', 'apply timeout': 'it belongs to --force', 'apply wait': 'it belongs to --force',
  'replace cascade': 'it belongs to --force', 'replace wait': 'it belongs to --force',
  'exec quiet': 'only what the command prints is printed', 'exec stdin': 'the commands read nothing', 'exec tty': 'the commands read nothing',
  'config view flatten': ONE, 'config view merge': ONE, 'config view minify': ONE, 'config view raw': ONE,
  'create configmap validate': 'what kubectl makes is valid', 'create deployment validate': 'what kubectl makes is valid', 'create namespace validate': 'what kubectl makes is valid', 'create service clusterip validate': 'what kubectl makes is valid', 'create service externalname validate': 'what kubectl makes is valid', 'create service loadbalancer validate': 'what kubectl makes is valid', 'create service nodeport validate': 'what kubectl makes is valid', 'taint validate': 'what kubectl makes is valid',
}

const of = (table: Readonly<Record<string, string>>, path: string, name: string): string | undefined => [`${path} ${name}`, name].map(key => Object.hasOwn(table, key) ? table[key] : undefined).find(each => each !== undefined)

/** Whether a flag is let pass because it could show nothing. @param path the verb: 'create deployment' */
export const letsPass = (path: string, name: string): boolean => of(LET_PASS, path, name) !== undefined

/** flags that a verb reads itself */
const READ = new Set(['get raw', 'get subresource', 'patch subresource'])

/** Refuses a flag that asks for what is not there; one that says what is so anyway is taken. @throws Failure */
export function refuseFlags(path: string, known: FlagSet, flags: Parsed): void {
  for (const { name, type, initial = '' } of known.values()) {
    const why = READ.has(`${path} ${name}`) || Object.hasOwn(LET_PASS, `${path} ${name}`) ? undefined : of(REFUSED, path, name)
    if (why === undefined || !flags.has(name))
      continue
    const asks = type === 'b' ? flags.on(name) !== (initial === 'true') : type === 'l' || type === 'a' ? flags.list(name).length > 0 : flags.text(name) !== initial && flags.text(name) !== ''
    if (asks)
      throw new Failure(`--${name} is not there in this kubectl: ${why}`)
  }
  if (flags.has('context') && !['', 'helmsman'].includes(flags.text('context')))
    throw new Failure(`context "${flags.text('context')}" does not exist`)
}
