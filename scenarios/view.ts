// A cluster at one time as pictures need it: what is (machines, processes, requests) beside what the store believes. Plain data.
import type { Glance, ObjectOf, Outcome } from '../cluster/index.ts'
import type { Chronicle } from './chronicle.ts'
import { maxSurge, minAvailable, parseStamp } from '../cluster/index.ts'
import { chronicleOf } from './chronicle.ts'

/** What the store believes of a Pod: not yet running; running but not ready; ready; told to end; failed, or waiting after a failure. */
export type PodState = 'pending' | 'starting' | 'ready' | 'terminating' | 'crashed'
/** What is: nowhere on a machine; being pulled, made or booted; answering; told to end; ended badly; on a machine without power. */
export type PodReality = 'absent' | 'starting' | 'serving' | 'stopping' | 'crashed' | 'lost'

export interface PodView {
  readonly name: string
  readonly uid: string
  readonly labels: Readonly<Record<string, string>>
  /** '' while it has none */
  readonly node: string
  /** how many had come to the node before it: the order in which they stand there */
  readonly arrival: number
  /** the ReplicaSet that controls it, by name and by UID: '' for none; one that was made again has the name and another UID */
  readonly owner: string
  readonly ownerUid: string
  /** which version of its Deployment that is; 0 where it is none's */
  readonly version: number
  readonly image: string
  readonly state: PodState
  /** in the API's words, where it is crashed or cannot be started: CrashLoopBackOff, ImagePullBackOff … */
  readonly reason: string
  /** how long its container is held back after its last failure, in the API's words ("20s"); '' where it is not */
  readonly backoff: string
  readonly restarts: number
  /** the store's condition, whatever the state */
  readonly ready: boolean
  readonly reality: PodReality
  /** what is: its program answers with errors */
  readonly broken: boolean
  /** false: the store knows it no more, and it still runs */
  readonly stored: boolean
  readonly ip: string
  /** virtual ms of the cluster; whole seconds */
  readonly created: number
}

export interface MachineView {
  readonly name: string
  /** what is: it has power; it is cut off from the control plane; its kubelet works */
  readonly on: boolean
  readonly cut: boolean
  readonly up: boolean
  /** what the store believes: its Ready condition ('' without a Node), its taints' keys and effects, whether it takes new Pods */
  readonly ready: '' | 'True' | 'False' | 'Unknown'
  readonly taints: readonly string[]
  readonly cordoned: boolean
}

export interface DeploymentView {
  readonly name: string
  readonly wanted: number
  /** Pods of its ReplicaSets that are ready, and all that are not told to end */
  readonly ready: number
  readonly inAll: number
  /** what its status says: the controller's own count, which may be a little behind */
  readonly counted: { readonly replicas: number, readonly ready: number, readonly updated: number, readonly available: number }
  /** the corridor: never more in all, never fewer ready */
  readonly most: number
  readonly least: number
  readonly surge: number
  readonly unavailable: number
  readonly paused: boolean
  /** that of its newest ReplicaSet; 0 while there is none */
  readonly version: number
  readonly image: string
  /** whether its template has a readiness probe */
  readonly probe: boolean
  /** everything is at the wanted version, ready, and nothing of another is left */
  readonly complete: boolean
}

export interface ReplicaSetView {
  readonly name: string
  readonly uid: string
  readonly deployment: string
  readonly version: number
  /** counts its Deployment's updates; the highest is the current one, and undo gives an old one a new number */
  readonly revision: number
  readonly image: string
  readonly wanted: number
  /** Pods that it controls and that are not told to end, as its controller counts: never those of a deleted one of its name; and those of them that are ready */
  readonly size: number
  readonly ready: number
}

export interface EndpointView { readonly address: string, readonly pod: string, readonly uid: string, readonly node: string, readonly ready: boolean, readonly ending: boolean }
export interface ServiceView {
  readonly name: string
  /** its own, which no machine has */
  readonly address: string
  readonly selector: Readonly<Record<string, string>>
  readonly endpoints: readonly EndpointView[]
}

