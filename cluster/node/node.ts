// A machine as a Node: registered, reported, and alive as long as its Lease is renewed. upstream: pkg/kubelet/nodestatus, kubelet_node_status.go
import type { Node } from '../api/objects.ts'
import { microStamp, stamp } from '../timeline/clock.ts'
import type { Context } from '../timeline/kernel.ts'
import { addressOf } from './machine.ts'
import type { Machine } from './machine.ts'
import { digest } from './status.ts'

type Ctx = Pick<Context, 'api' | 'now'>

/** ms. upstream: NodeLeaseDurationSeconds / 4, NodeStatusReportFrequency */
export const LEASE = 10_000
export const HEARTBEAT = 300_000
const BY = 'kubelet'
const NAMESPACE = 'kube-node-lease'

/** Machines do not renew all at once. */
export const firstLease = ({ index }: Machine) => Math.floor((index * 0.618_034) % 1 * LEASE)

const CONDITIONS = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const

function nodeStatus(machine: Machine, now: number, old: Node['status'] = {}): Node['status'] {
  const { spec: { cpu = '4', memory = '8Gi', pods = '110', name }, boots } = machine
  const amounts = { cpu, 'ephemeral-storage': '100Gi', memory, pods }
  return {
    ...old,
    addresses: [{ type: 'InternalIP', address: addressOf(machine) }, { type: 'Hostname', address: name }],
    allocatable: amounts,
    capacity: amounts,
    conditions: CONDITIONS.map(([type, status, reason, message]) => {
      const before = old.conditions?.find(each => each.type === type)
      return { lastHeartbeatTime: stamp(now), lastTransitionTime: before?.status === status ? before.lastTransitionTime : stamp(now), message, reason, status, type }
    }),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      architecture: 'amd64', bootID: digest(`${name} ${boots}`).slice(0, 32), containerRuntimeVersion: 'containerd://2.2.1', kernelVersion: '6.12.48', kubeProxyVersion: '',
      kubeletVersion: 'v1.36.2', machineID: digest(name).slice(0, 32), operatingSystem: 'linux', osImage: 'Debian GNU/Linux 13 (trixie)', systemUUID: digest(`${name} system`).slice(0, 32),
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
      spec: {},
      status: nodeStatus(machine, now),
    }, BY)
  }
  reportNode(ctx, machine, false)
  renewLease(ctx, machine)
}

/** Says that the machine is ready, and what it has. */
export function reportNode({ api, now }: Ctx, machine: Machine, started: boolean): void {
  const { name } = machine.spec
  const node = api.get('Node', '', name)
  if (!node)
    return
  if (started) {
    const host = { host: name }
    api.event(node, 'Normal', 'Starting', 'Starting kubelet.', BY, host)
    api.event(node, 'Warning', 'Rebooted', `Node ${name} has been rebooted, boot id: ${digest(`${name} ${machine.boots}`).slice(0, 32)}`, BY, host)
  }
  if (node.status.conditions?.some(each => each.type === 'Ready' && each.status !== 'True'))
    api.event(node, 'Normal', 'NodeReady', `Node ${name} status is now: NodeReady`, BY, { host: name })
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
