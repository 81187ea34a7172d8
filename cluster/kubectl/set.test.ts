// What set changes, and what it says where it cannot. upstream: kubectl v1.36 pkg/cmd/set
import { describe, expect, it } from 'vitest'
import { applied, cluster, help, type, wait } from '../../tests/lib/typed.ts'

type Kernel = ReturnType<typeof cluster>
const containers = (kernel: Kernel) => kernel.api.get('Deployment', 'default', 'web')!.spec.template.spec.containers
const env = (kernel: Kernel) => (containers(kernel)[0]!.env ?? []).map(({ name, value }) => `${name}=${value}`)

describe('set image', () => {
  it('changes the containers that are there, and names those that are not', () => {
    const kernel = applied()
    const name = containers(kernel)[0]!.name
    expect(type(kernel, `kubectl set image deploy/web ${name}=web:9 x=a y=b`)).toEqual({ out: 'deployment.apps/web image updated\n', err: 'error: unable to find container named "x"\nerror: unable to find container named "y"\n', exit: 1 })
    expect(containers(kernel)[0]!.image).toBe('web:9')
    expect(type(kernel, 'kubectl set image deploy/web x=a')).toEqual({ out: '', err: 'error: unable to find container named "x"\n', exit: 1 })
  })

  it('of several objects without a template tells each, with a line between', () => {
    const kernel = applied()
    type(kernel, 'kubectl expose deployment web --port=80')
    const line = (name: string) => `error: services/${name} the object is not a pod or does not have a pod template: *v1.Service\n`
    expect(type(kernel, 'kubectl set image svc --all c=d').err).toBe(`${line('kubernetes')}\n${line('web')}\n`)
  })
})

describe('set env', () => {
  it('takes the first of two values, prefixes all, and removes', () => {
    const kernel = applied()
    type(kernel, 'kubectl set env deploy/web A=1 A=2 b.c=3')
    expect(env(kernel)).toEqual(['A=1', 'b.c=3'])
    type(kernel, 'kubectl set env deploy/web --prefix=P_ A=4 b.c-')
    expect(env(kernel)).toEqual(['A=1', 'P_A=4'])
    expect(type(kernel, 'kubectl set env deploy/web --list Z=5').out).toBe(`# Deployment web, container ${containers(kernel)[0]!.name}\nA=1\nP_A=4\nZ=5\n`)
    expect(env(kernel)).toEqual(['A=1', 'P_A=4'])
  })

  it.each([
    ['deploy/web 1=y', /^error: "1" is not a valid key name: a valid environment variable name must consist of/],
    ['deploy/web A=1 A-', 'error: can not both modify and remove the same environment variable in the same command\n'],
    ['deploy/web --env=y', 'error: unknown environment variable: y\n'],
    ['deploy/web A=1 --all -l a=b', 'error: cannot set --all and --selector at the same time\n'],
    ['deploy/web --keys=a', 'error: when specifying --keys, a configmap or secret must be provided with --from\n'],
    ['deploy/web --list -o yaml', 'error: --list and --output may not be specified together\n'],
    ['deploy/web --from=svc/kubernetes', 'error: unsupported resource specified in --from\n'],
    ['deploy/web --from=secret/nope', 'Error from server (NotFound): secrets "nope" not found\n'],
    ['A=1', 'error: one or more resources must be specified as <resource> <name> or <resource>/<name>\n'],
  ])('%s', (words, told) => {
    const { err, exit } = type(applied(), `kubectl set env ${words}`)
    expect(exit).toBe(1)
    typeof told === 'string' ? expect(err).toBe(told) : expect(err).toMatch(told)
  })
})

describe('a set that changes nothing', () => {
  it('prints nothing, and a line of ours says why', () => {
    const kernel = applied()
    const { name, image } = containers(kernel)[0]!
    expect(type(kernel, `kubectl set image deploy/web ${name}=${image}`)).toEqual({ out: '', err: '', exit: 0 })
    expect(help(kernel, `kubectl set image deploy/web ${name}=${image}`)).toBe('Nothing has changed: it is so already.')
    expect(help(kernel, 'kubectl set env deploy/web')).toMatch(/^No variable is named/)
    expect(help(kernel, 'kubectl set env deploy/web A-')).toBe('Nothing has changed: it is so already.')
    expect(help(kernel, 'kubectl set env deploy/web A=1')).toBeUndefined()
    expect(help(kernel, 'kubectl set env deploy/web --list')).toBeUndefined()
  })
})

