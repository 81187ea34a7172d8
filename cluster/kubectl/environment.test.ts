// What containers need to start: what they are given from ConfigMaps, when, and what a missing one stops; and the program that they name.
import { describe, expect, it } from 'vitest'
import { cluster, help, type, wait } from '../../tests/lib/typed.ts'
import type { Kernel } from '../index.ts'

const pod = (env: string, more = '    command: [sleep, 1h]\n', spec = '') => `apiVersion: v1
kind: Pod
metadata:
  name: p
spec:
${spec}  containers:
  - name: c
    image: busybox:1
${more}${env}`
const KEY = (optional = '') => `    env:
    - name: COLOR
      valueFrom:
        configMapKeyRef: { name: cfg, key: color${optional} }
`
const ALL = (ref: string) => `    envFrom:\n    - ${ref}\n`

/** A cluster where lines have been typed, with a Pod that is there for a while. */
function given(text: string, ...lines: string[]): Kernel {
  const kernel = cluster({ 'p.yaml': text })
  for (const line of [...lines, 'kubectl apply -f p.yaml'])
    expect(type(kernel, line)).toMatchObject({ err: '', exit: 0 })
  wait(kernel, 5000)
  return kernel
}
const env = (kernel: Kernel, name: string) => type(kernel, `kubectl exec p -- printenv ${name}`).out
const column = (kernel: Kernel) => type(kernel, 'kubectl get pods').out.split('\n')[1]!.split(/\s+/)[2]
const state = (kernel: Kernel) => kernel.api.get('Pod', 'default', 'p')!.status.containerStatuses![0]!.state!
const told = (kernel: Kernel, reason: string) => kernel.api.list('Event').filter(each => each.involvedObject.name === 'p' && each.reason === reason).map(({ type: kind, message, count, involvedObject: { fieldPath } }) => [kind, message, count, fieldPath])
const CFG = 'kubectl create configmap cfg --from-literal=color=blue --from-literal=size=2'

describe('a container is given', () => {
  it('a key of a ConfigMap, as it was when the container was made', () => {
    const kernel = given(pod(KEY()), CFG)
    expect(env(kernel, 'COLOR')).toBe('blue\n')
    expect(type(kernel, 'kubectl exec p -- sh -c \'echo it is $COLOR\'').out).toBe('it is blue\n')
    type(kernel, 'kubectl patch configmap cfg -p \'{"data":{"color":"red"}}\'')
    wait(kernel, 120_000)
    expect(env(kernel, 'COLOR')).toBe('blue\n')
    type(kernel, 'kubectl delete configmap cfg')
    expect(env(kernel, 'COLOR')).toBe('blue\n')
  })

  it('as much anew when it starts again, while the log of the one before has what that had', () => {
    const kernel = given(pod(KEY(), '    command: [sh, -c, echo $COLOR; sleep 20; exit 1]\n'), CFG)
    expect(type(kernel, 'kubectl logs p').out).toBe('blue\n')
    type(kernel, 'kubectl patch configmap cfg -p \'{"data":{"color":"red"}}\'')
    expect(type(kernel, 'kubectl logs p').out).toBe('blue\n')
    wait(kernel, 24_000)
    expect(type(kernel, 'kubectl logs p').out).toBe('red\n')
    expect(type(kernel, 'kubectl logs p --previous').out).toBe('blue\n')
    type(kernel, 'kubectl delete configmap cfg')
    wait(kernel, 40_000)
    expect(column(kernel)).toBe('CreateContainerConfigError')
    expect(type(kernel, 'kubectl logs p --previous').out).toBe('red\n')
  })

  it('all keys, under a prefix; what stands in env counts more', () => {
    const kernel = given(pod(`${ALL('{ prefix: APP_, configMapRef: { name: cfg } }')}    env:\n    - { name: APP_size, value: "$(APP_color)-3 $(NOPE) $$(APP_color)" }\n`), CFG)
    expect(env(kernel, 'APP_color')).toBe('blue\n')
    expect(env(kernel, 'APP_size')).toBe('blue-3 $(NOPE) $(APP_color)\n')
    expect(env(kernel, 'color')).toBe('')
  })

  it('nothing of what is optional and not there', () => {
    for (const part of [KEY(', optional: true'), ALL('{ configMapRef: { name: cfg, optional: true } }'), ALL('{ secretRef: { name: s, optional: true } }')]) {
      const kernel = given(pod(part))
      expect(column(kernel)).toBe('Running')
      expect(type(kernel, 'kubectl exec p -- printenv COLOR')).toMatchObject({ out: '', exit: 1 })
    }
    expect(column(given(pod(KEY(', optional: true')), 'kubectl create configmap cfg'))).toBe('Running')
  })

  it('values where its command names them', () => {
    const kernel = given(pod(KEY(), '    command: [echo, "$(COLOR) of $(HERE)"]\n', '  restartPolicy: Never\n'), CFG)
    expect(type(kernel, 'kubectl logs p').out).toBe('blue of $(HERE)\n')
    expect(column(kernel)).toBe('Completed')
  })
})

