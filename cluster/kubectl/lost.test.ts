// What kubectl says of Pods whose machine the API server cannot reach, and which of several Pods it takes.
import { describe, expect, it } from 'vitest'
import type { Kernel } from '../index.ts'
import { applied, cluster, type, wait } from '../../tests/lib/typed.ts'
import { terminalOf } from './index.ts'

/** A Pod of the Deployment `web` on a machine that is then lost, and the address that its kubelet had. */
function lost(op: 'stopMachine' | 'cutMachine', kernel: Kernel): { pod: string, node: string, host: string } {
  wait(kernel, 20_000)
  const { metadata: { name }, spec: { nodeName = '' } } = kernel.api.list('Pod', { namespace: 'default' })[0]!
  const host = kernel.api.get('Node', '', nodeName)!.status.addresses!.find(each => each.type === 'InternalIP')!.address
  kernel.operate({ op, node: nodeName })
  return { pod: name, node: nodeName, host }
}

describe('of a machine that is lost', () => {
  for (const [op, why] of [['stopMachine', 'connect: no route to host'], ['cutMachine', 'i/o timeout']] as const) {
    it(`after ${op} neither logs nor exec get through to its kubelet, whatever the API server still believes`, () => {
      const kernel = applied()
      const { pod, host } = lost(op, kernel)
      for (const after of [2000, 90_000]) {
        wait(kernel, after)
        expect(type(kernel, `kubectl exec ${pod} -- hostname`)).toMatchObject({ out: '', err: `Error from server: error dialing backend: dial tcp ${host}:10250: ${why}\n`, exit: 1 })
        for (const [flags, query] of [['', ''], [' -f', '?follow=true'], [' --previous --tail=3', '?previous=true&tailLines=3']])
          expect(type(kernel, `kubectl logs ${pod}${flags}`)).toMatchObject({ out: '', err: `Error from server: Get "https://${host}:10250/containerLogs/default/${pod}/c${query}": dial tcp ${host}:10250: ${why}\n`, exit: 1 })
      }
    })
  }

  it('what is followed says no more, and does not end', () => {
    const kernel = cluster()
    // says something every ten seconds
    type(kernel, 'kubectl run leak --image=leak')
    wait(kernel, 20_000)
    const said = () => terminalOf(kernel.state).entries.at(-1)!.chunks.map(({ text }) => text).join('')
    kernel.operate({ op: 'kubectl', line: 'kubectl logs -f leak' })
    wait(kernel, 15_000)
    const before = said()
    wait(kernel, 15_000)
    expect(said().length).toBeGreaterThan(before.length)
    kernel.operate({ op: 'cutMachine', node: kernel.api.get('Pod', 'default', 'leak')!.spec.nodeName! })
    const then = said()
    wait(kernel, 40_000)
    expect(said()).toBe(then)
    expect(terminalOf(kernel.state).waiting).toBeDefined()
  })

  it('top does not know what it uses', () => {
    const kernel = cluster({}, false, true)
    type(kernel, 'kubectl create deployment web --image=web:1 --replicas=6')
    wait(kernel, 60_000)
    const { pod, node } = lost('stopMachine', kernel)
    wait(kernel, 60_000)
    const rows = type(kernel, 'kubectl top nodes').out.trim().split('\n').map(line => line.split(/ {2,}/))
    expect(rows.filter(([, cpu]) => cpu === '<unknown>').map(row => row.map(cell => cell.trim()))).toEqual([[node, '<unknown>', '<unknown>', '<unknown>', '<unknown>']])
    expect(rows).toHaveLength(4)
    expect(type(kernel, `kubectl top node ${node}`).err).toBe(`Error from server (NotFound): nodemetrics.metrics.k8s.io "${node}" not found\n`)
    expect(type(kernel, `kubectl top pod ${pod}`).err).toBe(`Error from server (NotFound): podmetrics.metrics.k8s.io "default/${pod}" not found\n`)
  })
})

describe('of several Pods', () => {
  it('one that is ready is asked, on a machine that answers', () => {
    const kernel = applied()
    const { pod } = lost('stopMachine', kernel)
    wait(kernel, 90_000)
    for (const name of ['deploy/web', 'rs/', 'deployment/web']) {
      const target = name === 'rs/' ? `rs/${kernel.api.list('ReplicaSet')[0]!.metadata.name}` : name
      const { out, exit } = type(kernel, `kubectl exec ${target} -- hostname`)
      expect([out.trim(), exit]).not.toEqual([pod, 0])
      expect(exit, target).toBe(0)
      expect(type(kernel, `kubectl logs ${target}`).exit, target).toBe(0)
    }
  })

  it('none that crashes is asked where others serve', () => {
    for (const image of ['crash:1', 'crash:2', 'crash:3', 'crash:4']) {
      const kernel = applied()
      wait(kernel, 20_000)
      type(kernel, `kubectl set image deployment web c=${image}`)
      wait(kernel, 30_000)
      expect(type(kernel, 'kubectl exec deploy/web -- hostname').exit, image).toBe(0)
    }
  })
})
