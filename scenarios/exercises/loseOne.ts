// Exercise: lose a Pod, and see it replaced.
import { parseStamp } from '../../cluster/index.ts'
import type { Exercise } from './exercise.ts'
import { firstOf, missing } from './exercise.ts'
import { applied, deployment } from './manifests.ts'
import type { Pod } from './state.ts'
import { podsOf, settled } from './state.ts'

const BEGIN = 60_000

export const loseOne: Exercise = {
  id: 'lose-one',
  title: 'Lose one',
  rescue: false,
  goal: 'Delete one Pod of the Deployment web, and put the label role=successor on the Pod that takes its place.',
  start: 'Three Pods of the Deployment web have been running for a minute.',
  ends: { before: 'Three Pods of web.', after: 'The new one has another name.', named: true },
  words: ['pod', 'replicaset', 'controller', 'label'],
  facts: 'F4 F22',
  script: applied(deployment()),
  begin: BEGIN,
  files: {},
  hints: [
    'List the Pods before and after, and compare names and ages.',
    '`kubectl delete pod POD`, with a name for POD, takes one away. The youngest in the next list is its successor.',
    '`kubectl label pod POD role=successor`, with the name of the youngest.',
  ],
  check({ api }) {
    const web = api.get('Deployment', 'default', 'web')
    const pods = podsOf(api, 'web')
    // made since the beginning, by a ReplicaSet that was there before: not another version
    const before = ({ metadata }: { metadata: { creationTimestamp: string } }) => parseStamp(metadata.creationTimestamp) < BEGIN
    const sets = new Set(api.list('ReplicaSet', { namespace: 'default' }).filter(before).map(({ metadata }) => metadata.uid))
    const isNew = (pod: Pod) => !before(pod) && !!pod.metadata.ownerReferences?.some(({ uid }) => sets.has(uid))
    const marked = pods.filter(({ metadata }) => metadata.labels?.role === 'successor')
    const strays = api.list('Pod', { namespace: 'default', labels: 'role=successor' }).filter(({ metadata }) => metadata.labels?.app !== 'web')
    return firstOf(
      !web && missing('The Deployment itself is gone: no loop is left to replace a Pod. Start over with ↺.'),
      // a Deployment made anew has no Pod that took the place of one of the first three
      web && !before(web) && missing('This Deployment web is another than the one of the beginning, and so are all its Pods. Start over with ↺.'),
      settled(api, 'web', 3),
      !pods.some(isNew) && missing(pods.some(pod => !before(pod)) ? 'These Pods are of another ReplicaSet: none took the place of one of the first three. Start over with ↺.' : 'No Pod has come in the place of another yet.'),
      !marked.length && missing(strays.length ? `Pod ${strays[0]!.metadata.name} has the label, and left web: its label app is another, and one came in its place.` : 'No Pod of web has the label role=successor yet.'),
      ...marked.filter(pod => !isNew(pod)).slice(0, 1).map(({ metadata: { name } }) => missing(`Pod ${name} is not the new one: \`kubectl label pod ${name} role-\` takes the label off.`)),
    )
  },
  answer: [
    { line: 'kubectl get pods', says: 'Three names, all of one age.', wait: 1000 },
    { line: 'kubectl delete pod POD', says: 'Any of the three.', names: ({ api }) => ({ POD: podsOf(api, 'web')[1]?.metadata.name }), wait: 10_000 },
    { line: 'kubectl get pods', says: 'Three again: one is seconds old, with a new name.', wait: 1000 },
    { line: 'kubectl label pod POD role=successor', says: 'POD: the youngest. No selector asks for this label.', names: ({ api }) => ({ POD: podsOf(api, 'web').find(({ metadata }) => parseStamp(metadata.creationTimestamp) >= BEGIN)?.metadata.name }), wait: 1000 },
  ],
  look: {
    question: 'Was the Pod repaired, moved or replaced?',
    answer: 'Replaced: another name, another address, perhaps another node. The ReplicaSet’s loop counted two, wanted three, and made one.',
  },
}
