// Files as objects: YAML or JSON, one or many in a file. upstream: cli-runtime resource.FileVisitor, StreamVisitor
import { isCollection, isNode, isScalar, parseDocument, visit } from 'yaml'
import type { Document, Pair, ScalarTag } from 'yaml'
import { sortedJson } from '../api/apply.ts'
import { RESOURCES } from '../api/objects.ts'
import type { Kind } from '../api/objects.ts'
import { decodeRaw } from '../api/decode.ts'
import { EMPTY, notThere } from './empty.ts'
import { goJson, goSyntax } from './gojson.ts'
import type { JsonError } from './gojson.ts'
import { Failure, throwAll } from './errors.ts'
import type { Parsed } from './flags.ts'
import type { Io } from './io.ts'
import { checkYaml } from './yaml/grammar.ts'
import type { Gap } from './yaml/scanner.ts'

/** Letters that a manifest may have: what the annotation of `apply` can hold. */
export const MOST_MANIFEST = 262_144
/** Aliases of one text that may be followed. */
const MOST_ALIASES = 100

export interface Manifest {
  readonly kind: Kind
  readonly object: Record<string, unknown> & { metadata: Record<string, unknown> & { name?: string, namespace?: string } }
  /** the file that it came from, as messages name it */
  readonly source: string
}

/** What JSON text says. @throws Error in Go's words */
function readJson(text: string): unknown {
  try {
    return goJson(text)
  }
  catch (error) {
    const { at, message } = error as JsonError
    throw new Failure(at >= text.trimEnd().length ? 'unexpected EOF' : `json: offset ${at + 1}: ${message}`)
  }
}

/** Lists and maps within each other, in braces. */
const DEEPEST = 200

function checkDepth(text: string): void {
  let depth = 0
  for (const letter of text) {
    depth += letter === '[' || letter === '{' ? 1 : letter === ']' || letter === '}' ? -1 : 0
    if (depth > DEEPEST)
      throw new Error('yaml: exceeded max depth')
  }
}

