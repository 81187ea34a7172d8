// What the benchmarks share: CPU time, medians, processes of their own.
import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** CPU time (user and system) since a call, and wall time: ms. */
export function stopwatch(): () => { cpu: number, wall: number } {
  const cpu = process.cpuUsage()
  const wall = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return { cpu: (user + system) / 1000, wall: performance.now() - wall }
  }
}

/** The smallest value that so large a part of all does not exceed: 0.99 of 400 is the 396th. */
export function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(part * values.length) - 1)]!
}
export const median = (values: readonly number[]) => quantile(values, 0.5)

/** Runs a benchmark in a process of its own, and gives what it printed last. */
export function measure<T>(script: string, args: readonly (string | number)[] = []): T {
  const out = execFileSync(process.execPath, ['--max-old-space-size=4096', script, ...args.map(String)], { encoding: 'utf8', maxBuffer: 1 << 26 })
  return JSON.parse(out.trimEnd().split('\n').at(-1)!) as T
}

/** The medians of a benchmark's numbers over several processes. */
export function medians<T extends Record<string, number>>(times: number, script: string, args: readonly (string | number)[] = []): T {
  const runs = Array.from({ length: times }, () => measure<T>(script, args))
  return Object.fromEntries(Object.keys(runs[0]!).map(key => [key, median(runs.map(run => run[key]!))])) as T
}

/** What a benchmark tells. */
export const tell = (numbers: Record<string, number>) => console.log(JSON.stringify(numbers))

/** Where it was measured: numbers of two machines are not compared, ratios are. */
export interface Where {
  readonly node: string
  readonly cpu: string
  readonly cores: number
  /** the load of the last minute: others' work, and the benchmark's own */
  readonly busy: number
}
export const machine = (): Where => ({ node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), busy: loadavg()[0]! })
