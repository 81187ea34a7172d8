// Exercise, a rescue: a readiness probe that never passes.
import type { Exercise } from './exercise.ts'
import { firstOf, missing } from './exercise.ts'
import { applied, deployment, service } from './manifests.ts'
import { probe } from './newVersion.ts'
import { containerOf, leadsTo, podsOf, settled } from './state.ts'

const manifest = (ask: string) => deployment({ image: 'web:2', container: ask })
const wrong = manifest(probe.replace('port: 80', 'port: 8080'))

/** The port that the probe asks. */
const asked = (api: Parameters<typeof containerOf>[0]) => containerOf(api, 'web')?.readinessProbe?.httpGet?.port

/** A probe that asks on another port than the program's, other than at first. */
function elsewhere(api: Parameters<typeof containerOf>[0]) {
  const port = asked(api)
  return typeof port === 'number' && ![80, 8080].includes(port) && missing(`The probe asks port ${port} now, and the program listens on 80.`)
}

export const rescueProbe: Exercise = {
  id: 'rescue-probe',
  title: 'Never ready',
  rescue: true,
  goal: 'Get the three Pods of web ready, so that the Service leads to them. Keep a readiness probe.',
  start: 'Three Pods of web run, and none is ready: the Service web has nobody to send requests to.',
  ends: { before: 'All run, and none is believed ready.', after: 'The probe asks port 80, and all are ready.' },
  words: ['readiness', 'service', 'endpoint', 'container'],
  facts: 'F5 F8 F15',
  room: { service: true },
  script: [...applied(wrong), ...applied(service())],
  begin: 60_000,
  files: { 'web.yaml': wrong },
  hints: [
    'They run, and yet READY says 0/1. What is asked of them? `kubectl describe pod POD`.',
    'Readiness probe failed: connection refused. On which port does the container listen, and which port is asked?',
    'The probe’s port should be 80: mend it in web.yaml and apply it, or use `kubectl edit deployment web`.',
  ],
  check: ({ api }) => firstOf(
    asked(api) === 8080 && containerOf(api, 'web')?.ports?.some(({ containerPort }) => containerPort === 8080) && missing('The field containerPort only notes a port: the program still listens on 80, and the probe asks 8080.'),
    !containerOf(api, 'web')?.readinessProbe && !!containerOf(api, 'web')?.livenessProbe && missing('A liveness probe restarts what it finds ill; who gets requests is for a readiness probe to say.'),
    elsewhere(api),
    settled(api, 'web', 3),
    !containerOf(api, 'web')?.readinessProbe && missing('The Pods have no readiness probe any more: they get requests before they can answer.'),
    !containerOf(api, 'web')?.ports?.some(({ containerPort }) => containerPort === 80) && missing('The program listens on port 80, and the Deployment says otherwise now.'),
    leadsTo(api, 'web', 'web'),
  ),
  answer: [
    { line: 'kubectl get pods', says: 'Running, and 0/1 ready.', wait: 1000 },
    { line: 'kubectl describe pod POD', says: 'Port 8080 is asked; the program listens on 80.', names: ({ api }) => ({ POD: podsOf(api, 'web').find(({ spec }) => spec.containers[0]?.readinessProbe?.httpGet?.port === 8080)?.metadata.name }), wait: 1000 },
    { line: 'kubectl logs POD', says: 'The program itself has started, and is well.', names: ({ api }) => ({ POD: podsOf(api, 'web').find(({ spec }) => spec.containers[0]?.readinessProbe?.httpGet?.port === 8080)?.metadata.name }), wait: 1000 },
    { line: 'kubectl apply -f web.yaml', files: { 'web.yaml': manifest(probe) }, says: 'Change the probe’s port from 8080 to 80.', wait: 2000 },
    { line: 'kubectl rollout status deployment web', says: 'New Pods, and this time they become ready.', wait: 60_000 },
  ],
  look: {
    question: 'The program was healthy all the time. Who believed otherwise, and what did that cost?',
    answer: 'The kubelet asked the wrong port and called the Pods not ready: they got no requests.',
  },
}
