// kubectl explain: what the API says of its fields. upstream: kubectl pkg/explain/v2
import { RESOURCES } from '../../api/objects.ts'
import type { Call, Command } from '../command.ts'
import { Failure } from '../errors.ts'
import type { FieldDoc, FieldDocs } from '../fielddocs.ts'
import { flagSet } from '../flags.ts'
import { notThere } from '../empty.ts'
import { isEndpoints } from '../endpoints.ts'
import { emptyNamed, kindNamed, kindOf } from '../resources.ts'

/** Letters of a line, without its indent. */
const WIDTH = 76

/** Text in lines, each indented. upstream: wrap */
export function wrapped(text: string, indent: number, width = WIDTH): string {
  const out: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(/\s+/).filter(Boolean)) {
      if (line && line.length + 1 + word.length > width) {
        out.push(line)
        line = ''
      }
      line = line ? `${line} ${word}` : word
    }
    out.push(line)
  }
  return out.map(line => `${' '.repeat(indent)}${line}`.trimEnd() || ' '.repeat(indent)).join('\n')
}

/** The values of a field below its line: four at most. upstream: extractEnum */
function listed({ options = [] }: FieldDoc, pad: string): string {
  const few = options.slice(0, 4).map(each => each || '""').join(', ')
  return few && `${pad}enum: ${few}${options.length > 4 ? ', ....' : ''}\n`
}

function fieldText(name: string, field: FieldDoc, indent: number): string {
  const { type, text, required } = field
  const pad = ' '.repeat(indent)
  return `${pad}${name}\t<${type}>${required ? ' -required-' : ''}\n${listed(field, pad)}${wrapped(text || '<no description>', indent + 2)}\n\n`
}

function tree(docs: FieldDocs, type: string, depth: number, path: readonly string[]): string {
  const fields = docs[type]?.fields ?? {}
  return Object.keys(fields).sort().map((name) => {
    const { type: written, of, required } = fields[name]!
    const pad = '  '.repeat(depth)
    return `${pad}${name}\t<${written}>${required ? ' -required-' : ''}\n${listed(fields[name]!, pad)}${of && !path.includes(of) && depth < 12 ? tree(docs, of, depth + 1, [...path, of]) : ''}`
  }).join('')
}

/** What is not explained. @throws Failure: of a kind that nobody knows, as it is; of one that nothing runs, that it is not there. upstream: checkErr, NoResourceMatchError */
function told(word: string): never {
  if (isEndpoints(word))
    kindOf(word)
  const empty = emptyNamed(word)
  if (empty)
    throw new Failure(notThere(empty.kind))
  throw new Failure(`the server doesn't have a resource type "${word}"`, { raw: true })
}

function explain({ io, flags, words }: Call): undefined {
  const [given, ...more] = words
  if (given === undefined)
    throw new Failure('You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.')
  if (more.length)
    throw new Failure('We accept only this format: explain RESOURCE')
  const [word = '', ...path] = given.split('.')
  const kind = kindNamed(word) ?? told(word)
  const { group, apiVersion } = RESOURCES[kind]
  const { docs } = io
  if (!docs)
    throw new Failure('the descriptions of fields are not loaded in this terminal')
  let type: string | undefined = kind
  let field: FieldDoc | undefined
  for (const step of path) {
    const fields: Readonly<Record<string, FieldDoc>> = type === undefined ? {} : docs[type]?.fields ?? {}
    field = Object.hasOwn(fields, step) ? fields[step] : undefined
    if (!field)
      throw new Failure(`field "${step}" does not exist`)
    type = field.of
  }
  const version = apiVersion.slice(group ? group.length + 1 : 0)
  const of = type === undefined ? undefined : docs[type]
  const description = [field?.text, of?.text].filter((text, i, all) => text && all.indexOf(text) === i).join('\n')
  io.print(`${group ? `GROUP:      ${group}\n` : ''}KIND:       ${kind}\nVERSION:    ${version}\n\n`)
  if (field)
    io.print(`FIELD: ${path.at(-1)} <${field.type}>${field.required ? ' -required-' : ''}\n${field.options?.length ? `ENUM:\n${field.options.map(each => `    ${each || '""'}\n`).join('')}` : ''}\n`)
  io.print(`DESCRIPTION:\n${wrapped(description || '<empty>', 4)}\n    \n`)
  if (of) {
    io.print('FIELDS:\n')
    io.print(flags.on('recursive') ? tree(docs, type!, 1, [type!]) : Object.keys(of.fields).sort().map(name => fieldText(name, of.fields[name]!, 2)).join(''))
  }
  io.print('\n')
  return undefined
}

export const explainCommand: Command = {
  name: 'explain',
  about: 'Get documentation for a resource',
  usage: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2] [options]',
  examples: '  # Get the documentation of the resource and its fields\n  kubectl explain pods\n\n  # Get the documentation of a specific field of a resource\n  kubectl explain deployment.spec.replicas',
  flags: flagSet('recursive api-version:s output,o:s=plaintext'),
  takes: 'kinds',
  run: explain,
}
