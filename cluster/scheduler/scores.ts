// How well a node suits a Pod: the scheduler's scores, 0 to 100 each, and their weights.
import type { Selector } from '../api/labels.ts'
import { termMatches, tolerates } from './filters.ts'
import { CPU, DISCOURAGED, FLAGS, MEMORY, ROW, SCORED, STORAGE, USED, VERSION, overview } from './nodes.ts'
import type { Nodes } from './nodes.ts'
import type { PodInfo } from './pod.ts'
import type { Amounts } from './requests.ts'
import { scoreSpread } from './spread.ts'

/** A resource that counts in a score. */
export interface Weighted { readonly name: string, readonly weight: number }

/** upstream: defaultResourceSpec */
export const RESOURCES: readonly Weighted[] = [{ name: 'cpu', weight: 1 }, { name: 'memory', weight: 1 }]

const COLUMNS: Readonly<Record<string, number>> = { cpu: CPU, memory: MEMORY, 'ephemeral-storage': STORAGE }

/** A resource as it is scored: where its numbers stand in a node's row (-1: apart), and what the Pod asks for. */
interface Part { readonly name: string, readonly weight: number, readonly can: number, readonly used: number, readonly asked: number }

/** What counts in a Pod's score: resources of their own only where it asks for them. @param scored counts Pods that ask for nothing */
function parts(resources: readonly Weighted[], asked: Readonly<Amounts>, scored: boolean): Part[] {
  return resources.filter(({ name }) => name in COLUMNS || asked[name]! > 0).map(({ name, weight }) => {
    const can = COLUMNS[name] ?? -1
    return { name, weight, can, used: can + (scored && can < STORAGE ? SCORED : USED), asked: asked[name] ?? 0 }
  })
}

const capacity = (nodes: Nodes, slot: number, { can, name }: Part) => can >= 0 ? nodes.numbers[slot * ROW + can]! : nodes.others.get(slot)?.[name]?.can ?? 0
const taken = (nodes: Nodes, slot: number, { can, used, name }: Part) => can >= 0 ? nodes.numbers[slot * ROW + used]! : nodes.others.get(slot)?.[name]?.used ?? 0

/** upstream: leastResourceScorer */
function least(list: readonly Part[], nodes: Nodes, slot: number): number {
  let sum = 0
  let weights = 0
  for (let i = 0; i < list.length; i++) {
    const part = list[i]!
    const all = capacity(nodes, slot, part)
    if (all === 0)
      continue
    const left = all - taken(nodes, slot, part) - part.asked
    if (left > 0)
      sum += Math.floor(left * 100 / all) * part.weight
    weights += part.weight
  }
  return weights ? Math.floor(sum / weights) : 0
}

/** upstream: balancedResourceScorer */
function evenness(fractions: readonly number[], n: number): number {
  if (n < 2)
    return 100
  if (n === 2)
    return Math.floor((1 - Math.abs((fractions[0]! - fractions[1]!) / 2)) * 100)
  let sum = 0
  for (let i = 0; i < n; i++)
    sum += fractions[i]!
  let squares = 0
  for (let i = 0; i < n; i++)
    squares += (fractions[i]! - sum / n) ** 2
  return Math.floor((1 - Math.sqrt(squares / n)) * 100)
}

const before: number[] = []
const after: number[] = []

function balance(list: readonly Part[], nodes: Nodes, slot: number): number {
  let n = 0
  for (let i = 0; i < list.length; i++) {
    const part = list[i]!
    const all = capacity(nodes, slot, part)
    if (all === 0)
      continue
    const used = taken(nodes, slot, part)
    before[n] = used >= all ? 1 : used / all
    after[n++] = used + part.asked >= all ? 1 : (used + part.asked) / all
  }
  return Math.floor((150 + evenness(after, n) - evenness(before, n)) / 2)
}

/** The more is left free, the better. upstream: LeastAllocated */
export const leastAllocated = ({ score }: Pick<PodInfo, 'score'>, nodes: Nodes, slot: number, resources = RESOURCES) => least(parts(resources, score, true), nodes, slot)

/** What the Pod does to the balance between resources: 75 where nothing changes. upstream: BalancedAllocation.Score */
export const balancedAllocation = ({ asked }: Pick<PodInfo, 'asked'>, nodes: Nodes, slot: number, resources = RESOURCES) => balance(parts(resources, asked, false), nodes, slot)

/** What a Pod's resources score on each node, as long as the node's row stays as it is. */
interface Known { readonly version: Float64Array, readonly least: Float64Array, readonly balance: Float64Array }
const known = new WeakMap<Float64Array, Map<string, Known>>()
/** Kinds of Pods that are remembered. */
const KINDS = 64

