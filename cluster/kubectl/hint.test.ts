import { describe, expect, it } from 'vitest'
import { hint, hintSaved, isTry, terminalOf } from './index.ts'
import { applied, cluster, deployment, help, type, wait } from '../../tests/lib/typed.ts'

describe('a hint after an answer', () => {
  it('of nothing found tells why: another namespace, a field selector, labels', () => {
    const kernel = cluster()
    expect(help(kernel, 'kubectl get pods --field-selector status.phase!=Running')).toBeUndefined()
    kernel.api.create('Pod', { metadata: { name: 'a', labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }, 'test')
    wait(kernel, 5000)
    expect(help(kernel, 'kubectl get pods --field-selector status.phase!=Running')).toBe('There is one, and none is as the field selector wants.')
    expect(help(kernel, 'kubectl get pods -l app=wbe')).toBe('Nothing has these labels. Did you mean app=web?')
    for (const selector of ['app!=web', '\'!app\'', '\'app notin (web)\'', 'app=web,x=y'])
      expect(help(kernel, `kubectl get pods -l ${selector}`)).toBe('The selector leaves nothing over: --show-labels tells what there is.')
    expect(help(kernel, 'kubectl get pods | grep a | head -1; kubectl get pods -l app=web,x=y')).toMatch(/^The selector leaves nothing/)
    expect(help(kernel, 'kubectl get pods -n kube-public')).toBe('There are some in default: add -n default, or -A for all.')
    // however a flag and its value are written
    for (const flag of ['-lapp=wbe', '-l=app=wbe', '--selector=app=wbe', '--selector app=wbe', '-o wide -l app=wbe', '-owide -lapp=wbe --sort-by .metadata.name'])
      expect(help(kernel, `kubectl get ${flag} pods`), flag).toBe('Nothing has these labels. Did you mean app=web?')
    for (const flag of ['-nkube-public', '--namespace=kube-public', '--namespace kube-public'])
      expect(help(kernel, `kubectl get ${flag} pods`), flag).toBe('There are some in default: add -n default, or -A for all.')
  })

  it('of a number that an autoscaler sets tells who sets it', () => {
    const kernel = applied()
    expect(help(kernel, 'kubectl scale deployment web --replicas=5')).toBeUndefined()
    type(kernel, 'kubectl autoscale deployment web --max=4 --cpu=50%')
    for (const named of ['deployment web', 'deploy/web', '-n default deployment/web', '--dry-run=none deployment web', 'deployments --all'])
      expect(help(kernel, `kubectl scale ${named} --replicas=9`), named).toBe('An autoscaler decides on this number, and sets it anew: at its next look, or, where that means fewer, within five minutes: kubectl get hpa web')
  })

  it('of a number that an autoscaler sets tells nothing where it does not, and that it rests where there are to be none', () => {
    const kernel = applied()
    type(kernel, 'kubectl autoscale deployment web --min=2 --max=4 --cpu=50%')
    for (const asked of ['--replicas=9 --dry-run=client', '--replicas=9 --dry-run=server', '--replicas=9 --help', '--replicas=9 -h'])
      expect(help(kernel, `kubectl scale deployment web ${asked}`), asked).toBeUndefined()
    expect(help(kernel, 'kubectl scale deployment web --replicas=0')).toBe('An autoscaler decides on this number. Where none are wanted it rests, until you want some again: kubectl get hpa web')
    wait(kernel, 40_000)
    expect(kernel.api.get('Deployment', 'default', 'web')!.spec.replicas).toBe(0)
    expect(help(kernel, 'kubectl scale deployment web --replicas=3')).toMatch(/^An autoscaler decides on this number, and sets it anew/)
    // nothing can be measured here: only a number beyond its limits is set back
    wait(kernel, 40_000)
    expect(help(kernel, 'kubectl scale deployment web --replicas=4')).toBeUndefined()
    wait(kernel, 40_000)
    expect(kernel.api.get('Deployment', 'default', 'web')!.spec.replicas).toBe(4)
    expect(help(kernel, 'kubectl scale deployment web --replicas=5')).toMatch(/^An autoscaler decides/)
    wait(kernel, 40_000)
    expect(kernel.api.get('Deployment', 'default', 'web')!.spec.replicas).toBe(4)
  })

  it('of a Deployment is about its own Pods, not about those of another whose name begins alike', () => {
    const kernel = cluster({ 'web.yaml': deployment(), 'web-2.yaml': deployment().replaceAll('web', 'web-2').replace('nginx:1', 'nginx:nope') })
    type(kernel, 'kubectl apply -f web.yaml -f web-2.yaml')
    wait(kernel, 30_000)
    expect(help(kernel, 'kubectl get deployment web')).toBeUndefined()
    expect(help(kernel, 'kubectl get deployments -l app=none')).toMatch(/^Nothing has these labels/)
    for (const named of ['deployment web-2', 'deploy/web-2', 'deployments', 'rs'])
      expect(help(kernel, `kubectl get ${named}`), named).toMatch(/^web-2-\S+ does not start/)
  })

  it('is about the Pods that were listed: by their fields, in all namespaces, among all kinds', () => {
    const kernel = cluster()
    type(kernel, 'kubectl create namespace o')
    type(kernel, 'kubectl run good --image=web:1')
    type(kernel, 'kubectl run y -n o --image=nginx:nope')
    wait(kernel, 30_000)
    expect(help(kernel, 'kubectl get pods')).toBeUndefined()
    expect(help(kernel, 'kubectl get pods -A')).toBe('y does not start. kubectl describe pod y -n o tells why.')
    expect(help(kernel, 'kubectl get pods -n o')).toBe('y does not start. kubectl describe pod y -n o tells why.')
    expect(help(kernel, 'kubectl get all')).toBeUndefined()
    type(kernel, 'kubectl run x --image=nginx:nope')
    wait(kernel, 30_000)
    expect(help(kernel, 'kubectl get all')).toBe('x does not start. kubectl describe pod x tells why.')
    expect(help(kernel, 'kubectl get pods --field-selector=status.phase=Running')).toBeUndefined()
  })

  it('of a container that had too little memory names the limit, not its words', () => {
    const kernel = cluster()
    kernel.api.create('Pod', { metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'leak', resources: { limits: { memory: '64Mi' } } }] } }, 'test')
    for (let i = 0; i < 600 && !kernel.api.get('Pod', 'default', 'a')!.status.containerStatuses?.[0]?.restartCount; i++)
      wait(kernel, 1000)
    expect(help(kernel, 'kubectl get pods')).toBe('a does not go on running. kubectl describe pod a tells why.')
    expect(help(kernel, 'kubectl describe pod a')).toBe('The container c was killed: it used more memory than its limit. It stands under Last State.')
  })

  it('of a Pod that runs and is not ready leads on to its probe, and tells what the probe hears, but not while it starts', () => {
    const probed = (name: string, image: string, httpGet: object) => ({ metadata: { name }, spec: { containers: [{ name: 'web', image, readinessProbe: { httpGet, periodSeconds: 2 } }] } })
    for (const [image, httpGet, why] of [
      ['web:2', { path: '/', port: 8080 }, 'nothing listens on the port that it asks. Which port does the container name?'],
      ['web:3', { path: '/', port: 80 }, 'the program answers with 500, an error of its own. Did the version before do better?'],
    ] as const) {
      const kernel = cluster()
      kernel.api.create('Pod', probed('a', image, httpGet), 'test')
      wait(kernel, 9000)
      expect(help(kernel, 'kubectl get pods')).toBeUndefined()
      wait(kernel, 20_000)
      expect(help(kernel, 'kubectl get pods')).toBe('a runs and is not ready. kubectl describe pod a tells why.')
      expect(help(kernel, 'kubectl describe pod a')).toBe(`The readiness probe of the container web fails: ${why}`)
    }
    const kernel = cluster()
    kernel.api.create('Pod', probed('a', 'web:2', { path: '/', port: 80 }), 'test')
    for (let i = 0; i < 20; i++) {
      expect(help(kernel, 'kubectl get pods')).toBeUndefined()
      wait(kernel, 2000)
    }
  })

  it('of a word from elsewhere names the verb that does its work', () => {
    const kernel = cluster()
    expect(type(kernel, 'kubectl list').err).toContain('Did you mean this?\n\tget\n\twait\n')
    expect(help(kernel, 'kubectl update x')).toBe('Did you mean kubectl apply, or kubectl set image?')
    expect(help(kernel, 'kubectl stop pod x')).toBe('Did you mean kubectl delete, or kubectl scale --replicas=0?')
    expect(help(kernel, 'kubectl gte pods')).toBe('Did you mean kubectl get?')
    expect(help(kernel, 'kubectl get pods | awk x')).toMatch(/^There is no awk here/)
    expect(help(kernel, 'history')).toMatch(/^The arrow keys/)
    expect(help(kernel, 'helm ls')).toMatch(/^Helm is a program of its own/)
    expect(help(kernel, 'kubectl get secrets')).toBe('A real cluster can have secrets; this one has not, and nothing that would use them.')
    expect(help(kernel, 'kubectl get sa')).toBe('A real cluster has sa; this one has not.')
    expect(help(kernel, 'kubectl get pdb x')).toBe('A real cluster can have poddisruptionbudgets; this one has not, and nothing that would use them.')
    expect(help(kernel, 'alias k=kubectl')).toMatch(/^This terminal has no variables/)
    // of what is refused as a whole the shell says enough
    for (const line of ['for i in 1 2; do echo; done', 'kubectl delete pod $(kubectl get pods -o name)', 'echo $NODE'])
      expect(help(kernel, line)).toBeUndefined()
    expect(help(kernel, `kubectl get nodes -o jsonpath='{$.items[0].metadata.name}'`)).toBeUndefined()
  })
})

