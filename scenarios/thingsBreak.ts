// Things break: six Pods of one Deployment on three machines, with users. Small accidents in one script, a machine's in the other.
import type { Glance, ObjectOf, Intervention as Step, WatchEvent } from '../cluster/index.ts'
import type { ClusterStory, Telling, Told } from './story.ts'
import type { ClusterView, MachineView, PodView } from './view.ts'
import { tell } from '../cluster/index.ts'
import { machines, scenarioOn, USERS, webWithUsers } from './base.ts'
import { lapseOf } from './pace.ts'
import { clusterStory } from './story.ts'
import { alreadyStopping, grouped, losses, shortName, viewOf } from './view.ts'

/** What breaks: containers and Pods, or machines. */
export type Breaking = 'pods' | 'machines'

export interface BreakView extends ClusterView {
  /** virtual ms of the story */
  readonly now: number
  readonly wanted: number
  /** how many Pods are ready as the store has it, and how many run and would answer who asked them */
  readonly believed: number
  readonly running: number
  /** of the requests since the story's beginning */
  readonly users: { readonly served: number, readonly lost: number }
}

const WANTED = 6
/** requests a second */
export const RATE = 12
/** the seeds at first, chosen for names that read well */
export const firstSeeds: Readonly<Record<Breaking, number>> = { pods: 2, machines: 9 }
/** virtual ms of the cluster: by then all Pods are ready and requests come */
export const BEGIN = 20_000
/** virtual ms: until what is done to a container or Pod has been mended, however long it is held back; and longer than a machine's Pods take to be replaced, 55 s and 300 s */
const SOON = 90_000
const LATE = 400_000

const before = webWithUsers({ image: 'web:1', replicas: WANTED, rps: RATE, from: 10_000 })

const scenarioOf = (breaking: Breaking) => scenarioOn(machines(3), { name: breaking === 'pods' ? 'things-break' : 'machines-break', script: before })

function look(glance: Glance): BreakView {
  const view = viewOf(glance)
  const seconds = view.traffic.find(({ name }) => name === USERS)?.seconds.filter(({ at }) => at >= BEGIN / 1000) ?? []
  const sum = (of: 'served' | 'lost') => seconds.reduce((all, second) => all + second[of], 0)
  return {
    ...view,
    now: glance.now - BEGIN,
    wanted: view.deployments[0]?.wanted ?? 0,
    believed: view.deployments[0]?.ready ?? 0,
    running: view.pods.filter(({ reality }) => reality === 'serving').length,
    users: { served: sum('served'), lost: sum('lost') },
  }
}

const op = (at: number, operation: { op: string, [argument: string]: unknown }) => ({ at, ...operation }) as unknown as Step

/** Times are the story's. The Pods that the script means are named by where they are: their names hang on the seed. */
function podsScript(pods: readonly PodView[]): Step[] {
  const crashes = pods.findLast(({ node }) => node === 'node-1')!.name
  const deleted = pods.findLast(({ node }) => node === 'node-3')!.name
  return [...[6000, 20_000, 40_000].map(at => op(at, { op: 'killContainer', pod: crashes })), op(75_000, { op: 'delete', kind: 'Pod', name: deleted })]
}

/** virtual ms of the story: when the plug is pulled */
const PLUG = 10_000
const machinesScript: readonly Step[] = [
  op(PLUG, { op: 'stopMachine', node: 'node-2' }),
  op(385_000, { op: 'startMachine', node: 'node-2' }),
  op(410_000, { op: 'cutMachine', node: 'node-3' }),
  op(800_000, { op: 'joinMachine', node: 'node-3' }),
]

const calm: Told<BreakView> = { id: 'calm', at: 0, sentence: 'Six Pods are wanted, six are ready, and every request is answered.' }

