// One name, many Pods: a Service, the Pods that its selector finds, who of them is ready, and where each request really goes.
import type { ObjectOf, Intervention as Step, WatchEvent } from '../cluster/index.ts'
import type { Intervention } from '../models/story.ts'
import type { RequestView } from './requests.ts'
import type { ClusterStory, Telling, Told } from './story.ts'
import type { ClusterView, MachineView, PodView, ServiceView } from './view.ts'
import { machines, scenarioOn, USERS, webWithUsers } from './base.ts'
import { lapseOf } from './pace.ts'
import { requestsOf } from './requests.ts'
import { clusterStory } from './story.ts'
import { tellPods } from './thingsBreak.ts'
import { grouped, shortName, viewOf } from './view.ts'

export interface NameView extends ClusterView {
  /** virtual ms of the story */
  readonly now: number
  readonly wanted: number
  /** those on their way, and those that were over in the last two seconds */
  readonly requests: readonly RequestView[]
  /** of the last ten seconds */
  readonly lately: { readonly served: number, readonly lost: number }
  readonly lostInAll: number
  /** requests that are over, well or badly */
  readonly overInAll: number
}

/** requests a second */
export const RATE = 10
/** the seed at first, chosen for names that read well */
export const firstSeed = 10
export const mostWanted = 6

const WANTED = 4
/** virtual ms of the cluster: by then all Pods are ready and requests come */
const BEGIN = 25_000
/** virtual ms: longer than a dead machine is believed alive */
const AFTER = 90_000
const LATELY = 10

// web:2 takes eight seconds until it answers
const before = webWithUsers({ image: 'web:2', replicas: WANTED, rps: RATE, from: 15_000 })

/** What a learner may do, at any time. */
export const deeds = {
  label: (pod: string, app: string): Intervention => ({ op: 'patch', kind: 'Pod', name: pod, patch: { metadata: { labels: { app } } } }),
  select: (app: string): Intervention => ({ op: 'patch', kind: 'Service', name: 'web', patch: { spec: { selector: { app } } } }),
  fail: (pod: string): Intervention => ({ op: 'breakContainer', pod }),
  mend: (pod: string): Intervention => ({ op: 'mendContainer', pod }),
  stop: (node: string): Intervention => ({ op: 'stopMachine', node }),
  start: (node: string): Intervention => ({ op: 'startMachine', node }),
  want: (replicas: number): Intervention => ({ op: 'scale', name: 'web', replicas, to: replicas }),
}

const labelOf = (labels: Readonly<Record<string, string>>) => `app=${labels.app ?? ''}`

/** in words that count: 1 Pod, 2 Pods */
const many = (n: number, what: string, before = '') => `${before}${n} ${what}${n === 1 ? '' : 's'}`

function done({ op, kind, name, pod, node, replicas, patch }: Step): string | undefined {
  if (op === 'patch' && kind === 'Pod')
    return `change the label of Pod ${String(name)} to ${labelOf((patch as { metadata: { labels: Record<string, string> } }).metadata.labels)}`
  if (op === 'patch')
    return `change the selector of Service web to ${labelOf((patch as { spec: { selector: Record<string, string> } }).spec.selector)}`
  if (op === 'scale')
    return many(Number(replicas), 'Pod', 'want ')
  const words: Readonly<Record<string, string>> = {
    breakContainer: `break the program in Pod ${String(pod)}: it answers with errors`,
    mendContainer: `mend the program in Pod ${String(pod)}`,
    stopMachine: `take the power from ${String(node)}`,
    startMachine: `give ${String(node)} its power back`,
  }
  return words[op]
}

type Endpoint = ObjectOf<'EndpointSlice'>['endpoints'][number]
const readyOf = ({ conditions }: Endpoint) => conditions?.ready !== false
const uidOf = ({ targetRef }: Endpoint) => targetRef?.uid

