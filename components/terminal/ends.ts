// The cluster of an exercise before and after its worked answer, as two pictures: their room, and what is said of them. Canvas px.
import type { PodView } from '../../scenarios/view.ts'
import type { End } from '../../scenarios/exercises/paper.ts'
import type { FleetShape } from '../stage/ships.ts'
import { boxOf, howWords, hullWords, restartWords } from '../stage/ships.ts'
import { isVersion, ledBy, nameOf, podsInWords, tagOf, toldOf } from './boxes.ts'

export interface Ends { readonly before: End, readonly after: End }
/** The room of both pictures of an exercise: all that is in them is of one size, before and after. */
export interface EndRoom {
  /** px of the picture, and of what is kept free over its ships */
  readonly height: number
  readonly above: number
  readonly ships: Omit<FleetShape, 'ships'>
  /** some wait in one of them: the quay is in both */
  readonly quay: boolean
  /** a box has room for a second line */
  readonly noted: boolean
}

/** px of a picture: where there is room, and where there is much to read */
const [HIGH, LOW] = [115, 91] as const
/** px of a box: two sizes, in all of them */
const BOXES = [42, 28] as const
const [WIDE, GAP, RAIL, HULL, SEAM] = [430, 6, 6, 24, 3] as const
/** px between a quay and the posts; of a Service's bar with its arrows; of a flag */
const [AIR, SERVICE, FLAG] = [7, 32, 22] as const
/** Pods abreast at most: three are narrow, and the lower box is still wider than high */
const MOST = 3

/** Finds room for both pictures of an exercise: boxes as large as fit, each as wide as its hull where it stands alone or has its name on it. @param named whether each Pod has the end of its name on it. @param much whether there is much to read above them */
export function roomOf({ before, after }: Ends, named: boolean, much: boolean): EndRoom {
  const views = [before, after]
  const load = Math.max(...views.flatMap(({ machines, pods }) => machines.map(({ name }) => pods.filter(({ node }) => node === name).length)))
  const quay = views.some(({ pods }) => pods.some(({ node }) => !node))
  const service = views.some(({ services }) => ledBy(services).length)
  const flags = views.some(({ machines, marks }) => machines.some(({ name }) => marks.some(mark => mark.name === name)))
  const height = much ? LOW : HIGH
  const abreast = named || (load === 1 && !quay) ? 1 : 2
  const found = [...BOXES.map(box => [abreast, box] as const), [MOST, BOXES[1]] as const].map(([columns, box]) => {
    const over = (service ? SERVICE : flags ? FLAG : 0) + (quay ? box + AIR : 0)
    return { columns, box, rows: Math.floor((height - HULL - 1 - over) / (box + SEAM)), quay: quay ? box : 0 }
  })
  const { columns, box, rows, quay: pier } = found.find(each => each.columns * each.rows >= load && each.rows) ?? found.at(-1)!
  const ships = HULL + 1 + rows * (box + SEAM) + (pier && pier + AIR)
  return { height, above: height - ships, quay, noted: box === BOXES[0] && columns === 1, ships: { width: WIDE, height: ships, columns, rows, gap: GAP, depth: HULL, rail: RAIL, quay: pier } }
}

const joined = (words: readonly string[]): string => words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join('')
/** What a Pod is, and how, in words that it shares with its like. */
function kindOf(pod: PodView, { deaths }: Pick<End, 'deaths'>): string {
  const tag = tagOf(pod)
  const look = boxOf(pod)
  const how = howWords(look, pod.reason)
  const why = how === 'crashed' ? [...new Set([deaths[pod.name], pod.reason])].filter(Boolean) : []
  return [isVersion(tag) ? `of version ${tag}` : `of ${pod.image}`, ...pod.node ? [`${how}${why.length ? ` (${why.join(', ')})` : ''}`] : [], ...look.restarts ? [restartWords(look.restarts)] : []].join(', ')
}
/** Pods in words: those that are alike are counted, or named one by one. */
function podsOf(pods: readonly PodView[], end: End, named: boolean): string {
  const kinds = new Map<string, PodView[]>()
  pods.forEach(pod => kinds.set(kindOf(pod, end), [...kinds.get(kindOf(pod, end)) ?? [], pod]))
  return [...kinds].map(([kind, own]) => `${named ? joined(own.map(nameOf)) : own.length} ${kind}`).join(', and ') || 'none'
}

/** All that a picture shows, for those who hear it: node by node, who waits, where a Service leads, labels. @param quay whether it has one */
export function saysOf(end: End, named: boolean, quay: boolean): string {
  const { machines, pods, services, marks } = end
  const waiting = pods.filter(({ node }) => !node)
  const places = [
    ...machines.map(machine => `${machine.name}${hullWords(machine, 'store')}${machine.cordoned ? ', closed' : ''}: ${podsOf(pods.filter(({ node }) => node === machine.name), end, named)}`),
    ...quay || waiting.length ? [`waiting (Pending): ${podsOf(waiting, end, named)}`] : [],
  ]
  return [
    places.join('; '),
    ...ledBy(services).map(({ name, pods: led }) => `Service ${name} leads to ${podsInWords(led.length)}`),
    ...marks.length ? [`Labels: ${marks.map(({ name, label }) => `${nameOf(pods.find(pod => pod.name === name) ?? { name, owner: '' })} ${label}`).join(', ')}`] : [],
  ].map(each => `${each}.`).join(' ')
}

/** What stands below a picture: how the Pods stand, and why some do not. @param than the picture with which it is compared: what differs is told apart */
export function footOf(end: End, than?: End): readonly { readonly text: string, readonly differs: boolean }[] {
  const partsOf = ({ pods, deaths }: End) => [toldOf(pods), ...new Set(pods.flatMap(({ name, reason, state }) => state === 'crashed' ? [deaths[name], reason] : []).filter(reason => reason !== undefined && reason !== ''))] as string[]
  const other = than && partsOf(than)
  return partsOf(end).map(text => ({ text, differs: !!other && !other.includes(text) }))
}
