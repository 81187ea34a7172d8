// A rolling update of ten Pods behind a Service: the version, the corridor, the probe and the pause are the learner's.
import type { ObjectOf, Intervention as Step, WatchEvent } from '../cluster/index.ts'
import type { Intervention } from '../models/story.ts'
import type { RolloutStep } from './rollingSteps.ts'
import type { ClusterStory, Past, Telling, Told } from './story.ts'
import type { ClusterView, DeploymentView, PodState } from './view.ts'
import { tell as tellWrite } from '../cluster/index.ts'
import { machines, scenarioOn } from './base.ts'
import { rolloutSteps } from './rollingSteps.ts'
import { clusterStory } from './story.ts'
import { grouped, losses, viewOf } from './view.ts'

export interface RollingView extends ClusterView {
  /** virtual ms of the story */
  readonly now: number
  /** seconds of the cluster at which the story begins: those of `traffic` count from the cluster's start */
  readonly zero: number
  readonly steps: readonly RolloutStep[]
}

/** What a version can be like, and the image that is. */
export const kinds = [
  { id: 'good', image: 'web:good', name: 'good', words: 'a good one' },
  { id: 'slow', image: 'web:slow', name: 'slow', words: 'one that is slow to be ready' },
  { id: 'crash', image: 'web:crash', name: 'crashing', words: 'one that crashes' },
  { id: 'nope', image: 'web:nope', name: 'no image', words: 'one whose image does not exist' },
] as const
export type VersionKind = typeof kinds[number]['id']

export const mostReplicas = 12
export const mostSurge = 6

const SECOND = 1000
const BEGIN = 20 * SECOND
const labels = { app: 'web' }
const probe = { httpGet: { port: 80 }, periodSeconds: 1 }
const manifests = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 10,
      selector: { matchLabels: labels },
      // it ends politely: it serves on until nobody sends it requests any more
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 80 }], readinessProbe: probe, lifecycle: { preStop: { sleep: { seconds: 1 } } } }] } },
    },
  },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: labels, ports: [{ port: 80 }] } },
]

/** What a learner may do, at any time. */
export const deeds = {
  release: (kind: VersionKind): Intervention => ({ op: 'image', name: 'web', image: kinds.find(({ id }) => id === kind)!.image }),
  replicas: (replicas: number): Intervention => ({ op: 'scale', name: 'web', replicas, to: replicas }),
  surge: (maxSurge: number): Intervention => ({ op: 'patch', kind: 'Deployment', name: 'web', patch: { spec: { strategy: { rollingUpdate: { maxSurge } } } } }),
  unavailable: (maxUnavailable: number): Intervention => ({ op: 'patch', kind: 'Deployment', name: 'web', patch: { spec: { strategy: { rollingUpdate: { maxUnavailable } } } } }),
  probe: (on: boolean): Intervention => ({ op: 'patch', kind: 'Deployment', name: 'web', patch: { spec: { template: { spec: { containers: [{ name: 'web', readinessProbe: on ? probe : null }] } } } } }),
  pause: (paused: boolean): Intervention => ({ op: 'patch', kind: 'Deployment', name: 'web', patch: { spec: { paused } } }),
  undo: (): Intervention => ({ op: 'undo', name: 'web' }),
}

interface Change { paused?: boolean, strategy?: { rollingUpdate: { maxSurge?: number, maxUnavailable?: number } }, template?: { spec: { containers: [{ readinessProbe: unknown }] } } }

function done({ op, image, replicas, patch }: Step): string | undefined {
  if (op === 'image')
    return `ask for another version: ${kinds.find(kind => kind.image === image)?.words ?? String(image)}`
  if (op === 'scale')
    return `want ${plural(Number(replicas), 'Pod')}`
  if (op === 'undo')
    return 'undo the last update'
  const { paused, strategy, template } = (patch as { spec: Change } | undefined)?.spec ?? {}
  if (paused !== undefined)
    return paused ? 'pause the update' : 'let the update go on'
  if (strategy)
    return strategy.rollingUpdate.maxSurge === undefined ? `let ${strategy.rollingUpdate.maxUnavailable} be unavailable` : `let ${strategy.rollingUpdate.maxSurge} be added`
  return template && (template.spec.containers[0].readinessProbe ? 'put a readiness probe into the template' : 'take the readiness probe out of the template')
}