const minutes = (ms: number) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`

const restarted = ({ pods }: BreakView) => shortName(pods.find(({ restarts }) => restarts) ?? { name: '' })
const gone = ({ pods }: BreakView, start: BreakView) => shortName(start.pods.find(({ uid }) => !pods.some(each => each.uid === uid)) ?? { name: '' })
const another = ({ pods }: BreakView, start: BreakView) => pods.find(({ uid }) => !start.pods.some(each => each.uid === uid))
const made = (view: BreakView, start: BreakView) => shortName(another(view, start) ?? { name: '' })
/** counted from the plug: the story's clock began before */
const sincePlug = (view: BreakView, start: BreakView) => minutes((another(view, start)?.created ?? 0) - BEGIN - PLUG)

/** F18 (back-off), F4 and F22 (another Pod), F16 (50 s), F17 (300 s) */
const scripts: Readonly<Record<Breaking, { duration: number, moments: readonly Told<BreakView>[] }>> = {
  pods: {
    duration: 95_000,
    moments: [
      calm,
      { id: 'restarted', at: 12_000, sentence: view => `A container of ${restarted(view)} crashed: kubelet started another in the same Pod, name and UID.` },
      { id: 'waiting', at: 50_000, sentence: 'It crashes again and again. CrashLoopBackOff: kubelet waits 10 s, 20 s, at most 300 s.' },
      { id: 'replaced', at: 79_000, sentence: (view, start) => `Somebody deleted ${gone(view, start)}: the ReplicaSet made ${made(view, start)}, another Pod with another UID.` },
    ],
  },
  machines: {
    duration: 830_000,
    moments: [
      calm,
      { id: 'unnoticed', at: 30_000, sentence: 'The machine node-2 has no power, and is still believed Ready: every third request is lost.' },
      { id: 'missed', at: 75_000, sentence: 'After nearly a minute of silence the node is Unknown, and its Pods get no requests any more.' },
      { id: 'replaced', at: 372_000, sentence: (view, start) => `Its Pods tolerated that for 300 s: ${sincePlug(view, start)} after the plug, two others are made elsewhere.` },
      { id: 'back', at: 405_000, sentence: 'With its power back, node-2 is Ready, and stays empty: no Pod moves back.' },
      { id: 'cut', at: 480_000, sentence: 'Now node-3 is cut off from the control plane: believed Unknown, though its Pods run on.' },
      { id: 'twice', at: 780_000, sentence: view => `Five minutes later others are made: ${view.running} run, ${view.wanted} wanted; Services leave node-3’s out.` },
      { id: 'whole', at: 818_000, sentence: view => `Connected again, node-3 hears that its Pods were given up, and stops them: ${view.running} run.` },
    ],
  },
}

const DONE: Readonly<Record<string, (step: Step) => string>> = {
  killContainer: ({ pod }) => `kill the process in Pod ${String(pod)}`,
  delete: ({ name }) => `delete Pod ${String(name)}`,
  stopMachine: ({ node }) => `take the power from ${String(node)}`,
  startMachine: ({ node }) => `give ${String(node)} its power back`,
  cutMachine: ({ node }) => `cut ${String(node)} off from the control plane`,
  joinMachine: ({ node }) => `connect ${String(node)} to the control plane again`,
}

/** Why something is refused, before the words of the cluster. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^nothing runs in the Pod/, 'no container of it runs at this moment.'],
  [/pods "\S+" not found/, 'it is gone already.'],
]

/** What has become of it all, in a sentence. */
export function summary(view: BreakView): string {
  const { wanted, believed, running, users: { served, lost } } = view
  const requests = served + lost ? `${grouped(lost)} of ${grouped(served + lost)} requests were lost.` : 'requests are counted from now on.'
  // users come in by a node that hears which Pods are ready; where none does, its kernel has the last list that it got
  const kept = view.machines.some(({ on }) => on) && view.machines.every(({ on, cut }) => !on || cut) ? ', and requests go by the last list' : ''
  return view.machines.every(({ ready }) => ready !== 'True')
    ? `Every node is silent: nothing is driven off${kept}. Of ${wanted} Pods ${running} run; ${requests}`
    : `Of ${wanted} Pods wanted, ${believed} are believed ready and ${running} run; ${requests}`
}

const isWord = ({ on, up, cut }: MachineView) => !on ? 'has no power' : !up ? 'is starting' : cut ? 'cannot reach the control plane' : 'runs'
const BELIEVED: Readonly<Record<MachineView['ready'], string>> = { '': 'not known', 'True': 'believed Ready', 'False': 'believed NotReady', 'Unknown': 'believed Unknown' }
const REALITY: Readonly<Record<PodView['reality'], string>> = { absent: 'not there yet', starting: 'starting', serving: 'running', stopping: 'stopping', crashed: 'crashed', lost: 'lost' }
const STATE: Readonly<Record<PodView['state'], string>> = { pending: 'Pending', starting: 'not ready', ready: 'ready', terminating: 'Terminating', crashed: 'failed' }

/** The same thing by thing, for those who hear what changes. */
export function parts(view: BreakView): { sum: string[], things: string[] } {
  const { wanted, believed, running, users: { lost } } = view
  return {
    sum: [`${wanted} wanted, ${believed} believed ready, ${running} run.`, lost ? `${grouped(lost)} ${lost === 1 ? 'request was' : 'requests were'} lost so far.` : ''],
    things: [
      ...view.machines.map(machine => `${machine.name} ${isWord(machine)}, ${BELIEVED[machine.ready]}.`),
      ...view.pods.map(pod => `${shortName(pod)} on ${pod.node || 'no machine'} is ${REALITY[pod.reality]}, believed ${pod.reason || STATE[pod.state]}.`),
    ],
  }
}

/** Whether users lose requests just now. */
export const holds = ({ traffic, users: { lost } }: BreakView): ReturnType<typeof losses> => losses(traffic.find(({ name }) => name === USERS)?.seconds.filter(({ at }) => at >= BEGIN / 1000) ?? [], lost)

/** All that the picture shows, for those who hear it. */
export function inWords(view: BreakView): string {
  const machines = view.machines.map((machine) => {
    const pods = view.pods.filter(({ node }) => node === machine.name).map(pod =>
      `${shortName(pod)} is ${REALITY[pod.reality]}, believed ${pod.reason || STATE[pod.state]}${pod.restarts ? `, restarts ${pod.restarts}` : ''}`)
    return `${machine.name} ${isWord(machine)}, ${BELIEVED[machine.ready]}${pods.length ? `: ${pods.join('; ')}` : ', empty'}.`
  })
  return `${summary(view)} ${machines.join(' ')}`
}

/** how often the containers of a Pod were started again */
const startsOf = (object: WatchEvent['object'] | undefined) => ((object as ObjectOf<'Pod'> | undefined)?.status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0)

/** A Pod that is given up, one that is made instead, and a container that is started again are what to stop at; all else as always. */
export function tellPods(event: WatchEvent): { text: string, major?: boolean } | undefined {
  if (event.kind === 'Pod' && event.type === 'MODIFIED' && startsOf(event.object) > startsOf(event.old))
    return { text: `starts the container of Pod ${event.object.metadata.name} again, in the same Pod: restart ${startsOf(event.object)}`, major: true }
  const said = tell(event)
  const ends = (object: WatchEvent['object'] | undefined) => !!object?.metadata.deletionTimestamp
  return said && event.kind === 'Pod' && (event.type === 'ADDED' || (ends(event.object) && !ends(event.old))) ? { ...said, major: true } : said
}

const telling = (breaking: Breaking): Telling<BreakView> => ({
  scenario: scenarioOf(breaking),
  begin: BEGIN,
  script: breaking === 'pods' ? ({ pods }) => podsScript(pods) : machinesScript,
  ...scripts[breaking],
  after: ({ op }, { machines }) => op.endsWith('Machine') || machines.some(({ on, cut }) => !on || cut) ? LATE : SOON,
  lapse: lapseOf,
  view: look,
  summary,
  tell: tellPods,
  senseless: alreadyStopping,
  refused: message => REFUSED.find(([said]) => said.test(message))?.[1],
  done: step => DONE[step.op]?.(step),
})
const tellings = { pods: telling('pods'), machines: telling('machines') }

/** @param seed decides names, places and which Pod each request goes to */
export const thingsBreakStory = (breaking: Breaking, seed = firstSeeds[breaking]): ClusterStory<BreakView> => clusterStory(tellings[breaking], seed)
