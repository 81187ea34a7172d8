// Exercise, a rescue: Pods that fit on no node.
import { byteValue } from '../../cluster/index.ts'
import type { Exercise } from './exercise.ts'
import { firstOf, missing } from './exercise.ts'
import { applied, deployment } from './manifests.ts'
import { containerOf, podsOf, runs, settled } from './state.ts'

const wrong = deployment({ memory: '64Gi' })

export const rescueTooBig: Exercise = {
  id: 'rescue-too-big',
  title: 'A Pod that fits nowhere',
  rescue: true,
  goal: 'Get three Pods of web ready, each asking for at least 64Mi of memory.',
  start: 'Three nodes of 8 GiB. The three Pods of the Deployment web have been Pending for a minute.',
  ends: { before: 'Each Pod asks for more than a node has.', after: 'Each asks for 64Mi, and a node has it.' },
  words: ['scheduler', 'request', 'node', 'pod'],
  facts: 'F20 I2',
  room: { quay: true },
  script: applied(wrong),
  begin: 60_000,
  files: { 'web.yaml': wrong },
  hints: [
    'A Pod that is Pending waits for a node. Who places Pods, and what does it say? `kubectl describe pod POD`.',
    'Insufficient memory, on all three nodes. How much does a Pod ask for, and how much does a node have?',
    'Gi should be Mi, 1,024 times less: `kubectl set resources deployment web --requests=memory=64Mi`, or mend web.yaml.',
  ],
  check: ({ api }) => firstOf(
    runs(api, 'web', 'web:1'),
    settled(api, 'web', 3),
    byteValue(String(containerOf(api, 'web')?.resources?.requests?.memory ?? '0')) < 64 * 1024 * 1024 && missing('The Pods ask for less memory than the program needs.'),
  ),
  answer: [
    { line: 'kubectl get pods', says: 'Pending: no node has been found for them.', wait: 1000 },
    { line: 'kubectl describe pod POD', says: 'FailedScheduling: Insufficient memory on all three.', names: ({ api }) => ({ POD: podsOf(api, 'web').find(({ spec }) => !spec.nodeName)?.metadata.name }), wait: 1000 },
    { line: 'kubectl set resources deployment web --requests=memory=64Mi', says: 'Mi, not Gi: a Gi is 1,024 Mi.', wait: 15_000 },
    { line: 'kubectl get pods', says: 'Three new Pods fit, and run.', wait: 1000 },
  ],
  look: {
    question: 'The nodes were empty all the time. Why did the scheduler refuse?',
    answer: 'It does not look at what is used. It adds up what Pods say they need, and 64 GiB is more than a node has. web.yaml still has the fault: mend it there too.',
  },
}
