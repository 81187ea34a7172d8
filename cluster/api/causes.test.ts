// In which order the API server tells what is wrong, where several things are.
import { describe, expect, it } from 'vitest'
import { ApiError } from './errors.ts'
import type { Kind } from './objects.ts'
import { testServer } from './toy.ts'

/** Field and kind of error, one after the other. */
function causes(go: () => unknown): string[] {
  try {
    go()
  }
  catch (error) {
    if (error instanceof ApiError)
      return error.details.causes?.map(({ field, reason }) => `${field} ${reason.slice('FieldValue'.length)}`) ?? [error.message]
    throw error
  }
  return []
}
const causesOf = (kind: Kind, object: object) => causes(() => testServer().api.create(kind, object as never, 'user'))

const container = { name: 'c', image: 'nginx' }
const template = (spec: object = {}, labels: object = { app: 'web' }) => ({ metadata: { labels }, spec: { containers: [container], ...spec } })
const workload = (spec: object) => ({ metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template: template(), ...spec } })
const pod = (spec: object, metadata: object = { name: 'lone' }) => ({ metadata, spec: { containers: [container], ...spec } })
const service = (spec: object) => ({ metadata: { name: 'web' }, spec })
const hpa = (spec: object) => ({ metadata: { name: 'web' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3, ...spec } })

describe('metadata', () => {
  it('comes before the specification: name, labels, annotations', () => {
    const object = pod({ containers: [{ name: 'Bad_', image: 'nginx' }] }, { name: 'Bad_', annotations: { '-a': '' }, labels: { run: 'Bad_' } })
    expect(causesOf('Pod', object)).toEqual(['metadata.name Invalid', 'metadata.labels Invalid', 'metadata.annotations Invalid', 'spec.containers[0].name Invalid'])
  })

  it('comes before what may not change, and that before the specification of a Service or the data of a ConfigMap', () => {
    const { api } = testServer()
    const made = api.create('Service', service({ ports: [{ port: 80 }] }) as never, 'user')
    const clusterIP = made.spec.clusterIP === '10.96.0.200' ? '10.96.0.201' : '10.96.0.200'
    const wrong = { metadata: { labels: { a: '-' } }, spec: { clusterIP, sessionAffinity: 'Some' } }
    expect(causes(() => api.patch('Service', 'default', 'web', wrong, {}, 'user'))).toEqual(['metadata.labels Invalid', 'spec.clusterIPs[0] Invalid', 'spec.sessionAffinity NotSupported'])
    api.create('ConfigMap', { metadata: { name: 'web' }, immutable: true, data: { a: 'b' } } as never, 'user')
    expect(causes(() => api.patch('ConfigMap', 'default', 'web', { data: { '/': '' } }, {}, 'user'))).toEqual(['data Forbidden', 'data[/] Invalid'])
  })

  it('of a template is told without `metadata`', () => {
    const wrong = template({ containers: [{ name: 'c' }] }, { app: 'web', a: '-' })
    expect(causesOf('Deployment', workload({ template: wrong }))).toEqual(['spec.template.labels Invalid', 'spec.template.spec.containers[0].image Required'])
  })
})

describe('a Deployment or ReplicaSet', () => {
  it.each(['Deployment', 'ReplicaSet'] as const)('%s: the selector, whether it meets the template, the template, what a Pod that is kept may not have', (kind) => {
    const wrong = template({ containers: [{ name: 'c' }], restartPolicy: 'Never', activeDeadlineSeconds: 5 }, { app: 'other' })
    expect(causesOf(kind, workload({ replicas: -1, template: wrong }))).toEqual([
      'spec.replicas Invalid',
      'spec.template.metadata.labels Invalid',
      'spec.template.spec.containers[0].image Required',
      'spec.template.spec.restartPolicy NotSupported',
      'spec.template.spec.activeDeadlineSeconds Forbidden',
    ])
    expect(causesOf(kind, workload({ selector: {}, template: template({ containers: [] }) }))).toEqual(['spec.selector Invalid', 'spec.template.spec.containers Required'])
  })

  it('has no look at the template where the selector cannot be read', () => {
    const selector = { matchExpressions: [{ key: 'app', operator: 'In' }] }
    expect(causesOf('Deployment', workload({ selector, template: template({ containers: [], restartPolicy: 'Never' }), minReadySeconds: -1 })))
      .toEqual(['spec.selector.matchExpressions[0].values Required', 'spec.selector Invalid', 'spec.minReadySeconds Invalid'])
  })

  it('tells of its strategy and its seconds after the template', () => {
    const wrong = { template: template({ restartPolicy: 'Never' }), strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } }, minReadySeconds: 9, revisionHistoryLimit: -1, progressDeadlineSeconds: 9 }
    expect(causesOf('Deployment', workload(wrong))).toEqual([
      'spec.template.spec.restartPolicy NotSupported',
      'spec.strategy.rollingUpdate Forbidden',
      'spec.revisionHistoryLimit Invalid',
      'spec.progressDeadlineSeconds Invalid',
    ])
  })

  it('may have an image with blanks around it, which a Pod may not, and tells last', () => {
    const spec = { containers: [{ name: 'c', image: ' nginx' }], restartPolicy: 'Some' }
    expect(causesOf('Pod', pod(spec))).toEqual(['spec.restartPolicy NotSupported', 'spec.containers[0].image Invalid'])
    expect(causesOf('Deployment', workload({ template: template({ containers: spec.containers }) }))).toEqual([])
  })
})

