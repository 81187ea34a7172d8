// What a page of a whole cluster loads in which its own parts alone write. The benchmarks weigh it.
export { actors, addMachine, createCluster, createKernel, decodeRun, encodeRun, storyOf, user } from '../cluster/index.ts'