export const webOf = (view: RollingView): DeploymentView => view.deployments[0]!
const plural = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

/** The Deployment's controller, told by versions and by what lets it do so. */
function tell(event: WatchEvent, seen: () => RollingView): { text: string, major?: boolean } | undefined {
  const { kind, by, object, old } = event
  if (kind !== 'ReplicaSet' || by !== 'deployment-controller')
    return tellWrite(event)
  const size = (object as ObjectOf<'ReplicaSet'>).spec.replicas
  const was = event.type === 'ADDED' ? 0 : (old as ObjectOf<'ReplicaSet'> | undefined)?.spec.replicas ?? 0
  if (size === was)
    return undefined
  const view = seen()
  const { ready, most, least } = webOf(view)
  const { version = 0 } = view.replicaSets.find(({ name }) => name === object.metadata.name) ?? {}
  const change = `version ${version} from ${was} to ${size}`
  return { text: size > was ? `grows ${change}: ${most} may be there in all` : `shrinks ${change}: ${ready} are ready, ${least} must be`, major: true }
}

const STATES: Readonly<Record<PodState, string>> = { pending: 'pending', starting: 'not ready', ready: 'ready', terminating: 'stopping', crashed: 'that cannot run' }

/** How it stands, in one or two sentences. */
export function summary(view: RollingView): string {
  const web = webOf(view)
  const { lost = 0 } = view.traffic[0] ?? {}
  const users = lost ? `Users lost ${plural(lost, 'request')}.` : 'Users noticed nothing.'
  const why = lost && !web.probe ? ' Without a probe, a Pod counts as ready once it has started.' : ''
  if (web.complete)
    return `${web.wanted === 1 ? `The one Pod runs version ${web.version}, and is` : `All ${web.wanted} Pods run version ${web.version}, and are`} ready. ${users}${why}`
  if (!web.probe && web.ready < web.least)
    return `Only ${web.ready} of ${web.wanted} ${web.ready === 1 ? 'is' : 'are'} ready: without a probe a started Pod counts as ready, so old ones went too early.`
  const stuck = view.pods.filter(({ state }) => state === 'crashed')
  if (stuck.length && web.ready < web.inAll)
    return `The update is stuck: ${plural(stuck.length, 'Pod')} cannot run, ${web.ready} of ${web.wanted} ${web.ready === 1 ? 'is' : 'are'} ready. ${users}`
  // the newest ReplicaSet has the template's image as soon as the controller may make one
  if (web.paused && !view.replicaSets.some(({ version, image }) => version === web.version && image === web.image))
    return `The update is paused: ${web.ready} ready, ${web.wanted} wanted; what you asked for waits until you resume. ${users}`
  if (web.ready > web.wanted)
    return `${web.paused ? 'The update is paused' : 'The update goes on'}: ${web.ready} ready, ${web.wanted} wanted. ${users}`
  return `${web.paused ? 'The update is paused' : 'The update goes on'}: ${web.ready} of ${web.wanted} ${web.ready === 1 ? 'is' : 'are'} ready. ${users}`
}

/** What is to be seen, for those who hear it. */
export function say(view: RollingView): string {
  const web = webOf(view)
  const sets = view.replicaSets.filter(({ size }) => size)
  const sizes = sets.map(({ version, size, ready }) => sets.length === 1 && ready === size ? `all of version ${version}` : `${size} of version ${version}, ${ready} of them ready`)
  return `${plural(web.wanted, 'Pod')} wanted, ${web.ready} ready, ${web.inAll} in all${sizes.length ? `: ${sizes.join('; ')}` : ''}. At most ${web.most} in all, at least ${web.least} ready; ${plural(view.traffic[0]?.lost ?? 0, 'request')} lost.`
}

/** The same thing by thing, for those who hear what changes. */
export function parts(view: RollingView): { sum: string[], things: string[] } {
  const web = webOf(view)
  const lost = view.traffic[0]?.lost ?? 0
  return {
    sum: [
      `${web.wanted} wanted, ${web.ready} ready, ${web.inAll} in all.`,
      ...view.replicaSets.filter(({ size }) => size).map(({ version, size, ready }) => `${size} of version ${version}, ${ready} of them ready.`),
      lost ? `${grouped(lost)} ${lost === 1 ? 'request' : 'requests'} lost.` : '',
    ],
    things: [`At most ${web.most} in all, at least ${web.least} ready.`],
  }
}

