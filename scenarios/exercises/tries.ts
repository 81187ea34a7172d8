// What else learners may try: other ways that solve an exercise, and plausible ones that do not. For tests; the page does not load it.
import type { Glance } from '../../cluster/index.ts'
import type { Step } from './exercise.ts'
import { podsOf } from './state.ts'

/** A step of a try. `edit` is what somebody makes of the text that the editor opens with. */
export interface Typed extends Pick<Step, 'line' | 'files' | 'names' | 'exit'> {
  /** virtual ms; a minute where absent */
  readonly wait?: number
  readonly edit?: (text: string) => string
}

export interface Tries {
  readonly right: readonly (readonly Typed[])[]
  readonly wrong: readonly (readonly Typed[])[]
}

/** Lines after which nothing has to be waited for but the last. */
const lines = (...typed: (string | Typed)[]): Typed[] => typed.map((each, i) => ({ wait: i < typed.length - 1 ? 3000 : undefined, ...typeof each === 'string' ? { line: each } : each }))
const podAt = (place: number) => ({ api }: Glance) => ({ POD: podsOf(api, 'web')[place]?.metadata.name ?? '' })
const age = ({ metadata: { creationTimestamp, uid } }: ReturnType<typeof podsOf>[number]) => `${creationTimestamp} ${uid}`
const youngest = ({ api }: Glance) => ({ POD: podsOf(api, 'web').toSorted((a, b) => age(a) > age(b) ? -1 : 1)[0]?.metadata.name ?? '' })
const file = (name: string, change: (text: string) => string) => ({ name, change })
/** A line typed after a file has been changed in the editor. */
const changed = (line: string, { name, change }: ReturnType<typeof file>): Typed[] => [{ line: `edit ${name}`, edit: change, wait: 100 }, { line }]
const merged = (what: string, patch: object) => `kubectl patch ${what} --type=merge -p '${JSON.stringify(patch)}'`
const pathTo = (path: string, op: string, value?: unknown) => `kubectl patch deployment web --type=json -p '${JSON.stringify([{ op, path, ...(value !== undefined && { value }) }])}'`

