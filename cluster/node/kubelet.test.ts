import { describe, expect, it } from 'vitest'
import { stamp } from '../timeline/clock.ts'
import { machinesOf } from './machine.ts'
import { cluster, events, make, told } from './trial.ts'

describe('a Pod on its machine', () => {
  it('is ready about a second after it is bound, and gone 0.7 s after it is deleted', () => {
    const kernel = cluster()
    make(kernel)
    kernel.runUntil(5100)
    kernel.operate({ op: 'remove', name: 'p' })
    kernel.runUntil(9000)
    expect(told(kernel)).toEqual(['0.0 0/1 Pending 0', '0.0 0/1 ContainerCreating 0', '1.1 1/1 Running 0', '5.0 1/1 Terminating 0', '5.6 0/1 Completed 0', '5.7 gone'])
    expect(events(kernel, 'Killing')).toEqual(['Stopping container c'])
    expect(machinesOf(kernel.state.world).get('node-1')!.pods.size).toBe(0)
  })

  it('has not ended while it runs, though it is told to go as soon as a container has been started again', () => {
    const kernel = cluster()
    make(kernel)
    kernel.runUntil(5000)
    kernel.operate({ op: 'killContainer', pod: 'p' })
    const running = () => [...machinesOf(kernel.state.world).get('node-1')!.pods.values()].some(pod => pod.containers.some(each => each.stage === 'running'))
    while (running())
      kernel.runUntil(kernel.state.now + 1)
    while (!running())
      kernel.runUntil(kernel.state.now + 1)
    kernel.operate({ op: 'remove', name: 'p' })
    for (let end = kernel.state.now + 2000; kernel.state.now < end; kernel.runUntil(kernel.state.now + 1))
      expect(running() && /Failed|Succeeded/.test(kernel.api.get('Pod', 'default', 'p')!.status.phase)).toBe(false)
    expect(kernel.api.get('Pod', 'default', 'p')).toBeUndefined()
  })

  it('runs its init containers one after the other', () => {
    const kernel = cluster()
    const initContainers = ['2', '1'].map(seconds => ({ name: `i${seconds}`, image: 'busybox:1', command: ['sleep', seconds] }))
    make(kernel, {}, { initContainers })
    kernel.runUntil(20_000)
    expect(told(kernel).map(line => line.slice(4))).toEqual(['0/1 Pending 0', '0/1 Init:0/2 0', '0/1 Init:1/2 0', '0/1 PodInitializing 0', '1/1 Running 0'])
    // while one runs it is not ready: it is when it is done
    const seen = kernel.api.watch('Pod', 0).flatMap(({ object }) => object.status.initContainerStatuses ?? [])
    expect(seen.some(({ state }) => state?.running)).toBe(true)
    for (const { state, ready } of seen)
      expect(ready).toBe(state?.terminated?.exitCode === 0)
  })

  it('backs off from an image that cannot be pulled', () => {
    const kernel = cluster()
    make(kernel, { image: 'app:nope' })
    kernel.runUntil(40_000)
    expect(told(kernel).slice(2)).toEqual(['0.4 0/1 ErrImagePull 0', '1.4 0/1 ImagePullBackOff 0', '10.7 0/1 ErrImagePull 0', '11.7 0/1 ImagePullBackOff 0', '31.0 0/1 ErrImagePull 0', '32.0 0/1 ImagePullBackOff 0'])
    expect(events(kernel, 'BackOff')).toEqual(['Back-off pulling image "app:nope"'])
  })

  it('never calls a container running that has crashed before it was looked at', () => {
    const kernel = cluster()
    make(kernel, { image: 'crash:1' })
    kernel.runUntil(10_000)
    expect(told(kernel)).toEqual(['0.0 0/1 Pending 0', '0.0 0/1 ContainerCreating 0', '1.4 0/1 Error 0', '2.4 0/1 Error 1', '3.4 0/1 CrashLoopBackOff 1'])
  })

  it('restarts a container that crashes: at once, then after 10, 20, 40 seconds', () => {
    const kernel = cluster()
    make(kernel, { image: 'crash:1' })
    kernel.runUntil(120_000)
    const starts = told(kernel).filter(line => line.includes('Error')).map(line => Number.parseFloat(line))
    expect(starts.slice(1).map((at, i) => Math.round(at - starts[i]!))).toEqual([1, 11, 21, 40])
    expect(told(kernel).at(-1)).toContain('CrashLoopBackOff 4')
  })

  it('is done when its job is done', () => {
    const kernel = cluster()
    make(kernel, { image: 'batch:1' }, { restartPolicy: 'Never' })
    make(kernel, { image: 'crash:1' }, { restartPolicy: 'Never' }, 'q')
    kernel.runUntil(40_000)
    expect([...told(kernel).slice(-1), ...told(kernel, 'q').slice(-1)]).toEqual(['22.4 0/1 Completed 0', '3.4 0/1 Error 0'])
  })

  it('loses a container that takes more memory than it may', () => {
    const kernel = cluster()
    make(kernel, { image: 'leak:1', resources: { limits: { memory: '64Mi' } } })
    kernel.runUntil(15_000)
    expect(told(kernel).slice(3)).toEqual(['10.4 0/1 OOMKilled 0', '10.9 1/1 Running 1'])
    expect(kernel.api.get('Pod', 'default', 'p')!.status.containerStatuses![0]!.lastState!.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' })
  })

  it('keeps running where SIGTERM is not heard, until its time is over', () => {
    const kernel = cluster()
    make(kernel, { image: 'batch:1' }, { terminationGracePeriodSeconds: 5 })
    kernel.runUntil(5100)
    kernel.operate({ op: 'remove', name: 'p' })
    kernel.runUntil(20_000)
    expect(told(kernel).slice(-2)).toEqual(['10.0 0/1 Error 0', '10.1 gone'])
  })

  it('finishes its preStop hook before SIGTERM', () => {
    const kernel = cluster()
    make(kernel, { lifecycle: { preStop: { exec: { command: ['sleep', '3'] } } } })
    kernel.runUntil(5100)
    kernel.operate({ op: 'remove', name: 'p' })
    kernel.runUntil(20_000)
    expect(told(kernel).at(-1)).toBe('8.7 gone')
  })
})

describe('a container that ends and was not told to', () => {
  /** ms from its end until it is reported, on each of three machines, and what is said of it until then */
  function noticed(kernel: ReturnType<typeof cluster>, name: string): number {
    const status = () => kernel.api.get('Pod', 'default', name)!.status
    const before = status()
    const { now } = kernel.state
    kernel.operate({ op: 'killContainer', pod: name })
    while (status() === before)
      kernel.runUntil(kernel.state.now + 1)
    expect(before.conditions!.find(({ type }) => type === 'Ready')!.status).toBe('True')
    expect(status().containerStatuses![0]).toMatchObject({ ready: false, restartCount: 0, state: { terminated: { exitCode: 137, finishedAt: stamp(now) } } })
    return kernel.state.now - now
  }

  it('is taken for running until its kubelet looks, once a second, each at a time of its own', () => {
    const names = ['node-1', 'node-2', 'node-3']
    const kernel = cluster(names)
    for (const name of names)
      make(kernel, {}, { nodeName: name }, `on-${name}`)
    kernel.runUntil(5000)
    const at = names.map((name) => {
      const begun = Math.ceil(kernel.state.now / 1000) * 1000
      kernel.runUntil(begun)
      return noticed(kernel, `on-${name}`)
    })
    expect(at).toEqual([500, 118, 736])
  })

  it('says no more, is found ended by who would end it, and costs nothing while nothing ends', () => {
    const kernel = cluster()
    make(kernel)
    kernel.runUntil(5000)
    kernel.operate({ op: 'killContainer', pod: 'p' })
    expect(() => kernel.operate({ op: 'killContainer', pod: 'p' })).toThrow('nothing runs in the Pod "p"')
    kernel.operate({ op: 'remove', name: 'p' })
    kernel.runUntil(5200)
    expect(kernel.api.get('Pod', 'default', 'p')).toBeUndefined()
    expect(told(kernel).slice(3)).toEqual(['4.9 1/1 Terminating 0', '4.9 0/1 Error 0', '5.0 gone'])
    expect(kernel.state.tasks.filter(({ key }) => key.startsWith('pod '))).toEqual([])
  })

  it('has ended as it did, though its machine lost its power before anybody looked', () => {
    const kernel = cluster()
    make(kernel)
    kernel.runUntil(5000)
    kernel.operate({ op: 'killContainer', pod: 'p' })
    kernel.operate({ op: 'stopMachine', node: 'node-1' })
    kernel.operate({ op: 'startMachine', node: 'node-1' })
    kernel.runUntil(40_000)
    expect(kernel.api.get('Pod', 'default', 'p')!.status.containerStatuses![0]).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 137, reason: 'Error' } } })
  })
})

