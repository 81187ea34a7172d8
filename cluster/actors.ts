// Everything that acts in a cluster, in groups with a door each, so that a page loads what its scenarios use.
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

type Actors = readonly Actor[]

/** What Deployments, ReplicaSets and Pods run by, on machines that work. */
export const workloads = [user, kubelet, scheduler, deploymentController, replicaSetController, garbageCollector] as unknown as Actors

/** What makes Services find their Pods, and requests reach them. */
export const services = [endpointSliceController, proxy] as unknown as Actors

/** What notices that machines come, fail and go, and what becomes of their Pods then. */
export const machineCare = [nodeLifecycleController, taintEvictionController, podGarbageCollector] as unknown as Actors

const autoscaler = /* @__PURE__ */ horizontalPodAutoscaler(podMetrics)

/** What scales by itself; it needs a metrics server (`world.metrics`). */
export const autoscaling = [autoscaler] as unknown as Actors

/** What keeps the store tidy: namespaces that go, events that grow old. */
export const housekeeping = [namespaceController, apiServerKeeper] as unknown as Actors

/** All of it, in the order in which it starts: always the same. */
export const actors = [
  user,
  kubelet,
  scheduler,
  deploymentController,
  replicaSetController,
  endpointSliceController,
  autoscaler,
  nodeLifecycleController,
  taintEvictionController,
  garbageCollector,
  podGarbageCollector,
  namespaceController,
  proxy,
  apiServerKeeper,
] as unknown as Actors
