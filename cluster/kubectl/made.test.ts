// Objects that commands make from a few words: what they take, what they refuse, in which words.
import { describe, expect, it } from 'vitest'
import { applied, cluster, deployment, type } from '../../tests/lib/typed.ts'

const said = (line: string, files: Record<string, string> = {}) => type(cluster(files), line)
/** A line that is refused, and in which words. */
const refused = (line: string, words: string, files: Record<string, string> = {}) => expect(said(line, files), line).toEqual({ out: '', err: `${words}\n`, exit: 1 })

describe('kubectl autoscale', () => {
  const BEYOND = 'error: failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: '
  const DEPRECATED = 'Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., \'70%\' for utilization or \'500m\' for milliCPU).\n'
  const twice = (flags: string) => {
    const kernel = applied()
    type(kernel, `kubectl autoscale deployment web --max=3 ${flags}`)
    return type(kernel, `kubectl autoscale deployment web --max=3 ${flags}`)
  }

  it('asks the first version of the API again where an autoscaler is there, which says a share of the processor alone', () => {
    expect(twice('')).toEqual({ out: '', err: `${BEYOND}empty input\n`, exit: 1 })
    expect(twice('--memory=50%')).toEqual({ out: '', err: `${BEYOND}empty input\n`, exit: 1 })
    expect(twice('--cpu-percent=50')).toEqual({ out: '', err: `${DEPRECATED}${BEYOND}empty input\n`, exit: 1 })
    for (const flags of ['--cpu=500m', '--cpu=50% --memory=50%'])
      expect(twice(flags), flags).toEqual({ out: '', err: `${BEYOND}%!w(<nil>)\n`, exit: 1 })
    expect(twice('--cpu=50%')).toEqual({ out: '', err: 'Error from server (AlreadyExists): horizontalpodautoscalers.autoscaling "web" already exists\n', exit: 1 })
  })

  it('does so whatever the API server refused: a share that it does not take becomes the one that is set by default', () => {
    const kernel = applied()
    expect(type(kernel, 'kubectl autoscale deployment web --max=3 --cpu=0%')).toEqual({ out: 'horizontalpodautoscaler.autoscaling/web autoscaled\n', err: '', exit: 0 })
    expect(kernel.api.get('HorizontalPodAutoscaler', 'default', 'web')!.spec.metrics).toMatchObject([{ resource: { name: 'cpu', target: { averageUtilization: 80 } } }])
    expect(type(applied(), 'kubectl autoscale deployment web --max=3 --name=Bad_').err).toBe(`${BEYOND}empty input\n`)
    expect(type(applied(), 'kubectl autoscale deployment web --max=3 --name=Bad_ --cpu=50%').err).toMatch(/^The HorizontalPodAutoscaler "Bad_" is invalid: metadata\.name: Invalid value/)
  })

  it('tells what it would make as made', () => {
    const line = 'kubectl autoscale deployment web --max=3'
    expect(type(applied(), `${line} --dry-run=client`).out).toBe('horizontalpodautoscaler.autoscaling/web created (dry run)\n')
    expect(type(applied(), `${line} --dry-run=server`).out).toBe('horizontalpodautoscaler.autoscaling/web autoscaled (server dry run)\n')
    expect(type(applied(), line).out).toBe('horizontalpodautoscaler.autoscaling/web autoscaled\n')
  })

  it('refuses targets before it asks for the object', () => {
    for (const [flags, words] of [
      ['--cpu=x', 'invalid resource cpu value: x'], ['--memory=1Xi', 'invalid resource memory value: 1Xi'], ['--cpu=" "', 'empty input'],
      ['--cpu=a%', 'invalid percentage value: a'], ['--cpu=-5%', 'invalid percentage value: -5'], ['--memory=%', 'invalid percentage value: '], ['--cpu=2147483648%', 'invalid percentage value: 2147483648'],
      // a million is written as 1e+06, which is no amount with a unit behind it
      ['--cpu=1000000', 'quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\''],
      ['--max=0 --cpu=x', '--max=MAXPODS is required and must be at least 1, max: 0'],
    ] as const)
      refused(`kubectl autoscale deployment nobody --max=3 ${flags}`, `error: ${words}`)
    expect(said('kubectl autoscale deployment nobody --max=3 --cpu=x --cpu-percent=5').err).toBe(`${DEPRECATED}error: --cpu-percent and --cpu are mutually exclusive\n`)
  })

  it('takes amounts without a unit as thousandths of a processor and as mebibytes, and writes all in the shortest way', () => {
    const value = (flag: string) => type(applied(), `kubectl autoscale deployment web --max=3 ${flag} --dry-run=client -o jsonpath={.spec.metrics[0].resource.target.averageValue}`).out
    expect(['--cpu=500', '--cpu=2000', '--cpu=1.5', '--cpu=1e3', '--cpu=500m', '--memory=200', '--memory=1024', '--memory=0.5', '--memory=200M'].map(value))
      .toEqual(['500m', '2', '1500u', '1', '500m', '200Mi', '1Gi', '512Ki', '200M'])
  })
})

