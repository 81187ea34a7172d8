// A container whose program is run by whoever is joined to it: what that does is not worked out on its machine. upstream: pkg/kubelet/server attach
import { die } from './ending.ts'
import type { Machine, Process } from './machine.ts'

/** Somebody is joined to a container that has just begun: its kubelet looks after it whenever it looks for what has ended. */
export const attach = (process: Process): void => void (process.attached = true)

/** The program of a container that somebody is joined to has ended. @param now virtual ms */
export const leave = (machine: Machine, process: Process, now: number, code: number): void => die(machine, process, now, code, code ? 'Error' : 'Completed')
