// What a verb is: its words, its flags, what it does.
import type { Failure } from './errors.ts'
import type { FlagSet, Parsed } from './flags.ts'
import type { Io, Waiting } from './io.ts'

export interface Call {
  readonly io: Io
  readonly flags: Parsed
  /** the words after the verb, without those after `--` */
  readonly words: readonly string[]
  /** the words after `--` */
  readonly rest: readonly string[]
  readonly namespace: string
  /** whether `-n` was given */
  readonly enforced: boolean
  /** `create deployment` */
  readonly path: string
}

export interface Command {
  readonly name: string
  readonly aliases?: readonly string[]
  /** words that lead to it when somebody types them. upstream: cobra's SuggestFor */
  readonly suggestFor?: readonly string[]
  /** one line, as `kubectl help` tells it */
  readonly about: string
  /** what comes after the verb: `(TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE/NAME) [flags]` */
  readonly usage?: string
  readonly examples?: string
  readonly flags?: FlagSet
  /** flags without which it does not begin */
  readonly required?: readonly string[]
  readonly subs?: readonly Command[]
  /** what the words have to be, before flags are missed. @throws Failure */
  readonly check?: (words: readonly string[], path: string) => void
  /** what is said of flags that cannot be read, where that is not what all say. upstream: cobra's SetFlagErrorFunc */
  readonly flagError?: (path: string, message: string) => Failure
  readonly run?: (call: Call) => Waiting | undefined
  /** what the words of it are: completion offers kinds and names, nodes, files */
  readonly takes?: 'kinds' | 'pods' | 'nodes' | 'none'
}
