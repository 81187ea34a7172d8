import { describe, expect, it } from 'vitest'
import { KINDS } from './objects.ts'
import { refusal, testServer } from './toy.ts'

const container = { name: 'nginx', image: 'nginx:1.27' }
const deployment = (more: object = {}, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ ...container, ports: [{ containerPort: 80 }], resources: { requests: { cpu: '250m', memory: '128Mi' } } }] } },
    ...spec,
  },
  ...more,
})
const pod = (spec: object = {}, name = 'lone') => ({ metadata: { name }, spec: { containers: [container], ...spec } })

describe('the API server refuses', () => {
  it.each(KINDS)('a %s without a name, whatever else it lacks', (kind) => {
    for (const metadata of [{}, { name: '' }])
      expect(refusal(() => testServer().api.create(kind, { metadata } as never, 'test'))).toMatch(/metadata\.name: Required value: name or generateName is required/)
  })

  const cases: [string, object, string][] = [
    ['a field that nobody knows', deployment({}, { replica: 3 }), 'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"'],
    ['fewer than no replicas', deployment({}, { replicas: -1 }), 'Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    ['a selector that the template does not meet', deployment({}, { template: { metadata: { labels: { app: 'wrong' } }, spec: { containers: [container] } } }), 'Deployment.apps "web" is invalid: spec.template.metadata.labels: Invalid value: {"app":"wrong"}: `selector` does not match template `labels`'],
    ['a name with capitals', deployment({ metadata: { name: 'Web_1' } }), 'Deployment.apps "Web_1" is invalid: metadata.name: Invalid value: "Web_1": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \'-\' or \'.\', and must start and end with an alphanumeric character (e.g. \'example.com\', regex used for validation is \'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\')'],
    ['an amount in words', deployment({}, { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ ...container, resources: { requests: { cpu: 'lots' } } }] } } }), 'Deployment in version "v1" cannot be handled as a Deployment: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\''],
    ['a number in words', deployment({}, { replicas: 'three' }), 'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32'],
    ['a number where text is wanted', deployment({}, { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ ...container, env: [{ name: 'PORT', value: 8080 }] }] } } }), 'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string'],
    ['an unknown field inside a list', deployment({}, { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ ...container, imagee: 'x' }] } } }), 'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.template.spec.containers[0].imagee"'],
    ['Pods that do not run on', deployment({}, { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container], restartPolicy: 'Never' } } }), 'Deployment.apps "web" is invalid: spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
    ['a rollout that cannot move', deployment({}, { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }), 'Deployment.apps "web" is invalid: spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0'],
    ['no selector at all', deployment({}, { selector: undefined }), 'Deployment.apps "web" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`]'],
  ]
  it.each(cases)('%s', (_, manifest, message) => {
    const { api, store } = testServer()
    const before = JSON.stringify(store.state.revision)
    expect(refusal(() => api.create('Deployment', manifest, 'user'))).toBe(message)
    expect(JSON.stringify(store.state.revision)).toBe(before)
    expect(api.list('Deployment')).toEqual([])
  })

  it.each([
    [pod({ containers: [] }), 'Pod "lone" is invalid: spec.containers: Required value'],
    [pod({ containers: [{ name: 'a', image: 'b', resources: { requests: { cpu: '2', memroy: '1Gi' }, limits: { cpu: '1' } } }] }), 'Pod "lone" is invalid: [spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1, spec.containers[0].resources.requests[memroy]: Invalid value: "memroy": must be a standard resource type or fully qualified, spec.containers[0].resources.requests[memroy]: Invalid value: "memroy": must be a standard resource for containers]'],
    [pod({ containers: [container, { ...container }] }), 'Pod "lone" is invalid: spec.containers[1].name: Duplicate value: "nginx"'],
    [pod({ containers: [{ ...container, ports: [{ containerPort: 70_000 }] }] }), 'Pod "lone" is invalid: spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive'],
    [pod({ containers: [{ ...container, livenessProbe: { httpGet: { port: 80 }, successThreshold: 2 } }] }), 'Pod "lone" is invalid: spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1'],
    [pod({ containers: [{ ...container, readinessProbe: {} }] }), 'Pod "lone" is invalid: spec.containers[0].readinessProbe: Required value: must specify a handler type'],
    [pod({ containers: [{ ...container, volumeMounts: [{ name: 'data', mountPath: '/data' }] }] }), 'Pod "lone" is invalid: spec.containers[0].volumeMounts[0].name: Not found: "data"'],
    [pod({ restartPolicy: 'Sometimes' }), 'Pod "lone" is invalid: spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
    [pod({ tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 3 }] }), 'Pod "lone" is invalid: spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be \'NoExecute\' when `tolerationSeconds` is set'],
  ])('a Pod that breaks a rule: %#', (manifest, message) => {
    expect(refusal(() => testServer().api.create('Pod', manifest, 'user'))).toBe(message)
  })

  it('a second object of a name, a change of an older one, a namespace that is not there', () => {
    const { api } = testServer()
    const web = api.create('Deployment', deployment(), 'user')
    expect(refusal(() => api.create('Deployment', deployment(), 'user'))).toBe('deployments.apps "web" already exists')
    api.updateScale('Deployment', 'default', 'web', 5, 'user')
    expect(refusal(() => api.update('Deployment', { ...web, spec: { ...web.spec, replicas: 4 } }, 'user'))).toBe('Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again')
    expect(refusal(() => api.create('Pod', { ...pod(), metadata: { name: 'a', namespace: 'nowhere' } }, 'user'))).toBe('namespaces "nowhere" not found')
    expect(refusal(() => api.delete('Pod', 'default', 'nope', {}, 'user'))).toBe('pods "nope" not found')
    expect(refusal(() => api.delete('Namespace', '', 'default', {}, 'user'))).toBe('namespaces "default" is forbidden: this namespace may not be deleted')
  })

  it('a change of what cannot be changed', () => {
    const { api } = testServer()
    api.apply('Deployment', deployment(), 'user')
    const other = deployment({ metadata: { name: 'web', labels: { app: 'other' } } }, { selector: { matchLabels: { app: 'other' } }, template: { metadata: { labels: { app: 'other' } }, spec: { containers: [container] } } })
    expect(refusal(() => api.apply('Deployment', other, 'user'))).toBe('Deployment.apps "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable')
    api.create('Pod', pod(), 'user')
    expect(refusal(() => api.patch('Pod', 'default', 'lone', { spec: { hostname: 'other' } }, {}, 'user'))).toMatch(/^Pod "lone" is invalid: spec: Forbidden: pod updates may not change fields other than/)
    expect(api.patch('Pod', 'default', 'lone', { spec: { containers: [{ name: 'nginx', image: 'nginx:1.28' }] } }, {}, 'user').spec.containers[0]!.image).toBe('nginx:1.28')
  })

  it('a Service whose port is not to be had', () => {
    const { api } = testServer()
    const service = (name: string, nodePort?: number) => ({ metadata: { name }, spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, nodePort }] } })
    expect(refusal(() => api.create('Service', service('a', 80), 'user'))).toBe('Service "a" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767')
    api.create('Service', service('a', 30_080), 'user')
    expect(refusal(() => api.create('Service', service('b', 30_080), 'user'))).toBe('Service "b" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated')
    expect(refusal(() => api.create('Service', { metadata: { name: 'c' }, spec: { ports: [{ port: 80 }, { port: 81 }] } }, 'user'))).toBe('Service "c" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]')
  })
})

