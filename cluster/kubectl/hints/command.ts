// What was meant by a verb, a flag or a kind that kubectl does not know.
import { KINDS, RESOURCES } from '../../api/objects.ts'
import type { Kind } from '../../api/objects.ts'
import type { EmptyResource } from '../empty.ts'
import type { Session } from '../io.ts'
import { resolve } from '../kubectl.ts'
import { distance, nearest } from '../nearest.ts'
import { emptyNamed, kindWords } from '../resources.ts'
import { COMMANDS } from '../verbs/index.ts'
import type { Eyes } from './eyes.ts'

/** What does the work here of kinds that hold nothing. */
const INSTEAD: Readonly<Record<string, string>> = { statefulsets: 'deployments', ingresses: 'services', replicationcontrollers: 'replicasets' }

/** Kinds of a real cluster that this one does not know, by some of their names. */
const ELSEWHERE = new Set(['serviceaccount', 'serviceaccounts', 'sa'])

/** Verbs of other tools and of everyday speech, and what does their work. */
const MEANT: Readonly<Record<string, string>> = {
  list: 'get', ls: 'get', show: 'get', ps: 'get', rm: 'delete', remove: 'delete', kill: 'delete', stop: 'delete`, or `kubectl scale --replicas=0', start: 'scale', resize: 'scale', update: 'apply`, or `kubectl set image', restart: 'rollout restart', status: 'rollout status', undo: 'rollout undo', log: 'logs', inspect: 'describe', info: 'cluster-info',
}

/** An object's name where its kind should stand: what the words before it would go on with. */
function forName(word: string, words: readonly string[], session: Session, api: Eyes): string | undefined {
  const order: readonly Kind[] = ['Deployment', 'Service', 'Pod', 'Node', ...KINDS]
  const kind = order.find(each => api.get(each, RESOURCES[each].namespaced ? session.namespace : '', word))
  // what is led on to must not take away more than was meant
  if (words[0] === 'delete' && kind === 'Deployment')
    return `${word} is a Deployment. A Pod of it has a longer name, and pod stands before it: \`kubectl get pods\` lists them.`
  if (words[0] === 'delete' && kind === 'Node')
    return `${word} is a node. \`kubectl drain ${word}\` empties it; \`kubectl delete node ${word}\` removes it from the cluster.`
  return kind && `${word} is a name. The kind comes before it: \`kubectl ${[...words.slice(0, words.indexOf(word)).filter(each => !each.startsWith('-')), RESOURCES[kind].singular, word].join(' ')}\` …`
}

/** A kind that holds nothing here, since nothing runs what it describes. */
export function forEmpty({ plural }: EmptyResource): string {
  return [`A real cluster can have ${plural}; this one has not, and nothing that would use them.`, forInstead(plural)].filter(Boolean).join(' ')
}

const forInstead = (plural: string) => Object.hasOwn(INSTEAD, plural) ? `Try ${INSTEAD[plural]}.` : undefined

function forKind(word: string): string | undefined {
  if (ELSEWHERE.has(word))
    return `A real cluster has ${word}; this one has not.`
  const near = nearest(word, kindWords())
  return near ? `There is no "${word}". Did you mean ${near}?` : '`kubectl api-resources` lists all kinds there are.'
}

/** @param stderr what kubectl said */
export function forCommand(words: readonly string[], stderr: string, session: Session, api: Eyes): string | undefined {
  const file = words[0] === 'edit' && words.slice(1).find(word => Object.hasOwn(session.files, word))
  if (file)
    return `A file is edited without kubectl: \`edit ${file}\``
  if (stderr.includes('invalid object to validate'))
    return 'This is no manifest: one begins with the lines apiVersion and kind.'
  const missing = /the kind (\w+) is not there in this cluster/.exec(stderr)
  if (missing)
    return forInstead(emptyNamed(missing[1]!)?.plural ?? '')
  const named = /\(NotFound\): (\S+) "[^"]*" not found|no matches for kind "([^"]*)"|doesn't have a resource type "([^"]*)"/.exec(stderr)
  const empty = named && emptyNamed((named[1] ?? named[2] ?? named[3])!)
  if (empty)
    return forEmpty(empty)
  const type = /doesn't have a resource type "([^"]*)"/.exec(stderr)
  if (type)
    return forName(type[1]!, words, session, api) ?? forKind(type[1]!)
  const verb = /unknown command "([^"]*)"/.exec(stderr)
  const started = verb && ['start', 'run', 'exec', 'execute', 'launch', 'load', 'deploy', 'install', 'up'].includes(verb[1]!) && words.slice(1).find(word => Object.hasOwn(session.files, word))
  if (started)
    return `What a file asks for is handed in: \`kubectl apply -f ${started}\``
  if (verb) {
    const { command } = resolve(words)
    const meant = command || !Object.hasOwn(MEANT, verb[1]!) ? undefined : MEANT[verb[1]!]
    const near = meant ?? nearest(verb[1]!, (command?.subs ?? COMMANDS).map(each => each.name).filter(name => distance(verb[1]!, name) < 3))
    return near ? `Did you mean \`kubectl ${command ? `${command.name} ` : ''}${near}\`?` : '`kubectl help` lists all verbs.'
  }
  const flag = /unknown flag: --(\S+)/.exec(stderr)
  if (flag?.[1] === 'wide')
    return 'Wide is a form of output: `-o wide`'
  if (flag) {
    const { command } = resolve(words)
    const near = nearest(flag[1]!, [...command?.flags?.keys() ?? []])
    return near ? `Did you mean \`--${near}\`?` : undefined
  }
  return undefined
}
