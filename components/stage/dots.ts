// Requests as dots: where each is between the one who asks and the Pod it goes to, slowed down so that it can be seen.

/** A request as its story tells it; times are virtual ms. */
export interface Sent {
  readonly id: number
  readonly uid: string
  readonly sent: number
  readonly over?: number
  readonly outcome?: string
}

export interface Dot {
  readonly id: number
  /** the Pod it goes to, '' where it goes to none */
  readonly uid: string
  /** from 0, where it is sent, to 1, where it arrives */
  readonly way: number
  /** on its way; there, and not answered yet; lost */
  readonly state: 'going' | 'waiting' | 'lost'
}

/** virtual ms: how long a lost one stays where it was lost, at the pace of the picture */
const STAYS = 0.8

/**
 * Where the dots are at a time. One that is answered is gone when it arrives: in truth it takes some hundredths of a second.
 * @param requests in the order in which they were sent
 * @param now virtual ms
 * @param travel virtual ms that a dot is shown to take
 */
export function dotsAt(requests: readonly Sent[], now: number, travel: number): Dot[] {
  const dots: Dot[] = []
  for (const { id, uid, sent, over, outcome } of requests) {
    const way = Math.min(1, Math.max(0, (now - sent) / travel))
    if (way < 1)
      dots.push({ id, uid, way, state: 'going' })
    else if (over === undefined || outcome === undefined)
      dots.push({ id, uid, way, state: 'waiting' })
    else if (outcome !== 'served' && now < Math.max(over, sent + travel) + STAYS * travel)
      dots.push({ id, uid, way, state: 'lost' })
  }
  return dots
}