/** What a write to the list of endpoints changes on it; all other writes as always. */
function tellList(event: WatchEvent): { text: string, major?: boolean } | undefined {
  if (event.kind !== 'EndpointSlice')
    return tellPods(event)
  const before = (event.old as ObjectOf<'EndpointSlice'> | undefined)?.endpoints ?? []
  const after = event.type === 'DELETED' ? [] : (event.object as ObjectOf<'EndpointSlice'>).endpoints
  const gone = before.filter(each => !after.some(other => uidOf(other) === uidOf(each)))
  const came = after.filter(each => !before.some(other => uidOf(other) === uidOf(each)))
  const turned = after.filter(each => before.some(other => uidOf(other) === uidOf(each) && readyOf(other) !== readyOf(each)))
  // a line has room for two names
  const names = (list: readonly Endpoint[]) => list.length > 2 ? many(list.length, 'Pod') : list.map(({ targetRef }) => shortName({ name: targetRef?.name ?? '' })).join(', ')
  const parts = [
    ...(gone.length ? [`takes ${names(gone)} off the list`] : []),
    ...(came.length ? [`puts ${names(came)} on the list`] : []),
    ...[true, false].flatMap((ready) => {
      const some = turned.filter(each => readyOf(each) === ready)
      return some.length ? [`marks ${names(some)} ${ready ? 'ready' : 'not ready'}`] : []
    }),
  ]
  return parts.length ? { text: parts.join(' and '), major: true } : undefined
}

export const serviceOf = ({ services }: Pick<NameView, 'services'>): ServiceView => services.find(({ name }) => name === 'web')!

/** A sum says little without what it is part of: minutes may have gone by. */
const ofAll = ({ lostInAll, overInAll }: NameView) => `${grouped(lostInAll)} of ${grouped(overInAll)}`

/** How it stands, in a sentence. */
export function summary(view: NameView): string {
  const { endpoints } = serviceOf(view)
  const { lately: { lost } } = view
  return `${endpoints.length ? `${many(endpoints.length, 'Pod')} on the list, ${endpoints.filter(({ ready }) => ready).length} of them ready` : 'Nobody is on the list'}; ${many(lost, 'request')} lost in the last ten seconds, ${ofAll(view)} in all.`
}

const REALITY: Readonly<Record<PodView['reality'], string>> = { absent: 'does not run', starting: 'starts', serving: 'answers', stopping: 'stops', crashed: 'has crashed', lost: 'is lost' }
const onList = (view: NameView, { uid }: PodView) => serviceOf(view).endpoints.find(each => each.uid === uid)
const machineWords = ({ on, up }: MachineView) => !on ? ' without power' : up ? '' : ' that is starting'

/** Each Pod in a sentence. */
function podWords(view: NameView): string[] {
  return view.pods.map((pod) => {
    const endpoint = onList(view, pod)
    const machine = view.machines.find(({ name }) => name === pod.node)
    return `Pod ${shortName(pod)}, ${labelOf(pod.labels)}, on ${pod.node || 'no machine'}${machine ? machineWords(machine) : ''}: ${pod.broken ? 'answers with errors' : REALITY[pod.reality]}, ${endpoint ? `on the list, ${endpoint.ready ? 'ready' : 'not ready'}` : 'not on the list'}.`
  })
}

/** All that the picture shows, for those who hear it. */
export const say = (view: NameView): string => `Service web selects ${labelOf(serviceOf(view).selector)}. ${summary(view)} ${podWords(view).join(' ')}`

/** The same thing by thing, for those who hear what changes. */
export function parts(view: NameView): { sum: string[], things: string[] } {
  const { endpoints } = serviceOf(view)
  return {
    sum: [endpoints.length ? `${many(endpoints.length, 'Pod')} on the list, ${endpoints.filter(({ ready }) => ready).length} of them ready.` : 'Nobody is on the list.', view.lostInAll ? `${ofAll(view)} requests lost since the start.` : ''],
    things: [`Service web selects ${labelOf(serviceOf(view).selector)}.`, ...podWords(view)],
  }
}