/** Whether users lose requests just now. */
export const holds = ({ traffic: [users], zero }: RollingView): ReturnType<typeof losses> => losses(users?.seconds.filter(({ at }) => at >= zero) ?? [], users?.lost ?? 0)

/** What another corridor is told as; nothing for all else. */
export function sayCorridor(op: Intervention, view: RollingView): string | undefined {
  const { most, least } = webOf(view)
  return (op.patch as { spec: Change } | undefined)?.spec.strategy && `You ${done(op as unknown as Step)}: at most ${most} in all, at least ${least} ready.`
}

/** Which boxes stand on which machine, for those who hear it. */
export function sayMachines({ machines, pods }: RollingView): string {
  return machines.map(({ name }) => {
    const kinds = new Map<string, number>()
    for (const { node, version, state } of pods) {
      const kind = `version ${version} ${STATES[state]}`
      if (node === name)
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
    return `On ${name}: ${[...kinds].sort(([a], [b]) => a < b ? -1 : 1).map(([kind, n]) => `${n} of ${kind}`).join(', ') || 'none'}.`
  }).join(' ')
}

/** all steps of a story, and by how many of them were reached: read once */
const read = new WeakMap<object, { all: RolloutStep[], until: RolloutStep[][] }>()
function stepsUntil({ writes, begin }: Past, now: number): readonly RolloutStep[] {
  const from = writes()
  let known = read.get(from)
  if (!known)
    read.set(from, known = { all: rolloutSteps(from, begin), until: [] })
  let count = known.all.length
  while (count > 1 && known.all[count - 1]!.at > now)
    count--
  return known.until[count] ??= known.all.slice(0, count)
}

const moments: readonly Told<RollingView>[] = [
  { id: 'rest', at: 0, sentence: 'Ten Pods of version 1. 10 + surge 3: at most 13 in all; 10 − unavailable 2: at least 8 ready.' },
  { id: 'wait', at: 5 * SECOND, sentence: 'Version 2 is asked for: two old Pods may go, five new ones come. Then it waits.' },
  { id: 'ready', at: 8 * SECOND, sentence: 'The five new ones are ready, so five old ones go, and the last five new ones come.' },
  { id: 'done', at: 16 * SECOND, sentence: 'All ten run version 2. Nobody lost a request.' },
  { id: 'crash', at: 34 * SECOND, sentence: 'Version 3 never becomes ready: the update waits, and eight Pods of version 2 serve on.' },
  { id: 'undone', at: 46 * SECOND, sentence: 'Undo: the five of version 3 go, and version 2 is whole again. Nobody lost a request.' },
]

/** Why something is refused, before the API's own words. */
function refused(message: string): string | undefined {
  if (message.includes('may not be 0 when `maxSurge` is 0'))
    return 'surge and unavailable cannot both be 0, or nothing could move.'
  if (message.includes('no rollout history found'))
    return 'there is no version before this one.'
  return message.includes('resume it first') ? 'it is paused. Resume it first.' : undefined
}

const telling: Telling<RollingView> = {
  scenario: scenarioOn(machines(3), {
    name: 'rolling-update',
    script: [
      ...manifests.map(manifest => ({ at: 0, op: 'apply', manifest })),
      { at: 15 * SECOND, op: 'traffic', service: 'web', rps: 20 },
    ] as Step[],
  }),
  begin: BEGIN,
  script: [
    { at: 2 * SECOND, ...deeds.release('good') },
    { at: 22 * SECOND, ...deeds.release('crash') },
    { at: 38 * SECOND, ...deeds.undo() },
  ],
  duration: 50 * SECOND,
  moments,
  after: 100 * SECOND,
  view(glance, past) {
    const now = glance.now - past.begin
    return { ...viewOf(glance), now, zero: past.begin / SECOND, steps: stepsUntil(past, now) }
  },
  summary,
  done,
  senseless: ({ op, image }, view) => op === 'image' && image === webOf(view).image ? 'That version is what the Deployment asks for already: nothing changes.' : undefined,
  refused,
  tell,
}

/** The story of a rolling update. Its interventions are `deeds`; the first ends the script. */
export const rollingStory = (seed = 1): ClusterStory<RollingView> => clusterStory(telling, seed)