describe('a container whose image is changed', () => {
  const status = (kernel: ReturnType<typeof cluster>) => kernel.api.get('Pod', 'default', 'p')!.status.containerStatuses![0]!
  const change = (kernel: ReturnType<typeof cluster>, at: number, image: string, until: number) => {
    kernel.runUntil(at)
    kernel.operate({ op: 'image', name: 'p', image })
    kernel.runUntil(until)
  }

  it.each(['Always', 'Never'])('is stopped, and made anew of the other image, whatever the restart policy: %s', (restartPolicy) => {
    const kernel = cluster()
    make(kernel, { image: 'web:1' }, { restartPolicy })
    kernel.runUntil(10_000)
    const before = status(kernel)
    change(kernel, 10_000, 'app:2', 20_000)
    expect(events(kernel, 'Killing')).toEqual(['Container c definition changed, will be restarted'])
    expect(events(kernel, 'Pulling')).toEqual(['Pulling image "web:1"', 'Pulling image "app:2"'])
    const after = status(kernel)
    expect([before.restartCount, after.restartCount]).toEqual([0, 1])
    expect([before.image, after.image]).toEqual(['docker.io/library/web:1', 'docker.io/library/app:2'])
    expect(after.containerID).not.toBe(before.containerID)
    expect(after.lastState!.terminated!.containerID).toBe(before.containerID)
    expect(after.state!.running!.startedAt! > before.state!.running!.startedAt!).toBe(true)
  })

  it('is what it was until it has ended', () => {
    const kernel = cluster()
    make(kernel, { image: 'web:1', lifecycle: { preStop: { sleep: { seconds: 5 } } } })
    change(kernel, 10_000, 'web:2', 14_000)
    expect(status(kernel)).toMatchObject({ image: 'docker.io/library/web:1', restartCount: 0 })
    const [process] = [...machinesOf(kernel.state.world).get('node-1')!.pods.values()][0]!.containers
    expect(process!.load!.image).toBe('web:1')
    kernel.runUntil(30_000)
    expect(status(kernel)).toMatchObject({ image: 'docker.io/library/web:2', restartCount: 1 })
  })

  it('is finished as it was begun where it is still being pulled, and changed then', () => {
    const kernel = cluster()
    make(kernel, { image: 'web:1' })
    change(kernel, 1000, 'app:2', 20_000)
    expect(events(kernel, 'Pulled')).toEqual([expect.stringContaining('"web:1"'), expect.stringContaining('"app:2"')])
    expect(status(kernel)).toMatchObject({ image: 'docker.io/library/app:2', restartCount: 1 })
  })

  it('does not wait for what failed before', () => {
    const kernel = cluster()
    make(kernel, { image: 'app:nope' })
    change(kernel, 35_000, 'app:1', 37_000)
    expect(told(kernel).at(-1)).toMatch(/1\/1 Running 0$/)
    const crashing = cluster()
    make(crashing, { image: 'crash:1' })
    change(crashing, 60_000, 'app:1', 62_000)
    expect(told(crashing).at(-1)).toMatch(/1\/1 Running \d$/)
  })

  it('is left alone where something else of the Pod is changed, or where it was made of that image already', () => {
    const kernel = cluster()
    make(kernel, { image: 'web:1' })
    change(kernel, 10_000, 'web:1', 20_000)
    expect(events(kernel, 'Killing')).toEqual([])
    expect(status(kernel).restartCount).toBe(0)
  })

  it('is restarted too where it is a sidecar, in words of its own', () => {
    const kernel = cluster()
    make(kernel, { image: 'app:1' }, { initContainers: [{ name: 'side', image: 'web:1', restartPolicy: 'Always' }] })
    kernel.runUntil(20_000)
    const pod = kernel.api.get('Pod', 'default', 'p')!
    kernel.api.update('Pod', { ...pod, spec: { ...pod.spec, initContainers: [{ ...pod.spec.initContainers![0]!, image: 'web:2' }] } }, 'user')
    kernel.runUntil(60_000)
    expect(events(kernel, 'Killing')).toEqual(['Init container side definition changed'])
    const { initContainerStatuses, containerStatuses } = kernel.api.get('Pod', 'default', 'p')!.status
    expect([initContainerStatuses![0]!.restartCount, containerStatuses![0]!.restartCount]).toEqual([1, 0])
  })
})

