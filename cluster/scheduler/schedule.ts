// Which node a Pod goes to: filter, score, choose. upstream: schedule_one.go
import type { Selector } from '../api/labels.ts'
import { FILTERS, hasRoom, namedNodes, prepareFilters, refuse } from './filters.ts'
import type { Refusal } from './filters.ts'
import { examined as inOrder } from './nodes.ts'
import type { Nodes } from './nodes.ts'
import type { PodInfo } from './pod.ts'
import { SCORES } from './scores.ts'

/** How many nodes that can take a Pod are enough: all up to 100, then a share that falls from 50 to 5 per cent. upstream: numFeasibleNodesToFind */
export function enough(nodes: number): number {
  return nodes < 100 ? nodes : Math.max(100, Math.floor(nodes * Math.max(5, 50 - Math.floor(nodes / 125)) / 100))
}

/** What was tried for a Pod. */
export interface Attempt {
  /** where it goes; undefined where no node can take it */
  readonly node?: string
  /** nodes examined, and how many of them can take it */
  readonly examined: number
  readonly feasible: number
  /** where the next search begins */
  readonly next: number
  /** how many nodes gave each reason; undefined where the Pod was refused before any node was looked at */
  readonly reasons: ReadonlyMap<string, number>
  /** how many nodes were refused so that taking Pods away could help */
  readonly resolvable: number
  /** the plugins that refused */
  readonly plugins: ReadonlySet<string>
  /** a refusal of the Pod itself */
  readonly refusal?: Refusal
}

export interface Choice {
  /** the place in the nodes' order where the search begins */
  start: number
  random: () => number
  /** the labels by which the Pod is spread if it names no constraints: what its Services and its controller select */
  selector: () => Selector
}

/** Nodes that can take the Pod, as they are found: used again for the next one. */
let taking = new Int32Array(512)
/** Those of them that are best. */
let tied = new Int32Array(512)
let total = new Float64Array(512)
let scores = new Float64Array(512)

/** Adds up the weighted scores of nodes; gives each plugin's to whoever asks. */
function addUp(pod: PodInfo, nodes: Nodes, slots: Int32Array, selector: () => Selector, tell?: (plugin: string, scores: Float64Array) => void): Float64Array {
  if (total.length < slots.length) {
    total = new Float64Array(slots.length * 2)
    scores = new Float64Array(slots.length * 2)
  }
  total.fill(0, 0, slots.length)
  for (const plugin in SCORES) {
    const { weight, score } = SCORES[plugin]!
    const said = score(pod, nodes, slots, scores, selector)
    if (typeof said === 'number') {
      // the same for all: it decides nothing, and is of interest only where somebody asks
      if (!tell)
        continue
      scores.fill(said, 0, slots.length)
    }
    else if (!said) {
      continue
    }
    for (let i = 0; i < slots.length; i++)
      total[i]! += weight * scores[i]!
    tell?.(plugin, scores)
  }
  return total
}

const ABSENT = 'node(s) didn\'t satisfy plugin(s) [NodeAffinity]'

