// What the API says of the field at a place of a manifest.
import type { FieldDocs } from '../kubectl/fielddocs.ts'
import { MOST_MANIFEST } from '../kubectl/manifests.ts'
import { fieldsAt, isKind, spotAt, valuesOf } from './fields.ts'
import { ITEM } from './lines.ts'
import { placeAt } from './place.ts'

export interface FieldHelp {
  /** as `explain` takes it: deployment.spec.replicas */
  readonly path: string
  readonly type: string
  readonly required: boolean
  readonly values: readonly string[]
  readonly text: string
  /** what it is about, in letters of the file */
  readonly from: number
  readonly to: number
}

/** Where a line's text begins, for a place in its indent or before its dash; else the place itself. */
function pastIndent(text: string, offset: number): number {
  const from = text.lastIndexOf('\n', offset - 1) + 1
  const line = text.slice(from, from + 1000).split('\n', 1)[0]!
  const indent = /^ *(?:- +)*/.exec(line)![0].length
  return line.length > indent ? Math.max(offset, from + indent) : offset
}

/** The help for the field at a place: of its key or value, or of the one that the line begins with; in an empty line, of the field that the line belongs to. @param offset in letters of the file */
export function helpAt(docs: FieldDocs, text: string, offset: number): FieldHelp | undefined {
  const place = text.length > MOST_MANIFEST ? undefined : placeAt(text, pastIndent(text, offset))
  if (!place || !isKind(place.kind))
    return undefined
  const { kind, from, to } = place
  const known = (path: readonly string[], name: string) => {
    const spot = spotAt(docs, kind, path)
    const field = spot && !spot.list ? fieldsAt(docs, spot).find(([each]) => each === name)?.[1] : undefined
    return spot && field && { path, name, spot, field }
  }
  const steps = [...place.path, ...(place.key === undefined ? [] : [place.key])]
  // labels and the like have keys of one's own: what is told is the field that they are in
  for (let length = steps.length; length > 0; length--) {
    if (steps[length - 1] === ITEM)
      continue
    const found = known(steps.slice(0, length - 1), steps[length - 1]!)
    if (found) {
      const { path, name, spot, field } = found
      const of = field.of === undefined ? undefined : docs[field.of]?.text
      return {
        path: [kind.toLowerCase(), ...path.filter(step => step !== ITEM), name].join('.'),
        type: field.type,
        required: field.required ?? false,
        values: field.type === 'boolean' ? [] : valuesOf(spot, path, name, field),
        text: [field.text, of].filter((each, i, all) => each && all.indexOf(each) === i).join('\n'),
        from,
        to,
      }
    }
  }
  return undefined
}
