// The loop as a story: its moments in words, and what a learner finds out by taking things away.
import type { Intervention } from '../models/story.ts'
import { describe, expect, it } from 'vitest'
import { describeStory } from '../tests/contract/story.ts'
import { deeds, holds, leftBehind, live, loopsOf, loopStory, say, summary } from './loop.ts'

const start = loopStory().at(0)
const op = (op: Intervention, ...when: number[]) => ({ op, when })
describeStory('the loop', () => loopStory(), [op(deeds.want(5), 0, 2003, 9000), op(deeds.kill(start.pods[1]!.name), 0, 1500), op(deeds.removeSet(start.replicaSets[0]!.name), 0, 5000), op(deeds.add('web-hand', start.labels), 0, 5000), op(deeds.window(true), 0, 9000)], 12)

const rows = (at: number, story = loopStory()) => loopsOf(story.at(at)).slice(1).map(({ wanted, observed, act }) => [wanted, observed, act])
const names = (story: ReturnType<typeof loopStory>, at: number) => live(story.at(at).pods).map(({ name }) => name).sort()

describe('what is told', () => {
  it('says at each moment what is to be seen', () => {
    const story = loopStory()
    expect(story.moments.map(({ at, sentence }) => `${sentence}\n  ${say(story.at(at))}`).join('\n')).toMatchInlineSnapshot(`
      "Three are wanted and three are there. The loops look, and do nothing.
        The thermostat wants 21 degrees, sees 21.0: nothing to do. The Deployment wants 3, sees 3: nothing to do. The ReplicaSet wants 3, sees 3: nothing to do. 3 Pods on the machines: 6vmff ready, xww7k ready, rp4z7 ready.
      Somebody deletes 6vmff. The ReplicaSet’s loop counts for itself: one is missing.
        The thermostat wants 21 degrees, sees 21.0: nothing to do. The Deployment wants 3, sees 3: nothing to do. The ReplicaSet wants 3, sees 2: create 1. 3 Pods on the machines: 6vmff terminating, xww7k ready, rp4z7 ready.
      So that loop has created mq7l4: a new Pod, with a new name; nothing was repaired.
        The thermostat wants 21 degrees, sees 21.0: nothing to do. The Deployment wants 3, sees 3: nothing to do. The ReplicaSet wants 3, sees 3: nothing to do. 3 Pods on the machines: mq7l4 ready, xww7k ready, rp4z7 ready.
      Now five are wanted. The Deployment’s loop finds three written in its ReplicaSet.
        The thermostat wants 21 degrees, sees 21.0: nothing to do. The Deployment wants 5, sees 3: write 5 there. The ReplicaSet wants 3, sees 3: nothing to do. 3 Pods on the machines: mq7l4 ready, xww7k ready, rp4z7 ready.
      It writes five there. Only now has the ReplicaSet’s loop a gap to close.
        The thermostat wants 21 degrees, sees 21.0: nothing to do. The Deployment wants 5, sees 5: nothing to do. The ReplicaSet wants 5, sees 3: create 2. 3 Pods on the machines: mq7l4 ready, xww7k ready, rp4z7 ready.
      It has created two: five are wanted, and five are there. Both loops go on looking.
        The thermostat wants 21 degrees, sees 21.0: nothing to do. The Deployment wants 5, sees 5: nothing to do. The ReplicaSet wants 5, sees 5: nothing to do. 5 Pods on the machines: mq7l4 ready, hlm2j ready, xww7k ready, rp4z7 ready, 5p6wq ready."
    `)
  })

  it('names who did what, in the order in which it was done', () => {
    const story = loopStory()
    expect(story.events(-1, story.duration).map(({ by, text }) => `${by} ${text}`).join('\n')).toMatchInlineSnapshot(`
      "operator deletes a Pod
      replicaset-controller creates Pod web-5f69ff4cdf-mq7l4
      default-scheduler puts Pod web-5f69ff4cdf-mq7l4 on node-1
      kubelet has stopped Pod web-5f69ff4cdf-6vmff: it is gone
      kubelet finds Pod web-5f69ff4cdf-mq7l4 ready
      operator wants 5 Pods
      deployment-controller grows ReplicaSet web-5f69ff4cdf from 3 to 5 Pods
      replicaset-controller creates Pod web-5f69ff4cdf-hlm2j
      replicaset-controller creates Pod web-5f69ff4cdf-5p6wq
      default-scheduler puts Pod web-5f69ff4cdf-hlm2j on node-1
      default-scheduler puts Pod web-5f69ff4cdf-5p6wq on node-3
      kubelet finds Pod web-5f69ff4cdf-hlm2j ready
      kubelet finds Pod web-5f69ff4cdf-5p6wq ready"
    `)
  })

  it.each([1, 2, 3, 4, 5])('is as the moments say, whatever chance does (seed %i)', (seed) => {
    const story = loopStory(seed)
    expect(story.moments.map(({ at }) => rows(at, story))).toEqual([
      [[3, 3, 'nothing'], [3, 3, 'nothing']],
      [[3, 3, 'nothing'], [3, 2, 'create 1']],
      [[3, 3, 'nothing'], [3, 3, 'nothing']],
      [[5, 3, 'write 5 there'], [3, 3, 'nothing']],
      [[5, 5, 'nothing'], [5, 3, 'create 2']],
      [[5, 5, 'nothing'], [5, 5, 'nothing']],
    ])
    expect(names(story, 5000).filter(name => !names(story, 0).includes(name))).toHaveLength(1)
  })
})

