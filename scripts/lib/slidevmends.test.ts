import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { at } from './paths.ts'
import { slidevMends } from './slidevmends.ts'

const mended = (code: string, id: string) => (slidevMends().transform as (code: string, id: string) => string | undefined)(code, id)
const file = (path: string) => at('node_modules/@slidev/client', path)
const installed = (path: string) => mended(readFileSync(file(path), 'utf8'), file(path))

it('the slides of Slidev as it is installed lie in a plain element', () => {
  expect(installed('internals/SlidesShow.vue')).toMatch(/&& !disableTransition\) \? 'div' : 'div'"/)
  expect(mended('anything', '/elsewhere/Other.vue')).toBeUndefined()
})

it('the presenter’s next slide passes over those that are read alone', () => {
  expect(installed('pages/presenter.vue')).toMatch(/optional !== true\) : undefined\n {2}return taught/)
})

it('a button of Slidev’s bar that opens a menu is one button', () => {
  expect(installed('internals/MenuButton.vue')).not.toContain('<button')
})

it('what is drawn over a slide is no image without a name', () => {
  for (const name of ['DrawingLayer', 'DrawingPreview'])
    expect(installed(`internals/${name}.vue`)).toMatch(/<svg\s[^>]*?aria-hidden="true"/)
})

it('the overview says what it is, and each of its miniatures is one button with a name', () => {
  const overview = installed('internals/QuickOverview.vue')!
  expect(overview).toContain('role="dialog"')
  expect(overview).toMatch(/:aria-label="nameOf\(route\)"[^>]*@click="go\(route\.no\)"/)
  expect(overview).toMatch(/<SlideContainer\s[^>]*?\binert\s/)
})

it('a window that has just opened is quiet, and asks the others where they are', () => {
  expect(installed('setup/root.ts')).toMatch(/!shouldSend \|\| !steered[\s\S]*door\.postMessage/)
  expect(installed('state/syncState.ts')).toContain('.newcomer === channelKey')
})

it('a Slidev that is built in another way is told, not passed over', () => {
  expect(() => mended('<component :is="SomethingElse" />', file('internals/SlidesShow.vue'))).toThrow('has to be looked at')
})
