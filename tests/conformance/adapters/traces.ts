// Traces: the steps of a recorded change, done to the whole cluster, and how its objects moved.
import { createKernel } from '../../../cluster/index.ts'
import type { AnyObject, Kernel, ObjectOf, WatchEvent } from '../../../cluster/index.ts'
import { gate } from '../../../cluster/api/strict.ts'
import { logEntry, logLength } from '../../../cluster/api/store.ts'
import { base } from '../../../scenarios/base.ts'
import { equal, only } from '../run.ts'
import type { Trace } from '../run.ts'

interface Create { name: string, image: string, replicas: number, maxSurge?: number | string, maxUnavailable?: number | string, strategy?: string, requests?: Record<string, string> }
interface Step { create?: Create, image?: [string, string], scale?: [string, number], stop?: string, mark?: string, wait?: number, quiet?: number }
type Sizes = Record<string, number>
interface Summary { maxPods?: number, minReady?: number, sizes: Sizes[], placement: Record<string, number> }
interface Recorded extends Trace { steps: Step[], summary: Summary, log: { t: number, mark?: string }[] }

const SECOND = 1000

function manifest({ name, image, replicas, maxSurge, maxUnavailable, strategy, requests }: Create): object {
  const labels = { app: name }
  const rollingUpdate = maxSurge !== undefined || maxUnavailable !== undefined ? { maxSurge, maxUnavailable } : undefined
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      ...((strategy || rollingUpdate) && { strategy: { ...(strategy && { type: strategy }), ...(rollingUpdate && { rollingUpdate }) } }),
      template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image, ...(requests && { resources: { requests } }) }] } },
    },
  }
}

/** What a recording would tell of an object: the same words mean that nothing changed. */
function tell(object: AnyObject, gone: boolean): unknown {
  const condition = (status: { conditions?: { type: string, status: string }[] }, type: string) => status.conditions?.find(each => each.type === type)?.status
  switch (object.kind) {
    case 'Pod': return gone ? 'gone' : [object.spec.nodeName, object.status.phase, condition(object.status, 'Ready') === 'True', !!object.metadata.deletionTimestamp]
    case 'ReplicaSet': return [gone, object.spec.replicas, object.status.replicas, object.status.readyReplicas, object.status.availableReplicas]
    case 'Deployment': return [gone, object.spec.replicas, object.status.replicas, object.status.updatedReplicas, object.status.readyReplicas, object.status.availableReplicas, object.status.unavailableReplicas]
    case 'Node': return [gone, condition(object.status, 'Ready'), object.spec.taints]
    default: return undefined
  }
}

