// What the API server does by itself: events grow old and go, and the Service in front of it comes back. upstream: etcd leases of events, controlplane/controller/kubernetesservice
import type { Actor, Context } from '../timeline/kernel.ts'
import { parseStamp } from '../timeline/clock.ts'
import { BOOTSTRAP, frontService } from './bootstrap.ts'
import type { Event } from './objects.ts'

/** How long an event is kept after it was written last, ms. upstream: --event-ttl */
const KEPT = 3_600_000
/** How often the Service is looked after, ms. upstream: DefaultEndpointReconcilerInterval */
const REPAIR = 10_000

const written = ({ lastTimestamp, eventTime, series, firstTimestamp }: Event) => parseStamp(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp) || 0

function expire({ api, now, enqueue }: Context<null>): void {
  let next = Infinity
  for (const event of api.list('Event')) {
    const due = written(event) + KEPT
    if (due <= now)
      api.delete('Event', event.metadata.namespace, event.metadata.name, {}, BOOTSTRAP)
    else
      next = Math.min(next, due)
  }
  if (next < Infinity)
    enqueue('expire', next - now)
}

export const apiServerKeeper: Actor<null> = {
  name: BOOTSTRAP,
  watches: ['Event', 'Service'],
  start: () => null,
  observe({ type, kind, object }, { now, enqueue }) {
    if (kind === 'Event' && type === 'ADDED')
      enqueue('expire', KEPT)
    else if (kind === 'Service' && type === 'DELETED' && object.metadata.name === 'kubernetes' && object.metadata.namespace === 'default')
      enqueue('repair', REPAIR - now % REPAIR)
  },
  run(key, ctx) {
    if (key === 'expire')
      expire(ctx)
    else if (!ctx.api.get('Service', 'default', 'kubernetes'))
      frontService(ctx.api)
  },
}
