import { describe, expect, it } from 'vitest'
import { createCluster, createKernel } from '../index.ts'
import type { Kernel } from '../index.ts'
import { base } from '../../scenarios/base.ts'
import { fieldDocs } from '../../scripts/lib/fielddocs.ts'
import { complete, editorOf, gate, hint, isTry, run, terminal, terminalOf } from './index.ts'

const deployment = (extra = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
${extra}  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: c
        image: nginx:1
`

function cluster(files: Record<string, string> = {}, docs = false): Kernel {
  const kernel = createKernel([...base.actors, terminal({ files, ...(docs && { docs: fieldDocs() }) })], { seed: 1, gate, world: base.world })
  kernel.runUntil(2000)
  return kernel
}

/** Types a line and waits for its end; gives what was printed. */
function type(kernel: Kernel, line: string, most = 60_000) {
  kernel.operate({ op: 'kubectl', line })
  const began = kernel.state.now
  while (terminalOf(kernel.state).waiting && kernel.state.now < began + most)
    kernel.runUntil(kernel.state.now + 50)
  const { chunks, exit } = terminalOf(kernel.state).entries.at(-1)!
  const text = (to: string) => chunks.filter(chunk => chunk.to === to).map(chunk => chunk.text).join('')
  return { out: text('stdout'), err: text('stderr'), exit }
}
const wait = (kernel: Kernel, ms: number) => kernel.runUntil(kernel.state.now + ms)
const help = (kernel: Kernel, line: string) => {
  const { err, exit } = type(kernel, line)
  return hint(line, { stderr: err, exit }, terminalOf(kernel.state).session, kernel.api)
}

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
    const kernel = cluster({ 'web.yaml': deployment() })
    type(kernel, 'kubectl apply -f web.yaml')
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
    expect(type(kernel, 'kubectl explain pod.spec.nope')).toMatchObject({ err: 'error: field "nope" does not exist\n', exit: 1 })
  })
})

describe('a hint after an answer', () => {
  function hintOf(kernel: Kernel, line: string) {
    const { err, exit } = type(kernel, line)
    return hint(line, { stderr: err, exit }, terminalOf(kernel.state).session, kernel.api)
  }

  it('of nothing found tells why: another namespace, a field selector, labels', () => {
    const kernel = cluster()
    expect(hintOf(kernel, 'kubectl get pods --field-selector status.phase!=Running')).toBeUndefined()
    kernel.api.create('Pod', { metadata: { name: 'a', labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }, 'test')
    wait(kernel, 5000)
    expect(hintOf(kernel, 'kubectl get pods --field-selector status.phase!=Running')).toBe('There is one, and none is as the field selector wants.')
    expect(hintOf(kernel, 'kubectl get pods -l app=wbe')).toBe('Nothing has these labels. Did you mean app=web?')
    for (const selector of ['app!=web', '\'!app\'', '\'app notin (web)\'', 'app=web,x=y'])
      expect(hintOf(kernel, `kubectl get pods -l ${selector}`)).toBe('The selector leaves nothing over: --show-labels tells what there is.')
    expect(hintOf(kernel, 'kubectl get pods | grep a | head -1; kubectl get pods -l app=web,x=y')).toMatch(/^The selector leaves nothing/)
    expect(hintOf(kernel, 'kubectl get pods -n kube-public')).toBe('There are some in default: add -n default, or -A for all.')
  })

  it('of a container that had too little memory names the limit, not its words', () => {
    const kernel = cluster()
    kernel.api.create('Pod', { metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'leak', resources: { limits: { memory: '64Mi' } } }] } }, 'test')
    for (let i = 0; i < 600 && !kernel.api.get('Pod', 'default', 'a')!.status.containerStatuses?.[0]?.restartCount; i++)
      wait(kernel, 1000)
    expect(hintOf(kernel, 'kubectl get pods')).toBe('a does not go on running. kubectl describe pod a tells why.')
    expect(hintOf(kernel, 'kubectl describe pod a')).toBe('The container c was killed: it used more memory than its limit. It stands under Last State.')
  })

  it('of a word from elsewhere names the verb that does its work', () => {
    const kernel = cluster()
    expect(type(kernel, 'kubectl list').err).toContain('Did you mean this?\n\tget\n\twait\n')
    expect(hintOf(kernel, 'kubectl update x')).toBe('Did you mean kubectl apply, or kubectl set image?')
    expect(hintOf(kernel, 'kubectl stop pod x')).toBe('Did you mean kubectl delete, or kubectl scale --replicas=0?')
    expect(hintOf(kernel, 'kubectl gte pods')).toBe('Did you mean kubectl get?')
    expect(hintOf(kernel, 'kubectl get pods | awk x')).toMatch(/^There is no awk here/)
    expect(hintOf(kernel, 'for i in 1 2; do echo; done')).toMatch(/^This terminal has no variables/)
    expect(hintOf(kernel, `kubectl get nodes -o jsonpath='{$.items[0].metadata.name}'`)).toBeUndefined()
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

describe('a hint of a slip', () => {
  it('names what was probably meant', () => {
    const kernel = cluster({ 'web.yaml': deployment() })
    type(kernel, 'kubectl apply -f web.yaml')
    expect(help(kernel, 'kubectl get podz')).toContain('pods')
    expect(help(kernel, 'kubectl gett pods')).toBe('Did you mean kubectl get?')
    expect(help(kernel, 'kubectl scale deploy web --replica=2')).toBe('Did you mean --replicas?')
    expect(help(kernel, 'kubectl get deploy wbe')).toBe('Did you mean web?')
    expect(help(kernel, 'kubectl apply -f wbe.yaml')).toBe('Did you mean web.yaml?')
    expect(help(kernel, 'kubectl get secrets')).toContain('this one has not')
    expect(help(kernel, 'kubectl get pods')).toBeUndefined()
  })

  it('shows the line that is indented wrongly, and the field that is misspelt', () => {
    const kernel = cluster({ 'in.yaml': deployment().replace('  replicas: 2', '   replicas: 2'), 'tab.yaml': deployment().replace('  replicas', '\treplicas'), 'field.yaml': deployment().replace('replicas', 'replica'), 'kind.yaml': deployment().replace('apps/v1', 'v1') })
    expect(help(kernel, 'kubectl apply -f in.yaml')).toContain('Line 7 is "  selector:"')
    expect(help(kernel, 'kubectl apply -f tab.yaml')).toContain('Line 6 begins with a tab')
    expect(help(kernel, 'kubectl apply -f field.yaml')).toContain('Did you mean replicas?')
    expect(help(kernel, 'kubectl apply -f kind.yaml')).toBe('The apiVersion of Deployment is apps/v1, not v1.')
  })

  it('leads on from a list to what tells why, and explains only what was described', () => {
    const kernel = cluster()
    type(kernel, 'kubectl create deployment web --image=nginx:nope')
    type(kernel, 'kubectl create service clusterip other --tcp=80')
    wait(kernel, 5000)
    const [pod = ''] = kernel.api.list('Pod', { namespace: 'default' }).map(({ metadata }) => metadata.name)
    const listed = ['kubectl get pods', 'kubectl get svc,endpointslices,pods --show-labels', 'kubectl get svc'].map(line => help(kernel, line)!)
    expect(listed[0]).toContain(`kubectl describe pod ${pod} tells why`)
    expect(listed[2]).toContain('kubectl describe service other tells more')
    for (const told of listed)
      expect(told).not.toMatch(/nginx:nope|image|selector|app=/)
    expect(help(kernel, `kubectl describe pod ${pod}`)).toContain('nginx:nope cannot be pulled')
    expect(help(kernel, 'kubectl describe service other')).toContain('selects app=other: which Pods have that label?')
    // who has not tried anything yet reads the description alone
    expect(hint(`kubectl describe pod ${pod}`, { stderr: '', exit: 0 }, terminalOf(kernel.state).session, kernel.api, false)).toBeUndefined()
    expect(help(kernel, 'kubectl describe pod POD')).toBe('POD stands for a name: kubectl get pods lists them.')
    expect(help(kernel, 'kubectl get pods -l app=wbe')).toContain('Did you mean app=web?')
    expect(help(kernel, 'kubectl get pods -n kube-system')).toContain('-n default')
    expect(help(kernel, 'kubectl get pods -n kube-system')).toContain('not modelled here')
  })

  it('knows what tries to change something from what only looks', () => {
    for (const line of ['kubectl set image deployment web web=web:1', 'k apply -f web.yaml', 'kubectl rollout undo deployment web', 'kubectl delete pod web-1'])
      expect(isTry(line)).toBe(true)
    for (const line of ['kubectl get pods', 'kubectl describe pod web', 'kubectl rollout status deployment web', 'cat web.yaml', 'kubectl \'', ''])
      expect(isTry(line)).toBe(false)
  })

  it('tells what the first tries lack: -f, the kind before a name, --overwrite, a unit', () => {
    const kernel = cluster({ 'web.yaml': deployment(), 'empty.yaml': '# nothing\n' })
    expect(help(kernel, 'kubectl apply web.yaml')).toBe('A file is named behind -f: kubectl apply -f web.yaml')
    expect(help(kernel, 'kubectl apply -f empty.yaml')).toContain('says nothing')
    type(kernel, 'kubectl apply -f web.yaml')
    for (const [line, meant] of [['scale web --replicas=5', 'scale deployment web'], ['set image web web=web:2', 'set image deployment web'], ['label node-1 a=b', 'label node node-1']])
      expect(help(kernel, `kubectl ${line}`)).toContain(`kubectl ${meant} …`)
    type(kernel, 'kubectl label node node-1 a=b')
    expect(help(kernel, 'kubectl label node node-1 a=c')).toBe('Add --overwrite to change it, or write a- to take it off.')
    expect(help(kernel, 'kubectl set resources deployment web --limits=memory=64Gb')).toContain('64Mi')
  })
  it('tells what words lack: a whole name, the container before an image, an equals sign, a flag, the place to ask from', () => {
    const kernel = cluster({ 'web.yaml': deployment() })
    type(kernel, 'kubectl apply -f web.yaml')
    wait(kernel, 5000)
    const [name = ''] = kernel.api.list('Pod', { namespace: 'default' }).map(({ metadata }) => metadata.name)
    const tail = name.slice(-5)
    expect(help(kernel, `kubectl delete pod ${tail}`)).toBe(`The whole name is ${name}.`)
    const [{ name: container }] = kernel.api.get('Deployment', 'default', 'web')!.spec.template.spec.containers as [{ name: string }]
    for (const images of ['web:2', 'another=web:2'])
      expect(help(kernel, `kubectl set image deployment web ${images}`)).toContain(`the container here is called ${container}`)
    expect(help(kernel, `kubectl label pod ${name} role:successor`)).toContain('role=successor')
    expect(help(kernel, 'kubectl scale deployment web 6')).toContain('--replicas=6')
    expect(help(kernel, 'kubectl scale pods web --replicas=6')).toBe('web is a Deployment: write deployment before it.')
    expect(help(kernel, 'kubectl describe pod qqqqqqqq')).toBe('kubectl get pods lists what there is.')
    expect(help(kernel, 'kubectl create deployment web --image=web:1')).toBe('There is one already: kubectl edit deployment web changes it.')
    expect(help(kernel, 'kubectl label role=first node-1')).toBe('What gets the label stands before it: kubectl label node node-1 role=first')
    expect(help(kernel, 'kubectl run web.yaml')).toContain('kubectl apply -f web.yaml')
    expect(help(kernel, 'curl web')).toContain('kubectl exec POD -- curl')
  })
})
