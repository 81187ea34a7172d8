// Exercise: roll out a new version.
import type { Exercise } from './exercise.ts'
import { firstOf } from './exercise.ts'
import { applied, deployment, service } from './manifests.ts'
import { anew, runs, settled } from './state.ts'

export const probe = `readinessProbe:
  httpGet:
    path: /
    port: 80
  periodSeconds: 2`

const web = deployment({ replicas: 4, container: probe })

/** when it begins, virtual ms */
const BEGIN = 30_000

export const newVersion: Exercise = {
  id: 'new-version',
  title: 'Roll out version 2',
  rescue: false,
  goal: 'Bring all four Pods of the Deployment web from version web:1 to web:2.',
  start: 'Four Pods of web:1 serve requests behind the Service web. Version web:2 takes eight seconds until it answers. Watch how many are ready.',
  ends: { before: 'Four Pods of version 1.', after: 'Four new ones; at least three were ready.' },
  words: ['deployment', 'rolling-update', 'readiness', 'image'],
  facts: 'F4 F13',
  room: { aboard: 3 },
  script: [...applied(web), ...applied(service()), { at: 15_000, op: 'traffic', name: 'users', service: 'web', rps: 8 }],
  begin: BEGIN,
  files: { 'web.yaml': web },
  hints: [
    'The version is the image in the Deployment’s template of Pods. Change it there: the Pods follow.',
    'Either change the image in web.yaml and apply it, or use `kubectl set image`. What is the container called?',
    '`kubectl set image deployment web web=web:2`, and watch it with `kubectl rollout status deployment web`.',
  ],
  check: ({ api }) => firstOf(anew(api, 'web', BEGIN), runs(api, 'web', 'web:2'), settled(api, 'web', 4)),
  answer: [
    { line: 'kubectl set image deployment web web=web:2', says: 'The template’s container web has another image.', wait: 2000 },
    { line: 'kubectl rollout status deployment web', says: 'New Pods come and old ones go, a few at a time.', wait: 60_000 },
    { line: 'kubectl get replicasets', says: 'The old ReplicaSet has no Pods: the way back.', wait: 1000 },
  ],
  look: {
    question: 'How many Pods were ready at the least, and how many were there at the most?',
    answer: 'Three and five, those that are stopping not counted: by default a quarter may be missing, and a quarter more may be there.',
  },
}
