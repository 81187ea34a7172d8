// Exercise, a rescue: Pods that fit on no node.
import { byteValue } from '../../cluster/index.ts'
import type { Exercise } from './exercise.ts'
import { firstOf, missing } from './exercise.ts'
import { applied, deployment } from './manifests.ts'
import { containerOf, podsOf, runs, settled } from './state.ts'

const wrong = deployment({ memory: '64Gi' })

/** The memory that the Pods ask for, as it is written. */
const asked = (api: Parameters<typeof containerOf>[0]) => String(containerOf(api, 'web')?.resources?.requests?.memory ?? '0')

export const rescueTooBig: Exercise = {
  id: 'rescue-too-big',
  title: 'A Pod that fits nowhere',
  rescue: true,
  goal: 'Get three Pods of web ready, each asking for at least 64Mi of memory.',
  start: 'Three nodes of 8 GiB. The three Pods of the Deployment web have been Pending for a minute.',
  ends: { before: 'Each Pod asks for 64Gi, and a node has 8Gi.', after: 'Each asks for 64Mi, and a node has it.' },
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
    byteValue(asked(api)) < 64 * 1024 * 1024 && missing(`The Pods ask for ${asked(api) === '0' ? 'no memory' : `${asked(api)} of memory`}, and the program needs 64Mi${/^[\d.]+m?$/.test(asked(api)) && asked(api) !== '0' ? ': without Mi, bytes are meant' : ''}.`),
  ),
  answer: [
    { line: 'kubectl get pods', says: 'Pending: no node has been found for them.', wait: 1000 },
    { line: 'kubectl describe pod POD', says: 'Insufficient memory on all three; Requests: 64Gi.', names: ({ api }) => ({ POD: podsOf(api, 'web').find(({ spec }) => !spec.nodeName)?.metadata.name }), wait: 1000 },
    { line: 'kubectl set resources deployment web --requests=memory=64Mi', says: 'Mi, not Gi: a Gi is 1,024 Mi.', wait: 15_000 },
    { line: 'kubectl get pods', says: 'Three new Pods fit, and run.', wait: 1000 },
  ],
  look: {
    question: 'The nodes were empty all the time. Why did the scheduler refuse?',
    answer: 'It does not look at what is used. It adds up what Pods say they need, and 64 GiB is more than a node has. web.yaml still has the fault: mend it there too.',
  },
}