/** Keys that no object of JSON can have. @throws Error with Go's message */
function checkKeys(document: Document): void {
  const told = (node: unknown) => goSyntax(isNode(node) ? node.toJS(document) : node, 'interface {}').replace(/^interface \{\}\(nil\)$/, '<nil>')
  let missing: Pair | undefined
  visit(document, {
    Pair(_, pair) {
      if (isCollection(pair.key))
        throw new Error(`yaml: invalid map key: ${told(pair.key)}`)
      if (pair.key === null || (isScalar(pair.key) && pair.key.value === null))
        missing ??= pair
    },
  })
  if (missing)
    throw new Error(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${told(missing.value)}`)
}

/** A text with blanks put into it. */
const spaced = (text: string, gaps: readonly Gap[]) => [0, ...gaps.map(({ at }) => at)].map((from, i) => ' '.repeat(gaps[i - 1]?.blanks ?? 0) + text.slice(from, gaps[i]?.at)).join('')

/** Numbers as Go writes them by eights, beside those of YAML 1.1. upstream: strconv.ParseInt */
const OCTAL: ScalarTag = { tag: 'tag:yaml.org,2002:int', default: true, test: /^[-+]?0o[0-7_]+$/i, resolve: written => Number(written.replace(/[-+_]/g, '')) * (written.startsWith('-') ? -1 : 1) }

const documentOf = (text: string): Document => parseDocument(text, { version: '1.1', merge: true, prettyErrors: false, strict: true, uniqueKeys: false, logLevel: 'silent', customTags: tags => [...tags.filter(tag => typeof tag !== 'object' || !/timestamp|binary|omap|pairs|set|(?:int|float)$/.test(tag.tag) || (/int|float/.test(tag.tag) && tag.format !== 'TIME')), OCTAL] })

/** YAML text with the places of what is in it, and what it says. @param line as which Go counts the first: -1 where it does not see it @throws Error with Go's message */
export function readDocument(text: string, line = 0): { readonly document: Document, readonly value: unknown } {
  checkDepth(text)
  const { lines, names } = checkYaml(text, line)
  const document = documentOf(spaced(text, names))
  // what is wrong in this parser's eyes alone is right in Go's. Mostly it stands too far left; what is still wrong then is read as far as it goes
  const read = document.errors.length && lines.length ? documentOf(spaced(text, [...lines, ...names].sort((a, b) => a.at - b.at))) : document
  if (!read.errors.length)
    checkKeys(read)
  try {
    return { document, value: read.toJS({ maxAliasCount: MOST_ALIASES }) as unknown }
  }
  catch (error) {
    const { message } = error as Error
    const anchor = /Unresolved alias.*: (\S+)/.exec(message)
    throw new Error(`yaml: ${anchor ? `unknown anchor '${anchor[1]}' referenced` : /merge/i.test(message) ? 'map merge requires map or sequence of maps as the value' : /alias/i.test(message) ? 'document contains excessive aliasing' : message}`)
  }
}

/** What YAML text says. @throws Error with Go's message */
export const readYaml = (text: string, line = 0): unknown => readDocument(text, line).value

/** A document within a file: what stands between the lines that part documents, with the end of the line before it. */
export interface Part {
  readonly text: string
  /** where it begins, in letters of the file */
  readonly from: number
  /** as which Go counts its first line: -1 where it does not see it */
  readonly line: 0 | -1
  /** what stands behind dashes that should part documents, and may not: nothing of the document is read, nor of those behind it */
  readonly wrong?: string
}

/** The documents of a file, those that say nothing too. upstream: apimachinery's YAMLReader */
export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let [from, line]: [number, 0 | -1] = [0, 0]
  for (const { index, 0: dashes } of text.matchAll(/^---.*$/gm)) {
    const behind = dashes.slice(3).trim()
    if (behind && !behind.startsWith('#'))
      return [...parts, { from, line, text: text.slice(from), wrong: behind }]
    const part: Part = { from, line, text: text.slice(from, index) }
    parts.push(part)
    // dashes with nothing before them belong to the document behind them
    line = part.text.slice(-line) || (parts.length > 1 && line === 0) ? -1 : 0
    from = index + dashes.length
  }
  return [...parts, { from, line, text: text.slice(from) }]
}

/** Whether there is more in a document than comments. */
export const saysSomething = ({ text }: Part) => text.split('\n').some(line => /^[^#]/.test(line.trimStart()))

/** What begins as JSON and is none may be YAML all the same: it has braces, too. upstream: YAMLOrJSONDecoder. @throws Error about the JSON */
function readBraces(text: string): unknown {
  try {
    return readJson(text)
  }
  catch (error) {
    // a whole object has been read, and another is looked for
    if (/[^{]' after top-level/.test((error as Error).message))
      throw new Failure((error as Error).message.replace('after top-level value', 'looking for beginning of value'))
    try {
      return readYaml(text)
    }
    catch {
      throw error
    }
  }
}

/** What a document says, in YAML or JSON. @throws Error with Go's message */
export function readPart({ from, line, text, wrong }: Part): unknown {
  if (wrong !== undefined)
    throw new Failure(`invalid Yaml document separator: ${wrong}`)
  return from === 0 && text.trimStart().startsWith('{') ? readBraces(text) : readYaml(text, line)
}

/** The name of a file that is here. @throws Failure */
function hereAs(io: Io, file: string): string {
  const name = file.replace(/^\.\//, '')
  if (!Object.hasOwn(io.session.files, name))
    throw new Failure(`the path "${file}" does not exist`)
  return name
}

/** Whether something is read from elsewhere than from the files that are here. */
const isElsewhere = (file: string) => file === '-' || /^https?:\/\//.test(file)

/** The file's text. @throws Failure */
export function readFile(io: Io, file: string): string {
  if (file === '-') {
    if (io.stdin === undefined)
      throw new Failure('there is nothing to read: pipe a manifest into the command, as in `cat web.yaml | kubectl apply -f -`')
    return io.stdin
  }
  if (isElsewhere(file))
    throw new Failure(`unable to read URL "${file}": this terminal has no network; ls lists the files that are here`)
  return io.session.files[hereAs(io, file)]!
}

/** The files that one `-f` names; a folder means all manifests in it. @throws Failure where there is none */
function filesOf(io: Io, given: string): string[] {
  if (given !== '.' && given !== './') {
    if (!isElsewhere(given))
      hereAs(io, given)
    return [given]
  }
  const names = Object.keys(io.session.files).filter(name => /\.(?:ya?ml|json)$/.test(name)).sort()
  if (!names.length)
    throw new Failure(`error reading [${given}]: recognized file extensions are [.json .yaml .yml]`)
  return names
}

/** The files that all `-f` name. @throws Failure(s) where any is missing: each is told, and none is read. upstream: Builder.Path, Builder.Do */
function allFiles(io: Io, given: readonly string[]): string[] {
  const errors: unknown[] = []
  const files = given.flatMap((each) => {
    try {
      return filesOf(io, each)
    }
    catch (error) {
      errors.push(error)
      return []
    }
  })
  throwAll(errors)
  return files
}

/** Objects of all files, those that can be read; what is wrong with others is gathered. A file is left at a document that cannot be read, or does not say what it is where that is asked for; other files are not, and kinds that nobody knows stop nothing. upstream: StreamVisitor.Visit @param verb what misses objects where there are none; empty where it does without @param validated whether the verb asks what each is before it asks where that lives */
export function readManifests(io: Io, files: readonly string[], verb = 'apply', validated = false): { manifests: Manifest[], errors: unknown[] } {
  const manifests: Manifest[] = []
  const errors: unknown[] = []
  for (const file of allFiles(io, files)) {
    const text = readFile(io, file)
    const source = file === '-' ? 'STDIN' : file
    if (text.length > MOST_MANIFEST)
      throw new Failure(`the manifest ${source} is too large: ${text.length} letters, and at most ${MOST_MANIFEST} are taken here`)
    for (const part of partsOf(text).filter(saysSomething)) {
      let value: unknown
      try {
        value = readPart(part)
      }
      catch (error) {
        errors.push(error instanceof Failure ? new Failure(`error parsing ${source}: ${error.message}`) : new Failure(`error parsing ${source}: error converting YAML to JSON: ${(error as Error).message}`))
        break
      }
      if (value === null || value === undefined)
        continue
      const unset = validated ? isObject(value) ? unsetOf(value) : 'invalid object to validate' : undefined
      if (unset) {
        errors.push(new Failure(`error validating "${source}": error validating data: ${unset}; if you choose to ignore these errors, turn validation off with --validate=false`))
        break
      }
      for (const item of itemsOf(value)) {
        try {
          manifests.push(toManifest(item, source))
        }
        catch (error) {
          errors.push(error)
        }
      }
    }
  }
  if (verb && !manifests.length && !errors.length)
    throw new Failure(`no objects passed to ${verb}`)
  return { manifests, errors }
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a document does not say of what it is; undefined where it says it. upstream: kubectl pkg/validation getObjectKind */
export function unsetOf(value: unknown): string | undefined {
  if (!isObject(value))
    return undefined
  const fields = value as Readonly<Record<string, unknown>>
  const unset = ['apiVersion', 'kind'].flatMap(name => fields[name] === undefined || fields[name] === null ? [`${name} not set`] : typeof fields[name] === 'string' ? [] : [`${name} isn't string type`])
  return unset.length > 1 ? `[${unset.join(', ')}]` : unset[0]
}

/** The objects of a document: one, or those of a List. */
export function itemsOf(value: unknown): unknown[] {
  const { kind, items } = value as { kind?: unknown, items?: unknown }
  return kind === 'List' && Array.isArray(items) ? items : [value]
}

/** An object as a manifest of a kind that is known. @throws Failure */
export function toManifest(value: unknown, source: string): Manifest {
  const given = value as Manifest['object']
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Failure(`unable to decode "${source}": json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value} into Go value of type unstructured.detector`)
  if (typeof given.kind !== 'string' || !given.kind)
    throw new Failure(`unable to decode "${source}": Object 'Kind' is missing in '${sortedJson(value)}'`)
  const apiVersion = typeof given.apiVersion === 'string' ? given.apiVersion : ''
  const metadata = typeof given.metadata === 'object' && given.metadata !== null && !Array.isArray(given.metadata) ? given.metadata : {}
  const known = Object.hasOwn(RESOURCES, given.kind) ? RESOURCES[given.kind as Kind] : undefined
  if (!known || known.apiVersion !== apiVersion) {
    if (EMPTY.some(each => each.kind === given.kind && each.apiVersion === apiVersion))
      throw new Failure(notThere(given.kind))
    const text = (field: 'name' | 'namespace') => typeof metadata[field] === 'string' ? metadata[field] : ''
    throw new Failure(`resource mapping not found for name: "${text('name')}" namespace: "${text('namespace')}" from "${source}": no matches for kind "${given.kind}" in version "${apiVersion}"\nensure CRDs are installed first`)
  }
  return { kind: given.kind as Kind, object: { ...given, metadata }, source }
}

/** Where a manifest belongs. @throws Failure where the flag says otherwise than the manifest */
export function placed({ kind, object, source }: Manifest, namespace: string, enforced: boolean): Manifest {
  if (!RESOURCES[kind].namespaced)
    return { kind, object, source }
  const given = object.metadata.namespace
  if (enforced && given && given !== namespace)
    throw new Failure(`the namespace from the provided object "${given}" does not match the namespace "${namespace}". You must pass '--namespace=${given}' to perform this operation.`)
  return { kind, source, object: { ...object, metadata: { ...object.metadata, namespace: given ?? namespace } } }
}

/** What becomes of fields that nobody knows: refused, told of, or dropped without a word. */
export type Validation = 'strict' | 'warn' | 'ignore'

/** What `--validate` says. @throws Failure where it is none of its words. upstream: GetValidationDirective */
export function validationOf(flags: Parsed): Validation {
  const how = flags.text('validate')
  const known: Readonly<Record<string, Validation>> = { strict: 'strict', true: 'strict', warn: 'warn', ignore: 'ignore', false: 'ignore' }
  if (!Object.hasOwn(known, how))
    throw new Failure(`invalid - validate option "${how}"; must be one of: strict (or true), warn, ignore (or false)`)
  return known[how]!
}

/** A manifest without the fields that nobody knows, where `--validate` says so: told of, or dropped without a word. Where it is strict, the API server refuses them. upstream: fieldValidation */
export function checked(io: Pick<Io, 'warn'>, flags: Parsed, manifest: Manifest): Manifest {
  const how = validationOf(flags)
  if (how === 'strict')
    return manifest
  try {
    const object = decodeRaw(manifest.kind, manifest.object, undefined, text => how === 'warn' && io.warn(`Warning: ${text}\n`)) as unknown as Manifest['object']
    return { ...manifest, object }
  }
  catch {
    // what is of the wrong type is refused by the API server, in its words
    return manifest
  }
}

/** All manifests of the files, where they belong. @throws Failure(s) */
export function manifestsOf(io: Io, files: readonly string[], namespace: string, enforced: boolean): Manifest[] {
  const { manifests, errors } = readManifests(io, files)
  throwAll(errors)
  return manifests.map(each => placed(each, namespace, enforced))
}
