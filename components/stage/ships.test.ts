// Where boxes stand: inside their hull or on the quay, none on another, and close together.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boxOf, colourOf, fleet, hullName, hullWords, stateWords, stow, wordsThatFit, written } from './ships.ts'

const shapes = fc.record({
  ships: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 400, max: 884 }),
  height: fc.integer({ min: 150, max: 300 }),
  columns: fc.integer({ min: 2, max: 4 }),
  rows: fc.integer({ min: 2, max: 4 }),
})

it('puts every box into its hull, above the deck, and none on another', () => {
  fc.assert(fc.property(shapes, fc.integer({ min: 1, max: 21 }), (shape, aboard) => {
    const lines = Math.max(shape.rows, Math.ceil(aboard / shape.columns))
    // so many that they could not be read any more are no drawing
    fc.pre((shape.height - 35) / lines >= 17)
    const { hulls, hull, deck, cell } = fleet(shape, aboard)
    for (const [ship, x] of hulls.entries()) {
      const boxes = Array.from({ length: aboard }, (_, place) => cell(ship, place))
      for (const [i, a] of boxes.entries()) {
        expect(a.x).toBeGreaterThan(x)
        expect(a.x + a.width).toBeLessThan(x + hull)
        expect(a.y).toBeGreaterThanOrEqual(-1e-9)
        expect(a.y + a.height).toBeLessThan(deck)
        for (const b of boxes.slice(i + 1))
          expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
      }
    }
    expect(hulls.at(-1)! + hull).toBeLessThanOrEqual(shape.width + 1e-9)
  }))
})

const three = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
const shape = { width: 560, height: 200 }

it('keeps a box where it is while others come after it, as long as there are rows', () => {
  const pods = Array.from({ length: 9 }, (_, i) => ({ node: 'b', i }))
  for (let n = 1; n < pods.length; n++)
    expect(stow(shape, three, pods.slice(0, n + 1)).boxes.slice(0, n)).toEqual(stow(shape, three, pods.slice(0, n)).boxes)
})

it('leaves no empty place where one has gone: the others stand as if it had never come, and who comes stands on top', () => {
  const aboard = fc.array(fc.record({ node: fc.constantFrom('a', 'b', 'c', ''), id: fc.nat() }), { maxLength: 20 })
  fc.assert(fc.property(aboard, fc.nat(), (pods, gone) => {
    const left = pods.filter((_, i) => i !== gone % Math.max(1, pods.length))
    for (const [ship, { name }] of three.entries()) {
      const { boxes, plan } = stow(shape, three, left)
      const own = boxes.filter(({ pod }) => pod.node === name)
      expect(own.map(({ place }) => place)).toEqual(own.map((_, i) => plan.cell(ship, i)))
    }
  }))
})

it('gives versions three colours in turn, and what is nobody’s none', () => {
  expect([0, 1, 2, 3, 4, 5, 9].map(colourOf)).toEqual([undefined, 1, 2, 3, 4, 1, 1])
})

it('draws a Pod on a dead machine as believed, or as lost', () => {
  const pod = { state: 'ready', reality: 'lost', version: 4, restarts: 0 } as const
  expect(boxOf(pod)).toEqual({ state: 'ready', version: 4, label: 'v4', restarts: 0 })
  expect(boxOf(pod, 'world')).toMatchObject({ state: 'lost' })
})

it('many that wait stand side by side on the quay, none on another, and none on what is aboard', () => {
  const narrow = { width: 340, height: 208, depth: 30, gap: 8, rail: 6, columns: 1, rows: 3, quay: 20 }
  for (let waiting = 1; waiting <= 9; waiting++) {
    const { boxes, more } = stow(narrow, three, [...Array.from({ length: waiting }, () => ({ node: '' })), { node: 'a' }, { node: 'a' }, { node: 'a' }])
    const queue = boxes.filter(({ waits }) => waits)
    expect([queue.length, more]).toEqual([waiting, []])
    for (const [i, { place: { x, y, width, height } }] of queue.entries()) {
      expect(width).toBeGreaterThanOrEqual(24)
      expect(x + width).toBeLessThanOrEqual(narrow.width + 0.01)
      for (const { place } of boxes.filter(({ waits }) => !waits))
        expect(y + height).toBeLessThan(place.y)
      for (const { place } of queue.slice(0, i))
        expect(place.x + place.width).toBeLessThan(x)
    }
  }
})

it('where no quay is kept free, it takes its room while somebody waits', () => {
  const { plan, boxes: [aboard, waits] } = stow(shape, three, [{ node: 'a' }, { node: '' }])
  expect(plan.quay).toBeGreaterThan(0)
  expect(waits!.place.y + waits!.place.height).toBeLessThan(aboard!.place.y)
  expect(stow(shape, three, [{ node: 'a' }]).plan.quay).toBe(0)
})

