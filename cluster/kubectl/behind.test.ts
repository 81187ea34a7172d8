// What stands behind a name, and what kubectl says where nothing does. upstream: kubectl v1.36 pkg/polymorphichelpers, pkg/cmd/logs, pkg/cmd/exec
import { describe, expect, it } from 'vitest'
import { applied, cluster, deployment, type, wait } from '../../tests/lib/typed.ts'
import { timeOf } from './rfc3339.ts'

const twoContainers = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: two\n  annotations: {kubectl.kubernetes.io/default-container: b}\nspec:\n  containers:\n  - {name: a, image: "web:1"}\n  - {name: b, image: "web:2"}\n'

describe('logs and exec', () => {
  it.each(['logs', 'exec'])('%s asks an object for its selector by its type', (verb) => {
    const kernel = applied()
    const told = (what: string) => type(kernel, verb === 'logs' ? `kubectl logs ${what}` : `kubectl exec ${what} -- date`).err
    const cannot = verb === 'logs' ? 'cannot get the logs from' : 'cannot attach to'
    expect(told('svc/kubernetes')).toBe(`error: ${cannot} *v1.Service: invalid service 'kubernetes': Service is defined without a selector\n`)
    expect(told('node/node-1')).toBe(`error: ${cannot} *v1.Node: selector for *v1.Node not implemented\n`)
    type(kernel, 'kubectl autoscale deployment web --max=3 --cpu=50%')
    expect(told('hpa/web')).toBe(`error: ${cannot} *v2.HorizontalPodAutoscaler: selector for *v2.HorizontalPodAutoscaler not implemented\n`)
    type(kernel, 'kubectl create deployment none --image=web:1 --replicas=0')
    expect(told('deploy/none')).toBe('error: timed out waiting for the condition\n')
  })

  it('choose the container that the Pod names, and name all where it names none', () => {
    const kernel = cluster({ 'two.yaml': twoContainers, 'plain.yaml': twoContainers.replace(/ {2}annotations.*\n/, '').replace('two', 'plain') })
    type(kernel, 'kubectl apply -f two.yaml -f plain.yaml')
    wait(kernel, 10_000)
    expect(type(kernel, 'kubectl logs two --tail=1')).toMatchObject({ err: '', exit: 0 })
    expect(type(kernel, 'kubectl logs two').out).toMatch(/^web 2: starting/)
    expect(type(kernel, 'kubectl logs plain').err).toBe('Defaulted container "a" out of: a, b\n')
    expect(type(kernel, 'kubectl exec plain -- hostname')).toMatchObject({ out: 'plain\n', err: 'Defaulted container "a" out of: a, b\n' })
    expect(type(kernel, 'kubectl exec plain -q -- hostname').err).toBe('')
    expect(type(kernel, 'kubectl exec two -- hostname').err).toBe('')
    expect(type(kernel, 'kubectl logs plain -c z').err).toBe('error: container z is not valid for pod plain out of: a, b\n')
    expect(type(kernel, 'kubectl exec plain -c z -- date').err).toBe('Error from server (BadRequest): container z is not valid for pod plain\n')
  })

  it('on no node there is nobody to run a command', () => {
    const kernel = cluster({ 'big.yaml': deployment().replace('image: ', 'resources: {requests: {cpu: "900"}}\n        image: ') })
    type(kernel, 'kubectl apply -f big.yaml')
    wait(kernel, 5000)
    const [pod] = kernel.api.list('Pod')
    expect(type(kernel, `kubectl exec ${pod!.metadata.name} -- date`).err).toBe(`Error from server (BadRequest): pod ${pod!.metadata.name} does not have a host assigned\n`)
  })
})

describe('logs', () => {
  const kernel = applied()
  wait(kernel, 10_000)
  it.each([
    ['a -l app=web', 'error: only a selector (-l) or a POD name is allowed\nSee \'kubectl logs -h\' for help and examples\n'],
    ['nope --tail=-5', 'error: error from server (NotFound): pods "nope" not found in namespace "default"\n'],
    ['deploy,svc/web', 'error: expected a resource\n'],
    ['deploy/nope', 'error: error from server (NotFound): deployments.apps "nope" not found in namespace "default"\n'],
    ['deploy/web --tail=-5', 'error: --tail must be greater than or equal to -1\n'],
    ['deploy/web --since=-5s', 'error: --since must be greater than 0\n'],
    ['deploy/web --since=5s --since-time=2026-01-01T00:00:00Z', 'error: at most one of `sinceTime` or `sinceSeconds` may be specified\n'],
    ['deploy/web --all-containers -c c', 'error: --all-containers=true should not be specified with container name c\n'],
    ['deploy/web c -c c', 'error: only one of -c or an inline [CONTAINER] arg is allowed\n'],
    ['deploy/web --since-time=today', 'error: parsing time "today" as "2006-01-02T15:04:05Z07:00": cannot parse "today" as "2006"\n'],
    ['-l app=nope', 'No resources found in default namespace.\n'],
  ])('%s', (words, told) => {
    expect(type(kernel, `kubectl logs ${words}`).err).toBe(told)
  })

  it('of all Pods begin each line with where it comes from', () => {
    expect(type(kernel, 'kubectl logs deploy/web --all-pods --tail=1').out).toMatch(/^(?:\[pod\/web-\w+-\w+\/c\] .*\n){2}$/)
  })
})

describe('a time that somebody writes', () => {
  it('may have any zone', () => {
    expect(timeOf('2026-01-01T02:00:00.5+02:00')).toBe(timeOf('2026-01-01T00:00:00.5Z'))
    expect(timeOf('2026-01-02T00:00:00Z') - timeOf('2026-01-01T00:00:00Z')).toBe(86_400_000)
  })

  it.each([
    ['2026-13-01T00:00:00Z', ': month out of range'],
    ['2026-02-30T00:00:00Z', ': day out of range'],
    ['2026-01-01T25:00:00Z', ': hour out of range'],
    ['2026-01-01T00:00:00', ' as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00"'],
    ['2026-01-01T00:00:00Zxx', ': extra text: "xx"'],
    ['2026-1-01T00:00:00Z', ' as "2006-01-02T15:04:05Z07:00": cannot parse "1-01T00:00:00Z" as "01"'],
    ['2026-01-01t00:00:00Z', ' as "2006-01-02T15:04:05Z07:00": cannot parse "t00:00:00Z" as "T"'],
  ])('%s is none', (text, why) => {
    expect(() => timeOf(text)).toThrow(`parsing time "${text}"${why}`)
  })
})