describe('probes', () => {
  it('keep a Pod unready until it answers', () => {
    const kernel = cluster()
    make(kernel, { image: 'web:2', readinessProbe: { httpGet: { port: 80 }, periodSeconds: 5 } })
    kernel.runUntil(30_000)
    // asked at once, then every 5 s from when the kubelet took it in; it answers from 10.9 s on
    expect(told(kernel).slice(2)).toEqual(['3.1 0/1 Running 0', '15.0 1/1 Running 0'])
    expect(events(kernel, 'Unhealthy')[0]).toBe('Readiness probe failed: Get "http://10.244.0.2:80/": dial tcp 10.244.0.2:80: connect: connection refused')
  })

  it('restart a container that does not live', () => {
    const kernel = cluster()
    make(kernel, { image: 'web:3', livenessProbe: { httpGet: { port: 80, path: '/healthz' }, initialDelaySeconds: 3, periodSeconds: 10, failureThreshold: 3 } })
    kernel.runUntil(40_000)
    expect(events(kernel, 'Unhealthy')).toEqual(['Liveness probe failed: HTTP probe failed with statuscode: 500'])
    expect(events(kernel, 'Killing')).toEqual(['Container c failed liveness probe, will be restarted'])
    // asked at 10, 20 and 30 s, then a second to stop
    expect(told(kernel).slice(3)).toEqual(['31.0 0/1 Completed 0', '31.5 1/1 Running 1'])
  })

  it('heal what can be healed by starting it anew', () => {
    const kernel = cluster()
    make(kernel, { image: 'stuck:1', livenessProbe: { httpGet: { port: 80 }, periodSeconds: 5, failureThreshold: 2 } })
    kernel.runUntil(60_000)
    expect(told(kernel).slice(2)).toEqual(['3.1 1/1 Running 0', '41.0 0/1 Completed 0', '41.5 1/1 Running 1'])
  })

  it('notice a program that has begun to fail, and that it was mended or started anew', () => {
    const kernel = cluster()
    make(kernel, { readinessProbe: { httpGet: { port: 80 }, periodSeconds: 2 } })
    kernel.runUntil(10_000)
    const since = told(kernel).length
    kernel.operate({ op: 'breakContainer', pod: 'p' })
    kernel.runUntil(30_000)
    kernel.operate({ op: 'mendContainer', pod: 'p' })
    kernel.runUntil(40_000)
    kernel.operate({ op: 'breakContainer', pod: 'p' })
    kernel.runUntil(50_000)
    kernel.operate({ op: 'killContainer', pod: 'p' })
    kernel.runUntil(60_000)
    // three bad answers in a row, one good one
    expect(told(kernel).slice(since).map(line => line.replace(/^(\d+)\.\d/, '$1'))).toEqual(['14 0/1 Running 0', '30 1/1 Running 0', '44 0/1 Running 0', '50 0/1 Error 0', '51 1/1 Running 1'])
    expect(() => kernel.operate({ op: 'breakContainer', pod: 'q' })).toThrow('nothing runs in the Pod "q"')
  })

  it('hold the others back until the startup probe has passed', () => {
    const kernel = cluster()
    const httpGet = { port: 80 }
    make(kernel, { image: 'web:2', startupProbe: { httpGet, periodSeconds: 2, failureThreshold: 30 }, livenessProbe: { httpGet, periodSeconds: 1, failureThreshold: 1 } })
    kernel.runUntil(60_000)
    expect(told(kernel).slice(2)).toEqual(['3.1 0/1 Running 0', '12.0 1/1 Running 0'])
  })
})

