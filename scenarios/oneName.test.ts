import { describe, expect, it } from 'vitest'
import { describeStory } from '../tests/contract/story.ts'
import { deeds, firstSeed, oneNameStory, say, serviceOf } from './oneName.ts'
import type { NameView } from './oneName.ts'

const start = oneNameStory().at(0)
const pod = start.pods[0]!
const moment = (id: string, seed = firstSeed) => {
  const story = oneNameStory(seed)
  return story.at(story.moments.find(each => each.id === id)!.at)
}
const listed = (view: NameView) => serviceOf(view).endpoints.map(({ uid }) => uid).sort()
const ready = (view: NameView) => serviceOf(view).endpoints.filter(each => each.ready)
/** to whom requests that were sent in the last second went */
const asked = (view: NameView) => new Set(view.requests.filter(({ sent }) => sent > view.now - 1000).map(({ uid }) => uid))

describeStory('one name, many Pods', oneNameStory, [
  { op: deeds.label(pod.name, 'debug'), when: [0, 5000] },
  { op: deeds.fail(pod.name), when: [20_000] },
  { op: deeds.stop('node-2'), when: [1000, 25_000] },
  { op: deeds.select('shop'), when: [60_000] },
  { op: deeds.want(2), when: [60_000] },
], 12)

it('the story is told in these words', () => {
  const story = oneNameStory()
  expect(story.moments.map(({ id, at, sentence }) => `${at / 1000} s ${id}: ${sentence}\n${say(story.at(at))}`).join('\n\n')).toMatchSnapshot()
  expect(story.events(-1, story.duration).map(({ at, by, text }) => `${(at / 1000).toFixed(1)} ${by}: ${text}`)).toMatchSnapshot()
})

describe.each([1, 2, 3, 42, 99])('with the seed %i', (seed) => {
  it('all four Pods are on the list at first, ready, and nothing is lost', () => {
    const view = moment('shared', seed)
    expect(ready(view)).toHaveLength(4)
    expect(listed(view)).toEqual(view.pods.map(({ uid }) => uid).sort())
    expect(view.lostInAll).toBe(0)
  })

  it('a Pod with another label leaves list and ReplicaSet, runs on, and is asked for nothing; the new one waits for its readiness', () => {
    const view = moment('left', seed)
    const left = view.pods.find(({ labels }) => labels.app === 'debug')!
    expect(left).toMatchObject({ reality: 'serving', owner: '' })
    expect(listed(view)).not.toContain(left.uid)
    const fresh = view.pods.find(({ uid }) => !moment('shared', seed).pods.some(each => each.uid === uid))!
    expect(listed(view)).toContain(fresh.uid)
    expect(ready(view)).toHaveLength(3)
    expect(asked(view)).not.toContain(left.uid)
    expect(asked(view)).not.toContain(fresh.uid)
  })

  it('a Pod whose readiness probe fails is on the list and asked for nothing, and is not restarted; mended, it is ready again', () => {
    const view = moment('unready', seed)
    const broken = view.pods.find(({ broken }) => broken)!
    expect(broken).toMatchObject({ reality: 'serving', ready: false, restarts: 0 })
    expect(listed(view)).toContain(broken.uid)
    expect(ready(view)).toHaveLength(3)
    expect(asked(view)).not.toContain(broken.uid)
    expect(moment('dead', seed).pods.find(({ uid }) => uid === broken.uid)).toMatchObject({ ready: true, restarts: 0 })
  })

  it('requests to a dead machine are lost until its addresses are marked', () => {
    const dead = moment('dead', seed)
    const gone = moment('gone', seed)
    expect(dead.lately.lost).toBeGreaterThan(10)
    expect(ready(dead)).toHaveLength(4)
    expect(gone.lately.lost).toBe(0)
    expect(listed(gone)).toEqual(listed(dead))
    const dark = gone.machines.find(({ on }) => !on)!.name
    expect(ready(gone).every(({ node }) => node !== dark)).toBe(true)
    expect(gone.pods.filter(({ node, uid }) => node === dark && asked(gone).has(uid))).toEqual([])
  })
})

describe('a learner', () => {
  it('who breaks a Pod’s program sees errors until three probes have failed, and none after', () => {
    const story = oneNameStory().fork(0, deeds.fail(pod.name))
    expect(story.at(3000).lately.lost).toBeGreaterThan(0)
    expect(ready(story.at(9000))).toHaveLength(3)
    expect(story.at(9000).pods[0]).toMatchObject({ reality: 'serving', broken: true, ready: false })
    expect(story.at(30_000).lately.lost).toBe(0)
    const mended = story.fork(20_000, deeds.mend(pod.name))
    expect(ready(mended.at(25_000))).toHaveLength(4)
  })

  it('who selects what nobody carries loses every request, and gets the list back with the label', () => {
    const story = oneNameStory().fork(0, deeds.select('shop'))
    const view = story.at(5000)
    expect(serviceOf(view).endpoints).toEqual([])
    expect(view.requests.filter(({ sent, over }) => sent > 2000 && over).every(({ outcome }) => outcome === 'refused')).toBe(true)
    expect(ready(story.fork(6000, deeds.select('web')).at(8000))).toHaveLength(4)
  })

  it('who gives a Pod its label back has one too many, and one of them goes', () => {
    const story = oneNameStory().fork(0, deeds.label(pod.name, 'debug')).fork(20_000, deeds.label(pod.name, 'web'))
    const view = story.at(25_000)
    expect(view.pods.filter(({ state }) => state !== 'terminating')).toHaveLength(4)
    expect(listed(view)).toHaveLength(4)
  })
})
