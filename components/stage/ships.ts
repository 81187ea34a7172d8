// Where machines and their Pods are drawn: hulls side by side, boxes in the cells between their posts, those that wait on a quay above. Canvas px.
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
  /** px of the quay above the hulls, where those that wait stand, and only those; where none is kept free, it takes room only while somebody waits */
  readonly quay?: number
  /** px from the left where the quay begins, with its name */
  readonly pier?: number
  /** over the posts, below the quay where there is one, a sign fits: a machine can be closed */
  readonly signs?: boolean
}

export interface Place { readonly x: number, readonly y: number, readonly width: number, readonly height: number }

export interface Fleet {
  /** left ends of the hulls, their common width, and the height of their decks */
  readonly hulls: readonly number[]
  readonly hull: number
  readonly deck: number
  readonly depth: number
  /** how high the posts stand over the deck, and how far from its ends */
  readonly posts: number
  readonly inset: number
  /** the cell of a ship (from 0) and a place (from 0): from the left, then upwards */
  cell: (ship: number, place: number) => Place
  /** where those without a ship stand in a queue: above all decks */
  waiting: (place: number) => Place
  /** how many fit on a hull and among those that wait */
  readonly most: { readonly aboard: number, readonly waiting: number }
  /** the edge of the quay, and where it begins; 0 where there is none */
  readonly quay: number
  readonly pier: number
}

/** between boxes */
const SEAM = 3
const FLATTEST = 14
/** as wide as a finger needs */
const NARROWEST = 24
/** px of the word on the quay, and of what is between it and the posts: a sign fits there */
export const QUAY_WORD = 64
const SIGN = 26
const AIR = 4

/** Lays hulls into a room. @param aboard how many the fullest of them carries: where they need more rows, all boxes are flatter. @param queue how many wait for a ship: where they do not fit side by side, they are narrower */
export function fleet({ ships, width, height, columns = 3, rows = 3, gap = 12, depth = 34, rail = 12, quay: kept = 0, pier = 0, signs = false }: FleetShape, aboard = 0, queue = 0): Fleet {
  const hull = (width - gap * (ships - 1)) / ships
  const deck = height - depth
  const quay = kept || (queue ? FLATTEST : 0)
  const room = deck - 1 - quay - (signs ? SIGN : quay && SEAM + AIR)
  const highestRows = Math.max(1, Math.floor(room / (FLATTEST + SEAM)))
  const needed = Math.min(highestRows, Math.max(rows, Math.ceil(aboard / columns)))
  const box = Math.max(FLATTEST, room / needed - SEAM)
  const boxWidth = (hull - 2 * rail - SEAM * (columns - 1)) / columns
  const hulls = Array.from({ length: ships }, (_, i) => i * (hull + gap))
  const left = pier + QUAY_WORD
  const abreast = (each: number) => Math.max(1, Math.floor((width - left + SEAM) / (each + SEAM)))
  const narrowest = Math.min(NARROWEST, boxWidth)
  const each = Math.max(narrowest, Math.min(boxWidth, (width - left + SEAM) / Math.max(1, queue) - SEAM))
  return {
    hulls,
    hull,
    deck,
    depth,
    posts: needed * (box + SEAM),
    inset: Math.max(1, rail - 4),
    cell: (ship, place) => ({
      x: hulls[ship]! + rail + (place % columns) * (boxWidth + SEAM),
      y: deck - 1 - (Math.floor(place / columns) + 1) * (box + SEAM) + SEAM,
      width: boxWidth,
      height: box,
    }),
    waiting: place => ({ x: left + place * (each + SEAM), y: 0, width: each, height: quay }),
    most: { aboard: highestRows * columns, waiting: abreast(narrowest) },
    quay: quay && quay + SEAM,
    pier,
  }
}

/** Where each stands, and how many do not fit. */
export interface Stowed<P> {
  readonly plan: Fleet
  readonly boxes: readonly { readonly pod: P, readonly place: Place, readonly waits: boolean }[]
  /** by machine (none for those that wait): how many more there are than are drawn, and where that is written */
  readonly more: readonly { readonly machine: string | undefined, readonly count: number, readonly place: Place }[]
}

/** Lays Pods into a room: each on its machine upon those that came before it, close together, whoever has gone; those without a machine in a queue. What does not fit is counted. @param pods in the order in which they came */
export function stow<P extends { readonly node: string }>(shape: Omit<FleetShape, 'ships'>, machines: readonly { readonly name: string }[], pods: readonly P[]): Stowed<P> {
  const loads = machines.map(({ name }) => pods.filter(({ node }) => node === name))
  const queue = pods.filter(({ node }) => !machines.some(({ name }) => name === node))
  const plan = fleet({ ...shape, ships: machines.length }, Math.max(0, ...loads.map(({ length }) => length)), queue.length)
  const groups = [
    ...loads.map((own, ship) => ({ own, machine: machines[ship]!.name, most: plan.most.aboard, at: (place: number) => plan.cell(ship, place) })),
    { own: queue, machine: undefined, most: plan.most.waiting, at: plan.waiting },
  ]
  // the last place says how many more there are
  const drawn = (own: readonly P[], most: number) => own.length > most ? most - 1 : own.length
  return {
    plan,
    boxes: groups.flatMap(({ own, machine, most, at }) => own.slice(0, drawn(own, most)).map((pod, i) => ({ pod, place: at(i), waits: machine === undefined }))),
    more: groups.filter(({ own, most }) => own.length > most).map(({ own, machine, most, at }) => ({ machine, count: own.length - drawn(own, most), place: at(most - 1) })),
  }
}

