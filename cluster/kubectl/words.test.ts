// What kubectl says where something stands in the way, in its own words. upstream: kubectl v1.36 pkg/cmd
import { describe, expect, it } from 'vitest'
import { applied, cluster, deployment, type, wait } from '../../tests/lib/typed.ts'

const said = (kernel: ReturnType<typeof cluster>, line: string) => {
  const { out, err, exit } = type(kernel, line)
  return exit ? err : out
}

describe('what kubectl says', () => {
  it('of a verb that is none ends with the last that may be meant', () => {
    expect(type(cluster(), 'kubectl gett pods').err).toMatch(/^error: unknown command "gett" for "kubectl"\n\nDid you mean this\?\n(?:\t\w+\n)*\tget\n$/)
  })

  it('of a restart within the second of the last names what would not change', () => {
    const kernel = applied()
    const again = () => said(kernel, 'kubectl rollout restart deployment/web')
    expect(again()).toBe('deployment.apps/web restarted\n')
    expect(again()).toBe('error: failed to create patch for web: if restart has already been triggered within the past second, please wait before attempting to trigger another\n')
    expect(said(kernel, 'kubectl rollout history deployment/web')).not.toContain('3')
    wait(kernel, 1000)
    expect(again()).toBe('deployment.apps/web restarted\n')
  })

  it('of a flag that drain has no longer is that nobody knows it', () => {
    expect(said(cluster(), 'kubectl drain node-1 --delete-local-data')).toBe('error: unknown flag: --delete-local-data\nSee \'kubectl drain --help\' for usage.\n')
    expect(said(cluster(), 'kubectl drain node-1 --delete-emptydir-data')).toContain('node/node-1 drained')
  })

  it('of a context that is none, or of too many, is what is wrong with the words', () => {
    const kernel = cluster()
    expect(said(kernel, 'kubectl config set-context')).toBe('error: you must specify a non-empty context name or --current\n')
    expect(said(kernel, 'kubectl config set-context --namespace=x')).toBe('error: you must specify a non-empty context name or --current\n')
    expect(said(kernel, 'kubectl config set-context --current x')).toBe('error: you cannot specify both a context name and --current\n')
    expect(said(kernel, 'kubectl config use-context \'\'')).toBe('error: empty context names are not allowed\n')
    expect(said(kernel, 'kubectl config use-context nope')).toBe('error: no context exists with the name: "nope"\n')
    // the help comes first where words are too many or too few
    for (const [line, words] of [['use-context', ''], ['use-context a b', 'a b'], ['set-context a b', 'a b']]) {
      const { out, err, exit } = type(kernel, `kubectl config ${line}`)
      expect(out).toContain(`Usage:\n  kubectl config ${line!.split(' ')[0]} `)
      expect([err, exit]).toEqual([`error: Unexpected args: [${words}]\n`, 1])
    }
    expect(said(kernel, 'kubectl config use helmsman')).toBe('Switched to context "helmsman".\n')
  })

  it('of its version as JSON has the order of the fields, and two blanks a level', () => {
    expect(said(cluster(), 'kubectl version --client -o json')).toMatch(/^\{\n {2}"clientVersion": \{\n {4}"major": "1",\n {4}"minor": "\d+",\n {4}"gitVersion": "v1\.[\d.]+",\n {4}"platform": "linux\/amd64"\n {2}\},\n {2}"kustomizeVersion": "v[\d.]+"\n\}\n$/)
  })

  it('of what only a file says has no namespace but the file\'s', () => {
    const kernel = cluster({ 'c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n', 'n.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  namespace: bar\n' })
    for (const [verb, field] of [['label', 'labels'], ['annotate', 'annotations']]) {
      expect(said(kernel, `kubectl ${verb} --local -f c.yaml x=y -n foo -o yaml`)).toBe(`apiVersion: v1\nkind: ConfigMap\nmetadata:\n  ${field}:\n    x: "y"\n  name: c\n`)
      expect(said(kernel, `kubectl ${verb} --local -f n.yaml x=y -o yaml`)).toContain('  namespace: bar\n')
      expect(said(kernel, `kubectl ${verb} --local -f n.yaml x=y -n foo`)).toContain('does not match the namespace "foo"')
    }
  })

  it.each([
    ['1x', 'unknown unit "x" in'],
    ['1.5x', 'unknown unit "x" in'],
    ['5mm', 'unknown unit "mm" in'],
    ['"1s x"', 'unknown unit "s x" in'],
    ['+1x', 'unknown unit "x" in'],
    ['1', 'missing unit in'],
    ['1h2', 'missing unit in'],
    ['x', 'invalid'],
    ['-x', 'invalid'],
    ['.', 'invalid'],
    ['-', 'invalid'],
    ['\'\'', 'invalid'],
  ])('of the duration %s is what Go says of it', (text, what) => {
    const plain = text.replaceAll(/["']/g, '')
    expect(said(cluster(), `kubectl logs x --since=${text}`)).toBe(`error: invalid argument "${plain}" for "--since" flag: time: ${what} duration "${plain}"\nSee 'kubectl logs --help' for usage.\n`)
  })

  it('of durations that are some is nothing', () => {
    for (const text of ['.5s', '1.s', '1h2m3.5s', '0', '-1s', '1\u00B5s', '1\u03BCs'])
      expect(said(cluster(), `kubectl logs x --since=${text}`)).not.toContain('invalid argument')
  })

  it('of a watch of nothing is what the builder misses', () => {
    for (const line of ['get -w', 'get --watch-only', 'get -w -o yaml'])
      expect(said(cluster(), `kubectl ${line}`)).toMatch(/^error: You must provide one or more resources by argument or filename\./)
    expect(said(cluster(), 'kubectl get -o yaml')).toMatch(/^You must specify the type of resource to get\./)
  })

  it('of a diff that cannot begin ends with 2: 1 says that something differs', () => {
    for (const [words, message] of [['-f', 'flag needs an argument: \'f\' in -f'], ['--nope', 'unknown flag: --nope'], ['a b', 'Unexpected args: [a b]']])
      expect(type(cluster(), `kubectl diff ${words}`)).toEqual({ out: '', err: `error: ${message}\nSee 'kubectl diff -h' for help and examples\n`, exit: 2 })
  })

  it('of a set that the API server refuses names what it was about', () => {
    const kernel = applied()
    const container = kernel.api.get('Deployment', 'default', 'web')!.spec.template.spec.containers[0]!.name
    expect(said(kernel, `kubectl set image deployment web ${container}=`)).toBe('error: failed to patch image update to pod template: Deployment.apps "web" is invalid: spec.template.spec.containers[0].image: Required value\n')
    expect(said(kernel, 'kubectl set resources deployment web --requests=cpu=100m --limits=cpu=50m')).toMatch(/^error: failed to patch resources update to pod template Deployment\.apps "web" is invalid: spec\.template\.spec\.containers\[0\]\.resources\.requests: /)
  })

  it('of what has no Pod template, or another value already, begins with its name', () => {
    const kernel = applied()
    expect(said(kernel, 'kubectl set image svc/kubernetes a=b')).toBe('error: services/kubernetes the object is not a pod or does not have a pod template: *v1.Service\n')
    type(kernel, 'kubectl set env deployment/web B=2')
    expect(said(kernel, 'kubectl set env deployment/web B=3 --overwrite=false')).toBe('error: deployments/web \'B\' already has a value (2), and --overwrite is false\n')
  })

  it('of a set without anything to set comes after what is named was looked up', () => {
    const kernel = applied()
    expect(said(kernel, 'kubectl set image deployment/nope')).toBe('Error from server (NotFound): deployments.apps "nope" not found\n')
    expect(said(kernel, 'kubectl set image deployment/web')).toBe('error: at least one image update is required\n')
    expect(said(kernel, 'kubectl set image deployment/web nginx')).toMatch(/^error: there is no need to specify a resource type as a separate argument/)
    expect(said(kernel, 'kubectl set resources deployment/nope')).toBe('Error from server (NotFound): deployments.apps "nope" not found\n')
    expect(said(kernel, 'kubectl set resources deployment/web')).toMatch(/^error: you must specify an update to requests or limits/)
  })

  it('of rollouts names kinds with their groups, and refuses a paused one', () => {
    const kernel = applied()
    type(kernel, 'kubectl run lone --image=nginx')
    wait(kernel, 5000)
    const [set] = kernel.api.list('ReplicaSet')
    expect(said(kernel, `kubectl rollout status rs/${set!.metadata.name}`)).toBe('error: no status viewer has been implemented for ReplicaSet.apps\n')
    expect(said(kernel, `kubectl rollout history rs/${set!.metadata.name}`)).toBe('error: no history viewer has been implemented for "ReplicaSet.apps"\n')
    expect(said(kernel, 'kubectl rollout undo pod/lone')).toBe('error: no rollbacker has been implemented for "Pod"\n')
    expect(said(kernel, 'kubectl rollout status deployment/nope --revision=-1')).toBe('error: revision must be a positive integer: -1\n')
    type(kernel, 'kubectl set env deployment/web A=1')
    wait(kernel, 5000)
    type(kernel, 'kubectl rollout pause deployment/web')
    expect(said(kernel, 'kubectl rollout undo deployment/web')).toBe('error: you cannot rollback a paused deployment; resume it first with \'kubectl rollout resume\' and try again\n')
  })

  it('of old ReplicaSets lists the older first, whatever they are called', () => {
    const kernel = cluster({ 'web.yaml': deployment() })
    type(kernel, 'kubectl apply -f web.yaml')
    const names: string[] = []
    for (const step of [1, 2, 3, 4, 5]) {
      wait(kernel, 20_000)
      names.push(kernel.api.list('ReplicaSet').map(({ metadata }) => metadata.name).find(name => !names.includes(name))!)
      type(kernel, `kubectl set env deployment/web STEP=${step}`)
    }
    wait(kernel, 20_000)
    const [, old = ''] = /OldReplicaSets: +(.*)/.exec(type(kernel, 'kubectl describe deployment web').out)!
    expect(old.split(', ').map(each => each.split(' ')[0])).toEqual(names)
    expect(names).not.toEqual([...names].sort())
  })

  it('of a wait that looks once says that it was not so', () => {
    const kernel = applied()
    expect(said(kernel, 'kubectl wait deployment/web --for=condition=Nope --timeout=0')).toBe('error: condition not met for deployments/web\n')
    expect(said(kernel, 'kubectl wait deployment/web --for=delete --timeout=0')).toBe('error: condition not met for deployments/web\n')
  })

  it('of paths that are none says what is wanted', () => {
    const kernel = applied()
    const unexpected = 'error: unexpected path string, expected a \'name1.name2\' or \'.name1.name2\' or \'{name1.name2}\' or \'{.name1.name2}\'\n'
    for (const line of ['kubectl get pods --sort-by=\'{.metadata.name\'', 'kubectl get pods -o custom-columns=A:{.metadata.name', 'kubectl wait deployment/web --for=jsonpath=\'{.a\''])
      expect(said(kernel, line), line).toBe(unexpected)
    expect(said(kernel, 'kubectl wait deployment/web --for=jsonpath=\'{.a}\'=')).toBe('error: jsonpath wait has to have a value after equal sign, like --for=jsonpath=\'{.status.readyReplicas}\'=3\n')
    expect(said(kernel, 'kubectl wait deployment/web --for=jsonpath=')).toBe('error: jsonpath expression cannot be empty\n')
    expect(said(kernel, 'kubectl wait deployment/web --for=jsonpath=\'{.spec.replicas}\'=2')).toBe('deployment.apps/web condition met\n')
    expect(said(kernel, 'kubectl get deployments --sort-by=metadata.name -o name')).toBe('deployment.apps/web\n')
  })

  it('of flags that cannot be comes before anybody is asked', () => {
    const kernel = applied()
    expect(said(kernel, 'kubectl annotate deployment/web a=b c=d a- c-')).toBe('error: can not both modify and remove the following annotation(s) in the same command: a, c\n')
    expect(said(kernel, 'kubectl patch pod nope -p {} --patch-file=y')).toBe('error: cannot specify --patch and --patch-file together\n')
    expect(said(kernel, 'kubectl top pods --sort-by=name')).toBe('error: --sort-by accepts only cpu or memory\n')
    expect(said(kernel, 'kubectl top node a -l b=c')).toBe('error: only one of NAME or selector can be provided\n')
    expect(said(kernel, 'kubectl logs nope --since=abc')).toBe('error: invalid argument "abc" for "--since" flag: time: invalid duration "abc"\nSee \'kubectl logs --help\' for usage.\n')
    expect(said(kernel, 'kubectl events -o foo')).toBe('error: unable to match a printer suitable for the output format "foo", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,yaml\n')
    expect(said(kernel, 'kubectl explain nope')).toBe('the server doesn\'t have a resource type "nope"\n')
  })

  it('of kinds of which one is in no namespace, of a dry run, and of a flag that went names what is so', () => {
    const kernel = applied()
    expect(type(kernel, 'kubectl get pv,pvc').err).toBe('No resources found\n')
    expect(type(kernel, 'kubectl get cm,pvc').err).toBe('No resources found in default namespace.\n')
    // on the client no patch is made that could be empty
    expect(said(kernel, 'kubectl apply -f web.yaml --dry-run=client')).toBe('deployment.apps/web configured (dry run)\n')
    expect(said(kernel, 'kubectl apply -f web.yaml --dry-run=server')).toBe('deployment.apps/web unchanged (server dry run)\n')
    expect(said(kernel, 'kubectl version --short')).toBe('error: unknown flag: --short\nSee \'kubectl version --help\' for usage.\n')
  })

  it('of volumes says what each is', () => {
    const volumes = 'volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {medium: Memory, sizeLimit: 1Gi}}, {name: c, configMap: {name: settings, optional: true}}]'
    const kernel = cluster({ 'web.yaml': deployment().replace(/^( *)containers:/m, `$1${volumes}\n$1containers:`) })
    type(kernel, 'kubectl apply -f web.yaml')
    const lines = type(kernel, 'kubectl describe deployment web').out.split('\n').map(line => line.trim().replace(/ {2,}/g, ' '))
    const at = lines.indexOf('Volumes:')
    expect(lines.slice(at + 1, at + 13)).toEqual([
      'a:', 'Type: EmptyDir (a temporary directory that shares a pod\'s lifetime)', 'Medium:', 'SizeLimit: <unset>',
      'b:', 'Type: EmptyDir (a temporary directory that shares a pod\'s lifetime)', 'Medium: Memory', 'SizeLimit: 1Gi',
      'c:', 'Type: ConfigMap (a volume populated by a ConfigMap)', 'Name: settings', 'Optional: true',
    ])
  })
})

describe('what is asked for beside objects', () => {
  it('are contexts, of which those that are not there are told behind the others', () => {
    const contexts = (names: string) => type(cluster(), `kubectl config get-contexts ${names}`)
    const header = 'CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n'
    expect(contexts('foo')).toEqual({ out: header, err: 'error: context foo not found\n', exit: 1 })
    expect(contexts('foo bar')).toEqual({ out: header, err: 'context foo not found\ncontext bar not found\n', exit: 1 })
    expect(contexts('foo helmsman')).toEqual({ out: contexts('').out, err: 'error: context foo not found\n', exit: 1 })
  })

  it.each([
    // upstream: cobra's SuggestionsFor over the commands in their order; help is none of them
    ['dele', 'error: unknown command "dele" for "kubectl"\n\nDid you mean this?\n\tdelete\n'],
    ['cat', 'error: unknown command "cat" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n\tcp\n\twait\n'],
    ['log', 'error: unknown command "log" for "kubectl"\n\nDid you mean this?\n\ttop\n\tlogs\n'],
    ['hlep', 'error: unknown command "hlep" for "kubectl"\n'],
    ['api-versions foo', 'error: unexpected arguments: [foo]\nSee \'kubectl api-versions -h\' for help and examples\n'],
    ['config view foo bar', 'error: unexpected arguments: [foo bar]\nSee \'kubectl config view -h\' for help and examples\n'],
    ['top nodes a b', 'error: node [NAME | -l label]\nSee \'kubectl top node -h\' for help and examples\n'],
    ['top pod a b', 'error: pod [NAME | -l label]\nSee \'kubectl top pod -h\' for help and examples\n'],
    ['describe -f web.yaml pods', 'error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well\n'],
    ['set env deployment/web A=b --local', 'error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   \'-f rsrc.yaml\'\n   \'--filename=rsrc.json\'\n   \'<resource> <name>\'\n   \'<resource>\'\n'],
  ])('%s', (words, told) => {
    expect(type(cluster({ 'web.yaml': deployment() }), `kubectl ${words}`)).toEqual({ out: '', err: told, exit: 1 })
  })

  it('the configuration is told as YAML, as JSON in the order of its fields, and by a path', () => {
    const kernel = cluster()
    expect(type(kernel, 'kubectl config view').out).not.toContain('namespace')
    expect(type(kernel, 'kubectl config view --minify -o jsonpath={..namespace}').out).toBe('')
    type(kernel, 'kubectl config set-context --current --namespace=kube-system')
    expect(type(kernel, 'kubectl config view').out).toContain('    namespace: kube-system\n')
    expect(type(kernel, 'kubectl config view --minify -o jsonpath={..namespace}').out).toBe('kube-system')
    const { out } = type(kernel, 'kubectl config view -o json')
    expect(Object.keys(JSON.parse(out) as object)).toEqual(['kind', 'apiVersion', 'clusters', 'users', 'contexts', 'current-context'])
    expect(type(kernel, 'kubectl config view -o wide').err).toContain('unable to match a printer suitable for the output format "wide"')
    const { contexts: [{ context: { cluster: named, user } }] } = JSON.parse(out) as { contexts: [{ context: { cluster: string, user: string } }] }
    expect(type(kernel, 'kubectl config get-clusters').out).toBe(`NAME\n${named}\n`)
    expect(type(kernel, 'kubectl config get-users').out).toBe(`NAME\n${user}\n`)
  })

  it('a set that asks no cluster prints the manifest as its types have it, and in no namespace', () => {
    const { out } = type(cluster({ 'web.yaml': deployment() }), 'kubectl set image -f web.yaml c=nginx:2 --local -o yaml')
    expect(out).toBe('apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: web\n  strategy: {}\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - image: nginx:2\n        name: c\n        resources: {}\nstatus: {}\n')
  })

  it('grep takes several patterns: a line that has one of them is found once, and of two that begin together the longer', () => {
    const lines = (words: string) => type(cluster({ list: 'web one\ndb two\nweb two\n' }), `grep ${words} list`).out
    expect(lines('-e web -e two')).toBe('web one\ndb two\nweb two\n')
    expect(lines('-c -e one -e "^db"')).toBe('2\n')
    expect(lines('-v -e web -e db')).toBe('')
    expect(lines('-o -e we -e web -e "o.e"')).toBe('web\none\nweb\n')
  })
})
