// Exercise: the first look. Find the node that a Pod runs on.
import type { Exercise } from './exercise.ts'
import { applied, deployment } from './manifests.ts'
import { done, missing } from './exercise.ts'

const lookout = `apiVersion: v1
kind: Pod
metadata:
  name: lookout
spec:
  containers:
  - name: lookout
    image: web:1
`

export const firstLook: Exercise = {
  id: 'first-look',
  title: 'Find the lookout',
  rescue: false,
  goal: 'Ask kubectl which node the Pod lookout runs on, and give that node the label found=here.',
  start: 'Three nodes and four Pods: lookout, and three of web.',
  ends: { before: 'lookout is on node-1, which lacks the label.', after: 'node-1 has the label found=here.', named: true },
  words: ['pod', 'node', 'label', 'kubectl'],
  facts: 'F20',
  script: [...applied(deployment()), ...applied(lookout, 2000)],
  begin: 30_000,
  files: {},
  hints: [
    'Ask the cluster for its Pods: `kubectl get pods`.',
    'That table is the short one. With `-o wide` it has more columns, and one of them is the node.',
    '`kubectl label node NODE found=here` puts the label on; write the name of the node for NODE.',
  ],
  check({ api }) {
    const pod = api.get('Pod', 'default', 'lookout')
    if (!pod?.spec.nodeName)
      return missing('The Pod lookout is gone, and nothing here brings it back. Start over with ↺.')
    const marked = api.list('Node').filter(({ metadata }) => metadata.labels?.found === 'here').map(({ metadata }) => metadata.name)
    const other = api.list('Pod', { namespace: 'default' }).find(({ metadata }) => metadata.labels?.found === 'here')?.metadata.name
    if (!marked.length && other)
      return missing(`The label is on the Pod ${other}, and asked for is a node.`)
    if (!marked.length)
      return missing('No node has the label found=here yet.')
    if (!marked.includes(pod.spec.nodeName))
      return missing(`The label is on ${marked.join(' and ')}, but lookout does not run there.`)
    return marked.length > 1 ? missing('More than one node has found=here: `kubectl label node NODE found-` takes it off one.') : done
  },
  answer: [
    { line: 'kubectl get pods -o wide', says: 'The column NODE says where each Pod runs.', wait: 1000 },
    { line: 'kubectl label node NODE found=here', says: 'Any object can carry labels, a node too.', names: ({ api }) => ({ NODE: api.get('Pod', 'default', 'lookout')?.spec.nodeName }), wait: 1000 },
  ],
  look: {
    question: 'Who chose that node?',
    answer: 'The scheduler. `kubectl describe pod lookout` tells it in the first of its events: Scheduled.',
  },
}
