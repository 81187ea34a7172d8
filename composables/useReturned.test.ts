import type { Done } from './useStory.ts'
import { describe, expect, it } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'
import { useReturned } from './useReturned.ts'

async function leave(list: readonly Done[]) {
  const [done, t, live] = [shallowRef(list), ref(700), ref(true)]
  const returned = useReturned({ done }, { t }, { live } as never)
  expect(returned.value).toBe(false)
  live.value = false
  await nextTick()
  expect(returned.value).toBe(false)
  live.value = true
  await nextTick()
  return { done, t, returned }
}
const deed: Done = { at: 5, op: { op: 'stop' } }

describe('whoever comes back to a diagram', () => {
  it('is told that it stands as it was left, where something was done to it', async () => {
    expect((await leave([deed])).returned.value).toBe(true)
  })

  it('is told nothing where its story is as written', async () => {
    expect((await leave([])).returned.value).toBe(false)
  })

  it('is told no longer once the playhead moves or anything is done', async () => {
    const moved = await leave([deed])
    moved.t.value = 900
    expect(moved.returned.value).toBe(false)
    const changed = await leave([deed])
    changed.done.value = [deed, { at: 700, op: { op: 'start' } }]
    expect(changed.returned.value).toBe(false)
  })

  it('is told also where the run was read anew from the log', async () => {
    const same = await leave([deed])
    same.done.value = [{ ...deed }]
    expect(same.returned.value).toBe(true)
  })
})