describe('a container waits', () => {
  it.each([
    ['for a ConfigMap', KEY(), [], 'configmap "cfg" not found'],
    ['for a key', KEY(), ['kubectl create configmap cfg --from-literal=size=2'], 'couldn\'t find key color in ConfigMap default/cfg'],
    ['for all of a ConfigMap', ALL('configMapRef: { name: cfg }'), [], 'configmap "cfg" not found'],
    ['for a Secret', ALL('secretRef: { name: s }'), [], 'secret "s" not found'],
    ['for a key of a Secret', KEY().replace('configMapKeyRef', 'secretKeyRef'), [], 'secret "cfg" not found'],
  ])('%s that is not there', (_name, part, lines, message) => {
    const kernel = given(pod(part), ...lines)
    expect(column(kernel)).toBe('CreateContainerConfigError')
    expect(kernel.api.get('Pod', 'default', 'p')!.status.phase).toBe('Pending')
    expect(state(kernel)).toEqual({ waiting: { reason: 'CreateContainerConfigError', message } })
    expect(told(kernel, 'Failed')).toEqual([['Warning', `Error: ${message}`, 1, 'spec.containers{c}']])
    expect(told(kernel, 'Pulling')).toHaveLength(1)
    wait(kernel, 21_000)
    expect(told(kernel, 'Failed')).toEqual([['Warning', `Error: ${message}`, 3, 'spec.containers{c}']])
    expect(told(kernel, 'Pulled').map(([, text, count]) => [String(text).slice(0, 30), count])).toEqual([['Successfully pulled image "bus', 1], ['Container image "busybox:1" al', 2]])
    expect(type(kernel, 'kubectl logs p')).toMatchObject({ err: 'Error from server (BadRequest): container "c" in pod "p" is waiting to start: CreateContainerConfigError\n', exit: 1 })
    expect(type(kernel, 'kubectl exec p -- env')).toMatchObject({ err: 'error: Internal error occurred: unable to upgrade connection: container not found ("c")\n', exit: 1 })
  })

  it('until it is there, and starts by itself', () => {
    const kernel = given(pod(KEY()))
    type(kernel, CFG)
    wait(kernel, 12_000)
    expect(column(kernel)).toBe('Running')
    expect(env(kernel, 'COLOR')).toBe('blue\n')
    expect(kernel.api.get('Pod', 'default', 'p')!.status.containerStatuses![0]!.restartCount).toBe(0)
  })

  it('alone: the one beside it starts', () => {
    const kernel = given(`${pod(KEY())}  - name: d\n    image: nginx:1\n`)
    expect(type(kernel, 'kubectl get pods').out.split('\n')[1]).toMatch(/^p +1\/2 +CreateContainerConfigError +0 /)
  })

  it('and a list leads on to the description, which is explained', () => {
    const kernel = given(pod(KEY()))
    expect(help(kernel, 'kubectl get pods')).toBe('p does not start. kubectl describe pod p tells why.')
    expect(help(kernel, 'kubectl describe pod p')).toBe('The container c is given what is not there: configmap "cfg" not found. Once it is there, the container starts by itself.')
  })
})

describe('a container whose command is not in its image', () => {
  it('is described in the words of its runtime, says nothing, and is explained', () => {
    const kernel = given(pod('', '    command: [foo]\n'))
    const why = 'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "foo": executable file not found in $PATH'
    const { out } = type(kernel, 'kubectl describe pod p')
    expect(out).toContain(`    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       StartError
      Message:      ${why}
      Exit Code:    128
      Started:      Thu, 01 Jan 1970 00:00:00 +0000
      Finished:     Thu, 01 Jan 2026 `)
    expect(told(kernel, 'Failed')).toEqual([['Warning', `Error: ${why}`, 2, 'spec.containers{c}']])
    expect(type(kernel, 'kubectl logs p')).toEqual({ out: '', err: '', exit: 0 })
    expect(help(kernel, 'kubectl get pods')).toBe('p does not start. kubectl describe pod p tells why.')
    expect(help(kernel, 'kubectl describe pod p')).toBe('The container c cannot start: its image has no such program as its command names. The message under Last State tells which.')
  })
})
