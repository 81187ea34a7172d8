// Cases of nodes, autoscalers, Deployments and Services as rows.
import type { NodeAddress, NodeCondition, NodeSystemInfo } from 'kubernetes-types/core/v1'
import type { Kind, ObjectOf } from '../../../cluster/api/objects.ts'
import { row } from '../../../cluster/printers/rows.ts'
import { stamp } from '../../../cluster/timeline/clock.ts'
import { equal, only, table } from '../run.ts'

const NOW = 86_400_000
type Cells = (string | number)[]

const rowOf = (kind: Kind, object: object, wide: boolean) => row({ kind, ...object } as unknown as ObjectOf<Kind>, NOW, wide).cells

interface GivenNode { name: string, labels?: Record<string, string>, unschedulable?: boolean, conditions?: Partial<NodeCondition>[], nodeInfo?: Partial<NodeSystemInfo>, addresses?: NodeAddress[] }
const node = (wide: boolean) => table<{ node: GivenNode, cells: Cells }>('node cells', ({ node: given, cells }) => {
  const { name, labels, unschedulable, ...status } = only(given, 'name labels unschedulable conditions nodeInfo addresses')
  equal(rowOf('Node', { metadata: { name, labels }, spec: { unschedulable }, status }, wide), cells)
})

interface GivenDeployment { name: string, replicas: number, containers: [string, string][], selector: Record<string, string>, status: object }
interface GivenService { name: string, type: string, ports: object[], clusterIPs?: string[], selector?: Record<string, string>, externalIPs?: string[], externalName?: string, loadBalancerIngress?: object[] }

export const tables = {
  nodeStatus: node(false),
  nodeRole: node(false),
  nodeWide: node(true),
  hpa: table<{ spec: object, status: object, cells: Cells }>('comment spec status cells', ({ spec, status, cells }) => equal(rowOf('HorizontalPodAutoscaler', { metadata: { name: 'some-hpa' }, spec, status }, false), cells)),
  deployment: table<{ deployment: GivenDeployment, wide: boolean, cells: Cells }>('deployment wide cells', ({ deployment, wide, cells }) => {
    const { name, replicas, containers, selector, status } = only(deployment, 'name replicas containers selector status')
    const template = { spec: { containers: containers.map(([container, image]) => ({ name: container, image })) } }
    // made 1.9 s from now; stamps have whole seconds
    equal(rowOf('Deployment', { metadata: { name, creationTimestamp: stamp(NOW + 1900) }, spec: { replicas, template, selector: { matchLabels: selector } }, status }, wide), cells)
  }),
  service: table<{ service: GivenService, wide: boolean, cells: Cells }>('service wide cells', ({ service, wide, cells }) => {
    const { name, loadBalancerIngress, ...spec } = only(service, 'name type ports clusterIPs selector externalIPs externalName loadBalancerIngress')
    equal(rowOf('Service', { metadata: { name }, spec, status: { loadBalancer: { ingress: loadBalancerIngress } } }, wide), cells)
  }),
}