describe('a Pod', () => {
  it('tells of ports on the host after all containers, then of the init containers, then of policies', () => {
    const ports = [{ containerPort: 80, hostPort: 81 }]
    const wrong = { hostNetwork: true, initContainers: [{ name: 'i' }], containers: [{ ...container, ports }, { name: 'd', ports }], resources: { limits: { cpu: '-1' } }, restartPolicy: 'Some', activeDeadlineSeconds: 0, hostname: '-', nodeName: '-' }
    expect(causesOf('Pod', pod(wrong))).toEqual([
      'spec.containers[1].image Required',
      'spec.containers[1].ports[0].hostPort Duplicate',
      'spec.initContainers[0].image Required',
      'spec.resources.limits[cpu] Invalid',
      'spec.containers[0].ports[0].hostPort Invalid',
      'spec.containers[1].ports[0].hostPort Invalid',
      'spec.restartPolicy NotSupported',
      'spec.nodeName Invalid',
      'spec.activeDeadlineSeconds Invalid',
      'spec.hostname Invalid',
    ])
  })

  it('tells of a container: mounts and resources, a name that another has, its life', () => {
    const wrong = {
      name: 'c',
      ports: [{ containerPort: 80, protocol: 'HTTP' }],
      env: [{ name: 'a=b', valueFrom: { secretKeyRef: { name: 's' }, fieldRef: {} } }],
      volumeMounts: [{ name: 'v', mountPath: '/v' }, { name: 'v', mountPath: '/v' }, { name: 'w' }],
      resources: { requests: { cpu: '-1' } },
      lifecycle: { preStop: { sleep: { seconds: -1 } } },
      livenessProbe: { initialDelaySeconds: -1, successThreshold: 2 },
    }
    const at = 'spec.containers[1]'
    expect(causesOf('Pod', pod({ volumes: [{ name: 'v', emptyDir: {} }], containers: [container, wrong] }))).toEqual([
      `${at}.image Required`,
      `${at}.ports[0].protocol NotSupported`,
      `${at}.env[0].name Invalid`,
      `${at}.env[0].valueFrom.fieldRef.fieldPath Required`,
      `${at}.env[0].valueFrom.secretKeyRef.key Required`,
      `${at}.env[0].valueFrom Invalid`,
      `${at}.volumeMounts[1].mountPath Invalid`,
      `${at}.volumeMounts[2].name NotFound`,
      `${at}.volumeMounts[2].mountPath Required`,
      `${at}.resources.requests[cpu] Invalid`,
      `${at}.name Duplicate`,
      `${at}.lifecycle.preStop.sleep Invalid`,
      `${at}.livenessProbe Required`,
      `${at}.livenessProbe.initialDelaySeconds Invalid`,
      `${at}.livenessProbe.successThreshold Invalid`,
    ])
    expect(causesOf('Pod', pod({ containers: [{ image: 'a' }, { image: 'b' }] }))).toEqual(['spec.containers[0].name Required', `${at}.name Required`, `${at}.name Duplicate`])
  })

  it('looks at the first of several handlers only', () => {
    const livenessProbe = { tcpSocket: { port: 0 }, httpGet: { port: 0 }, periodSeconds: -1 }
    expect(causesOf('Pod', pod({ containers: [{ ...container, livenessProbe }] }))).toEqual([
      'spec.containers[0].livenessProbe.httpGet.port Invalid',
      'spec.containers[0].livenessProbe.tcpSocket Forbidden',
      'spec.containers[0].livenessProbe.periodSeconds Invalid',
    ])
  })

  it('tells of an operator before its key, of a weight before what it weighs, of the former of two spreads', () => {
    const expression = { key: '-', operator: 'Some' }
    const preferredDuringSchedulingIgnoredDuringExecution = [{ weight: 0, preference: { matchExpressions: [expression] } }]
    const spread = { maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchExpressions: [{ ...expression, values: ['-'] }] } }
    const [term, constraints] = ['spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]', 'spec.topologySpreadConstraints']
    expect(causesOf('Pod', pod({ affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution } }, topologySpreadConstraints: [{ ...spread, minDomains: 0 }, spread] }))).toEqual([
      `${term}.weight Invalid`,
      `${term}.preference.matchExpressions[0].operator Invalid`,
      `${term}.preference.matchExpressions[0].key Invalid`,
      `${constraints}[0].maxSkew Invalid`,
      `${constraints}[0].{topologyKey, whenUnsatisfiable} Duplicate`,
      `${constraints}[0].minDomains Invalid`,
      ...[0, 1].flatMap(i => [
        ...i ? [`${constraints}[1].maxSkew Invalid`] : [],
        ...['operator', 'key', 'values[0]'].map(field => `${constraints}[${i}].labelSelector.matchExpressions[0].${field} Invalid`),
      ]),
    ])
  })
})

