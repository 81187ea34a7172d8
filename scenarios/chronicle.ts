// What only the past can tell of a cluster: where each Pod has its place on its node, and which version each ReplicaSet runs.
import type { Glance } from '../cluster/index.ts'

type Log = Glance['state']['store']['log']

export interface Chronicle {
  /** by a Pod's UID: its place on its node, from 0; it keeps it while others come and go */
  readonly slots: ReadonlyMap<string, number>
  /** by a ReplicaSet's UID: the how many-th of its Deployment it is, from 1; undo brings an old one back under its old number, and so does one that is made again from the same template */
  readonly versions: ReadonlyMap<string, number>
}

const controller = (object: { metadata: { ownerReferences?: readonly { uid: string, controller?: boolean }[] } }) => object.metadata.ownerReferences?.find(each => each.controller)?.uid ?? ''

/** Reads it from all that was written so far. A place is given anew when the Pod that had it is gone. */
export function chronicleOf(log: Log): Chronicle {
  const slots = new Map<string, number>()
  const versions = new Map<string, number>()
  /** by node ('' for Pods without one): who has which place */
  const taken = new Map<string, (string | undefined)[]>()
  /** by owner: the names of the ReplicaSets it has had; a name has the template's hash in it */
  const made = new Map<string, string[]>()

  function leave(uid: string, node: string): void {
    const places = taken.get(node)
    const place = places?.indexOf(uid) ?? -1
    if (place >= 0)
      places![place] = undefined
  }
  function enter(uid: string, node: string): void {
    let places = taken.get(node)
    if (!places)
      taken.set(node, places = [])
    const free = places.findIndex(each => each === undefined)
    const place = free < 0 ? places.length : free
    places[place] = uid
    slots.set(uid, place)
  }

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
      const { uid } = object.metadata
      const node = (object as { spec: { nodeName?: string } }).spec.nodeName ?? ''
      const before = (old as { spec: { nodeName?: string } } | undefined)?.spec.nodeName ?? ''
      if (type === 'DELETED') {
        leave(uid, node)
      }
      else if (type === 'ADDED' || node !== before) {
        leave(uid, before)
        enter(uid, node)
      }
    }
  }
  return { slots, versions }
}
