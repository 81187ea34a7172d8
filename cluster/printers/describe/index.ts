// `kubectl describe`: all that is known of an object, in lines.
import type { AnyObject } from '../../api/objects.ts'
import { tabbed } from '../table.ts'
import type { Sight } from './common.ts'
import { describeAutoscaler, describeConfigMap, describeEndpoints, describeEndpointSlice, describeNamespace, describeNode, describePlain, describeService } from './others.ts'
import { describeDeployment, describePod, describeReplicaSet } from './workloads.ts'

export type { Sight } from './common.ts'
export { byTime, interval } from './common.ts'

function linesOf(object: AnyObject, sight: Sight): string[] {
  switch (object.kind) {
    case 'Pod': return describePod(object, sight)
    case 'ReplicaSet': return describeReplicaSet(object, sight)
    case 'Deployment': return describeDeployment(object, sight)
    case 'Service': return describeService(object, sight)
    case 'EndpointSlice': return describeEndpointSlice(object, sight)
    case 'Node': return describeNode(object, sight)
    case 'HorizontalPodAutoscaler': return describeAutoscaler(object, sight)
    case 'ConfigMap': return describeConfigMap(object, sight)
    case 'Namespace': return describeNamespace(object)
    default: return object.kind as string === 'Endpoints' ? describeEndpoints(object, sight) : describePlain(object, sight)
  }
}

/** An object with its events, if they are wanted. @param sight what may be looked at, and the time */
export function describe(object: AnyObject, sight: Sight): string {
  // columns begin anew where a vertical tab stands: upstream flushes there
  return linesOf(object, sight).join('\n').split('\n\v\n').map(part => tabbed(`${part}\n`)).join('')
}
