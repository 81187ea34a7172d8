// Cases of `kubectl rollout status` and `kubectl rollout history`.
import type { Deployment, ReplicaSet } from '../../../cluster/api/objects.ts'
import { rolloutHistory, rolloutStatus } from '../../../cluster/printers/rollout.ts'
import { equal, only, table } from '../run.ts'

interface Revision { revision: number, cause: string | null }

const set = ({ revision, cause }: Revision, template: object = { spec: { containers: [] } }) => ({
  metadata: { annotations: { 'deployment.kubernetes.io/revision': String(revision), ...(cause !== null && { 'kubernetes.io/change-cause': cause }) } },
  spec: { template },
}) as unknown as ReplicaSet

export const tables = {
  deployment: table<{ generation: number, specReplicas: number, status: object, msg: string, done: boolean }>('name generation specReplicas status msg done', ({ generation, specReplicas, status, msg, done }) => {
    const deployment = { metadata: { name: 'foo', namespace: 'bar', generation }, spec: { replicas: specReplicas }, status } as unknown as Deployment
    equal(rolloutStatus(deployment), { message: msg, done })
  }),
  historyList: table<{ revisions: Revision[], out: string }>('revisions out', ({ revisions, out }) => {
    revisions.forEach(each => only(each, 'revision cause'))
    equal(rolloutHistory(revisions.map(each => set(each)).reverse()), out)
  }),
  historyRevision: table<{ revision: number, labels: Record<string, string>, cause: string, container: string, image: string, out: string }>('revision labels cause container image out', ({ revision, labels, cause, container, image, out }) => {
    const of = (name: string) => ({ metadata: { labels }, spec: { containers: [{ name: container, image: name }] } })
    equal(rolloutHistory([set({ revision: revision - 1, cause: null }, of('other:1')), set({ revision, cause }, of(image)), set({ revision: revision + 1, cause: null }, of('other:2'))], revision), out)
  }),
}