export interface TrafficView {
  readonly name: string
  readonly served: number
  readonly lost: number
  /** by second of the cluster's time: how many were over then, well and badly */
  readonly seconds: readonly { readonly at: number, readonly served: number, readonly lost: number }[]
}

export interface ClusterView {
  readonly machines: readonly MachineView[]
  /** by node, in the order in which they came to it */
  readonly pods: readonly PodView[]
  readonly deployments: readonly DeploymentView[]
  readonly replicaSets: readonly ReplicaSetView[]
  readonly services: readonly ServiceView[]
  readonly traffic: readonly TrafficView[]
}

/** What is said of a Pod that is to be deleted and is stopping already: to delete it once more changes nothing. */
export function alreadyStopping({ op, kind, name }: { readonly op: string, readonly [argument: string]: unknown }, { pods }: Pick<ClusterView, 'pods'>): string | undefined {
  const pod = op === 'delete' && kind === 'Pod' ? pods.find(each => each.name === name) : undefined
  return pod?.state === 'terminating' ? `You cannot delete Pod ${shortName(pod)}: it is stopping already.` : undefined
}

/** A count as it is read: 9,166. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** s: requests that are lost one by one are one time of loss */
const LULL = 5
/** Whether requests are being lost, as whoever watches would say, and the sentence that tells when that begins or ends. @param seconds in order */
export function losses(seconds: TrafficView['seconds'], lost: number): readonly [what: 'losing' | 'safe', words: string] {
  const now = seconds.at(-1)?.at ?? 0
  const last = seconds.findLast(each => each.lost)?.at ?? -Infinity
  return now - last < LULL ? ['losing', 'Requests are being lost.'] : ['safe', `No request is lost any more; ${grouped(lost)} ${lost === 1 ? 'was' : 'were'}.`]
}

/** The last part of a Pod's name: the one that is its own. */
export const shortName = ({ name }: Pick<PodView, 'name'>): string => name.slice(name.lastIndexOf('-') + 1)

type Pod = ObjectOf<'Pod'>
type Real = Pick<PodView, 'reality' | 'broken'>
type Believed = Omit<PodView, keyof Real>
type Machine = NonNullable<Glance['world']['machines']> extends Map<string, infer M> ? M : never
type OnMachine = Machine['pods'] extends Map<string, infer P> ? P : never

const STARTING = ['ContainerCreating', 'PodInitializing']
const isReady = ({ status }: Pod) => !!status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')
const ownerOf = (object: ObjectOf<'Pod' | 'ReplicaSet'>) => object.metadata.ownerReferences?.find(each => each.controller)

/** Why a Pod does not run, in the API's words; '' where nothing is wrong. */
function troubleOf({ status }: Pod): string {
  for (const { state, lastState } of status.containerStatuses ?? []) {
    if (state?.waiting?.reason && !STARTING.includes(state.waiting.reason))
      return state.waiting.reason
    if (state?.terminated && state.terminated.exitCode !== 0)
      return state.terminated.reason ?? 'Error'
    if (state?.waiting && lastState?.terminated)
      return lastState.terminated.reason ?? 'Error'
  }
  return status.phase === 'Failed' ? status.reason ?? 'Failed' : ''
}

function stateOf(pod: Pod, trouble: string): PodState {
  if (pod.metadata.deletionTimestamp)
    return 'terminating'
  if (trouble)
    return 'crashed'
  if (isReady(pod))
    return 'ready'
  return pod.status.phase === 'Pending' ? 'pending' : 'starting'
}

function realityOf(machine: Machine | undefined, found: OnMachine | undefined, now: number): PodReality {
  if (!machine || !found)
    return 'absent'
  if (!machine.on)
    return 'lost'
  const main = found.containers.filter(each => !each.init)
  const runs = main.filter(({ stage }) => stage === 'running')
  if (runs.length < main.length || !runs.length)
    return main.some(({ exit, died, reason }) => exit ?? died ?? reason) ? 'crashed' : 'starting'
  if (runs.some(({ term }) => term <= now))
    return 'stopping'
  return runs.every(({ load }) => now >= load!.since + load!.program.boot) ? 'serving' : 'starting'
}

