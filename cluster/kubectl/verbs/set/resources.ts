// kubectl set resources. upstream: kubectl pkg/cmd/set/set_resources.go
import type { Container } from 'kubernetes-types/core/v1'
import { splitQuantity } from '../../../api/quantity.ts'
import type { Call, Command } from '../../command.ts'
import { Failure, throwAll } from '../../errors.ts'
import { flagSet } from '../../flags.ts'
import { amountsOf } from '../../made.ts'
import { askedFor } from '../../resources.ts'
import { COMMON, each, pick, targets } from './containers.ts'

function run(call: Call): undefined {
  const { flags, words } = call
  const limits = flags.text('limits')
  const requests = flags.text('requests')
  if (!words.length && !flags.list('filename').length)
    askedFor([], false, !flags.on('local') && !!flags.text('selector'))
  if (!limits && !requests) {
    throwAll(targets(call, words).errors)
    throw new Failure('you must specify an update to requests or limits (in the form of --requests/--limits)')
  }
  const wanted = flags.text('containers')
  return each(call, words, 'resources', (spec, _, errors) => {
    if (!spec.containers.some(({ name }) => pick(name, wanted)))
      errors.push(new Failure(`error: unable to find container named ${wanted}`))
    // an amount of 0 is written as such, and means none
    const merge = (before: unknown, text: string) => {
      const amounts = amountsOf(text)
      Object.values(amounts).forEach((amount) => {
        try {
          splitQuantity(amount)
        }
        catch (error) {
          throw new Failure((error as Error).message)
        }
      })
      return { ...before as Record<string, string>, ...amounts }
    }
    const containers = spec.containers.map(container => pick(container.name, wanted)
      ? { ...container, resources: { ...container.resources, ...(limits && { limits: merge(container.resources?.limits, limits) }), ...(requests && { requests: merge(container.resources?.requests, requests) }) } }
      : container) as Container[]
    return { ...spec, containers }
  })
}

export const setResources: Command = { name: 'resources', about: 'Update resource requests/limits on objects with pod templates', usage: '(-f FILENAME | TYPE NAME) ([--limits=LIMITS & --requests=REQUESTS] [options]', flags: flagSet(COMMON, 'containers,c:s=* limits:s requests:s'), takes: 'kinds', run }
