// What the API says of its types and fields: `explain` and the manifest editor read it, a build makes it.

/** One type: what it is, and its fields. */
export interface TypeDoc {
  readonly text: string
  readonly fields: Readonly<Record<string, FieldDoc>>
}

export interface FieldDoc {
  /** as `explain` writes it: `string`, `[]Container`, `map[string]string` */
  readonly type: string
  /** the type in FieldDocs that it holds, where it is an object or a list of them */
  readonly of?: string
  readonly text: string
  readonly required?: boolean
  /** all that it may be */
  readonly options?: readonly string[]
}

/** By the name of a type: `Deployment`, `PodSpec`. */
export type FieldDocs = Readonly<Record<string, TypeDoc>>