describe('a Service', () => {
  it('tells of each port at once, then of the rest, then of what its ports have in common', () => {
    const ports = [{ port: 0, nodePort: 30_001 }, { name: 'a', port: 80, nodePort: 30_001 }, { name: 'a', port: 80 }]
    expect(causesOf('Service', service({ ports, sessionAffinity: 'Some', selector: { a: '-' } }))).toEqual([
      'spec.ports[0].name Required',
      'spec.ports[0].port Invalid',
      'spec.ports[0].targetPort Invalid',
      'spec.ports[2].name Duplicate',
      'spec.selector Invalid',
      'spec.sessionAffinity NotSupported',
      'spec.ports[0].nodePort Forbidden',
      'spec.ports[1].nodePort Forbidden',
      'spec.ports[1].nodePort Duplicate',
      'spec.ports[2] Duplicate',
    ])
  })

  it('tells first that it must have a name elsewhere', () => {
    expect(causesOf('Service', service({ type: 'ExternalName', ports: [{ port: 80, protocol: 'HTTP' }] }))).toEqual(['spec.externalName Required', 'spec.ports[0].protocol NotSupported'])
  })
})

it('an autoscaler tells of its bounds, its target, its metrics and how it behaves', () => {
  const metrics = [{ type: 'Resource', resource: { target: { type: 'Utilization', averageUtilization: 0 } } }]
  const behavior = { scaleUp: { stabilizationWindowSeconds: 4000, selectPolicy: 'Some', policies: [{ type: 'Some', value: 0, periodSeconds: 15 }] } }
  expect(causesOf('HorizontalPodAutoscaler', hpa({ minReplicas: 5, scaleTargetRef: { kind: 'Deployment' }, metrics, behavior }))).toEqual([
    'spec.maxReplicas Invalid',
    'spec.scaleTargetRef.name Required',
    'spec.metrics[0].resource.name Required',
    'spec.metrics[0].resource.target.averageUtilization Invalid',
    'spec.behavior.scaleUp.stabilizationWindowSeconds Invalid',
    'spec.behavior.scaleUp.selectPolicy NotSupported',
    'spec.behavior.scaleUp.policies[0].type NotSupported',
    'spec.behavior.scaleUp.policies[0].value Invalid',
  ])
})

it.each<[string, Kind, object, string]>([
  ['a container\'s protocols', 'Pod', pod({ containers: [{ ...container, ports: [{ containerPort: 80, protocol: 'HTTP' }] }] }), '"SCTP", "TCP", "UDP"'],
  ['a Service\'s protocols', 'Service', service({ ports: [{ port: 80, protocol: 'HTTP' }] }), '"SCTP", "TCP", "UDP"'],
  ['affinities of sessions', 'Service', service({ ports: [{ port: 80 }], sessionAffinity: 'Some' }), '"ClientIP", "None"'],
  ['choices among policies', 'HorizontalPodAutoscaler', hpa({ behavior: { scaleUp: { selectPolicy: 'Some' } } }), '"Disabled", "Max", "Min"'],
  // a list that upstream does not sort
  ['ways to ask for names', 'Pod', pod({ dnsPolicy: 'Some' }), '"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"'],
])('values are told in upstream\'s order: %s', (_, kind, object, values) => {
  expect(() => testServer().api.create(kind, object as never, 'user')).toThrow(`supported values: ${values}`)
})
