// kubectl set: images, environment, resources, selectors. upstream: kubectl pkg/cmd/set
import type { Command } from '../../command.ts'
import { setEnv } from './env.ts'
import { setImage } from './image.ts'
import { setResources } from './resources.ts'
import { setSelector } from './selector.ts'

export const setCommand: Command = {
  name: 'set',
  about: 'Set specific features on objects',
  usage: 'SUBCOMMAND [options]',
  subs: [setEnv, setImage, setResources, setSelector],
}
