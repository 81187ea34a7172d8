// How an object that was written is printed, and whether it is written at all: `-o` and `--dry-run` of all verbs that write.
import { RESOURCES } from '../api/objects.ts'
import type { Kind } from '../api/objects.ts'
import type { Server } from '../api/server.ts'
import { fillAsJson, fillTemplate, parseTemplate } from '../printers/jsonpath.ts'
import { jsonText, yamlText } from '../printers/yaml.ts'
import { Failure } from './errors.ts'
import type { Parsed } from './flags.ts'
import { goSyntax } from './gojson.ts'
import type { Io } from './io.ts'
import { fullName } from './resources.ts'

/** The flags of verbs that write. */
export const WRITES = 'output,o:s dry-run:s=none?unchanged template:s show-managed-fields allow-missing-template-keys:b=true field-manager:s validate:s=strict?strict'

export type DryRun = 'none' | 'client' | 'server'

/** @throws Failure on a value that nobody knows. upstream: cmdutil.GetDryRunStrategy */
export function dryRunOf(io: Pick<Io, 'warn'>, flags: Parsed): DryRun {
  const text = flags.text('dry-run')
  switch (text) {
    case 'none': case 'client': case 'server': return text
    case 'false': case '': return 'none'
    case 'unchanged': case 'true':
      io.warn(`W: --dry-run${text === 'unchanged' ? ' is deprecated and can be replaced with --dry-run=client.' : `=${text} is deprecated (boolean value) and can be replaced with --dry-run=client.`}\n`)
      return 'client'
    default: throw new Failure(`Invalid dry-run value (${text}). Must be "none", "server", or "client".`)
  }
}

/** Whether it tells what would come of it, and does nothing. @throws Failure on a value that nobody knows */
export const isDryRun = (flags: Parsed): boolean => flags.has('dry-run') && dryRunOf({ warn: () => {} }, flags) !== 'none'

/** Writes, or only tries to. */
export const writing = <T>(io: Io, dry: DryRun, go: (api: Server) => T): T => dry === 'server' ? io.api.dryRun(go) : go(io.api)

const FORMATS = 'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml'
const PLAIN_FORMATS = 'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml'

export const badFormat = (format: string, all: boolean) => new Failure(`unable to match a printer suitable for the output format "${format}", allowed formats are: ${all ? FORMATS : PLAIN_FORMATS}`)

/** An object of a list without what only storage needs. upstream: managed fields are left out too */
export type Printer = (value: object) => string

/** A printer of whole objects, by a format such as `yaml` or `jsonpath={.kind}`; undefined where the format is none of these. @throws Failure on a template that cannot be read */
export function objectPrinter(output: string, template = ''): Printer | undefined {
  const equals = output.indexOf('=')
  const format = equals < 0 ? output : output.slice(0, equals)
  const argument = equals < 0 ? template : output.slice(equals + 1)
  switch (format) {
    case 'yaml': case 'kyaml': return equals < 0 ? format === 'yaml' ? yamlText : kyamlMissing() : undefined
    case 'json': return equals < 0 ? jsonText : undefined
    case 'name': return value => (value as { items?: object[] }).items?.map(nameOf).join('') ?? nameOf(value)
    case 'jsonpath': case 'jsonpath-as-json': return jsonPathPrinter(argument, format)
    case 'go-template': case 'template': case 'go-template-file': case 'templatefile': case 'jsonpath-file':
      throw new Failure(`the output format "${format}" is not there in this kubectl: jsonpath and custom-columns do the same`)
    default: return undefined
  }
}

function kyamlMissing(): never {
  throw new Failure('the output format "kyaml" is not there in this kubectl: yaml says the same')
}

const nameOf = (value: object) => `${fullName(value as { kind: string, metadata: { name: string } })}\n`

function jsonPathPrinter(template: string, format: string): Printer {
  if (!template)
    throw new Failure(`template format specified but no template given`)
  const nodes = (() => {
    try {
      return parseTemplate(template)
    }
    catch (error) {
      throw new Failure(`error parsing jsonpath ${template}, ${(error as Error).message}`)
    }
  })()
  return (value) => {
    try {
      return format === 'jsonpath-as-json' ? fillAsJson(nodes, value) : fillTemplate(nodes, value)
    }
    catch (error) {
      throw new Failure(`error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${(error as Error).message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(value)}\n\n\n`)
    }
  }
}

/** The commands, by their flags, that have printed a document of YAML. upstream: printers.YAMLPrinter's printCount */
const parted = new WeakSet<Parsed>()

/** Prints what was done to an object: `deployment.apps/web created`, or the object where `-o` says so. @param alone each object is printed as if it were the only one: YAML has no line between them */
export function done(io: Io, flags: Parsed, object: { kind: string, metadata: { name: string } }, what: string, dry: DryRun = 'none', alone = false): void {
  const output = flags.text('output')
  if (!output)
    return io.print(`${fullName(object)} ${what}${dry === 'client' ? ' (dry run)' : dry === 'server' ? ' (server dry run)' : ''}\n`)
  const printer = objectPrinter(output, flags.text('template'))
  if (!printer)
    throw badFormat(output, false)
  if (output === 'yaml' && !alone) {
    if (parted.has(flags))
      io.print('---\n')
    parted.add(flags)
  }
  io.print(printer(object))
}

/** Fails early where `-o` asks for what is not there, before anything is written. */
export function checkOutput(flags: Parsed): void {
  const output = flags.text('output')
  if (output && !objectPrinter(output, flags.text('template')))
    throw badFormat(output, false)
}

/** What a manifest is before the server has seen it, for `--dry-run=client`. */
export function unsent<T extends { kind: Kind, metadata: object }>(object: T, namespace: string, named: boolean): T {
  return RESOURCES[object.kind].namespaced && named ? { ...object, metadata: { ...object.metadata, namespace } } : object
}
