// A cluster of kubelets and a scheduler alone, and what is told of its Pods: for tests.
import type { Pod } from '../api/objects.ts'
import { row } from '../printers/rows.ts'
import { scheduler } from '../scheduler/scheduler.ts'
import { createKernel } from '../timeline/kernel.ts'
import type { Actor, Kernel } from '../timeline/kernel.ts'
import { kubelet } from './kubelet.ts'
import { addMachine } from './machine.ts'

const user: Actor<null> = {
  name: 'user',
  watches: [],
  start: () => null,
  observe: () => {},
  run: () => {},
  operations: {
    pod: ({ name, container, ...spec }, { api }) => void api.create('Pod', { metadata: { name }, spec: { containers: [{ name: 'c', image: 'app:1', ...container as object }], ...spec, op: undefined } }, 'user'),
    untaint({ name }, { api }) {
      const node = api.get('Node', '', String(name))!
      api.update('Node', { ...node, spec: {} }, 'user')
    },
    image({ name, image }, { api }) {
      const pod = api.get('Pod', 'default', String(name))!
      api.update('Pod', { ...pod, spec: { ...pod.spec, containers: pod.spec.containers.map(each => ({ ...each, image: String(image) })) } }, 'user')
    },
    remove: ({ name, grace }, { api }) => void api.delete('Pod', 'default', String(name), { gracePeriodSeconds: grace as number | undefined }, 'user'),
  },
}

export function cluster(machines = ['node-1']): Kernel {
  const kernel = createKernel([scheduler as Actor, kubelet as Actor, user as Actor], { seed: 1, world: world => machines.forEach(name => addMachine(world, { name })) })
  kernel.runUntil(100)
  return kernel
}

/** What `kubectl get pods -w` would show of a Pod, in seconds since it was made, without what stays the same. */
export function told(kernel: Kernel, name = 'p'): string[] {
  const out: string[] = []
  for (const { type, object, at } of kernel.api.watch('Pod', 0)) {
    if (object.metadata.name !== name)
      continue
    const text = type === 'DELETED' ? 'gone' : row(object as Pod, at).cells.slice(1, 4).join(' ').replace(/ \(.*/, '')
    if (!out.at(-1)?.endsWith(text))
      out.push(`${((at - 100) / 1000).toFixed(1)} ${text}`)
  }
  return out
}
export const events = (kernel: Kernel, reason: string) => kernel.api.list('Event').filter(each => each.reason === reason).map(each => each.message)
export const make = (kernel: Kernel, container: object = {}, spec: object = {}, name = 'p') => kernel.operate({ op: 'pod', name, container, ...spec })
