import { describe, expect, it } from 'vitest'
import type { Kernel } from '../timeline/kernel.ts'
import { machinesOf } from './machine.ts'
import { cluster, events, make, told } from './trial.ts'

const statusOf = (kernel: Kernel, name = 'p') => kernel.api.get('Pod', 'default', name)!.status
const waiting = (kernel: Kernel, name = 'p') => statusOf(kernel, name).containerStatuses![0]!.state!.waiting

describe('images', () => {
  it('are pulled one at a time, and what has come meanwhile is only looked up', () => {
    const kernel = cluster()
    make(kernel, { image: 'web:1' }, {}, 'p')
    make(kernel, { image: 'web:1' }, {}, 'q')
    make(kernel, { image: 'api:1' }, {}, 'r')
    kernel.runUntil(1200)
    const { pods } = machinesOf(kernel.state.world).get('node-1')!
    expect([...pods.values()].map(({ containers: [main] }) => [main!.stage, main!.due - main!.turn])).toEqual([['pulling', 2500], ['pulling', 50], ['pulling', 4000]])
    kernel.runUntil(20_000)
    expect(events(kernel, 'Pulled')).toEqual([
      'Successfully pulled image "web:1" in 2.5s (2.5s including waiting). Image size: 60817408 bytes.',
      'Successfully pulled image "web:1" in 50ms (2.496s including waiting). Image size: 60817408 bytes.',
      'Successfully pulled image "api:1" in 4s (6.442s including waiting). Image size: 146800640 bytes.',
    ])
  })

  it('that are there are not pulled again, unless their tag may have moved', () => {
    const kernel = cluster()
    make(kernel, { image: 'app:1' }, {}, 'p')
    make(kernel, { image: 'app' }, {}, 'q')
    kernel.runUntil(5000)
    make(kernel, { image: 'app:1' }, {}, 'r')
    make(kernel, { image: 'app' }, {}, 's')
    kernel.runUntil(10_000)
    expect(events(kernel, 'Pulled').slice(2)).toEqual(['Container image "app:1" already present on machine and can be accessed by the pod', 'Successfully pulled image "app" in 50ms (50ms including waiting). Image size: 75497472 bytes.'])
  })

  it('of a shell end at once where nobody types, and stay where somebody can or a command keeps them; 1.99 is not there', () => {
    const kernel = cluster()
    make(kernel, { image: 'busybox' }, {}, 'b')
    make(kernel, { image: 'alpine:3', stdin: true, tty: true }, {}, 't')
    make(kernel, { image: 'busybox', command: ['sleep', '1h'] }, {}, 's')
    make(kernel, { image: 'busybox', command: ['sh', '-c', 'while true; do echo hi; sleep 5; done'] }, {}, 'w')
    make(kernel, { image: 'busybox', args: ['crond', '-f'] }, {}, 'u')
    make(kernel, { image: 'busybox', args: ['echo', 'hi'] }, { restartPolicy: 'Never' }, 'e')
    make(kernel, { image: 'nginx:1.99' }, {}, 'n')
    kernel.runUntil(40_000)
    expect(statusOf(kernel, 'b').containerStatuses![0]).toMatchObject({ lastState: { terminated: { exitCode: 0, reason: 'Completed' } }, state: { waiting: { reason: 'CrashLoopBackOff' } } })
    for (const name of ['t', 's', 'w', 'u'])
      expect(statusOf(kernel, name).containerStatuses![0]).toMatchObject({ restartCount: 0, ready: true })
    expect(statusOf(kernel, 'e').phase).toBe('Succeeded')
    expect(waiting(kernel, 'n')!.reason).toMatch(/ErrImagePull|ImagePullBackOff/)
  })

  it('may be forbidden to be pulled, or have no name at all', () => {
    const kernel = cluster()
    make(kernel, { image: 'app:1', imagePullPolicy: 'Never' }, {}, 'p')
    make(kernel, { image: 'App:1' }, {}, 'q')
    make(kernel, { image: 'registry.local:5000/shop/web:1' }, {}, 'r')
    kernel.runUntil(15_000)
    expect(waiting(kernel, 'p')).toEqual({ reason: 'ErrImageNeverPull', message: 'Container image "app:1" is not present with pull policy of Never' })
    expect(waiting(kernel, 'q')).toEqual({ reason: 'InvalidImageName', message: 'Failed to apply default image tag "App:1": couldn\'t parse image name "App:1": invalid reference format: repository name (library/App) must be lowercase' })
    expect(statusOf(kernel, 'r').containerStatuses![0]).toMatchObject({ ready: true, image: 'registry.local:5000/shop/web:1' })
  })
})

