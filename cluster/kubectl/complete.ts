// What Tab offers: verbs, kinds, names, flags, files.
import { RESOURCES } from '../api/objects.ts'
import type { Kind } from '../api/objects.ts'
import type { Server } from '../api/server.ts'
import type { Command } from './command.ts'
import { isEndpoints } from './endpoints.ts'
import { flagsOf, resolve } from './kubectl.ts'
import type { Session } from './io.ts'
import { FILTERS } from './programs.ts'
import { kindNamed, kindWords } from './resources.ts'
import { COMMANDS } from './verbs/index.ts'

export interface Completion {
  /** the part of the line that the words replace */
  readonly from: number
  readonly to: number
  readonly words: readonly string[]
}

const PROGRAMS = ['kubectl', 'ls', 'cat', 'echo', 'clear', 'watch', 'edit', 'help', 'sleep', 'rm', ...Object.keys(FILTERS)]
/** More than this nobody reads. */
const MOST = 100

const values: Readonly<Record<string, readonly string[]>> = {
  'output': ['json', 'yaml', 'wide', 'name', 'jsonpath=', 'custom-columns='],
  'dry-run': ['none', 'client', 'server'],
  'cascade': ['background', 'foreground', 'orphan'],
  'for': ['condition=', 'delete', 'create', 'jsonpath='],
  'type': ['strategic', 'merge', 'json', 'ClusterIP', 'NodePort', 'LoadBalancer'],
  'restart': ['Always', 'OnFailure', 'Never'],
}

const names = (api: Pick<Server, 'list'>, kind: Kind, namespace: string) => api.list(kind, RESOURCES[kind].namespaced ? { namespace } : {}).map(({ metadata }) => metadata.name)

/** What may stand as a verb's next word. */
function operands(command: Command, args: readonly string[], partial: string, api: Pick<Server, 'list'>, namespace: string): string[] {
  const words = args.filter(word => !word.startsWith('-'))
  const reads = command.name === 'get' || command.name === 'describe'
  /** Endpoints are called like their Services */
  const kindOf = (word: string) => reads && isEndpoints(word) ? 'Service' as const : kindNamed(word)
  switch (command.takes) {
    case 'kinds': {
      const slash = partial.indexOf('/')
      if (slash > 0) {
        const kind = kindOf(partial.slice(0, slash))
        return kind ? names(api, kind, namespace).map(name => `${partial.slice(0, slash)}/${name}`) : []
      }
      const kind = words[0] === undefined ? undefined : kindOf(words[0])
      if (kind) {
        const containers = command.name === 'image' && words[1] ? api.list('Deployment', { namespace }).find(each => each.metadata.name === words[1]?.split('/').at(-1))?.spec.template.spec.containers.map(each => `${each.name}=`) ?? [] : []
        return [...containers, ...names(api, kind, namespace).filter(name => !words.includes(name))]
      }
      if (words[0]?.includes('/') && command.name === 'image')
        return api.list('Deployment', { namespace }).find(each => each.metadata.name === words[0]!.split('/')[1])?.spec.template.spec.containers.map(each => `${each.name}=`) ?? []
      return words.length ? [] : [...kindWords(reads), 'all']
    }
    case 'pods': return words.length ? [] : [...names(api, 'Pod', namespace), ...(partial.includes('/') ? names(api, 'Deployment', namespace).map(name => `deploy/${name}`) : ['deploy/'])]
    case 'nodes': return names(api, 'Node', '').filter(name => !words.includes(name))
    default: return []
  }
}

/** What fits at the cursor. Never throws. @param cursor a place in the line, in letters */
export function complete(line: string, cursor: number, session: Session, api: Pick<Server, 'list'>): Completion {
  const before = line.slice(Math.max(0, cursor - 4000), cursor)
  const from = cursor - (/[^\s|;&<>]*$/.exec(before)?.[0].length ?? 0)
  const partial = line.slice(from, cursor)
  const offer = (words: readonly string[]): Completion => ({ from, to: cursor, words: [...new Set(words)].filter(word => word.startsWith(partial) && word !== partial).sort().slice(0, MOST) })
  const part = before.slice(0, before.length - partial.length).split(/[|;&]/).at(-1)!
  const written = part.split(/\s+/).filter(Boolean)
  if (/[<>]\s*$/.test(part))
    return offer(Object.keys(session.files))
  const [program, ...words] = written[0] === 'watch' ? written.slice(1) : written
  if (program === undefined)
    return offer(PROGRAMS)
  if (program !== 'kubectl' && program !== 'k')
    return offer(Object.keys(session.files))
  try {
    const { command, args } = resolve(words)
    const at = words.findLastIndex((word, i) => (word === '-n' || word === '--namespace') && words[i + 1])
    const namespace = at < 0 ? session.namespace : words[at + 1]!
    const flags = flagsOf(command)
    const last = words.at(-1) ?? ''
    const valued = [...flags.values()].find(flag => flag.bare === undefined && (last === `--${flag.name}` || last === `-${flag.short}`))
    if (valued?.name === 'namespace')
      return offer(names(api, 'Namespace', ''))
    if (valued?.name === 'filename' || valued?.name === 'patch-file')
      return offer(Object.keys(session.files))
    if (valued)
      return offer(values[valued.name] ?? [])
    if (partial.startsWith('--')) {
      const equals = partial.indexOf('=')
      if (equals > 0)
        return offer((values[partial.slice(2, equals)] ?? []).map(value => `${partial.slice(0, equals + 1)}${value}`))
      return offer([...flags.values()].map(flag => `--${flag.name}${flag.bare === undefined ? '=' : ''}`))
    }
    if (partial.startsWith('-'))
      return offer([...flags.values()].flatMap(flag => flag.short ? [`-${flag.short}`] : []))
    if (!command)
      return offer(COMMANDS.map(each => each.name))
    if (command.subs && !args.length && !command.run)
      return offer(command.subs.map(each => each.name))
    return offer([...(args.length ? [] : command.subs ?? []).map(each => each.name), ...operands(command, args, partial, api, namespace)])
  }
  catch {
    return offer([])
  }
}
