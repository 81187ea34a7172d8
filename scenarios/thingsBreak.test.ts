import { describe, expect, it } from 'vitest'
import { describeStory } from '../tests/contract/story.ts'
import { USERS } from './base.ts'
import { BEGIN, firstSeeds, inWords, thingsBreakStory } from './thingsBreak.ts'
import { shortName } from './view.ts'
import type { Breaking, BreakView } from './thingsBreak.ts'

const parts: readonly Breaking[] = ['pods', 'machines']
const first = (part: Breaking, seed = firstSeeds[part]) => thingsBreakStory(part, seed).at(0).pods[0]!.name
const lost = ({ users }: BreakView) => users.lost
const moment = (part: Breaking, id: string, seed = firstSeeds[part]) => {
  const story = thingsBreakStory(part, seed)
  return story.at(story.moments.find(each => each.id === id)!.at)
}

describeStory('what breaks in containers and Pods', () => thingsBreakStory('pods'), [
  { op: { op: 'killContainer', pod: first('pods') }, when: [15_000] },
  { op: { op: 'delete', kind: 'Pod', name: first('pods') }, when: [3000] },
], 12)
describeStory('what breaks in machines', () => thingsBreakStory('machines'), [
  { op: { op: 'stopMachine', node: 'node-1' }, when: [200_000] },
  { op: { op: 'cutMachine', node: 'node-1' }, when: [5000] },
], 12)

describe.each(parts)('the story of %s that break', (part) => {
  it('is told in these words', () => {
    const story = thingsBreakStory(part)
    expect(story.moments.map(({ id, at, sentence }) => `${at / 1000} s ${id}: ${sentence}\n${inWords(story.at(at))}`).join('\n\n')).toMatchSnapshot()
    expect(story.events(-1, story.duration).map(({ at, by, text }) => `${(at / 1000).toFixed(1)} ${by}: ${text}`)).toMatchSnapshot()
  })
})

describe.each([1, 2, 3, 42, 99])('with the seed %i', (seed) => {
  it('all is well at the beginning', () => {
    for (const part of parts) {
      const view = thingsBreakStory(part, seed).at(0)
      expect([view.wanted, view.believed, view.running, lost(view)]).toEqual([6, 6, 6, 0])
    }
  })

  it('a container that crashes comes again in its Pod, and is held back longer each time', () => {
    const { name } = thingsBreakStory('pods', seed).at(0).pods.findLast(({ node }) => node === 'node-1')!
    const of = (view: BreakView) => view.pods.find(each => each.name === name)!
    const { uid } = of(moment('pods', 'calm', seed))
    expect(of(moment('pods', 'restarted', seed))).toMatchObject({ uid, restarts: 1, reality: 'serving', state: 'ready' })
    // until the kubelet has looked and the list has changed: at most a second of what this Pod gets of 12 a second
    const cost = lost(moment('pods', 'restarted', seed))
    expect(cost).toBeGreaterThan(0)
    expect(cost).toBeLessThan(6)
    expect(of(moment('pods', 'waiting', seed))).toMatchObject({ uid, restarts: 2, reality: 'crashed', reason: 'CrashLoopBackOff', backoff: '20s' })
  })

  it('a Pod that is deleted is followed by another, which is none of those before', () => {
    const before = moment('pods', 'waiting', seed).pods
    const after = moment('pods', 'replaced', seed).pods
    const fresh = after.filter(({ uid }) => !before.some(each => each.uid === uid))
    expect(after).toHaveLength(6)
    expect(fresh).toHaveLength(1)
    expect(before.some(({ name }) => name === fresh[0]!.name)).toBe(false)
    expect(fresh[0]).toMatchObject({ state: 'ready', restarts: 0 })
  })

  it('a dead machine is believed alive for a while, and its Pods for minutes', () => {
    const unnoticed = moment('machines', 'unnoticed', seed)
    expect(unnoticed.machines[1]).toMatchObject({ on: false, ready: 'True' })
    expect(unnoticed.running).toBeLessThan(unnoticed.believed)
    expect(lost(unnoticed)).toBeGreaterThan(20)
    const missed = moment('machines', 'missed', seed)
    expect(missed.machines[1]).toMatchObject({ on: false, ready: 'Unknown' })
    expect(missed.believed).toBe(missed.running)
    const replaced = moment('machines', 'replaced', seed)
    expect([replaced.believed, replaced.running, lost(replaced)]).toEqual([6, 6, lost(missed)])
    expect(replaced.pods.filter(({ node }) => node === 'node-2').map(({ state, reality }) => `${state} ${reality}`)).toEqual(['terminating lost', 'terminating lost'])
  })

  it('what runs on a machine that is cut off runs on, and is believed not ready; nobody notices', () => {
    const cut = moment('machines', 'cut', seed)
    expect(cut.machines[2]).toMatchObject({ on: true, cut: true, ready: 'Unknown' })
    expect(cut.running).toBe(6)
    expect(cut.believed).toBe(6 - cut.pods.filter(({ node }) => node === 'node-3').length)
    expect(lost(cut)).toBe(lost(moment('machines', 'replaced', seed)))
    const back = moment('machines', 'back', seed)
    expect([back.machines[1]!.ready, back.pods.filter(({ node }) => node === 'node-2')]).toEqual(['True', []])
    const cutOff = cut.pods.filter(({ node }) => node === 'node-3').length
    const twice = moment('machines', 'twice', seed)
    expect([twice.wanted, twice.believed, twice.running]).toEqual([6, 6, 6 + cutOff])
    const whole = moment('machines', 'whole', seed)
    expect([whole.believed, whole.running, whole.pods.length, whole.machines[2]!.ready]).toEqual([6, 6, 6, 'True'])
    const story = thingsBreakStory('machines', seed)
    expect(story.at(story.duration)).toMatchObject({ believed: 6, running: 6 })
  })
})

