// What a Pod asks for, in numbers. upstream: component-helpers resource.PodRequests
import type { Container } from 'kubernetes-types/core/v1'
import type { PodSpec } from '../api/objects.ts'
import { byteValue, milliValue } from '../api/amounts.ts'

type Quantities = Readonly<Record<string, string>> | undefined
/** Amounts by resource: millicores of cpu, bytes of memory and storage, counts of the rest. */
export type Amounts = Record<string, number>

/** What a container without a request counts as, in scores alone. upstream: schedutil.GetRequestForResource */
export const UNASKED: Readonly<Amounts> = { cpu: 100, memory: 200 * 1024 * 1024 }

/** An amount of a resource: millicores for cpu, whole units for all else. @throws SyntaxError */
export const amount = (resource: string, text: string) => resource === 'cpu' ? milliValue(text) : byteValue(text)

function each(to: Amounts, from: Quantities | Amounts, join: (a: number, b: number) => number) {
  for (const resource in from) {
    const value = from[resource]!
    to[resource] = join(to[resource] ?? 0, typeof value === 'number' ? value : amount(resource, value))
  }
  return to
}
const sum = (a: number, b: number) => a + b

/** What may be asked for by a Pod as a whole. upstream: resource.IsSupportedPodLevelResource */
const ofPods = (resource: string) => resource === 'cpu' || resource === 'memory' || resource.startsWith('hugepages-')

/**
 * The larger of what its containers ask for together and what any step of its start asks for; what the Pod asks for as a whole replaces that; overhead comes on top.
 * @param spec of the Pod
 * @param unasked amounts for containers that ask for none
 */
export function podRequests(spec: PodSpec & { resources?: { requests?: Quantities } }, unasked: Readonly<Amounts> = {}): Amounts {
  const own = (container: Container) => each({ ...unasked }, container.resources?.requests as Quantities, (_, asked) => asked)
  const total: Amounts = {}
  for (const container of spec.containers)
    each(total, own(container), sum)
  const sidecars: Amounts = {}
  const start: Amounts = {}
  for (const container of spec.initContainers ?? []) {
    const asked = own(container)
    if (container.restartPolicy === 'Always') {
      each(total, asked, sum)
      each(sidecars, asked, sum)
      each(start, sidecars, Math.max)
    }
    else {
      each(start, each({ ...sidecars }, asked, sum), Math.max)
    }
  }
  each(total, start, Math.max)
  for (const [resource, text] of Object.entries(spec.resources?.requests ?? {})) {
    if (ofPods(resource))
      total[resource] = amount(resource, text)
  }
  return each(total, spec.overhead as Quantities, sum)
}
