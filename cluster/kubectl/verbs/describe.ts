// kubectl describe. upstream: kubectl pkg/cmd/describe
import type { AnyObject } from '../../api/objects.ts'
import { describe } from '../../printers/describe/index.ts'
import type { Call, Command } from '../command.ts'
import { ApiError } from '../../api/errors.ts'
import { Failure, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import { manifestsOf } from '../manifests.ts'
import { filesAlone } from '../pairs.ts'
import { askedFor, find, gather, listOf } from '../resources.ts'

function run({ io, flags, words, namespace, enforced }: Call): undefined {
  const files = flags.list('filename')
  if (!words.length && !files.length)
    throw new Failure('You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.')
  const which = { namespace, everywhere: flags.on('all-namespaces'), labels: flags.text('selector') }
  let objects: AnyObject[]
  let errors: unknown[] = []
  filesAlone(files, words)
  if (files.length) {
    objects = manifestsOf(io, files, namespace, enforced).map(({ kind, object }) => find(io, kind, object.metadata.namespace ?? '', object.metadata.name ?? ''))
  }
  else {
    const asked = askedFor(words, true)
    ;({ objects, errors } = gather(io, asked, which))
    // a name that is not there may be the beginning of others. upstream: DescribeMatchingResources
    const missing = errors.filter(error => error instanceof ApiError && error.reason === 'NotFound')
    if (asked.named?.length === 1 && missing.length === 1) {
      const { kind, name } = asked.named[0]!
      objects = listOf(io, kind, which).filter(object => object.metadata.name.startsWith(name))
      if (objects.length)
        errors = []
    }
  }
  objects.forEach((object, i) => io.print(`${i ? '\n\n' : ''}${describe(object, { api: io.api, now: io.now, events: flags.on('show-events') })}`))
  // the namespace is named whatever was asked for. upstream: DescribeOptions.Run
  if (!objects.length && !errors.length)
    io.warn(which.everywhere ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`)
  throwAll(errors)
  return undefined
}

export const describeCommand: Command = {
  name: 'describe',
  about: 'Show details of a specific resource or group of resources',
  usage: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME) [options]',
  examples: '  # Describe a node\n  kubectl describe nodes kubernetes-node-emt8.c.myproject.internal\n\n  # Describe a pod\n  kubectl describe pods/nginx\n\n  # Describe pods by label name=myLabel\n  kubectl describe pods -l name=myLabel',
  flags: flagSet('selector,l:s all-namespaces,A filename,f:l recursive,R kustomize,k:s show-events:b=true chunk-size:i=500'),
  takes: 'kinds',
  run,
}
