// What always holds of a rollout, whatever is changed when, and what its controllers tell.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Deployment, Event } from '../api/objects.ts'
import { controllerOf } from '../api/objects.ts'
import { scheduler } from '../scheduler/scheduler.ts'
import type { Kernel } from '../timeline/kernel.ts'
import { maxSurge, maxUnavailable } from './deployment/limits.ts'
import { conditionOf } from './deployment/status.ts'
import { isPodActive, isPodReady } from './pods.ts'
import { controllers, deploymentOf, toyKernel } from './toy.ts'

const NODES = ['node-1', 'node-2', 'node-3', 'node-4', 'node-5']
const start = (seed = 1): Kernel => toyKernel([...controllers(() => undefined), scheduler], NODES, seed)
const web = (kernel: Kernel) => kernel.api.get('Deployment', 'default', 'web')!
const wake = (kernel: Kernel) => kernel.operate({ op: 'stop', node: '' })

function change(kernel: Kernel, to: (d: Deployment) => Partial<Deployment['spec']>) {
  const d = web(kernel)
  kernel.api.update('Deployment', { ...d, spec: { ...d.spec, ...to(d) } }, 'user')
  wake(kernel)
}

function create(kernel: Kernel, manifest: object) {
  kernel.api.create('Deployment', manifest, 'user')
  wake(kernel)
}

const withImage = (image: string) => ({ spec: { template } }: Deployment) => ({ template: { ...template, spec: { ...template.spec, containers: [{ ...template.spec.containers[0]!, image }] } } })
const run = (kernel: Kernel, seconds: number) => kernel.runUntil(kernel.state.now + seconds * 1000)
const messages = (kernel: Kernel, reason: string) => (kernel.api.list('Event') as Event[]).filter(event => event.reason === reason).map(event => event.message!)
const sets = (kernel: Kernel) => kernel.api.list('ReplicaSet').map(rs => [rs.metadata.annotations?.['deployment.kubernetes.io/revision'], rs.spec.replicas] as const).sort()

