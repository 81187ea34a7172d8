// Exercise, a rescue: an autoscaler at its limit.
import type { Exercise } from './exercise.ts'
import { firstOf, missing } from './exercise.ts'
import { applied, deployment, service } from './manifests.ts'
import { isReady, lost, podsOf, runs } from './state.ts'

const manifest = (most: number) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  minReplicas: 2
  maxReplicas: ${most}
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 50
`
const wrong = manifest(3)

export const rescueScale: Exercise = {
  id: 'rescue-autoscaler',
  title: 'An autoscaler at its limit',
  rescue: true,
  goal: 'Let the autoscaler of web have as many Pods as it asks for. Leave its target of 50% as it is.',
  start: 'Thirty requests a second come to web. Its autoscaler has made three Pods and makes no more; each does twice the work that was planned.',
  ends: { before: 'Three Pods, and no more are allowed.', after: 'Eight are allowed: as many run as are needed.' },
  words: ['autoscaler', 'request', 'replica'],
  facts: 'F10',
  metrics: true,
  room: { aboard: 3 },
  script: [
    ...applied(deployment({ replicas: 2 })),
    ...applied(service()),
    ...applied(wrong),
    { at: 15_000, op: 'traffic', name: 'users', service: 'web', points: [{ at: 15_000, rps: 5 }, { at: 40_000, rps: 30 }] },
  ],
  begin: 120_000,
  files: { 'autoscaler.yaml': wrong },
  hints: [
    'What does it measure, and what is it allowed? `kubectl get hpa`, short for its kind, HorizontalPodAutoscaler.',
    '`kubectl describe hpa web`: the condition ScalingLimited tells why it stays at three.',
    'Set maxReplicas to 8: in autoscaler.yaml with `kubectl apply`, or with `kubectl edit hpa web`.',
  ],
  check({ api }) {
    const scaler = api.get('HorizontalPodAutoscaler', 'default', 'web')
    if (!scaler)
      return missing('There is no autoscaler web any more: autoscaler.yaml makes one.')
    const { spec: { maxReplicas, metrics = [] }, status: { conditions = [], desiredReplicas } } = scaler
    const target = metrics.find(({ resource }) => resource?.name === 'cpu')?.resource?.target.averageUtilization
    const wanted = api.get('Deployment', 'default', 'web')?.spec.replicas
    const limited = conditions.find(({ type }) => type === 'ScalingLimited')
    const ready = podsOf(api, 'web').filter(isReady).length
    return firstOf(
      lost(api, 'Deployment', 'web'),
      runs(api, 'web', 'web:1'),
      target !== 50 && missing('The autoscaler’s target is not 50% any more.'),
      limited?.status === 'True' && limited.reason === 'TooManyReplicas' && missing(`The autoscaler may have ${maxReplicas} Pods, and asked for more within the last five minutes.`),
      maxReplicas <= 3 && missing('The autoscaler asks for more Pods than it may have.'),
      !desiredReplicas || desiredReplicas <= 3 ? missing('The autoscaler has not yet made more Pods: it looks every fifteen seconds.') : undefined,
      (wanted !== desiredReplicas || ready < (wanted ?? 0)) && missing('The new Pods are not ready yet.'),
    )
  },
  answer: [
    { line: 'kubectl get hpa', says: 'CPU about 100%, target 50%; 3 Pods of at most 3.', wait: 1000 },
    { line: 'kubectl describe hpa web', says: 'ScalingLimited: it would have more, and may not.', wait: 1000 },
    { line: 'kubectl apply -f autoscaler.yaml', files: { 'autoscaler.yaml': manifest(8) }, says: 'Change maxReplicas from 3 to 8.', wait: 120_000 },
    { line: 'kubectl get hpa', says: 'Below 50% now, and one more would be allowed.', wait: 1000 },
  ],
  look: {
    question: 'How does it come to its number of Pods?',
    answer: 'What is measured, over the target, times the Pods there are, rounded up. Three Pods at exactly twice the target make six; a little over twice is rounded up to seven.',
  },
}
