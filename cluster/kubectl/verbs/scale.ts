// kubectl scale. upstream: kubectl pkg/cmd/scale
import { ApiError } from '../../api/errors.ts'
import type { ScaledKind } from '../../api/server.ts'
import type { Call, Command } from '../command.ts'
import { Failure, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import { manifestsOf } from '../manifests.ts'
import { checkOutput, done, dryRunOf, writing, WRITES } from '../output.ts'
import { filesAlone } from '../pairs.ts'
import { askedFor, find, gather } from '../resources.ts'
import { BY } from '../writes.ts'

const FLAGS = flagSet(WRITES, 'replicas:i current-replicas:i=-1 resource-version:s timeout:d=0 all selector,l:s filename,f:l recursive,R kustomize,k:s')

function scale({ io, flags, words, namespace, enforced }: Call): undefined {
  const replicas = flags.number('replicas')
  if (replicas < 0)
    throw new Failure('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
  if (flags.on('all') && flags.text('selector'))
    throw new Failure('cannot set --all and --selector at the same time')
  checkOutput(flags)
  const dry = dryRunOf(io, flags)
  const files = flags.list('filename')
  filesAlone(files, words)
  const asked = files.length ? undefined : askedFor(words, false, !!flags.text('selector'))
  if (asked && !asked.named && !flags.on('all') && !flags.text('selector'))
    throw new Failure('resource(s) were provided, but no name was specified')
  const { objects, errors } = asked
    ? gather(io, asked, { namespace, labels: flags.text('selector') })
    : { objects: manifestsOf(io, files, namespace, enforced).map(({ kind, object }) => find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? '')), errors: [] as unknown[] }
  if (!objects.length && !errors.length)
    throw new Failure('no objects passed to scale')
  const current = flags.number('current-replicas')
  const version = flags.text('resource-version')
  writing(io, dry, (api) => {
    for (const object of objects) {
      const { kind, metadata } = object
      try {
        if (kind !== 'Deployment' && kind !== 'ReplicaSet')
          throw new ApiError(404, 'NotFound', 'the server could not find the requested resource')
        const { spec } = object
        if (current >= 0 && spec.replicas !== current)
          throw new Failure(`Expected replicas to be ${current}, was ${spec.replicas}`)
        if (version && version !== metadata.resourceVersion)
          throw new Failure(`Expected resource version to be ${version}, was ${metadata.resourceVersion}`)
        if (dry !== 'client')
          api.updateScale(kind as ScaledKind, metadata.namespace, metadata.name, replicas, BY)
        done(io, flags, dry === 'client' ? object : api.get(kind, metadata.namespace, metadata.name)!, 'scaled', dry)
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

export const scaleCommand: Command = {
  name: 'scale',
  about: 'Set a new size for a deployment, replica set, or replication controller',
  usage: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME) [options]',
  examples: '  # Scale a replica set named \'foo\' to 3\n  kubectl scale --replicas=3 rs/foo\n\n  # If the deployment named mysql\'s current size is 2, scale mysql to 3\n  kubectl scale --current-replicas=2 --replicas=3 deployment/mysql',
  flags: FLAGS,
  required: ['replicas'],
  takes: 'kinds',
  run: scale,
}
