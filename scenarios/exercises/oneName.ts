// Exercise: a Service, one name for many Pods.
import type { Exercise } from './exercise.ts'
import { firstOf } from './exercise.ts'
import { applied, deployment, service } from './manifests.ts'
import { leadsTo, lost, podsOf, settled } from './state.ts'

export const oneName: Exercise = {
  id: 'one-name',
  title: 'One name for three',
  rescue: false,
  goal: 'Make a Service web that leads from its port 80 to all three Pods of the Deployment web.',
  start: 'Three Pods of the Deployment web listen on port 80, each at an address of its own.',
  ends: { before: 'Three Pods, each at an address of its own.', after: 'One name leads to all three.' },
  words: ['service', 'endpoint', 'selector', 'dns'],
  facts: 'F5',
  room: { service: true },
  script: applied(deployment()),
  begin: 30_000,
  files: { 'service.yaml': service() },
  hints: [
    'A Service does not name Pods: it names a label. Which one do the three carry? `kubectl get pods --show-labels`.',
    'service.yaml names that label already. There is a verb that makes a Service without a file, too: `kubectl expose`.',
    '`kubectl apply -f service.yaml`, or `kubectl expose deployment web --port=80`. The list that a loop keeps is an object, too: `kubectl get endpointslices`.',
  ],
  check: ({ api }) => firstOf(lost(api, 'Deployment', 'web'), settled(api, 'web', api.get('Deployment', 'default', 'web')?.spec.replicas ?? 3), leadsTo(api, 'web', 'web')),
  answer: [
    { line: 'kubectl apply -f service.yaml', says: 'A name, a lasting address, a condition on labels.', wait: 3000 },
    { line: 'kubectl get endpointslices', says: 'The row web-… has the three: found by their label.', wait: 1000 },
    { line: 'kubectl exec POD -- curl -s http://web', says: 'From inside any Pod, the name is enough.', names: ({ api }) => ({ POD: podsOf(api, 'web')[0]?.metadata.name }), wait: 3000 },
  ],
  look: {
    question: 'Delete a Pod and list the EndpointSlice again. What has changed, and what has not?',
    answer: 'One address on the list has been replaced. The Service’s own address and name have stayed.',
  },
}