/** By the id of the exercise. */
export const tries: Readonly<Record<string, Tries>> = {
  'first-look': {
    right: [
      [{ line: 'kubectl patch node NODE -p \'{"metadata":{"labels":{"found":"here"}}}\'', names: ({ api }) => ({ NODE: api.get('Pod', 'default', 'lookout')?.spec.nodeName ?? '' }) }],
    ],
    wrong: [
      lines('kubectl label pod lookout found=here'),
      lines('kubectl label nodes --all found=here'),
      [{ line: 'kubectl label node NODE found=here', names: ({ api }) => ({ NODE: api.list('Node').find(({ metadata }) => metadata.name !== api.get('Pod', 'default', 'lookout')?.spec.nodeName)?.metadata.name ?? '' }) }],
    ],
  },
  'run-it': {
    right: [lines('kubectl create -f web.yaml'), lines('cat web.yaml | kubectl apply -f -')],
    wrong: [lines('kubectl run web --image=web:1'), lines('kubectl create deployment web --image=web:1 --replicas=3'), lines('kubectl apply -f web.yaml --dry-run=server'), lines({ line: 'kubectl apply -f wbe.yaml', exit: 1 })],
  },
  'lose-one': {
    right: [
      lines({ line: 'kubectl delete pods --all', wait: 10_000 }, { line: 'kubectl label pod POD role=successor', names: podAt(0) }),
      lines({ line: 'kubectl delete pod POD', names: podAt(0), wait: 10_000 }, { line: 'kubectl patch pod POD -p \'{"metadata":{"labels":{"role":"successor"}}}\'', names: youngest }),
    ],
    wrong: [
      lines({ line: 'kubectl delete pod POD', names: podAt(0) }),
      lines({ line: 'kubectl label pod POD role=successor', names: podAt(0) }),
      lines({ line: 'kubectl delete pod POD', names: podAt(0), wait: 10_000 }, 'kubectl label pods -l app=web role=successor'),
      lines({ line: 'kubectl scale deployment web --replicas=4', wait: 10_000 }, { line: 'kubectl label pod POD role=successor', names: youngest }),
      lines('kubectl run web --image=web:1 -l app=other,role=successor'),
      lines({ line: 'kubectl rollout restart deployment web', wait: 30_000 }, 'kubectl label pods -l app=web role=successor'),
    ],
  },
  'want-more': {
    right: [
      changed('kubectl apply -f web.yaml', file('web.yaml', text => text.replace('replicas: 3', 'replicas: 5'))),
      lines(merged('deployment web', { spec: { replicas: 5 } })),
      [{ line: 'kubectl edit deployment web', edit: text => text.replace('replicas: 3', 'replicas: 5') }],
    ],
    wrong: [
      lines('kubectl scale replicaset -l app=web --replicas=5'),
      lines('kubectl run four --image=web:1 -l app=web', 'kubectl run five --image=web:1 -l app=web'),
      lines('kubectl scale deployment web --replicas=50'),
    ],
  },
  'one-name': {
    right: [lines('kubectl expose deployment web --port=80'), lines('kubectl expose deployment web --port=80 --type=NodePort'), lines('kubectl create service clusterip web --tcp=80:80')],
    wrong: [
      lines('kubectl expose deployment web --port=8080 --target-port=80'),
      lines('kubectl expose deployment web --port=80 --target-port=8080'),
      lines('kubectl expose deployment web --port=80 --name=shop'),
      changed('kubectl apply -f service.yaml', file('service.yaml', text => text.replace('app: web', 'app: shop'))),
    ],
  },
  'new-version': {
    right: [
      changed('kubectl apply -f web.yaml', file('web.yaml', text => text.replace('web:1', 'web:2'))),
      [{ line: 'kubectl edit deployment web', edit: text => text.replace('image: web:1', 'image: web:2') }],
    ],
    wrong: [
      lines('kubectl delete deployment web', 'kubectl create deployment web --image=web:2 --replicas=4'),
      lines({ line: 'kubectl set image deployment web nginx=web:2', exit: 1 }),
      lines({ line: 'kubectl set image pods -l app=web web=web:2' }),
      lines('kubectl set image deployment web web=web:nope'),
      lines('kubectl delete pods -l app=web'),
      lines('kubectl rollout restart deployment web'),
    ],
  },
  'empty-a-node': {
    right: [lines('kubectl cordon node-2', 'kubectl delete pods --field-selector spec.nodeName=node-2'), lines('kubectl taint nodes node-2 repair=now:NoExecute')],
    wrong: [
      lines('kubectl cordon node-2'),
      lines('kubectl delete node node-2'),
      lines({ line: 'kubectl drain node-2', wait: 15_000 }, 'kubectl uncordon node-2'),
      lines('kubectl drain node-1'),
      lines('kubectl delete pods --field-selector spec.nodeName=node-2'),
    ],
  },
  'undo-it': {
    right: [lines('kubectl set image deployment web web=web:1'), lines('kubectl rollout undo deployment web --to-revision=1'), lines('kubectl rollout restart deployment web', 'kubectl rollout undo deployment web', 'kubectl rollout undo deployment web --to-revision=1')],
    wrong: [lines('kubectl delete deployment web', 'kubectl create deployment web --image=web:1 --replicas=4'), lines('kubectl rollout restart deployment web', 'kubectl rollout undo deployment web'), lines('kubectl delete pods -l app=web'), lines('kubectl rollout restart deployment web'), lines('kubectl rollout pause deployment web'), lines('kubectl scale deployment web --replicas=3')],
  },
  'rescue-selector': {
    right: [
      lines(merged('service web', { spec: { selector: { app: 'web' } } })),
      [{ line: 'kubectl edit service web', edit: text => text.replace(/app: wbe$/m, 'app: web') }],
      lines('kubectl delete service web', 'kubectl expose deployment web --port=80'),
      lines('kubectl set selector service web app=web'),
    ],
    wrong: [
      lines('kubectl rollout restart deployment web'),
      lines('kubectl label pods -l app=web app=wbe --overwrite'),
      lines('kubectl delete pods --all'),
      lines(merged('service web', { spec: { selector: { name: 'web' } } })),
    ],
  },
  'rescue-image': {
    right: [
      changed('kubectl apply -f web.yaml', file('web.yaml', text => text.replace('web:nope', 'web:1'))),
      [{ line: 'kubectl edit deployment web', edit: text => text.replace('image: web:nope', 'image: web:1') }],
    ],
    wrong: [lines({ line: 'kubectl rollout undo deployment web', exit: 1 }), lines('kubectl delete pods -l app=web'), lines('kubectl set image deployment web web=web:3')],
  },
  'rescue-too-big': {
    right: [
      changed('kubectl apply -f web.yaml', file('web.yaml', text => text.replace('64Gi', '64Mi'))),
      [{ line: 'kubectl edit deployment web', edit: text => text.replace('memory: 64Gi', 'memory: 128Mi') }],
    ],
    wrong: [
      lines('kubectl scale deployment web --replicas=1'),
      lines('kubectl delete pods -l app=web'),
      lines('kubectl set resources deployment web --requests=memory=1Mi'),
      lines(pathTo('/spec/template/spec/containers/0/resources', 'remove')),
    ],
  },
  'rescue-probe': {
    right: [
      [{ line: 'kubectl edit deployment web', edit: text => text.replace('port: 8080', 'port: 80') }],
      lines(pathTo('/spec/template/spec/containers/0/readinessProbe/httpGet/port', 'replace', 80)),
    ],
    wrong: [
      lines(pathTo('/spec/template/spec/containers/0/readinessProbe', 'remove')),
      lines('kubectl rollout restart deployment web'),
      lines('kubectl set image deployment web web=web:1'),
      lines(pathTo('/spec/template/spec/containers/0/ports/0/containerPort', 'replace', 8080)),
    ],
  },
  'rescue-memory': {
    right: [
      changed('kubectl apply -f web.yaml', file('web.yaml', text => text.replace('64Mi', '256Mi'))),
      [{ line: 'kubectl edit deployment web', edit: text => text.replace('memory: 64Mi', 'memory: 96Mi') }],
    ],
    wrong: [
      lines('kubectl set resources deployment web --limits=memory=80Mi'),
      lines('kubectl set resources deployment web --limits=memory=4Gi'),
      lines('kubectl set resources deployment web --limits=memory=0 --requests=memory=0'),
      lines('kubectl delete pods -l app=web'),
      lines(pathTo('/spec/template/spec/containers/0/resources/limits', 'remove')),
    ],
  },
  'rescue-cordon': {
    right: [
      lines(merged('node node-2', { spec: { unschedulable: false } })),
      [{ line: 'kubectl edit node node-2', edit: text => text.replace(/^ {2}unschedulable: true\n/m, '') }],
    ],
    wrong: [
      lines('kubectl delete pods --field-selector status.phase=Pending'),
      lines('kubectl scale deployment web --replicas=4'),
      lines('kubectl set resources deployment web --requests=cpu=500m'),
      lines('kubectl uncordon node-1'),
    ],
  },
  'rescue-autoscaler': {
    right: [
      lines({ line: merged('hpa web', { spec: { maxReplicas: 8 } }), wait: 120_000 }),
      [{ line: 'kubectl edit hpa web', edit: text => text.replace('maxReplicas: 3', 'maxReplicas: 10'), wait: 120_000 }],
      lines('kubectl delete hpa web', { line: 'kubectl autoscale deployment web --min=2 --max=8 --cpu-percent=50', wait: 120_000 }),
    ],
    wrong: [
      lines('kubectl scale deployment web --replicas=8'),
      lines('kubectl delete hpa web', 'kubectl scale deployment web --replicas=8'),
      lines({ line: merged('hpa web', { spec: { maxReplicas: 4 } }), wait: 120_000 }),
      lines({ line: 'kubectl edit hpa web', edit: text => text.replace('averageUtilization: 50', 'averageUtilization: 200'), wait: 120_000 }),
    ],
  },
}
