// A machine as a Node: registered, reported, and alive as long as its Lease is renewed. upstream: pkg/kubelet/nodestatus, kubelet_node_status.go
import type { Node } from '../api/objects.ts'
import { microStamp, stamp } from '../timeline/clock.ts'
import type { Context } from '../timeline/kernel.ts'
import { addressOf } from './machine.ts'
import type { Machine } from './machine.ts'
import { digest } from './status.ts'
import { KUBERNETES } from '../version.ts'

type Ctx = Pick<Context, 'api' | 'now'>

/** ms. upstream: NodeLeaseDurationSeconds / 4, NodeStatusReportFrequency */
export const LEASE = 10_000
export const HEARTBEAT = 300_000
const BY = 'kubelet'
const NAMESPACE = 'kube-node-lease'

/** Machines do not renew all at once. */
export const firstLease = ({ index }: Machine) => Math.floor((index * 0.618_034) % 1 * LEASE)

const HEALTHY = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
] as const
const READY = ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'] as const
const STARTING = ['Ready', 'False', 'KubeletNotReady', 'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized'] as const

function nodeStatus(machine: Machine, now: number, old: Node['status'] = {}): Node['status'] {
  const { spec: { cpu = '4', memory = '8Gi', pods = '110', name }, boots, up } = machine
  const amounts = { cpu, 'ephemeral-storage': '100Gi', memory, pods }
  return {
    ...old,
    addresses: [{ type: 'InternalIP', address: addressOf(machine) }, { type: 'Hostname', address: name }],
    allocatable: amounts,
    capacity: amounts,
    conditions: [...HEALTHY, up ? READY : STARTING].map(([type, status, reason, message]) => {
      const before = old.conditions?.find(each => each.type === type)
      return { lastHeartbeatTime: stamp(now), lastTransitionTime: before?.status === status ? before.lastTransitionTime : stamp(now), message, reason, status, type }
    }),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      architecture: 'amd64', bootID: digest(`${name} ${boots}`).slice(0, 32), containerRuntimeVersion: 'containerd://2.2.1', kernelVersion: '6.12.48', kubeProxyVersion: '',
      kubeletVersion: KUBERNETES, machineID: digest(name).slice(0, 32), operatingSystem: 'linux', osImage: 'Debian GNU/Linux 13 (trixie)', systemUUID: digest(`${name} system`).slice(0, 32),
    },
  }
}

/** A machine joins: its Node and its Lease are made, or found as they were left. */
export function registerNode(ctx: Ctx, machine: Machine): void {
  const { name, zone, labels } = machine.spec
  const { api, now } = ctx
  if (!api.get('Node', '', name)) {
    const more = Object.fromEntries(['kubernetes.io', 'beta.kubernetes.io'].flatMap(prefix => [[`${prefix}/arch`, 'amd64'], [`${prefix}/os`, 'linux']]))
    api.create('Node', {
      metadata: { name, labels: { ...more, 'kubernetes.io/hostname': name, ...(zone && { 'topology.kubernetes.io/zone': zone }), ...labels } },
      // upstream: admission plugin TaintNodesByCondition; a machine that has been there before anything started has lost the taint already
      spec: machine.up ? {} : { taints: [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }] },
      status: nodeStatus(machine, now),
    }, BY)
  }
  else {
    reportNode(ctx, machine)
  }
  renewLease(ctx, machine)
}

/** What kubelets name a Node by when they tell events about it. */
const about = (name: string) => ({ kind: 'Node', metadata: { name, uid: name } })

/** Tells that the kubelet starts, on a machine that is new or was off. */
export function startNode({ api }: Ctx, { spec: { name }, boots }: Machine): void {
  const host = { host: name }
  api.event(about(name), 'Normal', 'Starting', 'Starting kubelet.', BY, host)
  if (api.get('Node', '', name))
    api.event(about(name), 'Warning', 'Rebooted', `Node ${name} has been rebooted, boot id: ${digest(`${name} ${boots}`).slice(0, 32)}`, BY, host)
}

/** Tells where somebody has closed the Node for new Pods, or opened it. A kubelet that starts takes it for open. upstream: recordNodeSchedulableEvent */
export function noticeSchedulable({ api }: Ctx, machine: Machine): void {
  const { name } = machine.spec
  const node = api.get('Node', '', name)
  const closed = !!node?.spec.unschedulable
  if (!node || closed === machine.closed)
    return
  machine.closed = closed
  const reason = closed ? 'NodeNotSchedulable' : 'NodeSchedulable'
  api.event(about(name), 'Normal', reason, `Node ${name} status is now: ${reason}`, BY, { host: name })
}

/** Says whether the machine is ready, and what it has. A Node that somebody has deleted is not made again before the kubelet starts anew. */
export function reportNode({ api, now }: Ctx, machine: Machine): void {
  const { name } = machine.spec
  const node = api.get('Node', '', name)
  if (!node)
    return
  const was = node.status.conditions?.find(each => each.type === 'Ready')?.status
  if (was && (was === 'True') !== machine.up) {
    const reason = machine.up ? 'NodeReady' : 'NodeNotReady'
    api.event(about(name), 'Normal', reason, `Node ${name} status is now: ${reason}`, BY, { host: name })
  }
  noticeSchedulable({ api, now }, machine)
  api.updateStatus('Node', { ...node, status: nodeStatus(machine, now, node.status) }, BY)
}

/** upstream: component-helpers/apimachinery/lease */
export function renewLease({ api, now }: Ctx, { spec: { name } }: Machine): void {
  const lease = api.get('Lease', NAMESPACE, name)
  const node = api.get('Node', '', name)
  const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime: microStamp(now) }
  if (lease)
    api.update('Lease', { ...lease, spec }, BY)
  else
    api.create('Lease', { metadata: { name, namespace: NAMESPACE, ...(node && { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid: node.metadata.uid }] }) }, spec }, BY)
}
