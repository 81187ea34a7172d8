// One kubectl command: finds the verb, reads its flags, runs it. upstream: kubectl pkg/cmd/cmd.go, spf13/cobra
import type { Command } from './command.ts'
import { badFlags, errorText, exitOf, Failure } from './errors.ts'
import { flagSet, parseFlags } from './flags.ts'
import type { FlagSet, Parsed } from './flags.ts'
import { commandHelp, mainHelp } from './help.ts'
import type { Io, Plain, Waiting } from './io.ts'
import { COMMANDS, FOLLOW } from './verbs/index.ts'
import { guarded } from './writes.ts'
import { distance } from './nearest.ts'
import { refuseFlags } from './refused.ts'

/** The flags of all commands. */
const GLOBAL = flagSet('namespace,n:s context:s cluster:s user:s kubeconfig:s server,s:s token:s as:s as-group:a as-uid:s request-timeout:s=0 v,v:i=0 warnings-as-errors help,h cache-dir:s insecure-skip-tls-verify match-server-version profile:s=none tls-server-name:s username:s password:s certificate-authority:s client-certificate:s client-key:s log-flush-frequency:d disable-compression kuberc:s profile-output:s vmodule:s')

/** The flags that a command reads: its own, and those of all. */
export const flagsOf = (command: Command | undefined): FlagSet => new Map([...GLOBAL, ...command?.flags ?? []])

/** What came of a step: an exit code, or what it waits for. */
export type Step = { readonly exit: number } | { readonly waiting: Waiting }

export interface Resolved { readonly command: Command | undefined, readonly path: readonly string[], readonly args: readonly string[] }

/** Whether a word is the value of the flag before it, so that it names no verb. */
function isValue(words: readonly string[], i: number, flags: FlagSet): boolean {
  const before = words[i - 1]
  if (!before?.startsWith('-') || before.includes('=') || before === '--')
    return false
  const name = before.replace(/^--?/, '')
  const flag = before.startsWith('--') ? flags.get(name) : [...flags.values()].find(each => each.short === name)
  return !!flag && flag.bare === undefined
}

/** The verb that words begin with; flags may stand before it. upstream: cobra.Command.Find */
export function resolve(words: readonly string[]): Resolved {
  let commands: readonly Command[] | undefined = COMMANDS
  let command: Command | undefined
  const path: string[] = []
  const args: string[] = []
  let looking = true
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--')
      looking = false
    const flags = flagsOf(command)
    if (looking && !word.startsWith('-') && !isValue(words, i, flags)) {
      const found: Command | undefined = commands?.find(each => each.name === word || each.aliases?.includes(word))
      if (found) {
        command = found
        path.push(found.name)
        commands = found.subs
        continue
      }
      looking = false
    }
    args.push(word)
  }
  return { command, path, args }
}

/** The words of a line as its verb reads them, its flags apart. @throws Failure where a flag is not the verb's, or has no value that fits */
export function readWords(words: readonly string[]): Resolved & { readonly flags: Parsed } {
  const found = resolve(words)
  return { ...found, flags: parseFlags(flagsOf(found.command), found.args) }
}

/** upstream: cobra.Command.SuggestionsFor */
function unknownCommand(word: string): Failure {
  const near = COMMANDS.filter(({ name, suggestFor }) => name !== 'help' && (distance(word.toLowerCase(), name) <= 2 || name.startsWith(word.toLowerCase()) || suggestFor?.includes(word.toLowerCase()))).map(each => each.name)
  return new Failure(`unknown command "${word}" for "kubectl"${near.length ? `\n\nDid you mean this?\n${near.map(name => `\t${name}\n`).join('')}` : ''}`)
}

function begin(words: readonly string[], io: Io): Waiting | undefined {
  const { command, path, args } = resolve(words)
  const joined = path.join(' ')
  if (!command) {
    const before = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
    const word = before.find((each, i) => !each.startsWith('-') && !isValue(before, i, GLOBAL))
    if (word !== undefined)
      throw unknownCommand(word)
  }
  const flags = (() => {
    try {
      return parseFlags(flagsOf(command), args)
    }
    catch (error) {
      throw (command?.flagError ?? badFlags)(joined, (error as Error).message)
    }
  })()
  if (!command) {
    io.print(mainHelp())
    return undefined
  }
  if (flags.on('help')) {
    io.print(commandHelp(command, path))
    return undefined
  }
  const before = flags.dash < 0 ? flags.words.length : flags.dash
  const given = flags.words.slice(0, before)
  if (!command.run) {
    if (given.length)
      throw new Failure(`unknown command ${JSON.stringify(given.join(' '))}\nSee 'kubectl ${joined} -h' for help and examples`)
    // what only has verbs below it tells them, and has done nothing: that is a failure. upstream: cmdutil.DefaultSubCommandRun
    const help = commandHelp(command, path)
    if (command.name === 'rollout')
      io.print(help)
    else
      io.warn(help)
    throw new Failure('', { raw: true })
  }
  command.check?.(given, joined)
  refuseFlags(joined, flagsOf(command), flags)
  const missing = (command.required ?? []).filter(name => !flags.has(name))
  if (missing.length)
    throw new Failure(`required flag(s) ${missing.map(name => `"${name}"`).join(', ')} not set`)
  return command.run({
    io,
    flags,
    words: given,
    rest: flags.words.slice(before),
    namespace: flags.text('namespace') || io.session.namespace,
    enforced: flags.has('namespace'),
    path: joined,
  })
}

function attempt(io: Io, go: (io: Io) => Waiting | undefined): Step {
  try {
    const waiting = go(io)
    return waiting ? { waiting } : { exit: 0 }
  }
  catch (error) {
    if (!(error instanceof Failure) || error.message)
      io.warn(`${errorText(error).replace(/\n?$/, '\n')}`)
    return { exit: exitOf(error) }
  }
}

/** The io that verbs see: whatever they write stays within what a page can hold. */
function limited(io: Io): Io {
  const api = guarded(io.api)
  return Object.create(io, { api: { get: () => api } }) as Io
}

/** Runs `kubectl` with these words. Never throws. */
export function kubectl(words: readonly string[], io: Io): Step {
  const inner = limited(io)
  const step = attempt(inner, each => begin(words, each))
  io.session = inner.session
  return step
}

/** Goes on with what waits. Never throws. */
export function goOn({ follow, data }: { follow: string, data: Plain }, io: Io): Step {
  const inner = limited(io)
  const step = attempt(inner, each => FOLLOW[follow]!(data, each))
  io.session = inner.session
  return step
}
