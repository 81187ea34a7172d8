// kubectl set image. upstream: kubectl pkg/cmd/set/set_image.go
import type { Container } from 'kubernetes-types/core/v1'
import type { Call, Command } from '../../command.ts'
import { Failure, throwAll } from '../../errors.ts'
import { flagSet } from '../../flags.ts'
import { parted } from '../../pairs.ts'
import { askedFor } from '../../resources.ts'
import { COMMON, each, targets } from './containers.ts'

function run(call: Call): undefined {
  const { resources, pairs } = parted(call.words, word => word.indexOf('=') > 0, 'image')
  if (!resources.length && !call.flags.list('filename').length)
    askedFor([], false, !call.flags.on('local') && !!call.flags.text('selector'))
  if (!pairs.length) {
    // what is named is looked up first
    throwAll(targets(call, resources).errors)
    throw new Failure('at least one image update is required')
  }
  const images = pairs.map((pair) => {
    const equals = pair.indexOf('=')
    if (equals < 1)
      throw new Failure(`invalid image pairs: ${pair}`)
    return [pair.slice(0, equals), pair.slice(equals + 1)] as const
  })
  if (images.length > 1 && images.some(([name]) => name === '*'))
    throw new Failure('all containers are already specified by *, but saw more than one container_name=container_image pairs')
  return each(call, resources, 'image', (spec, _, errors) => {
    const all = [...spec.initContainers ?? [], ...spec.containers]
    for (const [name] of images) {
      // the others are changed all the same
      if (name !== '*' && !all.some(container => container.name === name))
        errors.push(new Failure(`error: unable to find container named "${name}"`))
    }
    const put = (list: Container[]) => list.map(container => images.reduce((now, [name, to]) => name === '*' || name === container.name ? { ...now, image: to } : now, container))
    return { ...spec, containers: put(spec.containers), ...(spec.initContainers && { initContainers: put(spec.initContainers) }) }
  })
}

export const setImage: Command = { name: 'image', about: 'Update the image of a pod template', usage: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N [options]', examples: '  # Set a deployment\'s nginx container image to \'nginx:1.9.1\'\n  kubectl set image deployment/nginx nginx=nginx:1.9.1', flags: flagSet(COMMON), takes: 'kinds', run }