describe('a learner who breaks things', () => {
  it('may stop every machine and start them again: the same Pods come back', () => {
    const nodes = ['node-1', 'node-2', 'node-3']
    const dark = nodes.reduce((story, node, i) => story.fork(5000 + i * 100, { op: 'stopMachine', node }), thingsBreakStory('machines'))
    expect(dark.at(30_000)).toMatchObject({ believed: 6, running: 0 })
    const names = dark.at(30_000).pods.map(shortName)
    const light = nodes.reduce((story, node, i) => story.fork(30_000 + i * 100, { op: 'startMachine', node }), dark)
    expect(light.at(80_000)).toMatchObject({ believed: 6, running: 6 })
    expect(light.at(80_000).pods.map(shortName)).toEqual(names)
  })

  it('may cut every machine off: no list is written any more, and requests go by the last one', () => {
    const nodes = ['node-1', 'node-2', 'node-3']
    const deaf = nodes.reduce((story, node, i) => story.fork(5000 + i * 100, { op: 'cutMachine', node }), thingsBreakStory('machines'))
    const end = deaf.at(deaf.duration)
    expect(end).toMatchObject({ believed: 0, running: 6, users: { lost: 0 } })
    expect(end.users.served).toBeGreaterThan(100)
    expect(deaf.moments.at(-1)!.sentence).toContain('requests go by the last list')
    // a machine that is connected hears that nobody is believed ready, until its own Pods are
    const heard = deaf.fork(deaf.duration, { op: 'joinMachine', node: 'node-1' })
    expect(heard.at(heard.duration).believed).toBeGreaterThan(0)
    expect(lost(heard.at(heard.duration))).toBeLessThan(50)
  })

  it('is told why something is not possible, and nothing has changed', () => {
    const story = thingsBreakStory('machines').fork(5000, { op: 'stopMachine', node: 'node-1' })
    expect(() => story.fork(6000, { op: 'stopMachine', node: 'node-1' })).toThrow('node-1 is off already')
    expect(() => story.fork(6000, { op: 'killContainer', pod: first('machines') })).toThrow('nothing runs in the Pod')
  })

  it('sees what comes of it: a story is as long as that takes', () => {
    const stopped = thingsBreakStory('pods').fork(5000, { op: 'stopMachine', node: 'node-1' })
    expect(stopped.at(stopped.duration)).toMatchObject({ believed: 6, running: 6 })
    expect(stopped.at(stopped.duration).pods.filter(({ state }) => state === 'terminating')).toHaveLength(2)
    const crashed = thingsBreakStory('pods').fork(5000, { op: 'killContainer', pod: first('pods') })
    expect(crashed.duration).toBeLessThan(120_000)
    expect(crashed.at(crashed.duration).believed).toBe(6)
  })

  it('sees the strip from the story’s beginning on', () => {
    const { traffic } = thingsBreakStory('pods').at(5000)
    expect(traffic.find(({ name }) => name === USERS)!.seconds.map(({ at }) => at - BEGIN / 1000).filter(at => at >= 0)).toEqual([0, 1, 2, 3, 4])
  })
})
