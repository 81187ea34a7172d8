// The whole gate: strict decoding, the rules of every kind, patches, apply, selectors of fields.
import { applyTo } from './apply.ts'
import { decode, decodePatched } from './decode.ts'
import { badRequest } from './errors.ts'
import { fieldsMatch, parseFieldSelector } from './fields.ts'
import type { Gate } from './gate.ts'
import { jsonPatch, mergePatch, strategicPatch } from './patch.ts'
import type { Json, JsonObject } from './patch.ts'
import { parseSelector } from './selectors.ts'
import { validate } from './validation/index.ts'

export const gate: Gate = {
  decode: (kind, object, before, made) => (made === undefined ? decode(kind, object, before) : decodePatched(kind, object, before, made)) as never,
  validate,
  patch(kind, old, patch, type) {
    const stored = old as unknown as JsonObject
    switch (type) {
      case 'json': return jsonPatch(stored, patch as Parameters<typeof jsonPatch>[1])
      case 'merge': return mergePatch(stored, patch as Json)
      default: return strategicPatch(kind, stored, patch as JsonObject)
    }
  },
  apply: applyTo,
  labels(text) {
    try {
      return parseSelector(text)
    }
    catch (error) {
      throw badRequest((error as Error).message)
    }
  },
  fields(kind, text) {
    const wanted = parseFieldSelector(kind, text)
    return object => fieldsMatch(wanted, object)
  },
}