describe('a command in a hint', () => {
  it('stands in backticks, so that it is set as code', () => {
    const kernel = cluster({ 'web.yaml': deployment() })
    type(kernel, 'kubectl apply -f web.yaml')
    const raw = (line: string) => {
      const { out, err, exit } = type(kernel, line)
      return hint(line, { stdout: out, stderr: err, exit }, terminalOf(kernel.state).session, kernel.api) ?? ''
    }
    for (const line of ['kubectl update x', 'kubectl delete web', 'kubectl delete node-2', 'kubectl get web', 'kubectl edit web.yaml', 'kubectl pods', 'kubectl apply web.yaml', 'kubectl get pod POD', 'kubectl get pod web', 'kubectl describe pod zzz', 'kubectl create deployment web --image=web:1', 'kubectl create service web', 'kubectl label node-1 a=b', 'kubectl scale deployment', 'kubectl run web.yaml --image=web:1', 'curl web', 'kubctl', 'kubectl set image deployment web web=web:2', 'kubectl scale deployment web 3']) {
      const told = raw(line)
      expect(told.split('`').length % 2, `${line}: ${told}`).toBe(1)
      expect(told.split('`').filter((_, i) => i % 2 === 0).join(''), `${line}: ${told}`).not.toMatch(/\bkubectl (?!\w+ has)\w|(?:^| )--?\w/)
    }
  })

  it('of what ends well again and again tells that nothing keeps it', () => {
    const kernel = cluster()
    type(kernel, 'kubectl run b --image=busybox')
    wait(kernel, 30_000)
    // its log is empty: the way leads to describe
    expect(help(kernel, 'kubectl get pods')).toMatch(/kubectl describe pod b/)
    expect(help(kernel, 'kubectl describe pod b')).toMatch(/^The container b ends by itself, with exit code 0/)
  })

  it('of an equals sign that stands alone, and of a number without its dashes, tells how they are written', () => {
    expect(help(applied(), 'kubectl label pod -l app=web found = here')).toBe('No blanks around the equals sign: found=here')
    expect(help(cluster(), 'kubectl label node node-1 lookout = here')).toBe('No blanks around the equals sign: lookout=here')
    expect(help(applied(), 'kubectl scale deployment web replicas=5')).toBe('How many is told by --replicas=5.')
    expect(help(applied(), 'kubectl scale deployment web 5')).toBe('How many is told by --replicas=5.')
  })

  it('of a verb that knows its kind, to which the kind is given, tells the line as it should be', () => {
    for (const verb of ['drain', 'cordon', 'uncordon']) {
      for (const kind of ['node', 'nodes', 'no'])
        expect(help(cluster(), `kubectl ${verb} ${kind} node-2`), `${verb} ${kind}`).toBe(`${verb} is for nodes alone, and wants no kind: kubectl ${verb} node-2.`)
    }
    expect(help(cluster(), 'kubectl drain node-22')).toBe('Did you mean node-2?')
  })

  it('of a namespace that is not there tells that, and which was meant', () => {
    expect(help(cluster(), 'kubectl get pods -n kube-sytem')).toBe('There is no namespace kube-sytem here: kube-system was meant?')
    expect(help(cluster(), 'kubectl get all -n somewhere-else')).toBe('There is no namespace somewhere-else here: kubectl get namespaces tells which there are.')
  })
})

