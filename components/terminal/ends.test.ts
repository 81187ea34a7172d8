// What the pictures before and after a worked answer have room for, and what is said of them.
import { describe, expect, it } from 'vitest'
import { endsOf, exerciseOf, exercises } from '../../scenarios/exercises/index.ts'
import { stow } from '../stage/ships.ts'
import { ledBy } from './boxes.ts'
import { footOf, roomOf, saysOf } from './ends.ts'

const of = (id: string) => {
  const exercise = exerciseOf(id)!
  const ends = endsOf(exercise)
  const { named = false } = exercise.ends
  const { quay } = roomOf(ends, named, false)
  return { ends, before: saysOf(ends.before, named, quay), after: saysOf(ends.after, named, quay) }
}

describe('all of a picture is said', () => {
  it('counts those that are alike, node by node, and where a Service leads', () => {
    expect(of('new-version').before).toBe('node-1: 2 of version 1, ready; node-2: 1 of version 1, ready; node-3: 1 of version 1, ready. Service web leads to 4 Pods.')
    expect(of('run-it').before).toBe('node-1: none; node-2: none; node-3: none.')
    expect(of('undo-it').before).toContain('node-2: 1 of version 1, ready, and 1 of version 3, not ready;')
    expect(of('rescue-selector').before).toContain('Service web leads to no Pods.')
  })

  it('names each where it matters which is which, and labels with what has them', () => {
    expect(of('first-look').after).toBe('node-1: fvfnr and lookout of version 1, ready; node-2: rj2jf of version 1, ready; node-3: dzmtv of version 1, ready. Labels: node-1 found=here.')
    expect(of('lose-one').after).toMatch(/^node-1: (\w{5}) of version 1, ready;.*\. Labels: \1 role=successor\.$/)
  })

  it('tells which node is closed and who waits, also where nobody does any more', () => {
    expect(of('rescue-cordon').before).toBe('node-1: 2 of version 1, ready; node-2, closed: none; node-3: 2 of version 1, ready; waiting (Pending): 2 of version 1.')
    expect(of('rescue-cordon').after).toContain('; waiting (Pending): none.')
    expect(of('run-it').after).not.toContain('Pending')
  })

  it('tells why a Pod does not run: what has no image has not crashed', () => {
    expect(of('rescue-image').before).toContain('node-1: 1 of web:nope, cannot start: ImagePullBackOff;')
    expect(of('rescue-memory').before).toContain('node-1: 1 of version 2, crashed (OOMKilled, CrashLoopBackOff), 4 restarts;')
  })

  it.each(exercises.map(exercise => [exercise.id, exercise] as const))('says of %s what differs', (id, exercise) => {
    const { ends, before, after } = of(id)
    // what replaces them is like them: names tell, or nothing but the way there does
    expect(before === after).toBe(false)
    for (const { machines, pods } of [ends.before, ends.after]) {
      for (const { name } of [...machines, ...exercise.ends.named ? pods.map(pod => ({ name: pod.owner ? pod.name.slice(-5) : pod.name })) : []])
        expect(`${before} ${after}`).toContain(name)
    }
  })
})

describe('below a picture', () => {
  const foot = (id: string) => [footOf(endsOf(exerciseOf(id)!).before), footOf(endsOf(exerciseOf(id)!).after, endsOf(exerciseOf(id)!).before)].map(parts => parts.map(({ text, differs }) => differs ? `*${text}*` : text).join(' · '))
  it('stands how its Pods are, and what differs stands out', () => {
    expect(foot('want-more')).toEqual(['3 Pods, all ready', '*5 Pods, all ready*'])
    expect(foot('new-version')).toEqual(['4 Pods, all ready', '4 Pods, all ready'])
    expect(foot('rescue-memory')).toEqual(['3 Pods, 0 ready · OOMKilled · CrashLoopBackOff', '*3 Pods, all ready*'])
  })
})

describe.each(exercises.flatMap(exercise => [true, false].map(much => [exercise.id, much, exercise] as const)))('the pictures of %s (much to read: %s)', (_, much, exercise) => {
  const ends = endsOf(exercise)
  const room = roomOf(ends, !!exercise.ends.named, much)
  it('have one of two heights and of two sizes of boxes, and all is within them', () => {
    expect([115, 91]).toContain(room.height)
    expect(room.above).toBeGreaterThanOrEqual(0)
    for (const { machines, pods } of [ends.before, ends.after]) {
      const { boxes, more, plan } = stow(room.ships, machines, pods)
      expect(more).toEqual([])
      // hulls stand on one line
      expect(room.above + plan.deck).toBe(room.height - 24)
      for (const { place } of boxes) {
        expect([28, 42]).toContain(Math.round(place.height))
        expect(place.width).toBeGreaterThan(place.height)
        expect(place.x + place.width).toBeLessThanOrEqual(room.ships.width)
      }
    }
  })

  it('have one Service at most, and room for its bar and arrows', () => {
    for (const { services } of [ends.before, ends.after]) {
      expect(ledBy(services).length).toBeLessThanOrEqual(1)
      if (ledBy(services).length)
        expect(room.above).toBeGreaterThanOrEqual(30)
    }
  })
})