/** Reads along with the log, as a recorder would. */
function recorder(kernel: Kernel) {
  const shown = new Map<string, string>()
  const names = new Map<string, string>()
  const live = new Map<string, { ready: boolean, at: string }>()
  let sizes: Sizes = {}
  const found = { sizes: [] as Sizes[], maxPods: 0, minReady: Number.POSITIVE_INFINITY, last: 0 }
  let place = 0
  let marked = false

  function count() {
    found.maxPods = Math.max(found.maxPods, live.size)
    found.minReady = Math.min(found.minReady, [...live.values()].filter(each => each.ready).length)
  }

  function size(set: ObjectOf<'ReplicaSet'>) {
    const { uid, ownerReferences } = set.metadata
    if (!names.has(uid))
      names.set(uid, `${ownerReferences?.[0]?.name}#${[...names.values()].filter(name => name.startsWith(`${ownerReferences?.[0]?.name}#`)).length + 1}`)
    const name = names.get(uid)!
    if (sizes[name] !== set.spec.replicas)
      found.sizes.push(sizes = { ...sizes, [name]: set.spec.replicas })
  }

  function pod({ metadata: { uid, labels, deletionTimestamp }, spec, status }: ObjectOf<'Pod'>, gone: boolean) {
    live.delete(uid)
    if (!gone && !deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded')
      live.set(uid, { ready: !!status.conditions?.some(each => each.type === 'Ready' && each.status === 'True'), at: `${labels?.app}@${spec.nodeName ?? ''}` })
    count()
  }

  function read({ type, object, at }: WatchEvent) {
    const gone = type === 'DELETED'
    const told = JSON.stringify(tell(object, gone))
    const key = `${object.kind} ${object.metadata.uid}`
    if (told === undefined || shown.get(key) === told)
      return
    shown.set(key, told)
    found.last = at
    if (object.kind === 'ReplicaSet')
      size(object)
    else if (object.kind === 'Pod')
      pod(object, gone)
  }

  return {
    found,
    live,
    read() {
      const { log } = kernel.state.store
      for (const end = logLength(log); place < end; place++)
        read(logEntry(log, place)!)
    },
    /** What came before does not count. */
    mark() {
      if (marked)
        return
      marked = true
      found.sizes.length = 0
      sizes = {}
      found.maxPods = 0
      found.minReady = Number.POSITIVE_INFINITY
      count()
    },
  }
}

/** How our cluster moves through the steps. @throws Error on a step that nobody knows */
export function play(steps: readonly Step[], seed = 1) {
  const kernel = createKernel(base.actors, { seed, gate, world: base.world })
  const seen = recorder(kernel)
  const go = (ms: number) => {
    kernel.runUntil(kernel.state.now + ms)
    seen.read()
  }
  go(500)
  const start = kernel.state.now
  let mark: number | undefined
  for (const step of steps) {
    const { create, image, scale, stop, wait, quiet } = only(step, 'create image scale stop mark wait quiet')
    if (create)
      kernel.operate({ op: 'apply', manifest: manifest(only(create, 'name image replicas maxSurge maxUnavailable strategy requests')) })
    if (image)
      kernel.operate({ op: 'image', name: image[0], image: image[1] })
    if (scale)
      kernel.operate({ op: 'scale', name: scale[0], replicas: scale[1] })
    if (stop)
      kernel.operate({ op: 'stopMachine', node: stop })
    if (step.mark !== undefined) {
      seen.mark()
      mark ??= kernel.state.now
    }
    seen.read()
    if (wait)
      go(wait * SECOND)
    if (quiet) {
      const since = kernel.state.now
      do
        go(100)
      while (kernel.state.now < Math.max(since, seen.found.last) + quiet * SECOND)
    }
  }
  const placement: Record<string, number> = {}
  // Pods that wait for a node stand on none
  for (const { at } of seen.live.values()) {
    if (!at.endsWith('@'))
      placement[at] = (placement[at] ?? 0) + 1
  }
  return { kernel, ...seen.found, took: seen.found.last - (mark ?? start), placement }
}

const extremes = (sizes: readonly Sizes[], name: string) => {
  const all = sizes.flatMap(each => each[name] ?? [])
  return [Math.min(...all), Math.max(...all)] as const
}

/** How many Pods the nodes have, whichever node it is. */
const counts = (placement: Record<string, number>) => Object.entries(placement).map(([key, n]) => `${key.split('@')[0]} ${n}`).sort()

/** Compares as traces/README.md says. */
export function trace(given: Trace): void {
  const { steps, summary, log } = only(given as Recorded, 'name about steps summary log')
  const { maxPods, minReady, sizes, placement } = only(summary, 'maxPods minReady sizes placement')
  const ours = play(steps)
  equal(ours.sizes.at(0), sizes.at(0), 'the first size')
  equal(ours.sizes.at(-1), sizes.at(-1), 'the last size')
  for (const size of ours.sizes) {
    for (const [name, value] of Object.entries(size)) {
      const [low, high] = extremes(sizes, name)
      equal(value >= low && value <= high, true, `${name} at ${value}, recorded between ${low} and ${high},`)
    }
  }
  if (maxPods !== undefined)
    equal(ours.maxPods, maxPods, 'maxPods')
  if (minReady !== undefined)
    equal(ours.minReady, minReady, 'minReady')
  equal(counts(ours.placement), counts(placement), 'the placement')
  const first = log.find(each => each.mark !== undefined)?.t ?? 0
  const took = (log.at(-1)!.t - first) * SECOND
  equal(Math.abs(ours.took - took) <= Math.max(2 * SECOND, took / 4), true, `the time from the mark to the last change, ${ours.took} ms beside ${took} ms,`)
}