describe('kubectl expose', () => {
  const pod = (name: string, labels: string, ports: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  labels: ${labels}\nspec:\n  containers:\n  - name: c\n    image: nginx:1\n    ports: ${ports}\n`
  /** What a Service would be, of Pods with these ports. */
  const made = (ports: string, flags = '') => {
    const kernel = cluster({ 'p.yaml': pod('p', '{a: b}', ports) })
    type(kernel, 'kubectl apply -f p.yaml')
    return JSON.parse(type(kernel, `kubectl expose pod p ${flags} --dry-run=client -o json`).out) as { spec: Record<string, unknown> }
  }
  const named = (ports: string, flags = '') => (made(ports, flags).spec.ports as { name?: string, port: number, protocol: string }[]).map(({ name = '', port, protocol }) => `${name} ${port}/${protocol}`.trim())

  it('has a port once for each protocol that it is heard by, and names ports by their place', () => {
    expect(named('[{containerPort: 80}]')).toEqual(['80/TCP'])
    expect(named('[{containerPort: 81, protocol: UDP}, {containerPort: 80}]')).toEqual(['port-1 81/UDP', 'port-2 80/TCP'])
    const dns = '[{containerPort: 53, protocol: UDP}, {containerPort: 53}, {containerPort: 9}]'
    expect(named(dns)).toEqual(['port-1-udp 53/UDP', 'port-1-tcp 53/TCP', 'port-2 9/TCP'])
    expect(named(dns, '--port=53')).toEqual(['port-1-udp 53/UDP', 'port-1-tcp 53/TCP'])
    expect(named(dns, '--protocol=TCP')).toEqual(['port-1 53/TCP', 'port-2 9/TCP'])
  })

  it('takes an address of a load balancer for one alone, and refuses an affinity that is none', () => {
    expect(made('[]', '--port=80 --load-balancer-ip=1.2.3.4').spec).not.toHaveProperty('loadBalancerIP')
    expect(made('[]', '--port=80 --load-balancer-ip=1.2.3.4 --type=LoadBalancer').spec).toMatchObject({ loadBalancerIP: '1.2.3.4' })
    expect(type(applied(), 'kubectl expose deployment web --port=80 --session-affinity=x')).toEqual({ out: '', err: 'error: unknown session affinity: x\n', exit: 1 })
  })

  it('takes ports as whole numbers, and nothing as none', () => {
    for (const [port, words] of [['x', '"x": invalid syntax'], ['80,,81', '"": invalid syntax'], ['99999999999999999999', '"99999999999999999999": value out of range']] as const)
      expect(type(applied(), `kubectl expose deployment web --port=${port}`).err).toBe(`error: strconv.Atoi: parsing ${words}\n`)
  })

  it('gives the next objects what the first was exposed by, and parts their YAML', () => {
    const kernel = cluster({ 'p.yaml': `${pod('p', '{a: b}', '[{containerPort: 80}]')}---\n${pod('q', '{}', '[{containerPort: 81}]')}` })
    type(kernel, 'kubectl apply -f p.yaml')
    const documents = type(kernel, 'kubectl expose pod p q --dry-run=client -o yaml').out.split('---\n')
    expect(documents).toHaveLength(2)
    expect(documents[1]).toBe(documents[0]!.replace('name: p', 'name: q'))
    expect(type(kernel, 'kubectl expose pod q --port=81').err).toMatch(/the pod has no labels and cannot be exposed/)
  })

  it('says why no labels lead to the Pods', () => {
    const kernel = cluster({ 'd.yaml': deployment().replace('matchLabels:\n      app: web', 'matchExpressions:\n    - {key: app, operator: In, values: [web, a]}\n    - {key: app, operator: Exists}') })
    type(kernel, 'kubectl apply -f d.yaml')
    const why = 'error: couldn\'t retrieve selectors via --selector flag or introspection: '
    expect(type(kernel, 'kubectl expose deployment web --port=80').err).toBe(`${why}invalid deployment: no selectors, therefore cannot be exposed\n`)
    const both = cluster({ 'd.yaml': deployment().replace('matchLabels:\n      app: web', 'matchLabels:\n      app: web\n    matchExpressions:\n    - {key: app, operator: In, values: [web, a]}\n    - {key: app, operator: Exists}') })
    type(both, 'kubectl apply -f d.yaml')
    expect(type(both, 'kubectl expose deployment web --port=80').err).toBe(`${why}couldn't convert expressions - "[{Key:app Operator:In Values:[web a]} {Key:app Operator:Exists Values:[]}]" to map-based selector format\n`)
  })
})

