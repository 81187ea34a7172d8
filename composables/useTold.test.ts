import { describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { told, useTold } from './useTold.ts'

const seat = vi.hoisted(() => ({ print: false, clicks: { value: 0 } }))
vi.mock('./slidev.ts', () => ({ useSeat: () => seat }))

const said = ['A box.', 'It opens.', '', 'It is empty.']

describe('the name of a drawing', () => {
  it('tells what has come, in order', () => {
    expect([0, 1, 2, 3].map(clicks => told(said, clicks))).toEqual(['A box.', 'A box. It opens.', 'A box. It opens.', 'A box. It opens. It is empty.'])
  })

  it('tells only the present state where one takes the place of another', () => {
    expect([0, 1, 3].map(clicks => told(said, clicks, true))).toEqual(['A box.', 'It opens.', 'It is empty.'])
  })

  it('stays at its last where the slide has more clicks', () => {
    expect(told(said, 9)).toBe('A box. It opens. It is empty.')
    expect(told(said, 9, true)).toBe('It is empty.')
  })
})

describe('a figure', () => {
  it('is told by the clicks of its slide', () => {
    const clicks = ref(0)
    Object.assign(seat, { print: false, clicks })
    const name = useTold(said)
    expect(name.value).toBe('A box.')
    clicks.value = 1
    expect(name.value).toBe('A box. It opens.')
  })

  it('is told whole on paper', () => {
    Object.assign(seat, { print: true, clicks: ref(0) })
    expect(useTold(said).value).toBe('A box. It opens. It is empty.')
    expect(useTold(said, { instead: true }).value).toBe('It is empty.')
  })
})
