// Exercise, a rescue: an image that nobody can pull.
import type { Exercise } from './exercise.ts'
import { firstOf } from './exercise.ts'
import { applied, deployment } from './manifests.ts'
import { isReady, podsOf, runs, settled } from './state.ts'

const wrong = deployment({ image: 'web:nope' })

export const rescueImage: Exercise = {
  id: 'rescue-image',
  title: 'The image is not there',
  rescue: true,
  goal: 'Get three Pods of the Deployment web ready, of version web:1.',
  start: 'The Deployment web was applied for the first time a minute ago. None of its three Pods has ever started.',
  ends: { before: 'No image, so no container starts.', after: 'web:1 exists: three new Pods run it.' },
  words: ['image', 'pod', 'back-off'],
  facts: 'F4 F8',
  script: applied(wrong),
  begin: 60_000,
  files: { 'web.yaml': wrong },
  hints: [
    'What do the Pods say of themselves? `kubectl get pods`, the column STATUS.',
    '`kubectl describe pod POD` ends with events: they say which image could not be pulled.',
    '`kubectl set image deployment web web=web:1`, or mend web.yaml and apply it.',
  ],
  // nothing is given away as long as none is ready; then the image that is asked for comes first
  check: ({ api }) => firstOf(podsOf(api, 'web').some(isReady) && runs(api, 'web', 'web:1'), settled(api, 'web', 3), runs(api, 'web', 'web:1')),
  answer: [
    { line: 'kubectl get pods', says: 'ErrImagePull, or ImagePullBackOff between tries.', wait: 1000 },
    { line: 'kubectl describe pod POD', says: 'The events name the image: web:nope.', names: ({ api }) => ({ POD: podsOf(api, 'web').find(({ spec }) => spec.containers[0]?.image === 'web:nope')?.metadata.name }), wait: 1000 },
    { line: 'kubectl set image deployment web web=web:1', says: 'web:1 exists: get pods soon shows three, 1/1.', wait: 15_000 },
  ],
  look: {
    question: 'Would rollout undo have helped here?',
    answer: 'No: the only revision was the broken one. web.yaml still has the fault: mend it there too.',
  },
}
