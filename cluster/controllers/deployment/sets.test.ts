import { describe, expect, it } from 'vitest'
import type { Deployment, PodTemplate } from '../../api/objects.ts'
import { newSetAnnotations, sameTemplate, templateHash } from './sets.ts'

const template = (image: string, labels: Record<string, string> = { app: 'web' }) => ({ metadata: { labels }, spec: { containers: [{ name: 'main', image }], restartPolicy: 'Always', terminationGracePeriodSeconds: 30 } }) as PodTemplate

describe('a template\'s hash', () => {
  it('follows what the template says and nothing else', () => {
    const { metadata, spec } = template('app:1')
    expect(templateHash({ spec, metadata }, undefined)).toBe(templateHash(template('app:1'), undefined))
    expect(templateHash(template('app:2'), undefined)).not.toBe(templateHash(template('app:1'), undefined))
    expect(templateHash(template('app:1'), 1)).not.toBe(templateHash(template('app:1'), undefined))
    expect(templateHash(template('app:1'), undefined)).toMatch(/^[bcdf4-9]{1,10}$/)
  })

  it('is no part of the template', () => {
    expect(sameTemplate(template('app:1'), template('app:1', { app: 'web', 'pod-template-hash': 'bcdf' }))).toBe(true)
    expect(sameTemplate(template('app:1'), template('app:2'))).toBe(false)
    expect(sameTemplate({ ...template('app:1'), metadata: { labels: { app: 'web' }, annotations: {} } }, template('app:1'))).toBe(true)
  })
})

describe('the annotations of a new ReplicaSet', () => {
  const deployment = (annotations: Record<string, string>) => ({ metadata: { annotations }, spec: { replicas: 4, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } } } }) as unknown as Deployment

  it('are the Deployment\'s, but for what is its own, and tell the revision and the sizes', () => {
    expect(newSetAnnotations(deployment({ 'kubernetes.io/change-cause': 'a new image', 'deployment.kubernetes.io/revision': '7' }), undefined, 3, false)).toEqual({
      'kubernetes.io/change-cause': 'a new image',
      'deployment.kubernetes.io/revision': '3',
      'deployment.kubernetes.io/desired-replicas': '4',
      'deployment.kubernetes.io/max-replicas': '5',
    })
  })

  it('remember former revisions, as many as fit', () => {
    const next = newSetAnnotations(deployment({}), { 'deployment.kubernetes.io/revision': '3', 'deployment.kubernetes.io/revision-history': '1' }, 5, true)
    expect(next).toEqual({ 'deployment.kubernetes.io/revision': '5', 'deployment.kubernetes.io/revision-history': '1,3' })
    const long = newSetAnnotations(deployment({}), { 'deployment.kubernetes.io/revision': '9999', 'deployment.kubernetes.io/revision-history': Array.from({ length: 500 }, (_, i) => 1000 + i).join() }, 10_000, true)
    const history = long['deployment.kubernetes.io/revision-history']!
    expect(history.length).toBeLessThanOrEqual(2000)
    expect(history.endsWith(',9999')).toBe(true)
  })
})