describe('back-off', () => {
  it('grows to five minutes, and is over after ten minutes of running', () => {
    const kernel = cluster()
    make(kernel, { image: 'crash:1' })
    kernel.runUntil(1_500_000)
    const starts = told(kernel).filter(line => line.includes('Error')).map(line => Number.parseFloat(line))
    const gaps = starts.slice(1).map((at, i) => Math.round(at - starts[i]!))
    expect(gaps.slice(4)).toEqual([81, 161, 300, 301, 301])
    const { crashes, pods } = machinesOf(kernel.state.world).get('node-1')!
    const [uid] = pods.keys()
    // as if it had run for ten minutes and a second before it ended
    const [key, { updated }] = [...crashes.entries].find(([id]) => id.startsWith(`${uid} `))!
    crashes.entries.set(key, { delay: 300_000, updated: updated - 601_000 })
    kernel.runUntil(2_000_000)
    const later = told(kernel).filter(line => line.includes('Error')).map(line => Number.parseFloat(line)).filter(at => at > 1500)
    expect(Math.round(later[1]! - later[0]!)).toBeLessThan(12)
  })
})

describe('probes', () => {
  it('that get no answer fail when they have waited long enough', () => {
    const kernel = cluster()
    make(kernel, { readinessProbe: { exec: { command: ['sleep', '5'] }, timeoutSeconds: 2, periodSeconds: 3, failureThreshold: 1 } })
    kernel.runUntil(4000)
    expect(kernel.api.list('Event').filter(each => each.reason === 'Unhealthy').map(each => [each.message, each.firstTimestamp])).toEqual([['Readiness probe failed: command timed out: "sleep 5" timed out after 2s', '2026-01-01T00:00:03Z']])
  })

  it('ask the ports that the container names', () => {
    const kernel = cluster()
    const ports = [{ name: 'http', containerPort: 8080 }]
    make(kernel, { ports, readinessProbe: { httpGet: { port: 'http' } } }, {}, 'p')
    make(kernel, { ports, readinessProbe: { tcpSocket: { port: 80 } } }, {}, 'q')
    kernel.runUntil(5000)
    expect(['p', 'q'].map(name => statusOf(kernel, name).containerStatuses![0]!.ready)).toEqual([true, false])
    expect(events(kernel, 'Unhealthy')).toEqual(['Readiness probe failed: dial tcp 10.244.0.3:80: connect: connection refused'])
  })

  it('of nginx fail at a path that it has no page for, and where any path will do they do not', () => {
    const kernel = cluster()
    const paths = { a: '/', b: '/index.html?x=1', c: '//50x.html', d: '/healthz', e: '/index', f: undefined }
    for (const [name, path] of Object.entries(paths))
      make(kernel, { image: 'nginx:1.29', readinessProbe: { httpGet: { port: 80, path } } }, {}, name)
    make(kernel, { image: 'app:1', readinessProbe: { httpGet: { port: 80, path: '/healthz' } } }, {}, 'g')
    kernel.runUntil(6000)
    expect([...Object.keys(paths), 'g'].filter(name => statusOf(kernel, name).containerStatuses![0]!.ready).join('')).toBe('abcfg')
    expect(new Set(events(kernel, 'Unhealthy'))).toEqual(new Set(['Readiness probe failed: HTTP probe failed with statuscode: 404']))
  })

  it('that read what is not there fail in the words of what they run', () => {
    const kernel = cluster()
    const commands = {
      a: ['cat', '/tmp/nope'],
      b: ['sh', '-c', 'cat /tmp/nope'],
      // what may be there is not said to be missing
      c: ['cat', '/etc/hostname'],
      d: ['sh', '-c', 'cat /tmp/nope || true'],
    }
    for (const [name, command] of Object.entries(commands))
      make(kernel, { readinessProbe: { exec: { command } } }, {}, name)
    make(kernel, { image: 'busybox:1', command: ['sh', '-c', 'touch /tmp/healthy; sleep 600'], readinessProbe: { exec: { command: ['cat', '/tmp/healthy'] } } }, {}, 'e')
    make(kernel, { volumeMounts: [{ name: 'v', mountPath: '/tmp/data' }], readinessProbe: { exec: { command: ['cat', '/tmp/data/x'] } } }, {}, 'f')
    kernel.runUntil(6000)
    expect([...Object.keys(commands), 'e', 'f'].filter(name => statusOf(kernel, name).containerStatuses![0]!.ready).join('')).toBe('cdef')
    expect(new Set(events(kernel, 'Unhealthy'))).toEqual(new Set(['Readiness probe failed: cat: can\'t open \'/tmp/nope\': No such file or directory\n']))
  })

  it('need as many good answers as they say', () => {
    const kernel = cluster()
    make(kernel, { readinessProbe: { exec: { command: ['true'] }, periodSeconds: 2, successThreshold: 3 } })
    kernel.runUntil(10_000)
    // at once, and at the next two beats
    expect(told(kernel).slice(2)).toEqual(['1.1 0/1 Running 0', '4.0 1/1 Running 0'])
  })
})

