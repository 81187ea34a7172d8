// What `kubectl help` and `-h` say: shorter than kubectl's own, in its form.
import type { Command } from './command.ts'
import { COMMANDS } from './verbs/index.ts'

const SECTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['Basic Commands (Beginner):', ['create', 'expose', 'run', 'set']],
  ['Basic Commands (Intermediate):', ['explain', 'get', 'edit', 'delete']],
  ['Deploy Commands:', ['rollout', 'scale', 'autoscale']],
  ['Cluster Management Commands:', ['cluster-info', 'top', 'cordon', 'uncordon', 'drain', 'taint']],
  ['Troubleshooting and Debugging Commands:', ['describe', 'logs', 'exec', 'events']],
  ['Advanced Commands:', ['diff', 'apply', 'patch', 'replace', 'wait']],
  ['Settings Commands:', ['label', 'annotate']],
]

const list = (commands: readonly Command[]) => {
  const width = Math.max(0, ...commands.map(({ name }) => name.length))
  return commands.map(({ name, about }) => `  ${name.padEnd(width)}   ${about}\n`).join('')
}

/** What `kubectl` alone says. */
export function mainHelp(): string {
  const shown = new Set(SECTIONS.flatMap(([, names]) => names))
  const sections = SECTIONS.map(([title, names]) => `${title}\n${list(names.flatMap(name => COMMANDS.filter(each => each.name === name)))}`)
  const others = COMMANDS.filter(({ name }) => !shown.has(name))
  return `kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\n${sections.join('\n')}\nOther Commands:\n${list(others)}\nUsage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\n`
}

/** What `kubectl help WORDS` says. */
export function helpFor(words: readonly string[]): string {
  let commands: readonly Command[] | undefined = COMMANDS
  let found: Command | undefined
  const path: string[] = []
  for (const word of words) {
    const next: Command | undefined = commands?.find(each => each.name === word || each.aliases?.includes(word))
    if (!next)
      return found ? commandHelp(found, path) : `Unknown help topic [\`${words.join(' ')}\`]\n${mainHelp()}`
    found = next
    path.push(next.name)
    commands = next.subs
  }
  return found ? commandHelp(found, path) : mainHelp()
}

/** What `-h` says of one verb. */
export function commandHelp({ about, examples, flags, usage, subs, aliases, name }: Command, path: readonly string[]): string {
  const words = path.join(' ')
  const options = [...flags ?? []].map(([, { name: flag, short, type, initial = '' }]) => {
    const value = initial || { s: '\'\'', b: 'false', i: '0', d: '0s', l: '[]', a: '[]' }[type]
    return `    ${short ? `-${short}, ` : ''}--${flag}=${type === 's' && initial ? `'${initial}'` : value}\n`
  })
  return [
    `${about}.\n`,
    aliases ? `Aliases:\n${[name, ...aliases].join(', ')}\n` : '',
    examples ? `Examples:\n${examples}\n` : '',
    subs?.length ? `Available Commands:\n${list(subs)}` : '',
    options.length ? `Options:\n${options.join('')}` : '',
    `Usage:\n  kubectl ${words}${usage ? ` ${usage}` : ' [flags] [options]'}\n`,
    subs?.length ? `Use "kubectl ${words} <command> --help" for more information about a given command.\nUse "kubectl options" for a list of global command-line options (applies to all commands).` : 'Use "kubectl options" for a list of global command-line options (applies to all commands).',
  ].filter(Boolean).join('\n').concat('\n')
}
