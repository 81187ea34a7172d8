// Where machines and their Pods are drawn: hulls side by side, boxes in the cells between their posts. Canvas px.
import type { MachineView, PodReality, PodState, PodView } from '../../scenarios/view.ts'

export interface FleetShape {
  /** how many hulls, and the room for all of them */
  readonly ships: number
  readonly width: number
  readonly height: number
  /** cells beside and above each other on a hull; more Pods than cells make the boxes flatter */
  readonly columns?: number
  readonly rows?: number
  /** between hulls, and a hull's depth */
  readonly gap?: number
  readonly depth?: number
  /** how much wider a hull is than what it carries, on either side */
  readonly rail?: number
  /** those that wait have a row of their own, even where that makes all boxes flatter */
  readonly spare?: boolean
}

export interface Place { readonly x: number, readonly y: number, readonly width: number, readonly height: number }

export interface Fleet {
  /** left ends of the hulls, their common width, and the height of their decks */
  readonly hulls: readonly number[]
  readonly hull: number
  readonly deck: number
  readonly depth: number
  /** how high the posts stand over the deck */
  readonly posts: number
  /** the cell of a ship (from 0) and a place (from 0): from the left, then upwards */
  cell: (ship: number, slot: number) => Place
  /** where a Pod without a ship waits: above all decks */
  waiting: (slot: number) => Place
}

/** between boxes */
const SEAM = 3
const FLATTEST = 14

/** Lays hulls into a room. @param highest the highest place in use, from 0: where it needs more rows, all boxes are flatter. @param waiting how many wait for a ship: where they do not fit side by side, they are flatter, too */
export function fleet({ ships, width, height, columns = 3, rows = 3, gap = 12, depth = 34, rail = 12, spare = false }: FleetShape, highest = 0, waiting = 0): Fleet {
  const hull = (width - gap * (ships - 1)) / ships
  const needed = Math.max(rows, Math.floor(highest / columns) + 1 + Number(spare && waiting > 0))
  const deck = height - depth
  const room = deck - 1
  const box = Math.max(FLATTEST, room / needed - SEAM)
  const boxWidth = (hull - 2 * rail - SEAM * (columns - 1)) / columns
  const hulls = Array.from({ length: ships }, (_, i) => i * (hull + gap))
  const abreast = Math.max(1, Math.floor((width - rail + SEAM) / (boxWidth + SEAM)))
  const layers = Math.max(1, Math.ceil(waiting / abreast))
  const layer = (box - SEAM * (layers - 1)) / layers
  return {
    hulls,
    hull,
    deck,
    depth,
    posts: needed * (box + SEAM),
    cell: (ship, slot) => ({
      x: hulls[ship]! + rail + (slot % columns) * (boxWidth + SEAM),
      y: deck - 1 - (Math.floor(slot / columns) + 1) * (box + SEAM) + SEAM,
      width: boxWidth,
      height: box,
    }),
    waiting: slot => ({ x: rail + (slot % abreast) * (boxWidth + SEAM), y: Math.floor(slot / abreast) * (layer + SEAM), width: boxWidth, height: layer }),
  }
}

export type Version = 1 | 2 | 3 | 4
/** The colour of a version: four take turns, and the number is on the box. */
export const colourOf = (version: number): Version | undefined => version > 0 ? ((version - 1) % 4 + 1) as Version : undefined
/** The variables of these colours. */
export const COLOURS: Readonly<Record<Version, string>> = { 1: 'var(--sky)', 2: 'var(--orange)', 3: 'var(--purple)', 4: 'var(--yellow)' }

/** How a box is drawn. */
export interface BoxLook { readonly state: PodState | 'lost', readonly version: Version | undefined, readonly label: string, readonly restarts: number }

const REAL: Readonly<Record<PodReality, BoxLook['state']>> = { absent: 'pending', starting: 'starting', serving: 'ready', stopping: 'terminating', crashed: 'crashed', lost: 'lost' }

/** A Pod as the store believes it to be, or as it is: how often it was started is what is counted, not what is. */
export function boxOf({ state, reality, version, restarts, broken }: Pick<PodView, 'state' | 'reality' | 'version' | 'restarts'> & { broken?: boolean }, of: 'store' | 'world' = 'store'): BoxLook {
  // what runs and answers with errors is no better to users than what has crashed
  if (of === 'world' && broken && reality === 'serving')
    return { state: 'crashed', version: colourOf(version), label: version ? `v${version}` : '', restarts: 0 }
  return { state: of === 'store' ? state : REAL[reality], version: colourOf(version), label: version ? `v${version}` : '', restarts: of === 'store' ? restarts : 0 }
}

const STATES: Readonly<Record<BoxLook['state'], string>> = { pending: 'pending', starting: 'not ready', ready: 'ready', terminating: 'stopping', crashed: 'crashed', lost: 'lost with its machine' }
/** What a box shows, for those who hear it: where its Pod is, how it is, and how often it was started again. */
export function stateWords({ node, restarts }: Pick<PodView, 'node' | 'restarts'>, { state }: Pick<BoxLook, 'state'>): string {
  return [node ? `on ${node}` : 'on no machine', STATES[state], ...restarts ? [`${restarts} restart${restarts === 1 ? '' : 's'}`] : []].join(', ')
}
/** What a hull shows besides its name; empty where nothing is wrong. @param of what is believed of it, or what is */
export function hullWords({ on, cut, ready }: Pick<MachineView, 'on' | 'cut' | 'ready'>, of: 'store' | 'world'): string {
  if (of === 'world')
    return !on ? ', no power' : cut ? ', cut off' : ''
  return ready === 'True' ? '' : ', believed not ready'
}

/** What tells a Pod from its like: the end of its name. */
export const tailOf = (name: string): string => name.slice(name.lastIndexOf('-') + 1)
