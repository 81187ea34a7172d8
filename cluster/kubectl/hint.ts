// One line of ours under kubectl's own message: what was probably meant. It is never part of what kubectl prints.
import { KINDS, RESOURCES } from '../api/objects.ts'
import type { AnyObject, Kind } from '../api/objects.ts'
import type { Server } from '../api/server.ts'
import { selectorMatches } from '../api/labels.ts'
import { parseSelector } from '../api/selectors.ts'
import { isEndpoints } from './endpoints.ts'
import type { Session } from './io.ts'
import { resolve } from './kubectl.ts'
import { readYaml } from './manifests.ts'
import { forAmount, forField, forFile, forMapping, forRule, forType } from './meant.ts'
import { distance, nearest } from './nearest.ts'
import { kindNamed, kindWords } from './resources.ts'
import type { Outcome } from './shell.ts'
import { COMMANDS } from './verbs/index.ts'
import { forPods, forSelector } from './unwell.ts'
import { parseLine } from './words.ts'

type Eyes = Pick<Server, 'get' | 'list'>

/** Kinds of a real cluster that this one has not, and what does their work here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  secret: '', secrets: '', statefulset: 'deployments', statefulsets: 'deployments', sts: 'deployments', daemonset: '', daemonsets: '', ds: '', job: '', jobs: '', cronjob: '', cronjobs: '', cj: '', ingress: 'services', ingresses: 'services', ing: 'services', pv: '', pvc: '', persistentvolumes: '', persistentvolumeclaims: '', serviceaccounts: '', sa: '', networkpolicies: '', netpol: '', replicationcontrollers: 'replicasets', rc: 'replicasets', storageclasses: '', sc: '', customresourcedefinitions: '', crd: '',
}

/** Verbs of other tools and of everyday speech, and what does their work. */
const MEANT: Readonly<Record<string, string>> = {
  list: 'get', ls: 'get', show: 'get', ps: 'get', rm: 'delete', remove: 'delete', kill: 'delete', stop: 'delete, or kubectl scale --replicas=0', start: 'scale', resize: 'scale', update: 'apply, or kubectl set image', restart: 'rollout restart', status: 'rollout status', undo: 'rollout undo', log: 'logs', inspect: 'describe', info: 'cluster-info',
}

/** An object's name where its kind should stand: what the words before it would go on with. */
function forName(word: string, words: readonly string[], session: Session, api: Eyes): string | undefined {
  const order: readonly Kind[] = ['Deployment', 'Service', 'Pod', 'Node', ...KINDS]
  const kind = order.find(each => api.get(each, RESOURCES[each].namespaced ? session.namespace : '', word))
  // what is led on to must not take away more than was meant
  if (words[0] === 'delete' && kind === 'Deployment')
    return `${word} is a Deployment. A Pod of it has a longer name, and pod stands before it: kubectl get pods lists them.`
  if (words[0] === 'delete' && kind === 'Node')
    return `${word} is a node. kubectl drain ${word} empties it; kubectl delete node ${word} removes it from the cluster.`
  return kind && `${word} is a name. The kind comes before it: kubectl ${[...words.slice(0, words.indexOf(word)).filter(each => !each.startsWith('-')), RESOURCES[kind].singular, word].join(' ')} …`
}

function forKind(word: string): string | undefined {
  if (Object.hasOwn(ELSEWHERE, word))
    return `A real cluster has ${word}; this one has not.${ELSEWHERE[word] ? ` Try ${ELSEWHERE[word]}.` : ''}`
  const near = nearest(word, kindWords())
  return near ? `There is no "${word}". Did you mean ${near}?` : 'kubectl api-resources lists all kinds there are.'
}

/** The words of the last kubectl in a line: its answer is the nearest. */
function wordsOf(line: string): readonly string[] | undefined {
  try {
    return parseLine(line.slice(0, 5000)).flatMap(each => each.programs).findLast(each => each.words[0] === 'kubectl' || each.words[0] === 'k')?.words.slice(1)
  }
  catch {
    return undefined
  }
}