describe('the API server fills in', () => {
  it('a Deployment', () => {
    const made = testServer().api.create('Deployment', { metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'a', image: 'a' }] } } } }, 'user')
    expect(made).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default', generation: 1, creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: {
        replicas: 1,
        progressDeadlineSeconds: 600,
        revisionHistoryLimit: 10,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        template: { spec: { containers: [{ imagePullPolicy: 'Always', resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' }], dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', schedulerName: 'default-scheduler', securityContext: {}, terminationGracePeriodSeconds: 30 } },
      },
      status: {},
    })
  })

  it('a Pod, with its five minutes on a lost node', () => {
    const made = testServer().api.create('Pod', pod({ containers: [{ ...container, resources: { limits: { cpu: '0.5', memory: '1024Mi' } } }] }), 'user')
    expect(made.spec.tolerations).toEqual(['not-ready', 'unreachable'].map(why => ({ key: `node.kubernetes.io/${why}`, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })))
    expect(made.spec.containers[0]!.resources).toEqual({ limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } })
    expect(made.spec.containers[0]!.imagePullPolicy).toBe('IfNotPresent')
    expect(made).toMatchObject({ spec: { priority: 0, enableServiceLinks: true, preemptionPolicy: 'PreemptLowerPriority' }, status: { phase: 'Pending', qosClass: 'Guaranteed' } })
  })

  it('a Service, with an address', () => {
    const { api } = testServer()
    const { spec } = api.create('Service', { metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } }, 'user')
    expect(spec).toMatchObject({ type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] })
    expect(spec.clusterIP).toMatch(/^10\.(?:9[6-9]|10\d|11[01])\.\d+\.\d+$/)
    const changed = api.patch('Service', 'default', 'web', { spec: { type: 'NodePort' } }, {}, 'user')
    expect(changed.spec.clusterIP).toBe(spec.clusterIP)
    expect(changed.spec.ports![0]!.nodePort).toBeGreaterThanOrEqual(30_086)
    expect(api.patch('Service', 'default', 'web', { spec: { type: 'ClusterIP' } }, {}, 'user').spec.ports).toEqual(spec.ports)
  })

  it('the same specification for all Pods of a template', () => {
    const { api } = testServer()
    const web = api.create('Deployment', deployment(), 'user')
    const [a, b] = ['a', 'b'].map(name => api.create('Pod', { metadata: { generateName: `${name}-` }, spec: web.spec.template.spec }, 'replicaset-controller'))
    expect(a!.spec).toBe(b!.spec)
    expect(a!.metadata.name).toMatch(/^a-[bcdfghj-np-tvwxz24-9]{5}$/)
  })
})

