import type { PodView } from '../scenarios/view.ts'
import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { useChosenPod } from './useChosenPod.ts'

const pod = (uid: string, state: PodView['state'] = 'ready') => ({ uid, name: uid, state }) as PodView
const at = (now: number, ...pods: PodView[]) => ({ now, pods })

describe('the Pod that the buttons mean', () => {
  it('is the first that does not end, while nobody has chosen', () => {
    const chosen = useChosenPod(ref(1))
    expect(chosen.of(at(0, pod('a'), pod('b')))?.uid).toBe('a')
    expect(chosen.of(at(1, pod('a', 'terminating'), pod('b')))?.uid).toBe('b')
    expect(chosen.of(at(1))).toBeUndefined()
  })

  it('stays the one that was chosen or acted on, also when it has gone', () => {
    const chosen = useChosenPod(ref(1))
    chosen.keep(at(5, pod('a'), pod('b')))
    const stopping = at(6, pod('a', 'terminating'), pod('b'))
    expect([chosen.of(stopping)?.uid, chosen.ends(stopping)]).toEqual(['a', true])
    const gone = at(7, pod('b'))
    chosen.keep(gone)
    expect([chosen.of(gone)?.uid, chosen.ends(gone)]).toEqual(['a', true])
    chosen.keep(gone, pod('b'))
    expect([chosen.of(gone)?.uid, chosen.ends(gone)]).toEqual(['b', false])
  })

  it('is forgotten before it was chosen and in another story, but not while it is there', () => {
    const seed = ref(1)
    const chosen = useChosenPod(seed)
    chosen.keep(at(5, pod('a'), pod('b')), pod('b'))
    expect(chosen.of(at(2, pod('a'), pod('b')))?.uid).toBe('b')
    expect(chosen.of(at(2, pod('a')))?.uid).toBe('a')
    seed.value = 2
    expect(chosen.of(at(9, pod('c')))?.uid).toBe('c')
  })
})
