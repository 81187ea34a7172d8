// The garbage collector: what nobody owns any more goes, in the order that was asked for. upstream: pkg/controller/garbagecollector/garbagecollector.go
import { refused } from '../../api/errors.ts'
import { KINDS, RESOURCES } from '../../api/objects.ts'
import type { AnyObject, Kind, OwnerReference } from '../../api/objects.ts'
import type { Server } from '../../api/server.ts'
import type { WatchEvent } from '../../api/store.ts'
import type { Actor, Context } from '../../timeline/kernel.ts'
import { attempt, newRetries } from '../workqueue.ts'
import type { Retries } from '../workqueue.ts'

const NAME = 'garbage-collector'
const FOREGROUND = 'foregroundDeletion'
const ORPHAN = 'orphan'
/** What may be owned. */
const OWNED = KINDS.filter(kind => RESOURCES[kind].namespaced && kind !== 'Event')

interface Memory {
  /** by the UID of an owner that does not control: the keys of what names it, which no index knows */
  readonly loose: Map<string, Set<string>>
  readonly retries: Retries
}
type Ctx = Context<Memory>

const keyOf = ({ kind, metadata: { namespace = '', name } }: AnyObject) => `${kind}/${namespace}/${name}`

function byKey(api: Server, key: string): AnyObject | undefined {
  const [kind, namespace, name] = key.split('/') as [Kind, string, string]
  return api.get(kind, namespace, name)
}

/** The object that a reference names, if it is there. */
function ownerOf(api: Server, namespace: string | undefined, { kind, name, uid }: OwnerReference): AnyObject | undefined {
  const found = kind in RESOURCES ? api.get(kind as Kind, RESOURCES[kind as Kind].namespaced ? namespace ?? '' : '', name) : undefined
  return found?.metadata.uid === uid ? found : undefined
}

const has = ({ metadata: { finalizers } }: AnyObject, finalizer: string) => !!finalizers?.includes(finalizer)
const waitsForDependents = (object: AnyObject) => !!object.metadata.deletionTimestamp && has(object, FOREGROUND)

/** What names an object as its owner. */
function dependentsOf({ api, memory }: Ctx, uid: string): AnyObject[] {
  const controlled = OWNED.flatMap(kind => api.list(kind, { owner: uid }) as readonly AnyObject[])
  const others = [...memory.loose.get(uid) ?? []].map(key => byKey(api, key)).filter(each => each?.metadata.ownerReferences?.some(owner => owner.uid === uid && !owner.controller))
  return [...controlled, ...others as AnyObject[]]
}

function write(api: Server, object: AnyObject, metadata: Partial<AnyObject['metadata']>) {
  api.update(object.kind, { ...object, metadata: { ...object.metadata, ...metadata } } as never, NAME)
}

/** A list without some of its entries; none where nothing is left. */
function without<T>(list: readonly T[] = [], gone: (entry: T) => boolean): T[] | undefined {
  const left = list.filter(each => !gone(each))
  return left.length ? left : undefined
}

function dropFinalizer(api: Server, object: AnyObject, finalizer: string) {
  write(api, object, { finalizers: without(object.metadata.finalizers, each => each === finalizer) })
}

const dropOwners = (api: Server, object: AnyObject, gone: (owner: OwnerReference) => boolean) =>
  write(api, object, { ownerReferences: without(object.metadata.ownerReferences, gone) })

function remove(api: Server, { kind, metadata: { namespace = '', name, uid } }: AnyObject, propagationPolicy: 'Background' | 'Foreground' | 'Orphan') {
  try {
    api.delete(kind, namespace, name, { propagationPolicy, preconditions: { uid } }, NAME)
  }
  catch (error) {
    if (!refused(error, 'NotFound'))
      throw error
  }
}

