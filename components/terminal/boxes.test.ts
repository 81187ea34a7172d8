// What stands on a box beside a terminal, and in words beside it.
import type { PodView } from '../../scenarios/view.ts'
import { expect, it } from 'vitest'
import { asAsked, ledBy, toldOf, wordsOf } from './boxes.ts'

const pod = (more: Partial<PodView>): PodView => ({ name: 'web-68dcf774d6-fvfnr', uid: 'u', labels: {}, node: 'node-1', arrival: 0, owner: 'web-68dcf774d6', ownerUid: 'o', version: 1, image: 'web:1', state: 'ready', reason: '', backoff: '', restarts: 0, ready: true, reality: 'serving', broken: false, stored: true, ip: '', created: 0, ...more })
const words = (more: Partial<PodView>) => wordsOf(pod(more)).map(word => word.replace('\u2004', ' '))

it('a box begins with its number, also where its Pod waits; the name goes first where both do not fit', () => {
  expect(words({})).toEqual(['1 fvfnr', '1'])
  expect(words({ node: '', state: 'pending' })).toEqual(['1 fvfnr', '1'])
  expect(words({ image: 'web:nope' })).toEqual(['nope fvfnr', 'nope'])
})

it('what somebody named is known by that, and what has no number by its name', () => {
  expect(words({ name: 'lookout', owner: '' })).toEqual(['lookout', '1'])
  expect(words({ image: 'web' })[0]).toBe('fvfnr')
  expect(words({ image: 'web' })[1]).toBe('fvfnr')
})

it('its colour is that of the number it asks for', () => {
  expect(asAsked([pod({ image: 'web:3', version: 2 }), pod({ image: 'web:nope', version: 2 }), pod({ version: 0 })]).map(({ version }) => version)).toEqual([3, 2, 0])
})

it('counts Pods, and of a Service those that are ready', () => {
  expect([toldOf([]), toldOf([pod({})]), toldOf([pod({}), pod({})]), toldOf([pod({}), pod({ state: 'starting' })])]).toEqual(['no Pods', '1 Pod, ready', '2 Pods, all ready', '2 Pods, 1 ready'])
  const endpoint = { address: '', pod: '', uid: 'u', node: '', ready: true, ending: false }
  expect(ledBy([{ name: 'kubernetes', address: '', selector: {}, endpoints: [] }, { name: 'web', address: '', selector: {}, endpoints: [endpoint, { ...endpoint, ready: false }] }])).toEqual([{ name: 'web', pods: ['u'] }])
})
