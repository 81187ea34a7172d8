// How many: the one face of what can be scaled. upstream: autoscaling/v1.Scale
import { fromLabelSelector, selectorText } from './labels.ts'
import type { NamespacedMeta, ObjectOf } from './objects.ts'

export type ScaledKind = 'Deployment' | 'ReplicaSet'

export interface Scale {
  apiVersion: 'autoscaling/v1'
  kind: 'Scale'
  metadata: NamespacedMeta
  spec: { replicas: number }
  status: { replicas: number, selector: string }
}

export function scaleOf({ metadata, spec, status }: ObjectOf<ScaledKind>): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas },
    status: { replicas: status.replicas ?? 0, selector: selectorText(fromLabelSelector(spec.selector) ?? []) },
  }
}