/** A Pod as the store has it, or had it. */
function podView(pod: Pod, { arrivals, versions }: Chronicle, stored: boolean): Believed {
  const { metadata, spec, status } = pod
  const owner = ownerOf(pod)
  const reason = troubleOf(pod)
  return {
    name: metadata.name,
    uid: metadata.uid,
    labels: metadata.labels ?? {},
    node: spec.nodeName ?? '',
    arrival: arrivals.get(metadata.uid) ?? 0,
    owner: owner?.name ?? '',
    ownerUid: owner?.uid ?? '',
    version: versions.get(owner?.uid ?? '') ?? 0,
    image: spec.containers[0]?.image ?? '',
    state: stateOf(pod, reason),
    reason,
    backoff: status.containerStatuses?.map(({ state }) => /^back-off (\S+) restarting/.exec(state?.waiting?.message ?? '')?.[1] ?? '').find(Boolean) ?? '',
    restarts: status.containerStatuses?.reduce((sum, { restartCount }) => sum + restartCount, 0) ?? 0,
    ready: isReady(pod),
    stored,
    ip: status.podIP ?? '',
    created: parseStamp(metadata.creationTimestamp),
  }
}

const byPlace = (a: Believed, b: Believed) => a.node < b.node ? -1 : a.node > b.node ? 1 : a.arrival - b.arrival

/** The Pods as the store has them, with what really is: the same array as before where nothing of it has changed. */
function podsOf({ world, now }: Glance, { pods, chronicle, last }: Store): readonly PodView[] {
  const known = new Set(pods.map(({ uid }) => uid))
  const ghosts: Believed[] = []
  for (const { pods: there } of world.machines?.values() ?? []) {
    for (const [uid, { pod }] of there) {
      if (!known.has(uid))
        ghosts.push(podView(pod, chronicle, false))
    }
  }
  const all = ghosts.length ? [...pods, ...ghosts].sort(byPlace) : pods
  const real = all.map(({ node, uid }): Real => {
    const machine = world.machines?.get(node)
    const found = machine?.pods.get(uid)
    return { reality: realityOf(machine, found, now), broken: !!found?.containers.some(({ load }) => load?.broken) }
  })
  if (ghosts.length || real.length !== last.pods.length || real.some(({ reality, broken }, i) => reality !== last.pods[i]!.reality || broken !== last.pods[i]!.broken))
    last.pods = all.map((pod, i) => ({ ...pod, ...real[i]! }))
  return last.pods
}

function machinesOf({ api, world }: Glance): MachineView[] {
  return [...world.machines?.values() ?? []].map(({ spec: { name }, on, connected, up }) => {
    const node = api.get('Node', '', name)
    return {
      name,
      on,
      cut: !connected,
      up,
      ready: (node?.status.conditions?.find(({ type }) => type === 'Ready')?.status ?? '') as MachineView['ready'],
      taints: node?.spec.taints?.map(({ key, effect }) => `${key}:${effect}`) ?? [],
      cordoned: !!node?.spec.unschedulable,
    }
  })
}

function deploymentView(d: ObjectOf<'Deployment'>, sets: readonly ReplicaSetView[]): DeploymentView {
  const { spec, status, metadata: { name } } = d
  const inAll = sets.reduce((sum, { size }) => sum + size, 0)
  const ready = sets.reduce((sum, set) => sum + set.ready, 0)
  const current = sets.reduce<ReplicaSetView | undefined>((best, set) => best && best.revision >= set.revision ? best : set, undefined)
  const surge = maxSurge(d)
  const least = minAvailable(d)
  const { replicas = 0, readyReplicas = 0, updatedReplicas = 0, availableReplicas = 0, observedGeneration } = status
  return {
    name,
    wanted: spec.replicas,
    ready,
    inAll,
    counted: { replicas, ready: readyReplicas, updated: updatedReplicas, available: availableReplicas },
    most: spec.replicas + surge,
    least,
    surge,
    unavailable: spec.replicas - least,
    paused: !!spec.paused,
    version: current?.version ?? 0,
    image: spec.template.spec.containers[0]?.image ?? '',
    probe: !!spec.template.spec.containers[0]?.readinessProbe,
    complete: observedGeneration === d.metadata.generation && updatedReplicas === spec.replicas && replicas === spec.replicas && availableReplicas === spec.replicas,
  }
}

