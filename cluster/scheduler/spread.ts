// PodTopologySpread: Pods alike are spread over zones and nodes. upstream: plugins/podtopologyspread
import type { TopologySpreadConstraint } from 'kubernetes-types/core/v1'
import { fromLabelSelector, selectorFromSet, selectorMatches } from '../api/labels.ts'
import type { Selector } from '../api/labels.ts'
import { naturalLog } from '../api/logarithms.ts'
import { HOSTNAME, ZONE, countsOn, examined, standing } from './nodes.ts'
import type { Nodes } from './nodes.ts'
import { eligible } from './filters.ts'
import type { Refusal } from './filters.ts'
import type { PodInfo } from './pod.ts'

export interface Spread {
  readonly maxSkew: number
  readonly key: string
  /** absent: no Pod matches */
  readonly selector?: Selector
  readonly minDomains: number
  readonly honorAffinity: boolean
  readonly honorTaints: boolean
}

/** The constraints of one kind, read. upstream: filterTopologySpreadConstraints */
export function spreadConstraints(constraints: readonly TopologySpreadConstraint[], labels: Readonly<Record<string, string>>, action: 'DoNotSchedule' | 'ScheduleAnyway'): Spread[] {
  return constraints.filter(each => each.whenUnsatisfiable === action).map((each) => {
    const more = (each.matchLabelKeys ?? []).filter(key => key in labels)
    const selector = fromLabelSelector(each.labelSelector)
    return {
      maxSkew: each.maxSkew,
      key: each.topologyKey,
      selector: selector && more.length ? [...selectorFromSet(Object.fromEntries(more.map(key => [key, labels[key]!]))), ...selector] : selector,
      minDomains: each.minDomains ?? 1,
      honorAffinity: each.nodeAffinityPolicy !== 'Ignore',
      honorTaints: each.nodeTaintsPolicy === 'Honor',
    }
  })
}

/** What a Pod gets that names no constraints of its own, softly. upstream: systemDefaultConstraints */
export function defaultSpread(selector: Selector): Spread[] {
  const one = (key: string, maxSkew: number): Spread => ({ maxSkew, key, selector, minDomains: 1, honorAffinity: true, honorTaints: false })
  return [one(HOSTNAME, 3), one(ZONE, 5)]
}

/** The values of a label over the nodes, numbered as they come; −1 where a node has none. Kept as long as the order of the nodes. */
interface Domains { readonly of: Int32Array, readonly size: number }
const known = new WeakMap<readonly number[], Map<string, Domains>>()

function domains(nodes: Nodes, key: string): Domains {
  const order = examined(nodes)
  let keys = known.get(order)
  if (!keys)
    known.set(order, keys = new Map())
  let found = keys.get(key)
  if (!found) {
    const ids = new Map<string, number>()
    const of = new Int32Array(nodes.nodes.length).fill(-1)
    for (const slot of order) {
      const value = nodes.nodes[slot]!.metadata.labels?.[key]
      if (value === undefined)
        continue
      if (!ids.has(value))
        ids.set(value, ids.size)
      of[slot] = ids.get(value)!
    }
    keys.set(key, found = { of, size: ids.size })
  }
  return found
}

/** Matching Pods by domain (−1: it does not count), and the least of them: one for every hard constraint. */
export interface Skew { readonly domains: Domains, readonly counts: Float64Array, readonly least: number, readonly self: number }

/** upstream: calPreFilterState */
export function prepareSpread(pod: PodInfo, nodes: Nodes): Skew[] {
  const all = pod.hard.map(each => domains(nodes, each.key))
  const order = examined(nodes)
  return pod.hard.map((each, i) => {
    const { of, size } = all[i]!
    const here = countsOn(nodes, standing(nodes, pod.namespace, each.selector))
    const counts = new Float64Array(size).fill(-1)
    for (const slot of order) {
      if (all.every(every => every.of[slot]! >= 0) && eligible(pod, nodes, slot, each.honorAffinity, each.honorTaints))
        counts[of[slot]!] = Math.max(0, counts[of[slot]!]!) + here[slot]!
    }
    const eligibles = counts.filter(count => count >= 0)
    return { domains: all[i]!, counts, least: eligibles.length < each.minDomains ? 0 : Math.min(...eligibles), self: each.selector && selectorMatches(each.selector, pod.labels) ? 1 : 0 }
  })
}

