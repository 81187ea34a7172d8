// `-o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[*].image`. upstream: kubectl get/customcolumn.go
import { goText } from '../api/patch.ts'
import { evaluate, isRelaxed, parsePath, UNEXPECTED_PATH } from '../printers/jsonpath.ts'
import { tableText } from '../printers/table.ts'
import { Failure } from './errors.ts'
import type { Io } from './io.ts'
import { readFile } from './manifests.ts'

interface Column { readonly header: string, readonly steps: ReturnType<typeof parsePath> }

function column(header: string, path: string): Column {
  if (path && !isRelaxed(path))
    throw new Failure(UNEXPECTED_PATH)
  const inner = path.replace(/^\{(.*)\}$/s, '$1')
  try {
    return { header, steps: parsePath(/^[.[$]/.test(inner) ? inner : `.${inner}`) }
  }
  catch (error) {
    throw new Failure(`error parsing jsonpath ${path}, ${(error as Error).message}`)
  }
}

function fromText(text: string): Column[] {
  if (!text)
    throw new Failure('custom-columns format specified but no custom columns given')
  return text.split(',').map((part) => {
    const colon = part.indexOf(':')
    if (colon < 0)
      throw new Failure(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return column(part.slice(0, colon), part.slice(colon + 1))
  })
}

function fromFile(text: string): Column[] {
  const [headers = '', paths = ''] = text.split('\n')
  const words = (line: string) => line.trim().split(/\s+/).filter(Boolean)
  if (words(headers).length !== words(paths).length || !words(headers).length)
    throw new Failure(`number of headers (${words(headers).length}) and field specifications (${words(paths).length}) don't match`)
  return words(headers).map((header, i) => column(header, words(paths)[i]!))
}

/** A printer of such columns. @throws Failure on columns that cannot be read */
export function customColumns(output: string, headers: boolean, io: Io): (objects: readonly object[]) => string {
  const equals = output.indexOf('=')
  const format = equals < 0 ? output : output.slice(0, equals)
  const argument = equals < 0 ? '' : output.slice(equals + 1)
  if (format !== 'custom-columns' && format !== 'custom-columns-file')
    throw new Failure(`unable to match a printer suitable for the output format "${output}"`)
  const list = format === 'custom-columns' ? fromText(argument) : fromFile(readFile(io, argument))
  const cell = (object: object, { steps }: Column) => {
    try {
      return evaluate(steps, object).map(value => goText(value as Parameters<typeof goText>[0])).join(',') || '<none>'
    }
    catch {
      return '<none>'
    }
  }
  return objects => tableText([...(headers ? [list.map(each => each.header)] : []), ...objects.map(object => list.map(each => cell(object, each)))])
}
