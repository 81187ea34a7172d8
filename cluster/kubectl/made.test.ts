// Objects that commands make from a few words: what they take, what they refuse, in which words.
import { describe, expect, it } from 'vitest'
import { applied, cluster, type } from '../../tests/lib/typed.ts'

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
