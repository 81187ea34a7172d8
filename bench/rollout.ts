// A rolling update of 10 Pods to its end: CPU and wall time from the new image to the last old Pod's end.
import { createCluster } from '../cluster/index.ts'
import type { Glance, Intervention } from '../cluster/index.ts'
import { base } from '../scenarios/base.ts'
import { stopwatch, tell } from './lib.ts'
import { deployment } from './manifests.ts'

const START = 10_000
const script = [{ at: 0, op: 'create', manifest: deployment('web', 10) }, { at: START, op: 'image', name: 'web', image: 'app:2' }] as unknown as Intervention[]
const timeline = createCluster({ ...base, duration: 120_000, script })

/** Whether all Pods are of the image, ready, and no others are left. */
function done({ api }: Glance, image: string): boolean {
  const { status } = api.get('Deployment', 'default', 'web')!
  const pods = api.list('Pod', { namespace: 'default' })
  return status.updatedReplicas === 10 && status.availableReplicas === 10 && status.replicas === 10 && pods.length === 10 && pods.every(pod => pod.spec.containers[0]!.image === image)
}

if (!timeline.look(START - 1, glance => done(glance, 'app:1')))
  throw new Error('the first version is not up')
const watch = stopwatch()
let t = START
while (!timeline.look(t, glance => done(glance, 'app:2')))
  t += 100
tell({ ...watch(), virtual: t - START })
