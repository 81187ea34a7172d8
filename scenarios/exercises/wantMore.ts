// Exercise: want more Pods.
import type { Exercise } from './exercise.ts'
import { applied, deployment } from './manifests.ts'
import { settled } from './state.ts'

export const wantMore: Exercise = {
  id: 'want-more',
  title: 'Want more',
  rescue: false,
  goal: 'Let the Deployment web have five Pods, all ready.',
  start: 'The Deployment web has three Pods.',
  ends: { before: 'Three Pods, as web.yaml asks.', after: 'Five: the wish in the cluster says so.' },
  words: ['deployment', 'replica', 'replicaset', 'reconcile'],
  facts: 'F4 F22',
  script: applied(deployment()),
  begin: 30_000,
  files: { 'web.yaml': deployment() },
  hints: [
    'How many are wanted stands in the Deployment. Change the wish there, not the Pods.',
    'There is a verb for just this: `kubectl scale`. Or change replicas in web.yaml and apply it again.',
    '`kubectl scale deployment web --replicas=5`',
  ],
  check: ({ api }) => settled(api, 'web', 5),
  answer: [
    { line: 'kubectl scale deployment web --replicas=5', says: 'One number in the wish has changed.', wait: 10_000 },
    { line: 'kubectl get deployments,replicasets,pods', says: 'Its ReplicaSet has the number now, and made two.', wait: 1000 },
  ],
  look: {
    question: 'The file web.yaml still says three. What happens when somebody applies it again?',
    answer: 'Two Pods are told to stop: scale changed the object in the cluster, not the file.',
  },
}