/** Whether clients lose requests just now. */
export const holds = (view: NameView): readonly [string, string] => view.lately.lost ? ['losing', 'Requests are being lost.'] : ['safe', `No request was lost in the last ten seconds; ${ofAll(view)} since the start.`]

const shortOf = ({ pods }: NameView, is: (pod: PodView) => boolean) => shortName(pods.find(is) ?? { name: '' })
/** the Pod whose program the script breaks and mends: it shares its machine with the one that got another label */
function mendedOf({ pods }: NameView, start: NameView): string {
  const left = pods.find(({ labels }) => labels.app !== 'web')
  return shortName(start.pods.find(({ node, uid }) => node === left?.node && uid !== left.uid) ?? { name: '' })
}
const darkOf = ({ machines }: NameView) => machines.find(({ on }) => !on)?.name ?? ''

/** F5 (selector), F15 (probes), F16 (50 s) */
const moments: readonly Told<NameView>[] = [
  { id: 'shared', at: 0, sentence: 'Four Pods carry app=web and are ready: each gets its share of the requests.' },
  { id: 'left', at: 10_000, sentence: view => `Pod ${shortOf(view, ({ labels }) => labels.app !== 'web')} got another label: it runs on without requests. Another is made, not yet ready.` },
  { id: 'unready', at: 36_000, sentence: view => `Pod ${shortOf(view, ({ broken }) => broken)} answers with errors, also when asked if it is ready: unticked, but not restarted.` },
  { id: 'dead', at: 65_000, sentence: (view, start) => `Pod ${mendedOf(view, start)} is mended. Now ${darkOf(view)} has died: its Pods are still ticked, and their requests are lost.` },
  { id: 'gone', at: 120_000, sentence: 'After nearly a minute they are unticked. No request goes there; replacing comes later.' },
]

const telling: Telling<NameView> = {
  scenario: scenarioOn(machines(3), { name: 'one-name', script: before }),
  begin: BEGIN,
  // the Pod that gets another label shares its machine, so that three machines go on serving; the other one there fails; another machine dies
  script({ pods }) {
    const relabelled = pods.find(({ node }) => pods.filter(each => each.node === node).length > 1)!
    const dies = pods.find(({ node }) => node !== relabelled.node)!.node
    const fails = pods.find(({ node, uid }) => node === relabelled.node && uid !== relabelled.uid)!
    return [
      { at: 6000, ...deeds.label(relabelled.name, 'debug') },
      { at: 24_000, ...deeds.fail(fails.name) },
      { at: 40_000, ...deeds.mend(fails.name) },
      { at: 50_000, ...deeds.stop(dies) },
    ] as Step[]
  },
  duration: 130_000,
  moments,
  after: AFTER,
  lapse: lapseOf,
  view(glance, { begin }) {
    const view = viewOf(glance)
    const users = view.traffic.find(({ name }) => name === USERS)
    const seconds = users?.seconds ?? []
    const since = glance.now / 1000 - LATELY
    const lately = seconds.filter(({ at }) => at >= since)
    return {
      ...view,
      // what is counted is in `lately`: the whole list would be read anew with every request
      traffic: [],
      now: glance.now - begin,
      wanted: view.deployments[0]?.wanted ?? 0,
      requests: requestsOf(glance, USERS, begin),
      lately: { served: lately.reduce((sum, { served }) => sum + served, 0), lost: lately.reduce((sum, { lost }) => sum + lost, 0) },
      lostInAll: users?.lost ?? 0,
      overInAll: (users?.served ?? 0) + (users?.lost ?? 0),
    }
  },
  refused: message => /nothing runs in the Pod/.test(message) ? 'nothing runs in it just now.' : /pods "\S+" not found/.test(message) ? 'there is no Pod of that name; with another seed Pods have other names.' : undefined,
  summary,
  done,
  tell: tellList,
}

/** @param seed decides names, places, and which Pod each request goes to */
export const oneNameStory = (seed = firstSeed): ClusterStory<NameView> => clusterStory(telling, seed)
