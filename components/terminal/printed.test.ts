// What is heard of an output: short ones whole, long ones by their first lines.
import { expect, it } from 'vitest'
import { clueOf, exercises, lineOf, scenarioOf } from '../../scenarios/exercises/index.ts'
import { deeds, terminalStory } from '../../scenarios/terminal.ts'
import { spoken } from './printed.ts'

it('a short output is heard whole, its columns a blank apart, with a pause after each line', () => {
  expect(spoken('NAME   READY\nweb-a  1/1\n')).toBe('NAME READY; web-a 1/1.')
  expect(spoken('deployment.apps/web scaled\n')).toBe('deployment.apps/web scaled.')
})

it('of a long output its number of lines and the first of them are heard, and nothing of what is further down', () => {
  const lines = Array.from({ length: 60 }, (_, i) => `web-${i}  Running`)
  const heard = spoken(['NAME  STATUS', ...lines].join('\n'))
  expect(heard).toContain('61 lines')
  expect(heard).toContain('web-0 Running')
  expect(heard).not.toContain('web-9 ')
  expect(heard.length).toBeLessThan(200)
})

it('of a long description its end is heard: the events, which tell why', () => {
  const heard = spoken(`${Array.from({ length: 20 }, (_, i) => `Field ${i}:  x`).join('\n')}\nEvents:\n  Type     Reason\n  ----     ------\n  Warning  Failed  web:nope: not found\n`)
  expect(heard).toContain('web:nope: not found')
  expect(heard).not.toContain('Field 0')
})

it('what was cleared is not heard, and of nothing nothing', () => {
  expect(spoken('old\n\fnew\n')).toBe('new.')
  expect(spoken('')).toBe('')
})

it('of a long line its beginning and its end are heard: there an error says what is wrong', () => {
  const heard = spoken(`The request is invalid: ${'{map} '.repeat(100)}cannot unmarshal string into replicas\n`)
  expect(heard).toMatch(/^The request is invalid: .* … .*cannot unmarshal string into replicas\.$/)
  expect(heard.length).toBeLessThan(260)
})

it('what is nothing is said to be empty, and what rules a table is not heard', () => {
  expect(spoken('Endpoints:                \nPorts:\n  http\n  ----  ----\n')).toBe('Endpoints: empty; Ports: http.')
})

it('of why a Pod has no place its reason is heard, and not that nobody can be made to leave', () => {
  const why = `Warning  FailedScheduling  default-scheduler  0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: ${'1 Preemption is not helpful for scheduling, '.repeat(6)}\n`
  expect(spoken(why)).toBe('Warning FailedScheduling default-scheduler 0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.')
})

it.each(exercises.filter(({ rescue }) => rescue).map(exercise => [exercise.id, exercise] as const))('%s: whoever hears its descriptions hears the reason', (_, exercise) => {
  let story = terminalStory(scenarioOf(exercise), exercise.begin)
  let t = 0
  let heard = ''
  for (const step of exercise.answer.slice(0, exercise.answer.findIndex(({ files, line }) => files || /kubectl (?:set|uncordon|rollout undo)/.test(line)))) {
    const line = story.look(t, glance => lineOf(step, glance))
    story = story.fork(t, deeds.type(line))
    t += step.wait
    if (line.includes(' describe '))
      heard += spoken(story.at(t).entries.at(-1)!.chunks.map(({ text }) => text).join(''))
  }
  // of a reason that is cut its end counts, too; the addresses are each Pod's own
  const clue = clueOf(exercise)!.replace('no Endpoints', 'Endpoints: empty').replace(/^Service \w+: /, '')
  const words = clue.replace(/: [^:]*: …/, '').split(/[\s,:]+/).filter(word => word.length > 3 && !/http|"/.test(word))
  expect(words.length).toBeGreaterThan(2)
  for (const word of words)
    expect(heard).toContain(word)
})

it('of a description amounts are heard behind their key, the node is, and of events without a warning the first and their number', () => {
  const events = ['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started'].map(reason => `  Normal  ${reason}  9s  who  ${reason} it`)
  const heard = spoken(`Name:  web\nNode:  node-1/172.18.0.3\nContainers:\n  web:\n    State:  Running\n    Limits:\n      memory:  64Mi\n    Requests:\n      cpu:     100m\n      memory:  32Mi\n    Environment:  <none>\nEvents:\n  Type  Reason  Age  From  Message\n  ----  ------  ----  ----  -------\n${events.join('\n')}\n`)
  expect(heard).toContain('Node: node-1/172.18.0.3; State: Running; Limits: memory: 64Mi; Requests: cpu: 100m, memory: 32Mi; Events; Normal Scheduled 9s who Scheduled it; 5 in all, and no warning.')
})