describe('the room by ear', () => {
  it('is too cold some time after the window is opened, and warm again some time after it is closed, and nothing else is told of it', () => {
    const open = loopStory().fork(1000, deeds.window(true))
    const closed = open.fork(9000, deeds.window(false))
    const told = Array.from({ length: Math.floor(closed.duration / 100) }, (_, i) => holds(closed.at(i * 100))?.[0]).filter(what => what !== undefined)
    expect(told.filter((what, i) => what !== told[i - 1])).toEqual(['warm', 'cold', 'warm'])
  })
})

describe('what a learner finds out', () => {
  it('whatever is taken away comes back, as another', () => {
    const pods = names(loopStory(), 0)
    const story = pods.reduce((told, name) => told.fork(0, deeds.kill(name)), loopStory())
    expect(summary(story.at(story.duration))).toBe('3 Pods wanted, 3 there, 3 ready. The loops go on looking.')
    expect(names(story, story.duration).filter(name => pods.includes(name))).toEqual([])
  })

  it('one too many goes: a Pod made by hand is taken for the ReplicaSet’s own', () => {
    const story = loopStory().fork(0, deeds.add('web-hand', start.labels))
    expect(live(story.at(story.duration).pods)).toHaveLength(3)
    expect(story.events(-1, 1000).some(({ by, text }) => by === 'replicaset-controller' && /removes|stop/.test(text))).toBe(true)
  })

  it('a ReplicaSet that is deleted is made again by the Deployment’s loop', () => {
    const story = loopStory().fork(0, deeds.removeSet(start.replicaSets[0]!.name))
    expect(story.events(-1, 1000).some(({ by, text }) => by === 'deployment-controller' && text.startsWith('creates ReplicaSet'))).toBe(true)
    expect(rows(story.duration, story)).toEqual([[3, 3, 'nothing'], [3, 3, 'nothing']])
  })

  it.each([0, 5000, 9000])('the new ReplicaSet counts no Pod of the deleted one, at any time (deleted at %i ms)', (when) => {
    const deleted = loopStory().at(when).replicaSets[0]!
    const story = loopStory().fork(when, deeds.removeSet(deleted.name))
    const times = [...new Set(story.events(when - 1, when + 3000).map(({ at }) => at))]
    const seen = times.map(at => story.timeline.look(at + story.begin, ({ api }) => {
      const set = api.list('ReplicaSet')[0]
      const pods = api.list('Pod').filter(({ metadata }) => !metadata.deletionTimestamp)
      const of = (uid?: string) => pods.filter(({ metadata }) => metadata.ownerReferences?.some(each => each.uid === uid)).length
      return { owned: set ? of(set.metadata.uid) : 0, left: of(deleted.uid) * Number(set?.metadata.uid !== deleted.uid) }
    }))
    expect(times.map(at => ({ owned: loopsOf(story.at(at))[2]!.observed, left: leftBehind(story.at(at)).length }))).toEqual(seen)
    expect(seen.some(({ left }) => left === deleted.size)).toBe(true)
    expect(Math.max(...times.map(at => loopsOf(story.at(at))[2]!.observed))).toBe(deleted.wanted)
  })

  it('the thermostat cares for its window alone, and the Pods not at all', () => {
    const story = loopStory().fork(0, deeds.window(true))
    const { room, pods } = story.at(story.duration)
    expect(room.heats).toBe(true)
    expect(room.temperature).toBeLessThan(20)
    expect(pods.map(({ name }) => name)).toEqual(start.pods.map(({ name }) => name))
  })

  it('time runs slowly just after a deed, and only then', () => {
    const { pace } = loopStory().fork(500, deeds.want(4))
    expect([0, 499, 500, 509, 510, 539, 540].map(t => typeof pace === 'function' ? pace(t) : pace)).toEqual([1, 1, 0.0027, 0.0027, 0.012, 0.012, 1])
  })

  it('the thermostat rests from the first moment to the last: no heating draws the eye from what the script is about', () => {
    const story = loopStory()
    for (let t = 0; t <= story.duration; t += 250)
      expect(loopsOf(story.at(t))[0]!.act, `${t} ms`).toBe('nothing')
  })

  it('what is done to the thermostat is seen at once: it ends slow motion', () => {
    const paces = [loopStory().fork(500, deeds.window(true)), loopStory().fork(500, deeds.want(4)).fork(505, deeds.dial(23))].map(({ pace }) => pace as (t: number) => number)
    expect(paces.map(pace => pace(506))).toEqual([1, 1])
    expect(paces[1]!(504)).toBe(0.0027)
  })

  it('what is no Pod, or no longer there, cannot be deleted', () => {
    expect(() => loopStory().fork(0, deeds.kill('web-none'))).toThrow('pods "web-none" not found')
  })

  it('a Pod that stops already is not deleted once more', () => {
    const [pod] = start.pods
    expect(() => loopStory().fork(0, deeds.kill(pod!.name)).fork(1, deeds.kill(pod!.name))).toThrow(`You cannot delete Pod ${pod!.name.slice(-5)}: it is stopping already.`)
  })

  it('the dial tells at once whether the thermostat heats', () => {
    const said = (degrees: number) => loopStory().fork(0, deeds.dial(degrees)).events(-1, 0).at(-1)!.text
    expect(said(24)).toBe('turn the dial to 24 degrees: it is to heat')
    expect(said(18)).toBe('turn the dial to 18 degrees: nothing to do')
  })
})