/** Two plugins ask for the same Pod in turn. */
let asked: { readonly by: PodInfo, readonly slots: Int32Array, readonly known: Known } | undefined

/** The scores of the default resources, computed only for nodes that have changed since a Pod asked for the same. */
function resourceScores(pod: PodInfo, nodes: Nodes, slots: Int32Array): Known {
  if (asked?.by === pod && asked.slots === slots)
    return asked.known
  const { numbers } = nodes
  let kinds = known.get(numbers)
  if (!kinds)
    known.set(numbers, kinds = new Map())
  const kind = `${pod.cpu} ${pod.memory} ${pod.score.cpu} ${pod.score.memory}`
  let found = kinds.get(kind)
  if (!found) {
    if (kinds.size >= KINDS)
      kinds.clear()
    const size = numbers.length / ROW
    kinds.set(kind, found = { version: new Float64Array(size).fill(-1), least: new Float64Array(size), balance: new Float64Array(size) })
  }
  const { version } = found
  const whole = parts(RESOURCES, pod.asked, false)
  const scored = parts(RESOURCES, pod.score, true)
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]!
    const now = numbers[slot * ROW + VERSION]!
    if (version[slot] !== now) {
      version[slot] = now
      found.least[slot] = least(scored, nodes, slot)
      found.balance[slot] = balance(whole, nodes, slot)
    }
  }
  asked = { by: pod, slots, known: found }
  return found
}

/** Scores relative to the highest, from 0 to 100; `reverse` where the highest is the worst. upstream: helper.DefaultNormalizeScore */
export function normalise(out: Float64Array, count: number, reverse: boolean): void {
  let most = 0
  for (let i = 0; i < count; i++)
    most = Math.max(most, out[i]!)
  for (let i = 0; i < count; i++) {
    const score = most === 0 ? 0 : Math.floor(100 * out[i]! / most)
    out[i] = reverse ? 100 - score : score
  }
}

/** Taints that only discourage, and are not tolerated. upstream: countIntolerableTaintsPreferNoSchedule */
function discouraging({ tolerations }: PodInfo, nodes: Nodes, slot: number): number {
  if (!(nodes.numbers[slot * ROW + FLAGS]! & DISCOURAGED))
    return 0
  return (nodes.nodes[slot]!.spec.taints ?? []).filter(taint => taint.effect === 'PreferNoSchedule' && !tolerations.some(each => (!each.effect || each.effect === 'PreferNoSchedule') && tolerates(each, taint))).length
}

/** Fills in a score for each of the nodes that can take the Pod, and gives true; or gives the one score of all of them; or false, where the plugin has nothing to say. */
type Score = (pod: PodInfo, nodes: Nodes, slots: Int32Array, out: Float64Array, selector: () => Selector) => boolean | number

/** The scores by plugin, with their weights; loops of their own, because they are the scheduler's innermost. upstream: getDefaultPlugins */
export const SCORES: Readonly<Record<string, { readonly weight: number, readonly score: Score }>> = {
  TaintToleration: {
    weight: 3,
    score(pod, nodes, slots, out) {
      if (!overview(nodes).discouraged)
        return 100
      for (let i = 0; i < slots.length; i++)
        out[i] = discouraging(pod, nodes, slots[i]!)
      normalise(out, slots.length, true)
      return true
    },
  },
  NodeAffinity: {
    weight: 2,
    score(pod, nodes, slots, out) {
      if (!pod.preferred.length)
        return false
      for (let i = 0; i < slots.length; i++)
        out[i] = pod.preferred.reduce((sum, { weight, term }) => termMatches(term, nodes.nodes[slots[i]!]!) ? sum + weight : sum, 0)
      normalise(out, slots.length, false)
      return true
    },
  },
  NodeResourcesFit: {
    weight: 1,
    score(pod, nodes, slots, out) {
      const { least } = resourceScores(pod, nodes, slots)
      for (let i = 0; i < slots.length; i++)
        out[i] = least[slots[i]!]!
      return true
    },
  },
  PodTopologySpread: { weight: 2, score: (pod, nodes, slots, out, selector) => scoreSpread(pod, nodes, slots, selector, out) },
  NodeResourcesBalancedAllocation: {
    weight: 1,
    score(pod, nodes, slots, out) {
      // upstream: isBestEffortPod
      if (!(pod.cpu > 0 || pod.memory > 0))
        return false
      const { balance } = resourceScores(pod, nodes, slots)
      for (let i = 0; i < slots.length; i++)
        out[i] = balance[slots[i]!]!
      return true
    },
  },
}