describe('a hint of a slip', () => {
  it('tells what a new Service with two ports wants, what a file does not say, and how to come to what the file says', () => {
    const kernel = cluster({ 'two.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: fresh\nspec:\n  ports:\n  - port: 80\n  - port: 443\n', 'bare.yaml': 'kind: Deployment\nmetadata:\n  name: x\n', 'web.yaml': deployment() })
    expect(help(kernel, 'kubectl apply -f two.yaml')).toBe('Ports of a Service that has more than one need a name each: name: http beside port: 80.')
    expect(help(kernel, 'kubectl apply -f bare.yaml')).toBe('Say which part of the API it belongs to, at the left edge: apiVersion: apps/v1')
    type(kernel, 'kubectl create -f web.yaml')
    expect(help(kernel, 'kubectl create -f web.yaml')).toBe('There is one already: kubectl apply -f web.yaml changes it to what the file says.')
    expect(help(kernel, 'kubectl create deployment web --image=web:1')).toBe('There is one already: kubectl edit deployment web changes it.')
    expect(help(kernel, 'crictl ps')).toMatch(/^crictl is typed on a machine/)
    expect(help(kernel, 'NODE=node-1')).toMatch(/^This terminal has no variables/)
  })

  it('tells what a request from within a Pod came to', () => {
    const kernel = cluster()
    type(kernel, 'kubectl run me --image=nginx; kubectl create service clusterip nobody --tcp=80:80')
    wait(kernel, 30_000)
    expect(help(kernel, 'kubectl exec me -- curl -s http://nobody')).toMatch(/^curl was refused/)
    expect(help(kernel, 'kubectl exec me -- curl -s http://nowhere')).toMatch(/^curl knows nobody of this name/)
    expect(help(kernel, 'kubectl exec me -- ls /nope')).toBeUndefined()
  })

  it('leads on to nothing worse: how a Service is made, and what is taken away', () => {
    const kernel = cluster({ 'web.yaml': deployment(), 'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: web\n  ports:\n  - port: 80\n' })
    type(kernel, 'kubectl apply -f web.yaml')
    expect(help(kernel, 'kubectl create service web')).toBe('The type comes before the name: kubectl create service clusterip web --tcp=80')
    expect(help(kernel, 'kubectl create service web --tcp=80')).toMatch(/^The type comes before the name/)
    expect(help(kernel, 'kubectl create service clusterip web')).toBe('Say on which port it listens: --tcp=80')
    type(kernel, 'kubectl expose deployment web --port=8080')
    expect(help(kernel, 'kubectl apply -f service.yaml')).toMatch(/Take it away first: kubectl delete service web$/)
    expect(help(kernel, 'kubectl delete web')).toBe('web is a Deployment. A Pod of it has a longer name, and pod stands before it: kubectl get pods lists them.')
    expect(help(kernel, 'kubectl delete node-2')).toMatch(/^node-2 is a node. kubectl drain node-2 empties it/)
    expect(help(kernel, 'kubectl delete pods')).toBe('Say which, by its name: kubectl get pods lists them.')
    expect(help(kernel, 'kubectl label pod web a=b')).toMatch(/has a longer name/)
    type(kernel, 'kubectl delete service web')
    expect(type(kernel, 'kubectl apply -f service.yaml').out).toBe('service/web created\n')
  })

  it('names what was probably meant', () => {
    const kernel = applied()
    expect(help(kernel, 'kubectl get podz')).toContain('pods')
    expect(help(kernel, 'kubectl gett pods')).toBe('Did you mean kubectl get?')
    expect(help(kernel, 'kubectl scale deploy web --replica=2')).toBe('Did you mean --replicas?')
    expect(help(kernel, 'kubectl get deploy wbe')).toBe('Did you mean web?')
    expect(help(kernel, 'kubectl apply -f wbe.yaml')).toBe('Did you mean web.yaml?')
    expect(help(kernel, 'kubectl get secret x')).toContain('this one has not')
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
    expect(hint(`kubectl describe pod ${pod}`, { stdout: '', stderr: '', exit: 0 }, terminalOf(kernel.state).session, kernel.api, false)).toBeUndefined()
    expect(help(kernel, 'kubectl describe pod POD')).toBe('POD stands for a name: kubectl get pods lists them.')
    expect(help(kernel, 'kubectl get pods -l app=wbe')).toContain('Did you mean app=web?')
    expect(help(kernel, 'kubectl get pods -n kube-system')).toContain('-n default')
    expect(help(kernel, 'kubectl get pods -n kube-system')).toContain('not modelled here')
  })

  it('knows what tries to change something from what only looks', () => {
    for (const line of ['kubectl set image deployment web web=web:1', 'k apply -f web.yaml', 'kubectl rollout undo deployment web', 'kubectl delete pod web-1', 'kubectl -n default delete pod web-1', 'kubectl apply -f web.yaml && kubectl get pods', 'kubectl get pods -o name | xargs echo; kubectl scale deployment web --replicas=2; ls', 'kubectl apply -f web.yaml --dry-run=none'])
      expect(isTry(line)).toBe(true)
    for (const line of ['kubectl get pods', 'kubectl describe pod web', 'kubectl rollout status deployment web', 'kubectl -n default rollout history deployment web', 'kubectl apply -f web.yaml --dry-run=client', 'kubectl delete pod web-1 --dry-run=server; kubectl get pods', 'kubectl scale --help', 'kubectl get pods -l delete', 'cat web.yaml', 'kubectl \'', ''])
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
    const kernel = applied()
    wait(kernel, 5000)
    const [name = ''] = kernel.api.list('Pod', { namespace: 'default' }).map(({ metadata }) => metadata.name)
    const tail = name.slice(-5)
    expect(help(kernel, `kubectl delete pod ${tail}`)).toBe(`The whole name is ${name}.`)
    const [{ name: container }] = kernel.api.get('Deployment', 'default', 'web')!.spec.template.spec.containers as [{ name: string }]
    for (const images of ['web:2', 'another=web:2'])
      expect(help(kernel, `kubectl set image deployment web ${images}`)).toContain(`the container here is called ${container}`)
    expect(help(kernel, `kubectl label pod ${name} role:successor`)).toContain('role=successor')
    expect(help(kernel, 'kubectl scale deployment web 6')).toContain('--replicas=6')
    expect(help(kernel, 'kubectl -n default scale deployment web 6')).toContain('--replicas=6')
    expect(help(kernel, 'kubectl -n default delete pod web')).toMatch(/has a longer name/)
    expect(help(kernel, 'kubectl -n default set image deployment web web:2')).toContain(`the container here is called ${container}`)
    expect(help(kernel, 'kubectl scale pods web --replicas=6')).toBe('web is a Deployment: write deployment before it.')
    expect(help(kernel, 'kubectl describe pod qqqqqqqq')).toBe('kubectl get pods lists what there is.')
    expect(help(kernel, 'kubectl create deployment web --image=web:1')).toBe('There is one already: kubectl edit deployment web changes it.')
    expect(help(kernel, 'kubectl label role=first node-1')).toBe('What gets the label stands before it: kubectl label node node-1 role=first')
    expect(help(kernel, 'kubectl annotate note=first deployment web')).toBe('What gets the annotation stands before it: kubectl annotate deployment web note=first')
    expect(help(kernel, 'kubectl run web.yaml')).toContain('kubectl apply -f web.yaml')
    expect(help(kernel, 'curl web')).toContain('kubectl exec POD -- curl')
  })

  it('leads a Deployment’s name to what the verb does to a Pod', () => {
    const kernel = applied()
    expect(help(kernel, 'kubectl delete pod web')).toBe('A Pod of the Deployment web has a longer name: kubectl get pods lists them.')
    expect(help(kernel, 'kubectl describe pod web')).toBe('web is a Deployment: write deployment before it.')
    for (const verb of ['logs web', 'exec web -- date'])
      expect(help(kernel, `kubectl ${verb}`)).toBe('web is a Deployment: write deployment/web.')
    expect(help(kernel, 'kubectl edit web.yaml')).toBe('A file is edited without kubectl: edit web.yaml')
    expect(help(kernel, 'edit deployment web')).toBe('Objects of the cluster are opened by kubectl: kubectl edit deployment web')
    expect(help(kernel, 'kubectl get pods; vi svc web -o yaml')).toBe('Objects of the cluster are opened by kubectl: kubectl edit svc web')
    expect(help(kernel, 'kubectl rollout undo')).toBe('What is meant stands behind it: kubectl rollout undo deployment web')
    expect(help(kernel, 'kubectl set image deployment web=web:2')).toBe('Its name is missing before web=web:2: kubectl set image deployment web web=web:2')
  })

  it('leads from what a beginner types to what is meant', () => {
    const kernel = applied()
    expect(help(kernel, 'kubectl get pods --wide')).toBe('Wide is a form of output: -o wide')
    for (const verb of ['start', 'load', 'deploy'])
      expect(help(kernel, `kubectl ${verb} web.yaml`), verb).toBe('What a file asks for is handed in: kubectl apply -f web.yaml')
    expect(help(kernel, 'kubectl apply web')).toBe('A file is named behind -f: kubectl apply -f web.yaml')
    expect(help(kernel, 'kubectl apply -f')).toBe('Behind -f stands the file: kubectl apply -f web.yaml')
    expect(help(kernel, 'kubectl create deployment web.yaml')).toBe('What a file describes is handed over with kubectl apply -f web.yaml.')
    expect(help(kernel, 'kubectl scale deployment web -replicas=5')).toBe('A flag that is a word has two dashes: --replicas=5')
    expect(help(kernel, 'kubectl rollout undo deployment web')).toMatch(/^There is no version before this one/)
  })
})

