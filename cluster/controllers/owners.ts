// Whose an object is: adopting what is nobody's, releasing what no longer fits. upstream: controller.BaseControllerRefManager
import { parseStamp } from '../timeline/clock.ts'
import { refused } from '../api/errors.ts'
import { selectorMatches } from '../api/labels.ts'
import type { Selector } from '../api/labels.ts'
import { controllerOf } from '../api/objects.ts'
import type { Kind, Meta, ObjectMeta, ObjectOf, OwnerReference } from '../api/objects.ts'
import type { Server } from '../api/server.ts'

interface Owner { apiVersion: string, kind: string, metadata: Meta & { namespace: string } }

/** The reference by which an owner controls. upstream: metav1.NewControllerRef */
export function controllerRef({ apiVersion, kind, metadata: { name, uid } }: Owner): OwnerReference {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }
}

/** The older first, then by name. upstream: controller.ReplicaSetsByCreationTimestamp */
export function byCreation(a: { metadata: Meta }, b: { metadata: Meta }): number {
  return created(a) - created(b) || (a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0)
}
const created = ({ metadata }: { metadata: Meta }) => parseStamp(metadata.creationTimestamp) || 0

/** Keys of objects that nobody controls, kept by whoever may adopt them. */
export type Orphans = Set<string>

/** Keeps account of what nobody controls. */
export function noteOrphan(orphans: Orphans, object: { metadata: ObjectMeta }, gone: boolean): void {
  const { namespace, name } = object.metadata
  if (!gone && !controllerOf(object))
    orphans.add(`${namespace}/${name}`)
  else if (orphans.size)
    orphans.delete(`${namespace}/${name}`)
}

/** What nobody controls in a namespace. */
export function orphansIn<K extends Kind>(api: Server, kind: K, orphans: Orphans, namespace: string): ObjectOf<K>[] {
  const found: ObjectOf<K>[] = []
  for (const key of orphans) {
    if (key.startsWith(`${namespace}/`)) {
      const object = api.get(kind, namespace, key.slice(namespace.length + 1))
      if (object && !controllerOf(object))
        found.push(object)
    }
  }
  return found
}

/**
 * Gives what the owner controls from now on: adopts what fits and is nobody's, releases what is its own and no longer fits.
 * @param owned what names it as its controller
 * @param orphans what nobody controls. upstream: ClaimObject
 */
export function claim<K extends 'Pod' | 'ReplicaSet'>(api: Server, kind: K, owner: Owner, selector: Selector, owned: readonly ObjectOf<K>[], orphans: readonly ObjectOf<K>[], by: string): ObjectOf<K>[] {
  const { uid, deletionTimestamp } = owner.metadata
  const write = (object: ObjectOf<K>, references: OwnerReference[]) => {
    try {
      return api.update(kind, { ...object, metadata: { ...object.metadata, ownerReferences: references.length ? references : undefined } }, by)
    }
    catch (error) {
      if (!refused(error, 'NotFound'))
        throw error
    }
  }
  const claimed: ObjectOf<K>[] = []
  for (const object of owned) {
    if (selectorMatches(selector, object.metadata.labels))
      claimed.push(object)
    else if (!deletionTimestamp)
      write(object, object.metadata.ownerReferences!.filter(each => each.uid !== uid))
  }
  for (const object of deletionTimestamp ? [] : orphans) {
    const { labels, ownerReferences = [], deletionTimestamp: ends } = object.metadata
    const adopted = !ends && selectorMatches(selector, labels) && write(object, [...ownerReferences, controllerRef(owner)])
    if (adopted)
      claimed.push(adopted)
  }
  return claimed
}
