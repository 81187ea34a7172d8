// What is wrong with a manifest, and where: found by the parser, decoder and rules that the cluster itself goes by.
import type { Document } from 'yaml'
import { parseDocument } from 'yaml'
import { decodeRaw } from '../api/decode.ts'
import { ApiError } from '../api/errors.ts'
import { strategicDifference } from '../api/patch.ts'
import type { JsonObject } from '../api/patch.ts'
import { RESOURCES } from '../api/objects.ts'
import type { Kind } from '../api/objects.ts'
import type { Server } from '../api/server.ts'
import { errorText, Failure } from '../kubectl/errors.ts'
import { itemsOf, MOST_MANIFEST, partsOf, placed, readDocument, readPart, saysSomething, toManifest, unsetOf } from '../kubectl/manifests.ts'
import type { Manifest, Part } from '../kubectl/manifests.ts'
import { forAmount, forField, forMapping, forRule, forType, forUnset, forYaml } from '../kubectl/meant.ts'
import { BY, guarded } from '../kubectl/writes.ts'
import { YamlError } from '../kubectl/yaml/scanner.ts'
import { scan } from './flow.ts'
import { locate, pathOf } from './locate.ts'

export interface Problem {
  /** in letters of the file */
  readonly from: number
  readonly to: number
  /** in kubectl's or the API server's words */
  readonly message: string
  /** our line below it */
  readonly hint?: string
  /** nothing is wrong: this is to be known */
  readonly note?: true
}

/** What a text is for. */
export interface Purpose {
  /** the file's name, as messages tell it */
  readonly source: string
  readonly namespace: string
  /** an object of the cluster is edited: as what it was opened */
  readonly edits?: { readonly kind: Kind, readonly namespace: string, readonly name: string, readonly text: string }
}

/** A cluster that can be asked what it would do. */
type Trial = Pick<Server, 'dryRun'>

/** A problem within a document: at a field, or where else. */
interface Told { readonly path?: string, readonly line?: number, readonly at?: number, readonly message: string, readonly hint?: string | undefined }

const STRICT = 'strict decoding error: '

function decodingProblems(kind: Kind, object: unknown, error: SyntaxError): Told[] {
  const { message } = error
  if (message.startsWith(STRICT))
    return [...message.matchAll(/unknown field "([^"]*)"/g)].map(([text, path = '']) => ({ path, message: STRICT + text, hint: forField(path, kind, object) }))
  const [, held = '', names = ''] = /cannot unmarshal (\w+)(?: \S+)? into Go struct field \w+\.(\S+)/.exec(message) ?? []
  return [{ path: pathOf(object, names, held), message, hint: forType(message, object) ?? forAmount(message) }]
}

