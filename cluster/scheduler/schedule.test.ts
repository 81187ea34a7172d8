import { describe, expect, it } from 'vitest'
import type { Node, Pod } from '../api/objects.ts'
import { selectorFromSet } from '../api/labels.ts'
import { dropNode, dropPod, emptyNodes, examined, setNode, setPod } from './nodes.ts'
import type { Nodes } from './nodes.ts'
import { readPod } from './pod.ts'
import { enough, explain, failureMessage, schedule } from './schedule.ts'

function node(name: string, { zone, ...spec }: { zone?: string, unschedulable?: boolean, taints?: { key: string, effect: string }[] } = {}, cpu = '4') {
  return { metadata: { name, labels: { 'kubernetes.io/hostname': name, ...(zone && { 'topology.kubernetes.io/zone': zone }) } }, spec, status: { allocatable: { cpu, memory: '8Gi', pods: '110' } } } as unknown as Node
}
function pod(name: string, cpu?: string, spec: object = {}) {
  return readPod({ metadata: { name, namespace: 'default', labels: { app: 'web' } }, spec: { containers: [{ name: 'c', resources: cpu ? { requests: { cpu } } : {} }], ...spec }, status: {} } as unknown as Pod)
}
function nodes(...list: Node[]): Nodes {
  const all = emptyNodes()
  list.forEach(each => setNode(all, each))
  return all
}
const web = () => selectorFromSet({ app: 'web' })
const first = { start: 0, random: () => 0, selector: web }

describe('choosing a node', () => {
  it('looks for as many feasible nodes as the real scheduler', () => {
    expect([5, 99, 100, 1000, 5000, 15_000].map(enough)).toEqual([5, 99, 100, 420, 500, 750])
  })

  it('spreads Pods alike over nodes, and lets chance break ties', () => {
    const all = nodes(node('a'), node('b'), node('c'))
    expect(schedule(pod('p'), all, first).node).toBe('a')
    expect(schedule(pod('p'), all, { ...first, random: () => 0.99 }).node).toBe('c')
    setPod(all, 'default/p', { ...pod('p'), nodeName: 'a' })
    expect(schedule(pod('q'), all, first).node).toBe('b')
  })

  it('goes on where the last search ended', () => {
    const all = nodes(...Array.from({ length: 300 }, (_, i) => node(`n${i}`)))
    const one = schedule(pod('p'), all, first)
    expect(one).toMatchObject({ examined: enough(300), feasible: enough(300), next: enough(300) })
    expect(schedule(pod('p'), all, { ...first, start: one.next }).next).toBe((2 * enough(300)) % 300)
  })

  it('examines zones in turn', () => {
    const all = nodes(node('a1', { zone: 'a' }), node('a2', { zone: 'a' }), node('b1', { zone: 'b' }))
    expect(examined(all).map(slot => all.nodes[slot]!.metadata.name)).toEqual(['a1', 'b1', 'a2'])
  })

  it('counts Pods again when their node comes back', () => {
    const all = nodes(node('a'), node('b'))
    setPod(all, 'default/p', { ...pod('p', '3'), nodeName: 'a' })
    dropNode(all, 'a')
    setNode(all, node('a'))
    expect(schedule(pod('q', '2'), all, first).node).toBe('b')
    dropPod(all, 'default/p')
    expect(schedule(pod('q', '4'), all, first).feasible).toBe(2)
  })

  it('says everything that each node has against a Pod', () => {
    const all = nodes(node('a'), node('b', { unschedulable: true }, '1'))
    const [a, b] = explain(pod('p', '2'), all, web)
    expect(a).toMatchObject({ fits: true, scores: { NodeResourcesFit: { score: 73, weight: 1 }, PodTopologySpread: { score: 100, weight: 2 } } })
    expect(b!.fits).toBe(false)
    expect(Object.entries(b!.filters).filter(([, refusal]) => refusal).map(([plugin]) => plugin)).toEqual(['NodeUnschedulable', 'NodeResourcesFit'])
  })
})

describe('why no node was found', () => {
  const message = (all: Nodes, info = pod('p', '2')) => failureMessage(schedule(info, all, first), all.slots.size)

  it('counts the reasons, and says that preemption does not help', () => {
    const all = nodes(node('a'), node('b', { taints: [{ key: 'gone', effect: 'NoSchedule' }] }), node('c', { unschedulable: true }), node('d', {}, '1'))
    setPod(all, 'default/big', { ...pod('big', '3'), nodeName: 'a' })
    expect(message(all)).toBe('0/4 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable, 2 Insufficient cpu. no new claims to deallocate, preemption: 0/4 nodes are available: 1 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.')
  })

  it('knows that there are no nodes at all', () => expect(message(nodes())).toBe('no nodes available to schedule pods'))
})
