import { describe, expect, it } from 'vitest'
import { cluster, events, make, told } from '../trial.ts'

const why = (program: string, told = 'executable file not found in $PATH') => `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${program}": ${told}`
const statusOf = (kernel: ReturnType<typeof cluster>, name = 'p') => kernel.api.get('Pod', 'default', name)!.status
const only = (kernel: ReturnType<typeof cluster>, name = 'p') => statusOf(kernel, name).containerStatuses![0]!

describe('a command that its image has not', () => {
  it('is tried again at once, and then held back longer and longer', () => {
    const kernel = cluster()
    make(kernel, { image: 'nginx:1', command: ['foo', '-x'] })
    kernel.runUntil(40_000)
    expect(told(kernel).map(line => line.replace(/^\S+ /, ''))).toEqual(['0/1 Pending 0', '0/1 ContainerCreating 0', '0/1 RunContainerError 0', '0/1 RunContainerError 1', '0/1 CrashLoopBackOff 1', '0/1 RunContainerError 2', '0/1 CrashLoopBackOff 2', '0/1 RunContainerError 3', '0/1 CrashLoopBackOff 3'].slice(0, told(kernel).length))
    expect(told(kernel).length).toBeGreaterThan(6)
    const { state, lastState } = only(kernel)
    expect(state).toMatchObject({ waiting: { reason: 'CrashLoopBackOff', message: expect.stringMatching(/^back-off \d+s restarting failed container=c/) as string } })
    expect(lastState!.terminated).toMatchObject({ exitCode: 128, reason: 'StartError', message: why('foo'), startedAt: '1970-01-01T00:00:00Z' })
    expect(statusOf(kernel).phase).toBe('Running')
    expect(events(kernel, 'Failed')).toEqual([`Error: ${why('foo')}`])
    expect(events(kernel, 'Created')).toEqual(['Container created'])
    expect(events(kernel, 'Started')).toEqual([])
  })

  it('waits in the words of its runtime before it is held back', () => {
    const kernel = cluster()
    make(kernel, { image: 'busybox', args: ['foo'] })
    while (!statusOf(kernel).containerStatuses?.[0]?.lastState?.terminated)
      kernel.runUntil(kernel.state.now + 100)
    expect(only(kernel)).toMatchObject({ restartCount: 0, ready: false, state: { waiting: { reason: 'RunContainerError', message: why('foo') } } })
  })

  it('ends a Pod that is never to be started again, and keeps what stands after it from starting', () => {
    const kernel = cluster()
    make(kernel, { image: 'web:1', command: ['/opt/foo'] }, { restartPolicy: 'Never' })
    make(kernel, {}, { initContainers: [{ name: 'i', image: 'busybox:1', command: ['foo'] }] }, 'q')
    kernel.runUntil(30_000)
    expect(told(kernel).at(-1)).toMatch(/0\/1 StartError 0$/)
    expect(only(kernel)).toMatchObject({ state: { terminated: { exitCode: 128, reason: 'StartError', message: why('/opt/foo', 'stat /opt/foo: no such file or directory') } }, lastState: {} })
    expect(statusOf(kernel).phase).toBe('Failed')
    expect(told(kernel, 'q').map(line => line.replace(/^\S+ /, ''))).toContain('0/1 Init:RunContainerError 0')
    expect(told(kernel, 'q').at(-1)).toMatch(/0\/1 Init:(?:CrashLoopBackOff|RunContainerError) \d$/)
    expect(statusOf(kernel, 'q').phase).toBe('Pending')
  })

  it('is well where the image may have it: one that nobody knows, what is mounted, what its own program is told', () => {
    const kernel = cluster()
    make(kernel, { image: 'app:1', command: ['foo'] }, {}, 'a')
    make(kernel, { image: 'nginx', command: ['/data/foo'], volumeMounts: [{ name: 'v', mountPath: '/data' }] }, {}, 'b')
    make(kernel, { image: 'web:1', args: ['foo'] }, {}, 'c')
    make(kernel, { image: 'nginx', command: ['/docker-entrypoint.sh', 'nginx'] }, {}, 'd')
    make(kernel, { image: 'busybox', command: ['/bin/sleep', '1h'] }, {}, 'e')
    make(kernel, { image: 'python:3', command: ['python', '-m', 'http.server'] }, {}, 'f')
    kernel.runUntil(30_000)
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f'])
      expect(only(kernel, name), name).toMatchObject({ restartCount: 0, state: { running: {} } })
  })
})
