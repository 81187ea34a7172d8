// Loops at work: a Deployment of three Pods, its two controllers, and a thermostat. Each closes one gap and knows only its own numbers.
import type { Actor, ObjectOf, Intervention as Step } from '../cluster/index.ts'
import type { Intervention } from '../models/story.ts'
import type { Room } from './room.ts'
import type { ClusterStory, Telling, Told } from './story.ts'
import type { ClusterView, PodView } from './view.ts'
import { tell as tellWrite } from '../cluster/index.ts'
import { machines, scenarioOn } from './base.ts'
import { reading, room, roomOf } from './room.ts'
import { clusterStory } from './story.ts'
import { alreadyStopping, shortName, viewOf } from './view.ts'

export interface LoopView extends ClusterView {
  readonly room: Room
  /** the labels by which the ReplicaSet knows its Pods; empty where there is none */
  readonly labels: Readonly<Record<string, string>>
}

/** the seed at first, chosen for names that read well */
export const firstSeed = 60
export const mostWanted = 9

const SECOND = 1000
/** ms after a deed in which time runs slowly, and how slowly; at first so that a gap of a few ms can be read */
const CLOSE = 40
const SLOW = 0.012
const FIRST = 10
const SLOWEST = 0.0027
const labels = { app: 'web' }
const container = { name: 'web', image: 'web:1', ports: [{ containerPort: 80 }], readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } }
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 3, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } } }

