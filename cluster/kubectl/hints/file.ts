// What was meant in a file that is not taken, or by the name of one.
import { annotated, LAST_APPLIED } from '../../api/apply.ts'
import { RESOURCES } from '../../api/objects.ts'
import type { Kind } from '../../api/objects.ts'
import type { Session } from '../io.ts'
import type { Eyes } from './eyes.ts'
import { readWords } from '../kubectl.ts'
import { readYaml } from '../manifests.ts'
import { forField, forFile, forMapping, forType, forUnset } from '../meant.ts'
import { nearest } from '../nearest.ts'

/** The files that a line hands over, as the terminal has them. @throws Failure where its flags cannot be read */
export const filesOf = (words: readonly string[]): string[] => readWords(words).flags.list('filename').map(file => file.replace(/^\.\//, ''))

/** What the file of a line says; undefined where it cannot be read. */
function fileOf(words: readonly string[], session: Session): unknown {
  try {
    return readYaml(session.files[filesOf(words)[0] ?? ''] ?? '')
  }
  catch {
    return undefined
  }
}

const kindOfFile = (words: readonly string[], session: Session): Kind | undefined => (fileOf(words, session) as { kind?: Kind } | null | undefined)?.kind

/** A file that was saved and is another than what was applied: a wish that nobody has handed in. @param name of the file */
export function forSaved(name: string, session: Session, api: Eyes): string | undefined {
  try {
    const given = readYaml(session.files[name] ?? '') as { kind?: Kind, metadata?: { name?: string, namespace?: string } } | null
    if (!given?.kind || !Object.hasOwn(RESOURCES, given.kind) || !given.metadata?.name)
      return undefined
    const namespace = given.metadata.namespace ?? session.namespace
    const live = api.get(given.kind, RESOURCES[given.kind].namespaced ? namespace : '', given.metadata.name)
    const { metadata } = annotated(given.kind, { ...given, metadata: { ...given.metadata, namespace } })
    const same = (metadata.annotations as Record<string, string>)[LAST_APPLIED] === live?.metadata.annotations?.[LAST_APPLIED]
    return same ? undefined : `${name} is saved; the cluster has not been told yet: \`kubectl apply -f ${name}\``
  }
  catch {
    return undefined
  }
}

/** @param stderr what kubectl said */
export function forManifest(words: readonly string[], stderr: string, session: Session): string | undefined {
  const yaml = /error parsing (\S+): .*yaml: (.*)/.exec(stderr)
  if (yaml) {
    const text = session.files[yaml[1]!.replace(/^\.\//, '')]
    return text === undefined ? undefined : forFile(text, yaml[2]!)
  }
  // what is too large to be taken is not read to help, either
  if (/\b(?:apiVersion|kind) not set/.test(stderr))
    return forUnset(stderr, kindOfFile(words, session))
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
  const unexpected = /Unexpected args: \[(\S+)\]|must specify one of -f/.exec(stderr)
  if (unexpected) {
    const files = Object.keys(session.files)
    const [name] = unexpected[1] ? [Object.hasOwn(session.files, unexpected[1]) ? unexpected[1] : files.find(file => file.startsWith(`${unexpected[1]!}.`)) ?? unexpected[1]] : files
    return `A file is named behind \`-f\`: \`kubectl ${words[0]} -f ${name ?? 'FILE'}\``
  }
  const [manifest] = Object.keys(session.files)
  if (manifest !== undefined && /flag needs an argument: (?:'f' in -f|--filename)/.test(stderr))
    return `Behind \`-f\` stands the file: \`kubectl ${words[0]} -f ${manifest}\``
  const path = /the path "([^"]*)" does not exist/.exec(stderr)
  if (path) {
    const near = nearest(path[1]!, Object.keys(session.files))
    return near ? `Did you mean ${near}?` : '`ls` lists the files that are here.'
  }
  return undefined
}
