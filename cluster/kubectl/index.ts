export { gate } from '../api/strict.ts'
// The door to kubectl: only what has a terminal comes through it.
export { complete, type Completion } from './complete.ts'
export { type FieldDoc, type FieldDocs, type TypeDoc } from './fielddocs.ts'
export { hint, hintSaved, isTry } from './hint.ts'
export type { Chunk, Env, Plain, Session, Waiting } from './io.ts'
export { editorOf, type Opened, type Outcome, resume, run } from './shell.ts'
export { type Entry, type Terminal, terminal, TERMINAL, terminalOf } from './terminal.ts'
