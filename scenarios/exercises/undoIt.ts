// Exercise: a broken version is on its way; bring the one before back.
import type { Glance } from '../../cluster/index.ts'
import type { Exercise, Verdict } from './exercise.ts'
import { firstOf, missing } from './exercise.ts'
import { applied, deployment, service } from './manifests.ts'
import { probe } from './newVersion.ts'
import { anew, containerOf, lost, podsOf, runs, settled } from './state.ts'

const web = deployment({ replicas: 4, container: probe })

const revisionOf = ({ metadata: { annotations } }: { metadata: { annotations?: Readonly<Record<string, string>> } }) => Number(annotations?.['deployment.kubernetes.io/revision'] ?? 0)

/** Who undoes twice has the broken version again; who has made it anew, as a restart does, has it before the last one, too. A version that was gone back to has a new number. */
function back(api: Glance['api']): Verdict | undefined {
  const web = api.get('Deployment', 'default', 'web')
  if (!web || revisionOf(web) <= 2 || containerOf(api, 'web')?.image !== 'web:3')
    return undefined
  const sets = api.list('ReplicaSet', { namespace: 'default', owner: web.metadata.uid })
  const good = sets.find(({ spec }) => spec.template.spec.containers[0]?.image === 'web:1')
  if (!good)
    return missing('web:3 is broken, and nothing is left to go back to: set the image web:1.')
  const isBefore = sets.every(each => revisionOf(each) >= revisionOf(web) || revisionOf(each) <= revisionOf(good))
  return missing(isBefore ? 'This is web:3 again, the broken one. The version before it is web:1: undo once more.' : `The version before is broken, too: \`rollout history\` lists all, and \`--to-revision=${revisionOf(good)}\` is web:1.`)
}

/** when it begins, virtual ms */
const BEGIN = 90_000

export const undoIt: Exercise = {
  id: 'undo-it',
  title: 'Undo a broken version',
  rescue: true,
  goal: 'The new version does not work: bring all four Pods of web back to the version before.',
  start: 'Four Pods of web:1 served requests. A minute ago somebody rolled out web:3, and the rollout does not end.',
  ends: { before: 'Version 3 is not ready (○), and stays so.', after: 'All four Pods are of version 1 again.' },
  words: ['rolling-update', 'readiness', 'replicaset'],
  facts: 'F4 F13 F15',
  room: { aboard: 3 },
  script: [...applied(web), ...applied(service()), { at: 15_000, op: 'traffic', name: 'users', service: 'web', rps: 8 }, { at: 30_000, op: 'image', name: 'web', image: 'web:3' }],
  begin: BEGIN,
  files: {},
  hints: [
    'Look before you act: `kubectl get pods`. Who serves, who does not, and since when?',
    '`kubectl describe pod POD`, of one that is 0/1, tells why. `kubectl rollout history deployment web` lists the versions to go back to: its revisions.',
    '`kubectl rollout undo deployment web`',
  ],
  check: ({ api }) => firstOf(lost(api, 'Deployment', 'web'), anew(api, 'web', BEGIN), back(api), runs(api, 'web', 'web:1'), settled(api, 'web', 4)),
  answer: [
    { line: 'kubectl get pods', says: 'The new Pods run, and none of them is ready: 0/1.', wait: 1000 },
    { line: 'kubectl describe pod POD', says: 'Its probe fails: web:3 answers with an error, 500.', names: ({ api }) => ({ POD: podsOf(api, 'web').find(({ spec }) => spec.containers[0]?.image === 'web:3')?.metadata.name }), wait: 1000 },
    { line: 'kubectl rollout history deployment web', says: 'Revision 2 is this version, 1 the one before.', wait: 1000 },
    { line: 'kubectl rollout undo deployment web', says: 'The former template is the wish again.', wait: 2000 },
    { line: 'kubectl rollout status deployment web', says: 'This waits until four Pods of it are ready.', wait: 20_000 },
  ],
  look: {
    question: 'Why did the users of the Service hardly notice?',
    answer: 'A Pod that is not ready gets no requests: the three old Pods got them all. Of four, an update takes one away, and the next only when a new one is ready.',
  },
}
