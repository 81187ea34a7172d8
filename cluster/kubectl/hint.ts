// One line of ours under kubectl's own message: what was probably meant. It is never part of what kubectl prints. Commands stand in `backticks`. By what failed: hints/.
import type { Session } from './io.ts'
import { forAnswer } from './hints/answer.ts'
import { forCommand } from './hints/command.ts'
import type { Eyes } from './hints/eyes.ts'
import { forManifest, forSaved } from './hints/file.ts'
import { forImage, forObject, forService, forWords } from './hints/object.ts'
import { forShell } from './hints/shell.ts'
import { forAmount, forRule } from './meant.ts'
import { readWords } from './kubectl.ts'
import { isDryRun } from './output.ts'
import type { Outcome } from './shell.ts'
import { parseLine } from './words.ts'

/** The words of each kubectl in a line. @throws Error where it is no line */
const commandsIn = (line: string): string[][] => parseLine(line.slice(0, 5000)).flatMap(each => each.programs).filter(({ words: [program] }) => program === 'kubectl' || program === 'k').map(({ words }) => words.slice(1))

/** The words of the last kubectl in a line: its answer is the nearest. */
function wordsOf(line: string): readonly string[] | undefined {
  try {
    return commandsIn(line).at(-1)
  }
  catch {
    return undefined
  }
}

/** What is wrong with a patch, where its own answer does not tell. */
function forPatch(words: readonly string[], stderr: string): string | undefined {
  if (words[0] === 'patch' && /invalid character .* looking for beginning/.test(stderr))
    return 'A shell takes quotes away: put single quotes around the patch, `-p \'{…}\'`.'
  return words[0] === 'patch' && stderr.includes('The request is invalid: the server rejected') ? 'A step of the patch does not fit: what its path names is not there. `-o json` at the end of a get shows the paths.' : undefined
}

/** What curl's exit codes mean to who asks from within a Pod. upstream: curl(1) */
const CURL: Readonly<Record<string, string>> = {
  6: 'curl knows nobody of this name: `kubectl get services` lists the names there are.',
  7: 'curl was refused: behind this name nobody listens. Where a Service leads tells `kubectl get endpointslices`.',
  28: 'curl had no answer in time: the port may be another, or the machine is gone.',
  60: 'curl does not know the certificate: with -k it asks all the same.',
}

function forInside(words: readonly string[], stderr: string): string | undefined {
  const [, code = ''] = /command terminated with exit code (\d+)/.exec(stderr) ?? []
  if (words[0] !== 'exec' || !words.includes('curl'))
    return undefined
  const own = words.map(word => /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1)(?::(\d+))?(?:\/|$)/.exec(word)).find(Boolean)
  return own && code === '7' ? `In this Pod nobody listens on port ${own[1] ?? '80'}.` : CURL[code]
}

function afterFailure(words: readonly string[], stderr: string, session: Session, api: Eyes): string | undefined {
  return forService(words, stderr, session, api) ?? forImage(words, stderr, session, api) ?? forPatch(words, stderr) ?? forCommand(words, stderr, session, api) ?? forManifest(words, stderr, session)
    ?? forObject(words, stderr, session, api) ?? forWords(words, stderr, session, api) ?? forRule(stderr) ?? forAmount(stderr) ?? forInside(words, stderr)
}

/** Verbs that change what is wished for, and what of `rollout` does not. */
const CHANGING = new Set(['annotate', 'apply', 'autoscale', 'cordon', 'create', 'delete', 'drain', 'edit', 'expose', 'label', 'patch', 'replace', 'rollout', 'run', 'scale', 'set', 'taint', 'uncordon'])
const LOOKING = new Set(['history', 'status'])

/** What only asks how a verb is used, or what would come of it, changes nothing. */
function changes(words: readonly string[]): boolean {
  const { path: [verb = '', sub = ''], flags } = readWords(words)
  return CHANGING.has(verb) && !(verb === 'rollout' && LOOKING.has(sub)) && !flags.on('help') && !isDryRun(flags)
}

/** Whether a line tries to change something in the cluster, by any of its programs. Never throws. */
export function isTry(line: string): boolean {
  try {
    return commandsIn(line).some(changes)
  }
  catch {
    return false
  }
}

/** One line under a file that was saved, where the cluster does not have what it says. Never throws. */
export const hintSaved = (file: string, session: Session, api: Eyes): string | undefined => forSaved(file.replace(/^\.\//, ''), session, api)

/** One line that helps, where there is something to say. Never throws. @param result what the line came to @param tried something was tried before: then what a description means is told, and else it is left to who reads it */
export function hint(line: string, result: Pick<Outcome, 'stdout' | 'stderr' | 'exit'>, session: Session, api: Eyes, tried = true): string | undefined {
  try {
    const about = forShell(line, result.stderr)
    if (about)
      return about
    const words = wordsOf(line)
    if (!words)
      return undefined
    return result.exit ? afterFailure(words, result.stderr, session, api) : forAnswer(words, result, session, api, tried)
  }
  catch {
    return undefined
  }
}