function workloadsOf({ api }: Glance, pods: readonly Believed[], { versions }: Chronicle): Pick<ClusterView, 'deployments' | 'replicaSets'> {
  const replicaSets = api.list('ReplicaSet').map((set): ReplicaSetView => {
    const own = pods.filter(({ ownerUid }) => ownerUid === set.metadata.uid)
    const live = own.filter(({ state }) => state !== 'terminating')
    return {
      name: set.metadata.name,
      uid: set.metadata.uid,
      deployment: ownerOf(set)?.name ?? '',
      version: versions.get(set.metadata.uid) ?? 0,
      revision: Number(set.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0),
      image: set.spec.template.spec.containers[0]?.image ?? '',
      wanted: set.spec.replicas,
      size: live.length,
      ready: live.filter(({ ready }) => ready).length,
    }
  }).sort((a, b) => a.version - b.version)
  const deployments = api.list('Deployment').map((d) => {
    const sets = replicaSets.filter(({ deployment }) => deployment === d.metadata.name)
    return deploymentView(d, sets)
  })
  return { deployments, replicaSets }
}

function servicesOf({ api }: Glance): ServiceView[] {
  const slices = api.list('EndpointSlice')
  return api.list('Service').filter(({ metadata }) => metadata.name !== 'kubernetes').map(({ metadata: { name }, spec }) => ({
    name,
    address: spec.clusterIP ?? '',
    selector: spec.selector ?? {},
    endpoints: slices.filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name).flatMap(({ endpoints }) => endpoints.map(({ addresses, targetRef, nodeName = '', conditions }) => ({
      address: addresses[0] ?? '', pod: targetRef?.name ?? '', uid: targetRef?.uid ?? '', node: nodeName, ready: conditions?.ready !== false, ending: !!conditions?.terminating,
    }))),
  }))
}

type Second = TrafficView['seconds'][number]
/** seconds that are over are counted once */
const counted = new WeakMap<object, Second>()

function secondOf(second: { at: number, counts: Partial<Record<Outcome, number>> }): Second {
  const { ok: served = 0, ...bad } = second.counts
  return { at: second.at, served, lost: Object.values(bad).reduce((sum, n) => sum + n, 0) }
}

function trafficOf({ world: { network } }: Glance): TrafficView[] {
  return [...network?.traffic.keys() ?? []].map((name) => {
    const seconds = (network!.seconds.get(name) ?? []).map((second) => {
      const known = counted.get(second) ?? secondOf(second)
      if (Object.isFrozen(second))
        counted.set(second, known)
      return known
    })
    return { name, served: seconds.reduce((sum, { served }) => sum + served, 0), lost: seconds.reduce((sum, { lost }) => sum + lost, 0), seconds }
  })
}

/** What follows from the store alone. */
interface Store extends Pick<ClusterView, 'deployments' | 'replicaSets' | 'services'> {
  readonly pods: readonly Believed[]
  readonly chronicle: Chronicle
  readonly last: { pods: readonly PodView[] }
}
/** by the last write: it follows from that, and is read once for it */
const stores = new WeakMap<object, Store>()

function storeOf(glance: Glance): Store {
  const { log } = glance.state.store
  const write = log.tail.at(-1) ?? log.chunks.at(-1)?.at(-1)
  const known = write && stores.get(write)
  if (known)
    return known
  const chronicle = chronicleOf(log)
  const pods = glance.api.list('Pod').map(pod => podView(pod, chronicle, true)).sort(byPlace)
  const store: Store = { pods, chronicle, last: { pods: [] }, ...workloadsOf(glance, pods, chronicle), services: servicesOf(glance) }
  if (write)
    stores.set(write, store)
  return store
}

/** All of it, of everything in the cluster. Times in it are the cluster's own (virtual ms, seconds). */
export function viewOf(glance: Glance): ClusterView {
  const store = storeOf(glance)
  const { deployments, replicaSets, services } = store
  return { machines: machinesOf(glance), pods: podsOf(glance, store), deployments, replicaSets, services, traffic: trafficOf(glance) }
}
