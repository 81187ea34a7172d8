// What was probably meant in a manifest that is refused: one line of ours, for the terminal and the editor.
import { KINDS, RESOURCES } from '../api/objects.ts'
import type { Kind } from '../api/objects.ts'
import { fieldsOf } from '../api/schema.ts'
import { partsOf, readYaml } from './manifests.ts'
import { nearest } from './nearest.ts'

/** What helps, and the line that it is about, counted from 1. */
export interface Meant {
  readonly text: string
  readonly line?: number
  /** that line itself, for those who do not see it */
  readonly shown?: string
}

/**
 * Which line of a document does not stand where it should, and why.
 * @param message of Go's parser
 * @param before lines of the file before the document
 */
export function forYaml(text: string, message: string, before = 0): Meant | undefined {
  const told = Number(/line (\d+)/.exec(message)?.[1] ?? 1)
  const lines = text.split('\n')
  const about = (line: number, why: string): Meant => {
    const found = lines[line - 1]
    return { line: line + before, text: why, ...(found !== undefined && { shown: `Line ${line + before} is "${found.slice(0, 120)}".` }) }
  }
  const tab = lines.findIndex(line => /^\s*\t/.test(line))
  if (tab >= 0)
    return { line: tab + 1 + before, text: `Line ${tab + 1 + before} begins with a tab: YAML is indented with blanks only.` }
  if (message.includes('mapping values')) {
    const glued = lines.findIndex((line, i) => i < told && i >= told - 2 && /^\s*[\w-]+:[^\s/]/.test(line))
    if (glued >= 0)
      return about(glued + 1, 'After a colon comes a blank.')
    const above = lines.slice(0, told - 1).findLast(line => line.trim())
    const [a, b] = [above, lines[told - 1]].map(line => /^\s*/.exec(line ?? '')![0].length)
    return about(told, a !== undefined && b !== undefined && b > a && above?.includes(': ') ? 'It is indented further than the line above, which has its value already.' : 'There is one colon too many, or a text that needs quotes.')
  }
  if (message.includes('could not find expected \':\'')) {
    const bare = lines.findIndex((line, i) => i < told && /^\s*[\w-]+\s*$/.test(line) && !line.trim().startsWith('-'))
    return bare >= 0 ? about(bare + 1, 'A colon is missing.') : { text: `A colon is missing before line ${told + before}.` }
  }
  if (message.includes('did not find expected key') || message.includes('indicator'))
    return about(told + 1, 'It is not indented like its neighbours.')
  if (message.includes('end of stream'))
    return { text: 'A quote is opened and never closed.' }
  return undefined
}

/** The same for a file of which one document cannot be read. */
export function forFile(text: string, message: string): string | undefined {
  const parts = partsOf(text)
  const part = parts.find((each) => {
    try {
      readYaml(each.text)
      return false
    }
    catch (error) {
      return (error as Error).message.includes(message)
    }
  }) ?? parts[0]!
  const meant = forYaml(part.text, message, text.slice(0, part.from).split('\n').length - 1)
  return meant && (meant.shown ? `${meant.text} ${meant.shown}` : meant.text)
}

/** A field that nobody knows: the nearest that is known beside it. @param path as the API server writes it */
export function forField(path: string, kind: Kind): string | undefined {
  const steps = path.replace(/\[\d+\]/g, '').split('.')
  let type: string = kind
  for (const step of steps.slice(0, -1)) {
    const field = fieldsOf(type)?.get(step)
    if (!field?.object)
      return undefined
    type = field.type
  }
  const known = [...fieldsOf(type)?.keys() ?? []]
  const last = steps.at(-1)!
  const near = nearest(last, known)
  if (near)
    return `There is no field "${last}" there. Did you mean ${near}?`
  const elsewhere = ['metadata', 'spec'].find(each => fieldsOf(kind).get(each)?.object && fieldsOf(fieldsOf(kind).get(each)!.type)?.has(last))
  return elsewhere && steps[0] !== elsewhere ? `"${last}" belongs under ${elsewhere}: look at the indent.` : undefined
}

/** A kind and apiVersion that do not belong together. */
export function forMapping(kind: string, version: string): string | undefined {
  const known = KINDS.find(each => each.toLowerCase() === kind.toLowerCase()) ?? nearest(kind, KINDS) as Kind | undefined
  return known ? `${known === kind ? `The apiVersion of ${known} is ${RESOURCES[known].apiVersion}, not ${version || 'empty'}.` : `Did you mean the kind ${known}, of ${RESOURCES[known].apiVersion}?`}` : undefined
}

/** A rule that was broken. @param message in the API server's words */
export function forRule(message: string): string | undefined {
  return message.includes('`selector` does not match template `labels`') ? 'The labels under spec.template.metadata have to hold those under spec.selector.matchLabels.' : undefined
}
