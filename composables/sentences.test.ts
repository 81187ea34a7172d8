import { describe, expect, it } from 'vitest'
import { brief, deedSentence, eventSentence, inOneBreath, newDeed, outcomes, refusalLines } from './sentences.ts'

describe('an event that is spoken', () => {
  it('is a sentence, and who did it begins it', () => {
    expect(eventSentence({ by: 'you', text: 'stop the shop' })).toBe('You stop the shop.')
    expect(eventSentence({ by: 'replicaset-controller', text: 'creates a Pod' })).toBe('replicaset-controller creates a Pod.')
    expect(eventSentence({ by: 'kernel', text: 'Out of memory: Killed process 902 (blog)' })).toBe('Kernel: Out of memory: Killed process 902 (blog).')
  })
})

describe('a deed that is spoken', () => {
  const events = [
    { at: 5, by: 'kernel', text: 'frees the port' },
    { at: 5, by: 'you', text: 'move the shop' },
    { at: 5, by: 'shop', text: 'comes alone' },
    { at: 9, by: 'kernel', text: 'kills the blog' },
  ]

  it('is told with what followed at once, and with nothing before or later', () => {
    expect(deedSentence(events, 5)).toBe('You move the shop. Shop comes alone.')
  })

  it('is not made up where no event tells of it', () => {
    expect(deedSentence(events, 9)).toBe('')
  })
})

describe('what came of a deed', () => {
  const events = [{ at: 1, by: 'kernel', text: 'kills the shop', major: true }, { at: 2, by: 'kernel', text: 'kills the blog', major: true }, { at: 3, by: 'blog', text: 'warns' }, { at: 4, by: 'you', text: 'look', major: true }]

  it('is what matters, and nothing that was done by hand', () => {
    expect(outcomes(events).map(({ text }) => text)).toEqual(['kills the shop', 'kills the blog'])
  })

  it('is told in one breath: where it is too much, what came first and what came last', () => {
    expect(inOneBreath(outcomes(events))).toBe('Kernel kills the shop. Kernel kills the blog.')
    expect(inOneBreath([1, 2, 3, 4, 5].map(n => ({ at: n, by: 'kernel', text: `kills ${n}` })))).toBe('Kernel kills 1. Kernel kills 5.')
    expect(inOneBreath([])).toBe('')
  })

  it('does not end with what is no longer so', () => {
    const said = (...texts: string[]) => inOneBreath(texts.map((text, at) => ({ at, by: 'kubelet', text })))
    expect(said('reports node-2 not ready', 'reports node-2 ready')).toBe('kubelet reports node-2 ready.')
    expect(said('reports node-2 not ready', 'reports node-2 ready', 'finds Pod a crashed')).toBe('kubelet reports node-2 ready. kubelet finds Pod a crashed.')
    expect(said('reports node-2 not ready', 'reports node-3 ready')).toBe('kubelet reports node-2 not ready. kubelet reports node-3 ready.')
  })
})

describe('a new deed', () => {
  const a = { at: 5, op: { op: 'stop' } }
  const b = { at: 5, op: { op: 'start' } }

  it('is the last of a list that has grown or ends otherwise, also where the same is done twice', () => {
    expect(newDeed([a], [a, b])).toBe(b)
    expect(newDeed([a], [b])).toBe(b)
    expect(newDeed([a], [a, a])).toBe(a)
  })

  it('is none where deeds were only dropped', () => {
    expect(newDeed([a, b], [])).toBeUndefined()
    expect(newDeed([a, b], [{ at: 5, op: { op: 'stop' } }])).toBeUndefined()
  })
})

it('a refusal has what and why in front, with its Pod by the end of its name, and the words of the API as they are behind', () => {
  expect(refusalLines('You cannot delete Pod web-5f69ff4cdf-bj8k7: it is gone already.\npods "web-5f69ff4cdf-bj8k7" not found')).toEqual(['You cannot delete Pod bj8k7: it is gone already.', 'pods "web-5f69ff4cdf-bj8k7" not found'])
  expect(refusalLines('bj8k7 is stopping.')).toEqual(['bj8k7 is stopping.'])
})

it('a Pod in a sentence is called by the end of its name, and what else has a hash keeps its own', () => {
  expect(brief('waits (ImagePullBackOff) before it tries the image of Pod web-fb5786db4-fc7rd again')).toBe('waits (ImagePullBackOff) before it tries the image of Pod fc7rd again')
  expect(brief('puts Pod web-5f69ff4cdf-bj8k7 on node-1')).toBe('puts Pod bj8k7 on node-1')
  expect(brief('grows ReplicaSet web-5f69ff4cdf from 3 to 5 Pods')).toBe('grows ReplicaSet web-5f69ff4cdf from 3 to 5 Pods')
  expect(brief('removes Pod web-hand')).toBe('removes Pod web-hand')
})