describe('a machine', () => {
  it('comes back with its Pods restarted', () => {
    const kernel = cluster()
    make(kernel)
    kernel.runUntil(5100)
    kernel.operate({ op: 'stopMachine', node: 'node-1' })
    kernel.runUntil(10_100)
    kernel.operate({ op: 'startMachine', node: 'node-1' })
    kernel.runUntil(60_000)
    expect(told(kernel).slice(3)).toEqual(['28.0 0/1 Unknown 0', '28.8 1/1 Running 1'])
    expect(events(kernel, 'SandboxChanged')).toHaveLength(1)
  })

  it('that is cut off goes on, and hears later what was asked of it', () => {
    const kernel = cluster()
    make(kernel)
    kernel.runUntil(5100)
    kernel.operate({ op: 'cutMachine', node: 'node-1' })
    kernel.operate({ op: 'remove', name: 'p' })
    kernel.runUntil(60_100)
    expect(told(kernel).at(-1)).toBe('5.0 1/1 Terminating 0')
    kernel.operate({ op: 'joinMachine', node: 'node-1' })
    kernel.runUntil(70_000)
    expect(told(kernel).at(-1)).toBe('60.7 gone')
  })

  it('tells once that somebody has closed its Node, and once that it is open again', () => {
    const kernel = cluster()
    const close = (unschedulable?: true) => {
      const node = kernel.api.get('Node', '', 'node-1')!
      kernel.api.update('Node', { ...node, spec: { ...node.spec, unschedulable } }, 'user')
    }
    kernel.runUntil(1000)
    close(true)
    kernel.runUntil(31_000)
    close()
    kernel.runUntil(61_000)
    expect(kernel.api.list('Event').filter(({ reason }) => (reason ?? '').endsWith('Schedulable')).map(({ type, reason, message, source, count, involvedObject: { kind, uid } }) => [type, reason, message, source, count, kind, uid])).toEqual(['NodeNotSchedulable', 'NodeSchedulable'].map(reason =>
      ['Normal', reason, `Node node-1 status is now: ${reason}`, { component: 'kubelet', host: 'node-1' }, 1, 'Node', 'node-1']))
  })

  it('is cut off once, and joined once', () => {
    const kernel = cluster()
    expect(() => kernel.operate({ op: 'joinMachine', node: 'node-1' })).toThrow('node-1 is not cut off')
    kernel.operate({ op: 'cutMachine', node: 'node-1' })
    expect(() => kernel.operate({ op: 'cutMachine', node: 'node-1' })).toThrow('node-1 is cut off already')
  })

  it('may join later, and takes what found no room', () => {
    const kernel = cluster()
    const resources = { requests: { cpu: '3' } }
    make(kernel, { resources })
    make(kernel, { resources }, {}, 'q')
    kernel.runUntil(5000)
    expect(kernel.api.get('Pod', 'default', 'q')!.spec.nodeName).toBeUndefined()
    kernel.operate({ op: 'addMachine', cpu: '8' })
    const ready = () => kernel.api.get('Node', '', 'node-2')?.status.conditions?.find(each => each.type === 'Ready')?.status
    kernel.runUntil(19_000)
    expect(ready()).toBeUndefined()
    kernel.runUntil(21_000)
    expect(ready()).toBe('False')
    kernel.runUntil(24_000)
    expect(ready()).toBe('True')
    // as the node lifecycle controller does
    kernel.operate({ op: 'untaint', name: 'node-2' })
    kernel.runUntil(30_000)
    expect(kernel.api.get('Pod', 'default', 'q')!.spec.nodeName).toBe('node-2')
    expect(() => kernel.operate({ op: 'addMachine', name: 'node-2' })).toThrow(RangeError)
  })
})
