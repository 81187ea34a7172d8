// What only the past can tell of a cluster: in which order the Pods came to their nodes, and which version each ReplicaSet runs.
import type { Glance } from '../cluster/index.ts'

type Log = Glance['state']['store']['log']

export interface Chronicle {
  /** by a Pod's UID: how many had come to its node before it, whether they are there or gone */
  readonly arrivals: ReadonlyMap<string, number>
  /** by a ReplicaSet's UID: the how many-th of its Deployment it is, from 1; undo brings an old one back under its old number, and so does one that is made again from the same template */
  readonly versions: ReadonlyMap<string, number>
}

const controller = (object: { metadata: { ownerReferences?: readonly { uid: string, controller?: boolean }[] } }) => object.metadata.ownerReferences?.find(each => each.controller)?.uid ?? ''

/** Reads it from all that was written so far. */
export function chronicleOf(log: Log): Chronicle {
  const arrivals = new Map<string, number>()
  const versions = new Map<string, number>()
  /** by node ('' for Pods without one): how many have come to it */
  const come = new Map<string, number>()
  /** by owner: the names of the ReplicaSets it has had; a name has the template's hash in it */
  const made = new Map<string, string[]>()

  for (const chunk of [...log.chunks, log.tail]) {
    for (const { kind, type, object, old } of chunk) {
      if (kind === 'ReplicaSet' && type === 'ADDED') {
        const owner = controller(object)
        const names = made.get(owner) ?? []
        made.set(owner, names)
        if (!names.includes(object.metadata.name))
          names.push(object.metadata.name)
        versions.set(object.metadata.uid, names.indexOf(object.metadata.name) + 1)
      }
      if (kind !== 'Pod')
        continue
      const node = (object as { spec: { nodeName?: string } }).spec.nodeName ?? ''
      const before = (old as { spec: { nodeName?: string } } | undefined)?.spec.nodeName ?? ''
      if (type === 'ADDED' || (type === 'MODIFIED' && node !== before)) {
        const earlier = come.get(node) ?? 0
        arrivals.set(object.metadata.uid, earlier)
        come.set(node, earlier + 1)
      }
    }
  }
  return { arrivals, versions }
}
