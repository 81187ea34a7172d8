// What a cluster's picture shows is what the cluster holds, at a hundred times: Pods by name, node and state, and all numbers.
import type { AnyObject, ObjectOf } from '../../cluster/index.ts'
import type { ClusterStory } from '../../scenarios/story.ts'
import type { Met } from './diagram.ts'
import { podSummary } from '../../cluster/printers/pod.ts'
import { loopStory, deeds as loops } from '../../scenarios/loop.ts'
import { deeds as rolls, rollingStory } from '../../scenarios/rolling.ts'
import { expect, test } from './deck.ts'
import { dice, openDiagram } from './diagram.ts'

type Api = Parameters<Parameters<ClusterStory<unknown>['timeline']['look']>[1]>[0]['api']
type Pod = ObjectOf<'Pod'>

/** the column STATUS of kubectl, and the sign for it on a box */
const SIGNS: Readonly<Record<string, string>> = { Terminating: 'terminating', Pending: 'pending', ContainerCreating: 'pending', CrashLoopBackOff: 'crashed', Error: 'crashed', ErrImagePull: 'crashed', ImagePullBackOff: 'crashed', Completed: 'crashed' }
function signOf(pod: Pod): string {
  const { status, ready, all } = podSummary(pod)
  // kubectl says how it ended of one that was told to end and has ended; its box, that it was told
  if (pod.metadata.deletionTimestamp && ['Completed', 'Error'].includes(status))
    return 'terminating'
  return status === 'Running' ? ready === all ? 'ready' : 'starting' : SIGNS[status] ?? status
}
const isLive = ({ metadata }: Pod) => !metadata.deletionTimestamp
const ownedBy = (owner: AnyObject) => (each: Pod | ObjectOf<'ReplicaSet'>) => each.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false

const podsHeld = (api: Api) => api.list('Pod').map(pod => `${pod.metadata.name} ${pod.spec.nodeName ?? ''} ${signOf(pod)}`).sort()
const podsShown = (root: Element) => [...root.querySelectorAll<HTMLElement>('.pod')].map(({ dataset: d }) => `${d.pod} ${d.node} ${d.state}`).sort()

interface Shown { pods: string[], numbers: Record<string, string> }
interface Case { id: string, story: ClusterStory<unknown>, act: (met: Met) => Promise<void>, then: ClusterStory<unknown>, numbers: (api: Api) => Record<string, number> }

const loop = loopStory()
const rolling = rollingStory()
const cases: readonly Case[] = [
  {
    id: 'rolling-update',
    story: rolling,
    act: met => met.button('roll out: crashing').click(),
    then: rolling.fork(0, rolls.release('crash')),
    numbers(api) {
      const web = api.get('Deployment', 'default', 'web')!
      const sets = api.list('ReplicaSet').filter(ownedBy(web))
      const pods = api.list('Pod').filter(pod => isLive(pod) && sets.some(set => ownedBy(set)(pod)))
      return { 'wanted': web.spec.replicas, 'in all': pods.length, 'ready': pods.filter(pod => signOf(pod) === 'ready').length }
    },
  },
  {
    id: 'loop',
    story: loop,
    act: met => met.button('More: wanted').click(),
    then: loop.fork(0, loops.want(4)),
    numbers(api) {
      const web = api.get('Deployment', 'default', 'web')!
      const set = api.list('ReplicaSet').find(ownedBy(web))!
      return { 'deployment wanted': web.spec.replicas, 'deployment observed': set.spec.replicas, 'replicaset wanted': set.spec.replicas, 'replicaset observed': api.list('Pod').filter(pod => isLive(pod) && ownedBy(set)(pod)).length }
    },
  },
]

async function shown({ root }: Met): Promise<Shown> {
  await root.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
  const pods = await root.evaluate(podsShown)
  const numbers = await root.evaluate(root => Object.fromEntries([
    ...[...root.querySelectorAll<HTMLElement>('[data-number]')].map(el => [el.dataset.number!, el.querySelector('b')!.textContent!] as const),
    ...[...root.querySelectorAll<HTMLElement>('[data-loop]')].flatMap(({ dataset: d }) => [[`${d.loop} wanted`, d.wanted!], [`${d.loop} observed`, d.observed!]] as const),
  ]))
  return { pods, numbers }
}

for (const { id, story, act, then, numbers } of cases) {
  test(`${id}: the picture shows what the cluster holds at a hundred times, before and after a deed`, async ({ page }) => {
    const met = await openDiagram(page, { id, alias: id })
    const random = dice(7)
    for (const told of [story, then]) {
      for (let i = 0; i < 50; i++) {
        await met.scrub(random(1001))
        const t = await met.time()
        const seen = await shown(met)
        const held = told.timeline.look(t + told.begin, ({ api }) => ({ pods: podsHeld(api), numbers: numbers(api) }))
        expect({ t, pods: seen.pods }).toEqual({ t, pods: held.pods })
        for (const [name, value] of Object.entries(held.numbers))
          expect(`${t} ${name} ${seen.numbers[name]}`).toBe(`${t} ${name} ${value}`)
      }
      if (told === story) {
        await met.scrub(0)
        await act(met)
      }
    }
  })
}

test('a refusal says why in plain words, then in the API server’s own, and stays on the page', async ({ page }) => {
  const met = await openDiagram(page, { id: 'rolling-update', alias: 'rolling-update' })
  for (const name of ['Less: unavailable', 'Less: unavailable', 'Less: surge', 'Less: surge'])
    await met.button(name).click()
  // what is still to be said is said with what comes
  await expect(met.root.getByRole('status')).toContainText('You let 1 be added')
  await met.button('Less: surge').click()
  const refused = met.root.locator('.refused')
  await expect(refused).toHaveText(/^\s*You cannot let 0 be added: surge and unavailable cannot both be 0, or nothing could move\./)
  await expect(refused.locator('small')).toHaveText(/^Deployment\.apps "web" is invalid: .*may not be 0 when `maxSurge` is 0$/)
  // heard as it is seen
  await expect(met.root.getByRole('status')).toHaveText(/^You cannot let 0 be added: .* Deployment\.apps "web" is invalid: .*may not be 0 when `maxSurge` is 0$/)
  const [words, frame] = [await refused.boundingBox(), await met.root.boundingBox()]
  expect(words!.x + words!.width).toBeLessThanOrEqual(frame!.x + frame!.width + 1)
  const bar = await met.root.locator('.transport').boundingBox()
  expect(words!.y + words!.height).toBeLessThanOrEqual(bar!.y + 1)
})