/** What a learner may do, at any time. */
export const deeds = {
  want: (replicas: number): Intervention => ({ op: 'scale', name: 'web', replicas, to: replicas }),
  kill: (pod: string): Intervention => ({ op: 'delete', kind: 'Pod', name: pod }),
  removeSet: (name: string): Intervention => ({ op: 'delete', kind: 'ReplicaSet', name }),
  /** a Pod made by hand, that looks like those of the ReplicaSet */
  add: (name: string, own: Readonly<Record<string, string>>): Intervention => ({ op: 'create', manifest: { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', labels: own }, spec: { containers: [container] } } }),
  dial: (degrees: number): Intervention => ({ op: 'dial', degrees, to: degrees }),
  window: (open: boolean): Intervention => ({ op: 'window', open }),
}

/** the script deletes the first Pod there is, whatever its name */
const killFirst: Actor<null> = {
  name: 'operator',
  watches: [],
  start: () => null,
  observe: () => {},
  run: () => {},
  operations: { deleteFirst: (_, { api }) => void api.delete('Pod', 'default', api.list('Pod')[0]!.metadata.name, {}, 'user') },
}

const plural = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

function done({ op, name, kind, replicas, degrees, open }: Step, before: () => LoopView): string | undefined {
  switch (op) {
    case 'scale': return `want ${plural(Number(replicas), 'Pod')}`
    case 'delete': return `delete ${String(kind)} ${String(name)}`
    case 'deleteFirst': return 'delete a Pod'
    case 'create': return 'start a Pod by hand'
    case 'dial': return `turn the dial to ${String(degrees)} degrees: ${reading(before().room) < Number(degrees) ? 'it is to heat' : 'nothing to do'}`
    case 'window': return open ? 'open the window' : 'close the window'
    default: return undefined
  }
}

/** One loop: its wish, what it sees, and what the difference makes it do. */
export interface LoopRow {
  readonly id: 'thermostat' | 'deployment' | 'replicaset'
  readonly name: string
  /** what it compares */
  readonly of: string
  readonly wanted: number
  readonly observed: number
  /** within this nothing is to be done */
  readonly act: string
}

export const live = (pods: readonly PodView[]): PodView[] => pods.filter(({ state, stored }) => stored && state !== 'terminating')

/** Pods that a ReplicaSet left behind when it was deleted: the new one of its name does not count them, and the garbage collector tells them to end. */
export const leftBehind = ({ pods, replicaSets }: LoopView): PodView[] => live(pods).filter(({ ownerUid }) => ownerUid && !replicaSets.some(({ uid }) => uid === ownerUid))

/** What each loop sees, and does about it. */
export function loopsOf({ room, deployments: [web], replicaSets }: LoopView): LoopRow[] {
  const { dial } = room
  const read = reading(room)
  const set = replicaSets.find(({ deployment }) => deployment === 'web')
  const mine = set?.size ?? 0
  const wanted = web?.wanted ?? 0
  const asked = set?.wanted ?? 0
  const missing = asked - mine
  return [
    { id: 'thermostat', name: 'thermostat', of: 'a thermometer', wanted: dial, observed: read, act: read < dial ? 'heat' : 'nothing' },
    { id: 'deployment', name: 'Deployment', of: 'its ReplicaSet', wanted, observed: asked, act: !set ? 'create a ReplicaSet' : asked === wanted ? 'nothing' : `write ${wanted} there` },
    { id: 'replicaset', name: 'ReplicaSet', of: 'its Pods', wanted: asked, observed: mine, act: missing > 0 ? `create ${missing}` : missing < 0 ? `delete ${-missing}` : 'nothing' },
  ]
}

/** How it stands, in a sentence or two. */
export function summary(view: LoopView): string {
  const [heating, d, rs] = loopsOf(view)
  const ready = view.replicaSets.reduce((sum, set) => sum + set.ready, 0)
  const others = live(view.pods).filter(({ owner }) => !owner).length
  return d!.act === 'nothing' && rs!.act === 'nothing' ? `${plural(d!.wanted, 'Pod')} wanted, ${rs!.observed} there, ${ready} ready. ${others ? `Nobody counts ${others === 1 ? 'the one' : `the ${others}`} made by hand without its labels. ` : ''}${heating!.act === 'heat' ? `The thermostat heats at ${heating!.observed.toFixed(1)} degrees: more it cannot do.` : 'The loops go on looking.'}` : `${plural(d!.wanted, 'Pod')} wanted, ${rs!.observed} there: a loop is about to act.`
}

const rowWords = (view: LoopView) => loopsOf(view).map(({ name, wanted, observed, act, id }) => `The ${name} wants ${wanted}${id === 'thermostat' ? ' degrees' : ''}, sees ${id === 'thermostat' ? observed.toFixed(1) : observed}: ${act === 'nothing' ? 'nothing to do' : act}.`)
const podWords = (view: LoopView) => view.pods.map(pod => `${shortName(pod)} ${pod.state}${leftBehind(view).includes(pod) ? ' (of the deleted ReplicaSet, not counted)' : ''}`)

/** What is to be seen, for those who hear it. */
export const say = (view: LoopView): string => `${rowWords(view).join(' ')} ${plural(view.pods.length, 'Pod')} on the machines: ${podWords(view).join(', ') || 'none'}.`

/** The same thing by thing, for those who hear what changes. */
export const parts = (view: LoopView): { sum: string[], things: string[] } => ({ sum: rowWords(view), things: podWords(view).map(words => `${words}.`) })

/** Whether the room is as warm as wanted: told at a degree less, for within that the loop heats now and then. */
export function holds({ room }: LoopView): readonly [what: string, words: string] | undefined {
  const read = reading(room)
  if (read >= room.dial)
    return ['warm', `The room is as warm as wanted: ${read.toFixed(1)} degrees.`]
  return read <= room.dial - 1 ? ['cold', `The thermometer shows ${read.toFixed(1)} degrees where ${room.dial} are wanted: the thermostat heats.`] : undefined
}

/** the Pod that is told to end, and the one that was not there at the beginning */
const ending = ({ pods }: LoopView) => shortName(pods.find(({ state }) => state === 'terminating') ?? { name: '' })
const fresh = ({ pods }: LoopView, start: LoopView) => shortName(pods.find(({ uid }) => !start.pods.some(each => each.uid === uid)) ?? { name: '' })

const moments: readonly Told<LoopView>[] = [
  { id: 'rest', at: 0, sentence: 'Three are wanted and three are there. The loops look, and do nothing.' },
  { id: 'gap', at: 2003, sentence: view => `Somebody deletes ${ending(view)}. The ReplicaSet’s loop counts for itself: one is missing.` },
  { id: 'closed', at: 5 * SECOND, sentence: (view, start) => `So that loop has created ${fresh(view, start)}: a new Pod, with a new name; nothing was repaired.` },
  { id: 'wish', at: 8003, sentence: 'Now five are wanted. The Deployment’s loop finds three written in its ReplicaSet.' },
  { id: 'next', at: 8007, sentence: 'It writes five there. Only now has the ReplicaSet’s loop a gap to close.' },
  { id: 'five', at: 12 * SECOND, sentence: 'It has created two: five are wanted, and five are there. Both loops go on looking.' },
]

const telling: Telling<LoopView> = {
  scenario: (() => {
    const base = scenarioOn(machines(3), { name: 'loop', script: [{ at: 0, op: 'apply', manifest: deployment }] as Step[] })
    return { ...base, actors: [...base.actors, killFirst as unknown as Actor, room as unknown as Actor] }
  })(),
  begin: 20 * SECOND,
  script: [
    { at: 2 * SECOND, op: 'deleteFirst' },
    { at: 8 * SECOND, ...deeds.want(5) },
  ],
  duration: 16 * SECOND,
  moments,
  after: 16 * SECOND,
  // the thermostat's gaps are not closed in milliseconds: what is done to it is seen at once
  pace(t, deeds) {
    const last = deeds.at(-1)
    const since = last && !['dial', 'window'].includes(last.op) ? t - last.at : CLOSE
    return since < FIRST ? SLOWEST : since < CLOSE ? SLOW : 1
  },
  view(glance) {
    const set = glance.api.list('ReplicaSet')[0] as ObjectOf<'ReplicaSet'> | undefined
    return { ...viewOf(glance), room: roomOf(glance), labels: set?.spec.selector.matchLabels ?? {} }
  },
  summary,
  done,
  senseless: alreadyStopping,
  refused: message => /pods "\S+" already exists/.test(message) ? 'one is there already, and no two Pods have one name.' : /pods "\S+" not found/.test(message) ? 'it is gone already.' : /replicasets\S* "\S+" not found/.test(message) ? 'there is none at this moment.' : undefined,
  // what the loops do is what is to be seen here: the bar stops at it
  tell(event) {
    const told = tellWrite(event)
    return told && { ...told, major: told.major || event.by === 'deployment-controller' || event.by === 'replicaset-controller' }
  },
}

/** The story of three loops. Its interventions are `deeds`; the first ends the script. */
export const loopStory = (seed = firstSeed): ClusterStory<LoopView> => clusterStory(telling, seed)