describe('what cannot be', () => {
  it.each([
    ['autoscale svc kubernetes --max=3', 'error: cannot autoscale a Service: could not find scale subresource for /v1, Resource=services in discovery information\n'],
    ['autoscale hpa/web --max=3', 'error: cannot autoscale a HorizontalPodAutoscaler: could not find scale subresource for autoscaling/v2, Resource=horizontalpodautoscalers in discovery information\n'],
    ['expose hpa web --port=80', 'error: cannot expose a HorizontalPodAutoscaler.autoscaling\n'],
    ['expose node node-1 --port=80', 'error: cannot expose a Node\n'],
    ['expose deploy web', 'error: couldn\'t find port via --port flag or introspection\n'],
    ['wait deploy/web --for=jsonpath={.metadata.labels}=a --timeout=1s', 'error: jsonpath leads to a nested object or list which is not supported\n'],
    ['wait node/node-1 --for=jsonpath={.status.conditions[*].type}=Ready --timeout=1s', 'error: given jsonpath expression matches more than one value\n'],
  ])('%s', (words, told) => {
    const kernel = applied()
    type(kernel, 'kubectl label deploy web a=b && kubectl autoscale deployment web --max=3 --cpu=50%')
    expect(type(kernel, `kubectl ${words}`)).toEqual({ out: '', err: told, exit: 1 })
  })

  it('a Service that leads to the Pods\' own addresses needs no port', () => {
    const kernel = applied()
    expect(type(kernel, 'kubectl expose deploy web --cluster-ip=None').out).toBe('service/web exposed\n')
    expect(kernel.api.get('Service', 'default', 'web')!.spec.ports ?? []).toEqual([])
  })
})

describe('a key of a ConfigMap', () => {
  it.each([['..', 'must not be \'..\''], ['..a', 'must not start with \'..\''], ['.', 'must not be \'.\'']])('%s leads out of a folder, for kubectl and for the API server', (key, why) => {
    const kernel = cluster({ 'x.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {"${key}": a}\n` })
    expect(type(kernel, `kubectl create configmap x --from-literal=${key}=a`).err).toContain(why)
    expect(type(kernel, 'kubectl apply -f x.yaml').err).toBe(`The ConfigMap "x" is invalid: data[${key}]: Invalid value: "${key}": ${why}\n`)
  })
})

describe('names and selectors', () => {
  it.each([
    ['delete pod web --all', 'error: name cannot be provided when a selector is specified\n'],
    ['delete pod/web --all', 'error: selectors and the all flag cannot be used when passing resource/name arguments\n'],
    ['delete pod/web -l a=b', 'error: selectors and the all flag cannot be used when passing resource/name arguments\n'],
    ['delete pods --all -l a=b', 'error: setting \'all\' parameter but found a non empty selector. \n'],
    ['delete pods --all --field-selector=a=b', 'error: setting \'all\' parameter but found a non empty selector. \n'],
    ['get pod web -l a=b', 'error: name cannot be provided when a selector is specified\n'],
    ['get pod/web -l a=b', 'error: selectors and the all flag cannot be used when passing resource/name arguments\n'],
  ])('%s', (words, told) => {
    expect(type(applied(), `kubectl ${words}`)).toEqual({ out: '', err: told, exit: 1 })
  })
})

describe('a Pod that exists', () => {
  const patch = (kernel: Kernel, spec: object) => type(kernel, `kubectl patch pod lone -p '${JSON.stringify({ spec })}'`)

  it('keeps the number of its containers, and its other fields', () => {
    const kernel = applied()
    type(kernel, 'kubectl run lone --image=web:1')
    wait(kernel, 5000)
    const refused = (field: string) => `The Pod "lone" is invalid: ${field}: Forbidden: pod updates may not add or remove containers\n`
    expect(patch(kernel, { containers: [{ name: 'more', image: 'web:1' }] }).err).toBe(refused('spec.containers'))
    expect(patch(kernel, { initContainers: [{ name: 'more', image: 'web:1' }] }).err).toBe(refused('spec.initContainers'))
    expect(patch(kernel, { containers: [{ name: 'lone', image: ' web:1' }] }).err).toContain('must not have leading or trailing whitespace')
    expect(patch(kernel, { containers: [{ name: 'lone', env: [{ name: 'A', value: 'b' }] }] }).err).toMatch(/^The Pod "lone" is invalid: spec: Forbidden: pod updates may not change fields other than /)
    expect(patch(kernel, { activeDeadlineSeconds: 500 }).exit).toBe(0)
    expect(patch(kernel, { activeDeadlineSeconds: 600 }).err).toBe('The Pod "lone" is invalid: spec.activeDeadlineSeconds: Invalid value: 600: must be less than or equal to previous value\n')
    expect(patch(kernel, { activeDeadlineSeconds: null }).err).toBe('The Pod "lone" is invalid: spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value\n')
    expect(patch(kernel, { containers: [{ name: 'lone', image: 'web:2' }] }).exit).toBe(0)
  })
})
