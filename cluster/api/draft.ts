// Objects that are still being made: what a client sent, decoded, before and while it is filled in and checked.
import type { Kind, ObjectOf } from './objects.ts'

/** Anything may be missing, and may be set. Parts that are frozen were in the store before, complete and checked. */
export type Draft<T> = T extends readonly (infer I)[] ? Draft<I>[] : string extends keyof T ? T : T extends object ? { -readonly [K in keyof T]?: Draft<T[K]> } : T

export type DraftOf<K extends Kind> = Draft<ObjectOf<K>>

/** Sets the fields that an object lacks. Frozen objects are complete already. */
export function fill<T extends object>(object: T, values: Partial<T>): T {
  if (!Object.isFrozen(object)) {
    for (const key in values)
      object[key] ??= values[key] as T[typeof key]
  }
  return object
}
