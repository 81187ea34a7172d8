// What `kubectl explain` tells: made at build time (vite.config.ts).
declare module 'virtual:field-docs' {
  import type { FieldDocs } from '../cluster/kubectl/fielddocs.ts'

  export const docs: FieldDocs
}