describe('the end', () => {
  it('comes two seconds after SIGTERM at the earliest, and cuts a hook short', () => {
    const kernel = cluster()
    make(kernel, { image: 'batch:1', lifecycle: { preStop: { exec: { command: ['sleep', '60'] } } } }, { terminationGracePeriodSeconds: 4 }, 'p')
    make(kernel, { image: 'batch:1' }, { terminationGracePeriodSeconds: 30 }, 'q')
    kernel.runUntil(5100)
    kernel.operate({ op: 'remove', name: 'p' })
    kernel.operate({ op: 'remove', name: 'q' })
    kernel.runUntil(8100)
    // sooner, on second thoughts
    kernel.operate({ op: 'remove', name: 'q', grace: 1 })
    kernel.runUntil(20_000)
    expect([told(kernel, 'p').at(-1), told(kernel, 'q').at(-1)]).toEqual(['11.1 gone', '9.1 gone'])
  })

  it('comes to sidecars after all others, and when there is nothing left to do', () => {
    const kernel = cluster()
    const initContainers = [{ name: 's', image: 'app:1', restartPolicy: 'Always' }]
    make(kernel, { image: 'db:1' }, { initContainers }, 'p')
    make(kernel, { image: 'batch:1' }, { initContainers, restartPolicy: 'Never' }, 'q')
    kernel.runUntil(15_100)
    kernel.operate({ op: 'remove', name: 'p' })
    kernel.runUntil(60_000)
    // the database takes 4 s, the sidecar 0.6 s more
    expect(told(kernel, 'p').slice(-2)).toEqual(['19.6 0/2 Completed 0', '19.7 gone'])
    expect(statusOf(kernel, 'q')).toMatchObject({ phase: 'Succeeded', initContainerStatuses: [{ restartCount: 0, state: { terminated: { exitCode: 0 } } }] })
  })
})

