// Random plans: what is asked for, and what is then done to it, before it is known which Pods there will be.
import fc from 'fast-check'
import { names } from './clusters.ts'

/** Something done `after` ms; `pick` chooses what it is done to, `amount` how much. */
export interface Step {
  readonly after: number
  readonly what: What
  readonly pick: number
  readonly amount: number
}

export interface Plan {
  readonly scenario: string
  readonly seed: number
  readonly manifests: readonly object[]
  /** requests a second for the first Service; 0: none */
  readonly rps: number
  readonly steps: readonly Step[]
}

/** Nothing fails by these. */
const CALM = ['scale', 'scale', 'image', 'image', 'cordon', 'uncordon', 'addMachine'] as const
const ROUGH = [...CALM, 'badImage', 'badImage', 'deletePod', 'deletePod', 'deleteDeployment', 'stop', 'start', 'start', 'cut', 'join', 'kill', 'kill', 'label', 'taint', 'untaint', 'pause'] as const
export type What = typeof ROUGH[number]

const some = <T>(values: readonly T[]) => fc.constantFrom(...values)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const bare = (record: object) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))

const container = fc.record({
  image: some(['app:1', 'app:1', 'web:1', 'slow', 'web:2', 'api:1']),
  cpu: some([undefined, '100m', '300m', '600m']),
  memory: some([undefined, '64Mi', '200Mi']),
  readiness: maybe(fc.record({ httpGet: fc.constant({ port: 80 }), periodSeconds: fc.integer({ min: 1, max: 5 }), initialDelaySeconds: fc.nat(3), successThreshold: some([1, 1, 2]) })),
  liveness: maybe(fc.record({ tcpSocket: fc.constant({ port: 80 }), periodSeconds: fc.integer({ min: 5, max: 10 }), initialDelaySeconds: fc.constant(15) })),
  preStop: maybe(fc.record({ sleep: fc.record({ seconds: fc.integer({ min: 1, max: 5 }) }) })),
}).map(({ image, cpu, memory, readiness, liveness, preStop }) => bare({
  name: 'main',
  image,
  ports: [{ containerPort: 80 }],
  resources: cpu || memory ? { requests: bare({ cpu, memory }) } : undefined,
  readinessProbe: readiness,
  livenessProbe: liveness,
  lifecycle: preStop && { preStop },
}))

const spec = fc.record({
  container,
  grace: some([undefined, undefined, 6, 10]),
  tolerates: some([false, false, true]),
  ssd: some([false, false, false, true]),
  spread: some([false, false, true]),
}).map(({ container, grace, tolerates, ssd, spread }) => bare({
  containers: [container],
  terminationGracePeriodSeconds: grace,
  tolerations: tolerates ? [{ key: 'only', operator: 'Exists' }] : undefined,
  nodeSelector: ssd ? { disk: 'ssd' } : undefined,
  topologySpreadConstraints: spread ? [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { tier: 'x' } } }] : undefined,
}))

const strategy = fc.oneof(
  { weight: 4, arbitrary: fc.record({ maxSurge: some([0, 1, 2, '25%', '50%']), maxUnavailable: some([0, 1, 2, '25%', '50%']) }).filter(({ maxSurge, maxUnavailable }) => !!maxSurge || !!maxUnavailable).map(rollingUpdate => ({ type: 'RollingUpdate', rollingUpdate })) },
  { weight: 1, arbitrary: fc.constant({ type: 'Recreate' }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
)

const deployment = (name: string) => fc.record({ spec, strategy, replicas: fc.nat(6), minReadySeconds: some([undefined, undefined, 2]), revisionHistoryLimit: some([undefined, 0, 1]) })
  .map(({ spec, strategy, replicas, ...more }) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: bare({ ...more, replicas, strategy, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name, tier: 'x' } }, spec } }),
  }))
const service = (name: string) => fc.constant({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { app: name }, ports: [{ port: 80 }] } })
const autoscaler = fc.record({ maxReplicas: fc.integer({ min: 1, max: 6 }), averageUtilization: some([20, 50, 80]) }).map(({ maxReplicas, averageUtilization }) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'a' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' }, maxReplicas, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } }] },
}))
const pod = fc.record({ spec, restartPolicy: some(['Always', 'OnFailure', 'Never']) }).map(({ spec, restartPolicy }) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'alone', labels: { app: 'alone' } }, spec: { ...spec, restartPolicy } }))

const steps = (what: readonly What[]) => fc.array(fc.record({ after: fc.integer({ min: 1, max: 5000 }), what: some(what), pick: fc.nat(999), amount: fc.nat(999) }), { maxLength: 9 })

/** Two Deployments of up to 6 Pods, each with up to 3 more while it rolls, and two more Pods: never above 20. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  scenario: some(names),
  seed: fc.integer(),
  manifests: fc.tuple(deployment('a'), maybe(deployment('b')), maybe(service('a')), maybe(service('b')), fc.option(autoscaler, { nil: undefined, freq: 2 }), fc.option(pod, { nil: undefined, freq: 2 }))
    .map(list => list.filter(each => each !== undefined)),
  rps: some([0, 0, 5, 20]),
  steps: fc.oneof(steps(CALM), steps(ROUGH)),
})
