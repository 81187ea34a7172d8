import { describe, expect, it } from 'vitest'
import { refusal, testServer } from '../toy.ts'

describe('an autoscaler is refused', () => {
  const hpa = (spec: object) => ({ metadata: { name: 'web' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3, ...spec } })
  it.each([
    [hpa({ minReplicas: 5 }), 'spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`'],
    [hpa({ maxReplicas: 0, minReplicas: 0 }), '[spec.minReplicas: Invalid value: 0: must be greater than or equal to 1, spec.maxReplicas: Invalid value: 0: must be greater than 0]'],
    [hpa({ scaleTargetRef: { kind: 'Deployment' } }), 'spec.scaleTargetRef.name: Required value'],
    [hpa({ behavior: { scaleDown: { stabilizationWindowSeconds: 4000 } } }), 'spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 4000: must be less than or equal to 3600'],
    [hpa({ behavior: { scaleUp: { policies: [{ type: 'Some', value: 1, periodSeconds: 15 }] } } }), 'spec.behavior.scaleUp.policies[0].type: Unsupported value: "Some": supported values: "Percent", "Pods"'],
    [hpa({ metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization' } } }] }), 'spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization'],
    [hpa({ metrics: [{ type: 'Resource' }] }), 'spec.metrics[0].resource: Required value: must populate information for the given metric source'],
  ])('%#', (manifest, why) => {
    expect(refusal(() => testServer().api.create('HorizontalPodAutoscaler', manifest, 'user'))).toBe(`HorizontalPodAutoscaler.autoscaling "web" is invalid: ${why}`)
  })

  it('not where it is right, and is filled in', () => {
    const { spec } = testServer().api.create('HorizontalPodAutoscaler', hpa({ behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } }), 'user')
    expect(spec).toMatchObject({
      minReplicas: 1,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, { type: 'Percent', value: 100, periodSeconds: 15 }] },
        scaleDown: { stabilizationWindowSeconds: 60, selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
      },
    })
  })
})
