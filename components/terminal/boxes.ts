// What the clusters beside a terminal and beside a worked answer have in common: numbers and names on boxes, where a Service leads.
import type { PodView, ServiceView } from '../../scenarios/view.ts'
import { imageParts } from '../../cluster/index.ts'
import { tailOf } from '../stage/ships.ts'

/** The tag of a Pod's image; empty where none was asked for. */
export function tagOf({ image }: Pick<PodView, 'image'>): string {
  const { tag } = imageParts(image)
  return tag === 'latest' ? '' : tag
}
/** Whether that is the number of a version. */
export const isVersion = (tag: string): boolean => /^\d$/.test(tag)
/** What tells a Pod from its like: the end of its name; of one that somebody named, all of it. */
export const nameOf = ({ name, owner }: Pick<PodView, 'name' | 'owner'>): string => !owner && !/-[a-z0-9]{5}$/.test(name) ? name : tailOf(name)

/** A Deployment's boxes have the number and colour of their image, as it was asked for, where that is a number: the Deployment counts its updates in another way. Else the colour is that of its count. */
export const asAsked = (pods: readonly PodView[]): PodView[] => pods.map(pod => ({ ...pod, version: pod.version && isVersion(tagOf(pod)) ? Number(tagOf(pod)) : pod.version }))

/** What may be written on a box, the first that fits: the tag of its image, then its name; without room for both, and of those with another tag, the tag. What somebody named is known by its name. */
export function wordsOf(pod: PodView): readonly string[] {
  const [tag, name] = [tagOf(pod), nameOf(pod)]
  // a blank of a third of an em: the widest names just fit
  return name === pod.name ? [name, tag] : [`${tag}\u2004${name}`.trim(), ...tag ? [] : [name], tag]
}

/** Services that there is room for */
const MOST_SERVICES = 2
/** To which ready Pods each Service leads: that of the API server is nobody's concern here. */
export const ledBy = (services: readonly ServiceView[]) => services.filter(({ name }) => name !== 'kubernetes').slice(0, MOST_SERVICES).map(({ name, endpoints }) => ({ name, pods: endpoints.filter(each => each.ready).map(each => each.uid) }))
export const podsInWords = (count: number): string => count === 1 ? '1 Pod' : `${count || 'no'} Pods`

/** How a cluster's Pods stand, in words: what is well is counted. */
export function toldOf(pods: readonly PodView[]): string {
  const ready = pods.filter(({ state }) => state === 'ready').length
  return pods.length ? `${podsInWords(pods.length)}, ${ready === pods.length ? pods.length > 1 ? 'all ready' : 'ready' : `${ready} ready`}` : 'no Pods'
}
