// The controllers beside the scheduler and a toy kubelet, compared with how a real control plane moved.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Deployment } from '../api/objects.ts'
import { controllerOf } from '../api/objects.ts'
import { scheduler } from '../scheduler/scheduler.ts'
import type { Kernel } from '../timeline/kernel.ts'
import { isPodActive, isPodReady } from './pods.ts'
import { controllers, deploymentOf, toyKernel } from './toy.ts'

interface Create { name: string, image: string, replicas: number, maxSurge?: number, maxUnavailable?: number, strategy?: string, requests?: object }
interface Step { create?: Create, image?: [string, string], scale?: [string, number], stop?: string, mark?: string, wait?: number, quiet?: number }
type Sizes = Record<string, number>
interface Summary { maxPods?: number, minReady?: number, sizes: Sizes[], placement: Record<string, number> }
interface Trace { name: string, about: string, steps: Step[], summary: Summary, log: { t: number, mark?: string }[] }

const { traces } = JSON.parse(readFileSync(new URL('../../tests/conformance/traces/traces.json', import.meta.url), 'utf8')) as { traces: Trace[] }

function create({ name, image, replicas, maxSurge, maxUnavailable, strategy, requests }: Create) {
  const rollingUpdate = { ...(maxSurge !== undefined && { maxSurge }), ...(maxUnavailable !== undefined && { maxUnavailable }) }
  return deploymentOf(name, image, replicas, { strategy: { type: strategy ?? 'RollingUpdate', ...(Object.keys(rollingUpdate).length && { rollingUpdate }) } }, requests && { resources: { requests } })
}

/** Runs until nothing but heartbeats was written for so many seconds. */
function quiet(kernel: Kernel, seconds: number) {
  const last = () => [...kernel.state.store.log.chunks.flat(), ...kernel.state.store.log.tail].filter(each => each.kind !== 'Lease').at(-1)!.at
  do
    kernel.runUntil(kernel.state.now + 100)
  while (kernel.state.now < last() + seconds * 1000)
}

function run({ steps }: Trace) {
  const kernel = toyKernel([...controllers(() => undefined), scheduler])
  kernel.runUntil(500)
  let mark: number | undefined
  const { api } = kernel
  const change = (name: string, to: (d: Deployment) => Partial<Deployment['spec']>) => {
    const d = api.get('Deployment', 'default', name)!
    api.update('Deployment', { ...d, spec: { ...d.spec, ...to(d) } }, 'user')
    kernel.operate({ op: 'stop', node: '' })
  }
  for (const step of steps) {
    if (step.create) {
      api.create('Deployment', create(step.create), 'user')
      kernel.operate({ op: 'stop', node: '' })
    }
    else if (step.image) {
      change(step.image[0], ({ spec: { template } }) => ({ template: { ...template, spec: { ...template.spec, containers: [{ ...template.spec.containers[0]!, image: step.image![1] }] } } }))
    }
    else if (step.scale) {
      change(step.scale[0], () => ({ replicas: step.scale![1] }))
    }
    else if (step.stop) {
      kernel.operate({ op: 'stop', node: step.stop })
    }
    else if (step.mark) {
      mark ??= kernel.state.now
    }
    else if (step.wait) {
      kernel.runUntil(kernel.state.now + step.wait * 1000)
    }
    else if (step.quiet) {
      quiet(kernel, step.quiet)
    }
  }
  return { kernel, mark }
}

/** What the recorded summaries say, of ours. */
function summary(kernel: Kernel, mark: number | undefined): Summary & { last: number } {
  const { log } = kernel.state.store
  const names = new Map<string, string>()
  const sizes: Sizes[] = []
  const counts: { pods: number, ready: number }[] = []
  const shown: Sizes = {}
  const live = new Map<string, boolean>()
  let last = 0
  for (const { kind, type, object, at } of [...log.chunks.flat(), ...log.tail]) {
    const after = mark === undefined || at >= mark
    if (kind === 'ReplicaSet' && object.kind === 'ReplicaSet') {
      const { uid } = object.metadata
      if (!names.has(uid))
        names.set(uid, `${controllerOf(object)!.name}#${names.size + 1}`)
      const name = names.get(uid)!
      if (after && shown[name] !== object.spec.replicas) {
        shown[name] = object.spec.replicas
        sizes.push({ ...shown })
      }
    }
    else if (kind === 'Pod' && object.kind === 'Pod') {
      live.delete(object.metadata.uid)
      if (type !== 'DELETED' && isPodActive(object))
        live.set(object.metadata.uid, isPodReady(object))
    }
    if (mark !== undefined && after)
      counts.push({ pods: live.size, ready: [...live.values()].filter(Boolean).length })
    if (kind === 'Pod' || kind === 'ReplicaSet' || kind === 'Deployment')
      last = at - (mark ?? 0)
  }
  const placement: Record<string, number> = {}
  for (const pod of kernel.api.list('Pod').filter(isPodActive)) {
    const key = `web@${pod.spec.nodeName}`
    placement[key] = (placement[key] ?? 0) + 1
  }
  return { maxPods: Math.max(...counts.map(each => each.pods)), minReady: Math.min(...counts.map(each => each.ready)), sizes, placement, last }
}

describe('a recorded change', () => {
  for (const trace of traces) {
    it(`moves as recorded: ${trace.about}`, () => {
      const { kernel, mark } = run(trace)
      const ours = summary(kernel, mark)
      const theirs = trace.summary
      expect(ours.sizes.at(0)).toEqual(theirs.sizes.at(0))
      expect(ours.sizes.at(-1)).toEqual(theirs.sizes.at(-1))
      if (mark !== undefined)
        expect([ours.maxPods, ours.minReady]).toEqual([theirs.maxPods, theirs.minReady])
      for (const size of ours.sizes) {
        for (const [name, value] of Object.entries(size)) {
          const recorded = theirs.sizes.flatMap(each => each[name] ?? [])
          expect(value).toBeLessThanOrEqual(Math.max(...recorded))
          expect(value).toBeGreaterThanOrEqual(Math.min(...recorded))
        }
      }
      const spread = (placement: Record<string, number>) => Object.values(placement).sort()
      expect(spread(ours.placement)).toEqual(spread(theirs.placement))
      const recorded = (trace.log.at(-1)!.t - (trace.log.find(each => each.mark)?.t ?? 0)) * 1000
      expect(Math.abs(ours.last - recorded)).toBeLessThan(Math.max(2000, recorded / 4))
    })
  }
})
