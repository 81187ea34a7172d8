// The door to a run as a text: small, for those who need no cluster.
export { checkRun, decodeRun, encodeRun, type Intervention, type Run } from './timeline/run.ts'