it('what a box and a hull show is in their names', () => {
  expect(stateWords({ node: 'node-1', restarts: 2 }, { state: 'ready' })).toBe('on node-1, ready, 2 restarts')
  expect(stateWords({ node: '', restarts: 0 }, { state: 'pending' })).toBe('on no machine, pending')
  expect([hullWords({ on: false, cut: false, ready: 'True' }, 'world'), hullWords({ on: true, cut: true, ready: 'True' }, 'world'), hullWords({ on: false, cut: false, ready: 'True' }, 'store')]).toEqual([', no power', ', cut off', ''])
})

it('where kubectl is learnt, a hull is a node, named once, and what cannot start has not crashed', () => {
  expect(stateWords({ node: '', restarts: 0 }, { state: 'pending' }, 'node')).toBe('on no node, pending')
  expect([hullName('node-2', 'node'), hullName('big', 'node'), hullName('node-2', 'machine')]).toEqual(['node-2', 'node big', 'machine node-2'])
  expect(stateWords({ node: 'node-1', restarts: 0 }, { state: 'crashed' }, 'node', 'ImagePullBackOff')).toBe('on node-1, cannot start: ImagePullBackOff')
  expect(stateWords({ node: 'node-1', restarts: 4 }, { state: 'crashed' }, 'node', 'CrashLoopBackOff')).toBe('on node-1, crashed, 4 restarts')
})

it('with a quay, all that is drawn stands within the room: aboard below the quay, waiting on it and nowhere else', () => {
  const quayed = fc.record({ width: fc.integer({ min: 250, max: 884 }), height: fc.integer({ min: 120, max: 300 }), columns: fc.integer({ min: 1, max: 3 }), rows: fc.integer({ min: 1, max: 3 }), rail: fc.constant(8), depth: fc.constant(24), quay: fc.integer({ min: 16, max: 30 }), signs: fc.boolean() })
  fc.assert(fc.property(quayed, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), (room, aboard, waits) => {
    const { boxes, more, plan: { quay, deck } } = stow(room, three, [...Array.from({ length: aboard }, () => ({ node: 'c' })), ...Array.from({ length: waits }, () => ({ node: '' }))])
    for (const { waits, place: { x, y, width, height } } of [...boxes, ...more.map(({ machine, place }) => ({ waits: !machine, place }))]) {
      expect(y).toBeGreaterThanOrEqual(waits ? 0 : quay)
      expect(y + height).toBeLessThan(waits ? quay : deck)
      expect(height).toBeGreaterThanOrEqual(14 - 1e-9)
      expect(x + width).toBeLessThanOrEqual(room.width + 1e-9)
    }
  }))
})

it('counts what does not fit, and loses none', () => {
  fc.assert(fc.property(fc.nat(200), fc.nat(200), (aboard, waits) => {
    const { boxes, more, plan: { most } } = stow(shape, three, [...Array.from({ length: aboard }, () => ({ node: 'b' })), ...Array.from({ length: waits }, () => ({ node: '' }))])
    for (const [machine, there, limit] of [['b', aboard, most.aboard], [undefined, waits, most.waiting]] as const) {
      const shown = boxes.filter(({ waits }) => waits === !machine).length
      const rest = more.filter(each => each.machine === machine)
      expect(shown + (rest[0]?.count ?? 0)).toBe(there)
      expect(rest.length).toBe(Number(there > limit))
      expect(shown + rest.length).toBeLessThanOrEqual(limit)
    }
  }))
})

it('writes on a narrow box what it has room for', () => {
  const words = ['web rs87m', 'rs87m']
  expect([129, 80, 30].map(width => wordsThatFit(words, width, 14))).toEqual(['web rs87m', 'rs87m', ''])
  expect(wordsThatFit(['v2'], 24, 14)).toBe('v2')
})

it('writes smaller before it writes less, and nothing where nothing fits', () => {
  const words = ['1 rj2jf', '1']
  expect([120, 90, 60].map(width => written(words, width, 16))).toEqual([{ label: '1 rj2jf', size: 16 }, { label: '1 rj2jf', size: 14 }, { label: '1', size: 16 }])
  expect(written(['rj2jf'], 30, 16).label).toBe('')
})

it('keeps room for a sign over the posts, with a quay above it and without', () => {
  const shape = { ships: 3, width: 296, height: 126, columns: 1, rows: 2, depth: 26, signs: true }
  for (const quay of [0, 22])
    expect(fleet({ ...shape, quay }).deck - fleet({ ...shape, quay }).posts - quay).toBeGreaterThanOrEqual(20)
})

it('a program that answers with errors has not crashed, neither for the eye nor for the ear', () => {
  const pod = { state: 'starting', reality: 'serving', version: 1, restarts: 0, broken: true, node: 'node-1' } as const
  expect(boxOf(pod, 'world').state).toBe('failing')
  expect(stateWords(pod, boxOf(pod, 'world'))).toBe('on node-1, running, answers with errors')
  expect(boxOf(pod).state).toBe('starting')
})
