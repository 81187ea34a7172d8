// Exercise, a rescue: a limit that is smaller than what the program needs.
import { byteValue } from '../../cluster/index.ts'
import type { Exercise } from './exercise.ts'
import { firstOf, missing } from './exercise.ts'
import { applied, deployment } from './manifests.ts'
import { containerOf, podsOf, settled } from './state.ts'

const MiB = 1024 * 1024
const manifest = (limit: string) => deployment({ image: 'web:2', memory: '32Mi' }).trimEnd().concat(`\n          limits:\n            memory: ${limit}\n`)
const wrong = manifest('64Mi')

export const rescueMemory: Exercise = {
  id: 'rescue-memory',
  title: 'Killed again and again',
  rescue: true,
  goal: 'Let the Pods of web run on: each needs 96 mebibytes (Mi). Keep a limit of at most 256Mi.',
  start: 'The three Pods of the Deployment web start, end, and are started again, with longer and longer pauses.',
  ends: { before: 'Each is killed at its limit, and starts again.', after: 'Under a limit of 128Mi none is killed.' },
  words: ['limit', 'container', 'back-off', 'kubelet'],
  facts: 'F18 F23 I2',
  script: applied(wrong),
  begin: 90_000,
  files: { 'web.yaml': wrong },
  hints: [
    'How did the last one end? `kubectl describe pod POD` has it under Last State.',
    'OOMKilled: the kernel ended it, because it held more memory than its limit. What is the limit?',
    '`kubectl set resources deployment web --limits=memory=128Mi`, or mend web.yaml and apply it.',
  ],
  check({ api }) {
    const limit = containerOf(api, 'web')?.resources?.limits?.memory as string | undefined
    const low = limit !== undefined && byteValue(limit) > 0 && byteValue(limit) < 96 * MiB && missing(`The limit is ${limit} now, and the program needs 96Mi.`)
    return firstOf(
      low && limit !== '64Mi' && low,
      settled(api, 'web', 3),
      podsOf(api, 'web').some(({ status }) => status.containerStatuses?.some(({ restartCount }) => restartCount > 0)) && missing('The containers of web are still being killed.'),
      // an amount of 0 is none
      Number(byteValue(limit ?? '0')) === 0 && missing('The Pods have no memory limit any more.'),
      low,
      byteValue(limit ?? '0') > 256 * MiB && missing('The limit is more than 256 mebibytes.'),
    )
  },
  answer: [
    { line: 'kubectl get pods', says: 'OOMKilled or CrashLoopBackOff, and more restarts.', wait: 1000 },
    { line: 'kubectl describe pod POD', says: 'OOMKilled, code 137 (128 + signal 9). Limit: 64Mi.', names: ({ api }) => ({ POD: podsOf(api, 'web').find(({ spec }) => spec.containers[0]?.resources?.limits?.memory === '64Mi')?.metadata.name }), wait: 1000 },
    { line: 'kubectl set resources deployment web --limits=memory=128Mi', says: 'Room for the 96 that it needs.', wait: 30_000 },
    { line: 'kubectl get pods', says: 'Three new Pods, and no restarts.', wait: 1000 },
  ],
  look: {
    question: 'Request and limit: who reads which?',
    answer: 'The scheduler adds up requests when it looks for a node. The limit goes to the kernel of that node, which ends a container that holds more. web.yaml still has the fault: mend it there too.',
  },
}
