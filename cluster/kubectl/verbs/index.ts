// All verbs, in the order in which kubectl's own help tells them, and how each goes on when it waits.
import type { Command } from '../command.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { applyCommand } from './apply.ts'
import { createCommand } from './create.ts'
import { deleteCommand, goOnDeleting } from './delete.ts'
import { getCommand, goOnWatching } from './get.ts'
import { scaleCommand } from './scale.ts'

export const COMMANDS: readonly Command[] = [createCommand, getCommand, deleteCommand, scaleCommand, applyCommand]

export const FOLLOW: Readonly<Record<string, (data: Plain, io: Io) => Waiting | undefined>> = {
  get: goOnWatching,
  delete: goOnDeleting,
}
