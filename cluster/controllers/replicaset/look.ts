// What a ReplicaSet sees of its Pods at a look. Most of them are the same at the next one, and are not read again.
import { fromLabelSelector, selectorMatches } from '../../api/labels.ts'
import type { Pod, ReplicaSetSpec } from '../../api/objects.ts'
import { isPodActive, isPodReady, isPodTerminating } from '../pods.ts'

/** What is seen of a Pod: whether it counts, ends, is selected, has all labels of the template, is ready. */
export const ACTIVE = 1
export const TERMINATING = 2
export const SELECTED = 4
export const LABELED = 8
export const READY = 16

interface Look { readonly pods: readonly Pod[], readonly marks: Uint8Array }

/** The last look by a specification; it hangs on nothing else, so that every history may use it. */
const looks = new WeakMap<ReplicaSetSpec, Look>()

/** A mark for each of these Pods, in their order; to be read only. */
export function lookAt(spec: ReplicaSetSpec, pods: readonly Pod[]): Uint8Array {
  const last = looks.get(spec)
  if (last?.pods === pods)
    return last.marks
  const before = last?.pods
  const marks = new Uint8Array(pods.length)
  const selector = fromLabelSelector(spec.selector) ?? []
  const labels = spec.template.metadata?.labels
  const keys = Object.keys(labels ?? {})
  for (let i = 0; i < pods.length; i++) {
    const pod = pods[i]!
    if (before && before[i] === pod) {
      marks[i] = last!.marks[i]!
      continue
    }
    const has = pod.metadata.labels
    marks[i] = (isPodActive(pod) ? ACTIVE : isPodTerminating(pod) ? TERMINATING : 0)
      | (selectorMatches(selector, has) ? SELECTED : 0)
      | (has === labels || keys.every(key => has?.[key] === labels![key]) ? LABELED : 0)
      | (isPodReady(pod) ? READY : 0)
  }
  if (Object.isFrozen(spec))
    looks.set(spec, { pods, marks })
  return marks
}

/** Whether all of these are marked so. */
export const allMarked = (marks: Uint8Array, wanted: number): boolean => marks.every(mark => (mark & wanted) === wanted)

/** How many of these are marked so. */
export function countMarked(marks: Uint8Array, wanted: number): number {
  let count = 0
  for (let i = 0; i < marks.length; i++) {
    if ((marks[i]! & wanted) === wanted)
      count++
  }
  return count
}
