// Exercise: empty a node, so that its machine can be repaired.
import type { Exercise } from './exercise.ts'
import { firstOf, missing } from './exercise.ts'
import { applied, deployment } from './manifests.ts'
import { lost, settled } from './state.ts'

export const drainIt: Exercise = {
  id: 'empty-a-node',
  title: 'Empty a node',
  rescue: false,
  goal: 'The machine of node-2 is to be repaired: leave no Pod on it, let no new one come, and have all six Pods of web ready elsewhere.',
  start: 'Six Pods of the Deployment web, spread over three nodes.',
  ends: { before: 'Six Pods of web run, two of them on node-2.', after: 'node-2 is closed, and all six run elsewhere.' },
  words: ['node', 'scheduler', 'pod', 'replica'],
  facts: 'F22',
  room: { aboard: 3, closed: true },
  script: applied(deployment({ replicas: 6 })),
  begin: 30_000,
  files: {},
  hints: [
    'Two things are needed: no new Pods on the node, and those that are there gone. Which comes first?',
    '`kubectl cordon` does the one. `kubectl drain` does both, in the right order.',
    '`kubectl drain node-2`',
  ],
  check({ api }) {
    const node = api.get('Node', '', 'node-2')
    const left = api.list('Pod', { node: 'node-2' }).filter(({ metadata }) => !metadata.deletionTimestamp).length
    return firstOf(
      lost(api, 'Node', 'node-2'),
      lost(api, 'Deployment', 'web'),
      api.list('Node').every(({ spec }) => spec.unschedulable) && missing('Every node is closed to new Pods. `kubectl uncordon NODE` opens one again.'),
      !node?.spec.unschedulable && !node?.spec.taints?.some(({ effect }) => effect !== 'PreferNoSchedule') && missing('New Pods may still come to node-2.'),
      left > 0 && missing(`There ${left === 1 ? 'is still 1 Pod' : `are still ${left} Pods`} on node-2.`),
      settled(api, 'web', 6),
    )
  },
  answer: [
    { line: 'kubectl get pods -o wide', says: 'Two of the six run on node-2.', wait: 1000 },
    { line: 'kubectl drain node-2', says: 'It closes the node first, then stops its Pods.', wait: 15_000 },
    { line: 'kubectl get pods -o wide', says: 'Six again: the ReplicaSet made two, elsewhere.', wait: 1000 },
  ],
  look: {
    question: 'When the machine is back and you uncordon the node, do Pods return to it?',
    answer: 'No. The scheduler places each Pod once. Only new Pods will go there. On most real clusters a drain also needs `--ignore-daemonsets`: parts of each node run as Pods there.',
  },
}
