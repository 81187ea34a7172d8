// What breaks, and one name: what the picture shows at any time is what the cluster holds, and what a learner does has its consequence.
import type { ObjectOf } from '../../cluster/index.ts'
import type { NameView } from '../../scenarios/oneName.ts'
import type { ClusterStory } from '../../scenarios/story.ts'
import type { BreakView } from '../../scenarios/thingsBreak.ts'
import type { Met } from './diagram.ts'
import { totals } from '../../cluster/network/requests.ts'
import { oneNameStory } from '../../scenarios/oneName.ts'
import { USERS } from '../../scenarios/base.ts'
import { thingsBreakStory } from '../../scenarios/thingsBreak.ts'
import { shortName } from '../../scenarios/view.ts'
import { deckOf, expect, test } from './deck.ts'
import { dice, openDiagram, slideNo } from './diagram.ts'

const LOOKS: Readonly<Record<string, string>> = { starting: 'starting', serving: 'ready', stopping: 'terminating', crashed: 'crashed', lost: 'lost' }

/** Goes to so many times at random, and compares what is drawn with what is held. */
async function compare(met: Met, times: number, seed: number, shown: () => Promise<unknown>, held: (t: number) => unknown): Promise<void> {
  const random = dice(seed)
  for (let i = 0; i < times; i++) {
    await met.scrub(random(1001))
    const t = await met.time()
    await expect.poll(shown, { message: `at ${t}` }).toEqual(held(t))
  }
}

/** Everything that is drawn of machines, Pods, beliefs and requests. */
const breaksShown = ({ root }: Met) => root.evaluate(root => ({
  numbers: ['wanted', 'believedReady', 'running', 'served', 'lost'].map(name => Number(root.querySelector<HTMLElement>('.breaks')!.dataset[name])),
  machines: [...root.querySelectorAll<HTMLElement>('[data-machine]')].map(({ dataset }) => `${dataset.machine} ${dataset.on} ${dataset.cut}`),
  believed: [...root.querySelectorAll<HTMLElement>('[data-believed]')].map(el => `${el.dataset.node} ${el.querySelector('.node')!.textContent!.trim()}`),
  pods: [...root.querySelectorAll<HTMLElement>('.pod')].map(el => `${el.dataset.pod} ${el.dataset.node} ${el.dataset.state} ${el.textContent!.trim()}`).sort(),
  stored: [...root.querySelectorAll<HTMLElement>('[data-believed-pod]')].map(el => `${el.dataset.believedPod} ${el.dataset.state} ${el.dataset.restarts} ${el.querySelector('.name')!.textContent}`).sort(),
}))
const words: Readonly<Record<string, string>> = { True: 'Ready', False: 'NotReady', Unknown: 'Unknown' }
const isReady = ({ status }: ObjectOf<'Pod'>) => status.conditions?.some(each => each.type === 'Ready' && each.status === 'True') ?? false
/** Counted in the cluster itself; only what a box looks like is the view's. */
function breaksHeld(story: ClusterStory<BreakView>, t: number): Awaited<ReturnType<typeof breaksShown>> {
  const looks = new Map(story.at(t).pods.map(pod => [pod.name, pod]))
  // what was answered before the story begins is not its users'
  const before = story.timeline.look(story.begin, ({ world }) => {
    const { ok, ...bad } = totals(world.network!, USERS)
    return { ok, bad }
  })
  const sum = (of: Readonly<Record<string, number>>) => Object.values(of).reduce((all, n) => all + n, 0)
  return story.timeline.look(t + story.begin, ({ api, world, now }) => {
    const stored = api.list('Pod')
    const machines = [...world.machines!.values()]
    const there = machines.flatMap(({ spec: { name }, on, pods }) => [...pods.values()].map(({ pod, containers }) => ({ pod, node: name, answers: on && containers.every(({ stage, load, term }) => stage === 'running' && term > now && now >= load!.since + load!.program.boot) })))
    const { ok, ...bad } = totals(world.network!, USERS)
    return {
      numbers: [
        api.get('Deployment', 'default', 'web')!.spec.replicas,
        stored.filter(pod => isReady(pod) && !pod.metadata.deletionTimestamp).length,
        there.filter(({ answers }) => answers).length,
        ok - before.ok,
        sum(bad) - sum(before.bad),
      ],
      machines: machines.map(({ spec: { name }, on, connected }) => `${name} ${on} ${!connected}`),
      believed: api.list('Node').map(({ metadata: { name }, status }) => `${name} ${name} is ${words[status.conditions!.find(({ type }) => type === 'Ready')!.status]}`),
      pods: there.map(({ pod: { metadata: { name } }, node }) => {
        const { reality } = looks.get(name)!
        return `${name} ${node} ${LOOKS[reality]} ${shortName({ name })}`
      }).sort(),
      stored: stored.filter(({ spec }) => spec.nodeName).map(({ metadata: { name }, status }) => `${name} ${looks.get(name)!.state} ${status.containerStatuses?.[0]?.restartCount ?? 0} ${shortName({ name })}`).sort(),
    }
  })
}