function afterFailure(words: readonly string[], stderr: string, session: Session, api: Eyes): string | undefined {
  const file = words[0] === 'edit' && words.slice(1).find(word => Object.hasOwn(session.files, word))
  if (file)
    return `A file is edited without kubectl: edit ${file}`
  const type = /doesn't have a resource type "([^"]*)"/.exec(stderr)
  if (type)
    return forName(type[1]!, words, session, api) ?? forKind(type[1]!)
  const service = forService(words, stderr, session)
  if (service)
    return service
  const verb = /unknown command "([^"]*)"/.exec(stderr)
  if (verb) {
    const { command } = resolve(words)
    const meant = command || !Object.hasOwn(MEANT, verb[1]!) ? undefined : MEANT[verb[1]!]
    const near = meant ?? nearest(verb[1]!, (command?.subs ?? COMMANDS).map(each => each.name).filter(name => distance(verb[1]!, name) < 3))
    return near ? `Did you mean kubectl ${command ? `${command.name} ` : ''}${near}?` : 'kubectl help lists all verbs.'
  }
  if (words[0] === 'patch' && /invalid character .* looking for beginning/.test(stderr))
    return 'A shell takes quotes away: put single quotes around the patch, -p \'{…}\'.'
  const flag = /unknown flag: --(\S+)/.exec(stderr)
  if (flag) {
    const { command } = resolve(words)
    const near = nearest(flag[1]!, [...command?.flags?.keys() ?? []])
    return near ? `Did you mean --${near}?` : undefined
  }
  const yaml = /error parsing (\S+): .*yaml: (.*)/.exec(stderr)
  if (yaml) {
    const text = session.files[yaml[1]!.replace(/^\.\//, '')]
    return text === undefined ? undefined : forFile(text, yaml[2]!)
  }
  const mapping = /no matches for kind "([^"]*)" in version "([^"]*)"/.exec(stderr)
  if (mapping) {
    const [, kind = '', version = ''] = mapping
    return forMapping(kind, version)
  }
  const field = /unknown field "([^"]*)"/.exec(stderr)
  if (field) {
    const kind = /in version "[^"]*" cannot be handled as a (\w+)/.exec(stderr)?.[1] as Kind | undefined ?? kindOfFile(words, session)
    return kind && Object.hasOwn(RESOURCES, kind) ? forField(field[1]!, kind, fileOf(words, session)) : undefined
  }
  const typed = stderr.includes('cannot unmarshal') && forType(stderr, fileOf(words, session))
  if (typed)
    return typed
  if (stderr.includes('no objects passed'))
    return 'The file says nothing: it is empty, or all of it is notes.'
  const taken = /'([^']*)' already has a value \([^)]*\), and --overwrite is false/.exec(stderr)
  if (taken)
    return `Add --overwrite to change it, or write ${taken[1]}- to take it off.`
  const unexpected = /Unexpected args: \[(\S+)\]|must specify one of -f/.exec(stderr)
  if (unexpected) {
    const [name] = unexpected[1] ? [unexpected[1]] : Object.keys(session.files)
    return `A file is named behind -f: kubectl ${words[0]} -f ${name ?? 'FILE'}`
  }
  const path = /the path "([^"]*)" does not exist/.exec(stderr)
  if (path) {
    const near = nearest(path[1]!, Object.keys(session.files))
    return near ? `Did you mean ${near}?` : 'ls lists the files that are here.'
  }
  const missing = /\(NotFound\): (\w+)(?:\.\S+)? "([^"]*)" not found/.exec(stderr)
  if (missing) {
    const kind = kindNamed(missing[1]!)
    const all = kind ? api.list(kind) : []
    const there = all.find(({ metadata }) => metadata.name === missing[2])
    if (there)
      return `There is one in the namespace ${there.metadata.namespace}: add -n ${there.metadata.namespace}.`
    // the end of a name, as a picture or a habit has it
    const whole = all.filter(({ metadata }) => metadata.name.endsWith(`-${missing[2]!}`))
    if (whole.length === 1)
      return `The whole name is ${whole[0]!.metadata.name}.`
    if (/^[A-Z]{3,}$/.test(missing[2]!))
      return `${missing[2]} stands for a name: kubectl get ${missing[1]} lists them.`
    const near = nearest(missing[2]!, all.map(({ metadata }) => metadata.name))
    if (near)
      return `Did you mean ${near}?`
    const named = kind !== 'Deployment' && api.get('Deployment', session.namespace, missing[2]!)
    if (!named || missing[2] === 'deployment')
      return `kubectl get ${missing[1]} lists what there is.`
    if (['delete', 'label', 'annotate'].includes(words[0] ?? ''))
      return `A Pod of the Deployment ${missing[2]} has a longer name: kubectl get pods lists them.`
    const slashed = ['logs', 'exec', 'attach'].includes(words[0] ?? '')
    return slashed ? `${missing[2]} is a Deployment: write deployment/${missing[2]}.` : `${missing[2]} is a Deployment: write deployment before it.`
  }
  const there = / (\w+)(?:\.\S+)? "([^"]*)" already exists/.exec(stderr)
  const kind = there && kindNamed(there[1]!)
  if (there && kind)
    return `There is one already: kubectl edit ${RESOURCES[kind].singular} ${there[2]} changes it.`
  return forWords(words, stderr, session, api) ?? forRule(stderr) ?? forAmount(stderr)
}

