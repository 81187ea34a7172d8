// All controllers of the control plane but the scheduler.
import type { Actor } from '../timeline/kernel.ts'
import { horizontalPodAutoscaler } from './autoscaler/controller.ts'
import type { MetricsSource } from './autoscaler/metrics.ts'
import { deploymentController } from './deployment/controller.ts'
import { endpointSliceController } from './endpointslice/controller.ts'
import { garbageCollector } from './garbagecollector/controller.ts'
import { namespaceController } from './namespace/controller.ts'
import { nodeLifecycleController } from './nodelifecycle/controller.ts'
import { taintEvictionController } from './nodelifecycle/tainteviction.ts'
import { podGarbageCollector } from './podgc/controller.ts'
import { replicaSetController } from './replicaset/controller.ts'

/** What kube-controller-manager runs. @param measure where the autoscaler's measurements come from */
export function controllers(measure: MetricsSource): Actor[] {
  return [
    deploymentController,
    replicaSetController,
    endpointSliceController,
    horizontalPodAutoscaler(measure),
    nodeLifecycleController,
    taintEvictionController,
    garbageCollector,
    podGarbageCollector,
    namespaceController,
  ] as Actor[]
}
