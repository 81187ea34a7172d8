// The gate that requests of people pass: what it does, and that of a cluster where only its own parts write.
import { copy } from '../timeline/state.ts'
import type { DraftOf } from './draft.ts'
import type { Selector } from './labels.ts'
import type { Kind, ObjectOf } from './objects.ts'
import type { Server } from './server.ts'

export type PatchType = 'json' | 'merge' | 'strategic'

/** What made an object, and who is told of fields that nobody knows; where nobody is, they are refused. upstream: fieldValidation=Warn, Strict */
export interface Made { readonly patch: unknown, readonly type: PatchType, readonly warn?: (text: string) => void }

export interface Applied<K extends Kind = Kind> {
  readonly object: ObjectOf<K>
  readonly outcome: 'created' | 'configured' | 'unchanged'
  /** the object was there and had never been applied */
  readonly unannotated: boolean
}

/** Refuses with ApiError. strict.ts is the whole one; it comes with whatever lets people write. */
export interface Gate {
  /** Parts that are those of `before` itself are taken as they are; `made` is how a patch made the object, where one did. */
  decode: <K extends Kind>(kind: K, object: unknown, before?: ObjectOf<K>, made?: Made) => DraftOf<K>
  validate: <K extends Kind>(kind: K, draft: DraftOf<K>, old?: ObjectOf<K>) => void
  patch: <K extends Kind>(kind: K, old: ObjectOf<K>, patch: unknown, type: PatchType) => unknown
  apply: <K extends Kind>(server: Server, kind: K, manifest: unknown, by: string) => Applied<K>
  /** The selector of a text such as `app=web,!old`. */
  labels: (text: string) => Selector
  /** Which objects a text such as `status.phase=Running` asks for. */
  fields: <K extends Kind>(kind: K, text: string) => (object: ObjectOf<K>) => boolean
}

const closed = (): never => {
  throw new RangeError('this cluster takes no words of people: it was made without a gate')
}

/** For clusters whose own parts alone write, in objects that were tested with the whole gate. */
export const trusting: Gate = { decode: (_, object) => copy(object) as never, validate: () => {}, patch: closed, apply: closed, labels: closed, fields: closed }
