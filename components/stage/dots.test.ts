import { describe, expect, it } from 'vitest'
import { dotsAt } from './dots.ts'

describe('the dots of requests', () => {
  const served = { id: 1, uid: 'a', sent: 0, over: 22, outcome: 'served' }
  const lost = { id: 2, uid: 'b', sent: 0, over: 2000, outcome: 'timeout' }

  it('are on their way for as long as is shown, and gone when they are answered', () => {
    expect(dotsAt([served], 250, 1000)).toEqual([{ id: 1, uid: 'a', way: 0.25, state: 'going' }])
    expect(dotsAt([served], 1000, 1000)).toEqual([])
  })

  it('wait where nobody answers, and stay a while where they were lost', () => {
    const { over: _, outcome: __, ...open } = lost
    expect(dotsAt([open], 1500, 1000)).toEqual([{ id: 2, uid: 'b', way: 1, state: 'waiting' }])
    expect(dotsAt([lost], 2100, 1000)).toEqual([{ id: 2, uid: 'b', way: 1, state: 'lost' }])
    expect(dotsAt([lost], 2900, 1000)).toEqual([])
  })

  it('arrive before they are lost, however soon they were refused', () => {
    const refused = { id: 3, uid: '', sent: 0, over: 2, outcome: 'refused' }
    expect(dotsAt([refused], 500, 1000).map(({ state }) => state)).toEqual(['going'])
    expect(dotsAt([refused], 1500, 1000).map(({ state }) => state)).toEqual(['lost'])
  })
})