describe('writes', () => {
  it('that change nothing keep their version and tell nobody', () => {
    const { api } = testServer()
    const web = api.create('Deployment', deployment(), 'user')
    const at = api.revision()
    expect(api.update('Deployment', { ...web, spec: { ...web.spec } }, 'user')).toBe(web)
    expect(api.updateStatus('Deployment', { ...web, status: {} }, 'user')).toBe(web)
    expect(api.revision()).toBe(at)
  })

  it('of the status leave the rest, and the other way round', () => {
    const { api } = testServer()
    const web = api.create('Deployment', deployment(), 'user')
    const told = api.updateStatus('Deployment', { ...web, spec: { ...web.spec, replicas: 9 }, status: { replicas: 3 } }, 'deployment-controller')
    expect([told.spec.replicas, told.status.replicas, told.metadata.generation]).toEqual([3, 3, 1])
    const scaled = api.update('Deployment', { ...told, spec: { ...told.spec, replicas: 9 }, status: {} }, 'user')
    expect([scaled.spec.replicas, scaled.status.replicas, scaled.metadata.generation]).toEqual([9, 3, 2])
  })

  it('are frozen all the way down', () => {
    const { api } = testServer()
    const web = api.create('Deployment', deployment(), 'user')
    expect(() => {
      web.spec.template.spec.containers[0]!.image = 'other'
    }).toThrow(TypeError)
  })
})

describe('apply', () => {
  it('creates, leaves and changes', () => {
    const { api } = testServer()
    expect(api.apply('Deployment', deployment(), 'user').outcome).toBe('created')
    expect(api.apply('Deployment', deployment(), 'user').outcome).toBe('unchanged')
    const { outcome, object } = api.apply('Deployment', deployment({}, { replicas: 5 }), 'user')
    expect([outcome, object.spec.replicas]).toEqual(['configured', 5])
  })

  it('removes what it no longer names and keeps what others set', () => {
    const { api } = testServer()
    api.apply('Deployment', deployment({}, { minReadySeconds: 5 }), 'user')
    api.patch('Deployment', 'default', 'web', { metadata: { labels: { team: 'a' } }, spec: { template: { spec: { containers: [{ name: 'sidecar', image: 'proxy:1' }] } } } }, {}, 'other')
    api.updateScale('Deployment', 'default', 'web', 7, 'horizontal-pod-autoscaler')
    const { object } = api.apply('Deployment', deployment({ metadata: { name: 'web', labels: {} } }, { replicas: undefined }), 'user')
    expect(object.spec.minReadySeconds).toBeUndefined()
    expect(object.spec.replicas).toBe(1)
    expect(object.metadata.labels).toEqual({ team: 'a' })
    expect(object.spec.template.spec.containers.map(each => each.name)).toEqual(['sidecar', 'nginx'])
  })

  it('drops the settings of a strategy that is given up', () => {
    const { api } = testServer()
    api.apply('Deployment', deployment(), 'user')
    expect(api.apply('Deployment', deployment({}, { strategy: { type: 'Recreate' } }), 'user').object.spec.strategy).toEqual({ type: 'Recreate' })
  })

  it('names a field that nobody knows in the patch', () => {
    const { api } = testServer()
    api.apply('Deployment', deployment(), 'user')
    expect(refusal(() => api.apply('Deployment', deployment({}, { replica: 3 }), 'user'))).toMatch(/^ "" is invalid: patch: Invalid value: "map\[.*\]": strict decoding error: unknown field "spec.replica"$/)
  })
})

