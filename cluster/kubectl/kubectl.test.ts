import { describe, expect, it } from 'vitest'
import { createCluster } from '../index.ts'
import { base } from '../../scenarios/base.ts'
import { complete, editorOf, gate, run, terminal, terminalOf } from './index.ts'
import { applied, cluster, deployment, help, type, wait } from '../../tests/lib/typed.ts'

describe('a line in a terminal', () => {
  it('is an intervention: the same run prints the same, and a fork goes its own way', () => {
    const scenario = { ...base, actors: [...base.actors, terminal()], gate, duration: 60_000 }
    const step = { at: 2000, op: 'kubectl', line: 'kubectl create deployment web --image=nginx --replicas=2 && kubectl rollout status deploy/web && kubectl get pods' }
    const told = (timeline: ReturnType<typeof createCluster>, t: number) => timeline.look(t, ({ state }) => terminalOf(state).entries.map(entry => ({ ...entry, chunks: entry.chunks.map(chunk => chunk.text).join('') })))
    const one = createCluster(scenario, 1, [step])
    expect(told(one, 30_000)).toEqual(told(createCluster(scenario, 1, [step]), 30_000))
    expect(told(one, 30_000)[0]).toMatchObject({ exit: 0 })
    // in between it waits, and going back shows what was printed by then
    expect(told(one, 2100)[0]!.exit).toBeUndefined()
    expect(told(one, 2100)[0]!.chunks).not.toContain('successfully rolled out')
    const other = one.fork(2100, { op: 'interrupt' })
    expect(told(other, 30_000)[0]).toMatchObject({ exit: 130 })
    expect(told(one, 30_000)[0]!.chunks).toContain('successfully rolled out')
  })

  it('is cut, joined and written as a shell does', () => {
    const kernel = cluster({ 'web.yaml': deployment() })
    expect(type(kernel, 'cat web.yaml | kubectl apply -f - && echo "a  b" \'c d\' e\\ f').out).toBe('deployment.apps/web created\na  b c d e f\n')
    expect(type(kernel, 'kubectl get nodes -o name | grep -v 2 | sort -r | head -1').out).toBe('node/node-3\n')
    expect(type(kernel, 'kubectl get nope || echo no').out).toBe('no\n')
    expect(type(kernel, 'kubectl create ns x --dry-run=client -o yaml > ns.yaml; ls; kubectl create -f ns.yaml').out).toBe('ns.yaml\nweb.yaml\nnamespace/x created\n')
    expect(type(kernel, 'kubectl get nodes --no-headers | wc -l').out).toBe('3\n')
    expect(type(kernel, 'kubectl get nodes -o name | xargs kubectl cordon').out).toContain('node/node-3 cordoned')
    expect(type(kernel, 'frob')).toEqual({ out: '', err: 'bash: frob: command not found\n', exit: 127 })
    expect(type(kernel, 'echo "')).toMatchObject({ exit: 2 })
  })

  it('what a shell would run or fill in first is refused, and nothing of the line is run', () => {
    const kernel = applied()
    const refused = 'bash: $( ) and backticks are not there in this shell: type that command by itself, or pipe what it prints into xargs\n'
    for (const line of ['kubectl delete pod $(kubectl get pods -o name)', 'kubectl delete deploy web; kubectl delete pod `kubectl get pods -o name`', 'kubectl delete deploy web && echo "now: $(date)"', 'kubectl delete deploy web; echo "`date`"', 'echo a$(date)', 'echo $((1+1))'])
      expect(type(kernel, line), line).toEqual({ out: '', err: refused, exit: 2 })
    for (const [line, name] of [['kubectl delete deploy web; echo $NAME', '$NAME'], [`echo "\${NAME:-x} a"`, `\${NAME:-x}`], ['kubectl get nope; echo $?', '$?'], ['echo a$b', '$b']] as const)
      expect(type(kernel, line), line).toEqual({ out: '', err: `bash: ${name}: variables are not there in this shell: write the value out\n`, exit: 2 })
    for (const [line, word] of [['for i in 1 2; do kubectl delete deploy web; done', 'for'], ['if false; then echo a; kubectl delete deploy web; fi', 'if'], ['while true; do sleep 1; kubectl delete deploy web; done', 'while']] as const)
      expect(type(kernel, line), line).toEqual({ out: '', err: `bash: ${word}: loops and conditions are not there in this shell: type each command by itself\n`, exit: 2 })
    expect(type(kernel, 'kubectl get deploy web -o name').out).toBe('deployment.apps/web\n')
    // what is quoted, written as itself or no name stays what it is, and so does a text below
    expect(type(kernel, `echo '$(a) \`b\` $c' "\\$(d) \\\`e\\\` \\$f" \\$g $ "$" "{$.h}" 5$`).out).toBe('$(a) `b` $c $(d) `e` $f $g $ $ {$.h} 5$\n')
    expect(type(kernel, 'cat <<EOF\n$(a) `b` $c\nEOF').out).toBe('$(a) `b` $c\n')
    expect(type(kernel, 'echo done for now').out).toBe('done for now\n')
    expect(type(kernel, 'kubectl get nodes -o jsonpath="{$.items[0].metadata.name}"').out).toBe('node-1')
  })

  it('streams until it is interrupted', () => {
    const kernel = cluster()
    type(kernel, 'kubectl get pods -w | grep web', 100)
    wait(kernel, 500)
    kernel.api.create('Pod', { metadata: { name: 'web' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }, 'test')
    kernel.api.create('Pod', { metadata: { name: 'db' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }, 'test')
    wait(kernel, 4000)
    const text = () => terminalOf(kernel.state).entries.at(-1)!.chunks.map(chunk => chunk.text).join('')
    expect(text()).toMatch(/^web .*Pending.*web .*ContainerCreating.*web .*Running/s)
    expect(text()).not.toContain('db')
    kernel.operate({ op: 'interrupt' })
    expect(terminalOf(kernel.state)).toMatchObject({ entries: [{ exit: 130 }] })
    expect(terminalOf(kernel.state).waiting).toBeUndefined()
  })

  it('watches event by event: a column grows with what is printed, not with what is still to come', () => {
    const kernel = cluster()
    kernel.operate({ op: 'kubectl', line: 'kubectl get configmaps -w' })
    wait(kernel, 500)
    for (const name of ['a', 'a-longer-name', 'b'])
      kernel.api.create('ConfigMap', { metadata: { name } }, 'test')
    wait(kernel, 300)
    expect(terminalOf(kernel.state).entries.at(-1)!.chunks.map(chunk => chunk.text).join('')).toBe('NAME   DATA   AGE\na      0      0s\na-longer-name   0      0s\nb               0      0s\n')
  })

  it('shows a command again and again under watch', () => {
    const kernel = cluster()
    type(kernel, 'watch -n 1 kubectl get pods', 100)
    kernel.api.create('Pod', { metadata: { name: 'web' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }, 'test')
    wait(kernel, 3000)
    const text = terminalOf(kernel.state).entries.at(-1)!.chunks.map(chunk => chunk.text).join('')
    // the screen was cleared: only the last one is left
    expect(text.match(/Every 1.0s/g)).toHaveLength(1)
    expect(text).toContain('web ')
  })

  it('takes no time and asks nobody who is not there', () => {
    const kernel = cluster()
    const { stdout, exit } = run('kubectl get nodes -o name', { namespace: 'default', files: {} }, { api: kernel.api, now: 2000, world: {}, random: () => 0 })
    expect([stdout, exit]).toEqual(['node/node-1\nnode/node-2\nnode/node-3\n', 0])
  })
})

describe('what is written', () => {
  it('is only tried in a dry run', () => {
    const kernel = cluster({ 'web.yaml': deployment() })
    const before = kernel.api.revision()
    expect(type(kernel, 'kubectl apply -f web.yaml --dry-run=server').out).toBe('deployment.apps/web created (server dry run)\n')
    expect(type(kernel, 'kubectl run x --image=nginx --dry-run=client').out).toBe('pod/x created (dry run)\n')
    expect(type(kernel, 'kubectl delete node node-1 --dry-run=server').out).toBe('node "node-1" deleted (server dry run)\n')
    expect(kernel.api.revision()).toBe(before)
  })

  it('what a dry run would create is defaulted and named by the server, and has no version: it was never stored', () => {
    const kernel = cluster({ 'web.yaml': deployment() })
    const revision = kernel.api.revision()
    for (const line of ['kubectl create deployment w --image=web:1', 'kubectl apply -f web.yaml', 'kubectl create -f web.yaml', 'kubectl run w --image=web:1', 'kubectl create configmap w --from-literal=a=b']) {
      const dry = type(kernel, `${line} --dry-run=server -o yaml`).out
      expect(dry, line).toMatch(/^ {2}uid: /m)
      expect(dry, line).not.toContain('resourceVersion')
    }
    expect(kernel.api.revision()).toBe(revision)
    expect(type(kernel, 'kubectl create deployment w --image=web:1 -o yaml').out).toMatch(/^ {2}resourceVersion: /m)
  })

  it('a text that stands in the line is read where a file would be, and the line goes on behind its sign', () => {
    const file = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  ports:\n  - port: 80\n'
    expect(type(cluster(), `cat <<EOF | kubectl apply -f -\n${file}EOF\necho done`).out).toBe('service/s created\ndone\n')
    expect(type(cluster(), `kubectl apply -f - <<EOF\n${file}EOF`).out).toBe('service/s created\n')
    expect(type(cluster(), 'cat <<EOF | grep b\na\nb\nEOF').out).toBe('b\n')
    expect(type(cluster(), 'cat > t.txt <<EOF && echo done\na\nEOF\ncat t.txt').out).toBe('done\na\n')
    expect(type(cluster(), 'cat <<A; cat <<B\n1\nA\n2\nB').out).toBe('1\n2\n')
  })

  it('what a file does not say of what it is is missed before anything is asked for', () => {
    const files = { 'a.yaml': 'kind: Service\nmetadata:\n  name: s\n', 'k.yaml': 'apiVersion: v1\nmetadata:\n  name: s\n', 'b.yaml': 'metadata:\n  name: s\n', 'n.yaml': 'apiVersion: v1\nkind: 3\n' }
    const said = (line: string) => type(cluster(files), line).err
    for (const verb of ['apply', 'create']) {
      for (const [file, what] of [['a', 'apiVersion not set'], ['k', 'kind not set'], ['b', '[apiVersion not set, kind not set]'], ['n', 'kind isn\'t string type']] as const)
        expect(said(`kubectl ${verb} -f ${file}.yaml`), `${verb} ${file}`).toBe(`error: error validating "${file}.yaml": error validating data: ${what}; if you choose to ignore these errors, turn validation off with --validate=false\n`)
    }
    expect(said('kubectl apply -f a.yaml --validate=false')).toContain('no matches for kind "Service" in version ""')
  })

  it('a file is read up to its first document that cannot be read; other files are read all the same', () => {
    const map = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`
    const files = {
      'broken.yaml': `${map('a')}---\na: [\n---\n${map('b')}`,
      'nokind.yaml': `${map('a')}---\napiVersion: v1\nmetadata:\n  name: x\n---\n${map('b')}`,
      'foreign.yaml': `${map('a')}---\napiVersion: example.org/v1\nkind: Foo\nmetadata:\n  name: x\n---\n${map('b')}`,
      'other.yaml': map('c'),
    }
    const made = (line: string) => type(cluster(files), `${line} -o name`).out.replaceAll('configmap/', '').trim().split('\n').join(' ')
    for (const verb of ['apply', 'create']) {
      expect(made(`kubectl ${verb} -f broken.yaml -f other.yaml`), verb).toBe('a c')
      expect(made(`kubectl ${verb} -f nokind.yaml -f other.yaml`), verb).toBe('a c')
      // a kind that nobody knows stops nothing, nor does one that is missing where nothing asks for it
      expect(made(`kubectl ${verb} -f foreign.yaml -f other.yaml`), verb).toBe('a b c')
      expect(made(`kubectl ${verb} -f nokind.yaml --validate=false`), verb).toBe('a b')
    }
    const kernel = cluster(files)
    type(kernel, 'kubectl create cm a && kubectl create cm b')
    expect(type(kernel, 'kubectl delete -f broken.yaml').out).toBe('configmap "a" deleted from default namespace\n')
    expect(type(kernel, 'kubectl get cm -o name').out).toBe('configmap/b\n')
  })

  it('a value of a wrong type in what is there already is refused as the strategic patch that is sent', () => {
    const map = (value: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: ${value}\n`
    const within = (lines: string) => deployment().replace('        image: nginx:1\n', `        image: nginx:1\n        ${lines}\n`)
    const kernel = cluster({
      'web.yaml': deployment(),
      'c.yaml': map('"1"'),
      'number.yaml': map('1'),
      'replicas.yaml': deployment().replace('replicas: 2', 'replicas: two'),
      'label.yaml': deployment().replace('  name: web\n', '  name: web\n  labels: {v: 1}\n'),
      'command.yaml': within('command: [sleep, 10]'),
      'env.yaml': within('env: [{name: A, value: 1}]'),
      'ports.yaml': within('ports: 80'),
      'field.yaml': within('foo: bar'),
    })
    const containers = (changed: string) => ` spec:map[template:map[spec:map[$setElementOrder/containers:[map[name:c]] containers:[map[${changed}]]]]]`
    type(kernel, 'kubectl apply -f web.yaml -f c.yaml')
    for (const [file, said, sent] of [
      ['number', 'cannot convert int64 to string', 'map[data:map[a:1] metadata:'],
      ['replicas', 'unrecognized type: int32', ' spec:map[replicas:two]]'],
      ['label', 'cannot convert int64 to string', ' labels:map[v:1]]]'],
      ['command', 'cannot convert int64 to string', containers('command:[sleep 10] name:c')],
      ['env', 'cannot convert int64 to string', containers('env:[map[name:A value:1]] name:c')],
      ['ports', 'cannot restore slice from int64', containers('name:c ports:80')],
      ['field', 'strict decoding error: unknown field "spec.template.spec.containers[0].foo"', containers('foo:bar name:c')],
    ] as const) {
      const { err, exit } = type(kernel, `kubectl apply -f ${file}.yaml`)
      expect(err, file).toMatch(/^The request is invalid: patch: Invalid value: "map\[/)
      expect(err.endsWith(`": ${said}\n`), err).toBe(true)
      expect(err).toContain(sent)
      expect(exit).toBe(1)
    }
    expect(type(kernel, 'kubectl apply -f web.yaml -f c.yaml').out).toBe('deployment.apps/web unchanged\nconfigmap/c unchanged\n')
  })

  it('letters that are no flags are told with those behind them, not with those that were read', () => {
    const said = (line: string) => type(cluster(), line).err.split('\n')[0]
    expect(said('kubectl get pods -wide')).toBe('error: unknown shorthand flag: \'i\' in -ide')
    expect(said('kubectl create -wn')).toBe('error: unknown shorthand flag: \'w\' in -wn')
    expect(said('kubectl get pods -wn')).toBe('error: flag needs an argument: \'n\' in -n')
  })

  it('words that name nothing are refused where they stand', () => {
    const kernel = applied()
    for (const verb of ['label', 'annotate'])
      expect(type(kernel, `kubectl ${verb} node node-1 found = here`).err).toBe(`error: at least one ${verb === 'label' ? 'label' : 'annotation'} update is required\n`)
    expect(type(kernel, 'kubectl label node node-1 a=b =').err).toBe('error: all resources must be specified before label changes: =\n')
    expect(type(kernel, 'kubectl set image deployment web c=web:2 kubectl').err).toBe('error: all resources must be specified before image changes: kubectl\n')
    expect(type(kernel, 'kubectl set env deploy/web A').err).toContain('error: there is no need to specify a resource type as a separate argument')
    expect(type(kernel, 'kubectl set env deploy/web A=1 B').err).toBe('error: all resources must be specified before environment changes: deploy/web A=1 B\n')
    // without a variable nothing changes, and nothing is said of that
    expect(type(kernel, 'kubectl set env deploy/web')).toEqual({ out: '', err: '', exit: 0 })
  })

  it('an object keeps its name, whatever a patch says', () => {
    const kernel = applied()
    expect(type(kernel, 'kubectl patch deploy web -p \'{"metadata":{"name":"x"}}\'').err).toBe('Error from server (BadRequest): the name of the object (x) does not match the name on the URL (web)\n')
    expect(type(kernel, 'kubectl patch deploy web -p \'{"metadata":{"namespace":"x"}}\'').err).toBe('Error from server (BadRequest): the namespace of the object (x) does not match the namespace on the request (default)\n')
  })

  it('what was created and not applied does not differ from its file, and what apply would create says that it was applied', () => {
    const kernel = cluster({ 'web.yaml': deployment() })
    expect(type(kernel, 'kubectl apply -f web.yaml --dry-run=client -o yaml').out).toContain('kubectl.kubernetes.io/last-applied-configuration')
    type(kernel, 'kubectl create -f web.yaml')
    expect(type(kernel, 'kubectl diff -f web.yaml')).toMatchObject({ out: '', exit: 0 })
    type(kernel, 'kubectl scale deployment web --replicas=3')
    const { out, exit } = type(kernel, 'kubectl diff -f web.yaml')
    expect(exit).toBe(1)
    expect(out.split('\n').filter(line => /^[+-] /.test(line)).map(line => line.replace(/[ \d]/g, ''))).toEqual(['-generation:', '+generation:', '-replicas:', '+replicas:'])
  })

  it('a flag that is required is missed before a name is', () => {
    expect(type(cluster(), 'kubectl create deployment').err).toBe('error: required flag(s) "image" not set\n')
    expect(type(cluster(), 'kubectl create deployment w').err).toBe('error: required flag(s) "image" not set\n')
    expect(type(cluster(), 'kubectl create deployment --image=web:1').err).toContain('error: exactly one NAME is required, got 0\n')
  })

  it('a kind that the cluster has not is refused by its name, whatever its flags', () => {
    for (const [made, name] of [['quota q --hard=cpu=1', 'ResourceQuota'], ['role r --verb=get --resource=pods', 'Role'], ['rolebinding r --role=r --serviceaccount=default:s', 'RoleBinding'], ['pdb p --selector=app=web --min-available=1', 'PodDisruptionBudget'], ['token default --duration=10m', 'TokenRequest'], ['clusterrole r --verb=get --non-resource-url=/logs', 'ClusterRole'], ['priorityclass p --value=1 --description=d', 'PriorityClass'], ['secret generic s --from-literal=a=b', 'Secret'], ['job j --image=busybox', 'Job']] as const)
      expect(type(cluster(), `kubectl create ${made}`), made).toMatchObject({ out: '', err: `error: the kind ${name} is not there in this cluster: nothing here would run or use one\n`, exit: 1 })
  })

  it('who wants to type within a Pod of the moment is led to one that runs', () => {
    expect(type(cluster(), 'kubectl run -it --rm x --image=busybox -- sh').err).toContain('kubectl exec POD -- sh')
    expect(type(cluster(), 'kubectl run -it --rm x --image=busybox').err).toContain('kubectl exec with a command')
  })

  it('is shown by diff as lines that go and come, without being written', () => {
    const kernel = cluster({ 'web.yaml': deployment(), 'more.yaml': deployment().replace('replicas: 2', 'replicas: 3') })
    type(kernel, 'kubectl apply -f web.yaml')
    expect(type(kernel, 'kubectl diff -f web.yaml')).toEqual({ out: '', err: '', exit: 0 })
    const { out, exit } = type(kernel, 'kubectl diff -f more.yaml')
    expect(exit).toBe(1)
    expect(out.split('\n').filter(line => /^[-+] /.test(line))).toEqual(['-  generation: 1', '+  generation: 2', '-  replicas: 2', '+  replicas: 3'])
    expect(kernel.api.get('Deployment', 'default', 'web')!.spec.replicas).toBe(2)
  })

  it('may be edited by hand; what is refused stays in the editor', () => {
    const kernel = applied()
    type(kernel, 'kubectl edit deployment web', 100)
    const open = editorOf(terminalOf(kernel.state).waiting)!
    expect(open.text).toContain('  replicas: 2\n')
    kernel.operate({ op: 'edited', text: open.text.replace('  replicas: 2\n', '  replicas: -2\n') })
    expect(editorOf(terminalOf(kernel.state).waiting)?.text).toContain('# deployments.apps "web" was not valid:\n# * spec.replicas: Invalid value: -2')
    kernel.operate({ op: 'edited', text: open.text.replace('  replicas: 2\n', '  replicas: 5\n') })
    expect(terminalOf(kernel.state).entries.at(-1)).toMatchObject({ exit: 0 })
    expect(kernel.api.get('Deployment', 'default', 'web')!.spec.replicas).toBe(5)
    type(kernel, 'edit web.yaml', 100)
    kernel.operate({ op: 'edited', text: 'new' })
    expect(type(kernel, 'cat web.yaml').out).toBe('new')
  })

  it('is refused in one place, and the rest is done', () => {
    const kernel = cluster({ 'many.yaml': `${deployment()}---\n${deployment('  nope: 1\n')}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n` })
    const { out, err, exit } = type(kernel, 'kubectl apply -f many.yaml')
    expect([out, exit]).toEqual(['deployment.apps/web created\nconfigmap/c created\n', 1])
    expect(err).toContain('unknown field "spec.nope"')
  })

  it('is left alone by a patch that asks for what is not there', () => {
    const kernel = applied()
    for (const flags of ['deployment web --subresource=scale', '--local -f web.yaml'])
      expect(type(kernel, `kubectl patch ${flags} -p '{"spec":{"replicas":7}}'`)).toMatchObject({ err: expect.stringContaining('is not there in this kubectl') as string, exit: 1 })
    expect(type(kernel, 'kubectl get deployment web -o jsonpath={.spec.replicas}').out).toBe('2')
  })
})

describe('what is printed', () => {
  it('is YAML that says the same when it is read again', () => {
    const kernel = cluster()
    const data = { a: 'yes', b: '1', c: 'x: y', d: ' lead', e: 'two\nlines\n', f: '', g: '# no', h: '2026-01-01', i: 'it\'s', j: '\t', k: '-', l: 'null', m: '0x1F', n: `${'long '.repeat(40)}end` }
    kernel.api.create('ConfigMap', { metadata: { name: 'c' }, data }, 'test')
    type(kernel, 'kubectl get cm c -o yaml > c.yaml && kubectl delete cm c')
    type(kernel, 'kubectl create -f c.yaml')
    expect(kernel.api.get('ConfigMap', 'default', 'c')!.data).toEqual(data)
  })

  it('follows templates of paths', () => {
    const kernel = cluster()
    const path = (text: string) => type(kernel, `kubectl get nodes -o jsonpath='${text}'`).out
    expect(path('{.items[*].metadata.name}')).toBe('node-1 node-2 node-3')
    expect(path('{.items[0].metadata.name} and {.items[-1:].metadata.name}')).toBe('node-1 and node-3')
    expect(path('{range .items[0:2]}{.metadata.name}{"\\n"}{end}')).toBe('node-1\nnode-2\n')
    expect(path('{.items[?(@.metadata.name=="node-2")].status.capacity.cpu}')).toBe('4')
    expect(path('{.items[0].metadata.labels.kubernetes\\.io/hostname}')).toBe('node-1')
    expect(path('{.items[0].status.conditions[?(@.type=="Ready")].status}')).toBe('True')
    expect(path('{.items[0].nope}')).toBe('')
  })

  it('follows paths in quotes, writes maps in the order of their keys, and lists as JSON, as kubectl does', () => {
    const kernel = cluster()
    const made = (output: string) => type(kernel, `kubectl create deployment x --image=nginx --dry-run=client -o ${output}`)
    expect(made(`jsonpath="{['metadata.name','spec.replicas']}"`).out).toBe('x 1')
    expect(made(`jsonpath="{.metadata['name']} {.metadata['a.b']}"`).out).toBe('x ')
    expect(made(`jsonpath='{.metadata["name"]}'`).err).toBe('error: error parsing jsonpath {.metadata["name"]}, invalid array index "name"\n')
    expect(made(`jsonpath='{.spec.selector}{.spec.template.spec.containers}'`).out).toBe('{"matchLabels":{"app":"x"}}[{"image":"nginx","name":"nginx","resources":{}}]')
    expect(made(`jsonpath-as-json='{.metadata.name} {.spec.replicas}'`).out).toBe('[\n    "x"\n]\n[\n    " "\n]\n[\n    1\n]\n')
    for (const [text, message] of [['{.items[0', 'unterminated array'], ['{.items', 'unclosed action'], ['{.items["a', 'unterminated array']])
      expect(made(`jsonpath='${text}'`).err).toBe(`error: error parsing jsonpath ${text}, ${message}\n`)
    expect(type(kernel, 'kubectl get nodes node-1 -o custom-columns=L:.metadata.labels').out).toMatch(/^L\nmap\[\S[^\s:]*:\S* /)
  })

  it('takes ranges that are left open, and tells what is no template in the words of what reads it', () => {
    const kernel = cluster()
    const made = (text: string) => type(kernel, `kubectl create deployment x --image=y --dry-run=client -o jsonpath='${text}'`)
    // what is left open is gone through once more for what is around it, from the last end on
    for (const [text, out] of [
      ['{range .items[*]}{.metadata.name}{"\\n"}', 'x\n'],
      ['{range .spec.template.spec.containers[*]}{.name}{"\\n"}', 'y\n\n'],
      ['{range .spec.template.spec.containers[*]}{range .nope[*]}a{end}b', 'bb'],
      ['{range .spec.template.spec.containers[*]}{range .nope[*]}a', 'aa'],
      ['x{range .spec.template.spec.containers[*]}{.name}{range .nope[*]}a{end}b{range .c[*]}d', 'xybdbd'],
      ['{range .spec.template.spec.containers[*]}{.name}{end}-', 'y-'],
      ['{range}', ''],
    ] as const)
      expect(made(text), text).toEqual({ out, err: '', exit: 0 })
    expect(made('{range .a[*]}'.repeat(200)).exit).toBe(1)
    for (const [text, message] of [
      ['{.a[?(@.name=="b"}', 'unterminated filter'],
      ['{.a[?(@.name=="b"]}', 'unterminated filter'],
      ['{.a[?(@.name=="b")}', 'unclosed array expect ]'],
      ['{.a[0}', 'unterminated array'],
      ['{[}', 'unterminated array'],
      ['{.foo', 'unclosed action'],
      ['{"a}', 'unterminated quoted string'],
      ['{]}', 'unrecognized character in action: U+005D \']\''],
    ])
      expect(made(text!).err).toBe(`error: error parsing jsonpath ${text}, ${message}\n`)
    for (const [text, message] of [
      ['{foo}', 'unrecognized identifier foo'],
      ['{.nope}{foo .metadata}', 'unrecognized identifier foo'],
      ['{range foo}{end}', 'unrecognized identifier foo'],
      ['{.spec.template.spec.containers[?(@.name==b)]}', 'unrecognized identifier b'],
      ['{end}', 'not in range, nothing to end'],
      ['{range .spec.template.spec.containers[*]}{.name}{end}{end}', 'not in range, nothing to end'],
    ])
      expect(made(text!)).toMatchObject({ out: '', exit: 1, err: expect.stringContaining(`error: error executing jsonpath "${text}": Error executing template: ${message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${text}\n\tobject given to jsonpath engine was:\n\t\tmap[string]interface {}{"apiVersion":"apps/v1", "kind":"Deployment", `) as string })
  })

  it('is sorted by a field, narrowed by fields, and told of all namespaces', () => {
    const kernel = cluster()
    for (const [name, cpu] of [['a', '200m'], ['b', '1'], ['c', '50m']] as const)
      kernel.api.create('Pod', { metadata: { name }, spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }] } }, 'test')
    wait(kernel, 3000)
    expect(type(kernel, 'kubectl get pods --sort-by=.spec.containers[0].resources.requests.cpu -o name').out).toBe('pod/c\npod/a\npod/b\n')
    expect(type(kernel, 'kubectl get pods --field-selector metadata.name=b --no-headers -A').out).toMatch(/^default {3}b {5}1\/1 {3}Running/)
  })

  it('explains fields in the words of the API', () => {
    const kernel = cluster({}, true)
    expect(type(kernel, 'kubectl explain deploy.spec.replicas').out).toMatch(/^GROUP: {6}apps\nKIND: {7}Deployment\nVERSION: {4}v1\n\nFIELD: replicas <integer>\n/)
    // all values of a field, one by one, and four of them in a list
    expect(type(kernel, 'kubectl explain pod.spec.restartPolicy').out).toContain('FIELD: restartPolicy <string>\nENUM:\n    Always\n    Never\n    OnFailure\n\nDESCRIPTION:')
    expect(type(kernel, 'kubectl explain service.spec').out).toContain('  type\t<string>\n  enum: ClusterIP, ExternalName, LoadBalancer, NodePort\n')
    expect(type(kernel, 'kubectl explain pod.status --recursive').out).toContain('  phase\t<string>\n  enum: Failed, Pending, Running, Succeeded, ....\n')
    expect(type(kernel, 'kubectl explain pod.spec.nope')).toMatchObject({ err: 'error: field "nope" does not exist\n', exit: 1 })
  })
})

describe('completion', () => {
  it('offers verbs, kinds, names, flags and files', () => {
    const kernel = cluster({ 'web.yaml': '' })
    const offer = (line: string) => complete(line, line.length, terminalOf(kernel.state).session, kernel.api).words
    expect(offer('kub')).toEqual(['kubectl'])
    expect(offer('kubectl rollo')).toEqual(['rollout'])
    expect(offer('kubectl rollout un')).toEqual(['undo'])
    expect(offer('kubectl get deploym')).toEqual(['deployment', 'deployments'])
    expect(offer('kubectl describe node node-')).toEqual(['node-1', 'node-2', 'node-3'])
    expect(offer('kubectl get node/node-3')).toEqual([])
    expect(offer('kubectl cordon ')).toEqual(['node-1', 'node-2', 'node-3'])
    expect(offer('kubectl scale deploy web --rep')).toEqual(['--replicas='])
    expect(offer('kubectl apply -f ')).toEqual(['web.yaml'])
    expect(offer('kubectl get pods -n kube-s')).toEqual(['kube-system'])
    expect(offer('kubectl get pods | gre')).toEqual(['grep'])
  })
})

describe('what is told by number, or not at all', () => {
  it('diff ends with 1 where something differs, and with more where something went wrong', () => {
    const kernel = applied()
    expect(type(kernel, 'kubectl diff -f web.yaml')).toEqual({ out: '', err: '', exit: 0 })
    expect(type(kernel, 'kubectl diff')).toEqual({ out: '', err: 'error: must specify one of -f and -k\n', exit: 2 })
    expect(type(kernel, 'kubectl diff -f nope.yaml').exit).toBe(2)
  })

  it('deleting what is named and not there says nothing where that is to be ignored', () => {
    const kernel = applied()
    expect(type(kernel, 'kubectl delete pod nope --ignore-not-found')).toEqual({ out: '', err: '', exit: 0 })
    expect(type(kernel, 'kubectl delete hpa --all --ignore-not-found').out).toBe('No resources found\n')
  })

  it('a container that is not there is kubectl\'s own complaint', () => {
    const kernel = applied()
    kernel.runUntil(kernel.state.now + 10_000)
    const [pod] = kernel.api.list('Pod')
    expect(type(kernel, `kubectl logs ${pod!.metadata.name} -c foo`)).toEqual({ out: '', err: `error: container foo is not valid for pod ${pod!.metadata.name} out of: c\n`, exit: 1 })
  })

  it('a dry run on the client shows what would be there', () => {
    const kernel = cluster({ 'web.yaml': deployment(), 'more.yaml': deployment().replace('replicas: 2', 'replicas: 7') })
    type(kernel, 'kubectl apply -f web.yaml')
    expect(type(kernel, 'kubectl apply -f more.yaml --dry-run=client -o jsonpath={.spec.replicas}').out).toBe('7')
    expect(kernel.api.get('Deployment', 'default', 'web')!.spec.replicas).toBe(2)
  })
})

describe('what upstream says in other words than one would', () => {
  const what = (line: string) => {
    const { out, err, exit } = type(kernel, line)
    return [out + err, exit]
  }
  const kernel = cluster({ 'web.yaml': deployment() })
  type(kernel, 'kubectl apply -f web.yaml')

  it('a verb of verbs alone tells them and has failed: rollout as its answer, the others as a complaint', () => {
    expect(type(kernel, 'kubectl rollout')).toMatchObject({ out: expect.stringContaining('Available Commands:') as string, err: '', exit: 1 })
    expect(type(kernel, 'kubectl top')).toMatchObject({ out: '', err: expect.stringContaining('Available Commands:') as string, exit: 1 })
    expect(type(kernel, 'kubectl top --help')).toMatchObject({ err: '', exit: 0 })
  })

  it('a taint', () => {
    const see = '\nSee \'kubectl taint -h\' for help and examples\n'
    expect(what('kubectl taint nodes node-1 a=b:NoSchedule')).toEqual(['node/node-1 tainted\n', 0])
    expect(what('kubectl taint nodes node-1 a=c:NoSchedule --overwrite')).toEqual(['node/node-1 modified\n', 0])
    expect(what('kubectl taint nodes node-1 a=b:Foo')).toEqual([`error: invalid taint effect: Foo, unsupported taint effect${see}`, 1])
    expect(what('kubectl taint nodes node-1 a:b:NoSchedule')).toEqual([`error: invalid taint spec: a:b:NoSchedule${see}`, 1])
    expect(what('kubectl taint nodes node-1 a=b:NoSchedule a=c:NoSchedule')).toEqual([`error: duplicated taints with the same key and effect: {a c NoSchedule <nil>}${see}`, 1])
    expect(what('kubectl taint nodes node-1 a=b')[0]).toContain('error: invalid taint spec: a=b, name part must consist of')
    expect(what('kubectl taint nodes node-1 a=b:NoSchedule x')).toEqual(['error: all resources must be specified before taint changes: x\n', 1])
    expect(what('kubectl taint nodes node-1 a=b:NoSchedule a-')).toEqual(['error: can not both modify and remove the following taint(s) in the same command: {"a":""}\n', 1])
    expect(what('kubectl taint pods x a=b:NoSchedule')).toEqual(['error: invalid resource type pods, only node types are supported\n', 1])
    expect(what('kubectl taint nodes node-1 a-')).toEqual(['node/node-1 untainted\n', 0])
  })

  it('a patch that is no patch, and one that does not fit', () => {
    expect(what('kubectl patch deployment web --type=json -p \'{}\'')).toEqual(['Error from server (BadRequest): error decoding patch: json: cannot unmarshal object into Go value of type []interface {}\n', 1])
    expect(what('kubectl patch deployment web --type=merge -p \'[]\'')).toEqual(['Error from server (BadRequest): error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}\n', 1])
    const gone = 'kubectl patch deployment web --type=json -p \'[{"op":"remove","path":"/spec/foo"}]\''
    expect(what(gone)).toEqual(['The request is invalid: the server rejected our request due to an error in our request\n', 1])
    expect(help(kernel, gone)).toMatch(/^A step of the patch does not fit/)
  })

  it('what is set: an amount of 0 stands there and is no limit, an image of no name is the server\'s to refuse', () => {
    expect(what('kubectl set resources deployment web --limits=cpu=abc')[0]).toContain('error: quantities must match')
    expect(what('kubectl set resources deployment web --limits=memory=0')).toEqual(['deployment.apps/web resource requirements updated\n', 0])
    expect(what('kubectl get deploy web -o jsonpath={..resources.limits}')).toEqual(['{"memory":"0"}', 0])
    wait(kernel, 20_000)
    expect(what('kubectl get pods --no-headers')[0]).not.toContain('OOMKilled')
    expect(what('kubectl set image deployment web c=')[0]).toContain('image: Required value')
    expect(what('kubectl set env deployment web A=b -c x')).toEqual(['Warning: Deployment/web does not have any containers matching "x"\n', 0])
    expect(what('kubectl set selector service kubernetes')).toEqual(['error: one selector is required\n', 1])
  })
})
