// Requests as a picture needs them: where each goes, since when, and what became of it. Plain data.
import type { Glance, Outcome } from '../cluster/index.ts'

export interface RequestView {
  readonly id: number
  /** where it goes: '' where nobody is on the Service's list */
  readonly uid: string
  readonly node: string
  /** virtual ms of the story; need not be whole */
  readonly sent: number
  /** when it was over; undefined while it is on its way */
  readonly over?: number
  /** absent while it is on its way */
  readonly outcome?: 'served' | Exclude<Outcome, 'ok'>
}

/** At most so many, the latest: a picture with more dots is a cloud. */
const MOST = 48

/**
 * The requests of a traffic that are on their way or were over a short while ago, in the order in which they were sent.
 * @param begin virtual ms of the cluster at which the story begins
 * @param kept how long (virtual ms) those that are over stay; the network itself remembers two seconds
 */
export function requestsOf({ now, world: { network } }: Glance, traffic: string, begin: number, kept = 2000): RequestView[] {
  if (!network)
    return []
  const recent = network.recent.filter(each => each.from === traffic && each.ends > now - kept)
  const flying = [...network.flights.values()].filter(each => each.from === traffic)
  return [...recent, ...flying].sort((a, b) => a.id - b.id).slice(-MOST).map(({ id, uid = '', node = '', sent, ends, outcome }) => ({
    id,
    uid,
    node,
    sent: sent - begin,
    ...(outcome && { over: ends - begin, outcome: outcome === 'ok' ? 'served' : outcome }),
  }))
}
