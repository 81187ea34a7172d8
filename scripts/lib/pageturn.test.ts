import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { at } from './paths.ts'
import { pagesTurnAtOnce } from './pageturn.ts'

const turn = (code: string, id: string) => (pagesTurnAtOnce().transform as (code: string, id: string) => string | undefined)(code, id)
const file = at('node_modules/@slidev/client/internals/SlidesShow.vue')

it('the slides of Slidev as it is installed lie in a plain element', () => {
  expect(turn(readFileSync(file, 'utf8'), file)).toMatch(/&& !disableTransition\) \? 'div' : 'div'"/)
  expect(turn('anything', '/elsewhere/Other.vue')).toBeUndefined()
})

it('a Slidev that shows them in another way is told, not passed over', () => {
  expect(() => turn('<component :is="SomethingElse" />', file)).toThrow('has to be looked at')
})
