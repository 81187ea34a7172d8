// Objects that are still being made: what a client sent, decoded, before and while it is filled in and checked.
import type { Kind, ObjectOf } from './objects.ts'

/** Anything may be missing, and may be set. Parts that are frozen were in the store before, complete and checked. */
export type Draft<T> = T extends readonly (infer I)[] ? Draft<I>[] : string extends keyof T ? T : T extends object ? { -readonly [K in keyof T]?: Draft<T[K]> } : T

export type DraftOf<K extends Kind> = Draft<ObjectOf<K>>
