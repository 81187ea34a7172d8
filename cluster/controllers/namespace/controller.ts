// The namespace controller: a namespace that is to go takes all that is in it along. upstream: pkg/controller/namespace
import { refused } from '../../api/errors.ts'
import { KINDS, RESOURCES } from '../../api/objects.ts'
import type { Namespace } from '../../api/objects.ts'
import type { Actor, Context } from '../../timeline/kernel.ts'

const NAME = 'namespace-controller'
const INSIDE = KINDS.filter(kind => RESOURCES[kind].namespaced)

/** Deletes what is in a namespace; gives how long the last of it may take (s), undefined where nothing is left. upstream: deleteAllContent */
function empty({ api }: Context<null>, namespace: string): number | undefined {
  let wait: number | undefined
  for (const kind of INSIDE) {
    for (const { metadata: { name, deletionTimestamp } } of api.list(kind, { namespace })) {
      if (!deletionTimestamp) {
        try {
          api.delete(kind, namespace, name, { propagationPolicy: 'Background' }, NAME)
        }
        catch (error) {
          if (!refused(error, 'NotFound'))
            throw error
        }
      }
      const left = api.get(kind, namespace, name)
      if (left)
        wait = Math.max(wait ?? 0, left.metadata.deletionGracePeriodSeconds ?? 0)
    }
  }
  return wait
}

export const namespaceController: Actor<null> = {
  name: NAME,
  watches: ['Namespace'],
  start: () => null,
  observe({ type, object }, { enqueue }) {
    if (type !== 'DELETED' && object.metadata.deletionTimestamp)
      enqueue(object.metadata.name)
  },
  run(name, ctx) {
    const { api } = ctx
    const wait = api.get('Namespace', '', name)?.metadata.deletionTimestamp && empty(ctx, name)
    const namespace: Namespace | undefined = api.get('Namespace', '', name)
    if (!namespace?.metadata.deletionTimestamp)
      return
    if (typeof wait === 'number')
      // upstream: waits for half of the estimate and a second
      ctx.enqueue(name, (wait / 2 + 1) * 1000)
    else
      api.update('Namespace', { ...namespace, spec: { ...namespace.spec, finalizers: [] } }, NAME)
  },
}
