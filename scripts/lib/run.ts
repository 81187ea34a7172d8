// Runs one of the project's commands and waits for it.
import { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import process from 'node:process'
import { at, root } from './paths.ts'

/** The environment in which the project's own Node and tools are found first. */
export function toolEnv(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${at('node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`, ...more }
}

export interface Ran {
  code: number
  /** what it printed, both streams in order of arrival */
  output: string
}

/**
 * Runs a command in the project's folder.
 * @param options.quiet keep its output back instead of showing it
 */
export function run(command: string, args: readonly string[], options: { quiet?: boolean, env?: Record<string, string> } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: toolEnv(options.env), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const take = (to: NodeJS.WriteStream) => (chunk: Buffer) => {
      output += chunk.toString()
      if (!options.quiet)
        to.write(chunk)
    }
    child.stdout.on('data', take(process.stdout))
    child.stderr.on('data', take(process.stderr))
    child.on('error', reject)
    child.on('close', code => resolve({ code: code ?? 1, output }))
  })
}

/** Ends the script with one clear line. */
export function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

/** Seconds since `since` (ms), as "12.3 s". */
export function took(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
