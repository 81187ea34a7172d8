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
    // a key without its colon is a text, which goes on in what stands further in below it
    const bare = above !== undefined && /^\s*(?:- +)*[\w-]+\s*$/.test(above) ? lines.lastIndexOf(above, told - 2) : -1
    if (bare >= 0)
      return about(bare + 1, 'A colon is missing at its end.')
    const [a, b] = [above, lines[told - 1]].map(line => /^\s*/.exec(line ?? '')![0].length)
    return about(told, a !== undefined && b !== undefined && b > a && above?.includes(': ') ? 'It is indented further than the line above, which has its value already.' : 'There is one colon too many, or a text that needs quotes.')
  }
  if (message.includes('could not find expected \':\'')) {
    const bare = lines.findIndex((line, i) => i < told && /^\s*[\w-]+\s*$/.test(line) && !line.trim().startsWith('-'))
    return bare >= 0 ? about(bare + 1, 'A colon is missing.') : { text: `A colon is missing before line ${told + before}.` }
  }
  if (message.includes('did not find expected key') && /["'\]}]/.test(lines[told] ?? '') && /^\s*/.exec(lines[told]!)![0] === /^\s*/.exec(lines.slice(0, told).findLast(line => line.trim()) ?? '')![0])
    return about(told + 1, 'There is a quote or a bracket too many, or too few.')
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
      readYaml(each.text, each.line)
      return false
    }
    catch (error) {
      return (error as Error).message.includes(message)
    }
  }) ?? parts[0]!
  const meant = forYaml(part.text.slice(-part.line), message, text.slice(0, part.from).split('\n').length - 1 - part.line)
  return meant && (meant.shown ? `${meant.text} ${meant.shown}` : meant.text)
}

/** What stands at the steps of a path in an object; list items by their number. */
const valueAt = (object: unknown, steps: readonly string[]): unknown => steps.reduce((value: unknown, step) => typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined, object)

/**
 * A field that nobody knows: the empty one above it that it belongs into, or the nearest that is known beside it.
 * @param path as the API server writes it
 * @param object what was handed in
 */
export function forField(path: string, kind: Kind, object?: unknown): string | undefined {
  const all = path.replace(/\[(\d+)\]/g, '.$1').split('.')
  const steps = path.replace(/\[\d+\]/g, '').split('.')
  let type: string = kind
  for (const step of steps.slice(0, -1)) {
    const field = fieldsOf(type)?.get(step)
    if (!field?.object)
      return undefined
    type = field.type
  }
  const last = steps.at(-1)!
  const beside = Object.entries((valueAt(object, all.slice(0, -1)) ?? {}) as Record<string, unknown>)
  const [above, empty] = beside[beside.findIndex(([name]) => name === last) - 1] ?? []
  if (above !== undefined && empty === null)
    return `"${last}" belongs under "${above}", which is empty: indent it two blanks further.`
  const known = [...fieldsOf(type)?.keys() ?? []]
  const near = nearest(last, known)
  if (near)
    return `There is no field "${last}" there. Did you mean ${near}?`
  const elsewhere = ['metadata', 'spec'].find(each => fieldsOf(kind).get(each)?.object && fieldsOf(fieldsOf(kind).get(each)!.type)?.has(last))
  return elsewhere && steps[0] !== elsewhere ? `"${last}" belongs under ${elsewhere}: look at the indent.` : undefined
}

/**
 * A value of the wrong type.
 * @param message of Go's decoder
 * @param object what was handed in
 */
export function forType(message: string, object?: unknown): string | undefined {
  if (/cannot unmarshal \w+(?: \S+)? into Go value of type/.test(message))
    return 'This is no manifest: one begins with the lines apiVersion and kind.'
  const [, held, path = '', type = ''] = /cannot unmarshal (\w+)(?: \S+)? into Go struct field \w+\.(\S+) of type (\S+)/.exec(message) ?? []
  if (!held)
    return undefined
  const field = path.split('.').at(-1)!
  const value = valueAt(object, path.split('.'))
  const [, key, rest] = /^([\w./-]+):(\S.*)$/.exec(typeof value === 'string' ? value : '') ?? []
  if (key !== undefined)
    return `After a colon comes a blank: ${key}: ${rest!.replace(/^=\s*/, '').slice(0, 60)}`
  if (type.startsWith('[]'))
    return `${field} is a list: before each of its items stands a dash and a blank.`
  if (/^\*?u?int|^\*?float/.test(type))
    return `${field} is a number: write it in digits, without quotes.`
  if (/^\*?bool/.test(type))
    return `${field} is true or false, without quotes.`
  if (type.startsWith('map') && held !== 'object' && held !== 'array')
    return held === 'string' ? `${field} holds pairs: each on a line of its own below it, a name, a colon, a blank and a value.` : `In ${field} every value is a text: put numbers, true and false in quotes.`
  if (/^\*?string/.test(type) && /number|bool/.test(held))
    return `${field} is a text: put it in quotes.`
  return held === 'array' ? `${field} is no list: take the dash away.` : held === 'object' ? `${field} takes one value: nothing stands further in below it.` : `${field} has fields of its own: they stand below it, further in.`
}

/** An amount that cannot be read. @param message in the API server's words */
export function forAmount(message: string): string | undefined {
  return message.includes('quantities must match') ? 'Amounts of memory end in Ki, Mi or Gi (64Mi), parts of a CPU in m (100m), and nothing stands between or behind.' : undefined
}

/** A manifest that does not say what it is. @param message in kubectl's words @param kind what it says so far */
export function forUnset(message: string, kind: string | undefined): string | undefined {
  if (!/\b(?:apiVersion|kind) not set/.test(message))
    return undefined
  const known = kind !== undefined && Object.hasOwn(RESOURCES, kind) ? RESOURCES[kind as Kind] : undefined
  return /\bkind not set/.test(message) ? 'Say what it is, at the left edge: `kind: Deployment`, for one.' : `Say which part of the API it belongs to, at the left edge: \`apiVersion: ${known?.apiVersion ?? 'v1'}\``
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