/** Looks for a node. Of several that are best, chance chooses. upstream: SchedulePod, findNodesThatPassFilters, selectHost */
export function schedule(pod: PodInfo, nodes: Nodes, { start, random, selector }: Choice): Attempt {
  const order = inOrder(nodes)
  const reasons = new Map<string, number>()
  const plugins = new Set<string>()
  const named = namedNodes(pod)
  if (named && !(named instanceof Set))
    return { examined: 0, feasible: 0, next: start, reasons, resolvable: 0, plugins: plugins.add((named as Refusal).plugin), refusal: named as Refusal }
  const cycle = prepareFilters(pod, nodes)
  const { plain } = cycle
  const { cpu, memory, storage } = pod
  const { numbers } = nodes
  const wanted = enough(order.length)
  if (taking.length < wanted) {
    taking = new Int32Array(wanted * 2)
    tied = new Int32Array(wanted * 2)
  }
  let feasible = 0
  let resolvable = 0
  let examined = 0
  let place = order.length ? start % order.length : 0
  for (; examined < order.length && feasible < wanted; examined++) {
    const slot = order[place]!
    if (++place === order.length)
      place = 0
    if (named && !(named as ReadonlySet<string>).has(nodes.nodes[slot]!.metadata.name)) {
      reasons.set(ABSENT, (reasons.get(ABSENT) ?? 0) + 1)
      plugins.add('NodeAffinity')
      continue
    }
    const refusal = plain && hasRoom(numbers, slot, cpu, memory, storage) ? undefined : refuse(pod, nodes, slot, cycle)
    if (!refusal) {
      taking[feasible++] = slot
      continue
    }
    plugins.add(refusal.plugin)
    if (refusal.code === 'Unschedulable')
      resolvable++
    for (const reason of refusal.reasons)
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const found = { examined, feasible, next: place, reasons, resolvable, plugins }
  if (!feasible)
    return found
  const slots = taking.subarray(0, feasible)
  let best = slots[0]!
  if (feasible > 1) {
    const sums = addUp(pod, nodes, slots, selector)
    let most = -1
    let ties = 0
    for (let i = 0; i < feasible; i++) {
      const sum = sums[i]!
      if (sum < most)
        continue
      if (sum > most) {
        most = sum
        ties = 0
      }
      tied[ties++] = slots[i]!
    }
    best = tied[ties > 1 ? Math.floor(random() * ties) : 0]!
  }
  return { ...found, node: nodes.nodes[best]!.metadata.name }
}

/** Why a Pod is where it is: what each filter says of each node, and how those that can take it score. */
export interface Explanation {
  readonly node: string
  /** by plugin, in order: why not, or undefined */
  readonly filters: Readonly<Record<string, Refusal | undefined>>
  readonly fits: boolean
  /** by plugin: 0 to 100, and its weight; none where the node cannot take it */
  readonly scores: Readonly<Record<string, { readonly score: number, readonly weight: number }>>
  /** weighted sum of the scores */
  readonly total: number
}

/** Holds a Pod against all nodes, not only against enough of them, and says everything. */
export function explain(pod: PodInfo, nodes: Nodes, selector: () => Selector): Explanation[] {
  const cycle = prepareFilters(pod, nodes)
  const slots: number[] = []
  const out = inOrder(nodes).map((slot) => {
    const filters = Object.fromEntries(Object.entries(FILTERS).map(([plugin, filter]) => [plugin, filter(pod, nodes, slot, cycle) || undefined]))
    const fits = Object.values(filters).every(each => !each)
    if (fits)
      slots.push(slot)
    return { node: nodes.nodes[slot]!.metadata.name, filters, fits, scores: {} as Record<string, { score: number, weight: number }>, total: 0 }
  })
  const fitting = out.filter(each => each.fits)
  addUp(pod, nodes, Int32Array.from(slots), selector, (plugin, values) => fitting.forEach((each, i) => {
    const { weight } = SCORES[plugin]!
    each.scores[plugin] = { score: values[i]!, weight }
    each.total += weight * values[i]!
  }))
  return out
}

const histogram = (reasons: ReadonlyMap<string, number>) => [...reasons].map(([reason, count]) => `${count} ${reason}`).sort().join(', ')

/** Why no node was found, as the event FailedScheduling says it. @param all how many nodes there are. upstream: FitError.Error, and what the plugins behind it add */
export function failureMessage({ reasons, resolvable, refusal }: Attempt, all: number): string {
  if (!all)
    return 'no nodes available to schedule pods'
  const none = `0/${all} nodes are available:`
  const why = refusal ? refusal.reasons.join(', ') : histogram(reasons)
  const preemption = new Map([['No preemption victims found for incoming pod', resolvable], ['Preemption is not helpful for scheduling', all - resolvable]].filter(([, count]) => count) as [string, number][])
  return `${none} ${why}. no new claims to deallocate, preemption: ${none} ${histogram(preemption)}.`
}
