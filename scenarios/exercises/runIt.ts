// Exercise: run a Deployment from a file.
import { milliValue } from '../../cluster/index.ts'
import type { Exercise } from './exercise.ts'
import { firstOf, missing } from './exercise.ts'
import { deployment } from './manifests.ts'
import { containerOf, runs, settled } from './state.ts'

export const runIt: Exercise = {
  id: 'run-it',
  title: 'Run what a file asks for',
  rescue: false,
  goal: 'Let the cluster run what the file web.yaml asks for.',
  start: 'Three empty nodes, and the file web.yaml: a Deployment of three Pods.',
  ends: { before: 'Three nodes, and nothing runs.', after: 'One file applied: three Pods, all ready.' },
  words: ['manifest', 'deployment', 'replica', 'image'],
  facts: 'F4 F22',
  script: [],
  begin: 20_000,
  files: { 'web.yaml': deployment() },
  hints: [
    'Read the file first: `cat web.yaml`.',
    'Nobody has to say how. One verb of kubectl hands in a file as a wish: apply.',
    '`kubectl apply -f web.yaml`, and then `kubectl get pods` until all three are ready.',
  ],
  check: ({ api }) => firstOf(
    runs(api, 'web', 'web:1'),
    settled(api, 'web', 3),
    milliValue(String(containerOf(api, 'web')?.resources?.requests?.cpu ?? '0')) !== 100 && missing('The file asks for 100m of CPU for each Pod, the Deployment does not.'),
  ),
  answer: [
    { line: 'cat web.yaml', says: 'It says what should be: three Pods of web:1.', wait: 1000 },
    { line: 'kubectl apply -f web.yaml', says: 'The wish is handed in. Nothing runs yet.', wait: 1000 },
    { line: 'kubectl rollout status deployment web', says: 'This waits until all three are ready.', wait: 15_000 },
  ],
  look: {
    question: 'You made one object. How many are there now, and who made the others?',
    answer: 'Five: the Deployment; a ReplicaSet, made by the Deployment’s controller; three Pods, made by the ReplicaSet’s.',
  },
}
