// What a page of workloads alone loads: a Deployment's rollouts on machines that work. The benchmarks weigh it.
export { addMachine, createCluster, decodeRun, encodeRun, storyOf, workloads } from '../cluster/index.ts'
