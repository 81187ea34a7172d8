// What is heard of an output: short ones whole, long ones by their first lines.
import { expect, it } from 'vitest'
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