/** What the API server says to an object. */
function refusals(api: Trial, go: (api: Server) => void): Told[] {
  try {
    api.dryRun(trial => go(guarded(trial)))
    return []
  }
  catch (error) {
    if (error instanceof ApiError && error.reason === 'Invalid' && error.details.causes?.length)
      return [...new Map(error.details.causes.map(({ field, message }) => [`${field} ${message}`, { path: field, message: `${field}: ${message}`, hint: forRule(message) }])).values()]
    const message = error instanceof ApiError ? errorText(error) : (error as Error).message
    return [{ path: /replicas/.test(message) ? 'spec.replicas' : /namespaces? "/.test(message) ? 'metadata.namespace' : /resource name/.test(message) ? 'metadata' : 'kind', message }]
  }
}

/** What is wrong with an object of a document. @param path where it stands, with a dot at its end: '' or `items[0].` */
function objectProblems(api: Trial, value: unknown, purpose: Purpose, path: string): Told[] {
  const within = (told: Told[]) => told.map(each => ({ ...each, path: path + (each.path ?? '') }))
  const unset = path || purpose.edits ? undefined : unsetOf(value)
  if (unset)
    return [{ path, message: unset, hint: forUnset(unset, (value as { kind?: string }).kind) }]
  let manifest: Manifest
  try {
    manifest = toManifest(value, purpose.source)
  }
  catch (error) {
    const { message } = error as Error
    const [, kind, version] = /no matches for kind "([^"]*)" in version "([^"]*)"/.exec(message) ?? []
    if (kind === undefined)
      return message.includes('is not there in this cluster') ? within([{ path: 'kind', message }]) : [{ path, message, hint: forType(message) }]
    const known = Object.hasOwn(RESOURCES, kind)
    return within([{ path: known ? 'apiVersion' : 'kind', message: `no matches for kind "${kind}" in version "${version}"`, hint: forMapping(kind, version!) }])
  }
  const { kind, object } = manifest
  try {
    decodeRaw(kind, value)
  }
  catch (error) {
    if (error instanceof SyntaxError)
      return within(decodingProblems(kind, value, error))
    throw error
  }
  const { edits } = purpose
  if (edits) {
    const before = readPart({ text: edits.text, from: 0, line: 0 }) as JsonObject
    const patch = strategicDifference(edits.kind, before, value as JsonObject)
    return within(refusals(api, trial => void trial.patch(edits.kind, edits.namespace, edits.name, patch, {}, BY)))
  }
  if (!object.metadata.name)
    return within([{ path: 'metadata', message: object.metadata.generateName ? 'cannot use generate name with apply' : 'resource name may not be empty' }])
  return within(refusals(api, trial => void trial.apply(kind, placed(manifest, purpose.namespace, false).object, BY)))
}

/** Where a message of the parser belongs: where ours says, else where the parser stopped. */
function syntaxProblem(part: Part, before: number, error: Error): Told {
  const { message } = error
  const offset = Number(/^json: offset (\d+)/.exec(message)?.[1] ?? Number.NaN)
  if (!Number.isNaN(offset))
    return { at: offset - 1, message }
  const meant = forYaml(part.text.slice(-part.line), message, before - part.line)
  const found = parseDocument(part.text.slice(0, 20_000), { version: '1.1', prettyErrors: false, uniqueKeys: false, logLevel: 'silent' }).errors[0]
  const at = found?.pos[0] ?? (error instanceof YamlError ? error.at : 0)
  // a bracket that is never closed is told of where somebody reads on, and is wrong where it is opened
  const open = /did not find expected ',' or/.test(message) ? scan(part.text, at) : undefined
  if (open?.inside === 'flow')
    return { at: open.from, message, hint: meant?.text ?? `The ${part.text[open.from] === '[' ? 'bracket' : 'brace'} that is opened here is not closed.` }
  return { ...(meant?.line === undefined ? { at } : { line: meant.line - before }), message, hint: meant?.text }
}

/** The letters of a line, without the blanks around them. */
function lineRange(text: string, line: number): { from: number, to: number } {
  const lines = text.split('\n')
  const n = Math.min(Math.max(line, 1), lines.length) - 1
  const from = lines.slice(0, n).reduce((sum, each) => sum + each.length + 1, 0)
  const own = lines[n]!
  const indent = own.length - own.trimStart().length
  return { from: from + indent, to: from + Math.max(own.trimEnd().length, indent) }
}

function partProblems(api: Trial, part: Part, before: number, purpose: Purpose): Problem[] {
  let document: Document | undefined
  let told: Told[]
  try {
    const json = part.wrong !== undefined || (part.from === 0 && part.text.trimStart().startsWith('{'))
    const value = json ? readPart(part) : undefined
    const read = readDocument(part.text, part.line)
    document = read.document
    const given = json ? value : read.value
    told = given === null || given === undefined ? [] : itemsOf(given).flatMap((item, i, all) => objectProblems(api, item, purpose, all.length > 1 || item !== given ? `items[${i}].` : ''))
  }
  catch (error) {
    told = [syntaxProblem(part, before, error as Error)]
  }
  return told.map(({ path, line, at, message, hint }) => {
    const first = () => lineRange(part.text, part.text.slice(0, part.text.search(/\S/)).split('\n').length)
    const range = line !== undefined ? lineRange(part.text, line) : at !== undefined ? lineRange(part.text, part.text.slice(0, at).split('\n').length) : (document && path && locate(document, path)) || first()
    return { from: part.from + range.from, to: part.from + range.to, message, ...(hint && { hint }) }
  })
}

/** Problems that are told: nobody reads more. */
const MOST = 50
/** Letters that are read while they are typed: more would make typing slow. */
const MOST_CHECKED = 10_000

/** All that the cluster would refuse in a text, in the order of the lines. Writes nothing. Never throws */
export function problemsOf(api: Trial, text: string, purpose: Purpose): Problem[] {
  if (text.length > MOST_MANIFEST)
    return [{ from: 0, to: Math.min(text.length, 80), message: `the manifest ${purpose.source} is too large: ${text.length} letters, and at most ${MOST_MANIFEST} are taken here` }]
  if (text.length > MOST_CHECKED)
    return [{ from: 0, to: 0, note: true, message: `These are ${text.length} letters: more than ${MOST_CHECKED} are not checked here, but by kubectl when they are handed in.` }]
  try {
    // of an object that is edited, kubectl takes the notes away, and there is one
    if (!purpose.edits && !partsOf(text).some(saysSomething))
      return [{ from: 0, to: 0, note: true, message: 'Nothing to apply yet: a manifest begins with the lines apiVersion and kind.' }]
    const parts = purpose.edits ? [{ text, from: 0, line: 0 } as const] : partsOf(text)
    const found: Problem[] = []
    let lines = 0
    for (const part of parts) {
      if (found.length < MOST && saysSomething(part))
        found.push(...partProblems(api, part, lines, purpose))
      lines += part.text.split('\n').length - 1
    }
    return found.sort((a, b) => a.from - b.from).slice(0, MOST)
  }
  catch (error) {
    return [{ from: 0, to: Math.min(text.length, 80), message: errorText(error instanceof Error ? error : new Failure(String(error))) }]
  }
}