/** Goes on with an object that waits until its dependents are gone. upstream: processDeletingDependentsItem */
function awaitDependents(ctx: Ctx, object: AnyObject) {
  const { api } = ctx
  const { uid } = object.metadata
  const dependents = dependentsOf(ctx, uid)
  if (!dependents.some(each => each.metadata.ownerReferences?.some(owner => owner.uid === uid && owner.blockOwnerDeletion)))
    return dropFinalizer(api, object, FOREGROUND)
  for (const each of dependents) {
    if (!waitsForDependents(each))
      collect(ctx, each)
  }
}

/** Lets dependents go on without an owner. upstream: attemptToOrphan */
function orphan(ctx: Ctx, object: AnyObject) {
  const { uid } = object.metadata
  for (const each of dependentsOf(ctx, uid))
    dropOwners(ctx.api, each, owner => owner.uid === uid)
  dropFinalizer(ctx.api, object, ORPHAN)
}

/** Deletes an object that nobody owns any more. upstream: attemptToDeleteItem */
function collect(ctx: Ctx, object: AnyObject) {
  const { api } = ctx
  const { namespace, ownerReferences = [], deletionTimestamp } = object.metadata
  if (deletionTimestamp && has(object, ORPHAN))
    return orphan(ctx, object)
  if (waitsForDependents(object))
    return awaitDependents(ctx, object)
  if (deletionTimestamp || !ownerReferences.length)
    return
  const owners = ownerReferences.map(reference => ({ reference, owner: ownerOf(api, namespace, reference) }))
  const gone = owners.filter(({ owner }) => !owner || waitsForDependents(owner))
  if (gone.length < owners.length) {
    if (gone.length)
      dropOwners(api, object, reference => gone.some(each => each.reference === reference))
    return
  }
  const waiting = owners.some(({ owner }) => owner)
  if (waiting && dependentsOf(ctx, object.metadata.uid).length)
    remove(api, object, 'Foreground')
  else
    remove(api, object, has(object, ORPHAN) ? 'Orphan' : has(object, FOREGROUND) ? 'Foreground' : 'Background')
}

/** Keeps account of owners that do not control. */
function account(loose: Memory['loose'], key: string, owners: readonly OwnerReference[] = [], before: readonly OwnerReference[] = []) {
  for (const { uid, controller } of before) {
    const keys = controller ? undefined : loose.get(uid)
    if (keys?.delete(key) && !keys.size)
      loose.delete(uid)
  }
  for (const { uid, controller } of owners) {
    if (!controller)
      loose.set(uid, (loose.get(uid) ?? new Set()).add(key))
  }
}

/** What is to be looked at after a write. upstream: processGraphChanges */
function observe({ type, object, old }: WatchEvent, { api, memory, enqueue }: Ctx) {
  const { namespace, deletionTimestamp, uid } = object.metadata
  const key = keyOf(object)
  const before = type === 'ADDED' ? undefined : (old ?? object).metadata.ownerReferences
  const owners = type === 'DELETED' ? undefined : object.metadata.ownerReferences
  if (type === 'DELETED')
    enqueue(`uid/${uid}`)
  else if (deletionTimestamp && (has(object, FOREGROUND) || has(object, ORPHAN)))
    enqueue(key)
  if (owners === before)
    return
  account(memory.loose, key, owners, before)
  if (owners?.some(owner => !ownerOf(api, namespace, owner)))
    enqueue(key)
  // who waits for this one may go on, or has one more to wait for
  for (const reference of [...owners ?? [], ...before ?? []]) {
    const owner = ownerOf(api, namespace, reference)
    if (owner && waitsForDependents(owner))
      enqueue(keyOf(owner))
  }
}

export const garbageCollector: Actor<Memory> = {
  name: NAME,
  watches: KINDS.filter(kind => kind !== 'Event'),
  start: () => ({ loose: new Map(), retries: newRetries() }),
  observe,
  run: (key, ctx) => attempt(key, ctx.memory.retries, ctx, () => {
    if (key.startsWith('uid/')) {
      dependentsOf(ctx, key.slice('uid/'.length)).forEach(each => collect(ctx, each))
      return
    }
    const object = byKey(ctx.api, key)
    if (object)
      collect(ctx, object)
  }),
}
