// kubectl set selector. upstream: kubectl pkg/cmd/set/set_selector.go
import type { Call, Command } from '../../command.ts'
import { Failure, throwAll } from '../../errors.ts'
import { flagSet } from '../../flags.ts'
import { labelsOf } from '../../made.ts'
import { done, dryRunOf, writing } from '../../output.ts'
import { parted } from '../../pairs.ts'
import { askedFor, gather } from '../../resources.ts'
import { BY } from '../../writes.ts'
import { COMMON } from './containers.ts'

function run(call: Call): undefined {
  const { io, flags, words, namespace } = call
  const { resources: named, pairs } = parted(words, word => word.includes('='))
  if (pairs.length !== 1)
    throw new Failure('one selector is required')
  const dry = dryRunOf(io, flags)
  const { objects, errors } = gather(io, askedFor(named), { namespace })
  writing(io, dry, (api) => {
    for (const object of objects) {
      try {
        if (object.kind !== 'Service')
          throw new Failure('setting a selector is only supported for Services')
        const changed = { ...object, spec: { ...object.spec, selector: labelsOf(pairs[0]!) } }
        done(io, flags, dry === 'client' ? changed : api.update('Service', changed, BY), 'selector updated', dry)
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

export const setSelector: Command = { name: 'selector', about: 'Set the selector on a resource', usage: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version] [options]', flags: flagSet(COMMON, 'resource-version:s'), takes: 'kinds', run }
