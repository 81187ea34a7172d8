// Exercise, a rescue: Pods wait for room while a node that has room is closed.
import { milliValue } from '../../cluster/index.ts'
import type { Exercise } from './exercise.ts'
import { machines } from '../base.ts'
import { firstOf, missing } from './exercise.ts'
import { applied, deployment } from './manifests.ts'
import { containerOf, lost, podsOf, settled } from './state.ts'

export const rescueCordon: Exercise = {
  id: 'rescue-cordon',
  title: 'No room, with room to spare',
  rescue: true,
  goal: 'Get all six Pods of web ready, without asking for less CPU.',
  start: 'Three nodes of 2 CPU. The Deployment web wants six Pods of 900m CPU each; two of them are Pending. Last night somebody worked on a machine: what does kubectl say of it?',
  ends: { before: 'Two Pods wait, and node-2 is closed.', after: 'node-2 is open, and both have a place.' },
  words: ['node', 'scheduler', 'request', 'taint'],
  facts: 'F20 F21',
  machines: machines(3, { cpu: '2', memory: '4Gi' }),
  room: { quay: true, closed: true },
  script: [{ at: 500, op: 'patch', kind: 'Node', name: 'node-2', patch: { spec: { unschedulable: true } } }, ...applied(deployment({ replicas: 6, cpu: '900m' }), 5000)],
  begin: 60_000,
  files: {},
  hints: [
    'Why do two wait? The scheduler says it in the events of a Pending Pod: `kubectl describe pod POD`.',
    'Two nodes have too little CPU left, one is unschedulable: closed to new Pods. `kubectl get nodes` shows which.',
    '`kubectl uncordon node-2`',
  ],
  check: ({ api }) => firstOf(
    lost(api, 'Node', 'node-2'),
    lost(api, 'Deployment', 'web'),
    milliValue(String(containerOf(api, 'web')?.resources?.requests?.cpu ?? '0')) < 900 && missing('The Pods ask for less CPU than the program needs: 900m.'),
    settled(api, 'web', 6),
  ),
  answer: [
    { line: 'kubectl get pods -o wide', says: 'Two are Pending, and no Pod runs on node-2.', wait: 1000 },
    { line: 'kubectl describe pod POD', says: 'One node unschedulable, two with Insufficient cpu.', names: ({ api }) => ({ POD: podsOf(api, 'web').find(({ spec }) => !spec.nodeName)?.metadata.name }), wait: 1000 },
    { line: 'kubectl get nodes', says: 'node-2 is cordoned: SchedulingDisabled.', wait: 1000 },
    { line: 'kubectl uncordon node-2', says: 'The node takes new Pods again.', wait: 30_000 },
    { line: 'kubectl get pods -o wide', says: 'Both that waited are on node-2 now.', wait: 1000 },
  ],
  look: {
    question: 'Who told the two Pods that there is room now?',
    answer: 'Nobody. The scheduler watches nodes as well as Pods: when the node changed it tried those that waited once more.',
  },
}