for (const part of ['pods', 'machines'] as const) {
  test(`${part} that break: the picture shows what the cluster holds at a hundred times`, async ({ page }) => {
    const story = thingsBreakStory(part)
    const met = await openDiagram(page, part === 'pods' ? { id: 'breaks-pods', alias: 'healing' } : { id: 'breaks-machines', alias: 'dead-node' })
    await compare(met, 100, part.length, () => breaksShown(met), t => breaksHeld(story, t))
  })
}

test('a learner cuts a machine off, and the picture shows what is beside what is believed', async ({ page }) => {
  const met = await openDiagram(page, { id: 'breaks-machines', alias: 'dead-node' })
  await met.button('machine node-1').click()
  await met.button('cut off node-1').click()
  const mine = thingsBreakStory('machines').fork(0, { op: 'cutMachine', node: 'node-1' })
  await expect.poll(met.time).toBe(mine.duration)
  await compare(met, 20, 3, () => breaksShown(met), t => breaksHeld(mine, t))
  await met.scrub(1000)
  await met.button('connect node-1').click()
  const again = mine.fork(mine.duration, { op: 'joinMachine', node: 'node-1' })
  await expect.poll(met.time).toBe(again.duration)
  expect(await breaksShown(met)).toEqual(breaksHeld(again, again.duration))
})

test('all Pods on one machine are drawn and believed apart, and the strip stays clear of them', async ({ page }) => {
  const met = await openDiagram(page, { id: 'breaks-machines', alias: 'dead-node' })
  for (const node of ['node-1', 'node-2']) {
    await met.scrub(0)
    await met.button(`machine ${node}`).click()
    await met.button(`power off ${node}`).click()
    await met.settled()
  }
  await expect(met.root.locator('.pod[data-node="node-3"]')).toHaveCount(6)
  const card = met.root.locator('[data-node="node-3"].belief')
  await expect(card.locator('[data-believed-pod]')).toHaveCount(6)
  const top = (await met.root.locator('.request-strip svg').first().boundingBox())!.y
  const lowest = await card.evaluate(el => Math.max(...[...el.querySelectorAll('p')].map(p => p.getBoundingClientRect().bottom)))
  expect(lowest).toBeLessThan(top)
})

test('what is not possible is said, and changes nothing', async ({ page }) => {
  const story = thingsBreakStory('pods')
  const met = await openDiagram(page, { id: 'breaks-pods', alias: 'healing' }, 2)
  await expect.poll(met.time).toBe(story.moments[2]!.at)
  const { name } = story.at(0).pods.findLast(({ node }) => node === 'node-1')!
  await met.button(new RegExp(`^Pod ${shortName({ name })} on `)).click()
  await met.button(`crash ${shortName({ name })}`).click()
  await expect(met.root.locator('.refused')).toContainText(`You cannot kill the process in Pod ${shortName({ name })}: no container of it runs at this moment.`)
  await expect(met.root.locator('.refused small')).toHaveText(`nothing runs in the Pod "${name}"`)
  expect(await breaksShown(met)).toEqual(breaksHeld(story, story.moments[2]!.at))
})

