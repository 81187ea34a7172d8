// Everything that acts in a cluster, in the order in which it starts: always the same.
import { apiServerKeeper } from './api/keeper.ts'
import { horizontalPodAutoscaler } from './controllers/autoscaler/controller.ts'
import { deploymentController } from './controllers/deployment/controller.ts'
import { endpointSliceController } from './controllers/endpointslice/controller.ts'
import { garbageCollector } from './controllers/garbagecollector/controller.ts'
import { namespaceController } from './controllers/namespace/controller.ts'
import { nodeLifecycleController } from './controllers/nodelifecycle/controller.ts'
import { taintEvictionController } from './controllers/nodelifecycle/tainteviction.ts'
import { podGarbageCollector } from './controllers/podgc/controller.ts'
import { replicaSetController } from './controllers/replicaset/controller.ts'
import { proxy } from './network/proxy.ts'
import { kubelet } from './node/kubelet.ts'
import { podMetrics } from './node/metrics.ts'
import { scheduler } from './scheduler/scheduler.ts'
import type { Actor } from './timeline/kernel.ts'
import { user } from './timeline/user.ts'

export const actors = [
  user,
  kubelet,
  scheduler,
  deploymentController,
  replicaSetController,
  endpointSliceController,
  horizontalPodAutoscaler(podMetrics),
  nodeLifecycleController,
  taintEvictionController,
  garbageCollector,
  podGarbageCollector,
  namespaceController,
  proxy,
  apiServerKeeper,
] as unknown as readonly Actor[]