describe('a rollout', () => {
  it('never has more Pods than wanted and surge, nor fewer ready than wanted less those that may miss', () => {
    const images = fc.constantFrom('app:1', 'app:2', 'app:3', 'slow:1')
    const amount = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 100 }).map(percent => `${percent}%`))
    const updates = fc.array(fc.record({ after: fc.integer({ min: 0, max: 12_000 }), image: images }), { minLength: 1, maxLength: 5 })
    fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), amount, amount, updates, (seed, replicas, surge, unavailable, changes) => {
      fc.pre(Number.parseInt(String(surge)) + Number.parseInt(String(unavailable)) > 0)
      const kernel = start(seed)
      create(kernel, deploymentOf('web', 'app:0', replicas, { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: surge, maxUnavailable: unavailable } } }))
      run(kernel, 5)
      const d = web(kernel)
      const most = replicas + maxSurge(d)
      const least = replicas - maxUnavailable(d)
      let place = kernel.state.store.revision
      for (const { after, image } of changes) {
        change(kernel, withImage(image))
        kernel.runUntil(kernel.state.now + after)
      }
      run(kernel, 120)
      const live = new Map(kernel.api.watch('Pod', 0).filter(each => each.revision <= place).map(each => [each.object.metadata.uid, each.type === 'DELETED' ? undefined : each.object]))
      for (const { type, object, revision } of kernel.api.watch('Pod', place)) {
        place = revision
        live.set(object.metadata.uid, type === 'DELETED' ? undefined : object)
        const pods = [...live.values()].filter(each => each && isPodActive(each))
        expect(pods.length).toBeLessThanOrEqual(most)
        expect(pods.filter(each => isPodReady(each!)).length).toBeGreaterThanOrEqual(least)
      }
      expect(web(kernel).status).toMatchObject({ replicas, updatedReplicas: replicas, availableReplicas: replicas })
      expect(kernel.api.list('Pod').length).toBe(replicas)
    }), { numRuns: 30 })
  })

  it('waits while it is paused, and goes on when it is resumed', () => {
    const kernel = start()
    create(kernel, deploymentOf('web', 'app:1', 4))
    run(kernel, 3)
    change(kernel, () => ({ paused: true }))
    run(kernel, 1)
    expect(conditionOf(web(kernel).status.conditions, 'Progressing')).toMatchObject({ status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' })
    change(kernel, withImage('app:2'))
    run(kernel, 5)
    expect(sets(kernel)).toEqual([['1', 4]])
    change(kernel, () => ({ replicas: 6 }))
    run(kernel, 5)
    expect(sets(kernel)).toEqual([['1', 6]])
    change(kernel, () => ({ paused: undefined }))
    run(kernel, 10)
    expect(sets(kernel)).toEqual([['1', 0], ['2', 6]])
    expect(conditionOf(web(kernel).status.conditions, 'Progressing')).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable' })
  })

  it('goes back to an old ReplicaSet under a new revision, and remembers the old number', () => {
    const kernel = start()
    create(kernel, deploymentOf('web', 'app:1', 2))
    run(kernel, 3)
    change(kernel, withImage('app:2'))
    run(kernel, 10)
    change(kernel, withImage('app:1'))
    run(kernel, 10)
    expect(sets(kernel)).toEqual([['2', 0], ['3', 2]])
    expect(web(kernel).metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '3' })
    expect(web(kernel).metadata.generation).toBe(3)
    const [back] = kernel.api.list('ReplicaSet').filter(rs => rs.spec.replicas)
    expect(back!.metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': '3', 'deployment.kubernetes.io/revision-history': '1' })
  })

  it('keeps as much history as it is told to', () => {
    const kernel = start()
    create(kernel, deploymentOf('web', 'app:0', 1, { revisionHistoryLimit: 2 }))
    for (let i = 1; i < 6; i++) {
      run(kernel, 8)
      change(kernel, withImage(`app:${i}`))
    }
    run(kernel, 20)
    expect(sets(kernel)).toEqual([['4', 0], ['5', 0], ['6', 1]])
  })

  it('says when it has not got on for too long', () => {
    const kernel = start()
    create(kernel, deploymentOf('web', 'app:1', 3, { progressDeadlineSeconds: 30 }))
    run(kernel, 3)
    change(kernel, withImage('app:nope'))
    run(kernel, 29)
    expect(conditionOf(web(kernel).status.conditions, 'Progressing')!.reason).toBe('ReplicaSetUpdated')
    run(kernel, 4)
    const [, set] = kernel.api.list('ReplicaSet').toSorted((a, b) => b.spec.replicas - a.spec.replicas)
    expect(conditionOf(web(kernel).status.conditions, 'Progressing')).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded', message: `ReplicaSet "${set!.metadata.name}" has timed out progressing.` })
    expect(conditionOf(web(kernel).status.conditions, 'Available')!.status).toBe('True')
    expect(web(kernel).status).toMatchObject({ replicas: 4, updatedReplicas: 1, unavailableReplicas: 1 })
  })

  it('tells what it does in the words of the real one', () => {
    const kernel = start()
    create(kernel, deploymentOf('web', 'app:1', 2, { strategy: { type: 'Recreate' } }))
    run(kernel, 3)
    const name = kernel.api.list('ReplicaSet')[0]!.metadata.name
    change(kernel, withImage('app:2'))
    run(kernel, 5)
    const other = kernel.api.list('ReplicaSet').find(rs => rs.spec.replicas)!.metadata.name
    expect(messages(kernel, 'ScalingReplicaSet').sort()).toEqual([`Scaled up replica set ${name} from 0 to 2`, `Scaled down replica set ${name} from 2 to 0`, `Scaled up replica set ${other} from 0 to 2`].sort())
    expect(messages(kernel, 'SuccessfulCreate').filter(text => text.startsWith(`Created pod: ${name}-`))).toHaveLength(2)
    expect(messages(kernel, 'SuccessfulDelete').filter(text => text.startsWith(`Deleted pod: ${name}-`))).toHaveLength(2)
    expect(name).toMatch(/^web-[bcdf4-9]{8,10}$/)
    expect(kernel.api.list('Pod')[0]!.metadata.name).toMatch(new RegExp(`^${other}-[bcdfghjklmnpqrstvwxz2456789]{5}$`))
  })

  it('waits for Pods to be ready for a while, where it is told to', () => {
    const kernel = start()
    create(kernel, deploymentOf('web', 'app:1', 2, { minReadySeconds: 5 }))
    run(kernel, 4)
    expect(web(kernel).status).toMatchObject({ readyReplicas: 2, unavailableReplicas: 2 })
    run(kernel, 4)
    expect(web(kernel).status).toMatchObject({ readyReplicas: 2, availableReplicas: 2 })
  })
})

describe('a ReplicaSet', () => {
  const set = { metadata: { name: 'lone' }, spec: { replicas: 2, selector: { matchLabels: { app: 'lone' } }, template: { metadata: { labels: { app: 'lone' } }, spec: { containers: [{ name: 'main', image: 'app:1' }] } } } }
  const pod = (name: string) => ({ metadata: { name, labels: { app: 'lone' } }, spec: { containers: [{ name: 'main', image: 'app:1' }] } })

  it('adopts Pods that fit and are nobody\'s', () => {
    const kernel = start()
    kernel.api.create('Pod', pod('a'), 'user')
    wake(kernel)
    run(kernel, 2)
    kernel.api.create('ReplicaSet', set, 'user')
    wake(kernel)
    run(kernel, 2)
    const pods = kernel.api.list('Pod')
    expect(pods).toHaveLength(2)
    expect(pods.map(each => controllerOf(each)?.name)).toEqual(['lone', 'lone'])
  })

  it('releases a Pod whose labels no longer fit, and replaces it', () => {
    const kernel = start()
    kernel.api.create('ReplicaSet', set, 'user')
    wake(kernel)
    run(kernel, 2)
    const first = kernel.api.list('Pod')[0]!
    kernel.api.update('Pod', { ...first, metadata: { ...first.metadata, labels: { app: 'apart' } } }, 'user')
    wake(kernel)
    run(kernel, 2)
    expect(kernel.api.get('Pod', 'default', first.metadata.name)!.metadata.ownerReferences).toBeUndefined()
    expect(kernel.api.list('Pod')).toHaveLength(3)
    expect(kernel.api.get('ReplicaSet', 'default', 'lone')!.status).toMatchObject({ replicas: 2, fullyLabeledReplicas: 2, readyReplicas: 2 })
  })
})