describe('a hint after a change that is undone', () => {
  it('of a Pod whose labels no longer fit tells that another is made, and of one whose labels fit nothing', () => {
    const kernel = applied()
    wait(kernel, 10_000)
    const [pod] = kernel.api.list('Pod', { namespace: 'default' })
    expect(help(kernel, `kubectl label pod ${pod!.metadata.name} role=a`)).toBeUndefined()
    expect(help(kernel, `kubectl label pod ${pod!.metadata.name} app=other --overwrite`)).toBe(`${pod!.metadata.name} has another label than the ReplicaSet selects: it lets it go, and makes another.`)
  })

  it('of a ReplicaSet’s number names who decides on it', () => {
    const kernel = applied()
    wait(kernel, 10_000)
    const { name } = kernel.api.list('ReplicaSet', { namespace: 'default' })[0]!.metadata
    expect(help(kernel, `kubectl scale rs ${name} --replicas=0`)).toBe('The Deployment web decides on this number, and sets it back: kubectl scale deployment web')
    expect(help(kernel, 'kubectl scale deployment web --replicas=3')).toBeUndefined()
  })

  it('of Pods that are made again with their fault says so, and of healthy ones nothing', () => {
    const kernel = cluster({ 'web.yaml': deployment().replace('nginx:1', 'nginx:nope') })
    type(kernel, 'kubectl apply -f web.yaml')
    wait(kernel, 20_000)
    expect(help(kernel, 'kubectl delete pods --all --wait=false')).toBe('Their ReplicaSet makes the same again, from the same template, with the same fault.')
    const healthy = applied()
    wait(healthy, 20_000)
    expect(help(healthy, 'kubectl delete pods --all --wait=false')).toBeUndefined()
  })
})

describe('a hint under a file that was saved', () => {
  it('tells that the cluster does not know it yet, until it is applied', () => {
    const kernel = applied()
    const saved = (text: string) => hintSaved('web.yaml', { ...terminalOf(kernel.state).session, files: { 'web.yaml': text } }, kernel.api)?.replaceAll('`', '')
    expect(saved(deployment())).toBeUndefined()
    expect(saved(`# a note\n${deployment()}`)).toBeUndefined()
    expect(saved(deployment().replace('replicas: 2', 'replicas: 3'))).toBe('web.yaml is saved; the cluster has not been told yet: kubectl apply -f web.yaml')
    expect(saved('no manifest')).toBeUndefined()
    expect(saved(deployment().replaceAll('web', 'other'))).toContain('kubectl apply -f web.yaml')
  })
})