/** Everything that is drawn of the Service, its list, the Pods and the requests. */
const nameShown = ({ root }: Met) => root.evaluate((root) => {
  const { wanted, served, lost, selector } = root.querySelector<HTMLElement>('.one-name')!.dataset
  return {
    numbers: [wanted, served, lost].map(Number),
    selector,
    list: [...root.querySelectorAll<HTMLElement>('[data-endpoint]')].map(el => `${el.dataset.endpoint} ${el.dataset.ready} ${el.textContent!.trim().replace(/\s+/g, ' ')}`).sort(),
    pods: [...root.querySelectorAll<HTMLElement>('.pod')].map(el => `${el.dataset.pod} ${el.dataset.node} ${el.dataset.state} ${el.textContent!.trim()}`).sort(),
    waiting: root.querySelectorAll('[data-dot="waiting"]').length,
    going: root.querySelectorAll('[data-dot="going"]').length,
  }
})
function nameHeld(story: ClusterStory<NameView>, t: number): Awaited<ReturnType<typeof nameShown>> {
  const view = story.at(t)
  const travel = travelAt(story, t)
  return story.timeline.look(t + story.begin, ({ api }) => ({
    numbers: [api.get('Deployment', 'default', 'web')!.spec.replicas, view.lately.served, view.lately.lost],
    selector: api.get('Service', 'default', 'web')!.spec.selector!.app,
    list: api.list('EndpointSlice').filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'web').flatMap(({ endpoints }) => endpoints).map(({ targetRef, conditions, addresses }) => `${targetRef!.name} ${conditions!.ready} ${shortName({ name: targetRef!.name! })}, ${conditions!.ready ? 'ready' : 'not ready'}, ${addresses[0]}`).sort(),
    pods: view.pods.map(pod => `${pod.name} ${pod.node} ${pod.broken ? 'failing' : LOOKS[pod.reality] ?? 'pending'} ${api.get('Pod', 'default', pod.name)!.metadata.labels!.app} ${shortName(pod)}`).sort(),
    waiting: view.requests.filter(({ sent, over }) => view.now - sent >= travel && over === undefined).length,
    going: view.requests.filter(({ sent }) => view.now - sent < travel).length,
  }))
}
const travelAt = (story: ReturnType<typeof oneNameStory>, t: number) => Math.min(2000, 900 * (typeof story.pace === 'function' ? story.pace(t) : 1))

test('one name: the picture shows what the cluster holds at a hundred times', async ({ page }) => {
  const story = oneNameStory()
  const met = await openDiagram(page, { id: 'one-name', alias: 'service' })
  await compare(met, 100, 11, () => nameShown(met), t => nameHeld(story, t))
})

test('one name: a learner points the selector elsewhere, and every request is refused', async ({ page }) => {
  const met = await openDiagram(page, { id: 'one-name', alias: 'service' })
  await met.button('select app=shop').click()
  await expect(met.root.locator('.none')).toContainText('nobody')
  await met.button('select app=web').click()
  await expect(met.root.locator('[data-endpoint]')).toHaveCount(4)
})

test('a reply takes one line, so that no answer stands apart before it is shown', async ({ page }) => {
  for (const alias of ['loop-question', 'service-question', 'healing-question', 'dead-node-question', 'rolling-update-question']) {
    await page.goto(`${deckOf('long')}#/${slideNo(alias)}?clicks=0`)
    await page.reload()
    const replies = page.locator('.slidev-page:visible .predict .coming')
    await expect(replies).toHaveCount(4)
    const lines = await replies.evaluateAll(all => all.slice(0, 3).map(el => Math.round(el.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(el).lineHeight))))
    expect(lines, alias).toEqual([1, 1, 1])
    await page.keyboard.press('ArrowRight')
    await expect(page.locator('.slidev-page:visible .predict.revealed')).toBeVisible()
    const last = await page.locator('.slidev-page:visible .predict .reply').last().evaluate(el => Math.round(el.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(el).lineHeight)))
    expect(last, alias).toBe(1)
  }
})
