// Exercise, a rescue: a Service that selects nobody.
import type { Exercise } from './exercise.ts'
import { firstOf } from './exercise.ts'
import { applied, deployment, service } from './manifests.ts'
import { leadsTo, lost, settled } from './state.ts'

const wrong = service({ app: 'wbe' })

export const rescueSelector: Exercise = {
  id: 'rescue-selector',
  title: 'The Service leads nowhere',
  rescue: true,
  goal: 'Nobody reaches web: let its Service lead to its three Pods.',
  start: 'Three Pods of the Deployment web are ready. There is a Service web, and every request to it fails.',
  ends: { before: 'Service web finds no Pod: none has app=wbe.', after: 'Service web finds all three: app=web.' },
  words: ['service', 'selector', 'label', 'endpoint'],
  facts: 'F5',
  room: { service: true },
  script: [...applied(deployment()), ...applied(wrong), { at: 15_000, op: 'traffic', name: 'users', service: 'web', rps: 4 }],
  begin: 30_000,
  files: { 'service.yaml': wrong },
  hints: [
    'The Pods are healthy, and get shows nothing wrong. Where does the Service think that it leads? `kubectl describe service web`.',
    'It has no endpoints. Compare its selector with `kubectl get pods --show-labels`, letter by letter.',
    'The selector should be app=web: mend it in service.yaml and apply it, or use `kubectl edit service web`.',
  ],
  check: ({ api }) => firstOf(lost(api, 'Deployment', 'web'), settled(api, 'web', 3), leadsTo(api, 'web', 'web')),
  answer: [
    { line: 'kubectl get pods,services', says: 'Nothing looks wrong: get tells little here.', wait: 1000 },
    { line: 'kubectl describe service web', says: 'The selector is app=wbe, and Endpoints is empty.', wait: 1000 },
    { line: 'kubectl get pods --show-labels', says: 'The Pods carry app=web.', wait: 1000 },
    { line: 'kubectl apply -f service.yaml', files: { 'service.yaml': service() }, says: 'Change wbe to web in the file.', wait: 3000 },
  ],
  look: {
    question: 'Describe it again: it has three endpoints. Why did nobody refuse the wrong selector?',
    answer: 'It is allowed: Pods with that label might come later. Only the empty list of endpoints shows it.',
  },
}
