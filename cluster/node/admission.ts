// Whether a machine has room for a Pod that somebody has bound to it. upstream: pkg/kubelet/lifecycle/predicate.go
import type { Pod } from '../api/objects.ts'
import { byteValue } from '../api/amounts.ts'
import { amount, podRequests } from '../scheduler/requests.ts'
import type { Amounts } from '../scheduler/requests.ts'
import { isOver, stopped } from './process.ts'
import type { Machine } from './machine.ts'

export interface Lack { readonly resource: string, readonly message: string }

/** What Pods ask for, by their lists of containers, which all Pods of a template share. */
const known = new WeakMap<object, Readonly<Amounts>>()

/** What a Pod asks for: millicores, bytes. @throws SyntaxError on a quantity that cannot be read */
export function asksOf({ spec }: Pod): Readonly<Amounts> {
  let asks = known.get(spec.containers)
  if (!asks || spec.initContainers || spec.overhead)
    known.set(spec.containers, asks = Object.freeze(podRequests(spec)))
  return asks
}

/** What a machine lacks for one more Pod; undefined where it fits. Pods that the API server has forgotten and Pods of which nothing runs any more do not count. upstream: filterOutInactivePods, InsufficientResourceError */
export function lacks({ spec, pods, asked }: Machine, asks: Readonly<Amounts>): Lack | undefined {
  const room = { pods: Number(spec.pods ?? 110), cpu: amount('cpu', spec.cpu ?? '4'), memory: byteValue(spec.memory ?? '8Gi') }
  // if there is room beside all of them, there is room beside those that count
  if (pods.size < room.pods && asked.cpu + (asks.cpu ?? 0) <= room.cpu && asked.memory + (asks.memory ?? 0) <= room.memory)
    return undefined
  const lack = (resource: string, requested: number, used: number, capacity: number): Lack | undefined => used + requested > capacity
    ? { resource, message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}` }
    : undefined
  let there = 0
  let cpu = 0
  let memory = 0
  for (const each of pods.values()) {
    if (each.gone || isOver(each) || (each.deadline < Infinity && stopped(each)))
      continue
    there++
    cpu += each.asks.cpu ?? 0
    memory += each.asks.memory ?? 0
  }
  return lack('pods', 1, there, room.pods)
    ?? (asks.cpu ? lack('cpu', asks.cpu, cpu, room.cpu) : undefined)
    ?? (asks.memory ? lack('memory', asks.memory, memory, room.memory) : undefined)
}