describe('a machine without room', () => {
  it('rejects a Pod that was bound to it nevertheless', () => {
    const kernel = cluster()
    const resources = { requests: { cpu: '3' } }
    make(kernel, { resources }, {}, 'p')
    kernel.runUntil(3000)
    make(kernel, { resources }, { nodeName: 'node-1' }, 'q')
    kernel.runUntil(5000)
    const message = 'Node didn\'t have enough resource: cpu, requested: 3000, used: 3000, capacity: 4000'
    expect(statusOf(kernel, 'q')).toMatchObject({ phase: 'Failed', reason: 'OutOfcpu', message: `Pod was rejected: ${message}` })
    expect(events(kernel, 'OutOfcpu')).toEqual([message])
  })

  it('counts neither what is done nor what is forgotten', () => {
    const kernel = cluster()
    const resources = { requests: { cpu: '3' } }
    make(kernel, { resources, image: 'batch:1' }, { restartPolicy: 'Never' }, 'p')
    kernel.runUntil(30_000)
    make(kernel, { resources }, { nodeName: 'node-1' }, 'q')
    kernel.runUntil(35_000)
    expect(statusOf(kernel, 'q').phase).toBe('Running')
    kernel.operate({ op: 'remove', name: 'q', grace: 0 })
    make(kernel, { resources }, { nodeName: 'node-1' }, 'r')
    kernel.runUntil(40_000)
    expect(statusOf(kernel, 'r').phase).toBe('Running')
  })

  it('counts a Pod that is told to go until its containers have stopped, not until it is forgotten', () => {
    const kernel = cluster()
    const resources = { requests: { cpu: '3' } }
    make(kernel, { resources }, {}, 'p')
    kernel.runUntil(5000)
    kernel.operate({ op: 'remove', name: 'p' })
    kernel.runUntil(5500)
    make(kernel, { resources }, { nodeName: 'node-1' }, 'early')
    while (statusOf(kernel, 'p').phase !== 'Succeeded')
      kernel.runUntil(kernel.state.now + 1)
    make(kernel, { resources }, { nodeName: 'node-1' }, 'late')
    kernel.runUntil(kernel.state.now + 20)
    expect(kernel.api.get('Pod', 'default', 'p')).toBeDefined()
    kernel.runUntil(10_000)
    expect([statusOf(kernel, 'early').reason, statusOf(kernel, 'late').phase]).toEqual(['OutOfcpu', 'Running'])
  })
})

describe('a machine that was off', () => {
  it('runs init containers again, and leaves alone what may not come again', () => {
    const kernel = cluster()
    const initContainers = [{ name: 'i', image: 'busybox:1', command: ['sleep', '1'] }]
    make(kernel, {}, { initContainers }, 'p')
    make(kernel, { image: 'batch:1' }, { restartPolicy: 'Never' }, 'q')
    kernel.runUntil(8000)
    kernel.operate({ op: 'stopMachine', node: 'node-1' })
    expect([...machinesOf(kernel.state.world).get('node-1')!.pods.values()].flatMap(pod => pod.containers.map(each => each.stage))).not.toContain('running')
    kernel.operate({ op: 'startMachine', node: 'node-1' })
    kernel.runUntil(60_000)
    expect(statusOf(kernel, 'p')).toMatchObject({ phase: 'Running', initContainerStatuses: [{ restartCount: 1 }], containerStatuses: [{ restartCount: 1, lastState: { terminated: { exitCode: 255, reason: 'Unknown', finishedAt: '2026-01-01T00:00:08Z' } } }] })
    expect(statusOf(kernel, 'q')).toMatchObject({ phase: 'Failed', containerStatuses: [{ restartCount: 0, state: { terminated: { exitCode: 255 } } }] })
  })

  it('does nothing before it is up, however often it is switched', () => {
    const kernel = cluster()
    make(kernel)
    kernel.runUntil(5000)
    for (const op of ['stopMachine', 'startMachine', 'stopMachine', 'startMachine']) {
      kernel.operate({ op, node: 'node-1' })
      kernel.runUntil(kernel.state.now + 2000)
    }
    const { up, on, boots } = machinesOf(kernel.state.world).get('node-1')!
    expect([up, on, boots]).toEqual([false, true, 1])
    make(kernel, {}, { nodeName: 'node-1' }, 'q')
    kernel.runUntil(28_000)
    expect(statusOf(kernel, 'q').startTime).toBeUndefined()
    kernel.runUntil(40_000)
    expect([statusOf(kernel).containerStatuses![0]!.restartCount, statusOf(kernel, 'q').phase]).toEqual([1, 'Running'])
    expect(() => kernel.operate({ op: 'startMachine', node: 'node-1' })).toThrow(RangeError)
    expect(() => kernel.operate({ op: 'stopMachine', node: 'node-9' })).toThrow(RangeError)
  })

  it('ends what was deleted meanwhile, without starting it', () => {
    const kernel = cluster()
    make(kernel)
    kernel.runUntil(5000)
    kernel.operate({ op: 'stopMachine', node: 'node-1' })
    kernel.operate({ op: 'remove', name: 'p' })
    kernel.operate({ op: 'startMachine', node: 'node-1' })
    kernel.runUntil(60_000)
    expect(told(kernel).at(-1)).toBe('22.9 gone')
    expect(events(kernel, 'Started')).toHaveLength(1)
  })
})