describe('deletion', () => {
  it('gives a bound Pod its grace and takes an unbound one at once', () => {
    const { api, clock } = testServer()
    api.create('Pod', pod(), 'user')
    expect(api.delete('Pod', 'default', 'lone', {}, 'user').metadata.deletionGracePeriodSeconds).toBe(0)
    expect(api.get('Pod', 'default', 'lone')).toBeUndefined()
    api.create('Pod', pod(), 'user')
    api.bind('default', 'lone', 'node-1', 'default-scheduler')
    clock.now = 10_000
    const going = api.delete('Pod', 'default', 'lone', {}, 'user')
    expect(going.metadata).toMatchObject({ deletionGracePeriodSeconds: 30, deletionTimestamp: '2026-01-01T00:00:40Z' })
    expect(api.delete('Pod', 'default', 'lone', { gracePeriodSeconds: 5 }, 'user').metadata).toMatchObject({ deletionGracePeriodSeconds: 5, deletionTimestamp: '2026-01-01T00:00:15Z' })
    expect(api.delete('Pod', 'default', 'lone', { gracePeriodSeconds: 20 }, 'user').metadata.deletionGracePeriodSeconds).toBe(5)
    api.delete('Pod', 'default', 'lone', { gracePeriodSeconds: 0, preconditions: { uid: going.metadata.uid } }, 'kubelet')
    expect(api.get('Pod', 'default', 'lone')).toBeUndefined()
  })

  it('waits for finalizers', () => {
    const { api } = testServer()
    api.create('Deployment', deployment(), 'user')
    const going = api.delete('Deployment', 'default', 'web', { propagationPolicy: 'Foreground' }, 'user')
    expect(going.metadata).toMatchObject({ finalizers: ['foregroundDeletion'], deletionGracePeriodSeconds: 0 })
    const { finalizers, ...metadata } = going.metadata
    api.update('Deployment', { ...going, metadata }, 'garbage-collector')
    expect(finalizers).toBeDefined()
    expect(api.get('Deployment', 'default', 'web')).toBeUndefined()
  })
})

describe('watches', () => {
  it('tell what comes to be asked for as added, and what no longer is as deleted', () => {
    const { api } = testServer()
    const since = api.revision()
    api.create('Pod', pod(), 'user')
    api.patch('Pod', 'default', 'lone', { metadata: { labels: { app: 'web' } } }, {}, 'user')
    api.patch('Pod', 'default', 'lone', { metadata: { labels: { tier: 'front' } } }, {}, 'user')
    api.patch('Pod', 'default', 'lone', { metadata: { labels: { app: null } } }, {}, 'user')
    expect(api.watch('Pod', since, { labels: 'app=web' }).map(event => event.type)).toEqual(['ADDED', 'MODIFIED', 'DELETED'])
  })
})

describe('lists', () => {
  it('are ordered by name, and chosen by labels, fields, owner and node', () => {
    const { api } = testServer()
    const owner = api.create('Deployment', deployment(), 'user')
    for (const name of ['b', 'c', 'a'])
      api.create('Pod', { metadata: { name, labels: { app: name }, ...(name !== 'a' && { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: owner.metadata.uid, controller: true }] }) }, spec: { containers: [container] } }, 'user')
    api.bind('default', 'b', 'node-1', 'default-scheduler')
    const names = (options: object) => api.list('Pod', options).map(each => each.metadata.name).join('')
    expect(names({})).toBe('abc')
    expect(names({ labels: 'app in (a,c)' })).toBe('ac')
    expect(names({ fields: 'spec.nodeName=node-1' })).toBe('b')
    expect(names({ fields: 'spec.nodeName!=node-1,status.phase=Pending' })).toBe('ac')
    expect(names({ owner: owner.metadata.uid })).toBe('bc')
    expect(names({ node: 'node-1', namespace: 'default' })).toBe('b')
    expect(refusal(() => api.list('Pod', { labels: 'a in' }))).toBe('unable to parse requirement: found \'\' expected: \'(\'')
    expect(refusal(() => api.list('Pod', { fields: 'spec.nope=1' }))).toBe('field label not supported: spec.nope')
  })
})

describe('a list that somebody has', () => {
  it('stays as it was, whatever is written, and the next one tells what is there', () => {
    const { api } = testServer()
    for (const name of ['b', 'a'])
      api.create('Pod', pod({}, name), 'test')
    const before = api.list('Pod', { namespace: 'default' })
    const a = before[0]!
    const written = api.updateStatus('Pod', { ...a, status: { ...a.status, message: 'another' } }, 'test')
    expect(before[0]).toBe(a)
    const after = api.list('Pod', { namespace: 'default' })
    expect(after.map(each => each.metadata.name)).toEqual(['a', 'b'])
    expect(after[0]).toBe(written)
    api.delete('Pod', 'default', 'b', { gracePeriodSeconds: 0 }, 'test')
    api.create('Pod', pod({}, 'c'), 'test')
    expect(after.length).toBe(2)
    expect(api.list('Pod', { namespace: 'default' }).map(each => each.metadata.name)).toEqual(['a', 'c'])
  })
})