describe.each(['expose deployment', 'autoscale deployment'])('kubectl %s', (verb) => {
  const flags = verb.startsWith('expose') ? '--port=80' : '--max=3'
  const done = verb.startsWith('expose') ? 'service/web exposed\n' : 'horizontalpodautoscaler.autoscaling/web autoscaled\n'
  const bare = verb.split(' ')[0]!

  it('wants names', () => {
    expect(type(applied(), `kubectl ${verb} ${flags}`)).toEqual({ out: '', err: 'error: resource(s) were provided, but no name was specified\n', exit: 1 })
  })

  it('goes through the objects in their order, whatever became of those before', () => {
    const kernel = applied()
    expect(type(kernel, `kubectl ${bare} deployment/gone node/node-1 deployment/web ${flags}`)).toEqual({ out: done, err: expect.stringMatching(/^Error from server \(NotFound\): deployments\.apps "gone" not found\ncannot (?:expose|autoscale) a Node.*\n$/) as string, exit: 1 })
  })

  it('takes words or files, not both', () => {
    expect(type(cluster({ 'web.yaml': deployment() }), `kubectl ${bare} -f web.yaml deployment web ${flags}`).err).toBe('error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well\n')
    expect(type(cluster({ 'none.yaml': '# nothing\n' }), `kubectl ${bare} -f none.yaml ${flags}`).err).toBe(bare === 'expose' ? '' : 'error: no objects passed to autoscale\n')
  })
})