const PLUGIN = 'PodTopologySpread'
const REASON = 'node(s) didn\'t match pod topology spread constraints'
const UNBALANCED: Refusal = { plugin: PLUGIN, code: 'Unschedulable', reasons: [REASON] }
const UNLABELLED: Refusal = { plugin: PLUGIN, code: 'UnschedulableAndUnresolvable', reasons: [`${REASON} (missing required label)`] }

export function filterSpread(pod: PodInfo, _nodes: Nodes, slot: number, skews: readonly Skew[]): Refusal | undefined {
  for (let i = 0; i < skews.length; i++) {
    const { domains, counts, least, self } = skews[i]!
    const domain = domains.of[slot]!
    if (domain < 0)
      return UNLABELLED
    if (Math.max(0, counts[domain]!) + self - least > pod.hard[i]!.maxSkew)
      return UNBALANCED
  }
  return undefined
}

/** Scores of feasible nodes, 0 to 100, the fewer Pods alike the more; false where nothing is to be spread. upstream: PreScore, Score, NormalizeScore */
export function scoreSpread(pod: PodInfo, nodes: Nodes, slots: Int32Array, fallback: () => Selector, out: Float64Array): boolean {
  let soft = pod.soft
  const strict = !!soft
  if (!soft) {
    const selector = fallback()
    soft = selector.length ? defaultSpread(selector) : []
  }
  if (!soft.length)
    return false
  const count = slots.length
  const all = soft.map(each => domains(nodes, each.key))
  const complete = (slot: number) => !strict || all.every(each => each.of[slot]! >= 0)
  const ignored = strict && Array.from(slots, slot => !complete(slot))
  const left = ignored ? ignored.filter(each => !each).length : count
  out.fill(0, 0, count)
  for (let c = 0; c < soft.length; c++) {
    const { key, maxSkew, selector, honorAffinity, honorTaints } = soft[c]!
    const { of, size } = all[c]!
    const lists = standing(nodes, pod.namespace, selector)
    if (key === HOSTNAME) {
      const weight = naturalLog(left + 2)
      const here = countsOn(nodes, lists)
      for (let i = 0; i < count; i++) {
        const slot = slots[i]!
        if (of[slot]! >= 0)
          out[i]! += here[slot]! * weight + maxSkew - 1
      }
      continue
    }
    if (!size)
      continue
    // the domains of nodes that can take the Pod; the last place is for nodes in none
    const counts = new Float64Array(size + 1).fill(-1)
    for (let i = 0; i < count; i++) {
      if (!ignored || !ignored[i])
        counts[of[slots[i]!]! < 0 ? size : of[slots[i]!]!] = 0
    }
    const weight = naturalLog(counts.reduce((sum, each) => each < 0 ? sum : sum + 1, 0) + 2)
    const plain = !honorTaints && (!honorAffinity || !(pod.selector || pod.required))
    for (const list of lists) {
      for (let slot = 0; slot < list.length; slot++) {
        const here = list[slot]!
        const domain = of[slot]!
        if (here > 0 && domain >= 0 && counts[domain]! >= 0 && complete(slot) && (plain || eligible(pod, nodes, slot, honorAffinity, honorTaints)))
          counts[domain]! += here
      }
    }
    for (let i = 0; i < count; i++) {
      const domain = of[slots[i]!]!
      if (domain >= 0)
        out[i]! += counts[domain]! * weight + maxSkew - 1
    }
  }
  let least = Infinity
  let most = 0
  for (let i = 0; i < count; i++) {
    const score = out[i] = Math.round(out[i]!)
    if (ignored && ignored[i])
      continue
    if (score < least)
      least = score
    if (score > most)
      most = score
  }
  // neighbours are mostly alike: what has just been divided is not divided again
  let same = Number.NaN
  let score = 0
  for (let i = 0; i < count; i++) {
    if (out[i] !== same) {
      same = out[i]!
      score = most === 0 ? 100 : Math.floor(100 * (most + least - same) / most)
    }
    out[i] = ignored && ignored[i] ? 0 : score
  }
  return true
}