/** What a Service is made by needs its type, and its ports; what is applied to one that has other ports keeps them beside its own. */
function forService(words: readonly string[], stderr: string, session: Session): string | undefined {
  const [verb = '', sub = '', name = 'NAME'] = words.filter(word => !word.startsWith('-'))
  if (verb === 'create' && ['service', 'svc'].includes(sub) && /unknown (?:command|flag)/.test(stderr))
    return `The type comes before the name: kubectl create service clusterip ${name} --tcp=80`
  if (verb === 'create' && stderr.includes('at least one tcp port'))
    return 'Say on which port it listens: --tcp=80'
  if (stderr.includes('couldn\'t find port via --port'))
    return 'Say on which port the Service listens: --port=80'
  const [, made] = /The Service "([^"]*)" is invalid: [\s\S]*spec\.ports\[0\]\.name: Required value/.exec(stderr) ?? []
  const file = words[words.findIndex(word => word === '-f' || word === '--filename') + 1]
  if (verb === 'apply' && made !== undefined && file && Object.hasOwn(session.files, file.replace(/^\.\//, '')))
    return `The Service ${made} has another port already, which apply keeps, and two ports need names. Take it away first: kubectl delete service ${made}`
  return undefined
}

/** Words that stand in another place, or in another form, than the verb wants them. */
function forWords(words: readonly string[], stderr: string, session: Session, api: Eyes): string | undefined {
  const operands = words.filter(word => !word.startsWith('-'))
  const [verb = '', sub = ''] = operands
  const containers = api.list('Deployment', { namespace: session.namespace }).find(({ metadata }) => operands.some(word => word.split('/').at(-1) === metadata.name))?.spec.template.spec.containers ?? []
  if (verb === 'set' && sub === 'image' && /at least one image update|unable to find container/.test(stderr) && containers[0])
    return `set image wants CONTAINER=IMAGE: the container here is called ${containers.map(({ name }) => name).join(' or ')}.`
  const colon = operands.slice(2).find(word => /^[\w./-]+:[\w.-]+$/.test(word))
  if ((verb === 'label' || verb === 'annotate') && colon)
    return `Between a name and its value stands an equals sign: ${colon.replace(':', '=')}`
  const named = stderr.includes('at least one label update') && operands.slice(1).find(word => /^[^=]+$/.test(word) && api.get('Node', '', word))
  if (named)
    return `What gets the label stands before it: kubectl label node ${named} ${operands.slice(1).find(word => word.includes('=')) ?? 'NAME=VALUE'}`
  if (stderr.includes('no name was specified') && kindNamed(sub))
    return `Say which, by its name: kubectl get ${sub} lists them.`
  const count = operands.slice(2).find(word => /^\d+$/.test(word))
  if (verb === 'scale' && count)
    return `How many is told by --replicas=${count}.`
  if (verb === 'run' && Object.hasOwn(session.files, sub))
    return `What a file describes is handed over with kubectl apply -f ${sub}.`
  return undefined
}

/** What the file of a line says; undefined where it cannot be read. */
function fileOf(words: readonly string[], session: Session): unknown {
  const at = words.findIndex(word => word === '-f' || word === '--filename')
  try {
    return readYaml(session.files[words[at + 1]?.replace(/^\.\//, '') ?? ''] ?? '')
  }
  catch {
    return undefined
  }
}

const kindOfFile = (words: readonly string[], session: Session): Kind | undefined => (fileOf(words, session) as { kind?: Kind } | null | undefined)?.kind

/** Nothing was found: because of a selector, or because it is elsewhere. */
function forNothing(api: Eyes, kind: Kind, { namespace, given, fields }: { namespace?: string, given?: string, fields: boolean }): string | undefined {
  const all = api.list(kind, RESOURCES[kind].namespaced && namespace ? { namespace } : {})
  if (!all.length) {
    const elsewhere = RESOURCES[kind].namespaced ? [...new Set(api.list(kind).map(({ metadata }) => metadata.namespace))].slice(0, 3) : []
    return elsewhere.length ? `There are some in ${elsewhere.join(', ')}: add -n ${elsewhere[0]}, or -A for all.` : undefined
  }
  if (fields)
    return `There ${all.length === 1 ? 'is one' : `are ${all.length}`}, and none is as the field selector wants.`
  // of one label it can be said what was meant; of what is joined or denied it cannot
  if (!given || !/^[^!=,()\s]+==?[^!=,()\s]*$/.test(given))
    return given ? 'The selector leaves nothing over: --show-labels tells what there is.' : undefined
  const labels = [...new Set(all.flatMap(({ metadata }) => Object.entries(metadata.labels ?? {}).filter(([key]) => key !== 'pod-template-hash').map(([key, value]) => `${key}=${value}`)))]
  const near = nearest(given, labels)
  return `Nothing has these labels.${near ? ` Did you mean ${near}?` : labels.length ? ` There is ${labels.slice(0, 4).join(', ')}.` : ''}`
}

function afterSuccess(words: readonly string[], result: Pick<Outcome, 'stderr'>, session: Session, api: Eyes, tried: boolean): string | undefined {
  const { command, args } = resolve(words)
  const operands = args.filter(word => !word.startsWith('-'))
  const [first = '', second] = operands
  const word = first.split(/[/,]/)[0]!
  const kind = isEndpoints(word) ? 'EndpointSlice' : kindNamed(word)
  const at = args.findIndex(word => word === '-n' || word === '--namespace')
  const namespace = at >= 0 ? args[at + 1] ?? session.namespace : session.namespace
  const label = args.findIndex(word => word === '-l' || word === '--selector')
  const given = label >= 0 ? args[label + 1] : args.find(word => /^(?:-l|--selector=)./.test(word))?.replace(/^(?:-l|--selector=)/, '')
  const everywhere = args.some(word => word === '-A' || word === '--all-namespaces')
  const unmodelled = command?.name === 'get' && kind === 'Pod' && !given && (everywhere || namespace === 'kube-system') ? 'The control plane\'s own Pods are not modelled here; on a real cluster they stand in kube-system.' : undefined
  if (result.stderr.includes('No resources found') && kind)
    return [forNothing(api, kind, { namespace: everywhere ? undefined : namespace, given, fields: args.some(word => word.startsWith('--field-selector')) }), unmodelled].filter(Boolean).join(' ') || undefined
  if (!command || !['get', 'describe', 'rollout', 'status'].includes(command.name) || !kind)
    return undefined
  const asked = command.name === 'describe'
  if (asked && !tried)
    return unmodelled
  const name = first.includes('/') ? first.split('/')[1] : second
  if (kind === 'Pod' || kind === 'Deployment' || kind === 'ReplicaSet') {
    const pods = api.list('Pod', { namespace }).filter(pod => kind === 'Pod' ? !name || pod.metadata.name === name : !name || pod.metadata.name.startsWith(`${name}-`))
    return forPods(given ? pods.filter(pod => matches(pod, given)) : pods, asked) ?? unmodelled
  }
  if (kind === 'Service' || kind === 'EndpointSlice') {
    for (const service of api.list('Service', { namespace })) {
      const told = !name || service.metadata.name === name ? forSelector(api, service, asked) : undefined
      if (told)
        return told
    }
  }
  return undefined
}

function matches(object: AnyObject, selector: string): boolean {
  try {
    return selectorMatches(parseSelector(selector), object.metadata.labels as Record<string, string>)
  }
  catch {
    return true
  }
}

/** Verbs that change what is wished for, and what of `rollout` does not. */
const CHANGING = new Set(['annotate', 'apply', 'autoscale', 'cordon', 'create', 'delete', 'drain', 'edit', 'expose', 'label', 'patch', 'replace', 'rollout', 'run', 'scale', 'set', 'taint', 'uncordon'])
const LOOKING = new Set(['history', 'status'])

/** Whether a line tries to change something in the cluster. Never throws. */
export function isTry(line: string): boolean {
  try {
    const words = wordsOf(line) ?? []
    return CHANGING.has(words[0] ?? '') && !(words[0] === 'rollout' && LOOKING.has(words[1] ?? ''))
  }
  catch {
    return false
  }
}

/** What a shell has and this terminal has not. */
function forShell(line: string, stderr: string): string | undefined {
  const missing = /bash: (\S+): command not found/.exec(stderr)?.[1]
  if (missing === 'curl' || missing === 'wget')
    return `Services are asked from within the cluster: kubectl exec POD -- ${missing} …`
  if (/(?:^|[;&|]\s*)(?:for|while|if|export|alias)\s|\$[({?A-Z_a-z]/.test(line.slice(0, 5000).replace(/'[^']*'/g, '')))
    return 'This terminal has no variables, loops or $( ): type each command by itself.'
  if (!missing)
    return undefined
  if (/^(?:awk|sed|tr|jq|yq|column|paste|perl|python3?)$/.test(missing))
    return `There is no ${missing} here. grep, head, tail, sort, uniq, cut and wc are; -o custom-columns and -o jsonpath choose columns.`
  const verb = nearest(missing, ['kubectl', ...COMMANDS.map(each => each.name)])
  return verb ? verb === 'kubectl' ? 'Did you mean kubectl?' : `Did you mean kubectl ${verb}?` : undefined
}

/** One line that helps, where there is something to say. Never throws. @param result what the line came to @param tried something was tried before: then what a description means is told, and else it is left to who reads it */
export function hint(line: string, result: Pick<Outcome, 'stderr' | 'exit'>, session: Session, api: Eyes, tried = true): string | undefined {
  try {
    const about = forShell(line, result.stderr)
    if (about)
      return about
    const words = wordsOf(line)
    if (!words)
      return undefined
    return result.exit ? afterFailure(words, result.stderr, session, api) : afterSuccess(words, result, session, api, tried)
  }
  catch {
    return undefined
  }
}