describe('several objects as YAML', () => {
  it('are parted where the verb prints one after the other', () => {
    const config = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`
    const kernel = cluster({ 'two.yaml': `${config('a')}---\n${config('b')}` })
    type(kernel, 'kubectl create -f two.yaml')
    const parts = (line: string) => type(kernel, `kubectl ${line} -o yaml`).out.split(/^---$/m).length
    expect([parts('create -f two.yaml --dry-run=client'), parts('annotate configmap a b x=y'), parts('label configmap a b x=y'), parts('taint node node-1 node-2 a=b:NoSchedule'), parts('run p --image=nginx --port=80 --expose --dry-run=client')]).toEqual([2, 2, 1, 1, 3])
  })
})

describe('kubectl create deployment', () => {
  const names = (images: string) => said(`kubectl create deployment up ${images} --dry-run=client -o jsonpath={..containers[*].name}`).out

  it('names containers as their images are written, and tells apart those that it had to rename', () => {
    expect(names('--image=a/Nginx:1 --image=host:5000/x@sha256:12 --image=x')).toBe('Nginx x x')
    expect(names('--image=my_app:2 --image=my.app')).toMatch(/^my-app-[a-z0-9]{5} my-app-[a-z0-9]{5}$/)
  })

  it('leaves it to the API server to refuse a name', () => {
    expect(said('kubectl create deployment up --image=Nginx').err).toMatch(/^error: failed to create deployment: Deployment\.apps "up" is invalid: spec\.template\.spec\.containers\[0\]\.name: Invalid value: "Nginx": a lowercase RFC 1123 label/)
    refused('kubectl create deployment up --image=nginx:1 --image=nginx:2', 'error: failed to create deployment: Deployment.apps "up" is invalid: spec.template.spec.containers[1].name: Duplicate value: "nginx"')
  })
})

describe('kubectl create configmap', () => {
  const VARIABLE = 'a valid environment variable name must consist of alphabetic characters, digits, \'_\', \'-\', or \'.\', and must not start with a digit (e.g. \'my.env-name\',  or \'MY_ENV.NAME\',  or \'MyEnvName1\', regex used for validation is \'[-._a-zA-Z][-._a-zA-Z0-9]*\')'
  const KEY = 'a valid config key must consist of alphanumeric characters, \'-\', \'_\' or \'.\' (e.g. \'key.name\',  or \'KEY_NAME\',  or \'key-name\', regex used for validation is \'[-._a-zA-Z0-9]+\')'
  const data = (flags: string, files: Record<string, string>) => JSON.parse(said(`kubectl create configmap c ${flags} --dry-run=client -o jsonpath={.data}`, files).out || '{}') as unknown

  it('takes variables from a file as they stand there', () => {
    expect(data('--from-env-file=v', { v: '\uFEFFA=1\n  B= 2 \n#c\n  # d\n\nC\nD="q"\r\nE=a=b' })).toEqual({ A: '1', B: ' 2 ', C: '', D: '"q"', E: 'a=b' })
  })

  it('refuses variables whose names are none', () => {
    for (const [line, words] of [['1X=3', `"1X" is not a valid key name: ${VARIABLE}`], ['A =1', `"A " is not a valid key name: ${VARIABLE}`], ['=1', `"" is not a valid key name: ${VARIABLE}`], ['..=1', '".." is not a valid key name: must not be \'..\''], ['..a=1', '"..a" is not a valid key name: must not start with \'..\'']] as const)
      refused('kubectl create configmap c --from-env-file=v', `error: ${words}`, { v: `${line}\n` })
  })

  it('refuses sources that name nothing, or too much', () => {
    const files = { a: 'A=1\n' }
    for (const [flags, words] of [
      ['--from-env-file=none', 'error reading none: no such file or directory'],
      ['--from-env-file=.', 'env config file cannot be a directory'],
      ['--from-env-file=none --from-literal=b=c', 'from-env-file cannot be combined with from-file or from-literal'],
      ['--from-env-file=a --from-file=a', 'from-env-file cannot be combined with from-file or from-literal'],
      ['--from-file==x', 'key name for file path x missing'],
      ['--from-file=x=', 'file path for key name x missing'],
      ['--from-file=x=a=b', 'key names or file paths cannot contain \'=\''],
      ['--from-file=x=.', 'cannot give a key name for a directory path'],
      // files come first
      ['--from-literal=a --from-file=none', 'error reading none: no such file or directory'],
    ] as const)
      refused(`kubectl create configmap c ${flags}`, `error: ${words}`, files)
  })

  it('refuses keys that lead out of a folder', () => {
    for (const [key, words] of [['.', 'must not be \'.\''], ['..', 'must not be \'..\''], ['..a', 'must not start with \'..\''], ['a!', KEY]] as const)
      refused(`kubectl create configmap c --from-literal=${key}=1`, `error: "${key}" is not a valid key name for a ConfigMap: ${words}`)
  })

  it('takes all files of a folder, and quotes of a literal as they are', () => {
    expect(data('--from-file=.', { a: '1', b: '2' })).toEqual({ a: '1', b: '2' })
    expect(data('--from-literal=a=\'"q"\'', {})).toEqual({ a: '"q"' })
  })
})

describe('kubectl run', () => {
  const SEE = '\nSee \'kubectl run -h\' for help and examples'

  it('refuses what cannot be asked for together, one after the other', () => {
    for (const [flags, words] of [
      ['--image-pull-policy=Foo', `invalid image pull policy: Foo${SEE}`],
      ['--expose', `--port must be set when exposing a service${SEE}`],
      ['--expose --port=', `--port must be set when exposing a service${SEE}`],
      ['--rm', `--rm should only be used for attached containers${SEE}`],
      ['--rm --stdin --attach=false', `--rm should only be used for attached containers${SEE}`],
      ['--tty', `-i/--stdin is required for containers with -t/--tty=true${SEE}`],
      ['--stdin --dry-run=client', `--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)${SEE}`],
      ['--rm --stdin --image-pull-policy=Foo', `invalid image pull policy: Foo${SEE}`],
      ['--image-pull-policy=Foo --rm --expose --restart=Foo', `--port must be set when exposing a service${SEE}`],
      ['--rm --restart=Foo', `invalid restart policy: Foo${SEE}`],
    ] as const)
      refused(`kubectl run web --image=nginx ${flags}`, `error: ${words}`)
  })

  it('reads the port last, as a whole number', () => {
    refused('kubectl run web --image=nginx --port=abc', 'error: strconv.Atoi: parsing "abc": invalid syntax')
    refused('kubectl run web --image=nginx --port=99999999999999999999', 'error: strconv.Atoi: parsing "99999999999999999999": value out of range')
    refused('kubectl run web --image=nginx --port=abc --labels=a', 'error: unexpected label spec: a')
    const ports = (flag: string) => said(`kubectl run web --image=nginx ${flag} --dry-run=client -o jsonpath={.spec.containers[0].ports}`).out
    expect([ports('--port=+80'), ports('--port=')]).toEqual(['[{"containerPort":80}]', ''])
  })

  it('takes variables and annotations as pairs whose names may be such', () => {
    for (const [flags, words] of [['--env=x', 'invalid env: x'], ['--env==x', 'invalid env: =x'], ['--env=1A=x', 'invalid env: 1A=x'], ['--annotations=x', 'invalid annotations format: x'], ['--annotations=x --env=y', 'invalid env: y'], ['--labels=a=b,', 'unexpected label spec: '], ['--labels==b', 'unexpected empty label key']] as const)
      refused(`kubectl run web --image=nginx ${flags}`, `error: ${words}`)
    const env = (flag: string) => said(`kubectl run web --image=nginx ${flag} --dry-run=client -o jsonpath={.spec.containers[0].env}`).out
    expect([env('--env=A=1,B=2'), env('--env=A=')]).toEqual(['[{"name":"A","value":"1,B=2"}]', '[{"name":"A"}]'])
  })

  it('restarts always where no policy is named', () => {
    expect(said('kubectl run web --image=nginx --restart= --dry-run=client -o jsonpath={.spec.restartPolicy}').out).toBe('Always')
  })
})

describe('kubectl create service', () => {
  const LETTERS = 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'
  const ONE = 'must contain at least one letter (a-z)'

  it('refuses ports that lead nowhere', () => {
    for (const [tcp, words] of [
      ['80:0', 'must be between 1 and 65535, inclusive'], ['80:-1', 'must be between 1 and 65535, inclusive'], ['80:99999', 'must be between 1 and 65535, inclusive'],
      ['80:Bad_Name', LETTERS], ['80:ABC', `${LETTERS},${ONE}`], ['80:1-', `${ONE},must not begin or end with a hyphen`], ['80:a--b', 'must not contain consecutive hyphens'],
      // a number beyond 64 bits is taken for a name
      ['80:99999999999999999999', `must be no more than 15 characters,${ONE}`],
      ['+80:80', 'strconv.ParseUint: parsing "+80": invalid syntax'], ['99999', 'strconv.ParseUint: parsing "99999": value out of range'], [':80', 'strconv.ParseUint: parsing "": invalid syntax'],
    ] as const)
      refused(`kubectl create service clusterip a --tcp=${tcp}`, `error: ${words}`)
  })

  it('takes a port, a number or a name behind a colon, and no more', () => {
    const port = (tcp: string) => JSON.parse(said(`kubectl create service clusterip a --tcp=${tcp} --dry-run=client -o jsonpath={.spec.ports[0]}`).out) as unknown
    expect(port('080:+81')).toEqual({ name: '080-+81', port: 80, protocol: 'TCP', targetPort: 81 })
    expect(port('1:2:3')).toEqual({ name: '1-2-3', port: 1, protocol: 'TCP', targetPort: 2 })
    expect(port('80:1a')).toEqual({ name: '80-1a', port: 80, protocol: 'TCP', targetPort: '1a' })
    expect(port('0')).toEqual({ name: '0', port: 0, protocol: 'TCP', targetPort: 0 })
  })

  it('refuses a name outside that is none, before it looks at ports', () => {
    for (const name of ['bad_name.', 'Foo', 'a..b'])
      refused(`kubectl create service externalname a --external-name=${name} --tcp=abc`, `error: invalid service external name ${name}`)
    refused('kubectl create service clusterip a --clusterip=', 'error: at least one tcp port specifier must be provided')
  })
})
