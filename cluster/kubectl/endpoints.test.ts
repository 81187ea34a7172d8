// Endpoints, as older texts ask for them: read, never written, and always what the EndpointSlices say.
import { describe, expect, it } from 'vitest'
import { createKernel } from '../index.ts'
import { base } from '../../scenarios/base.ts'
import { complete, gate, terminal, terminalOf } from './index.ts'
import { DEPRECATED, READ_ONLY } from './endpoints.ts'

/** A Deployment with so many Pods behind a Service, and one with Pods that are never ready. */
function cluster(replicas = 2) {
  const kernel = createKernel([...base.actors, terminal()], { seed: 1, gate, world: base.world })
  kernel.runUntil(2000)
  const type = (line: string) => {
    kernel.operate({ op: 'kubectl', line })
    const { chunks, exit } = terminalOf(kernel.state).entries.at(-1)!
    const text = (to: string) => chunks.filter(chunk => chunk.to === to).map(chunk => chunk.text).join('')
    return { out: text('stdout'), err: text('stderr'), exit }
  }
  type(`kubectl create deployment web --image=web:1 --replicas=${replicas} && kubectl expose deployment web --port=80 && kubectl create service clusterip nobody --tcp=80`)
  kernel.runUntil(30_000)
  return { kernel, type }
}
const rowsOf = (text: string) => Object.fromEntries(text.trim().split('\n').slice(1).map(line => line.split(/ {2,}/)).map(([name = '', ...rest]) => [name, rest]))
const addresses = (type: ReturnType<typeof cluster>['type']) => type('kubectl get endpointslices -l kubernetes.io/service-name=web -o jsonpath={.items[*].endpoints[*].addresses[0]}').out.split(' ').sort()

describe('endpoints', () => {
  it.each([1, 2, 3, 4, 7])('are the ready addresses of the slices with their port, at most three of %i, and how many more there are', (replicas) => {
    const { type } = cluster(replicas)
    const ready = addresses(type).map(ip => `${ip}:80`)
    expect(ready).toHaveLength(replicas)
    const { out, err, exit } = type('kubectl get endpoints')
    expect(exit).toBe(0)
    expect(err).toBe(DEPRECATED)
    expect(out.split('\n')[0]).toMatch(/^NAME +ENDPOINTS +AGE$/)
    expect(rowsOf(out)).toMatchObject({
      web: [ready.slice(0, 3).join() + (replicas > 3 ? ` + ${replicas - 3} more...` : ''), expect.any(String)],
      nobody: ['<none>', expect.any(String)],
      kubernetes: [expect.stringMatching(/^[\d.]+:\d+$/), expect.any(String)],
    })
  })

  it('leave out a Pod that is not ready, and are empty, not none, where no Pod is', () => {
    const { kernel, type } = cluster()
    type('kubectl set image deployment web web=web:3')
    type('kubectl patch deployment web -p \'{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null},"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":1}}]}}}}\'')
    kernel.runUntil(kernel.state.now + 60_000)
    expect(type('kubectl get ep web --no-headers').out).toMatch(/^web {6,}\S+\n$/)
    expect(type('kubectl describe ep web').out).toMatch(/Addresses: +<none>\n +NotReadyAddresses: +10\.\S+,10\.\S+\n +Ports:\n +Name +Port +Protocol\n +-+ +-+ +-+\n +<unset> +80 +TCP\n\nEvents: +<none>\n$/)
  })

  it('are found under each of their names, beside other kinds, by label, and one by name', () => {
    const { type } = cluster()
    const one = type('kubectl get endpoints web').out
    for (const asked of ['ep web', 'endpoints/web', 'Endpoints web', 'endpoints.v1 web', 'ep -l app=web', 'ep --field-selector metadata.name=web'])
      expect(type(`kubectl get ${asked}`).out, asked).toBe(one)
    expect(type('kubectl get svc,ep web').out).toContain('endpoints/web')
    expect(type('kubectl get ep web -o name').out).toBe('endpoints/web\n')
    expect(type('kubectl get ep web -o jsonpath={.subsets[*].addresses[*].ip}').out.split(' ')).toEqual(addresses(type))
    expect(type('kubectl get ep web nobody').err).toBe(DEPRECATED)
    expect(type('kubectl get ep -n kube-public')).toMatchObject({ out: '', err: `${DEPRECATED}No resources found in kube-public namespace.\n` })
    expect(type('kubectl get ep wbe')).toMatchObject({ exit: 1, err: `${DEPRECATED}Error from server (NotFound): endpoints "wbe" not found\n` })
    expect(type('kubectl api-resources').out).toMatch(/\nendpoints +ep +v1 +true +Endpoints\n/)
    expect(type('kubectl get all').out).not.toContain('endpoints/')
  })

  it.each(['delete ep web', 'label endpoints web a=b', 'edit ep web', 'annotate ep/web a=b', 'patch ep web -p {}', 'wait ep web --for=delete', 'explain endpoints'])('are not there for: kubectl %s', (line) => {
    const { type } = cluster()
    expect(type(`kubectl ${line}`)).toMatchObject({ out: '', err: `error: ${READ_ONLY}\n`, exit: 1 })
  })

  it('are completed by Tab as their Services are called, for verbs that read', () => {
    const { kernel } = cluster()
    const words = (line: string) => complete(line, line.length, terminalOf(kernel.state).session, kernel.api).words
    expect(words('kubectl get endp')).toEqual(['endpoints', 'endpointslice', 'endpointslices'])
    expect(words('kubectl delete endp')).toEqual(['endpointslice', 'endpointslices'])
    expect(words('kubectl get ep w')).toEqual(['web'])
    expect(words('kubectl get endpoints/w')).toEqual(['endpoints/web'])
  })
})
