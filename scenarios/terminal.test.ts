// A terminal as a story: what is typed is in it, its time runs while something goes on, and the past is never changed.
import { describe, expect, it } from 'vitest'
import { done } from './exercises/exercise.ts'
import { exercises, scenarioOf } from './exercises/index.ts'
import { deeds, terminalStory } from './terminal.ts'
import type { TerminalStory } from './terminal.ts'

const exercise = exercises[0]!
const open = () => terminalStory(scenarioOf(exercise), exercise.begin)
const printed = (story: TerminalStory, t: number) => story.at(t).entries.map(({ line, chunks, exit }) => [line, chunks.map(({ text }) => text).join(''), exit] as const)
/** the first time from `t` on at which nothing goes on */
const restOf = (story: TerminalStory, t: number) => { let at = t; while (story.going(at) && at < story.duration) at += 100; return at }

describe('a terminal told as a story', () => {
  it('says the same at the same time, in any order, and when it is told again', () => {
    const typed = () => open().fork(1000, deeds.type('kubectl create deployment shop --image=web:1 --replicas=3')).fork(1500, deeds.type('kubectl get pods -w'))
    const [a, b] = [typed(), typed()]
    const times = [9000, 0, 1500, 4321, 1000, 20_000]
    const seen = times.map(t => JSON.stringify(a.at(t)))
    expect(times.toReversed().map(t => JSON.stringify(a.at(t))).toReversed()).toEqual(seen)
    expect(times.map(t => JSON.stringify(b.at(t)))).toEqual(seen)
  })

  it('leaves the story as it was where something is typed', () => {
    const story = open().fork(1000, deeds.type('kubectl get nodes'))
    const before = JSON.stringify(story.at(3000))
    const other = story.fork(2000, deeds.type('kubectl delete pods --all'))
    expect(other.at(1500)).toEqual(story.at(1500))
    expect(JSON.stringify(story.at(3000))).toBe(before)
  })

  it('stands still until something is typed, and again when all has come to rest', () => {
    const story = open()
    expect(story.going(0)).toBeUndefined()
    expect(story.pace).toBeTypeOf('function')
    const typed = story.fork(0, deeds.type('kubectl create deployment shop --image=web:1 --replicas=2'))
    expect(typed.going(0)).toBe('cluster')
    const rest = restOf(typed, 0)
    expect(rest).toBeGreaterThan(2000)
    expect(rest).toBeLessThan(60_000)
    expect(typed.at(rest).pods.filter(({ state }) => state !== 'ready')).toEqual([])
    expect(typed.rest(0)).toBeLessThanOrEqual(rest + 500)
  })

  it('goes on until an autoscaler has looked, which may be what a line is answered by', () => {
    const exercise = exercises.find(({ id }) => id === 'rescue-autoscaler')!
    const story = terminalStory(scenarioOf(exercise), exercise.begin).fork(0, deeds.type(`kubectl patch hpa web --type=merge -p '{"spec":{"maxReplicas":8}}'`))
    const rest = restOf(story, 0)
    expect(story.at(rest).pods.filter(({ state }) => state === 'ready').length).toBeGreaterThan(3)
    expect(story.look(rest, glance => exercise.check(glance))).toEqual(done)
    expect(story.rest(0)).toBeLessThanOrEqual(rest + 500)
  })

  it('goes on while a line runs, and no longer than ten minutes', () => {
    const story = open().fork(0, deeds.type('kubectl get pods -w'))
    expect(story.going(100_000)).toBe('line')
    expect(story.going(600_001)).toBeUndefined()
    expect(story.fork(5000, deeds.interrupt).going(10_000)).toBeUndefined()
  })

  it('waits for an editor without an end, and takes what it is closed with', () => {
    const story = open().fork(0, deeds.type('edit notes.txt'))
    expect(story.at(0).editor).toEqual({ name: 'notes.txt', text: '', fresh: true })
    expect(story.going(5000)).toBeUndefined()
    const saved = story.fork(5000, deeds.edited('to do\n')).fork(5000, deeds.type('cat notes.txt'))
    expect(printed(saved, 5000).at(-1)).toEqual(['cat notes.txt', 'to do\n', 0])
    expect(() => saved.fork(6000, deeds.edited('more'))).toThrow(RangeError)
  })

  it('has our hint beside what kubectl printed, never in it', () => {
    const story = open().fork(0, deeds.type('kubectl gett pods'))
    const [entry] = story.at(0).entries
    expect(story.hintOf(entry!)).toContain('kubectl get')
    expect(printed(story, 0)[0]![1]).not.toContain(story.hintOf(entry!))
    const more = story.fork(3000, deeds.type('kubectl get pods'))
    expect(more.hintOf(more.at(3000).entries[0]!)).toBe(story.hintOf(entry!))
    expect(more.hintOf(more.at(3000).entries[1]!)).toBeUndefined()
  })

  it('gives a hint once, until another was given or something was tried', () => {
    let story = open()
    let t = 0
    const hinted = (line: string) => {
      story = story.fork(t += 3000, deeds.type(line))
      return story.hintOf(story.at(t).entries.at(-1)!)
    }
    hinted('kubectl create deployment shop --image=web:nope --replicas=2')
    t += 30_000
    const hint = hinted('kubectl get pods')
    expect(hint).toMatch(/^shop-.* does not start\. `kubectl describe pod shop-/)
    expect(hinted('kubectl get pods')).toBeUndefined()
    expect(hinted('kubectl get deployment shop')).toBeUndefined()
    // of what is asked for anew, and of what failed, it is told anew
    expect(hinted('kubectl describe pods -l app=shop')).toContain('web:nope cannot be pulled')
    expect(hinted('kubectl describe pods -l app=shop')).toContain('web:nope cannot be pulled')
    expect(hinted('kubectl get pods')).toBe(hint)
    expect(hinted('kubectl get pods')).toBeUndefined()
    hinted('kubectl label deployment shop tried=once')
    expect(hinted('kubectl get pods')).toBe(hint)
    expect(hinted('kubectl gett pods')).toBe(hinted('kubectl gett pods'))
  })

  it('offers what fits at the cursor', () => {
    expect(open().complete(0, 'kubectl get no', 14).words).toContain('nodes')
  })
})
