// All verbs, in the order in which kubectl's own help tells them, and how each goes on when it waits.
import type { Command } from '../command.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { goOnEnding } from '../inside/attached.ts'
import { applyCommand } from './apply.ts'
import { autoscaleCommand } from './autoscale.ts'
import { createCommand } from './create.ts'
import { deleteCommand, goOnDeleting } from './delete.ts'
import { describeCommand } from './describe.ts'
import { diffCommand, editCommand, goOnEditing } from './edit.ts'
import { execCommand, goOnInside } from './exec.ts'
import { explainCommand } from './explain.ts'
import { exposeCommand } from './expose.ts'
import { getCommand, goOnWatching } from './get.ts'
import { absentCommands, apiResourcesCommand, apiVersionsCommand, clusterInfoCommand, configCommand, helpCommand, optionsCommand, versionCommand } from './info.ts'
import { goOnReading, logsCommand } from './logs.ts'
import { annotateCommand, labelCommand, patchCommand } from './metadata.ts'
import { cordonCommand, drainCommand, goOnDraining, taintCommand, uncordonCommand } from './nodes.ts'
import { replaceCommand } from './replace.ts'
import { goOnRollout, rolloutCommand } from './rollout.ts'
import { goOnRunning, runCommand } from './run.ts'
import { scaleCommand } from './scale.ts'
import { setCommand } from './set/index.ts'
import { eventsCommand, goOnListening, topCommand } from './top.ts'
import { goOnWaiting, waitCommand } from './wait.ts'

/** One that is not there, where kubectl has it. */
const absent = (name: string): Command => absentCommands[name]!

export const COMMANDS: readonly Command[] = [
  createCommand, exposeCommand, runCommand, setCommand,
  explainCommand, getCommand, editCommand, deleteCommand,
  rolloutCommand, scaleCommand, autoscaleCommand,
  absent('certificate'), clusterInfoCommand, topCommand, cordonCommand, uncordonCommand, drainCommand, taintCommand,
  describeCommand, logsCommand, absent('attach'), execCommand, absent('port-forward'), absent('proxy'), absent('cp'), absent('auth'), absent('debug'), eventsCommand,
  diffCommand, applyCommand, patchCommand, replaceCommand, waitCommand, absent('kustomize'),
  labelCommand, annotateCommand, absent('completion'),
  apiResourcesCommand, apiVersionsCommand, configCommand, absent('plugin'), versionCommand, helpCommand, optionsCommand,
]

export const FOLLOW: Readonly<Record<string, (data: Plain, io: Io) => Waiting | undefined>> = {
  get: goOnWatching,
  nothing: data => ({ follow: 'nothing', data, after: 1000 }),
  delete: goOnDeleting,
  rollout: goOnRollout,
  drain: goOnDraining,
  wait: goOnWaiting,
  logs: goOnReading,
  events: goOnListening,
  edit: goOnEditing,
  exec: goOnInside,
  run: goOnRunning,
  ending: goOnEnding,
}