export type Version = 1 | 2 | 3 | 4
/** The colour of a version: four take turns, and the number is on the box. */
export const colourOf = (version: number): Version | undefined => version > 0 ? ((version - 1) % 4 + 1) as Version : undefined
/** The variables of these colours. */
export const COLOURS: Readonly<Record<Version, string>> = { 1: 'var(--sky)', 2: 'var(--orange)', 3: 'var(--purple)', 4: 'var(--yellow)' }

/** How a box is drawn. */
export interface BoxLook { readonly state: PodState | 'failing' | 'lost', readonly version: Version | undefined, readonly label: string, readonly restarts: number }

const REAL: Readonly<Record<PodReality, BoxLook['state']>> = { absent: 'pending', starting: 'starting', serving: 'ready', stopping: 'terminating', crashed: 'crashed', lost: 'lost' }

/** A Pod as the store believes it to be, or as it is: how often it was started is what is counted, not what is. */
export function boxOf({ state, reality, version, restarts, broken }: Pick<PodView, 'state' | 'reality' | 'version' | 'restarts'> & { broken?: boolean }, of: 'store' | 'world' = 'store'): BoxLook {
  // what runs and answers with errors has not crashed, and is no better to users
  if (of === 'world' && broken && reality === 'serving')
    return { state: 'failing', version: colourOf(version), label: version ? `v${version}` : '', restarts: 0 }
  return { state: of === 'store' ? state : REAL[reality], version: colourOf(version), label: version ? `v${version}` : '', restarts: of === 'store' ? restarts : 0 }
}

const STATES: Readonly<Record<BoxLook['state'], string>> = { pending: 'pending', starting: 'not ready', ready: 'ready', terminating: 'stopping', crashed: 'crashed', failing: 'running, answers with errors', lost: 'lost with its machine' }
/** How a Pod is, in words. @param reason the API's, where it is to be told: what has no image has not crashed, it has never begun */
export const howWords = ({ state }: Pick<BoxLook, 'state'>, reason = ''): string => state === 'crashed' && /Image|^(?:Create|Run)Container|^StartError/.test(reason) ? `cannot start: ${reason}` : STATES[state]
export const restartWords = (restarts: number): string => `${restarts} restart${restarts === 1 ? '' : 's'}`
/** What a box shows, for those who hear it: where its Pod is, how it is, and how often it was started again. @param host what a hull is called there. @param reason as above */
export function stateWords({ node, restarts }: Pick<PodView, 'node' | 'restarts'>, look: Pick<BoxLook, 'state'>, host: Host = 'machine', reason = ''): string {
  return [node ? `on ${node}` : `on no ${host}`, howWords(look, reason), ...restarts ? [restartWords(restarts)] : []].join(', ')
}
/** What a hull is called: where kubectl is learnt, as kubectl calls it. */
export type Host = 'machine' | 'node'
/** A hull by its name, with what it is where the name does not say it. */
export const hullName = (name: string, host: Host): string => name.startsWith(`${host}-`) ? name : `${host} ${name}`
/** What a hull shows besides its name; empty where nothing is wrong. @param of what is believed of it, or what is */
export function hullWords({ on, cut, ready }: Pick<MachineView, 'on' | 'cut' | 'ready'>, of: 'store' | 'world'): string {
  if (of === 'world')
    return !on ? ', no power' : cut ? ', cut off' : ''
  return ready === 'True' ? '' : ', believed not ready'
}

/** What tells a Pod from its like: the end of its name. */
export const tailOf = (name: string): string => name.slice(name.lastIndexOf('-') + 1)

/** What is written on a box: the first of these words that it has room for; none, where the sign has to do. @param size px of the letters */
export const wordsThatFit = (words: readonly string[], width: number, size: number): string => words.find(({ length }) => length <= 3 || width >= (length + 1) * size * 0.62 + 18) ?? ''

/** The first of these words that a box has room for, and px of its letters: smaller ones before a shorter word. */
export function written(words: readonly string[], width: number, size: number): { readonly label: string, readonly size: number } {
  const sizes = [size, FLATTEST]
  for (const word of words) {
    const fits = sizes.find(px => wordsThatFit([word], width, px) === word)
    if (fits !== undefined)
      return { label: word, size: fits }
  }
  return { label: '', size }
}
